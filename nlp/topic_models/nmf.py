"""Non-negative matrix factorisation of TF-IDF (Lee & Seung 1999), by scikit-learn."""

import warnings

import numpy as np
from scipy import sparse

from nlp.topic_models.task import Array, Mixtures, Task

_ITERATIONS = 1000  # at most; it settles long before
_SMOOTHING = 0.01  # of an occurrence: what was never seen with a topic is not impossible


def fit(task: Task) -> Array:
    """Factors of the passages' TF-IDF, from the start NNDSVDa (Boutsidis & Gallopoulos 2008).

    Each topic's strongest term has weight 1, and weights have four decimals, so that they can be
    published and read again as they are.
    """
    from sklearn.decomposition import NMF  # 1 s
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(task.n_topics, init="nndsvda", random_state=task.seed, max_iter=_ITERATIONS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(tfidf(task.counts, task.idf))
    found = np.asarray(model.components_, dtype=float)
    strongest = found.max(axis=1, keepdims=True)
    return np.round(np.divide(found, strongest, out=np.zeros_like(found), where=strongest > 0), 4)


def infer(weights: Array, counts: sparse.csr_array, idf: Array, *, seed: int) -> Mixtures:
    """Non-negative least squares for each passage (Lawson & Hanson 1974), exact and by itself.

    A topic's weight is the part of the passage's TF-IDF that it accounts for. Weights can be solved for
    in as many dimensions as there are topics: those of the Cholesky factor of their products. Passages
    are solved for one by one, since many at once are added up in another order, to other last digits.
    """
    from scipy.linalg import cholesky, solve_triangular
    from scipy.optimize import nnls

    products = weights @ weights.T
    products[np.diag_indices_from(products)] += 1e-9 * max(products.max(), 1)  # equal topics are no harm
    lower = cholesky(products, lower=True)
    targets = (solve_triangular(lower, it, lower=True) for it in tfidf(counts, idf) @ weights.T)
    solved = np.array([nnls(lower.T, it)[0] for it in targets]).reshape(-1, len(weights))
    parts = solved * weights.sum(axis=1)
    whole = parts.sum(axis=1, keepdims=True)
    shares = np.divide(parts, whole, out=np.zeros_like(parts), where=whole > 0)
    return Mixtures(shares, np.zeros_like(shares))


def probabilities(weights: Array, counts: sparse.csr_array, idf: Array) -> Array:
    """Each occurrence of a term is shared out among the topics that may have brought it there.

    As in a step of probabilistic latent semantic analysis (Hofmann 1999), which is NMF of counts by
    Kullback-Leibler divergence (Gaussier & Goutte 2005): so TF-IDF, which raises rare terms, comes back
    to occurrences.
    """
    mixtures = infer(weights, counts, idf, seed=0).weights
    totals = weights.sum(axis=1, keepdims=True)
    own = np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0)
    found = counts.tocoo()
    expected = np.einsum("ik,ki->i", mixtures[found.row], own[:, found.col])
    ratio = np.divide(found.data, expected, out=np.zeros(len(expected)), where=expected > 0)
    shared = sparse.csr_array((ratio, (found.row, found.col)), shape=counts.shape)
    smoothed = own * (shared.T @ mixtures).T + _SMOOTHING
    return smoothed / smoothed.sum(axis=1, keepdims=True)


def tfidf(counts: sparse.csr_array, idf: Array) -> sparse.csr_array:
    """(1 + ln count) * idf, rows of length 1 (sublinear: Manning, Raghavan & Schütze 2008, 6.4.1)."""
    found = counts.astype(float).copy()
    found.data = (1 + np.log(found.data)) * idf[found.indices]
    length = np.sqrt(np.asarray(found.power(2).sum(axis=1)).reshape(-1, 1))
    return found.multiply(np.divide(1, length, out=np.zeros_like(length), where=length > 0)).tocsr()
