"""stats: numbers agree with independent implementations, and intervals hold what they promise."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score

from nlp.stats import (
    adjust,
    average_precision,
    calibration_error,
    clustered,
    draws,
    keyness,
    mean_of_known,
    npmi,
    percentiles,
    ratios,
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


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_npmi_is_bounded_and_symmetric(units: list[tuple[bool, bool]]) -> None:
    one, other = np.array(units).T
    both, first, second = (np.array([it.sum()]) for it in (one & other, one, other))
    if both[0]:
        found = npmi(both, first, second, len(units))
        assert np.isnan(found[0]) == (both[0] == len(units))
        assert np.isnan(found[0]) or -1 <= found[0] <= 1
        np.testing.assert_array_equal(npmi(both, second, first, len(units)), found)


# -- keyness ---------------------------------------------------------------------------------------


@given(st.integers(0, 40), st.integers(1, 400), st.integers(1, 40), st.integers(1, 400))
def test_keyness_agrees_with_scipy(count: int, rest: int, other_count: int, other_rest: int) -> None:
    cells = [[count, rest], [other_count, other_rest]]
    expected = scipy.stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood")
    found = keyness(
        *(np.array([it]) for it in (count, count + rest, other_count, other_count + other_rest)),
        confidence=LEVEL,
    )
    assert np.allclose([found.statistic[0], found.p[0]], [expected.statistic, expected.pvalue], atol=1e-9)


@given(confidences)
def test_effect_of_large_counts_is_the_log_of_the_relative_risk(confidence: float) -> None:
    cells = 30_000_000, 900_000_000, 20_000_000, 800_000_000
    risk = scipy.stats.contingency.relative_risk(*cells)
    expected = [risk.relative_risk, *risk.confidence_interval(confidence)]
    found = keyness(*(np.array([float(it)]) for it in cells), confidence=confidence)
    assert np.allclose([found.effect[0], found.low[0], found.high[0]], np.log2(expected), atol=1e-6)


@given(shares_of_ten, shares_of_ten)
def test_keyness_turns_round_with_its_sides(ours: tuple[int, int], theirs: tuple[int, int]) -> None:
    left, right = (tuple(np.array([float(it)]) for it in side) for side in (ours, theirs))
    there, back = keyness(*left, *right, confidence=LEVEL), keyness(*right, *left, confidence=LEVEL)
    assert np.allclose([there.effect, there.low, there.high], [-back.effect, -back.high, -back.low])
    assert np.allclose([there.statistic, there.p], [back.statistic, back.p])
    assert there.low <= there.effect <= there.high


@pytest.mark.parametrize("times", [1, 3])
def test_equal_rates_are_no_evidence(times: int) -> None:
    count, total = np.arange(50.0), np.full(50, 50.0)
    found = keyness(count, total, times * count, times * total, confidence=LEVEL)
    assert np.allclose(found.statistic, 0)
    assert (found.statistic >= 0).all()
    assert np.allclose(found.p, 1, atol=1e-5)
    assert ((found.low < 0) & (found.high > 0)).all()


def test_counts_of_zero_stay_finite() -> None:
    found = keyness(np.array([0.0]), np.array([50.0]), np.array([9.0]), np.array([50.0]), confidence=LEVEL)
    assert np.isfinite(found).all()
    assert found.high < 0


# -- adjust ----------------------------------------------------------------------------------------


@given(st.lists(st.floats(0, 1), max_size=12))
def test_adjusted_p_values_follow_their_definition(p: list[float]) -> None:
    harmonic = sum(1 / k for k in range(1, len(p) + 1))
    ranks = {value: sum(other <= value for other in p) for value in p}
    expected = [
        min(1.0, *(len(p) * harmonic * other / ranks[other] for other in p if other >= value))
        for value in p
    ]
    assert np.allclose(adjust(np.array(p)), expected)


def test_adjust_agrees_with_scipy() -> None:
    p = np.array([0.001, 0.2, 0.03, 0.03, 0.9])
    assert np.array_equal(adjust(p), scipy.stats.false_discovery_control(p, method="by"))


# -- quality ---------------------------------------------------------------------------------------


judged = st.tuples(st.booleans(), st.integers(0, 20).map(lambda it: it / 20), st.integers(0, 3))


def columns(units: Sequence[tuple[bool, float, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Truth, score, and weights of the sample as it is and of a draw."""
    truth, score, weight = (np.array(it) for it in zip(*units, strict=True))
    return truth, score, np.vstack([np.ones(len(units)), weight])


