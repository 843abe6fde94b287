"""Shares that are means of weights along texts: passages of a text are not drawn one by one.

Three steps: the `means`; learn from all groups together what passages of a text have in common
(`components`), for the few passages of one group cannot tell; give the `intervals` at the number of
passages, drawn one by one, that a mean is worth (`sizes`). `bench/topic_shares.py` measures how often
they hold. What other runs of a model say widens them (`between_runs`, `widened`).
"""

from typing import NamedTuple

import numpy as np
from scipy import special

from nlp.shares.intervals import Shares
from nlp.stats import ratios, wider, wilson

_SECTIONS = (1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)  # mean lengths in passages: tried
_NOTHING = 1e-12  # of variance: the rest of a sum that should be 0
_HALF = 0.5  # of an independent passage, all or nothing: weights that do not vary do not prove that none do
_COMMON = 1.0  # independent passages by which a category's dispersion is drawn to that of all


class Serial(NamedTuple):
    """Weights (passages x categories, 0 to 1) in the order of the texts, and what they belong to."""

    weights: np.ndarray
    variances: np.ndarray  # of each weight, where it is uncertain itself; else 0
    group: np.ndarray  # number of the group (author) of each passage, all from 0 on
    text: np.ndarray  # number of its text, all from 0 on; no two groups share one


class Components(NamedTuple):
    """Parts of the variance of a weight around its group's mean; they sum to 1."""

    passage: float  # of each passage alone
    section: float  # in common with neighbours: times `fading` for each passage of distance
    document: float  # in common with all passages of the text
    fading: float  # 0 to 1; 1 - 1 / the mean length of a section, in passages


def means(serial: Serial) -> np.ndarray:
    """Groups x categories: the mean weight of their passages."""
    return _means(serial.weights, serial.group)


def _means(values: np.ndarray, place: np.ndarray) -> np.ndarray:
    sums = np.stack([np.bincount(place, it) for it in values.T], axis=1)
    return sums / np.bincount(place)[:, None]


def components(serial: Serial) -> Components:
    """What passages of a text have in common, for all categories and groups together.

    Passage and section from products of deviations from the text's mean, at distances of 1, 2, 4 and so
    on, fitted by what is expected of them, for that mean is their own; document from the means of a
    group's texts (analysis of variance: Searle, Casella & McCulloch 1992, ch. 3). With one text for each
    group nothing tells how texts differ, and the document has no part: shares are those of these texts.
    """
    length = np.bincount(serial.text)
    passage, section, fading = _within(serial, length)
    document = _document(serial, passage / length + section * _variance(length, fading))
    total = passage + section + document
    if total <= _NOTHING:
        return Components(1.0, 0.0, 0.0, 0.0)
    return Components(passage / total, section / total, document / total, fading)


def _within(serial: Serial, length: np.ndarray) -> tuple[float, float, float]:
    """Variances of passage and section, and the fading, that fit best for texts of such lengths."""
    lags = np.append(0, 2 ** np.arange(int(length.max() - 1).bit_length()))
    found = _products(serial, lags)
    precision = 1 / np.sqrt([np.maximum(length - lag, 1).sum() for lag in lags])
    tried = [1 - 1 / it for it in _SECTIONS if it <= max(length.max() / 2, 1)]
    return min(_fit(it, found, length, lags, precision) for it in tried)[1:]


def _fit(
    fading: float, found: np.ndarray, length: np.ndarray, lags: np.ndarray, precision: np.ndarray
) -> tuple[float, float, float, float]:
    """How far off the best fit with this fading is, and its variances of passage and section."""
    from scipy.optimize import nnls  # 0.2 s

    expected = np.stack([_expected(length, it, lags) for it in (0.0, fading)], axis=1)
    (passage, section), rest = nnls(expected * precision[:, None], found * precision)
    off = round(float(rest) / max(found[0], _NOTHING), 9)  # so that ties are ties everywhere
    return off, float(passage), float(section), fading


def _products(serial: Serial, lags: np.ndarray) -> np.ndarray:
    """Sums, over pairs of passages so far apart in a text, of products of deviations from its mean."""
    rest = serial.weights - _means(serial.weights, serial.text)[serial.text]
    sums = []
    for lag in lags:
        first = len(rest) - lag
        same = serial.text[lag:] == serial.text[:first]
        sums.append((rest[lag:] * rest[:first])[same].sum())
    sums[0] += serial.variances.sum()
    return np.array(sums)


def _expected(length: np.ndarray, fading: float, lags: np.ndarray) -> np.ndarray:
    """What these sums are for texts of such lengths and passages of variance 1, alike by `fading`."""
    found = np.zeros(len(lags))
    for n, texts in zip(*np.unique(length, return_counts=True), strict=True):
        pairs = np.maximum(n - lags, 0)
        with_mean = _with_mean(n, fading)
        sums = np.append(0, with_mean.cumsum())[pairs]
        found += texts * (pairs * fading**lags - 2 * sums + pairs * with_mean.mean())
    return found


