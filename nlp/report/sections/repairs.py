"""Decides what the report says of capitals that a document had lost and cleaning gave back."""

import re
from collections import Counter
from typing import Any, NamedTuple

import pandas as pd

STEP = "case"  # the cleaning step that gives capitals back
_TOLD = 12  # words of a document that were repaired most often
_REACH = 60  # characters of a word on either side of a change
_BEFORE, _AFTER, _WORD = re.compile(r"\w*\Z"), re.compile(r"\w*"), re.compile(r"\w+")


class Repair(NamedTuple):
    """A word as received, as it is now, and how often."""

    before: str
    after: str
    times: int


class Repairs(NamedTuple):
    """What was repaired in a document: how often, by which cleaning steps together, and which words."""

    doc_id: str
    lost: str  # letters whose capitals it had lost
    times: int
    by_rule: list[tuple[str, int]]
    most: list[Repair]


def repairs_of(documents: pd.DataFrame, edits: pd.DataFrame) -> list[Repairs]:
    """Documents that had lost capitals, with what was given back to them."""
    repaired = edits[edits["rule"].str.split("+").map(lambda it: STEP in it).astype(bool)]
    rows = dict(iter(repaired.groupby("doc_id")))
    damaged = documents[documents["lost_capitals"] != ""]
    return [_repairs(it, rows.get(it.doc_id, edits.iloc[:0])) for it in damaged.itertuples()]


def _repairs(document: Any, edits: pd.DataFrame) -> Repairs:
    words = [_word(document.raw, it) for it in edits.itertuples()]
    return Repairs(
        doc_id=document.doc_id,
        lost=document.lost_capitals,
        times=len(words),
        by_rule=sorted(edits["rule"].value_counts().items(), key=lambda it: (-it[1], it[0])),
        most=[
            Repair(*pair, count)
            for pair, count in sorted(Counter(words).items(), key=lambda it: (-it[1], it[0]))[:_TOLD]
        ],
    )


def _word(raw: str, edit: Any) -> tuple[str, str]:
    """The word around a change, as received and as it is now; its last where there are several."""
    left = _BEFORE.search(raw[max(edit.raw_start - _REACH, 0) : edit.raw_start])
    right = _AFTER.match(raw[edit.raw_end : edit.raw_end + _REACH])
    assert left
    assert right
    before, after = (_WORD.findall(left[0] + it + right[0]) for it in (edit.before, edit.after))
    return (before or [""])[-1], (after or [""])[-1]
