"""Cuts a text into pieces, so that the words that moved a decision can be marked in it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

Row = Any  # of table `explanations`

_PART = 0.1  # of the strongest reason: words that add less are left unmarked


class Reason(NamedTuple):
    """Something that moved a decision, and how far."""

    task: str  # "presence" or "stance"
    feature: str
    contribution: float


class Piece(NamedTuple):
    """A stretch of text with what it did for the decision; without reasons it stays unmarked."""

    text: str
    reasons: list[Reason]

    @property
    def tasks(self) -> list[str]:
        """The decisions that it moved, each once."""
        return list(dict.fromkeys(it.task for it in self.reasons))


def mark(text: str, rows: Sequence[Row]) -> list[Piece]:
    """Pieces that make up the text, cut wherever a reason begins or ends.

    Marked is what speaks for the decision by a word of the text, with a tenth of the strongest reason for
    the same decision at least; spans that overlap share the piece that they have in common.
    """
    spans = [(*_within(row, text), _reason(row)) for row in _told(rows)]
    spans = [it for it in spans if it[0] < it[1]]
    borders = sorted({0, len(text), *(place for start, end, _ in spans for place in (start, end))})
    return [
        Piece(text[start:end], [reason for first, last, reason in spans if first <= start and end <= last])
        for start, end in pairwise(borders)
    ]


def other_reasons(rows: Sequence[Row], most: int) -> list[Reason]:
    """The strongest reasons, for the decision or against it, that are no word of the text."""
    found = [_reason(row) for row in rows if not _is_word(row) and round(row.contribution, 2)]
    return sorted(found, key=lambda it: -abs(it.contribution))[:most]


def _told(rows: Sequence[Row]) -> list[Row]:
    """Words that speak for a decision, and are no trifle beside its strongest reason."""
    strongest: dict[str, float] = {}
    for row in rows:
        strongest[row.task] = max(strongest.get(row.task, 0.0), row.contribution)
    return [
        row
        for row in rows
        if _is_word(row) and row.contribution > 0 and row.contribution >= _PART * strongest[row.task]
    ]


def _is_word(row: Row) -> bool:
    return not pd.isna(row.start)


def _within(row: Row, text: str) -> tuple[int, int]:
    """Its place in what is shown, which may be the beginning of the unit alone."""
    return row.start, min(row.end, len(text))


def _reason(row: Row) -> Reason:
    return Reason(row.task, row.feature, row.contribution)