def _with_mean(n: int, fading: float) -> np.ndarray:
    """Covariance of each of n passages with their mean, for passages of variance 1."""
    before = np.arange(n)
    return (1 + fading - fading ** (before + 1) - fading ** (n - before)) / (1 - fading) / n


def _variance(length: np.ndarray, fading: float) -> np.ndarray:
    """Variance of the mean of a text, for passages of variance 1."""
    known, place = np.unique(length, return_inverse=True)
    return np.array([_with_mean(n, fading).mean() for n in known])[place]


def _document(serial: Serial, error: np.ndarray) -> float:
    """Variance of texts of a group, beside that which means of so many passages have as an `error`."""
    length, size = np.bincount(serial.text), np.bincount(serial.group)
    group = _groups(serial)
    rest = _means(serial.weights, serial.text) - means(serial)[group]
    own = 1 - length / size[group]  # what is left of a deviation, as the mean of the group has it, too
    found, free = (length[:, None] * rest**2).sum(), (length * own).sum()
    return float(max(found - (length * own * error).sum(), 0) / free) if free > 0 else 0.0


def _groups(serial: Serial) -> np.ndarray:
    """The group of each text."""
    return serial.group[np.unique(serial.text, return_index=True)[1]]


def sizes(serial: Serial, known: Components, *, confidence: float) -> np.ndarray:
    """Groups x categories: how many passages, drawn one by one and all or nothing, a mean is worth.

    Lowered for a variance that is known from few passages (t quantile, after Korn & Graubard 1998).
    """
    return with_rests(serial, known, confidence=confidence).size[: serial.group.max() + 1]


class Pooled(NamedTuple):
    """Of each group, and then of all passages of the others together: means, and what they are worth."""

    mean: np.ndarray
    size: np.ndarray


def with_rests(serial: Serial, known: Components, *, confidence: float) -> Pooled:
    """Means and sizes (twice the groups x categories); the rest of a single group is unknown (NaN)."""
    length, group = np.bincount(serial.text), _groups(serial)
    error = known.passage / length + known.section * _variance(length, known.fading) + known.document
    sums = np.stack([np.bincount(serial.group, it) for it in serial.weights.T], axis=1)
    count, squares = with_rest(np.bincount(serial.group)), with_rest(np.bincount(group, length**2 * error))
    unit = ratios(squares, count**2)
    own = unit[: len(sums)]
    worth = ratios(np.ones(len(unit)), unit)[:, None] / dispersion(serial, own)
    freedom = float((1 / own - 1).sum())
    size = worth / wider(max(freedom, 1), confidence) ** 2
    return Pooled(ratios(with_rest(sums), count[:, None]), size)


def with_rest(sums: np.ndarray) -> np.ndarray:
    """Sums of groups (first axis), and below them those of all the others together."""
    return np.concatenate([sums, sums.sum(axis=0) - sums])


def dispersion(serial: Serial, unit: np.ndarray) -> np.ndarray:
    """Of each category: variance beside that of weights that are 0 or 1, for all groups together.

    `unit` is the variance of each group's mean for weights of variance 1. Categories with little
    evidence are drawn to what all have in common, and that to 1.
    """
    mean, size = means(serial), np.bincount(serial.group)
    binary = mean * (1 - mean)
    squares = ((serial.weights - mean[serial.group]) ** 2 + serial.variances).sum(axis=0)
    part = np.nan_to_num(ratios(squares, size @ binary))
    # The means err, too, by which their binary variances are too small.
    part = np.minimum(np.nan_to_num(ratios(part, 1 - (1 - part) * (size @ unit) / size.sum())), 1)
    evidence = (1 / unit - 1) @ binary
    common = (part @ evidence + _HALF) / (evidence.sum() + _HALF)
    return (part * evidence + common * _COMMON) / (evidence + _COMMON)


def intervals(share: np.ndarray, size: np.ndarray, *, confidence: float) -> Shares:
    """Wilson's intervals of shares that are worth so many passages."""
    return Shares(share, *wilson(share * size, size, confidence=confidence), size)


def between_runs(shown: np.ndarray, runs: np.ndarray) -> np.ndarray:
    """Variance of a number over runs of a model, of which the one shown is one; 0 without others.

    The first axis of `runs` is runs. It is the variance of the error of any one of them. Rubin's
    (1 + 1/m) is for the mean of m runs, and what is shown is one of them.
    """
    every = np.concatenate([shown[None], runs])
    return every.var(axis=0, ddof=1) if len(runs) else np.zeros_like(shown)


def carried(variance: np.ndarray, runs: int, *, confidence: float) -> np.ndarray:
    """Widened for being known from few runs beside the one shown (t quantile: Rubin 1987, ch. 3)."""
    return variance * wider(runs, confidence) ** 2 if runs else variance


def widened(shares: Shares, beside: np.ndarray, *, confidence: float) -> Shares:
    """With a variance from another source `beside`, by square-and-add as for differences."""
    half = special.ndtri(0.5 + confidence / 2) * np.sqrt(beside)
    low = shares.value - np.hypot(shares.value - shares.low, half)
    high = shares.value + np.hypot(shares.high - shares.value, half)
    return shares._replace(low=np.maximum(low, 0), high=np.minimum(high, 1))
