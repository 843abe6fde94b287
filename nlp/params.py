"""Every value that can change a number, one frozen section per stage, and one for labelling
(configs/params.yaml).

There are no defaults here: a run is described by its files, so a missing value is an error.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, model_validator

Zone = Literal["title", "abstract", "heading", "body", "quote", "note", "reference", "furniture"]
Step = Literal[
    "mojibake",
    "line_ends",
    "controls",
    "ligatures",
    "composed",
    "running_heads",
    "page_numbers",
    "stamps",
    "search_box",
    "footnotes",
    "note_marks",
    "hyphens",
    "paragraphs",
    "markup",
    "emphasis",
    "spaces",
    "case",
]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1, le=10**9)]
Zones = Annotated[list[Zone], Field(min_length=1)]
# Sorted when written, for the records of parts hash what is written.
Words = Annotated[frozenset[str], Field(strict=False), PlainSerializer(sorted, when_used="json")]
_ANALYSING = ("topics", "features", "compare")  # sections with zones of their own
WordClass = Literal[
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
]
WordClasses = Annotated[list[WordClass], Field(min_length=1)]


class Section(BaseModel):
    """Strict: unknown keys, missing keys and values of another type are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


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


class TopicsParams(Section):
    zones: Zones = Field(description="Zones that the topic model is made from; they must be annotated.")
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(
        description="Seed of the topic model and of its inference."
    )
    n_topics: Annotated[int, Field(ge=2)] = Field(description="Number of topics.")
    passes: Annotated[int, Field(ge=10)] = Field(
        description="Passes over the passages; below 10 a topic model has not settled."
    )
    passage_words: Count = Field(
        description="Paragraphs are joined to passages of at least this many words."
    )
    min_passages: Count = Field(description="With fewer passages no topics are estimated.")
    min_passage_count: Count = Field(
        description="Terms found in fewer passages are left out of the vocabulary."
    )
    max_passage_share: Share = Field(
        description="Terms found in a larger share of the passages are left out."
    )
    pos: WordClasses = Field(description="Universal parts of speech whose lemmas are terms.")
    n_terms: Count = Field(description="Terms shown for a topic.")


class Embedding(Section):
    """Which model turns sentences into vectors; one for all stages."""

    model: str = Field(
        min_length=1,
        description="Installed package with a sentence encoder as ONNX file, or, with the extra"
        " sentence-transformers, the name of any model that it can load; 'none' for no vectors.",
    )
    max_tokens: Annotated[int, Field(ge=8, le=8192)] = Field(
        description="Longer texts are cut at so many tokens; all-MiniLM-L6-v2 was trained with 256."
    )
    batch_tokens: Count = Field(
        description="Tokens, padding included, in one batch; does not change results."
    )


class FeaturesParams(Section):
    zones: Zones = Field(description="Zones that are coded for frames; they must be annotated.")


class EmbedParams(Section):
    embedding: Embedding = Field(description="The encoder, the same for all stages.")


PresenceView = Literal[
    "cues", "sentence", "context", "codebook", "words", "entities", "position", "syntax"
]
StanceView = Literal[
    "groups", "scope", "sentence", "neighbours", "context", "words", "entities", "position", "syntax"
]
EMBEDDED = frozenset({"sentence", "context", "codebook", "neighbours"})  # views that need vectors
Strength = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class TriedViews(Section):
    """Views that the coder does without."""

    presence: dict[PresenceView, Strength] = Field(description="For presence, each with its C.")
    stance: dict[StanceView, Strength] = Field(description="For stance, each with its C.")


class CoderParams(Section):
    embedding: Embedding = Field(description="The encoder, the same for all stages.")
    reference: str = Field(description="The coder in corpus/codings whose codes are taken as true.")
    min_overlap: Share = Field(
        description="A coded stretch belongs to the unit it overlaps most, if by this share of the shorter."
    )
    min_coded: Count = Field(
        description="With fewer coded units no coder is trained and cue words code alone."
    )
    presence: Annotated[dict[PresenceView, Strength], Field(min_length=1)] = Field(
        description="Views from which presence is judged, each with the inverse strength C of its L2 penalty."
    )
    stance: Annotated[dict[StanceView, Strength], Field(min_length=1)] = Field(
        description="Views from which stance is judged, each with its C."
    )
    tried: TriedViews = Field(
        description="Further views: the table of ablations tells what they would add."
    )
    near_weight: Share = Field(
        description="Weight of cues beside a unit and in the heading above, beside the unit's own."
    )
    author_strength: Strength = Field(
        description="C for what is usual with an author: how freely a frame's stances may differ by author."
    )
    exemplar_weight: Share = Field(
        description="Weight of an exemplar of the codebook beside a coded unit, in learning stances."
    )
    min_term_count: Count = Field(
        description="Words and word pairs found in fewer units are no features of the view 'words'."
    )
    inner_folds: Annotated[int, Field(ge=2)] = Field(
        description="Folds of whole blocks inside the training data, for calibration and thresholds."
    )
    outer_folds: Annotated[int, Field(ge=2)] = Field(
        description="Folds of whole blocks in the validation beside that by authors."
    )
    listed_mistakes: Count = Field(description="Most confident mistakes listed for each frame.")
    adjudicators: list[str] = Field(
        description="Coders in corpus/codings who knew what others had coded, such as one who settles"
        " their differences: agreement of all coders together leaves them out."
    )
    confidence: Annotated[float, Field(ge=0.5, le=0.9999)] = Field(
        description="Confidence level of the intervals of quality and reliability."
    )
    replicates: Annotated[int, Field(ge=100, le=100_000)] = Field(
        description="Bootstrap samples of coded blocks behind those intervals."
    )
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(
        description="Seed of the bootstrap and of the folds of blocks."
    )


