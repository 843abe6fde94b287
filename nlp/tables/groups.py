"""What is compared: the corpus by group."""

import pandas as pd
from pandera.typing import Series

from nlp.tables.schema import Table, column


class Members(Table):
    """Which documents a group has."""

    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
    doc_id: Series[str] = column("Name of the document.")
    grouped_by: Series[str] = column("What the groups are made by: compare.group_by.")
    title: Series[str] = column("Title.")
    authors: Series[str] = column("All authors, separated by '; '.")
    year: Series[pd.Int64Dtype] = column("Year of publication, if known.", nullable=True)
    venue: Series[str] = column("Journal, book or site; empty if unknown.")
    kind: Series[str] = column("Kind of text, as the manifest calls it.")


class Authors(Table):
    """What was compared: the corpus by group. Only the analysed zones are counted."""

    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
    documents: Series[int] = column("Documents.", ge=1)
    paragraphs: Series[int] = column("Paragraphs.", ge=0)
    sentences: Series[int] = column("Sentences.", ge=0)
    words: Series[int] = column("Words, without punctuation.", ge=0)
    types: Series[int] = column("Different words; grows with the length of the texts.", ge=0)
    sample: Series[int] = column(
        "Words of the smallest group that has compare.min_sample: the size at which groups are compared.",
        ge=0,
    )
    diversity: Series[float] = column(
        "Different words to be expected in a random sample of that size (rarefaction: Hurlbert 1971);"
        " missing for a smaller group.",
        ge=0,
        nullable=True,
    )
    low: Series[float] = column("Lower end of its interval.", ge=0, nullable=True)
    high: Series[float] = column("Upper end of its interval.", ge=0, nullable=True)
    sentence_length: Series[float] = column("Mean words in a sentence.", ge=0, nullable=True)
    sentence_low: Series[float] = column("Lower end of its interval.", ge=0, nullable=True)
    sentence_high: Series[float] = column("Upper end of its interval.", ge=0, nullable=True)
    lix: Series[float] = column(
        "Readability LIX: words in a sentence + percentage of words of more than six letters"
        " (Björnsson 1968); 25 very easy, 60 very hard.",
        ge=0,
        nullable=True,
    )
    ari: Series[float] = column(
        "Automated Readability Index, made for English: years of school (Senter & Smith 1967).",
        nullable=True,
    )
    mentions: Series[int] = column("Mentions of named entities.", ge=0)
    coded: Series[int] = column("Sentences in the coded sample.", ge=0)


class AuthorZones(Table):
    """What a group's texts consist of, zone by zone, as far as they are annotated."""

    author: Series[str] = column("Group of documents: the author, or what compare.group_by says.")
    zone: Series[str] = column("Zone of the paragraph.")
    analysed: Series[bool] = column("Whether the zone is compared (compare.zones).")
    sentences: Series[int] = column("Sentences.", ge=0)
    words: Series[int] = column("Words, without punctuation.", ge=0)
