"""topics: tokens -> topic_terms, topic_weights, topic_quality."""

import logging
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.params import TopicsParams
from nlp.topics.lda import Model, fit
from nlp.topics.passages import Passage, passages_of
from nlp.topics.vocabulary import terms_of

Rows = Iterator[tuple[object, ...]]
log = logging.getLogger("crossframe")


class Result(NamedTuple):
    topic_terms: pd.DataFrame
    topic_weights: pd.DataFrame
    topic_quality: pd.DataFrame
    metrics: dict[str, object]


def run(params: TopicsParams, *, sentences: pd.DataFrame, tokens: pd.DataFrame) -> Result:
    """Fit a topic model over passages of the chosen zones of all documents.

    With too few passages or no vocabulary the tables are empty and `metrics` says why: a topic model
    of a handful of passages is noise.
    """
    analysed = sentences[sentences["zone"].isin(params.zones)]
    words = tokens[tokens["pos"] != "PUNCT"].groupby(["doc_id", "sent_id"]).size()
    passages = list(passages_of(analysed, words, params.passage_words))
    terms = terms_of(passages, tokens, params)
    vocabulary = {term for passage in terms for term in passage}
    if len(passages) < params.min_passages:
        return _nothing(f"{len(passages)} passages, fewer than {params.min_passages}", passages)
    if len(vocabulary) < params.n_topics:
        return _nothing(f"only {len(vocabulary)} terms are left of the vocabulary", passages)
    model = fit(terms, params)
    return Result(
        tables.make("topic_terms", _terms(model)),
        tables.make("topic_weights", _weights(model, passages)),
        tables.make("topic_quality", _quality(model)),
        {
            "estimated": True,
            "passages": len(passages),
            "vocabulary": len(vocabulary),
            "topics": params.n_topics,
            "npmi": float(model.npmi.mean()),
        },
    )


def _nothing(reason: str, passages: list[Passage]) -> Result:
    log.warning("topics are not estimated: %s", reason)
    return Result(
        tables.make("topic_terms", []),
        tables.make("topic_weights", []),
        tables.make("topic_quality", []),
        {"estimated": False, "passages": len(passages), "reason": reason},
    )


def _terms(model: Model) -> Rows:
    for topic, ranked in enumerate(model.terms):
        for rank, (term, weight) in enumerate(ranked, start=1):
            yield topic, model.label(topic), term, weight, rank


def _weights(model: Model, passages: list[Passage]) -> Rows:
    for passage, row in zip(passages, model.weights, strict=True):
        for topic, weight in enumerate(row):
            yield passage.doc_id, passage.number, passage.start, passage.end, topic, weight


def _quality(model: Model) -> Rows:
    strongest = model.weights.argmax(axis=1)
    for topic in range(len(model.terms)):
        share = model.weights[:, topic].mean()
        count = int((strongest == topic).sum())
        yield topic, model.label(topic), model.npmi[topic], count, share
