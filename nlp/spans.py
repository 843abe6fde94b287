"""Stretches of text and their way back to the source."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def to_raw(edits: pd.DataFrame, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Raw offsets of the half-open clean spans of one document.

    `edits` are that document's rows, in order and without overlap. A span that begins or ends inside
    inserted text takes in the whole of the raw text that it replaced.
    """
    before, after = (edits[side].str.len().to_numpy() for side in ("before", "after"))
    raw_start, raw_end = edits["raw_start"].to_numpy(), edits["raw_end"].to_numpy()
    shift = np.concatenate([[0], np.cumsum(before - after)])
    clean_start = raw_start - shift[:-1]
    clean_end = clean_start + after
    return (
        _raw(start, clean_start, clean_end, shift, inside=raw_start),
        _raw(end - 1, clean_start, clean_end, shift, inside=raw_end - 1) + 1,
    )


def _raw(
    position: np.ndarray,
    clean_start: np.ndarray,
    clean_end: np.ndarray,
    shift: np.ndarray,
    *,
    inside: np.ndarray,
) -> np.ndarray:
    passed = np.searchsorted(clean_end, position, side="right")
    raw = position + shift[passed]
    if not len(clean_end):
        return raw
    edit = np.minimum(passed, len(clean_end) - 1)
    within = (clean_start[edit] <= position) & (position < clean_end[edit])
    return np.where(within, inside[edit], raw)


def overlap(
    start: np.ndarray, end: np.ndarray, other_start: np.ndarray, other_end: np.ndarray
) -> np.ndarray:
    """Common characters of every span (rows) with every other span (columns)."""
    first = np.maximum(start[:, None], other_start[None, :])
    last = np.minimum(end[:, None], other_end[None, :])
    return np.maximum(last - first, 0)


def page_at(pages: pd.DataFrame, positions: Sequence[int]) -> list[int | None]:
    """The page that each raw position stands on; None in a document without pages.

    `pages` are that document's rows, in order. A form feed belongs to the page that it ends.
    """
    if pages.empty:
        return [None] * len(positions)
    found = np.searchsorted(pages["raw_start"].to_numpy(), positions, side="right") - 1
    return [int(number) for number in pages["page"].to_numpy()[found]]
