"""How far two features go together."""

import numpy as np


def npmi(count: np.ndarray, first: np.ndarray, second: np.ndarray, total: int) -> np.ndarray:
    """Normalised pointwise mutual information of two features of `total` units (Bouma 2009).

    `count` units have both (one at least), `first` and `second` have either. 1: never apart; 0: as
    expected by chance; towards -1: hardly ever together. Unknown (NaN) where every unit has both. The
    rarer the features, the higher it is by chance: look at the counts beside it.
    """
    surprise = -np.log(count / total)
    association = np.log(count * total / (np.asarray(first, dtype=float) * second))
    unknown = np.full(np.shape(surprise), np.nan)
    return np.clip(np.divide(association, surprise, out=unknown, where=surprise > 0), -1, 1)
