"""Texts cut into segments, the units by which words vary: contract, sums and variances within strata."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from scipy import sparse

from nlp.stats.ratios import ratios

GROUPS, TEXTS = "groups", "texts"  # what a comparison holds for


class Segments(NamedTuple):
    """Counts in successive segments of texts, each of like length within its text."""

    counts: sparse.csr_array  # segments x features; counts, or weights that are not negative
    sizes: np.ndarray  # of each segment: words, or what else a rate is out of; above 0
    group: np.ndarray  # number of the group (author) of each segment, from 0 on
    document: np.ndarray  # number of its document, from 0 on; no two groups share one


class Spread(NamedTuple):
    """How counts vary within strata: sums over the strata of each group, so that groups can be added."""

    variance: sparse.csr_array  # groups x features: of the sum of counts
    counts: sparse.csr_array  # groups x features: the counts in those strata that show a variance
    freedom: np.ndarray  # of each group: units less strata


def sums(rows: sparse.csr_array, place: np.ndarray, number: int) -> sparse.csr_array:
    """Rows summed by their place: number x features."""
    one = np.ones(len(place))
    return sparse.csr_array(
        sparse.csr_array((one, (place, np.arange(len(place)))), shape=(number, len(place))) @ rows
    )


def number_of(labels: np.ndarray) -> int:
    """How many labels there are, counted from 0 on."""
    return int(labels.max()) + 1 if len(labels) else 0


def by_document(segments: Segments) -> Segments:
    """Whole documents as units."""
    documents, first, place = np.unique(segments.document, return_index=True, return_inverse=True)
    return Segments(
        sums(segments.counts, place, len(documents)),
        np.bincount(place, segments.sizes),
        segments.group[first],
        np.arange(len(documents)),
    )


def documents_of(segments: Segments) -> np.ndarray:
    """How many documents each group has."""
    return np.bincount(by_document(segments).group, minlength=number_of(segments.group))


def strata(segments: Segments) -> np.ndarray:
    """The documents; those of a single segment, which shows no variance, are one stratum of their group."""
    place = np.unique(segments.document, return_inverse=True)[1]
    alone = np.bincount(place)[place] == 1
    return np.unique(np.where(alone, -1 - segments.group, place), return_inverse=True)[1]


def drawn(
    segments: Segments, groups: Iterable[int], *, min_documents: int
) -> tuple[Segments, np.ndarray, str]:
    """What is taken as drawn, its strata (counted from 0 on), and what a comparison then holds for.

    Documents within groups, if each of these groups has `min_documents` (scope `groups`); else segments
    within documents (scope `texts`).
    """
    documents = by_document(segments)
    if all(np.count_nonzero(documents.group == it) >= min_documents for it in groups):
        return documents, np.unique(documents.group, return_inverse=True)[1], GROUPS
    return segments, strata(segments), TEXTS


def jackknife_variance(values: np.ndarray, stratum: np.ndarray, size: np.ndarray) -> float:
    """Variance of a statistic from its values without one unit each (Efron & Stein 1981).

    `stratum` is that of the unit left out, `size` how many units each stratum has; units are drawn
    within strata, and in those of a single one none can be left out.
    """
    mean = ratios(np.bincount(stratum, values, len(size)), np.bincount(stratum, minlength=len(size)))
    return float(((values - mean[stratum]) ** 2 * (1 - 1 / size[stratum])).sum())


def spread(units: Segments, stratum: np.ndarray) -> Spread:
    """Variances of the groups' counts, from units drawn within strata; no stratum is in two groups.

    Linearised variance of a ratio (Cochran 1977, sections 6.3 and 6.4): in each stratum
    k / (k - 1) times the sum over its k units of (count - rate * size)^2. Strata of one unit are left out.
    """
    number, of = number_of(stratum), np.unique(stratum, return_index=True)[1]
    k = np.bincount(stratum, minlength=number)
    size, squared = (np.bincount(stratum, units.sizes**power) for power in (1, 2))
    weighted = sparse.csr_array(units.counts.multiply(units.sizes[:, None]))
    found = [sums(it, stratum, number) for it in (units.counts, units.counts.power(2), weighted)]
    for it in found:
        it.sort_indices()  # so that their entries stand side by side
    counts, squares, products = found
    row = np.repeat(np.arange(number), np.diff(counts.indptr))
    rate = counts.data / size[row]
    # (count - rate * size)^2 multiplied out, so that segments without the feature cost nothing.
    around = squares.data - 2 * rate * products.data + rate**2 * squared[row]
    known = k > 1
    factor = np.divide(k, k - 1, out=np.zeros(number), where=known)
    variance = _like(counts, np.maximum(around, 0) * factor[row])
    group, groups = units.group[of], number_of(units.group)
    return Spread(
        sums(variance, group, groups),
        sums(_like(counts, counts.data * known[row]), group, groups),
        np.bincount(group, k - 1, groups),
    )


def _like(matrix: sparse.csr_array, data: np.ndarray) -> sparse.csr_array:
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
