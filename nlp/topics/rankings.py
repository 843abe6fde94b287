"""In what order a topic's terms are told."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from nlp.params import TopicsParams
from nlp.topic_models import Array

_DIGITS = 9  # that count in a ranking; processors differ in later ones
_FREX = 0.5  # weight of exclusivity beside frequency


def probability(probabilities: Array, share: Array, params: TopicsParams) -> Array:
    """Of each term in each topic."""
    return probabilities


def relevance(probabilities: Array, share: Array, params: TopicsParams) -> Array:
    """Between log probability and log lift (Sievert & Shirley 2014).

    `share` is that of each term in the corpus; `params.relevance` is the paper's lambda: 1 ranks by
    probability, 0 by lift, which rare terms lead.
    """
    lift = np.log(probabilities / share)
    return params.relevance * np.log(probabilities) + (1 - params.relevance) * lift


def frex(probabilities: Array, share: Array, params: TopicsParams) -> Array:
    """Harmonic mean of a term's ranks by frequency and by exclusivity (Bischof & Airoldi 2012).

    Terms of a single topic are equal in exclusivity, whatever last digits a processor gives them.
    """
    ranks = [
        rankdata(np.round(it, _DIGITS), axis=1, method="max") / it.shape[1]
        for it in (exclusivity(probabilities), probabilities)
    ]
    return 1 / (_FREX / ranks[0] + (1 - _FREX) / ranks[1])


def exclusivity(probabilities: Array) -> Array:
    """Share of each topic in a term's probability over all topics."""
    return probabilities / probabilities.sum(axis=0)


Ranking = Callable[[Array, Array, TopicsParams], Array]
RANKINGS: Mapping[str, Ranking] = {"probability": probability, "relevance": relevance, "frex": frex}


def strongest(scores: Array, most: int) -> NDArray[np.int64]:
    """Columns of the terms with the highest scores, topics x ranks; of equal ones the first."""
    return np.argsort(-np.round(scores, _DIGITS), axis=1, kind="stable")[:, :most]
