"""Texts on their way from source to sentences."""

import pandas as pd
from pandera.typing import Series

from nlp.tables.schema import Table, column


class Sources(Table):
    """A source text as it was received, with what the manifest says of it."""

    doc_id: Series[str] = column("Name of the document.")
    file: Series[str] = column("Path inside the corpus folder.")
    author: Series[str] = column("Label that groups documents.")
    authors: Series[str] = column("All authors, separated by '; '.")
    year: Series[pd.Int64Dtype] = column("Year of publication, if known.", nullable=True)
    title: Series[str] = column("Title.")
    venue: Series[str] = column("Journal, book or site; empty if unknown.")
    kind: Series[str] = column("Kind of text, as the manifest calls it.")
    language: Series[str] = column("Language code.")
    rights: Series[str] = column("Whose text it is.")
    sha256: Series[str] = column("Hash of the file's bytes.")
    content: Series[object] = column("The file's bytes.")


class Documents(Table):
    """A source text as read."""

    doc_id: Series[str] = column("Name of the document.")
    author: Series[str] = column("Label that groups documents.")
    authors: Series[str] = column("All authors, separated by '; '.")
    year: Series[pd.Int64Dtype] = column("Year of publication, if known.", nullable=True)
    title: Series[str] = column("Title.")
    venue: Series[str] = column("Journal, book or site; empty if unknown.")
    kind: Series[str] = column("Kind of text, as the manifest calls it.")
    language: Series[str] = column("Language code.")
    rights: Series[str] = column("Whose text it is.")
    sha256: Series[str] = column("Hash of the file's bytes.")
    reader: Series[str] = column("Reader that took the text out of the file.")
    reader_version: Series[str] = column("Library that it used, with its version; empty for plain text.")
    pages: Series[pd.Int64Dtype] = column("Pages, where the text has them.", nullable=True)
    lost_capitals: Series[str] = column(
        "Letters whose capitals were lost in extraction, such as CINPVY; empty for a sound text."
    )
    warnings: Series[str] = column(
        "What was unusual: in reading, or in the language; separated by '; ', empty if nothing."
    )
    raw: Series[str] = column("The text before any change.", str_length={"min_value": 1})


class Pages(Table):
    """A page of a text, where the text has pages: in files of such a format, or between form feeds."""

    doc_id: Series[str] = column("Name of the document.")
    page: Series[int] = column("Number of the page in the file, from 1 on.", ge=1)
    raw_start: Series[int] = column("Start in the raw text.", ge=0)
    raw_end: Series[int] = column("End in the raw text, before the form feed.", ge=0)


class Words(Table):
    """A word of the whole corpus as it is written, where its capitals mean something.

    That is not so at the start of a sentence, in a line of capitals, or for letters whose capitals
    were lost in extraction.
    """

    form: Series[str] = column("The word with its capitals.")
    count: Series[int] = column("How often it occurs so.", ge=1)
    documents: Series[int] = column("Documents in which it does.", ge=1)


class Duplicates(Table):
    """Two texts that are nearly the same: in every figure they count twice."""

    doc_id: Series[str] = column("Name of a document.")
    other: Series[str] = column("Name of the other, later in the alphabet.")
    jaccard: Series[float] = column("Share of their runs of words that both have (0 to 1).", ge=0, le=1)


class Texts(Table):
    """A text to analyse: the text that all offsets point into."""

    doc_id: Series[str] = column("Name of the document.")
    author: Series[str] = column("Label that groups documents.")
    language: Series[str] = column("Language code.")
    text: Series[str] = column("Clean text; paragraphs are separated by an empty line.")


class Edits(Table):
    """One change from raw to clean; together they rebuild either text from the other.

    First the stretches that move (footnotes) go to the end, then the changes are made.
    """

    doc_id: Series[str] = column("Name of the document.")
    raw_start: Series[int] = column("Start in the raw text.", ge=0)
    raw_end: Series[int] = column("End in the raw text.", ge=0)
    rule: Series[str] = column("Cleaning steps that took part, joined by '+'.")
    before: Series[str] = column("Raw text of the span.")
    after: Series[str] = column("Clean text that stands for it.")
    moved_to: Series[pd.Int64Dtype] = column(
        "Where the stretch was moved to, as it is: the end of the raw text, after those of the rows above."
        " Empty if it stayed and was changed.",
        nullable=True,
    )


class Cleaning(Table):
    """What a cleaning step did to a document."""

    doc_id: Series[str] = column("Name of the document.")
    rule: Series[str] = column("The cleaning step.")
    count: Series[int] = column("Changes that it made.", ge=1)
    removed: Series[int] = column("Characters that it took out.", ge=0)
    added: Series[int] = column("Characters that it put in.", ge=0)


class Zones(Table):
    """A paragraph and what it is."""

    doc_id: Series[str] = column("Name of the document.")
    paragraph: Series[int] = column("Number of the paragraph in the text.", ge=0)
    start: Series[int] = column("Start in the clean text.", ge=0)
    end: Series[int] = column("End in the clean text.", ge=0)
    zone: Series[str] = column(
        "What the paragraph is.",
        isin=["title", "abstract", "heading", "body", "quote", "note", "reference", "furniture"],
    )


class Sentences(Table):
    """A sentence of an annotated zone."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the sentence in the document.", ge=0)
    start: Series[int] = column("Start in the clean text.", ge=0)
    end: Series[int] = column("End in the clean text.", ge=0)
    raw_start: Series[int] = column("Start in the raw text.", ge=0)
    raw_end: Series[int] = column("End in the raw text.", ge=0)
    zone: Series[str] = column("Zone of its paragraph.")
    paragraph: Series[int] = column("Number of its paragraph.", ge=0)
    page: Series[pd.Int64Dtype] = column(
        "Page on which it starts, where the text has pages.", ge=1, nullable=True
    )
    text: Series[str] = column("Clean text of the sentence.", str_length={"min_value": 1})


class Tokens(Table):
    """A token of a sentence; white space is left out."""

    doc_id: Series[str] = column("Name of the document.")
    sent_id: Series[int] = column("Number of the sentence.", ge=0)
    start: Series[int] = column("Start in the clean text.", ge=0)
    end: Series[int] = column("End in the clean text.", ge=0)
    text: Series[str] = column("The token as it stands.")
    lemma: Series[str] = column("Dictionary form.")
    pos: Series[str] = column("Universal part of speech.")
    is_stop: Series[bool] = column("Whether spaCy lists it as a function word.")
    dep: Series[str] = column("Its relation to its head, as the parser names it; ROOT for the main word.")
    head: Series[int] = column("Start of its head in the clean text; its own for ROOT.", ge=0)


class Units(Sentences):
    """What a code is about: a sentence, paragraph or document of the analysed zones.

    It goes by the number of its first sentence.
    """
