"""How far groups differ in their frames: table `frame_differences`."""

import numpy as np
import pandas as pd

from nlp import tables
from nlp.codebook import ANY, Codebook
from nlp.compare.samples import Measured
from nlp.manifest import REST
from nlp.params import CompareParams
from nlp.shares import Shares, difference
from nlp.stats import adjust


def differ(
    corrected: Measured, pairs: tuple[np.ndarray, np.ndarray], codebook: Codebook, params: CompareParams
) -> pd.DataFrame:
    """Differences of the corrected shares of these pairs (`groups.pairs_of`), in every frame and stance.

    Shares that are not estimable leave a row without numbers. The p-values of all other rows are
    corrected together. Two texts differ for certain once all is coded; intervals and p-values tell
    whether what they were drawn from does (`shares.intervals_of_sources`). With two groups the rest is
    the other one, and has no row of its own.
    """
    one, other = pairs
    if not len(one):
        return tables.make("frame_differences", [])
    own, its = (Shares(*(it[at] for it in corrected.sources)) for at in (one, other))
    found = difference(own, its, confidence=params.confidence)
    pair, frame, stance = (it.ravel() for it in np.indices(found.value.shape))
    names = np.append(corrected.groups, [REST] * len(corrected.groups)).astype(object)
    rows = pd.DataFrame({name: it.ravel() for name, it in found._asdict().items()})
    rows = rows.rename(columns={"value": "difference"}).assign(
        author=names[one][pair],
        other=names[other][pair],
        frame=np.array(codebook.frame_names, dtype=object)[frame],
        stance=np.array([*codebook.stance_names, ANY], dtype=object)[stance],
        estimable=(corrected.estimable[one] & corrected.estimable[other])[pair, frame],
        q=np.nan,
    )
    rows = rows[rows["stance"].isin([*codebook.split, ANY])]
    rows.loc[~rows["estimable"], ["difference", "low", "high", "p"]] = np.nan
    known = rows["p"].notna()
    rows.loc[known, "q"] = adjust(rows.loc[known, "p"].to_numpy())
    return tables.take("frame_differences", rows)
