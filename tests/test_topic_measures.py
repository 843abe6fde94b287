"""What topics are measured, matched, chosen and called by: against definitions and general optimisers."""

import math
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, sparse
from subjects import PARAMS

from nlp.topic_models import Array
from nlp.topics import choice, criteria
from nlp.topics.matching import match, rank_biased_overlap
from nlp.topics.naming import Topic, fingerprint, name
from nlp.topics.rankings import frex, relevance, strongest
from nlp.topics.runs import Kind, Run, prototype, split, stability, stability_of

PERSISTENCE = 0.9

rankings = st.integers(2, 8).flatmap(
    lambda depth: st.lists(st.permutations(range(10)).map(lambda it: it[:depth]), min_size=1, max_size=4)
)


@st.composite
def topics(draw: st.DrawFn, most: int = 5) -> Array:
    """Probabilities of terms in topics."""
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    return random.dirichlet(np.full(draw(st.integers(5, 12)), 0.5), draw(st.integers(2, most))) + 1e-9


# ---- overlap and matching ---------------------------------------------------------------------------


def overlap(one: list[int], other: list[int]) -> float:
    """The infinite sum of Webber, Moffat & Zobel (2010, eq. 4), as if the rest agreed as what is seen."""
    depth = min(len(one), len(other))
    agreement = [len(set(one[:at]) & set(other[:at])) / at for at in range(1, depth + 1)]
    agreement += [agreement[-1]] * 500
    return (1 - PERSISTENCE) * sum(PERSISTENCE**at * it for at, it in enumerate(agreement))


@given(rankings, rankings)
def test_overlap_is_the_sum_over_all_depths(one: list[list[int]], other: list[list[int]]) -> None:
    found = rank_biased_overlap(np.array(one), np.array(other))
    expected = [[overlap(a, b) for b in other] for a in one]
    np.testing.assert_allclose(found, expected, atol=1e-9)
    np.testing.assert_allclose(found, rank_biased_overlap(np.array(other), np.array(one)).T, atol=1e-12)


def test_the_same_ranking_overlaps_wholly_and_another_not_at_all() -> None:
    lists = np.array([["war", "army", "border"], ["trade", "market", "export"]], dtype=object)
    np.testing.assert_allclose(rank_biased_overlap(lists, lists), np.eye(2), atol=1e-12)


@given(rankings, rankings)
def test_the_match_has_the_greatest_overlap_of_all(one: list[list[int]], other: list[list[int]]) -> None:
    alike = rank_biased_overlap(np.array(one), np.array(other))
    found = match(np.array(one), np.array(other))
    few, many = sorted(alike.shape)
    wide = alike if alike.shape == (few, many) else alike.T
    best = max(wide[range(few), list(order)].sum() for order in permutations(range(many), few))
    assert found.similarity.sum() == pytest.approx(best, abs=1e-6)
    matched = found.place[found.place >= 0]
    assert len(set(matched)) == len(matched) == few
    assert (found.similarity[found.place < 0] == 0).all()


# ---- rankings ---------------------------------------------------------------------------------------


@given(topics(), st.floats(0, 1))
def test_relevance_is_that_of_its_paper(probabilities: Array, weight: float) -> None:
    share = probabilities.mean(axis=0)
    found = relevance(probabilities, share, PARAMS.model_copy(update={"relevance": weight}))
    for (topic, term), value in np.ndenumerate(found):
        own = probabilities[topic, term]
        expected = weight * math.log(own) + (1 - weight) * math.log(own / share[term])
        assert value == pytest.approx(expected, abs=1e-9)


@given(topics())
def test_frex_is_the_harmonic_mean_of_two_distribution_functions(probabilities: Array) -> None:
    found = frex(probabilities, probabilities.mean(axis=0), PARAMS)
    exclusive = probabilities / probabilities.sum(axis=0)
    for (topic, term), value in np.ndenumerate(found):
        often, own = (
            np.mean(values[topic] <= values[topic, term]) for values in (probabilities, exclusive)
        )
        assert value == pytest.approx(2 / (1 / often + 1 / own))


def test_frex_knows_no_last_digits() -> None:
    """Three terms of the first topic alone; a processor's last digits make no ranks among them."""
    probabilities = np.array([[0.2, 0.2, 0.2, 0.4], [1e-16, 2e-16, 0.0, 1.0]])
    found = frex(probabilities, probabilities.mean(axis=0), PARAMS)
    assert len(set(found[0, :3])) == 1


