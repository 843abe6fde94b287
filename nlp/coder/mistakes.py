"""Mistakes to be read: where the machine was surest, and wrong."""

from collections.abc import Iterator

import pandas as pd

from nlp import tables
from nlp.codebook import Codebook
from nlp.codes import sample_of


def list_mistakes(
    validation: pd.DataFrame, units: pd.DataFrame, codebook: Codebook, *, most: int
) -> pd.DataFrame:
    """For every frame the `most` confident mistakes about authors left out: table `mistakes`."""
    known = sample_of(validation, "machine")
    wrong = known.assign(mistake=known["present"].map({True: "frame not there", False: "frame missed"}))
    there = known["present"] & known["true_present"]
    wrong["mistake"] = wrong["mistake"].mask(there, "other stance")
    wrong["confidence"] = known["score"].where(known["present"], 1 - known["score"])
    wrong["confidence"] = wrong["confidence"].where(~there, known["stance_score"])
    wrong["stance"] = known["stance"].where(known["present"], "")
    wrong = wrong[(known["present"] != known["true_present"]) | (wrong["stance"] != known["true_stance"])]
    wrong = wrong.merge(units[["doc_id", "sent_id", "text"]], on=["doc_id", "sent_id"])
    wrong = wrong.sort_values(["confidence", "doc_id", "sent_id"], ascending=[False, True, True])
    return tables.make("mistakes", _rows(wrong, codebook, most))


def _rows(wrong: pd.DataFrame, codebook: Codebook, most: int) -> Iterator[tuple[object, ...]]:
    columns = ["mistake", "confidence", "doc_id", "sent_id", "stance", "true_stance", "text"]
    for frame in codebook.frame_names:
        listed = wrong[wrong["frame"] == frame].head(most)
        for rank, row in enumerate(listed[columns].itertuples(index=False), start=1):
            yield frame, rank, *row
