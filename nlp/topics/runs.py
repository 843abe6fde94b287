"""Runs of topic models: each with another seed, and with other passages left out."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.params import TopicsParams
from nlp.topic_models import MODELS, Array, Task
from nlp.topics import criteria
from nlp.topics.matching import match
from nlp.topics.material import Material, lacking, unguided
from nlp.topics.rankings import exclusivity, relevance, strongest


class Run(NamedTuple):
    """A fitted model."""

    model: str
    number: int
    weights: Array  # topics x terms: what it infers by
    probabilities: Array  # topics x terms
    terms: NDArray[np.int64]  # topics x ranks: columns of the most relevant
    held_out: float  # see criteria; NaN if nothing was left out

    @property
    def n_topics(self) -> int:
        return len(self.weights)

    @property
    def exclusivity(self) -> Array:
        """Topics x ranks: the share of the topic in the probability of its terms over all topics."""
        return np.take_along_axis(exclusivity(self.probabilities), self.terms, axis=1)

    @property
    def most_exclusive(self) -> Array:
        """Topics x ranks: the greatest such share that any topic has in the term."""
        return exclusivity(self.probabilities).max(axis=0)[self.terms]


class Kind(NamedTuple):
    """Models of one kind with one number of topics."""

    model: str
    n_topics: int


def kinds_of(material: Material, params: TopicsParams) -> dict[Kind, str]:
    """All that is to be tried, with why it cannot be; empty if it can."""
    every = lacking(material, params)
    kinds = [Kind(model, n_topics) for model in params.models for n_topics in params.n_topics]
    return {kind: every or _hindrance(kind, material, params) for kind in kinds}


def _hindrance(kind: Kind, material: Material, params: TopicsParams) -> str:
    """Why this kind cannot be fitted; empty if it can."""
    passages, terms = material.counts.shape
    least = params.passages_per_topic
    if passages < kind.n_topics * least:
        return f"{passages} passages are fewer than {least} for each topic (topics.passages_per_topic)"
    seen = min(passages - _left_out(passages, params.left_out), params.max_passages)
    if min(seen, terms) < kind.n_topics:
        return f"{seen} passages that a run sees, or {terms} terms, are fewer than topics (topics.n_topics)"
    return unguided(material, params) if kind.model == "seeded" else ""


def partial_runs(kind: Kind, material: Material, params: TopicsParams) -> list[Run]:
    """Runs that each leave out other passages, the same for every kind."""
    parts = [
        split(len(material.documents), params.left_out, params.max_passages, params.seed + number)
        for number in range(params.runs)
    ]
    return [_fit(kind, number, *part, material, params) for number, part in enumerate(parts)]


def whole_runs(kind: Kind, material: Material, params: TopicsParams) -> list[Run]:
    """Runs that see all passages."""
    every, none = np.arange(len(material.documents)), np.arange(0)
    return [_fit(kind, number, every, none, material, params) for number in range(params.runs)]


def _fit(
    kind: Kind, number: int, seen: NDArray, unseen: NDArray, material: Material, params: TopicsParams
) -> Run:
    seed = params.seed + number
    task = Task(
        counts=material.counts[seen],
        idf=material.idf,
        n_topics=kind.n_topics,
        seed=seed,
        passes=params.passes,
        guides=material.guides if kind.model == "seeded" else (),
        guide_weight=params.seed_weight,
    )
    weights = MODELS[kind.model].fit(task)
    probabilities = MODELS[kind.model].probabilities(weights, task.counts, material.idf)
    scores = relevance(probabilities, material.share, params)
    return Run(
        kind.model,
        number,
        weights,
        probabilities,
        strongest(scores, params.n_terms),
        criteria.held_out(probabilities, material.counts[unseen], seed=seed),
    )


def split(passages: int, left_out: float, most: int, seed: int) -> tuple[NDArray, NDArray]:
    """Passages that a run sees, and those left out, at most so many of each; in order."""
    order = np.random.default_rng(seed).permutation(passages)
    least = _left_out(passages, left_out)
    return np.sort(order[least:][:most]), np.sort(order[:least][:most])


def _left_out(passages: int, share: float) -> int:
    return round(share * passages)


def infer(run: Run, material: Material, params: TopicsParams) -> Array:
    """Passages x topics: how much of each passage belongs to each topic."""
    model = MODELS[run.model]
    return model.infer(run.weights, material.counts, material.idf, seed=params.seed).weights


def stability(runs: Sequence[Run]) -> float:
    """How alike the topics of two runs are, on average over all pairs of runs; NaN with one run."""
    pairs = [
        match(one.terms, other.terms).similarity.mean()
        for number, one in enumerate(runs)
        for other in runs[:number]
    ]
    return float(np.mean(pairs)) if pairs else float("nan")


def stability_of(run: Run, others: Sequence[Run]) -> Array:
    """How alike each topic of a run is to its counterparts in others."""
    return np.mean([match(run.terms, it.terms).similarity for it in others], axis=0)


def prototype(whole: Sequence[Run], partial: Sequence[Run]) -> Run:
    """Of the runs that saw all passages the one most like all others; of equal ones the first."""
    likeness = [
        stability_of(run, [*(it for it in whole if it is not run), *partial]).mean() for run in whole
    ]
    return whole[int(np.argmax(np.round(likeness, 9)))]
