"""Stretches of text and their way back to the source."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd


class _Places:
    """The raw text with its moved stretches at the end: from raw offsets to places there, and back."""

    def __init__(self, moved: pd.DataFrame) -> None:
        start, end = moved["raw_start"].to_numpy(), moved["raw_end"].to_numpy()
        length = int(moved["moved_to"].iloc[0]) if len(moved) else 0
        stays = np.concatenate([[0], end])
        left = np.concatenate([start, [length]]) - stays
        self._raw = np.concatenate([stays, start])  # where each stretch begins in the raw text
        lengths = np.concatenate([left, end - start])
        self._place = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self._in_raw_order = np.argsort(self._raw, kind="stable")

    def of(self, raw: np.ndarray) -> np.ndarray:
        starts = self._raw[self._in_raw_order]
        stretch = self._in_raw_order[np.searchsorted(starts, raw, side="right") - 1]
        return self._place[stretch] + raw - self._raw[stretch]

    def back(self, place: np.ndarray) -> np.ndarray:
        stretch = np.searchsorted(self._place, place, side="right") - 1
        return self._raw[stretch] + place - self._place[stretch]


class _Changes(NamedTuple):
    """Changes of what stayed or was moved, in the order of the clean text."""

    clean_end: np.ndarray
    after: np.ndarray  # length of the clean text that stands for it
    shift: np.ndarray  # between raw and clean text before each change, and after the last
    order: np.ndarray  # their numbers among the rows given

    @classmethod
    def of(cls, edits: pd.DataFrame, places: _Places) -> "_Changes":
        before, after = (edits[side].str.len().to_numpy() for side in ("before", "after"))
        raw_start = edits["raw_start"].to_numpy()
        # An insertion stands behind the character before it, wherever that has gone; or at the very start.
        inserted = before == 0
        first = np.where(inserted & (raw_start == 0), 0, places.of(raw_start - inserted) + inserted)
        order = np.argsort(first, kind="stable")
        first, before, after = first[order], before[order], after[order]
        shift = np.concatenate([[0], np.cumsum(before - after)])
        return cls(first - shift[:-1] + after, after, shift, order)


def to_raw(edits: pd.DataFrame, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Raw offsets of the half-open clean spans of one document.

    `edits` are that document's rows in the order of the table. A span that begins or ends inside
    inserted text takes in the whole of the raw text that it replaced.
    """
    moved = edits["moved_to"].notna()
    places, edits = _Places(edits[moved]), edits[~moved]
    changes = _Changes.of(edits, places)
    raw_start, raw_end = (edits[side].to_numpy()[changes.order] for side in ("raw_start", "raw_end"))
    return (
        _raw(start, places, changes, inside=raw_start),
        _raw(end - 1, places, changes, inside=raw_end - 1) + 1,
    )


def to_clean(edits: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Where the changes of one document stand in its clean text: two offsets for each row that changes.

    `edits` are that document's rows in the order of the table; those that only move text have none.
    """
    moved = edits["moved_to"].notna()
    changes = _Changes.of(edits[~moved], _Places(edits[moved]))
    end = np.empty(len(changes.order), dtype="int64")
    start = np.empty(len(changes.order), dtype="int64")
    end[changes.order], start[changes.order] = changes.clean_end, changes.clean_end - changes.after
    return start, end


def _raw(position: np.ndarray, places: _Places, changes: _Changes, *, inside: np.ndarray) -> np.ndarray:
    """Where clean characters stand in the raw text: those of an edit where `inside` says."""
    clean_end, after, shift, _ = changes
    passed = np.searchsorted(clean_end, position, side="right")
    raw = places.back(position + shift[passed])
    if not len(clean_end):
        return raw
    edit = np.minimum(passed, len(clean_end) - 1)
    within = (clean_end[edit] - after[edit] <= position) & (position < clean_end[edit])
    return np.where(within, inside[edit], raw)


def overlap(
    start: np.ndarray, end: np.ndarray, other_start: np.ndarray, other_end: np.ndarray
) -> np.ndarray:
    """Common characters of every span (rows) with every other span (columns)."""
    first = np.maximum(start[:, None], other_start[None, :])
    last = np.minimum(end[:, None], other_end[None, :])
    return np.maximum(last - first, 0)


def page_at(pages: pd.DataFrame, positions: Sequence[int] | np.ndarray | pd.Series) -> list[int | None]:
    """The page that each raw position stands on; None in a document without pages.

    `pages` are that document's rows, in order. A form feed belongs to the page that it ends.
    """
    if pages.empty:
        return [None] * len(positions)
    found = np.searchsorted(pages["raw_start"].to_numpy(), positions, side="right") - 1
    return [int(number) for number in pages["page"].to_numpy()[found]]
