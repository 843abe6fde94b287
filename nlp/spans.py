"""Stretches of text and their way back to the source."""

from collections.abc import Sequence

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


def to_raw(edits: pd.DataFrame, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Raw offsets of the half-open clean spans of one document.

    `edits` are that document's rows in the order of the table. A span that begins or ends inside
    inserted text takes in the whole of the raw text that it replaced.
    """
    moved = edits["moved_to"].notna()
    places, edits = _Places(edits[moved]), edits[~moved]
    before, after = (edits[side].str.len().to_numpy() for side in ("before", "after"))
    raw_start, raw_end = edits["raw_start"].to_numpy(), edits["raw_end"].to_numpy()
    # An insertion stands behind the character before it, wherever that has gone; or at the very beginning.
    inserted = before == 0
    first = np.where(inserted & (raw_start == 0), 0, places.of(raw_start - inserted) + inserted)
    order = np.argsort(first, kind="stable")
    first, before, after = first[order], before[order], after[order]
    shift = np.concatenate([[0], np.cumsum(before - after)])
    clean_end = first - shift[:-1] + after
    return (
        _raw(start, places, clean_end, after, shift, inside=raw_start[order]),
        _raw(end - 1, places, clean_end, after, shift, inside=raw_end[order] - 1) + 1,
    )


def _raw(
    position: np.ndarray,
    places: _Places,
    clean_end: np.ndarray,
    after: np.ndarray,
    shift: np.ndarray,
    *,
    inside: np.ndarray,
) -> np.ndarray:
    """Where clean characters stand in the raw text: those of an edit where `inside` says."""
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
