"""Shares that are means of weights along texts: passages of a text are not drawn one by one."""

from typing import NamedTuple

import numpy as np

from nlp.shares.intervals import Shares
from nlp.stats import wilson

_MOST = 0.9  # correlation: beyond it a text would be worth one passage


class Serial(NamedTuple):
    """Weights (passages x categories, 0 to 1) in the order of the texts, and what they belong to."""

    weights: np.ndarray
    variances: np.ndarray  # of each weight, where it is uncertain itself; else 0
    group: np.ndarray  # number of the group (author) of each passage, all from 0 on
    text: np.ndarray  # number of its text; no two groups share one


class Spread(NamedTuple):
    """How weights vary, as all groups have it in common."""

    dispersion: np.ndarray  # of each category: variance beside that of weights that are 0 or 1
    correlation: float  # of neighbouring passages of a text, 0 to 0.9


def means(serial: Serial) -> np.ndarray:
    """Groups x categories: the mean weight."""
    size = np.bincount(serial.group)
    return np.stack([np.bincount(serial.group, it) for it in serial.weights.T], axis=1) / size[:, None]


def spread(serial: Serial) -> Spread:
    """Pooled over groups, for a few passages of one group cannot measure it.

    The correlation is that of neighbours around the mean of their group, for all categories together.
    """
    mean = means(serial)
    size = np.bincount(serial.group)
    rest = serial.weights - mean[serial.group]
    binary = (size[:, None] * mean * (1 - mean)).sum(axis=0)
    free = len(rest) / max(len(rest) - len(size), 1)
    squares = (rest**2 * free + serial.variances).sum(axis=0)
    dispersion = np.divide(squares, binary, out=np.ones_like(squares), where=binary > 0)
    return Spread(np.minimum(dispersion, 1), _correlation(rest, serial))


def _correlation(rest: np.ndarray, serial: Serial) -> float:
    """Corrected for the means being those of the passages themselves (Kendall 1954, first order)."""
    beside = serial.text[1:] == serial.text[:-1]
    pairs, squares = (rest[1:] * rest[:-1])[beside].sum(), (rest**2).sum()
    if not beside.any() or squares <= 0:
        return 0.0
    found = float(pairs / beside.sum() / (squares / len(rest)))
    length = len(rest) / len(np.unique(serial.text))
    return float(np.clip(found + (1 + 3 * found) / length, 0, _MOST))


def sizes(serial: Serial, known: Spread) -> np.ndarray:
    """Groups x categories: how many passages, drawn one by one and all or nothing, a mean is worth.

    The correlation fades with distance as in an autoregressive series of first order.
    """
    group = np.array([serial.group[serial.text == it][0] for it in np.unique(serial.text)])
    length = np.bincount(np.unique(serial.text, return_inverse=True)[1])
    effect = np.array([_effect(int(it), known.correlation) for it in length])
    worth = np.bincount(group, length) ** 2 / np.bincount(group, length * effect)
    return worth[:, None] / np.maximum(known.dispersion, 1e-6)


def _effect(length: int, correlation: float) -> float:
    """Variance of the mean of a series beside that of independent values."""
    lags = np.arange(1, length)
    return 1 + 2 * float(((1 - lags / length) * correlation**lags).sum())


def with_intervals(share: np.ndarray, size: np.ndarray, beside: np.ndarray, *, confidence: float) -> Shares:
    """Wilson's intervals of shares worth so many passages, with a variance of another source `beside`."""
    binary = share * (1 - share)
    variance = binary / size + beside
    alone = np.broadcast_to(size, binary.shape).astype(
        float
    )  # for shares of 0 and 1, which vary in nothing
    worth = np.divide(binary, variance, out=alone, where=binary > 0)
    return Shares(share, *wilson(share * worth, worth, confidence=confidence), worth)
