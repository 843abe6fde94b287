"""From passages to the tables of the topics that are shown."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp import tables
from nlp.errors import ConfigError
from nlp.params import TopicsParams
from nlp.topic_models import MODELS, Array
from nlp.topics import choice, criteria, naming
from nlp.topics.matching import match
from nlp.topics.material import Material, learn
from nlp.topics.naming import Names, Topic
from nlp.topics.rankings import RANKINGS, exclusivity, strongest
from nlp.topics.runs import Kind, Run, kinds_of, partial_runs, prototype, stability_of, whole_runs

Tables = Mapping[str, pd.DataFrame]
log = logging.getLogger("crossframe")


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


def learn_topics(
    passages: pd.DataFrame, passage_terms: pd.DataFrame, last: Tables, params: TopicsParams
) -> Learned:
    """Try all kinds of models, choose one and describe it; without enough text there is only the table
    of the choice, with the reasons.
    """
    material = learn(passages, passage_terms, params)
    kinds = kinds_of(material, params)
    runs = {kind: partial_runs(kind, material, params) for kind, why in kinds.items() if not why}
    missing = {kind: why for kind, why in kinds.items() if why}
    table = choice.table_of(runs, missing, material)
    before = naming.topics_of(last["topic_quality"], last["topic_terms"])
    if not runs:
        log.warning("topics are not estimable: %s", next(iter(missing.values())))
        found = _nothing(table, before)
    else:
        row = table[table["chosen"]].iloc[0]
        shown = _shown(Kind(row["model"], int(row["n_topics"])), runs, before, material, params)
        same_model = [run for kind, found in runs.items() if kind.model == row["model"] for run in found]
        found = _described(shown, table, same_model, before, material, params)
    return found._replace(topic_changes=last["topic_changes"]) if _is_last(found, last) else found


def frozen(last: Tables) -> Learned:
    """The tables of the last run. Raises ConfigError if it had no topics."""
    if last["topic_model"].empty:
        raise ConfigError(
            "true, but the last run has left no topics",
            where="configs/params.yaml: topics.frozen",
            hint="set it to false and run once, or restore outputs/tables/topic_*.csv with git",
        )
    kept = {name: table for name, table in last.items() if name in Learned._fields}
    return Learned(**kept, topic_runs=tables.make("topic_runs", []))


def labelled(found: Learned, params: TopicsParams) -> Learned:
    """With the labels that people gave to topics."""
    topics = naming.topics_of(found.topic_quality, found.topic_terms)
    labels = naming.by_hand(topics, params.labels, params.recognised)
    changed = {}
    for name in ("topic_terms", "topic_quality", "topic_changes"):
        table = getattr(found, name)
        pairs = zip(table["topic"], table["label"], strict=True)
        changed[name] = tables.take(name, table.assign(label=[labels.get(*it) for it in pairs]))
    return found._replace(**changed)


def _is_last(found: Learned, last: Tables) -> bool:
    """Whether the topics are those of the last run: what that has told of changes then still holds."""
    names = ("topic_vocabulary", "topic_model")
    return all(tables.check(it, getattr(found, it)).round(4).equals(last[it]) for it in names)


def _nothing(table: pd.DataFrame, before: Sequence[Topic]) -> Learned:
    empty = {name: tables.make(name, []) for name in Learned._fields}
    gone = naming.changes(Names([], [], []), np.empty((0, 0), dtype=object), before)
    return Learned(**{**empty, "topic_choice": table, "topic_changes": gone})


def _shown(
    kind: Kind,
    runs: Mapping[Kind, list[Run]],
    before: Sequence[Topic],
    material: Material,
    params: TopicsParams,
) -> Shown:
    run = prototype(whole_runs(kind, material, params), runs[kind])
    given = list(params.seed_words) if kind.model == "seeded" else []
    if not given:
        run = _by_share(run, material, params)
    terms = np.array(material.terms, dtype=object)[run.terms]
    own = exclusivity(run.probabilities)
    own = (own == own.max(axis=0))[np.arange(run.n_topics)[:, None], run.terms]
    return Shown(run, runs[kind], naming.name(terms, own, before, given, params.recognised), terms)


def _by_share(run: Run, material: Material, params: TopicsParams) -> Run:
    """With the topics that take most of the passages first."""
    shares = np.round(_infer(run, material, params).mean(axis=0), 9)
    order = np.argsort(-shares, kind="stable")
    return run._replace(
        weights=run.weights[order], probabilities=run.probabilities[order], terms=run.terms[order]
    )


def _infer(run: Run, material: Material, params: TopicsParams) -> Array:
    return MODELS[run.model].infer(run.weights, material.counts, material.idf, seed=params.seed).weights


def _described(
    shown: Shown,
    table: pd.DataFrame,
    every: Sequence[Run],
    before: Sequence[Topic],
    material: Material,
    params: TopicsParams,
) -> Learned:
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
    for number, weights in zip(shown.names.numbers, shown.run.weights, strict=True):
        for column in np.flatnonzero(weights):
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
    own = exclusivity(run.probabilities)[np.arange(run.n_topics)[:, None], run.terms].mean(axis=1)
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
        means = pd.DataFrame(_infer(run, material, params)).groupby(documents).mean()
        for number, place, alike in zip(shown.names.numbers, *found, strict=True):
            weights = means[place] if place >= 0 else 0 * means[0]
            for doc_id, weight in weights.items():
                yield run.n_topics, run.number, number, min(alike, 1.0), doc_id, weight
