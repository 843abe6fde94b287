"""Decides what the report says of the texts themselves and of what cleaning did to them."""

from typing import Any, NamedTuple

import pandas as pd


class Change(NamedTuple):
    """What one cleaning step did to one document: changes, and characters taken out and put in."""

    edits: int
    removed: int
    added: int


class Twin(NamedTuple):
    """A text that is nearly the same, with the Jaccard index of both."""

    doc_id: str
    jaccard: float


class Source(NamedTuple):
    """A document: what it is, how it was read, what cleaning did, and what to be careful about."""

    about: Any  # a row of table `documents`
    year: str
    pages: int | None
    raw_characters: int
    characters: int
    changes: list[Change | None]  # in the order of `Corpus.rules`; None where a step changed nothing
    warnings: list[str]
    twins: list[Twin]

    @property
    def is_remarkable(self) -> bool:
        return bool(self.about.lost_capitals or self.warnings or self.twins)


class Corpus(NamedTuple):
    """All documents, and the cleaning steps that changed anything, those with most changes first."""

    rules: list[str]
    sources: list[Source]


def corpus_of(
    documents: pd.DataFrame, texts: pd.DataFrame, cleaning: pd.DataFrame, duplicates: pd.DataFrame
) -> Corpus:
    """Everything that is known of the texts before a word of them is counted."""
    counts = cleaning.groupby("rule")["count"].sum().reset_index()
    rules = list(counts.sort_values(["count", "rule"], ascending=[False, True])["rule"])
    done = {
        (row.doc_id, row.rule): Change(row.count, row.removed, row.added)
        for row in cleaning.itertuples(name="Cleaning")
    }
    length = texts.set_index("doc_id")["text"].str.len()
    twins = _twins(duplicates)
    sources = [
        Source(
            about=row,
            year="n.d." if pd.isna(row.year) else str(row.year),
            pages=None if pd.isna(row.pages) else int(row.pages),
            raw_characters=len(row.raw),
            characters=int(length[row.doc_id]),
            changes=[done.get((row.doc_id, rule)) for rule in rules],
            warnings=[warning for warning in row.warnings.split("; ") if warning],
            twins=twins.get(row.doc_id, []),
        )
        for row in documents.itertuples(index=False)
    ]
    return Corpus(rules, sources)


def _twins(duplicates: pd.DataFrame) -> dict[str, list[Twin]]:
    """The near-duplicates of each document that has any."""
    found: dict[str, list[Twin]] = {}
    for row in duplicates.itertuples():
        found.setdefault(row.doc_id, []).append(Twin(row.other, row.jaccard))
        found.setdefault(row.other, []).append(Twin(row.doc_id, row.jaccard))
    return found
