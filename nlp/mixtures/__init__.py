"""mixtures: passages and their terms + the topic model -> topic_weights."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from nlp import tables
from nlp.params import MixturesParams
from nlp.stats import ratios
from nlp.topic_models import MODELS, Array, Mixtures
from nlp.topic_models.vocabulary import Pairs, Passages, count, joined, passages_of


class Result(NamedTuple):
    topic_weights: pd.DataFrame


class _Model(NamedTuple):
    """The topic model as it was published."""

    kind: str
    topics: list[int]
    terms: list[str]
    phrases: Pairs
    weights: Array  # topics x terms
    idf: Array


def run(
    params: MixturesParams,
    *,
    passages: pd.DataFrame,
    passage_terms: pd.DataFrame,
    topic_vocabulary: pd.DataFrame,
    topic_model: pd.DataFrame,
) -> Result:
    """Infer of which topics each passage is made; no passage's topics hang on another passage.

    Passages without any term of the vocabulary get no rows, and without a model none does.
    """
    if topic_model.empty:
        return Result(tables.make("topic_weights", []))
    model = _model(topic_vocabulary, topic_model)
    found = passages_of(passages, passage_terms)
    terms = joined(found, model.phrases)
    counts = count(terms, model.terms)
    inferred = MODELS[model.kind].infer(model.weights, counts, model.idf, seed=params.seed)
    return Result(tables.make("topic_weights", _rows(found, model.topics, inferred, _known(terms, counts))))


def _model(vocabulary: pd.DataFrame, model: pd.DataFrame) -> _Model:
    terms = list(vocabulary["term"])
    wide = model.pivot_table(index="topic", columns="term", values="weight", fill_value=0.0)
    wide = wide.reindex(columns=terms, fill_value=0.0)
    phrases = vocabulary[vocabulary["first"] != ""]
    pairs = zip(phrases["first"], phrases["second"], phrases["term"], strict=True)
    return _Model(
        kind=str(model["model"].iloc[0]),
        topics=[int(it) for it in wide.index],
        terms=terms,
        phrases={(first, second): term for first, second, term in pairs},
        weights=wide.to_numpy(dtype=float, copy=True),  # gensim refuses a view that cannot be written to
        idf=vocabulary["idf"].to_numpy(dtype=float),
    )


def _known(terms: Sequence[Sequence[str]], counts: sparse.csr_array) -> Array:
    """The share of each passage's terms that are in the vocabulary."""
    return ratios(counts.sum(axis=1), np.array([len(it) for it in terms]))


def _rows(
    passages: Passages, topics: Sequence[int], found: Mixtures, known: Array
) -> Iterator[tuple[object, ...]]:
    for key, weights, variances, share in zip(passages.keys, *found, known, strict=True):
        if np.any(weights):
            for row in zip(topics, weights, variances, strict=True):
                yield *key, *row, share
