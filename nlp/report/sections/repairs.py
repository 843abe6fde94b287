"""Decides what the report says of capitals that a document had lost and cleaning gave back."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from nlp.report.evidence.split import ByDocument

STEP = "case"  # the cleaning step that gives capitals back
_TOLD = 12  # words of a document that were repaired most often
_REACH = 60  # characters of a word on either side of a change
_BEFORE, _IN_WORD, _WORD = re.compile(r"\w*\Z"), re.compile(r"\w*"), re.compile(r"\w+")


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
    rows = ByDocument(repaired)
    damaged = documents[documents["lost_capitals"] != ""]
    return [_repairs(it, rows[it.doc_id]) for it in damaged.itertuples()]


def _repairs(document: Any, edits: pd.DataFrame) -> Repairs:
    words = [_word(document.raw, it) for it in _by_word(document.raw, edits)]
    return Repairs(
        doc_id=document.doc_id,
        lost=document.lost_capitals,
        times=len(edits),
        by_rule=sorted(edits["rule"].value_counts().items(), key=lambda it: (-it[1], it[0])),
        most=[
            Repair(*pair, count)
            for pair, count in sorted(Counter(words).items(), key=lambda it: (-it[1], it[0]))[:_TOLD]
        ],
    )


def _by_word(raw: str, edits: pd.DataFrame) -> list[list[Any]]:
    """The changes of each word: several letters of one may have lost their capitals."""
    found: list[list[Any]] = []
    for it in edits.sort_values("raw_start").itertuples():
        if found and _IN_WORD.fullmatch(raw[found[-1][-1].raw_end : it.raw_end]):
            found[-1].append(it)
        else:
            found.append([it])
    return found


def _word(raw: str, edits: Sequence[Any]) -> tuple[str, str]:
    """The word around changes, as received and as it is now; its last where there are several."""
    start, end = edits[0].raw_start, edits[-1].raw_end
    left = _BEFORE.search(raw[max(start - _REACH, 0) : start])
    right = _IN_WORD.match(raw[end : end + _REACH])
    assert left
    assert right
    before, after = (
        _WORD.findall(left[0] + it + right[0]) for it in (raw[start:end], _changed(raw, edits))
    )
    return (before or [""])[-1], (after or [""])[-1]


def _changed(raw: str, edits: Sequence[Any]) -> str:
    """The stretch from the first change to the last, with all of them made."""
    rest = [raw[it.raw_end : later.raw_start] for it, later in pairwise(edits)]
    return "".join(it.after + between for it, between in zip(edits, [*rest, ""], strict=True))
