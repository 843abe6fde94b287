"""What the tables say of the run that is shown."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp import tables
from nlp.params import TopicsParams
from nlp.topics import criteria, naming
from nlp.topics.matching import match
from nlp.topics.material import Material
from nlp.topics.naming import Names, Topic
from nlp.topics.rankings import RANKINGS, strongest
from nlp.topics.runs import Run, infer, stability_of


class Learned(NamedTuple):
    """The tables that tell all there is to know of the topics."""

    topic_vocabulary: pd.DataFrame
    topic_model: pd.DataFrame
    topic_terms: pd.DataFrame
    topic_quality: pd.DataFrame
    topic_choice: pd.DataFrame
    topic_changes: pd.DataFrame
    topic_runs: pd.DataFrame


class Shown(NamedTuple):
    """The run that is shown, the others of its kind that it is measured by, and how terms are told."""

    run: Run
    others: list[Run]
    names: Names
    terms: NDArray  # topics x ranks: the most relevant, as words


def describe(
    shown: Shown,
    table: pd.DataFrame,
    every: Sequence[Run],
    before: Sequence[Topic],
    material: Material,
    params: TopicsParams,
) -> Learned:
    """The tables of the run that is shown; `every` are the runs of its model, `table` is the choice."""
    return Learned(
        topic_vocabulary=tables.make("topic_vocabulary", _vocabulary(material)),
        topic_model=tables.make("topic_model", _model(shown, material)),
        topic_terms=tables.make("topic_terms", _terms(shown, material, params)),
        topic_quality=tables.make("topic_quality", _quality(shown, material, params)),
        topic_choice=table,
        topic_changes=naming.changes(shown.names, shown.terms, before),
        topic_runs=tables.make("topic_runs", _runs(shown, every, material, params)),
    )


def _vocabulary(material: Material) -> Iterator[tuple[object, ...]]:
    parts = {phrase: pair for pair, phrase in material.phrases.items()}
    having = np.bincount(material.counts.indices, minlength=len(material.terms))
    times = np.asarray(material.counts.sum(axis=0))
    for term, *numbers in zip(material.terms, having, times, material.idf, strict=True):
        yield term, *parts.get(term, ("", "")), *numbers


def _model(shown: Shown, material: Material) -> Iterator[tuple[object, ...]]:
    """A topic without any term, as where texts have fewer topics, has one row, too."""
    for number, weights in zip(shown.names.numbers, shown.run.weights, strict=True):
        for column in np.flatnonzero(weights) if weights.any() else [0]:
            yield shown.run.model, number, material.terms[column], weights[column]


def _terms(shown: Shown, material: Material, params: TopicsParams) -> Iterator[tuple[object, ...]]:
    for ranking, score in RANKINGS.items():
        scores = score(shown.run.probabilities, material.share, params)
        topics = zip(
            shown.names.numbers, shown.names.labels, scores, strongest(scores, params.n_terms), strict=True
        )
        for number, label, own, columns in topics:
            for rank, column in enumerate(columns, start=1):
                yield number, label, ranking, rank, material.terms[column], own[column]


def _quality(shown: Shown, material: Material, params: TopicsParams) -> Iterator[tuple[object, ...]]:
    run = shown.run
    stability = stability_of(run, shown.others)
    own = run.exclusivity.mean(axis=1)
    (c_v,) = criteria.c_v([run.terms], material)
    npmi = criteria.npmi(run.terms, material.counts)
    names = zip(shown.names.numbers, shown.names.labels, shown.terms, strict=True)
    for (number, label, terms), *measured in zip(names, stability, c_v, npmi, own, strict=True):
        stable = measured[0] >= params.min_stability
        yield number, label, naming.fingerprint(list(terms)), measured[0], stable, *measured[1:]


def _runs(
    shown: Shown, every: Sequence[Run], material: Material, params: TopicsParams
) -> Iterator[tuple[object, ...]]:
    """What every run of the chosen model says of each document, told by the topics shown."""
    documents = pd.Series(material.documents)
    for run in every:
        found = match(shown.run.terms, run.terms)
        means = pd.DataFrame(infer(run, material, params)).groupby(documents).mean()
        for number, place, alike in zip(shown.names.numbers, *found, strict=True):
            weights = means[place] if place >= 0 else 0 * means[0]
            for doc_id, weight in weights.items():
                yield run.n_topics, run.number, number, min(alike, 1.0), doc_id, weight
