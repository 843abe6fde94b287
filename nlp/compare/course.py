"""Frames over the course of texts: table `frame_course`."""

import numpy as np
import pandas as pd

from nlp import tables
from nlp.codebook import ANY, Codebook
from nlp.params import CompareParams
from nlp.stats import ratios, wilson
from nlp.units import parts_of

_KEYS = ["doc_id", "part"]


def follow(
    frame_codes: pd.DataFrame, author: pd.Series, codebook: Codebook, params: CompareParams
) -> pd.DataFrame:
    """Shares of each frame and stance in successive parts of each text; `frame_codes` are of one coder.

    Parts have like numbers of units, in order; where a text has fewer units than parts, some parts have
    none. A share's interval is Wilson's: it takes units as independent, and the codes as right.
    """
    units = frame_codes[["doc_id", "sent_id"]].drop_duplicates().sort_values(["doc_id", "sent_id"])
    units = units.assign(part=parts_of(units, params.course_parts))
    grid = _grid(sorted(set(units["doc_id"])), codebook, params)
    total = units.groupby(_KEYS).size().rename("n_sentences").reset_index()
    present = frame_codes[frame_codes["present"]].merge(units, on=["doc_id", "sent_id"])
    either = pd.concat([present, present.assign(stance=ANY)])
    cell = ["frame", "stance", *_KEYS]
    count = either.groupby(cell).size().rename("count").reset_index()
    found = grid.merge(total, how="left", on=_KEYS).merge(count, how="left", on=cell)
    found = found.fillna({"n_sentences": 0, "count": 0})
    return tables.take(
        "frame_course", found.assign(author=found["doc_id"].map(author), **_shares(found, params))
    )


def _grid(documents: list[str], codebook: Codebook, params: CompareParams) -> pd.DataFrame:
    """A row for every document, frame, stance and part."""
    stances, parts = [*codebook.split, ANY], range(1, params.course_parts + 1)
    names = ["doc_id", "frame", "stance", "part"]
    index = pd.MultiIndex.from_product([documents, codebook.frame_names, stances, parts], names=names)
    return index.to_frame(index=False)


def _shares(found: pd.DataFrame, params: CompareParams) -> dict[str, np.ndarray]:
    count, total = (found[it].to_numpy(dtype=float) for it in ("count", "n_sentences"))
    known = np.where(total > 0, total, np.nan)
    low, high = wilson(count, known, confidence=params.confidence)
    return {"share": ratios(count, known), "low": low, "high": high}
