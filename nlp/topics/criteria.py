"""How good topics are: coherence, exclusivity, diversity, and how well they foretell words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nlp.stats import mean_of_known
from nlp.stats import npmi as association
from nlp.topic_models import Array
from nlp.topics.material import Material

Terms = NDArray[np.int64]  # topics x ranks: columns of their strongest terms
_SMOOTHING = 0.1  # of a topic in a passage, in words
_STEPS = 50


def c_v(topics: Sequence[Terms], material: Material) -> list[Array]:
    """Coherence c_v of each topic of several models (Röder, Both & Hinneburg 2015), by gensim.

    Terms go together in windows of 110, of the terms that models know: in most passages, that is all.
    """
    from gensim.corpora import Dictionary  # 1 s
    from gensim.models import CoherenceModel

    found = CoherenceModel(
        topics=[[material.terms[it] for it in topic] for model in topics for topic in model],
        texts=material.texts,
        dictionary=Dictionary(material.texts),
        coherence="c_v",
        processes=1,
    ).get_coherence_per_topic()
    return np.split(np.array(found), np.cumsum([len(it) for it in topics])[:-1])


def npmi(topics: Terms, counts: sparse.csr_array) -> Array:
    """Mean NPMI of the pairs of a topic's terms in passages (Bouma 2009); -1 if never together.

    Unknown (NaN) where all passages have all of them.
    """
    present = (counts > 0).astype(float)
    having = np.asarray(present.sum(axis=0))
    pairs = np.triu_indices(topics.shape[1], 1)
    return np.array([_mean_npmi(topic, pairs, present, having) for topic in topics])


def _mean_npmi(
    topic: NDArray, pairs: tuple[NDArray, NDArray], present: sparse.csr_array, having: Array
) -> float:
    own = present[:, topic]
    together = (own.T @ own).toarray()[pairs]
    one, other = (having[topic[side]] for side in pairs)
    found = association(np.maximum(together, 1), one, other, present.shape[0])
    return float(mean_of_known(np.where(together > 0, found, -1)))


def diversity(topics: Terms) -> float:
    """Share of different terms among the strongest of all topics (Dieng, Ruiz & Blei 2020)."""
    return len(np.unique(topics)) / topics.size


def held_out(probabilities: Array, counts: sparse.csr_array, *, seed: int) -> float:
    """Mean log probability of half of the words of passages that the model has not seen, given the rest.

    Document completion (Wallach, Murray, Salakhutdinov & Mimno 2009): the passage's topics are those
    that make the one half most likely, then the other half is foretold. The same way for all models,
    so that they can be compared. NaN if there are no words.
    """
    draw = np.random.default_rng(seed)
    given = counts.copy()
    given.data = draw.binomial(counts.data, 0.5)
    hidden = counts - given
    mixtures = _fold_in(probabilities, given)
    entries = hidden.tocoo()
    expected = np.einsum("ik,ki->i", mixtures[entries.row], probabilities[:, entries.col])
    total = entries.data.sum()
    return float(entries.data @ np.log(expected) / total) if total else float("nan")


def _fold_in(probabilities: Array, counts: sparse.csr_array) -> Array:
    """Passages' mixtures for given topics, by expectation maximisation with a little smoothing."""
    entries = counts.tocoo()
    mixtures = np.full((counts.shape[0], len(probabilities)), 1 / len(probabilities))
    for _ in range(_STEPS):
        expected = np.einsum("ik,ki->i", mixtures[entries.row], probabilities[:, entries.col])
        ratio = sparse.csr_array((entries.data / expected, (entries.row, entries.col)), shape=counts.shape)
        shared = mixtures * (ratio @ probabilities.T) + _SMOOTHING
        mixtures = shared / shared.sum(axis=1, keepdims=True)
    return mixtures
