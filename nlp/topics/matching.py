"""Which topics of two models are the same: by their strongest terms, in order."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.topic_models import Array

_PERSISTENCE = 0.9  # p of rank-biased overlap: the first ten ranks have 86 % of the weight


class Match(NamedTuple):
    """For each topic its counterpart in another model (-1: none), and how alike the two are."""

    place: NDArray[np.int64]
    similarity: Array


def rank_biased_overlap(one: NDArray, other: NDArray) -> Array:
    """How alike rankings are, 0 to 1; the first ranks count most (Webber, Moffat & Zobel 2010, eq. 32).

    `one` and `other` are topics x ranks, of anything that can be compared; no ranking has anything
    twice. What lies below the last rank that both have is taken to agree as what lies above.
    """
    depth = min(one.shape[1], other.shape[1])
    same = one[:, None, :depth, None] == other[None, :, None, :depth]
    common = same.cumsum(axis=2).cumsum(axis=3).diagonal(axis1=2, axis2=3)  # topics x topics x depth
    ranks = np.arange(1, depth + 1)
    powers = _PERSISTENCE**ranks
    seen = (1 - _PERSISTENCE) / _PERSISTENCE * (common / ranks * powers).sum(axis=2)
    return seen + common[:, :, -1] / depth * powers[-1]


def match(one: NDArray, other: NDArray) -> Match:
    """The one-to-one match of topics with the greatest overlap of rankings in all."""
    return assign(rank_biased_overlap(one, other))


def assign(overlap: Array) -> Match:
    """The one-to-one match of rows to columns with the greatest overlap in all (Kuhn 1955)."""
    from scipy.optimize import linear_sum_assignment  # 0.3 s

    overlap = np.round(overlap, 9)  # so that ties are ties everywhere
    rows, columns = linear_sum_assignment(overlap, maximize=True)
    place = np.full(len(overlap), -1)
    place[rows] = columns
    similarity = np.zeros(len(overlap))
    similarity[rows] = overlap[rows, columns]
    return Match(place, similarity)
