"""What all sections of params.yaml have in common, and kinds of values."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

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
