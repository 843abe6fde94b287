"""agreement: Krippendorff's alpha is that of his examples and of three other programs."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nlp.agreement import Agreement, agreement, coincidences

CATEGORIES = 4
tables = st.integers(1, 12).flatmap(
    lambda units: arrays(np.int64, (units, 3), elements=st.integers(-1, CATEGORIES - 1))
)


def agreed(codes: np.ndarray, weights: np.ndarray | None = None) -> Agreement:
    units = coincidences(codes, categories=max(int(codes.max()) + 1, 1))
    return agreement(units, np.ones((1, len(codes))) if weights is None else weights)


def alpha(codes: np.ndarray) -> float:
    return float(agreed(codes).alpha[0])


def by_coder(*rows: str) -> np.ndarray:
    """Units x coders from a row of marks for each coder; '.' for a unit not judged."""
    marks = sorted(set("".join(rows)) - {"."})
    return np.array([[-1 if it == "." else marks.index(it) for it in row] for row in rows]).T


@pytest.mark.parametrize(
    ("coders", "expected", "share"),
    [
        pytest.param(["0100000010", "1110010000"], 0.095, 0.6, id="binary data, two observers"),
        pytest.param(["aabbdcccedda", "babbbccceddd"], 0.692, 9 / 12, id="nominal, two observers"),
        pytest.param(
            ["123321412...", "1233224125.3", ".3332342251.", "12332441251."],
            0.743,
            None,
            id="nominal, four observers, missing data",
        ),
    ],
)
def test_worked_examples(coders: list[str], expected: float, share: float | None) -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A, B and C."""
    found = agreed(by_coder(*coders))
    assert found.alpha[0] == pytest.approx(expected, abs=0.0005)
    if share is not None:
        assert found.share[0] == pytest.approx(share)


@pytest.mark.parametrize(
    ("seed", "units", "coders", "categories", "expected"),
    [
        (0, 10, 2, 2, -0.222222222),
        (1, 30, 3, 3, 0.264367816),
        (2, 50, 4, 2, 0.50382384),
        (3, 25, 5, 4, 0.346617238),
        (4, 8, 3, 5, -0.085714286),
        (5, 200, 2, 3, 0.408794272),
    ],
)
def test_other_programs_say_the_same(
    seed: int, units: int, coders: int, categories: int, expected: float
) -> None:
    """As computed by krippendorff 0.9.0, simpledorff 0.0.2 and nltk 3.10.4, which agree."""
    draw = np.random.default_rng(seed)
    truth = draw.integers(categories, size=(units, 1))
    right = draw.random((units, coders)) < 0.6
    codes = np.where(right, truth, draw.integers(categories, size=(units, coders)))
    codes[draw.random((units, coders)) < 0.25] = -1
    assert alpha(codes) == pytest.approx(expected, abs=1e-9)


@given(tables, st.permutations(range(3)), st.permutations(range(CATEGORIES)))
def test_neither_the_order_of_coders_nor_the_names_of_categories_matter(
    codes: np.ndarray, coders: list[int], names: list[int]
) -> None:
    renamed = np.append(names, -1)[codes][:, coders]
    assert alpha(renamed) == pytest.approx(alpha(codes), nan_ok=True)


@given(tables)
def test_units_that_one_coder_judged_say_nothing(codes: np.ndarray) -> None:
    pairable = codes[(codes >= 0).sum(axis=1) > 1]
    assert alpha(np.vstack([codes, [[2, -1, -1]]])) == pytest.approx(
        alpha(np.vstack([pairable, [[-1, -1, -1]]])), nan_ok=True
    )


@given(tables, st.data())
def test_a_weight_counts_a_unit_so_many_times(codes: np.ndarray, data: st.DataObject) -> None:
    weights = data.draw(arrays(np.int64, (4, len(codes)), elements=st.integers(0, 3)))
    found = agreed(codes, weights)
    for row, times in enumerate(weights):
        again = agreed(np.repeat(codes, times, axis=0)) if times.any() else agreed(codes[:1] * 0 - 1)
        assert found.alpha[row] == pytest.approx(again.alpha[0], nan_ok=True)
        assert found.share[row] == pytest.approx(again.share[0], nan_ok=True)


@given(st.lists(st.integers(0, 3), min_size=2).filter(lambda it: len(set(it)) > 1))
def test_perfect_agreement_is_one(codes: list[int]) -> None:
    assert alpha(np.array([codes, codes]).T) == 1


@given(tables)
def test_alpha_is_at_most_one_and_the_share_between_nothing_and_all(codes: np.ndarray) -> None:
    found = agreed(codes)
    assert not found.alpha[0] > 1 + 1e-12
    assert math.isnan(found.share[0]) or -1e-12 <= found.share[0] <= 1 + 1e-12


@pytest.mark.parametrize("codes", [[[0, -1], [-1, 1]], [[1, 1], [1, 1]], [[-1, -1]]])
def test_nothing_to_compare_or_to_tell_apart_is_undefined(codes: list[list[int]]) -> None:
    assert math.isnan(alpha(np.array(codes)))


def test_all_of_one_category_agree_though_alpha_is_undefined() -> None:
    assert agreed(np.array([[1, 1], [1, 1]])).share[0] == 1


def test_chance_agreement_is_near_nothing() -> None:
    codes = np.random.default_rng(1).integers(3, size=(20_000, 2))
    assert alpha(codes) == pytest.approx(0, abs=0.02)
