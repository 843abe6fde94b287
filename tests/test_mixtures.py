"""mixtures: of which topics a passage is made, by a model that may have been published and read again."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from nlp import mixtures, tables
from nlp.store.configs import read_params
from nlp.store.project import Project
from nlp.store.results import read_last, write_table
from nlp.topic_models import MODELS, Array, Task
from nlp.topic_models.lda import bags
from nlp.topic_models.nmf import tfidf
from nlp.topic_models.vocabulary import Passages, inverse_frequency, joined

PARAMS = read_params(Project(ROOT)).mixtures
PHRASES = {("free", "trade"): "free trade", ("River League", "summit"): "River League summit"}
TERMS = ["River League summit", "area", "free", "free trade", "nan", "road", "trade", "war"]
WORDS = ["free", "trade", "area", "River League", "summit", "war", "road", "nan", "rare"]

Tables = dict[str, pd.DataFrame]
each_kind = pytest.mark.parametrize("kind", ["nmf", "lda"])

some_stretches = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), max_size=4)
some_passages = st.lists(some_stretches, max_size=7)


def passages(stretches: Sequence[list[list[str]]]) -> Passages:
    """Three passages to a document."""
    return Passages([(f"d{at // 3}", at % 3) for at in range(len(stretches))], list(stretches))


def texts(found: Passages) -> Tables:
    """Tables `passages` and `passage_terms`."""
    terms = [
        (doc_id, number, term, at > 0)
        for (doc_id, number), stretches in zip(*found, strict=True)
        for stretch in stretches
        for at, term in enumerate(stretch)
    ]
    placed = [(*it[:2], at, at + 1, *it[2:]) for at, it in enumerate(terms)]
    rows = [(doc_id, "", number, at, at + 1, 0, 1, "") for at, (doc_id, number) in enumerate(found.keys)]
    return {
        "passages": tables.make("passages", rows),
        "passage_terms": tables.make("passage_terms", placed),
    }


def model(kind: str, weights: Array, idf: Array) -> Tables:
    """Tables `topic_vocabulary` and `topic_model`; topics are numbered 0, 10, 20 and so on."""
    parts = {phrase: pair for pair, phrase in PHRASES.items()}
    vocabulary = [(term, *parts.get(term, ("", "")), 1, 1, it) for term, it in zip(TERMS, idf, strict=True)]
    rows = [
        (kind, 10 * topic, TERMS[column], weights[topic, column])
        for topic, column in zip(*np.nonzero(weights), strict=True)
    ]
    return {
        "topic_vocabulary": tables.check("topic_vocabulary", tables.make("topic_vocabulary", vocabulary)),
        "topic_model": tables.check("topic_model", tables.make("topic_model", rows)),
    }


@cache
def learned(kind: str) -> Tables:
    """A model of three topics that is fitted to passages drawn at random."""
    counts = drawn(40)
    idf = inverse_frequency(counts)
    return model(kind, MODELS[kind].fit(Task(counts, idf, n_topics=3, seed=7, passes=10)), idf)


def drawn(passages: int) -> sparse.csr_array:
    """Counts of the terms: in each passage mostly those of a third of them."""
    rates = np.where(np.arange(len(TERMS)) % 3 == np.arange(passages)[:, None] % 3, 1.5, 0.2)
    return sparse.csr_array(np.random.default_rng(5).poisson(rates))


def run(found: Passages, model: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    result = mixtures.run(PARAMS, **texts(found), **model).topic_weights
    return tables.check("topic_weights", result)


def wide(weights: pd.DataFrame, column: str = "weight") -> Array:
    return weights.pivot(index=["doc_id", "passage"], columns="topic", values=column).to_numpy()


# ---- laws -------------------------------------------------------------------------------------------


@each_kind
@given(stretches=some_passages)
@settings(max_examples=30)
def test_passages_one_by_one_give_what_all_give(kind: str, stretches: list[list[list[str]]]) -> None:
    found = passages(stretches)
    parts = [
        run(Passages([key], [own]), learned(kind))
        for key, own in zip(found.keys, found.stretches, strict=True)
    ]
    expected = pd.concat([tables.make("topic_weights", []), *parts], ignore_index=True)
    pd.testing.assert_frame_equal(run(found, learned(kind)), expected, check_exact=True)


@pytest.mark.parametrize("kind", list(MODELS))
@given(seed=st.integers(0, 10**6), passages=st.integers(1, 40), topics=st.integers(2, 20))
@settings(max_examples=10)
def test_parts_have_the_last_digits_of_the_whole(kind: str, seed: int, passages: int, topics: int) -> None:
    random = np.random.default_rng(seed)
    weights = np.round(random.gamma(0.3, 1, (topics, 100)), 4) + 1e-4
    counts = sparse.csr_array(random.poisson(0.2, (passages, 100)))
    idf = 1 + random.random(100)
    whole = MODELS[kind].infer(weights, counts, idf, seed=13)
    parts = [MODELS[kind].infer(weights, counts[[it]], idf, seed=13) for it in range(passages)]
    for place, found in enumerate(whole):
        np.testing.assert_array_equal(found, np.vstack([it[place] for it in parts]))


@each_kind
@given(stretches=some_passages)
@settings(max_examples=30)
def test_weights_of_passages_with_terms_sum_to_one(kind: str, stretches: list[list[list[str]]]) -> None:
    found = passages(stretches)
    known = [
        key for key, terms in zip(found.keys, joined(found, PHRASES), strict=True) if {*terms} & {*TERMS}
    ]
    weights = run(found, learned(kind))
    sums = weights.groupby(["doc_id", "passage"])["weight"].sum()
    assert list(sums.index) == known
    assert len(weights) == 3 * len(known)
    np.testing.assert_allclose(sums, 1, atol=1e-12)
    assert set(weights["topic"]) <= {0, 10, 20}


# ---- edges ------------------------------------------------------------------------------------------


@each_kind
def test_without_a_model_there_are_no_weights(kind: str) -> None:
    nothing = {name: table.head(0) for name, table in learned(kind).items()}
    assert run(passages([[["free", "trade"]]]), nothing).empty


@each_kind
@pytest.mark.parametrize("stretches", [[], [[]], [[["rare"]]], [[], [["rare", "rare"]]]])
def test_passages_without_known_terms_have_no_rows(kind: str, stretches: list[list[list[str]]]) -> None:
    assert run(passages(stretches), learned(kind)).empty


def test_a_passage_of_one_topic_is_all_that_topic() -> None:
    weights = np.zeros((2, len(TERMS)))
    weights[0, TERMS.index("free trade")] = weights[1, TERMS.index("war")] = 1
    found = passages([[["free", "trade"]], [["war"]], [["free"], ["trade"]]])  # the last has no phrase
    assert wide(run(found, model("nmf", weights, np.ones(len(TERMS))))).tolist() == [[1, 0], [0, 1]]


def test_topics_that_are_equal_do_no_harm() -> None:
    weights = np.ones((3, len(TERMS)))
    found = wide(run(passages([[["free", "trade"], ["war"]]]), model("nmf", weights, np.ones(len(TERMS)))))
    assert found.sum() == pytest.approx(1)


def test_the_longer_the_passage_the_surer() -> None:
    found = passages([[["war"] * times] for times in (1, 10, 100)])
    variances = wide(run(found, learned("lda")), "variance").sum(axis=1)
    assert variances[0] > variances[1] > variances[2] > 0


# ---- against other implementations ------------------------------------------------------------------


@given(st.integers(0, 10**6))
@settings(max_examples=25)
def test_nmf_weights_are_those_of_least_squares(seed: int) -> None:
    from scipy.optimize import nnls

    random = np.random.default_rng(seed)
    weights = np.round(random.gamma(0.5, 1, (4, 30)), 4)
    counts = sparse.csr_array(random.poisson(0.6, (5, 30)))
    idf = 1 + random.random(30)
    dense = tfidf(counts, idf).toarray()
    solved = np.array([nnls(weights.T, row)[0] for row in dense]) * weights.sum(axis=1)
    expected = solved / solved.sum(axis=1, keepdims=True)
    found = MODELS["nmf"].infer(weights, counts, idf, seed=0).weights
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_lda_weights_are_those_of_the_fitted_model() -> None:
    from gensim.models import LdaModel

    counts = drawn(60)
    fitted = LdaModel(
        bags(counts),
        id2word=dict(enumerate(TERMS)),
        num_topics=3,
        alpha="symmetric",
        eta="auto",
        passes=10,
        random_state=7,
        dtype=np.float64,
        eval_every=None,
    )
    gamma = np.array([_posterior(fitted, bag) for bag in bags(counts)])
    share = gamma / gamma.sum(axis=1, keepdims=True)
    weights = MODELS["lda"].fit(Task(counts, np.ones(len(TERMS)), n_topics=3, seed=7, passes=10))
    found = MODELS["lda"].infer(weights, counts, np.ones(len(TERMS)), seed=PARAMS.seed)
    known = np.diff(counts.indptr) > 0
    np.testing.assert_allclose(found.weights[known], share[known], atol=1e-4)
    variance = share * (1 - share) / (gamma.sum(axis=1, keepdims=True) + 1)  # of a Dirichlet distribution
    np.testing.assert_allclose(found.variances[known], variance[known], atol=1e-4)


def _posterior(fitted: Any, bag: list[tuple[int, int]]) -> Array:
    fitted.random_state = np.random.RandomState(PARAMS.seed)
    return fitted.inference([bag])[0][0]


@each_kind
def test_a_published_model_is_the_one_in_memory(kind: str, tmp_path: Path) -> None:
    for name, table in learned(kind).items():
        write_table(Project(tmp_path), name, table)
    read = read_last(Project(tmp_path), list(learned(kind)))
    found = passages(
        [[["free", "trade", "area"], ["nan"]], [["River League", "summit", "war"]], [["road"]]]
    )
    pd.testing.assert_frame_equal(run(found, read), run(found, learned(kind)), check_exact=True)
    assert len(run(found, read)) == 9


def test_it_is_told_how_many_terms_the_model_knows() -> None:
    found = passages([[["trade", "war"]], [["trade", "zinc", "tin"]], [["zinc"]]])
    weights = np.array([[1.0, 0.0], [0.0, 1.0]])
    vocabulary = tables.make("topic_vocabulary", [(it, "", "", 1, 1, 1.0) for it in ("trade", "war")])
    cells = [
        ("nmf", topic, term, weights[topic, at])
        for topic in (0, 1)
        for at, term in enumerate(("trade", "war"))
    ]
    model = {"topic_vocabulary": vocabulary, "topic_model": tables.make("topic_model", cells)}
    told = mixtures.run(PARAMS, **texts(found), **model).topic_weights
    known = told.drop_duplicates(["doc_id", "passage"])["known"]
    np.testing.assert_allclose(known, [1, 1 / 3])  # nothing is told of a passage without a known term
