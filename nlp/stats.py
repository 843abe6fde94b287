"""Pure numbers: intervals, keyness, quality, bootstrap. Each function names its source and its weakness."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse, special


class Interval(NamedTuple):
    """Lower and upper ends."""

    low: np.ndarray
    high: np.ndarray


class Keyness(NamedTuple):
    """Evidence (G2, p) and size (log2 ratio with interval) of a difference between two rates."""

    statistic: np.ndarray
    effect: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray


def wilson(count: np.ndarray, total: np.ndarray, *, confidence: float) -> Interval:
    """Score interval of a proportion (Wilson 1927). `total` may be an effective sample size.

    Takes observations as independent, which words and sentences of one text are not.
    """
    z = special.ndtri(0.5 + confidence / 2)
    share = count / total
    centre = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = (z / (1 + z**2 / total)) * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    return Interval(np.clip(centre - half, 0, share), np.clip(centre + half, share, 1))


def clustered(counts: sparse.sparray, sizes: np.ndarray, *, confidence: float) -> Interval:
    """Intervals of rates whose events come in clusters, such as mentions in the words of paragraphs.

    `counts` are the events of each cluster, clusters x features; `sizes` its units, of which an event
    takes one at least. A rate is a ratio of two sums over clusters; the design effect compares its
    linearised variance with that of units drawn one by one (Kish 1965, ch. 6). The interval is
    Wilson's at the number of units, drawn one by one, that would be worth as much: never more than
    there are, and with a t quantile on clusters - 1 degrees of freedom (Korn & Graubard 1998).

    Unknown (NaN) with fewer than two clusters. What is never found shows no clusters either: its upper
    end is that of units drawn one by one, and too low for what comes in bursts.
    """
    clusters, total = int(np.count_nonzero(sizes)), float(sizes.sum())
    if clusters < 2:
        return Interval(*np.full((2, counts.shape[1]), np.nan))
    share = np.minimum(counts.sum(axis=0) / total, 1)
    worth = total / _design_effect(counts, sizes, share) / wider(clusters - 1, confidence) ** 2
    return wilson(share * worth, worth, confidence=confidence)


def _design_effect(counts: sparse.sparray, sizes: np.ndarray, share: np.ndarray) -> np.ndarray:
    """How many times a ratio's variance is that of units drawn one by one; at least 1."""
    clusters, total = np.count_nonzero(sizes), sizes.sum()
    # The sum over clusters of (count - share * size)^2, multiplied out so that zeros cost nothing.
    squares = counts.power(2).sum(axis=0) - 2 * share * (counts.T @ sizes) + share**2 * (sizes @ sizes)
    variance = clusters / (clusters - 1) * squares / total**2
    alone = share * (1 - share) / total
    return np.maximum(np.divide(variance, alone, out=np.ones_like(share), where=alone > 0), 1)


def wider(freedom: float, confidence: float) -> float:
    """How much wider an interval is for a variance that is known with few degrees of freedom."""
    quantile = 0.5 + confidence / 2
    return float(special.stdtrit(freedom, quantile) / special.ndtri(quantile))


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


def keyness(
    count: np.ndarray,
    total: np.ndarray,
    other_count: np.ndarray,
    other_total: np.ndarray,
    *,
    confidence: float,
) -> Keyness:
    """Log-likelihood ratio of a 2 x 2 table (Dunning 1993) with the log ratio (Hardie 2014).

    The interval is Wald's for the log of a rate ratio with 0.5 added to each count (Haldane 1956), so
    zero counts stay finite. Both treat occurrences as independent: bursts of one word within a text
    overstate the evidence.
    """
    observed = np.stack([count, total - count, other_count, other_total - other_count]).astype(float)
    pooled = (count + other_count) / (total + other_total)
    expected = np.stack(
        [total * pooled, total * (1 - pooled), other_total * pooled, other_total * (1 - pooled)]
    )
    g2 = 2 * (special.xlogy(observed, observed) - special.xlogy(observed, expected)).sum(axis=0)
    g2 = np.maximum(g2, 0)
    ratio = np.log((count + 0.5) / (total + 0.5)) - np.log((other_count + 0.5) / (other_total + 0.5))
    variance = 1 / (count + 0.5) - 1 / (total + 0.5) + 1 / (other_count + 0.5) - 1 / (other_total + 0.5)
    half = special.ndtri(0.5 + confidence / 2) * np.sqrt(np.maximum(variance, 0))
    low, effect, high = (value / np.log(2) for value in (ratio - half, ratio, ratio + half))
    return Keyness(g2, effect, low, high, special.chdtrc(1, g2))


