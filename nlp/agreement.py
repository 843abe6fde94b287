"""How far coders agree beyond chance: Krippendorff's alpha for categories, and its bootstrap.

Krippendorff, Content Analysis (2019, ch. 12); Hayes & Krippendorff, Communication Methods and Measures
1 (2007).
"""

from typing import NamedTuple

import numpy as np


class Agreement(NamedTuple):
    """Alpha, and the share of pairs of codes that agree: one number for each weighting of the units."""

    alpha: np.ndarray
    share: np.ndarray


def coincidences(codes: np.ndarray, *, categories: int) -> np.ndarray:
    """What each unit adds to the coincidence matrix, as far as nominal alpha needs it.

    `codes` are units x coders, categories numbered from 0, -1 where a coder did not judge the unit.
    Shape of the result: units x (1 + categories). First the sum of the diagonal: pairs of codes that
    agree, each divided by the number of the unit's codes less 1; then the margin: how often each
    category was given. All 0 for a unit with fewer than two codes: there is nothing to compare.
    """
    counts = (codes[:, :, None] == np.arange(categories)).sum(axis=1).astype(float)
    size = counts.sum(axis=1, keepdims=True)
    agreeing = (counts * (counts - 1)).sum(axis=1, keepdims=True) / np.maximum(size - 1, 1)
    return np.hstack([agreeing, np.where(size > 1, counts, 0.0)])


def agreement(units: np.ndarray, weights: np.ndarray) -> Agreement:
    """Nominal alpha from the `coincidences` of units, for each row of weights (weightings x units).

    A weight says how often a unit counts: ones for the sample as it is, draws of a bootstrap for its
    replicates. Alpha is 1 for perfect agreement, 0 for what chance would give, negative below that.
    Undefined (NaN) where no unit has two codes, and where all codes are of one category: then nothing
    shows whether coders can tell it from others, however much they agree.
    """
    sums = weights @ units
    agreeing, margins = sums[:, 0], sums[:, 1:]
    total = margins.sum(axis=1)
    by_chance = _ratio((margins * (margins - 1)).sum(axis=1), total - 1)
    return Agreement(1 - _ratio(total - agreeing, total - by_chance), _ratio(agreeing, total))


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
