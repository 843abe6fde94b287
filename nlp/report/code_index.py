"""An index of codes as in a book: frame, group, stance, and where they stand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from nlp.report.texts import Entry


class Places(NamedTuple):
    """The units of one document, by their first sentences."""

    doc_id: str
    numbers: list[int]


class Heading(NamedTuple):
    """One frame with one group: where it stands, by stance."""

    anchor: str
    group: str
    units: int
    stances: list[tuple[str, list[Places]]]  # label; empty where there is nothing to split


class Chapter(NamedTuple):
    """One frame."""

    label: str
    headings: list[Heading]


def anchor_of(frame: str, group: int) -> str:
    """The id of a heading; groups are counted from 1, in the order of the page."""
    return f"codes-{frame}-{group}"


def index_of(entries: Iterable[Entry], head: Mapping[str, Any], numbers: Sequence[int]) -> list[Chapter]:
    """The index of some groups by their numbers; entries are in the order of the texts."""
    groups = {it["id"]: it["group"] for it in head["documents"]}
    found: dict[tuple[str, str], list[Entry]] = {}
    for it in entries:
        found.setdefault((it.frame, groups[it.doc_id]), []).append(it)
    return [
        Chapter(label, [_heading(name, number, found, head) for number in numbers])
        for name, label in head["frames"]
    ]


def _heading(
    frame: str, number: int, found: Mapping[tuple[str, str], list[Entry]], head: Mapping[str, Any]
) -> Heading:
    group = head["groups"][number - 1]
    own = found.get((frame, group), [])
    stances = head["stances"] or [["", ""]]
    listed = [
        (label, _places(it for it in own if it.stance == name or not head["stances"]))
        for name, label in stances
    ]
    return Heading(anchor_of(frame, number), group, len(own), [it for it in listed if it[1]])


def _places(entries: Iterable[Entry]) -> list[Places]:
    found: dict[str, list[int]] = {}
    for it in entries:
        found.setdefault(it.doc_id, []).append(it.number)
    return [Places(*it) for it in found.items()]
