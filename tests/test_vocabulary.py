"""Vocabulary: phrases, the terms that a topic model knows, and how often passages have them."""

import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.topic_models.vocabulary import (
    Passages,
    count,
    inverse_frequency,
    join,
    joined,
    learn_phrases,
    passages_of,
    select,
)

some_terms = st.sampled_from(["free", "trade", "area", "River League", "League", "River", "road"])
some_stretches = st.lists(st.lists(some_terms, min_size=1, max_size=6), max_size=4)
some_passages = st.lists(some_stretches, max_size=8)
some_texts = st.lists(st.lists(some_terms, max_size=8), max_size=12)


def passages(stretches: list[list[list[str]]]) -> Passages:
    return Passages([("a", number) for number in range(len(stretches))], stretches)


def stored(found: Passages) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables `passages` and `passage_terms` that tell of these."""
    rows, terms, place = [], [], 0
    for (doc_id, number), stretches in zip(*found, strict=True):
        rows.append((doc_id, "", number, place, place + 1, 0, 0, ""))
        for stretch in stretches:
            for at, term in enumerate(stretch):
                place += 1
                terms.append((doc_id, number, place, place + 1, term, at > 0))
    return (
        tables.check("passages", tables.make("passages", rows)),
        tables.check("passage_terms", tables.make("passage_terms", terms)),
    )


# ---- stretches --------------------------------------------------------------------------------------


@given(some_passages)
def test_stretches_are_cut_where_terms_do_not_follow(stretches: list[list[list[str]]]) -> None:
    assert passages_of(*stored(passages(stretches))) == passages(stretches)


# ---- phrases ----------------------------------------------------------------------------------------


def test_words_that_keep_together_are_a_phrase() -> None:
    together = passages([[["free", "trade", "area"]], [["free", "trade"]], [["free", "trade"], ["area"]]])
    assert learn_phrases(together, least=3, npmi=0.5) == {("free", "trade"): "free trade"}


def test_words_that_something_stands_between_are_none() -> None:
    apart = passages([[["free"], ["trade"]]] * 5)
    assert learn_phrases(apart, least=1, npmi=-1) == {}


@given(some_passages, st.integers(1, 4), st.sampled_from([-0.51, 0.013, 0.307, 0.703]))
def test_phrases_are_frequent_and_no_chance(
    stretches: list[list[list[str]]], least: int, npmi: float
) -> None:
    every = [stretch for passage in stretches for stretch in passage]
    words = Counter(term for stretch in every for term in stretch)
    pairs = Counter(pair for stretch in every for pair in pairwise(stretch))
    scores = {pair: _npmi(*pair, words, pairs) for pair, times in pairs.items() if times >= least}
    expected = {pair for pair, score in scores.items() if score > npmi}
    found = learn_phrases(passages(stretches), least=least, npmi=npmi)
    assert found.keys() <= expected
    assert set(found.values()) == {" ".join(pair) for pair in expected}
    assert all(phrase == " ".join(pair) for pair, phrase in found.items())
    assert len(set(found.values())) == len(found)


def _npmi(one: str, other: str, words: Counter[str], pairs: Counter[tuple[str, str]]) -> float:
    """Normalised pointwise mutual information (Bouma 2009, equations 2 and 7), over occurrences."""
    total = words.total()
    both = pairs[one, other] / total
    return math.log(both * total * total / (words[one] * words[other])) / -math.log(both)


def test_two_pairs_that_read_alike_are_one_phrase() -> None:
    alike = passages([[["River League", "area"], ["River", "League area"]]] * 3)
    assert learn_phrases(alike, least=3, npmi=0.5) == {("River", "League area"): "River League area"}


@given(some_passages, some_stretches)
def test_phrases_are_joined_as_gensim_joins_them(
    stretches: list[list[list[str]]], others: list[list[str]]
) -> None:
    from gensim.models.phrases import Phrases

    every = [stretch for passage in stretches for stretch in passage]
    frozen = Phrases(every, min_count=1, threshold=0.1, scoring="npmi", delimiter="+").freeze()
    pairs = {tuple(it.split("+")): it for it in frozen.phrasegrams}
    for stretch in every + others:
        assert list(join(stretch, pairs)) == frozen[stretch]


@pytest.mark.parametrize(
    ("stretch", "terms"),
    [
        ([], []),
        (["free"], ["free"]),
        (["free", "trade"], ["free trade"]),
        (["free", "trade", "area"], ["free trade", "area"]),
        (["a", "trade", "area"], ["a", "trade area"]),
        (["trade", "free"], ["trade", "free"]),
        (["ha", "ha", "ha"], ["ha ha", "ha"]),
    ],
)
def test_pairs_are_joined_from_left_to_right(stretch: list[str], terms: list[str]) -> None:
    pairs = {(a, b): f"{a} {b}" for a, b in [("free", "trade"), ("trade", "area"), ("ha", "ha")]}
    assert list(join(stretch, pairs)) == terms
    assert joined(passages([[stretch], [stretch, ["area"]]]), pairs) == [terms, [*terms, "area"]]


# ---- terms ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("least", "most", "terms"),
    [
        (1, 1.0, ["memory", "power", "trade", "war"]),
        (2, 1.0, ["power", "trade"]),
        (1, 0.5, ["memory", "trade", "war"]),
        (2, 0.5, ["trade"]),
        (3, 0.5, []),
        (4, 1.0, []),
    ],
)
def test_terms_in_too_few_or_too_many_passages_are_left_out(
    least: int, most: float, terms: list[str]
) -> None:
    said = [["power", "trade"], ["power", "war"], ["power", "trade", "trade"], ["memory"]]
    assert select(said, least=least, most=most) == terms


@given(some_texts, st.integers(1, 5), st.floats(0, 1))
def test_terms_stay_within_both_limits(texts: list[list[str]], least: int, most: float) -> None:
    terms = select(texts, least=least, most=most)
    assert terms == sorted(set(terms))
    for term in {term for text in texts for term in text}:
        spread = sum(term in text for text in texts)
        assert (term in terms) == (spread >= least and spread <= most * len(texts))


@given(some_texts, st.sets(some_terms))
def test_counts_are_those_of_the_terms(texts: list[list[str]], known: set[str]) -> None:
    terms = sorted(known)
    found = count(texts, terms)
    naive = [[text.count(term) for term in terms] for text in texts]
    assert found.shape == (len(texts), len(terms))
    np.testing.assert_array_equal(found.toarray(), np.array(naive, dtype=int).reshape(found.shape))
    assert found.has_canonical_format
    assert (found.data > 0).all()


@given(some_texts.filter(len), st.sets(some_terms, min_size=1))
def test_inverse_frequency_is_that_of_scikit_learn(texts: list[list[str]], known: set[str]) -> None:
    from sklearn.feature_extraction.text import TfidfTransformer

    counts = count(texts, sorted(known))
    expected = TfidfTransformer(smooth_idf=True).fit(counts).idf_
    np.testing.assert_allclose(inverse_frequency(counts), expected, atol=5.1e-5)


# ---- all together -----------------------------------------------------------------------------------


@given(some_passages, st.permutations(range(8)))
def test_the_order_of_passages_changes_nothing(stretches: list[list[list[str]]], order: list[int]) -> None:
    turned = passages([stretches[it] for it in order if it < len(stretches)])
    given = passages(stretches)
    phrases = learn_phrases(given, least=2, npmi=0.2)
    assert learn_phrases(turned, least=2, npmi=0.2) == phrases
    assert list(learn_phrases(turned, least=2, npmi=0.2)) == list(phrases)
    terms = select(joined(given, phrases), least=1, most=1.0)
    assert select(joined(turned, phrases), least=1, most=1.0) == terms
    one, other = (inverse_frequency(count(joined(it, phrases), terms)) for it in (given, turned))
    np.testing.assert_array_equal(one, other)
