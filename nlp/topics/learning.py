"""From passages to the tables of the topics that are shown."""

import logging
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from nlp import tables
from nlp.errors import ConfigError
from nlp.params import TopicsParams
from nlp.topics import choice, naming
from nlp.topics.description import Learned, Shown, describe
from nlp.topics.material import Material, learn
from nlp.topics.naming import Names, Topic
from nlp.topics.rankings import RANKINGS
from nlp.topics.runs import Kind, Run, infer, kinds_of, partial_runs, prototype, whole_runs

Tables = Mapping[str, pd.DataFrame]
log = logging.getLogger("crossframe")


def learn_topics(
    passages: pd.DataFrame, passage_terms: pd.DataFrame, last: Tables, params: TopicsParams
) -> Learned:
    """Try all kinds of models, choose one by the rule, and describe the run that is most like others.

    Without enough text there is only the table of the choice, with the reasons.
    """
    material = learn(passages, passage_terms, params)
    kinds = kinds_of(material, params)
    runs = {kind: partial_runs(kind, material, params) for kind, why in kinds.items() if not why}
    missing = {kind: why for kind, why in kinds.items() if why}
    table = choice.table_of(runs, missing, material)
    before = naming.topics_of(last["topic_terms"])
    if runs:
        kind = choice.chosen(table)
        shown = _shown(kind, runs[kind], before, material, params)
        every = [run for it, found in runs.items() if it.model == kind.model for run in found]
        found = describe(shown, table, every, before, material, params)
    else:
        log.warning("topics are not estimable: %s", next(iter(missing.values())))
        found = _nothing(table, before)
    return found._replace(topic_changes=last["topic_changes"]) if _is_last(found, last) else found


def frozen(last: Tables) -> Learned:
    """The tables of the last run. Raises ConfigError if it had no topics, or they do not fit together."""
    if problem := _unfit(last):
        raise ConfigError(
            f"true, but {problem}",
            where="configs/params.yaml: topics.frozen",
            hint="restore outputs/tables/topic_*.csv with git, or set it to false and run once",
        )
    return Learned(**{**last, "topic_runs": tables.make("topic_runs", [])})


def _unfit(last: Tables) -> str:
    """Why the tables are no model, as where one was cut off or is of another run; empty if they are."""
    model, terms = last["topic_model"], last["topic_terms"]
    if model.empty:
        return "the last run has left no topics"
    topics = set(model["topic"])
    sizes = terms.groupby(["topic", "ranking"]).size()
    fits = (
        topics == set(terms["topic"]) == set(last["topic_quality"]["topic"])
        and len(sizes) == len(RANKINGS) * len(topics)
        and sizes.nunique() == 1
        and set(model["term"]) <= set(last["topic_vocabulary"]["term"])
    )
    return "" if fits else "the tables of the last run do not fit together"


def labelled(found: Learned, params: TopicsParams) -> Learned:
    """With the labels that people gave to topics; in all tables a topic has one label."""
    topics = naming.topics_of(found.topic_terms)
    given = naming.by_hand(topics, params.labels, params.recognised)
    labels = {it.number: it.label for it in topics} | given
    changed = {}
    for name in ("topic_terms", "topic_quality", "topic_changes"):
        table = getattr(found, name)
        pairs = zip(table["topic"], table["label"], strict=True)
        changed[name] = tables.take(name, table.assign(label=[labels.get(*it) for it in pairs]))
    return found._replace(**changed)


def _is_last(found: Learned, last: Tables) -> bool:
    """Whether the topics are those of the last run: what that has told of changes then still holds."""
    names = ("topic_vocabulary", "topic_model")
    return all(tables.check(it, getattr(found, it)).equals(last[it]) for it in names)


def _nothing(table: pd.DataFrame, before: Sequence[Topic]) -> Learned:
    empty = {name: tables.make(name, []) for name in Learned._fields}
    gone = naming.changes(Names([], [], []), np.empty((0, 0), dtype=object), before)
    return Learned(**{**empty, "topic_choice": table, "topic_changes": gone})


def _shown(
    kind: Kind, partial: list[Run], before: Sequence[Topic], material: Material, params: TopicsParams
) -> Shown:
    """The prototype, and what its topics are called."""
    run = prototype(whole_runs(kind, material, params), partial)
    given = list(params.seed_words) if kind.model == "seeded" else []
    if not given:
        run = _by_share(run, material, params)
    terms = np.array(material.terms, dtype=object)[run.terms]
    own = run.exclusivity >= run.most_exclusive
    return Shown(run, partial, naming.name(terms, own, before, given, params.recognised), terms)


def _by_share(run: Run, material: Material, params: TopicsParams) -> Run:
    """With the topics that take most of the passages first."""
    shares = np.round(infer(run, material, params).mean(axis=0), 9)
    order = np.argsort(-shares, kind="stable")
    return run._replace(
        weights=run.weights[order], probabilities=run.probabilities[order], terms=run.terms[order]
    )
