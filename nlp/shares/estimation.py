"""The shares of categories in a finite population, and what their intervals need."""

from typing import NamedTuple

import numpy as np


class Sample(NamedTuple):
    """Coded units, and predictions for all units of the population, the coded ones included.

    Categories are columns of 0 and 1, of which a unit has at most one.
    """

    truth: np.ndarray  # coded units x categories
    predicted: np.ndarray  # the same
    block: np.ndarray  # name of the block with which a coded unit was drawn; no two strata share one
    stratum: np.ndarray  # of each coded unit: blocks were drawn stratum by stratum
    probability: np.ndarray  # with which a coded unit came into the sample; only ratios matter
    population: np.ndarray  # all units x categories, predictions
    population_stratum: np.ndarray


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


def estimate(sample: Sample) -> Cells:
    """The shares of the categories and of their union, and what their intervals need.

    The difference estimator of survey sampling: the weighted predictions' mean over all units, and the
    coded units' mean error (Särndal, Swensson & Wretman 1992, section 6.3), each stratum by itself, a
    unit counting by the inverse of its probability; lately known as prediction-powered inference. The
    weight between 0 and 1 is tuned so that the shares vary least (PPI++: Angelopoulos, Duchi & Zrnic
    2023). One weight serves all categories, so that they add up to the union. What was coded is known:
    only the share among the other units is estimated, and held between 0 and 1.

    A stratum without a coded unit is treated as part of the others: that its units are like theirs is
    then assumed, not known. Raises ValueError for a sample without units.
    """
    if not len(sample.truth):
        raise ValueError("a share cannot be estimated from no coded unit")
    stratum, everywhere = _strata(sample)
    n, total = len(sample.truth), len(sample.population)
    design = _design_weights(stratum, everywhere, sample.probability)
    truth, predicted = (_centred(it, stratum, design) for it in (sample.truth, sample.predicted))
    weight = _tuned_weight(truth, predicted, design)
    error = design @ (sample.truth - weight * sample.predicted)
    count = sample.truth.sum(axis=0)
    value = _completed(error + weight * sample.population.mean(axis=0), count, n, total)
    residual = _with_union(truth - weight * predicted)
    whole = _with_union(sample.truth)
    blocks = np.unique(sample.block, return_inverse=True)[1]
    between, within = _components(residual, blocks, stratum)
    apart, together = _spread(design, blocks, total)
    return Cells(
        value=np.append(value, min(value.sum(), 1.0)),
        positives=np.append(count, count.sum()),
        squares=n * design @ residual**2,
        total_squares=n * design @ (whole - design @ whole) ** 2,
        between=between,
        within=within,
        weight=weight,
        n=n,
        total=total,
        strata=int(stratum.max()) + 1,
        n_blocks=int(blocks.max()) + 1,
        apart=apart,
        together=together,
    )


def _strata(sample: Sample) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the strata of the coded units and of all; one stratum if some have no coded unit."""
    names, everywhere = np.unique(sample.population_stratum, return_inverse=True)
    if not np.isin(names, sample.stratum).all():
        return np.zeros(len(sample.truth), dtype=int), np.zeros(len(sample.population), dtype=int)
    return np.searchsorted(names, sample.stratum), everywhere


def _design_weights(stratum: np.ndarray, everywhere: np.ndarray, probability: np.ndarray) -> np.ndarray:
    """How much of the population a coded unit stands for: sums to 1 in all, to its share in a stratum."""
    inverse = 1 / probability
    shares = np.bincount(everywhere) / len(everywhere)
    return shares[stratum] * inverse / np.bincount(stratum, weights=inverse)[stratum]


def _centred(units: np.ndarray, stratum: np.ndarray, design: np.ndarray) -> np.ndarray:
    """Units less the mean of their stratum."""
    member = np.eye(stratum.max() + 1)[stratum]
    means = (member * design[:, None]).T @ units / np.bincount(stratum, weights=design)[:, None]
    return units - means[stratum]


def _tuned_weight(truth: np.ndarray, predicted: np.ndarray, design: np.ndarray) -> float:
    spread = float(design @ (predicted**2).sum(axis=1))
    common = float(design @ (truth * predicted).sum(axis=1))
    # Rounded, or sums in another order would make 0 of what is next to it, and the other way round.
    return round(min(max(common / spread, 0.0), 1.0), 9) if spread > 0 else 0.0


def _completed(value: np.ndarray, count: np.ndarray, n: int, total: int) -> np.ndarray:
    """Shares that leave between 0 and all of the uncoded units to each category, and to all of them."""
    if n >= total:
        return count / n
    uncoded = np.clip((value * total - count) / (total - n), 0, 1)
    return (count + (total - n) * uncoded / max(uncoded.sum(), 1.0)) / total


def _with_union(units: np.ndarray) -> np.ndarray:
    return np.column_stack([units, units.sum(axis=1)])


def _components(
    residual: np.ndarray, blocks: np.ndarray, stratum: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Variance between and within blocks, by analysis of variance; between them it may come out below 0.

    Unequal blocks as in Searle, Casella & McCulloch (1992, section 3.6), stratum by stratum. 0 and 0
    where no stratum has two blocks or no block two units.
    """
    n, sizes = len(blocks), np.bincount(blocks)
    member = np.eye(len(sizes))[blocks]
    explained = ((member.T @ residual) ** 2 / sizes[:, None]).sum(axis=0)
    freedom, rest = len(sizes) - stratum.max() - 1, n - len(sizes)
    if freedom < 1 or rest < 1:
        return np.zeros(residual.shape[1]), np.zeros(residual.shape[1])
    of_stratum = np.bincount(stratum)
    first = stratum[np.unique(blocks, return_index=True)[1]]
    usual = (n - float((sizes**2 / of_stratum[first]).sum())) / freedom
    within = np.maximum((residual**2).sum(axis=0) - explained, 0) / rest
    return (explained / freedom - within) / usual, within


def _spread(design: np.ndarray, blocks: np.ndarray, total: int) -> tuple[float, float]:
    """Variance of the error of a mean, for units of variance 1: apart, and equal within blocks.

    The error is what the coded units stand for beyond themselves, less the uncoded units; these are
    taken to lie in blocks of the same sizes as the coded ones.
    """
    beyond = design - 1 / total
    sizes = np.bincount(blocks)
    rest = max(total - len(design), 0) / total**2
    together = np.bincount(blocks, weights=beyond) ** 2
    usual = float((sizes**2).sum() / sizes.sum())
    return float((beyond**2).sum()) + rest, float(together.sum()) + rest * usual
