"""Parameters from the source files to entities."""

from typing import Annotated, Literal

from pydantic import Field

from nlp.params.section import Count, Section, Share, Step, Words, Zones


class CorpusParams(Section):
    part_characters: Count = Field(
        description="A file of at least this many bytes is stored and re-processed alone;"
        " shorter ones in groups of about this size."
    )
    fallback_encoding: str = Field(
        description="Read with this encoding, and a warning, where a file is not UTF-8."
    )
    language: str = Field(
        pattern=r"^[a-z]{2,3}$",
        description="Language of the pipeline (ISO 639 code); a document in another is reported.",
    )
    max_bytes: Count = Field(description="A larger file is refused.")
    max_unpacked_bytes: Count = Field(
        description="A ZIP-based file (DOCX, ODT, EPUB) is refused if its entries unpack to more."
    )
    memory_mb: Count = Field(
        description="Memory, in megabytes, that reading one file may take (not for plain text;"
        " not held on Windows)."
    )
    seconds: Count = Field(
        description="Time that reading one file may take (not for plain text); then it is refused."
    )


class InventoryParams(Section):
    min_jaccard: Annotated[float, Field(ge=0.1, le=1)] = Field(
        description="Two texts that share at least this much of their shingles are near-duplicates."
    )
    shingle_words: Annotated[int, Field(ge=1, le=50)] = Field(
        description="Words in a shingle: texts are compared by their runs of so many words."
    )
    permutations: Annotated[int, Field(ge=16, le=4096)] = Field(
        description="Hash functions in the search for near-duplicates; with more, fewer are missed."
    )


class CleanParams(Section):
    steps: list[Step] = Field(
        description="Cleaning steps to apply; their order is fixed in nlp/clean/steps.py."
    )
    heading_words: Count = Field(
        description="A paragraph of at most this many words without closing punctuation is a heading."
    )
    abstract_headings: list[str] = Field(
        description="Headings after which an abstract follows, up to the next heading."
    )
    note_headings: list[str] = Field(description="Headings after which only notes follow.")
    reference_headings: list[str] = Field(description="Headings after which only references follow.")
    list_headings: list[str] = Field(
        description="Beginnings of headings after which a list follows, up to the next running text."
    )
    quote_openers: Words = Field(
        description="Words with which a paragraph leads over to a block quotation."
    )
    furniture_headings: list[str] = Field(
        description="Lines after which a web page has ended and only its furniture follows."
    )
    furniture_lines: list[str] = Field(
        description="Lines that are buttons or links of a web page, wherever they stand."
    )
    stamps: list[str] = Field(
        description="Beginnings of lines that a publisher or an archive stamps on the pages."
    )


class AnnotateParams(Section):
    language: str = Field(min_length=1, description="Name of the installed spaCy pipeline.")
    zones: Zones = Field(description="Zones that are annotated; the others stay in the text.")
    batch_size: Count = Field(description="Paragraphs in one spaCy batch; does not change results.")
    run_characters: Annotated[int, Field(ge=1, le=500_000)] = Field(
        description="Paragraphs of running text are parsed together up to so many characters: the parser"
        " finds sentences better with what stands before."
    )
    labels: dict[str, str] = Field(
        description="Entity labels of the model that are kept, each with the label used here."
    )
    titles: Words = Field(description="Words before a person's name that are no part of it.")


class EntitiesParams(Section):
    kinds: dict[str, str] = Field(
        description="Kind of entity for each label, where the registry does not list the name."
    )
    trust: dict[Literal["alias", "abbreviation", "surname", "elsewhere", "model"], Share] = Field(
        description="How far a link of each sort is trusted; `elsewhere`: a surname whose full name"
        " stands in another document."
    )
    confidence: Annotated[float, Field(ge=0.5, le=0.9999)] = Field(
        description="Confidence level of the intervals of quality."
    )
    replicates: Annotated[int, Field(ge=100, le=100_000)] = Field(
        description="Bootstrap samples of coded blocks behind those intervals."
    )
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(description="Seed of the bootstrap.")
