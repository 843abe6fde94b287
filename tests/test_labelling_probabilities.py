"""Draws: sizes, probabilities, and that what is drawn keeps to them."""

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.labelling.probabilities import allocate, inclusion, mixture, pivotal
from nlp.labelling.uncertainty import uncertainty

WEIGHTS = st.lists(st.floats(0.01, 100), min_size=1, max_size=40)


@st.composite
def strata(draw: st.DrawFn) -> tuple[dict[str, int], int, int]:
    sizes = draw(st.lists(st.integers(1, 500), min_size=1, max_size=8))
    count = draw(st.integers(len(sizes), sum(sizes)))
    return {f"s{number}": size for number, size in enumerate(sizes)}, count, draw(st.integers(1, 30))


@given(strata())
def test_an_allocation_adds_up_and_nobody_is_left_without_a_chance(
    case: tuple[dict[str, int], int, int],
) -> None:
    sizes, count, least = case
    found = allocate(sizes, count, least=least)
    assert list(found) == list(sizes)
    assert sum(found.values()) == count
    assert all(1 <= found[name] <= size for name, size in sizes.items())
    if sum(min(least, size) for size in sizes.values()) <= count:
        assert all(found[name] >= min(least, size) for name, size in sizes.items())


def test_an_allocation_is_proportional_where_nobody_is_below_the_least() -> None:
    assert allocate({"a": 100, "b": 300, "c": 600}, 50, least=5) == {"a": 5, "b": 15, "c": 30}
    assert allocate({"a": 10, "b": 300, "c": 600}, 50, least=5) == {"a": 5, "b": 15, "c": 30}
    assert allocate({"a": 1, "b": 1, "c": 1}, 2, least=0) == {"a": 1, "b": 1, "c": 0}
    with pytest.raises(ValueError, match="cannot draw 4 of 3"):
        allocate({"a": 1, "b": 2}, 4, least=1)


@given(WEIGHTS, st.data())
def test_probabilities_add_up_and_follow_the_weights(weights: list[float], data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(weights)))
    found = inclusion(np.array(weights), count)
    assert math.isclose(found.sum(), count, rel_tol=1e-9)
    assert ((found > 0) & (found <= 1)).all()
    free = found < 1
    assert np.ptp(found[free] / np.array(weights)[free]) < 1e-9 if free.any() else count == len(weights)
    if free.any() and not free.all():  # who is certain weighs more than who is not
        assert np.array(weights)[~free].min() >= np.array(weights)[free].max() * (1 - 1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.floats(0.05, 1), st.data())
def test_every_sentence_keeps_the_share_of_the_floor(
    unsure: list[float], floor: float, data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, len(unsure)))
    weights = mixture(np.array(unsure), floor=floor)
    assert math.isclose(weights.mean(), 1, rel_tol=1e-9)
    assert (inclusion(weights, count) >= floor * count / len(unsure) * (1 - 1e-9)).all()


def test_nothing_uncertain_means_all_alike() -> None:
    assert mixture(np.zeros(3), floor=0.2).tolist() == [1, 1, 1]
    assert mixture(np.array([0.0, 1.0]), floor=0.5).tolist() == [0.5, 1.5]


@given(WEIGHTS, st.data(), st.integers(0, 2**32 - 1))
def test_a_draw_has_its_size_whatever_the_probabilities(
    weights: list[float], data: st.DataObject, seed: int
) -> None:
    count = data.draw(st.integers(1, len(weights)))
    drawn = pivotal(inclusion(np.array(weights), count), np.random.default_rng(seed))
    assert drawn.sum() == count


def test_sentences_are_drawn_as_often_as_their_probabilities_say() -> None:
    probabilities = inclusion(np.array([0.2, 0.5, 1, 1, 1.5, 2, 3, 9]), 4)
    assert probabilities.max() == 1
    random, runs = np.random.default_rng(7), 20_000
    often = sum(pivotal(probabilities, random).astype(int) for _ in range(runs)) / runs
    error = np.sqrt(probabilities * (1 - probabilities) / runs)
    assert (np.abs(often - probabilities) <= 4 * error + 1e-12).all()


def test_equal_probabilities_give_every_set_the_same_chance() -> None:
    """Simple random sampling: Pearson's statistic against the quantile 0.999 of chi-square, 9 degrees."""
    random, runs = np.random.default_rng(11), 20_000
    sets: dict[tuple[int, ...], int] = {pair: 0 for pair in combinations(range(5), 2)}
    for _ in range(runs):
        sets[tuple(np.flatnonzero(pivotal(np.full(5, 0.4), random)).tolist())] += 1
    expected = runs / len(sets)
    assert sum((count - expected) ** 2 / expected for count in sets.values()) < 27.88


def test_the_weighted_total_is_unbiased() -> None:
    """Horvitz & Thompson: what is drawn, over its probability, estimates the total."""
    values = np.arange(10.0) ** 2
    probabilities = inclusion(mixture(np.linspace(0, 1, 10) ** 3, floor=0.2), 3)
    random, runs = np.random.default_rng(3), 20_000
    totals = np.array([(values / probabilities)[pivotal(probabilities, random)].sum() for _ in range(runs)])
    assert abs(totals.mean() - values.sum()) < 4 * totals.std() / math.sqrt(runs)


def _codes(coder: str, *scores: tuple[float, float]) -> pd.DataFrame:
    rows = [
        ("a", sent_id, frame, coder, score, False, "", 0.0)
        for sent_id, both in enumerate(scores)
        for frame, score in zip("fg", both, strict=True)
    ]
    return tables.make("frame_codes", rows)


def test_uncertainty_is_the_deviation_of_an_error_of_the_machine() -> None:
    found = uncertainty(_codes("machine", (0.5, 0.5), (0, 1), (0.1, 0.1), (0.5, 0)))
    assert found.to_dict() == pytest.approx(
        {("a", 0): 1, ("a", 1): 0, ("a", 2): 0.6, ("a", 3): math.sqrt(0.5)}
    )


def test_cue_words_are_uncertain_where_they_are() -> None:
    found = uncertainty(_codes("cues", (1, 1), (0, 0), (1, 0)))
    assert found.to_dict() == pytest.approx({("a", 0): 1, ("a", 1): 0, ("a", 2): math.sqrt(0.5)})
