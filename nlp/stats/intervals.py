"""Intervals of shares and rates."""

from typing import NamedTuple

import numpy as np
from scipy import sparse, special


class Interval(NamedTuple):
    """Lower and upper ends."""

    low: np.ndarray
    high: np.ndarray


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
