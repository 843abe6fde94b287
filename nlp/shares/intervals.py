"""Intervals of shares that hold for few blocks, differences, and how much more coding would help."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import special

from nlp.shares.estimation import Cells
from nlp.stats import ratios, wider, wilson

_HALF = 0.5  # of an error: a sample without one does not prove that there is none
_NOTHING = 1e-9  # of variance: the rest of a sum that should be 0
_TWO = 2  # blocks, or texts: one shows no spread


class Correlation(NamedTuple):
    """How alike the units of a block are (0 to 1), and the degrees of freedom that this is known with."""

    value: float
    freedom: int


class Shares(NamedTuple):
    """Shares with intervals, and the number of units, drawn one by one, that each is worth."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    size: np.ndarray


class Difference(NamedTuple):
    """One share minus another, with interval and p-value."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray


def block_correlation(cells: Sequence[Cells]) -> Correlation:
    """The correlation within blocks that samples have in common: pooled variance between blocks / in all.

    One sample of a few blocks measures it so badly that its intervals cover too seldom or always (a
    design effect from three blocks has two degrees of freedom). That all categories of all samples
    have the same one is an assumption; `crossframe simulate` shows what becomes of it where they differ.
    """
    freedom = [max(it.n_blocks - it.strata, 0) for it in cells]
    known = [(it, weight) for it, weight in zip(cells, freedom, strict=True) if it.within.any()]
    between = sum(float(it.between.sum()) * weight for it, weight in known)
    everything = between + sum(float(it.within.sum()) * weight for it, weight in known)
    value = min(max(between / everything, 0.0), 1.0) if everything > _NOTHING else 0.0
    return Correlation(value, sum(freedom))


def intervals(cells: Cells, correlation: Correlation, *, confidence: float) -> Shares:
    """Wilson's intervals at the number of units, drawn one by one, that would be worth as much.

    The variance is that of the error under a common correlation within blocks, with the population's
    limits: what is coded is known. That number is lowered for a correlation known from few blocks (t
    quantile, after Korn & Graubard 1998). Never beyond what the uncoded units leave possible. Unknown
    (NaN) where no sample has two blocks of one stratum.

    `crossframe simulate` measures how often they hold: too often for shares of about 0.01 in few blocks,
    and a little too often or too seldom where the correlation differs much between categories.
    """
    if cells.total <= cells.n:
        return Shares(cells.value, cells.value, cells.value, np.full(len(cells.value), float(cells.n)))
    if correlation.freedom < 1:
        unknown = np.full(len(cells.value), np.nan)
        return Shares(cells.value, unknown, unknown, unknown)
    size = np.maximum(1 / (_unit_error(cells, correlation.value) * _left_open(cells, correlation.value)), 1)
    size = size / wider(correlation.freedom, confidence) ** 2
    low, high = wilson(cells.value * size, size, confidence=confidence)
    least, most = cells.positives / cells.total, 1 - (cells.n - cells.positives) / cells.total
    return Shares(
        cells.value, np.maximum(low, least), np.maximum(np.minimum(high, most), cells.value), size
    )


def intervals_of_sources(
    cells: Cells,
    correlation: Correlation,
    of_truth: Correlation,
    of_texts: Correlation,
    *,
    evenness: float,
    confidence: float,
) -> Shares:
    """The same for the shares in what the population was drawn from: for comparing populations.

    That two texts differ in their shares is certain as soon as all is coded. Whether they were drawn
    from sources that differ is another question, and for it the population's limits do not count
    (Cochran 1977, section 2.14). The variance of the population's own share is added to that of the
    error: in blocks like those of the sample, of the categories themselves, which are more alike within
    blocks (`of_truth`: that of estimates without predictions) than what predictions leave open; and
    between texts, where several by one source show how they differ (`of_texts`, from
    `text_correlation`; `evenness` is the sum of the squares of the texts' parts in the population).
    Unknown (NaN) where no sample has two blocks.
    """
    if correlation.freedom < 1:
        unknown = np.full(len(cells.value), np.nan)
        return Shares(cells.value, unknown, unknown, unknown)
    within, between = _source_error(cells, correlation, of_truth), of_texts.value * evenness
    freedom = _freedom(within, correlation.freedom, between, of_texts.freedom)
    lowered = np.array([wider(it, confidence) for it in freedom])
    size = np.maximum(1 / (within + between), 1) / lowered**2
    return Shares(cells.value, *wilson(cells.value * size, size, confidence=confidence), size)


def text_correlation(
    groups: Sequence[Sequence[Cells]], correlation: Correlation, of_truth: Correlation
) -> Correlation:
    """How alike the units of a text are beyond its blocks, from the texts of each source.

    Variance between the shares of texts less what their errors explain, over that of a unit, all sources
    and categories together (moments, as in a meta-analysis: DerSimonian & Laird 1986, each text
    counting alike). 0, with no degrees of freedom, where no source has two texts.
    """
    several = [own for own in groups if len(own) >= _TWO]
    beyond = everything = 0.0
    for own in several:
        value = np.stack([it.value for it in own])
        error = np.stack([_source_error(it, correlation, of_truth) for it in own])
        mean = value.mean(axis=0)
        spread = mean * (1 - mean)
        explained = (1 - 1 / len(own)) * error.sum(axis=0) * spread
        beyond += float((((value - mean) ** 2).sum(axis=0) - explained).sum())
        everything += float((len(own) - 1) * spread.sum())
    found = min(max(beyond / everything, 0.0), 1.0) if everything > _NOTHING else 0.0
    return Correlation(found, sum(len(own) - 1 for own in several))


def _source_error(cells: Cells, correlation: Correlation, of_truth: Correlation) -> np.ndarray:
    """Variance of an estimate of a source's share, within texts, for units of variance 1."""
    own = (1 + of_truth.value * max(cells.bunch - 1, 0)) / cells.total
    if cells.total <= cells.n:
        return np.full(len(cells.value), own)
    return own + _unit_error(cells, correlation.value) * _left_open(cells, correlation.value)


def _freedom(within: np.ndarray, of_within: int, between: float, of_between: int) -> np.ndarray:
    """Degrees of freedom of a sum of two variances (Satterthwaite 1946)."""
    beside = between**2 / of_between if of_between else 0.0
    return (within + between) ** 2 / (within**2 / of_within + beside)


def _unit_error(cells: Cells, correlation: float) -> float:
    """Variance of the error of a mean, for units of variance 1 and this correlation within blocks."""
    return (1 - correlation) * cells.apart + correlation * max(cells.together, cells.apart)


def _left_open(cells: Cells, correlation: float) -> np.ndarray:
    """The part of a category's variance that predictions and strata leave open.

    Where the weight was tuned on few independent units, it flatters itself: a degree of freedom less.
    """
    effect = (1 - correlation) + correlation * max(cells.together / cells.apart, 1)
    free = max(cells.n / effect - cells.strata, 2.0)
    tuned = free / (free - (cells.weight > 0))
    return (cells.squares * tuned + _HALF) / (cells.total_squares + _HALF)


def difference(
    one: Shares, other: Shares, *, confidence: float, beside: np.ndarray | float = 0.0
) -> Difference:
    """Differences of shares of independent samples, by the square-and-add of their intervals.

    `beside` is a variance of the differences that comes from elsewhere than the samples.

    Newcombe (1998, method 10), for any intervals Zou & Donner (2008). The p-value is that of the normal
    deviate whose standard error is the interval's arm towards 0, so that it falls below 1 - confidence
    just where the interval leaves 0 out.
    """
    value = one.value - other.value
    half = special.ndtri(0.5 + confidence / 2) * np.sqrt(beside)
    down = np.hypot(np.hypot(one.value - one.low, other.high - other.value), half)
    up = np.hypot(np.hypot(one.high - one.value, other.value - other.low), half)
    arm = np.where(value > 0, down, up)
    deviates = np.divide(np.abs(value), arm, out=np.where(value == 0, 0.0, np.inf), where=arm > 0)
    p = 2 * special.ndtr(-deviates * special.ndtri(0.5 + confidence / 2))
    low, high = np.maximum(value - down, -1), np.minimum(value + up, 1)
    return Difference(value, low, high, np.where(np.isnan(arm), np.nan, p))


def more_units(shares: Shares, n: int, total: int, *, margin: float) -> np.ndarray:
    """How many more coded units bring the interval to +- margin, about; NaN where it is so narrow already.

    Widths shrink with the square root of 1/n - 1/total: at the same design, and if the share stays what
    it seems. Never more than there are uncoded units, for then all is known.
    """
    half = (shares.high - shares.low) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = 1 / (1 / total + (margin / half) ** 2 * (1 / n - 1 / total))
    more = np.clip(np.ceil(needed - n), 1, max(total - n, 1))
    return np.where(half > margin, more, np.nan)


def first_units(
    total: np.ndarray, cells: Sequence[Cells], correlation: Correlation, *, margin: float, confidence: float
) -> np.ndarray:
    """How many of `total` units to code, of which none is yet, for an interval of +- margin, about.

    Of several populations, whose totals may have any shape. For a share of a half, which needs most,
    without predictions, in blocks like those of the samples that there are. NaN if there is none, or no
    unit.
    """
    if not cells:
        return np.full(np.shape(total), np.nan)
    effect = float(np.mean([_unit_error(it, correlation.value) / max(it.apart, _NOTHING) for it in cells]))
    deviate = special.ndtri(0.5 + confidence / 2)
    without_limit = deviate**2 * 0.25 * max(effect, 1) / margin**2
    return np.ceil(1 / (ratios(np.ones(()), total) + 1 / without_limit))


def enough(cells: Cells, correlation: Correlation, *, min_coded: int, min_effective: float) -> bool:
    """Whether a sample is worth telling: coded units, two blocks, and units that it is worth, drawn singly.

    The rule looks at how the sample was drawn, and not at what it shows. To tell a share only where the
    category was seen so many times would pick the samples that show too much of it: their intervals
    hold too seldom for rare categories, in small parts of a population (0.73 to 0.93 in a simulation of
    60 units in 334), or always, in blocks. What was never seen has an upper end that holds. What is
    wholly coded is known.
    """
    if cells.n < min_coded or cells.n >= cells.total:
        return cells.n >= min_coded
    if cells.n_blocks < _TWO or correlation.freedom < 1:
        return False
    return 1 / _unit_error(cells, correlation.value) >= min_effective
