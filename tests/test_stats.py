"""stats: numbers agree with independent implementations, and intervals hold what they promise."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.metrics import average_precision_score

from nlp.stats import (
    adjust,
    average_precision,
    calibration_error,
    clustered,
    keyness,
    npmi,
    ratios,
    resampled,
    wilson,
)

LEVEL = 0.95
confidences = st.sampled_from([0.8, 0.9, 0.95, 0.99])
shares_of_ten = st.tuples(st.integers(0, 10), st.just(10))

Codes = Sequence[int] | np.ndarray


# -- wilson ----------------------------------------------------------------------------------------


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), confidences)
def test_wilson_agrees_with_scipy(observed: tuple[int, int], confidence: float) -> None:
    expected = scipy.stats.binomtest(*observed).proportion_ci(confidence, method="wilson")
    count, total = (np.array(float(it)) for it in observed)
    assert np.allclose(wilson(count, total, confidence=confidence), expected, rtol=0, atol=1e-12)


def test_wilson_works_on_whole_columns() -> None:
    low, high = wilson(np.array([0.0, 5.0, 10.0]), np.full(3, 10.0), confidence=LEVEL)
    assert np.allclose(low, 1 - high[::-1])
    assert (np.diff(low) > 0).all()


def test_wilson_narrows_with_the_sample() -> None:
    total = 10.0 ** np.arange(1, 6)
    low, high = wilson(0.3 * total, total, confidence=LEVEL)
    assert (np.diff(high - low) < 0).all()


# -- rates of events in clusters -------------------------------------------------------------------


def interval(counts: Codes, sizes: Codes) -> tuple[float, float]:
    """Of one feature."""
    found = clustered(
        sparse.csr_array(np.array(counts)[:, None]), np.array(sizes, dtype=float), confidence=LEVEL
    )
    return float(found.low[0]), float(found.high[0])


def by_hand(counts: Sequence[int], sizes: Sequence[int]) -> tuple[float, float]:
    """The same, cluster by cluster."""
    clusters, total = len(counts), sum(sizes)
    rate = sum(counts) / total
    squares = sum((count - rate * size) ** 2 for count, size in zip(counts, sizes, strict=True))
    effect = clusters / (clusters - 1) * squares / total**2 / (rate * (1 - rate) / total)
    quantiles = scipy.stats.t(clusters - 1).ppf(0.975), scipy.stats.norm.ppf(0.975)
    worth = total / max(effect, 1) * (quantiles[1] / quantiles[0]) ** 2
    z, centre = quantiles[1], rate + quantiles[1] ** 2 / (2 * worth)
    half = z * (rate * (1 - rate) / worth + z**2 / (4 * worth**2)) ** 0.5
    return (centre - half) / (1 + z**2 / worth), (centre + half) / (1 + z**2 / worth)


paragraphs = st.lists(st.tuples(st.integers(0, 5), st.integers(6, 90)), min_size=2, max_size=12)


@given(paragraphs.filter(lambda them: any(count for count, _ in them)))
@example([(6, 50), (0, 50), (0, 50), (0, 50)])
def test_clustered_agrees_with_the_formula_by_hand(found: list[tuple[int, int]]) -> None:
    counts, sizes = zip(*found, strict=True)
    assert interval(counts, sizes) == pytest.approx(by_hand(counts, sizes), abs=1e-9)


def test_events_in_bursts_say_less() -> None:
    sizes = [50] * 20
    spread, bursts = interval([1] * 20, sizes), interval([10, 10] + [0] * 18, sizes)
    naive = wilson(np.array(20.0), np.array(1000.0), confidence=LEVEL)
    assert spread == pytest.approx(naive, rel=0.08)  # but for the t quantile
    assert bursts[1] - bursts[0] > 2 * (spread[1] - spread[0])


def test_features_do_not_touch_each_other() -> None:
    counts, sizes = np.array([[1, 0], [0, 0], [7, 2]]), np.array([20.0, 30.0, 40.0])
    found = clustered(sparse.csr_array(counts), sizes, confidence=LEVEL)
    alone = [interval(list(column), [20, 30, 40]) for column in counts.T]
    assert np.allclose(np.transpose(found), alone)


@pytest.mark.parametrize("sizes", [[], [40], [40, 0], [0, 0]])
def test_fewer_than_two_clusters_tell_nothing(sizes: list[int]) -> None:
    found = clustered(sparse.csr_array((len(sizes), 3)), np.array(sizes, dtype=float), confidence=LEVEL)
    assert np.isnan(found).all()
    assert found.low.shape == (3,)


def test_clusters_without_units_do_not_count() -> None:
    assert interval([2, 0, 1, 0], [30, 40, 20, 0]) == pytest.approx(interval([2, 0, 1], [30, 40, 20]))


def test_what_is_never_found_may_be_there() -> None:
    low, high = interval([0] * 10, [50] * 10)
    assert low == 0
    assert 0 < high < 0.02


def test_clustered_intervals_hold_what_they_promise() -> None:
    """Paragraphs whose own rates vary (gamma), simulated: the naive interval covers far too seldom."""
    draw, rate, held, naive = np.random.default_rng(5), 0.02, 0, 0
    for _ in range(500):
        sizes = draw.integers(30, 200, size=60)
        counts = draw.poisson(sizes * draw.gamma(0.4, rate / 0.4, size=60))
        low, high = interval(counts, sizes)
        held += low <= rate <= high
        total = (np.array(float(it.sum())) for it in (counts, sizes))
        alone = wilson(*total, confidence=LEVEL)
        naive += bool(alone.low <= rate <= alone.high)
    assert 0.92 <= held / 500 <= 0.98
    assert naive / 500 < 0.75


# -- npmi ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "first", "second", "total", "expected"),
    [
        (2, 4, 4, 8, 0),  # as by chance: 4 * 4 / 8
        (4, 4, 4, 8, 1),  # never apart
        (4, 4, 8, 16, np.log(2) / np.log(4)),
        (1, 8, 8, 16, -0.5),  # log(1/4) / log(16)
        (8, 8, 8, 8, np.nan),  # everywhere
    ],
)
def test_npmi(count: int, first: int, second: int, total: int, expected: float) -> None:
    found = npmi(np.array([count]), np.array([first]), np.array([second]), total)
    assert found[0] == pytest.approx(expected, nan_ok=True)


judged = st.lists(
    st.tuples(
        st.booleans(), st.sampled_from([0.0, 0.05, 0.1, 0.25, 0.3, 0.55, 0.9, 1.0]), st.integers(0, 3)
    ),
    min_size=1,
    max_size=15,
)


@given(judged)
def test_average_precision_agrees_with_sklearn(units: list[tuple[bool, float, int]]) -> None:
    truth, score, drawn = (np.array(column) for column in zip(*units, strict=True))
    weights = np.stack([np.ones(len(units), dtype=int), drawn])
    for found, own in zip(average_precision(truth, score, weights), weights, strict=True):
        if own[truth].sum():
            expected = average_precision_score(truth, score, sample_weight=own)
            assert found == pytest.approx(expected, abs=1e-12)
        else:
            assert np.isnan(found)


@pytest.mark.parametrize(
    ("truth", "score", "expected"),
    [
        ([1, 1, 0], [0.9, 0.8, 0.7], 1),
        ([0, 0, 1], [0.9, 0.8, 0.7], 1 / 3),
        ([1, 0, 1], [0.9, 0.8, 0.7], (1 + 2 / 3) / 2),
        ([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5], 0.5),
    ],
)
def test_average_precision_by_hand(truth: list[int], score: list[float], expected: float) -> None:
    found = average_precision(np.array(truth, dtype=bool), np.array(score), np.ones((1, len(truth))))
    assert found.tolist() == pytest.approx([expected])


def calibration(units: list[tuple[bool, float, int]]) -> float:
    """Bin by bin, unit by unit."""
    drawn = [(truth, score) for truth, score, times in units for _ in range(times)]
    error = 0.0
    for bin_ in range(10):
        own = [it for it in drawn if min(int(it[1] * 10), 9) == bin_]
        if own:
            share, mean = np.mean(own, axis=0)
            error += len(own) / len(drawn) * abs(share - mean)
    return error


@given(judged)
def test_calibration_error_is_the_mean_distance_within_bins(units: list[tuple[bool, float, int]]) -> None:
    truth, score, drawn = (np.array(column) for column in zip(*units, strict=True))
    found = calibration_error(truth, score, drawn[None])
    assert found.tolist() == pytest.approx([calibration(units) if drawn.sum() else np.nan], nan_ok=True)


@pytest.mark.parametrize(
    ("truth", "score", "expected"),
    [
        ([1, 0], [1.0, 0.0], 0),
        ([1, 0], [0.0, 1.0], 1),
        ([1, 1, 0, 0], [0.5] * 4, 0),
        ([1, 0], [0.31, 0.39], 0.15),
    ],
)
def test_calibration_error_by_hand(truth: list[int], score: list[float], expected: float) -> None:
    found = calibration_error(np.array(truth), np.array(score), np.ones((1, len(truth))))
    assert found.tolist() == pytest.approx([expected])


def test_nothing_out_of_nothing_is_unknown() -> None:
    found = ratios(np.array([1, 0, 2]), np.array([2, 0, 0]))
    assert np.array_equal(found, [0.5, np.nan, np.nan], equal_nan=True)


# ---- bootstrap of clusters ------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=1, max_size=20))
def test_every_sample_has_as_many_clusters_of_each_stratum(units: list[tuple[str, str]]) -> None:
    strata, clusters = (pd.Series(column) for column in zip(*units, strict=True))
    weights = resampled(strata, clusters, replicates=5, seed=1)
    assert weights.shape == (5, len(units))
    first = ~pd.DataFrame({"stratum": strata, "cluster": clusters}).duplicated()
    for stratum in set(strata):
        own = (strata == stratum) & first
        assert (weights[:, own].sum(axis=1) == own.sum()).all()


def test_units_of_a_cluster_are_drawn_together_and_as_often_as_expected() -> None:
    strata, clusters = pd.Series(["s"] * 6), pd.Series(list("aabbcc"))
    weights = resampled(strata, clusters, replicates=20_000, seed=1)
    assert (weights[:, ::2] == weights[:, 1::2]).all()
    assert np.allclose(weights.mean(axis=0), 1, atol=0.02)
    assert np.allclose(weights.var(axis=0), 2 / 3, atol=0.02)  # multinomial: n p (1 - p)
