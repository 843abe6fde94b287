"""What a text was before cleaning: the source beside the clean text, and the changes in each sentence."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from nlp.spans import to_clean

Change = list[str]  # rule, before, after


def differs(raw: str, text: str) -> bool:
    """Whether two texts differ beyond white space."""
    return raw != text and "".join(raw.split()) != "".join(text.split())


def changes_of(edits: pd.DataFrame, sentences: pd.DataFrame) -> Mapping[int, Sequence[Change]]:
    """The changes that cleaning made in each sentence of one document, by its place among them.

    A change belongs to the sentences that its clean text reaches into; if nothing is left of it, to the
    sentence that it was taken out of, or stood directly beside. What was moved belongs to the sentence
    that it stood in; if it stood between two, to the first that it consists of. Changes of what stands
    between sentences, as of empty lines, belong to none.
    """
    moved = edits["moved_to"].notna()
    found = defaultdict(list)
    both = [*_changed(edits, moved, sentences), *_moved(edits[moved], sentences)]
    for number, _, change in sorted(both, key=lambda it: it[:2]):
        found[number].append(change)
    return found


_Found = tuple[int, int, Change]  # sentence, place in the raw text, change


def _changed(edits: pd.DataFrame, moved: pd.Series, sentences: pd.DataFrame) -> list[_Found]:
    start, end = to_clean(edits)
    first = np.searchsorted(sentences["end"].to_numpy(), start, side="left")
    last = np.searchsorted(sentences["start"].to_numpy(), end, side="right")
    rows = edits[~moved].itertuples(index=False)
    borders = sentences[["start", "end"]].to_numpy()
    return [
        (number, int(row.raw_start), _change(row))
        for row, low, high, begins, ends in zip(rows, first, last, start, end, strict=True)
        for number in range(low, high)
        if _touches(begins, ends, *borders[number])
    ]


def _touches(begins: int, ends: int, start: int, end: int) -> bool:
    return bool(start <= begins <= end if begins == ends else begins < end and start < ends)


def _moved(edits: pd.DataFrame, sentences: pd.DataFrame) -> list[_Found]:
    """Sentences in the order of the source, of which those that were moved lie within others."""
    order = np.argsort(sentences["raw_start"].to_numpy(), kind="stable")
    start = sentences["raw_start"].to_numpy()[order]
    end = sentences["raw_end"].to_numpy()[order]
    found = []
    for row in edits.itertuples(index=False):
        before = int(np.searchsorted(start, row.raw_start, side="left")) - 1
        within = before >= 0 and row.raw_end <= end[before]
        at = before if within else before + 1
        if within or (at < len(start) and start[at] < row.raw_end):
            found.append((int(order[at]), int(row.raw_start), _change(row)))
    return found


def _change(row: Any) -> Change:
    return [str(row.rule), str(row.before), str(row.after)]
