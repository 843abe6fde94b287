"""Differences between two rates: evidence and size."""

from typing import NamedTuple

import numpy as np
from scipy import special


class Keyness(NamedTuple):
    """Evidence (G2, p) and size (log2 ratio with interval) of a difference between two rates."""

    statistic: np.ndarray
    effect: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray


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