@given(st.lists(judged, min_size=1, max_size=25))
def test_average_precision_agrees_with_sklearn(units: list[tuple[bool, float, int]]) -> None:
    truth, score, weights = columns(units)
    for found, weight in zip(average_precision(truth, score, weights), weights, strict=True):
        if (truth * weight).any():
            assert found == pytest.approx(average_precision_score(truth, score, sample_weight=weight))
        else:
            assert np.isnan(found)


def test_average_precision_by_hand() -> None:
    """Ranks 1 and 3 are true: (1/1 + 2/3) / 2; with equal scores there is a single threshold."""
    truth, score = np.array([True, False, True, False]), np.array([0.9, 0.8, 0.7, 0.1])
    assert average_precision(truth, score, np.ones((1, 4)))[0] == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(truth, np.full(4, 0.5), np.ones((1, 4)))[0] == pytest.approx(0.5)


def test_calibration_error_by_hand() -> None:
    """Bins of 0.1: two units of 0.25 with share 0.5, and one of 1.0 that is true."""
    truth, told = np.array([True, False, True]), np.array([0.25, 0.25, 1.0])
    weights = np.array([[1.0, 1.0, 1.0], [0.0, 2.0, 2.0], [0.0, 0.0, 0.0]])
    found = calibration_error(truth, told, weights)
    assert found[:2] == pytest.approx([2 / 3 * 0.25, 0.5 * 0.25])
    assert np.isnan(found[2])


@given(st.lists(judged, min_size=1, max_size=25))
def test_calibration_error_agrees_with_sklearn_bin_by_bin(units: list[tuple[bool, float, int]]) -> None:
    truth, told, _ = columns(units)
    told = np.where(told == 0, 0.01, told - 0.005)  # scikit-learn puts what lies on an edge elsewhere
    share, mean = calibration_curve(truth, told, n_bins=10)
    sizes = np.unique((told * 10).astype(int), return_counts=True)[1]
    expected = np.abs(share - mean) @ sizes / len(truth)
    assert calibration_error(truth, told, np.ones((1, len(truth))))[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(1, 2, 0.5), (0, 2, 0), (0, 0, np.nan), (2, 0, np.nan), (-1, 2, -0.5)]
)
def test_ratios_of_nothing_are_unknown(part: float, whole: float, share: float) -> None:
    np.testing.assert_equal(ratios(np.array([part]), np.array([whole])), [share])


def test_means_are_of_what_is_known() -> None:
    values = np.array([[1.0, np.nan, np.nan], [3.0, 4.0, np.nan]])
    np.testing.assert_equal(mean_of_known(values), [2.0, 4.0, np.nan])


# -- bootstrap of clusters -------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=1, max_size=20))
def test_every_sample_has_as_many_clusters_of_each_stratum(units: list[tuple[str, str]]) -> None:
    strata, clusters = (pd.Series(column) for column in zip(*units, strict=True))
    weights = draws(strata, clusters, replicates=5, seed=1)
    assert weights.shape == (6, len(units))
    assert (weights[0] == 1).all()
    first = ~pd.DataFrame({"stratum": strata, "cluster": clusters}).duplicated()
    for stratum in set(strata):
        own = (strata == stratum) & first
        assert (weights[:, own].sum(axis=1) == own.sum()).all()


def test_units_of_a_cluster_are_drawn_together_and_as_often_as_expected() -> None:
    strata, clusters = pd.Series(["s"] * 6), pd.Series(list("aabbcc"))
    weights = draws(strata, clusters, replicates=20_000, seed=1)[1:]
    assert (weights[:, ::2] == weights[:, 1::2]).all()
    assert np.allclose(weights.mean(axis=0), 1, atol=0.02)
    assert np.allclose(weights.var(axis=0), 2 / 3, atol=0.02)  # multinomial: n p (1 - p)


def test_percentiles_are_those_of_what_is_known() -> None:
    replicates = np.append(np.arange(101.0), [np.nan] * 50)
    assert percentiles(replicates, confidence=0.9) == pytest.approx((5, 95))
    assert np.isnan(percentiles(np.array([np.nan]), confidence=0.9)).all()
    assert np.isnan(percentiles(np.array([]), confidence=0.9)).all()
