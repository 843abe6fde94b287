"""How many different words a text has, at equal length, and how hard it is to read."""

import numpy as np
from scipy import sparse, special

from nlp.stats.intervals import Interval
from nlp.stats.ratios import ratios
from nlp.stats.segments import Segments, drawn, jackknife_variance


def expected_types(counts: np.ndarray, n: float) -> float:
    """How many different words a sample of n has on average, drawn without replacement.

    `counts` is how often each word occurs. Rarefaction (Hurlbert 1971; Heck, van Belle & Simberloff
    1975); divided by n it is the mean type-token ratio of such samples, the idea of HD-D (McCarthy &
    Jarvis 2010). Only numbers at the same n can be compared. Unknown (NaN) for n above the words there are.
    """
    times, words = np.unique(counts[counts > 0], return_counts=True)
    total = float(times @ words)
    if n > total:
        return float("nan")
    log = special.gammaln
    # log of (total - times choose n) / (total choose n); a word of which too many are left is drawn surely
    left = np.maximum(total - times, n)
    missed = log(left + 1) - log(left - n + 1) - log(total + 1) + log(total - n + 1)
    return float(words @ np.where(total - times < n, 1.0, -np.expm1(missed)))


def types_interval(segments: Segments, n: int, *, min_documents: int, confidence: float) -> Interval:
    """Interval of `expected_types` for one group, `segments`: for more text made in the same way.

    Delete-one jackknife over segments within documents (from `min_documents` on, over documents), with a
    t quantile. What is left without a segment must hold the sample, so that a group of hardly more than
    n words is judged at a little less than n. Unknown (NaN) where nothing can be left out.
    """
    units, stratum, _ = drawn(segments, np.unique(segments.group), min_documents=min_documents)
    size, total = np.bincount(stratum), _total(units.counts)
    value, left_out = expected_types(total, n), np.flatnonzero(size[stratum] > 1)
    rest = [total - units.counts[[it]].toarray()[0] for it in left_out]
    smaller = min((int(it.sum()) for it in rest), default=0)
    if smaller < 1:
        return Interval(np.array(np.nan), np.array(np.nan))
    values = np.array([expected_types(it, min(n, smaller)) for it in rest])
    error = np.sqrt(jackknife_variance(values, stratum[left_out], size))
    half = -special.stdtrit(len(stratum) - len(size), (1 - confidence) / 2) * error
    return Interval(np.maximum(value - half, min(n, 1)), np.minimum(value + half, n))


def _total(counts: sparse.csr_array) -> np.ndarray:
    return np.asarray(counts.sum(axis=0))


def lix(words: np.ndarray, sentences: np.ndarray, long_words: np.ndarray) -> np.ndarray:
    """Readability in any language with an alphabet and sentences (Björnsson 1968).

    Words in a sentence plus the percentage of words of more than six letters: 25 very easy, 60 very hard.
    """
    return ratios(words, sentences) + 100 * ratios(long_words, words)


def ari(words: np.ndarray, sentences: np.ndarray, characters: np.ndarray) -> np.ndarray:
    """Automated readability index (Senter & Smith 1967): the American school grade, about, that reads it.

    `characters` are letters and digits. Made for English.
    """
    return 4.71 * ratios(characters, words) + 0.5 * ratios(words, sentences) - 21.43
