"""What a code is about: single sentences, paragraphs, or documents as a whole; and what stands around."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import Unit

_TOGETHER: dict[Unit, list[str]] = {
    "sentence": ["doc_id", "sent_id"],
    "paragraph": ["doc_id", "paragraph"],
    "document": ["doc_id"],
}


def coding_units(sentences: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """One row for each unit, in the form and order of table `sentences`.

    `sentences` are those of the analysed zones, in order. A unit goes by the number of its first
    sentence, has that one's zone, paragraph and page, reaches from the first of its characters to the
    last and has the texts of its sentences, joined by spaces. What lies between them, such as a note,
    is within its offsets but not in its text. Single sentences stay as they are.
    """
    if unit == "sentence":
        return sentences
    joined = {
        "end": ("end", "max"),
        "raw_start": ("raw_start", "min"),
        "raw_end": ("raw_end", "max"),
        "text": ("text", " ".join),
    }
    grouped = sentences.groupby(_TOGETHER[unit], sort=False)
    first = sentences.drop_duplicates(_TOGETHER[unit]).reset_index(drop=True)
    return first.assign(**grouped.agg(**joined).reset_index(drop=True))


def in_units(sentences: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """For every sentence (doc_id, sent_id) its unit, and what to add to offsets to get the unit's.

    Columns `unit`, the position among `coding_units`, and `shift`: an offset of the clean text plus
    `shift` is a place in the text of the unit that the sentence is part of.
    """
    together = sentences.groupby(_TOGETHER[unit], sort=False)
    unit = together.ngroup()
    lengths = sentences["text"].str.len() + 1
    before = lengths.groupby(unit).cumsum() - lengths
    found = sentences[["doc_id", "sent_id"]]
    return found.assign(unit=unit, shift=before - sentences["start"])


def parts_of(units: pd.DataFrame, parts: int) -> pd.Series:
    """In which of so many successive parts of its text each unit stands, from 1 on.

    `units` (doc_id) are in the order of their texts. Parts have like numbers of units; where a text has
    fewer units than parts, some parts have none.
    """
    texts = units.groupby("doc_id")["doc_id"]
    return texts.cumcount() * parts // texts.transform("size") + 1


class Around(NamedTuple):
    """For each unit the positions of those around it, -1 where there is none."""

    before: np.ndarray  # in the same paragraph
    after: np.ndarray  # in the same paragraph
    heading: np.ndarray  # the last heading above it


def around(units: pd.DataFrame) -> Around:
    """What stands around units of whole documents, in order."""
    number = np.arange(len(units))
    place = units[["doc_id", "paragraph"]].to_numpy()
    together = (place[1:] == place[:-1]).all(axis=1) if len(units) else np.zeros(0, dtype=bool)
    before = np.where(np.append(False, together), number - 1, -1)[: len(units)]
    after = np.where(np.append(together, False), number + 1, -1)[: len(units)]
    is_heading = (units["zone"] == "heading").to_numpy()
    last = pd.Series(np.where(is_heading, number, np.nan)).groupby(units["doc_id"].to_numpy()).ffill()
    heading = last.fillna(-1).to_numpy(dtype=int)
    return Around(before, after, np.where(is_heading, -1, heading))


def pick(rows: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The rows at these places; zeros where a place is -1."""
    return np.where((places >= 0)[:, None], rows[places], 0) if len(rows) else rows
