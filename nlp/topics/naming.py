"""How topics are known from one run to the next: numbers, labels, and what has changed."""

import logging
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp import tables
from nlp.topics.matching import assign, match, rank_biased_overlap

log = logging.getLogger("crossframe")
BETWEEN = " · "  # terms of a label or fingerprint
_LABEL = 3  # terms
_FINGERPRINT = 5


class Topic(NamedTuple):
    """A topic of this run or the last."""

    number: int
    label: str
    terms: list[str]  # the most relevant


class Names(NamedTuple):
    """What the topics of this run are called."""

    numbers: list[int]
    labels: list[str]
    before: list[Topic | None]  # what each was in the last run


def fingerprint(terms: Sequence[str]) -> str:
    return BETWEEN.join(terms[:_FINGERPRINT])


def topics_of(topic_terms: pd.DataFrame) -> list[Topic]:
    """The topics as the table of a run tells them: one table alone, so that no other can contradict it."""
    ranked = topic_terms[topic_terms["ranking"] == "relevance"].sort_values(["topic", "rank"])
    listed = ranked.groupby("topic").agg({"label": "first", "term": list})
    return [Topic(int(number), label, terms) for number, label, terms in listed.itertuples()]


def name(
    terms: NDArray, own: NDArray, last: Sequence[Topic], given: Sequence[str], recognised: float
) -> Names:
    """Numbers and labels of topics, kept from the last run where they are recognised.

    `terms` are the most relevant of each topic, in order, and `own` tells which of them have no
    greater share in another topic. `given` are labels of the first topics. A label stays while its
    terms are among the topic's; a new number is the lowest that neither run has.
    """
    before = _before(terms, last, recognised)
    taken = {it.number for it in last}
    free = (number for number in range(len(terms) + len(last)) if number not in taken)
    numbers = [it.number if it else next(free) for it in before]
    labels = [_label(list(line), list(mark), it) for line, mark, it in zip(terms, own, before, strict=True)]
    return Names(numbers, [*given, *labels[len(given) :]], before)


def _before(terms: NDArray, last: Sequence[Topic], recognised: float) -> list[Topic | None]:
    if not last:
        return [None] * len(terms)
    found = match(terms, _table([it.terms for it in last]))
    pairs = zip(found.place, found.similarity, strict=True)
    return [last[place] if place >= 0 and like >= recognised else None for place, like in pairs]


def _table(lists: Sequence[Sequence[str]]) -> NDArray:
    depth = min(map(len, lists))
    return np.array([list(it[:depth]) for it in lists], dtype=object)


def _label(terms: list[str], own: list[bool], before: Topic | None) -> str:
    """Terms that are the topic's own first; none that is part of another."""
    if before and set(before.label.split(BETWEEN)) <= set(terms):
        return before.label
    chosen: list[str] = []
    for term in [it for it, mark in zip(terms, own, strict=True) if mark] + terms:
        if len(chosen) < _LABEL and not any(_alike(term, it) for it in chosen):
            chosen.append(term)
    return BETWEEN.join(chosen)


def _alike(one: str, other: str) -> bool:
    words, others = set(one.lower().split()), set(other.lower().split())
    return words <= others or others <= words


def by_hand(topics: Sequence[Topic], labels: Mapping[str, str], recognised: float) -> dict[int, str]:
    """Numbers of topics with the labels that people gave to their fingerprints.

    A topic need not have just those terms: it is recognised as from one run to the next, by as many
    terms as the fingerprint has. Labels that fit no topic are told in a warning.
    """
    if not labels or not topics:
        return {}
    known = _table([it.terms for it in topics])
    found = assign(np.vstack([rank_biased_overlap(_table([_terms(it)]), known) for it in labels]))
    fits = (found.place >= 0) & (found.similarity >= recognised)
    if missing := [label for label, fit in zip(labels.values(), fits, strict=True) if not fit]:
        told = "topics.labels: no topic has the terms of %s, or another label fits it better"
        log.warning(told, ", ".join(missing))
    pairs = zip(found.place[fits], np.array(list(labels.values()))[fits], strict=True)
    return {topics[place].number: str(label) for place, label in pairs}


def _terms(fingerprint: str) -> list[str]:
    """Its terms, however people have set the dots."""
    found = [it.strip() for it in fingerprint.split(BETWEEN.strip())]
    return list(dict.fromkeys(it for it in found if it)) or [fingerprint]


def changes(names: Names, terms: NDArray, last: Sequence[Topic]) -> pd.DataFrame:
    """Table `topic_changes`: what has become of the topics since the last run; empty after a first one."""
    if not last:
        return tables.make("topic_changes", [])
    rows = [
        _change(number, label, list(line), before)
        for number, label, line, before in zip(
            names.numbers, names.labels, terms, names.before, strict=True
        )
    ]
    kept = {it.number for it in names.before if it}
    gone = [(it.number, it.label, "vanished", None, "", "") for it in last if it.number not in kept]
    return tables.make("topic_changes", [*rows, *gone])


def _change(number: int, label: str, terms: list[str], before: Topic | None) -> tuple[object, ...]:
    if before is None:
        return number, label, "appeared", None, "", ""
    gained, lost = (
        [it for it in one if it not in other]
        for one, other in ((terms, before.terms), (before.terms, terms))
    )
    change = "moved" if gained or lost else "same"
    alike = rank_biased_overlap(_table([terms]), _table([before.terms]))[0, 0]
    return number, label, change, alike, BETWEEN.join(gained), BETWEEN.join(lost)
