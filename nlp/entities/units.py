"""Coded units are text as their coders saw it; here their mentions find their place in the clean text."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import pandas as pd


class Name(NamedTuple):
    """A mention: span in the clean text (start < 0 if it has no place there), label and entity."""

    start: int
    end: int
    label: str
    entity: str


class Unit(NamedTuple):
    """A coded unit: where it lies in the clean text of its document, and its mentions."""

    unit: str
    doc_id: str
    block: str
    start: int
    end: int
    names: list[Name]


def align(coded: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame) -> list[Unit]:
    """Units with their mentions in the clean text; those outside the annotated zones are left out."""
    text = texts.set_index("doc_id")["text"]
    units = []
    for (doc_id, unit), rows in coded.groupby(["doc_id", "unit"], sort=True):
        first = rows.iloc[0]
        start, end = _stretch(
            sentences[sentences["doc_id"] == doc_id], first["unit_start"], first["unit_end"]
        )
        if places := _places(first["unit_text"], text[doc_id][start:end], start):
            span = min(places.values()), max(places.values()) + 1
            units.append(Unit(str(unit), str(doc_id), first["block"], *span, list(_names(rows, places))))
    return units


def names_within(units: Sequence[Unit], found: pd.DataFrame) -> list[list[Name]]:
    """What was found within each unit."""
    by_document = {doc_id: rows for doc_id, rows in found.groupby("doc_id")}
    names = []
    for unit in units:
        rows = by_document.get(unit.doc_id, found[:0])
        own = rows[(rows["start"] >= unit.start) & (rows["end"] <= unit.end)]
        names.append([Name(*it) for it in own[["start", "end", "label", "entity"]].itertuples(index=False)])
    return names


def is_same(one: str, other: str) -> bool:
    """Whether two names of entities are one but for capitals."""
    return one.casefold() == other.casefold()


def _stretch(sentences: pd.DataFrame, raw_start: int, raw_end: int) -> tuple[int, int]:
    """Clean span of the sentences of a unit: the one in which it begins, and those that follow it.

    A footnote between them has been moved away, and so is no part of it.
    """
    near = sentences[(sentences["raw_start"] < raw_end) & (sentences["raw_end"] > raw_start)]
    if near.empty:
        return 0, 0
    run = (near["sent_id"].diff() != 1).cumsum()
    own = near[run == run[near["raw_start"].idxmin()]]
    return int(own["start"].min()), int(own["end"].max())


def _places(unit: str, stretch: str, start: int) -> dict[int, int]:
    """For the characters of the unit that are in the clean text too: where they stand there."""
    one, two = (_lowered(it) for it in (unit, stretch))
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return {it.a + step: start + it.b + step for it in blocks for step in range(it.size)}


def _lowered(text: str) -> str:
    """Small letters, one for one: capitals may have been repaired."""
    return "".join(lower if len(lower := it.lower()) == 1 else it for it in text)


def _names(rows: pd.DataFrame, places: dict[int, int]) -> Iterator[Name]:
    for row in rows[rows["label"] != ""].itertuples():
        start, end = places.get(row.start, -1), places.get(row.end - 1, -2) + 1
        yield Name(start, end, row.label, row.entity)
