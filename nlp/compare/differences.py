"""How far authors differ in their frames: table `frame_differences`."""

from itertools import combinations

import numpy as np
import pandas as pd

from nlp import tables
from nlp.compare.prevalence import CORRECTED
from nlp.params import CompareParams
from nlp.shares import Shares, difference
from nlp.stats import adjust

_CELL = ["frame", "stance"]


def differ(prevalence: pd.DataFrame, params: CompareParams) -> pd.DataFrame:
    """Differences of the corrected shares, for all pairs of authors, frames and stances.

    Shares that are not estimable leave a row without numbers. The p-values of all other rows are
    corrected together. Empty with a single author.
    """
    corrected = prevalence[prevalence["method"] == CORRECTED]
    by_author = {name: rows.set_index(_CELL).sort_index() for name, rows in corrected.groupby("author")}
    pairs = [
        _pair(one, other, by_author[one], by_author[other], params.confidence)
        for one, other in combinations(sorted(by_author), 2)
    ]
    if not pairs:
        return tables.make("frame_differences", [])
    rows = pd.concat(pairs, ignore_index=True)
    known = rows["estimable"]
    rows.loc[known, "q"] = adjust(rows.loc[known, "p"].to_numpy())
    return tables.take("frame_differences", rows)


def _pair(one: str, other: str, own: pd.DataFrame, its: pd.DataFrame, confidence: float) -> pd.DataFrame:
    found = difference(_shares(own), _shares(its), confidence=confidence)
    estimable = (own["estimable"] & its["estimable"]).to_numpy(dtype=bool)
    numbers = pd.DataFrame(found._asdict()).rename(columns={"value": "difference"})
    numbers.loc[~estimable] = np.nan
    cells = own.index.to_frame(index=False)
    return cells.join(numbers).assign(author=one, other=other, q=np.nan, estimable=estimable)


def _shares(rows: pd.DataFrame) -> Shares:
    return Shares(*(rows[name].to_numpy(dtype=float) for name in ("estimate", "low", "high", "size")))
