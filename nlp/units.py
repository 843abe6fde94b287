"""What a code is about: single sentences, paragraphs, or documents as a whole."""

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
