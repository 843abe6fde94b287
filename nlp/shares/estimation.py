"""The shares of categories in a finite population, and what their intervals need."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from nlp.shares.moments import Moments, Sample, moments

_NOTHING = 1e-9  # of squares of 0 and 1: the rest of a sum that should be 0


class Cells(NamedTuple):
    """What a sample tells: vectors have one entry for each category, and the last for their union."""

    value: np.ndarray  # estimated share
    positives: np.ndarray  # coded units with the category
    squares: np.ndarray  # of what the predictions leave open, around the means of the strata
    total_squares: np.ndarray  # of the category itself
    between: np.ndarray  # variance of the open part between blocks
    within: np.ndarray  # and within them
    weight: float  # of the predictions, 0 to 1
    n: int  # coded units
    total: int  # units in all
    strata: int
    n_blocks: int
    apart: float  # variance of the error for units of variance 1 that are alike in no block ...
    together: float  # ... and for those that are equal within each block
    bunch: float  # units of the block in which a unit lies, on average


def estimate(sample: Sample, *, guided: bool = True) -> Cells:
    """The shares of the categories and of their union, and what their intervals need.

    The difference estimator of survey sampling: the weighted predictions' mean over all units, and the
    coded units' mean error (Särndal, Swensson & Wretman 1992, section 6.3), each stratum by itself, a
    unit counting by the inverse of its probability; lately known as prediction-powered inference. The
    weight between 0 and 1 is tuned so that the shares vary least (PPI++: Angelopoulos, Duchi & Zrnic
    2023). One weight serves all categories, so that they add up to the union. What was coded is known:
    only the share among the other units is estimated, and held between 0 and 1.

    A stratum without a coded unit is treated as part of the others: that its units are like theirs is
    then assumed, not known. Unless `guided`, predictions are left out. Raises ValueError for a sample
    without units.
    """
    if not len(sample.truth):
        raise ValueError("a share cannot be estimated from no coded unit")
    nowhere = np.zeros(len(sample.truth), int), np.zeros(len(sample.population), int)
    return next(estimates(moments(sample, *nowhere, 1), guided=guided))  # type: ignore[return-value]


def estimates(sums: Moments, *, guided: bool = True) -> Iterator[Cells | None]:
    """The same for each part of a population, from its sums; None for a part without coded units."""
    for at, n in enumerate(sums.n):
        yield _cells(Moments(*(it[at] for it in sums)), guided=guided) if n else None


def _cells(sums: Moments, *, guided: bool) -> Cells:
    n, total, strata, n_blocks = (int(it) for it in (sums.n, sums.total, sums.strata, sums.blocks))
    weight = _tuned_weight(sums) if guided else 0.0
    error = (sums.truth - weight * sums.predicted)[:-1] / total
    value = _completed(error + weight * sums.population[:-1] / total, sums.positives[:-1], n, total)
    between, within = _components(sums, weight)
    rest, bunch = max(total - n, 0) / total**2, float(sums.sizes) / n
    mean = sums.truth / total
    return Cells(
        value=np.append(value, min(value.sum(), 1.0)),
        positives=sums.positives,
        squares=n * _left_open(sums.weighted, weight) / total,
        total_squares=n * np.maximum(mean * (1 - mean), 0),  # of what is 0 or 1
        between=between,
        within=within,
        weight=weight,
        n=n,
        total=total,
        strata=strata,
        n_blocks=n_blocks,
        apart=float(sums.beyond) / total**2 + rest,
        # The uncoded units are taken to lie in blocks of the same sizes as the coded ones.
        together=float(sums.beyond_blocks) / total**2 + rest * bunch,
        bunch=bunch,
    )


def _tuned_weight(sums: Moments) -> float:
    _, common, spread = sums.weighted[:, :-1].sum(axis=1)
    # Rounded, or sums in another order would make 0 of what is next to it, and the other way round.
    return round(min(max(float(common / spread), 0.0), 1.0), 9) if spread > 0 else 0.0


def _left_open(squares: np.ndarray, weight: float) -> np.ndarray:
    """Squares of truth - weight * predicted, what predictions of this weight leave open, multiplied out."""
    truth, both, predicted = squares
    return np.maximum(truth - 2 * weight * both + weight**2 * predicted, 0)


def _completed(value: np.ndarray, count: np.ndarray, n: int, total: int) -> np.ndarray:
    """Shares that leave between 0 and all of the uncoded units to each category, and to all of them."""
    if n >= total:
        return count / n
    uncoded = np.clip((value * total - count) / (total - n), 0, 1)
    return (count + (total - n) * uncoded / max(uncoded.sum(), 1.0)) / total


def _components(sums: Moments, weight: float) -> tuple[np.ndarray, np.ndarray]:
    """Variance between and within blocks, by analysis of variance; between them it may come out below 0.

    Unequal blocks as in Searle, Casella & McCulloch (1992, section 3.6), stratum by stratum. 0 and 0
    where no stratum has two blocks or no block two units.
    """
    freedom, rest = int(sums.blocks - sums.strata), int(sums.n - sums.blocks)
    if freedom < 1 or rest < 1:
        return np.zeros(sums.plain.shape[1]), np.zeros(sums.plain.shape[1])
    explained, whole = _left_open(sums.grouped, weight), _left_open(sums.plain, weight)
    usual = (sums.n - float(sums.sizes_in_strata)) / freedom
    left = whole - explained
    within = np.where(left > _NOTHING, left, 0) / rest
    return (explained / freedom - within) / usual, within