def adjust(p: np.ndarray) -> np.ndarray:
    """p-values corrected for multiple tests under any dependence (Benjamini & Yekutieli 2001)."""
    from scipy.stats import false_discovery_control  # 0.4 s

    return false_discovery_control(p, method="by") if len(p) else p


def ratios(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Part / whole, element by element; unknown (NaN) where there is nothing to divide by."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    return np.divide(part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole != 0)


def mean_of_known(values: np.ndarray) -> np.ndarray:
    """Mean over the first axis of what is known; NaN where nothing is."""
    known = ~np.isnan(values)
    return ratios(np.where(known, values, 0.0).sum(axis=0), known.sum(axis=0))


def average_precision(truth: np.ndarray, score: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Mean precision over all thresholds, weighted by the recall that each adds (Buckley & Voorhees 2000).

    `truth` (bool) and `score` are of units; `weights`, samples x units, tell how often a unit is drawn.
    One value for each sample; NaN where nothing is true. A score shared by several units is one threshold.
    """
    order = np.argsort(-score, kind="stable")
    last = np.append(score[order][1:] != score[order][:-1], True)
    drawn = weights[:, order]
    found = np.cumsum(drawn, axis=1)[:, last]
    hits = np.cumsum(drawn * truth[order], axis=1)[:, last]
    gained = np.diff(hits, axis=1, prepend=0.0)
    precision = np.divide(hits, found, out=np.zeros_like(hits, dtype=float), where=found > 0)
    return ratios((gained * precision).sum(axis=1), weights @ truth)


def calibration_error(
    truth: np.ndarray, probability: np.ndarray, weights: np.ndarray, *, bins: int = 10
) -> np.ndarray:
    """Expected calibration error: mean distance of probabilities from shares (Naeini et al. 2015).

    Arguments and result as for `average_precision`. Bins are of equal width. Grows as bins hold fewer
    units: with a few hundred, a perfectly calibrated coder has about 0.02.
    """
    place = np.minimum((probability * bins).astype(int), bins - 1)
    own = place[:, None] == np.arange(bins)
    distance = np.abs(weights @ (own * (truth - probability)[:, None])).sum(axis=1)
    return ratios(distance, weights.sum(axis=1))


def draws(strata: pd.Series, clusters: pd.Series, *, replicates: int, seed: int) -> np.ndarray:
    """How often each unit is drawn: in the sample as it is, then in bootstrap samples of whole clusters.

    `strata` and `clusters` name those of each unit; shape of the result: (1 + replicates) x units, the
    first row ones. In every replicate each stratum has as many clusters as it has (Davison & Hinkley
    1997, section 3.8).
    """
    draw = np.random.default_rng(seed)
    weights = np.ones((1 + replicates, len(strata)))
    for rows in pd.RangeIndex(len(strata)).groupby(strata.to_numpy()).values():
        codes, names = pd.factorize(clusters.to_numpy()[rows], sort=True)
        drawn = draw.multinomial(len(names), np.full(len(names), 1 / len(names)), size=replicates)
        weights[1:, rows] = drawn[:, codes]
    return weights


def percentiles(replicates: np.ndarray, *, confidence: float) -> tuple[float, float]:
    """The interval between the outer percentiles of those replicates that are known; NaN if none is.

    Too narrow for few clusters, and of no width where nothing differs: a sample without an error does
    not prove that there is none.
    """
    known = replicates[~np.isnan(replicates)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, [50 * (1 - confidence), 50 * (1 + confidence)])
    return float(low), float(high)
