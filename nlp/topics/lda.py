"""Latent Dirichlet allocation (Blei, Ng & Jordan 2003), by gensim's online variational Bayes."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from nlp.params import TopicsParams


class Model(NamedTuple):
    """A fitted topic model; topics are in order of their share, largest first."""

    terms: list[list[tuple[str, float]]]  # strongest terms of each topic with their probability
    weights: np.ndarray  # passages x topics, rows sum to 1
    npmi: np.ndarray  # coherence of each topic, -1 to 1

    def label(self, topic: int) -> str:
        return ", ".join(term for term, _ in self.terms[topic][:3])


def fit(terms: Sequence[Sequence[str]], params: TopicsParams) -> Model:
    """Fit the model and infer the passages' topics, the same way at every call.

    gensim draws random numbers whenever it infers a passage, so each starts from the same seed; and
    only double precision gives the same topics on different processors.
    """
    from gensim.corpora import Dictionary  # 1 s
    from gensim.models import CoherenceModel, LdaModel

    dictionary = Dictionary(terms)
    bags = [dictionary.doc2bow(passage) for passage in terms]
    model = LdaModel(
        bags,
        id2word=dictionary,
        num_topics=params.n_topics,
        passes=params.passes,
        alpha="symmetric",
        eta="auto",
        random_state=params.seed,
        dtype=np.float64,
        eval_every=None,
    )
    weights = np.array([_infer(model, bag, params.seed) for bag in bags])
    order = np.argsort(-weights.mean(axis=0), kind="stable")
    shown = [
        [(str(term), float(weight)) for term, weight in model.show_topic(int(topic), params.n_terms)]
        for topic in order
    ]
    coherence = CoherenceModel(
        topics=[[term for term, _ in topic] for topic in shown],
        texts=terms,
        dictionary=dictionary,
        coherence="c_npmi",
        window_size=max(map(len, terms)),  # the whole passage
        processes=1,
    )
    return Model(shown, weights[:, order], np.array(coherence.get_coherence_per_topic()))


def _infer(model: Any, bag: list[tuple[int, int]], seed: int) -> np.ndarray:
    model.random_state = np.random.RandomState(seed)
    gamma, _ = model.inference([bag])
    return gamma[0] / gamma[0].sum()
