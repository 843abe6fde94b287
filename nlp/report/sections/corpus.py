"""Decides what the report says of the texts themselves and of what cleaning did to them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.report.evidence.sources import changes_of
from nlp.report.evidence.split import ByDocument
from nlp.report.sections.cut import CutText, cut_of
from nlp.report.sections.repairs import Repairs, repairs_of
from nlp.report.tables import Tables


class Change(NamedTuple):
    """What one cleaning step did to one document: changes, in how many sentences, characters."""

    edits: int
    sentences: int  # that have such a change; what lies between sentences is in none
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


class Zone(NamedTuple):
    """Sentences and words of a group in a zone, and whether they are counted."""

    name: str
    analysed: bool
    cells: list[tuple[int, int] | None]  # in the order of the groups; None where a group has no such zone


class Corpus(NamedTuple):
    """All documents, and what became of them before a word was counted."""

    rules: list[str]  # cleaning steps that changed anything, those with most changes first
    sources: list[Source]
    zones: list[Zone]  # the analysed ones first
    repairs: list[Repairs]
    cut: list[CutText]


def corpus_of(tables: Tables, groups: Sequence[str]) -> Corpus:
    """Everything that is known of the texts before a word of them is counted."""
    rules = _rules(tables.cleaning)
    return Corpus(
        rules=rules,
        sources=_sources(tables, rules),
        zones=_zones(tables.author_zones, groups),
        repairs=repairs_of(tables.documents, tables.edits),
        cut=cut_of(tables.documents, tables.sentences, tables.edits, tables.zones),
    )


def _rules(cleaning: pd.DataFrame) -> list[str]:
    counts = cleaning.groupby("rule")["count"].sum().reset_index()
    return list(counts.sort_values(["count", "rule"], ascending=[False, True])["rule"])


def _sources(tables: Tables, rules: list[str]) -> list[Source]:
    changed, twins = _changed(tables.edits, tables.sentences), _twins(tables.duplicates)
    done = {
        (row.doc_id, row.rule): Change(row.count, changed[row.doc_id, row.rule], row.removed, row.added)
        for row in tables.cleaning.itertuples(name="Cleaning")
    }
    length = tables.texts.set_index("doc_id")["text"].str.len()
    return [
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
        for row in tables.documents.itertuples(index=False)
    ]


def _changed(edits: pd.DataFrame, sentences: pd.DataFrame) -> Counter[tuple[str, str]]:
    """In how many sentences of a document a cleaning step has changed something."""
    found: Counter[tuple[str, str]] = Counter()
    known, own = ByDocument(sentences), ByDocument(edits)
    for doc_id in edits["doc_id"].unique():
        for changes in changes_of(own[doc_id], known[doc_id]).values():
            rules = {rule for rules, *_ in changes for rule in rules.split("+")}
            found.update((str(doc_id), rule) for rule in rules)
    return found


def _zones(rows: pd.DataFrame, groups: Sequence[str]) -> list[Zone]:
    """What the groups' texts consist of, zone by zone."""
    known = {(row.zone, row.author): (row.sentences, row.words) for row in rows.itertuples()}
    names = rows.drop_duplicates("zone").sort_values(["analysed", "zone"], ascending=[False, True])
    return [
        Zone(row.zone, row.analysed, [known.get((row.zone, group)) for group in groups])
        for row in names.itertuples()
    ]


def _twins(duplicates: pd.DataFrame) -> dict[str, list[Twin]]:
    """The near-duplicates of each document that has any."""
    found: dict[str, list[Twin]] = {}
    for row in duplicates.itertuples():
        found.setdefault(row.doc_id, []).append(Twin(row.other, row.jaccard))
        found.setdefault(row.other, []).append(Twin(row.doc_id, row.jaccard))
    return found
