"""How well scores and probabilities tell what is true."""

import numpy as np

from nlp.stats.ratios import ratios


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