class FramesParams(Section):
    embedding: Embedding = Field(description="The encoder, the same for all stages.")
    explained: Count = Field(description="Features told for each decision that is explained.")


class CompareParams(Section):
    zones: Zones = Field(description="Zones that are counted and compared; the same as for the features.")
    confidence: Annotated[float, Field(ge=0.5, le=0.9999)] = Field(
        description="Confidence level of all intervals."
    )
    min_coded: Count = Field(
        description="A frame share from fewer coded sentences is marked as not estimable."
    )
    min_effective: Annotated[float, Field(ge=0, allow_inf_nan=False)] = Field(
        description="A frame share is marked as not estimable if its sample is worth fewer independent"
        " sentences: coded ones, less what those of a block have in common, more for what is left uncoded"
        " being little. With 20, a share of a half is known to 20 points."
    )
    margin: Annotated[float, Field(gt=0, lt=0.5)] = Field(
        description="Half the width of interval that more coding should bring (column more_coded): 0.05"
        " for a share that is known to 5 points."
    )
    min_count: Count = Field(
        description="Features found less often in the whole corpus get no row in the contrasts."
    )
    min_comentions: Count = Field(
        description="Two actors that fewer sentences (or paragraphs) of the corpus name together get no"
        " row in the table of co-mentions and no edge in the network."
    )
    pos: WordClasses = Field(description="Universal parts of speech whose lemmas are compared as words.")


class ReportParams(Section):
    title: str = Field(description="Heading of the report.")
    codings_note: str = Field(description="Who made the codes in corpus/codings; shown with the figures.")
    top_entities: Count = Field(
        description="Actors, groups and cited authors shown in the comparison of authors."
    )
    network_actors: Annotated[int, Field(ge=2, le=100)] = Field(
        description="Actors drawn in the network of co-mentions, at most; more than 30 are hard to read."
    )
    top_words: Count = Field(description="Distinctive words shown for each author.")


class LabellingParams(Section):
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(
        description="Seed of the draws of sentences to code; `--seed` gives another."
    )
    least_per_author: Annotated[int, Field(ge=1, le=10_000)] = Field(
        description="Sentences drawn of every author, where there are so many; the others go by numbers."
    )
    uncertainty_floor: Annotated[float, Field(ge=0.01, le=1)] = Field(
        description="Share of a draw by uncertainty that is spread evenly, so that every sentence keeps a"
        " chance; 1 draws all alike."
    )
    context_sentences: Annotated[int, Field(ge=0, le=50)] = Field(
        description="Sentences before and after the one to code that its coder sees."
    )


class Params(Section):
    """The whole of configs/params.yaml."""

    corpus: CorpusParams
    inventory: InventoryParams
    clean: CleanParams
    annotate: AnnotateParams
    entities: EntitiesParams
    topics: TopicsParams
    features: FeaturesParams
    embed: EmbedParams
    coder: CoderParams
    frames: FramesParams
    compare: CompareParams
    report: ReportParams
    labelling: LabellingParams

    @model_validator(mode="after")
    def _labels_have_kinds(self) -> "Params":
        given = {*self.annotate.labels.values(), "PERSON", "ORG"}  # the last two: authors of cited works
        if missing := given - set(self.entities.kinds):
            raise ValueError(f"entities.kinds: nothing is said of {', '.join(sorted(missing))}")
        return self

    @model_validator(mode="after")
    def _zones_fit_together(self) -> "Params":
        analysed = {name: set(getattr(self, name).zones) for name in _ANALYSING}
        for name, zones in analysed.items():
            if missing := zones - set(self.annotate.zones):
                raise ValueError(f"{name}.zones: {', '.join(sorted(missing))} not in annotate.zones")
        if analysed["features"] != analysed["compare"]:
            raise ValueError("features.zones and compare.zones must name the same zones")
        return self

    @model_validator(mode="after")
    def _embedding_is_one(self) -> "Params":
        if not self.embed.embedding == self.coder.embedding == self.frames.embedding:
            raise ValueError("embed.embedding, coder.embedding and frames.embedding must be the same")
        used = {*self.coder.presence, *self.coder.stance} | {
            *self.coder.tried.presence,
            *self.coder.tried.stance,
        }
        if self.embed.embedding.model == "none" and (needed := sorted(EMBEDDED & used)):
            raise ValueError(f"embed.embedding.model is 'none', but coder has views {', '.join(needed)}")
        return self