def test_of_terms_with_equal_scores_the_first_is_stronger() -> None:
    assert strongest(np.array([[1.0, 3.0, 1.0 + 1e-12, 2.0]]), 4).tolist() == [[1, 3, 0, 2]]


# ---- criteria ---------------------------------------------------------------------------------------


def test_diversity_is_the_share_of_different_terms() -> None:
    assert criteria.diversity(np.array([[0, 1, 2], [2, 3, 4]])) == pytest.approx(5 / 6)


@pytest.mark.parametrize("seed", range(3))
def test_words_that_are_all_alike_are_foretold_by_chance(seed: int) -> None:
    counts = sparse.csr_array(np.random.default_rng(seed).poisson(2, (6, 8)))
    found = criteria.held_out(np.full((3, 8), 1 / 8), counts, seed=seed)
    assert found == pytest.approx(-math.log(8))


def test_topics_that_passages_have_foretell_their_words_better() -> None:
    counts = sparse.csr_array(np.kron(np.eye(2), np.full((5, 4), 6)).astype(int))
    right = np.kron(np.eye(2), np.full((1, 4), 0.25)) * 0.999 + 0.001 / 8
    wrong = right[:, [0, 4, 1, 5, 2, 6, 3, 7]]
    found, worse = (criteria.held_out(it, counts, seed=1) for it in (right, wrong))
    assert found == pytest.approx(-math.log(4), abs=0.02)
    assert worse < found - 0.5


def test_without_words_nothing_is_foretold() -> None:
    none = sparse.csr_array((0, 4), dtype=int)
    assert math.isnan(criteria.held_out(np.full((2, 4), 0.25), none, seed=1))


@given(topics(3), st.integers(0, 10**6))
def test_mixtures_of_new_passages_are_the_most_likely(probabilities: Array, seed: int) -> None:
    """Against a general optimiser, with a tenth of a word of each topic as prior knowledge."""
    counts = np.random.default_rng(seed).poisson(3, (1, probabilities.shape[1]))
    found = criteria._fold_in(probabilities, sparse.csr_array(counts))[0]

    def unlikely(free: Array) -> float:
        mixture = np.exp(free) / np.exp(free).sum()
        return -float(counts[0] @ np.log(mixture @ probabilities) + 0.1 * np.log(mixture).sum())

    best = optimize.minimize(unlikely, np.zeros(len(probabilities))).fun
    assert found.sum() == pytest.approx(1)
    assert unlikely(np.log(found)) == pytest.approx(best, abs=0.05)


# ---- runs -------------------------------------------------------------------------------------------


@given(st.integers(0, 400), st.floats(0.01, 0.5), st.integers(1, 200), st.integers(0, 10**6))
def test_a_run_leaves_out_what_it_does_not_see(passages: int, left: float, most: int, seed: int) -> None:
    seen, unseen = split(passages, left, most, seed)
    assert not set(seen) & set(unseen)
    assert len(unseen) == min(round(left * passages), most)
    assert len(seen) == min(passages - round(left * passages), most)
    for part in (seen, unseen):
        assert list(part) == sorted(set(part))
        assert set(part) <= set(range(passages))


def fitted(number: int, *terms: list[int]) -> Run:
    """A run, of which only the terms of its topics matter."""
    return Run("nmf", number, np.eye(len(terms)), np.eye(len(terms)), np.array(terms), 0.0)


def test_the_run_shown_is_the_one_most_like_all_others() -> None:
    odd = fitted(0, [8, 9, 7], [5, 6, 4])
    plain, same = (fitted(number, [0, 1, 2], [3, 4, 5]) for number in (1, 2))
    near = fitted(3, [0, 2, 1], [3, 4, 5])
    assert prototype([odd, plain, same], [near]) is plain
    assert prototype([odd, near], [odd, odd]) is odd


def test_stability_is_the_mean_likeness_of_all_pairs() -> None:
    runs = [
        fitted(0, [0, 1, 2], [3, 4, 5]),
        fitted(1, [3, 4, 5], [0, 2, 1]),
        fitted(2, [6, 7, 8], [3, 4, 5]),
    ]
    near = overlap([0, 1, 2], [0, 2, 1])
    assert stability(runs) == pytest.approx(np.mean([(1 + near) / 2, 1 / 2, 1 / 2]), abs=1e-6)
    np.testing.assert_allclose(stability_of(runs[0], runs[1:]), [near / 2, 1], atol=1e-6)
    assert math.isnan(stability(runs[:1]))


