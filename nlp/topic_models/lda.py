"""Latent Dirichlet allocation (Blei, Ng & Jordan 2003), free or guided, by gensim.

gensim fits it by online variational Bayes (Hoffman, Blei & Bach 2010).
"""

from typing import Any

import numpy as np
from scipy import sparse

from nlp.topic_models.task import Array, Mixtures, Task

_PRIOR = 0.1  # occurrences of each term in each topic, seen beforehand: as in seededlda
_LEAST = 1e-4  # weight of a term: no topic rules one out
Bag = list[tuple[int, int]]


def fit(task: Task) -> Array:
    """Parameters of the topics' posterior Dirichlet distributions over terms, to four decimals.

    Seed words guide the first topics through the prior (Lu, Ott, Cardie & Tsou 2011): as if the share
    `guide_weight` of all words had been seen as seed words of the topic. The R package seededlda
    (Watanabe & Baturo 2023) has each seed word seen so often; here they share it, so that topics with
    more seed words are not drawn more strongly. Only double precision gives the same topics on
    different processors.
    """
    prior = _prior(task) if task.guides else "auto"
    model = _model(
        task.counts.shape[1], task.n_topics, eta=prior, passes=task.passes, random_state=task.seed
    )
    if task.guides:  # gensim starts from random topics alone, and then follows these
        model.expElogbeta = _expected(model.state.sstats + prior)
    model.update(bags(task.counts))
    return np.maximum(np.round(np.asarray(model.state.get_lambda(), dtype=float), 4), _LEAST)


def _expected(weights: Array) -> Array:
    """The exponential of the expected log probabilities of Dirichlet distributions, row by row."""
    from scipy.special import digamma

    return np.exp(digamma(weights) - digamma(weights.sum(axis=1, keepdims=True)))


def _prior(task: Task) -> Array:
    """Topics x terms: pseudo-counts."""
    prior = np.full((task.n_topics, task.counts.shape[1]), _PRIOR)
    weight = task.guide_weight * float(task.counts.sum())
    for topic, columns in enumerate(task.guides):
        prior[topic, columns] += weight / len(columns)
    return prior


def infer(weights: Array, counts: sparse.csr_array, idf: Array, *, seed: int) -> Mixtures:
    """Means and variances of the passages' posterior Dirichlet distributions over topics.

    gensim draws random numbers whenever it infers a passage, so each starts from the same seed.
    """
    model = _model(counts.shape[1], len(weights))
    model.expElogbeta = _expected(weights)
    gamma = np.array([_gamma(model, bag, seed) for bag in bags(counts)]).reshape(-1, len(weights))
    total = gamma.sum(axis=1, keepdims=True)
    share = gamma / total
    known = np.asarray(counts.sum(axis=1)).reshape(-1, 1) > 0
    return Mixtures(np.where(known, share, 0), np.where(known, share * (1 - share) / (total + 1), 0))


def _gamma(model: Any, bag: Bag, seed: int) -> Array:
    model.random_state = np.random.RandomState(seed)
    return model.inference([bag])[0][0]


def probabilities(weights: Array, counts: sparse.csr_array, idf: Array) -> Array:
    """Means of the topics' posterior distributions."""
    return weights / weights.sum(axis=1, keepdims=True)


def bags(counts: sparse.csr_array) -> list[Bag]:
    """Passages as gensim takes them: columns with their counts."""
    ends = zip(counts.indptr, counts.indptr[1:], strict=False)
    return [
        list(zip(counts.indices[first:last].tolist(), counts.data[first:last].tolist(), strict=True))
        for first, last in ends
    ]


def _model(n_terms: int, n_topics: int, **options: Any) -> Any:
    from gensim.models import LdaModel  # 1 s

    names = {number: str(number) for number in range(n_terms)}
    return LdaModel(
        id2word=names, num_topics=n_topics, alpha="symmetric", dtype=np.float64, eval_every=None, **options
    )
