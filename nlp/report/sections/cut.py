"""Decides what the report shows of what was cut: stretches of the raw text that stand in no sentence."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.report.evidence.split import ByDocument
from nlp.spans import to_raw

_LETTER = r"[^\W\d_¹²³⁰-⁹]"
MOST = 100_000  # characters of such stretches on the page; what is more is told by its length


class Stretch(NamedTuple):
    """What was cut, as received, and why: zones that are not annotated, and cleaning steps."""

    text: str
    why: list[str]
    sent_id: int | None  # the sentence that it interrupted; None where it stood between sentences


class CutText(NamedTuple):
    """What was cut of a document; `shown` is false where the page would grow too long."""

    doc_id: str
    stretches: list[Stretch]
    characters: int
    shown: bool


def cut_of(
    documents: pd.DataFrame, sentences: pd.DataFrame, edits: pd.DataFrame, zones: pd.DataFrame
) -> list[CutText]:
    """Every stretch with letters or figures that no sentence has, of the documents that have such.

    Beside what lies between the sentences it is what cleaning took out within one, running heads above
    all. Notes that were moved are in sentences of their own.
    """
    known = [ByDocument(table) for table in (sentences, edits, zones)]
    found, so_far = [], 0
    for row in documents.itertuples():
        own = [it[row.doc_id] for it in known]
        stretches = [*_between(row.raw, *own), *_within(*own[:2])]
        characters = sum(len(it.text) for it in stretches)
        shown = so_far + characters <= MOST
        so_far += characters if shown else 0
        if stretches:
            found.append(CutText(row.doc_id, stretches, characters, shown))
    return found


def _between(
    raw: str, sentences: pd.DataFrame, edits: pd.DataFrame, zones: pd.DataFrame
) -> Iterator[Stretch]:
    """The stretches before, between and after the sentences."""
    first, last = to_raw(edits, zones["start"].to_numpy(), zones["end"].to_numpy())
    cutting = edits[edits["moved_to"].isna() & _saying(edits["before"])]
    for start, end in _gaps(sentences, len(raw)):
        if _says(raw[start:end]):
            passed = (cutting["raw_start"] < end) & (cutting["raw_end"] > start)
            why = {*zones.loc[(first < end) & (last > start), "zone"], *cutting.loc[passed, "rule"]}
            yield Stretch(raw[start:end].strip(), sorted(why), None)


def _gaps(sentences: pd.DataFrame, length: int) -> list[tuple[int, int]]:
    """Raw spans that no sentence touches; sentences may lie within others, as notes do."""
    spans = sentences[["raw_start", "raw_end"]].sort_values("raw_start")
    starts = np.append(spans["raw_start"].to_numpy(), length)
    covered = np.insert(np.maximum.accumulate(spans["raw_end"].to_numpy()), 0, 0)
    return [(int(a), int(b)) for a, b in zip(covered, starts, strict=True) if a < b]


def _within(sentences: pd.DataFrame, edits: pd.DataFrame) -> Iterator[Stretch]:
    """Words that were taken out of the middle of a sentence, with its number; figures there are marks."""
    gone = edits["moved_to"].isna() & edits["before"].str.contains(_LETTER) & ~_saying(edits["after"])
    for edit in edits[gone].itertuples():
        around = (sentences["raw_start"] < edit.raw_start) & (sentences["raw_end"] > edit.raw_end)
        if around.any():
            number = int(sentences.loc[around, "sent_id"].iloc[0])
            yield Stretch(edit.before.strip(), [edit.rule], number)


def _saying(texts: pd.Series) -> pd.Series:
    return texts.map(_says).astype(bool)


def _says(text: str) -> bool:
    """Whether there are letters or figures in it, raised ones (marks of notes) aside."""
    return any(unicodedata.category(it)[0] == "L" or it.isdecimal() for it in text)