# ---- the choice -------------------------------------------------------------------------------------


def chosen(*rows: tuple[str, int, float, float, float]) -> tuple[list[bool], list[bool]]:
    """What the rule makes of models, numbers of topics, coherences with errors and stabilities."""
    columns = ["model", "n_topics", "c_v", "c_v_error", "stability"]
    found = choice._decided(pd.DataFrame(list(rows), columns=columns))
    return list(found["eligible"]), list(found["chosen"])


UNKNOWN = float("nan")


@pytest.mark.parametrize(
    ("rows", "eligible", "best"),
    [
        ([("nmf", 4, 0.6, 0.03, 0.7)], [True], 0),
        # 0.6 is within the error of the difference of 0.64, which is 0.05, and 0.58 is not
        ([("nmf", 4, 0.64, 0.04, 0.5), ("nmf", 3, 0.6, 0.03, 0.7)], [True, True], 1),
        ([("nmf", 4, 0.64, 0.04, 0.5), ("nmf", 3, 0.58, 0.03, 0.7)], [True, False], 0),
        # equally stable: fewer topics
        ([("nmf", 5, 0.6, 0.03, 0.7), ("nmf", 3, 0.6, 0.03, 0.7)], [True, True], 1),
        ([("lda", 3, 0.3, 0.03, 0.9), ("nmf", 3, 0.6, 0.03, 0.7)], [False, True], 1),
        # what was not tried
        ([("nmf", 9, UNKNOWN, UNKNOWN, UNKNOWN), ("nmf", 3, 0.6, 0.03, 0.7)], [False, True], 1),
        ([("nmf", 9, UNKNOWN, UNKNOWN, UNKNOWN)], [False], None),
    ],
)
def test_chosen_is_the_most_stable_of_those_about_as_coherent_as_the_best(
    rows: list[Any], eligible: list[bool], best: int | None
) -> None:
    assert chosen(*rows) == (eligible, [at == best for at in range(len(rows))])


def test_the_kind_chosen_is_read_from_the_table() -> None:
    table = pd.DataFrame({"model": ["lda", "nmf"], "n_topics": [3, 4], "chosen": [False, True]})
    assert choice.chosen(table) == Kind("nmf", 4)


# ---- names ------------------------------------------------------------------------------------------

WAR = ["war", "army", "border", "troop", "weapon"]
TRADE = ["trade", "free trade", "market", "tariff", "export"]
SEA = ["ship", "harbour", "sailor", "anchor", "wave"]


def named(*lists: list[str], last: list[Topic] | None = None, own: Any = True) -> list[tuple[int, str]]:
    marks = np.broadcast_to(own, (len(lists), 5))
    found = name(np.array(lists, dtype=object), marks, last or [], [], 0.4)
    return list(zip(found.numbers, found.labels, strict=True))


def test_a_label_has_three_terms_of_which_none_is_part_of_another() -> None:
    assert named(TRADE, WAR) == [(0, "trade · market · tariff"), (1, "war · army · border")]


def test_terms_that_are_stronger_in_another_topic_come_last_in_a_label() -> None:
    own = [[False, False, True, True, False]]
    assert named(WAR, own=own) == [(0, "border · troop · war")]


def test_a_label_stays_while_its_terms_do() -> None:
    last = [Topic(7, "weapon · troop · war", WAR)]
    assert named(WAR, last=last) == [(7, "weapon · troop · war")]
    assert named([*WAR[:4], "front"], last=last) == [(7, "war · army · border")]


def test_a_new_topic_has_the_lowest_number_that_neither_run_has() -> None:
    last = [Topic(0, "ship · harbour · sailor", SEA), Topic(2, "war · army · border", WAR)]
    assert [number for number, _ in named(TRADE, WAR, last=last)] == [1, 2]
    assert [number for number, _ in named(TRADE, [*"abcde"], last=last)] == [1, 3]


def test_a_fingerprint_is_five_terms() -> None:
    assert fingerprint([*WAR, "sixth"]) == "war · army · border · troop · weapon"
