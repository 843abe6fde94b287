"""stats: numbers agree with independent implementations, and intervals hold what they promise."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.metrics import precision_recall_fscore_support

from nlp.stats import adjust, clustered, corrected_shares, keyness, npmi, resampled, score, wilson

LEVEL = 0.95
CATEGORIES = 2  # of the hypothesis cases below; code 2 stands for none
codes = st.integers(0, CATEGORIES)
units = st.tuples(codes, codes, st.integers(0, 3))  # true code, predicted code, block
confidences = st.sampled_from([0.8, 0.9, 0.95, 0.99])
shares_of_ten = st.tuples(st.integers(0, 10), st.just(10))

Codes = Sequence[int] | np.ndarray


def indicators(found: Codes, categories: int = CATEGORIES) -> np.ndarray:
    return np.eye(categories + 1)[np.array(found, dtype=int)][:, :categories]


class Sample(NamedTuple):
    """Arguments of corrected_shares."""

    truth: np.ndarray
    predicted: np.ndarray
    cluster: np.ndarray
    population: np.ndarray

    def shares(self) -> np.ndarray:
        """Rows of value, low and high: one for each category and one for their union."""
        return np.array(corrected_shares(*self, confidence=LEVEL))[:, :3]


def sample(truth: Codes, predicted: Codes, block: Codes, rest: Codes) -> Sample:
    """Coded units with their blocks, and the predictions for the rest of the population."""
    known = indicators(predicted)
    return Sample(indicators(truth), known, np.array(block), np.vstack([known, indicators(rest)]))


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    coded = [(0, 1, 0), (2, 0, 1), *draw(st.lists(units, min_size=2, max_size=20))]
    truth, predicted, block = zip(*coded, strict=True)
    return sample(truth, predicted, block, draw(st.lists(codes, min_size=1, max_size=20)))


TOO_LOW = sample([2, 0], [1, 0], [0, 1], rest=[0])  # before limits 0.58 and -0.08
TOO_HIGH = sample([1, 0], [2, 0], [0, 1], rest=[1, 1, 1])  # before limits 0.2 and 1.1


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


# -- corrected shares ------------------------------------------------------------------------------


@given(samples(), codes)
def test_constant_predictions_give_the_shares_of_the_sample(drawn: Sample, code: int) -> None:
    predicted, population = (indicators([code] * len(it)) for it in (drawn.truth, drawn.population))
    shares = drawn._replace(predicted=predicted, population=population).shares()
    assert np.allclose(shares[:, 0], [*drawn.truth.mean(axis=0), drawn.truth.sum(axis=1).mean()])


@given(samples())
def test_perfect_predictions_give_the_shares_of_the_population(drawn: Sample) -> None:
    shares = drawn._replace(truth=drawn.predicted).shares()
    assert np.allclose(shares[:, 0], [*drawn.population.mean(axis=0), drawn.population.sum(axis=1).mean()])


@given(samples())
@example(TOO_LOW)
@example(TOO_HIGH)
def test_the_union_is_the_sum_of_the_categories(drawn: Sample) -> None:
    *categories, union = drawn.shares()[:, 0]
    assert union == pytest.approx(sum(categories))
    assert union <= 1 + 1e-12


@given(samples())
@example(TOO_LOW)
@example(TOO_HIGH)
def test_shares_lie_in_their_intervals_and_these_between_0_and_1(drawn: Sample) -> None:
    value, low, high = drawn.shares().T
    steps = np.array([np.zeros(CATEGORIES + 1), low, value, high, np.ones(CATEGORIES + 1)])
    assert (np.diff(steps, axis=0) > -1e-12).all()


@given(samples())
def test_a_category_and_its_absence_mirror_each_other(drawn: Sample) -> None:
    truth, predicted, population = (it[:, :1] for it in (drawn.truth, drawn.predicted, drawn.population))
    value, low, high = Sample(truth, predicted, drawn.cluster, population).shares()[0]
    absent = Sample(1 - truth, 1 - predicted, drawn.cluster, 1 - population).shares()[0]
    assert np.allclose(absent, [1 - value, 1 - high, 1 - low])


@given(samples(), st.randoms())
def test_order_of_units_and_names_of_blocks_do_not_matter(drawn: Sample, random: Random) -> None:
    order = list(range(len(drawn.truth)))
    random.shuffle(order)
    names = np.array(["d", "a", "c", "b"])[drawn.cluster]
    mixed = Sample(drawn.truth[order], drawn.predicted[order], names[order], drawn.population[::-1])
    assert np.allclose(mixed.shares(), drawn.shares())


@given(samples())
def test_a_category_that_is_never_there_changes_nothing(drawn: Sample) -> None:
    truth, predicted, population = (
        np.insert(it, 1, 0, axis=1) for it in (drawn.truth, drawn.predicted, drawn.population)
    )
    wider = Sample(truth, predicted, drawn.cluster, population).shares()
    assert np.allclose(np.delete(wider, 1, axis=0), drawn.shares())
    assert wider[1, 0] == 0


def test_a_sample_without_an_error_leaves_less_doubt_but_some() -> None:
    found = [0, 1, 2, 0, 2, 2] * 10
    perfect = sample(found, found, np.arange(60) // 6, rest=found)
    alone = perfect._replace(predicted=0 * perfect.predicted, population=0 * perfect.population)
    width, width_alone = (np.diff(it.shares()[:, 1:]) for it in (perfect, alone))
    assert ((width > 0) & (width < width_alone)).all()


def test_the_same_units_in_fewer_blocks_leave_more_doubt() -> None:
    found = [0, 1, 2, 0, 2, 2] * 10
    widths = [
        np.diff(sample(found, found, np.arange(60) // size, rest=found).shares()[:, 1:])
        for size in (6, 12, 30)
    ]
    assert (np.diff(widths, axis=0) > 0).all()


def test_intervals_follow_their_shares_without_a_jump() -> None:
    truth = [0] * 20 + [1] * 2 + [2] * 38
    predicted = [0] * 18 + [2] * 2 + [1] * 12 + [2] * 28
    rests = [[0] * 40 + [1] * ones + [2] * (100 - ones) for ones in range(40)]
    intervals = [sample(truth, predicted, np.arange(60) % 10, rest).shares()[1, 1:] for rest in rests]
    assert np.abs(np.diff(intervals, axis=0)).max() < 0.02


@pytest.mark.parametrize("blocks", [[], [7], [7, 7, 7]], ids=["no unit", "one unit", "one block"])
def test_nothing_is_known_from_fewer_than_two_blocks(blocks: list[int]) -> None:
    truth = indicators([0] * len(blocks))
    found = corrected_shares(truth, truth, np.array(blocks), indicators([0, 1, 2]), confidence=LEVEL)
    assert len(found) == CATEGORIES + 1
    assert np.isnan(found).all()


@pytest.mark.parametrize("uncoded", [1000, 10, 1, 0])
def test_doubt_shrinks_with_the_units_left_uncoded(uncoded: int) -> None:
    coded = [0, 1, 2, 0, 2, 2] * 10

    def width(uncoded: int) -> np.ndarray:
        return np.diff(sample(coded, [2] * 60, np.arange(60) // 6, [2] * uncoded).shares()[:, 1:])

    assert (width(uncoded) < width(uncoded + 100)).all()


class Simulated(NamedTuple):
    """Shares of three categories and their union in a population, and three ways to get at them."""

    true: np.ndarray
    predicted: np.ndarray
    coded: np.ndarray
    corrected: np.ndarray


def simulate(random: np.random.Generator, mix: list[float], favourite: int) -> Simulated:
    """25 blocks of 12 units, three of five coded; predictions that find too much of the favourite."""
    block = np.repeat(np.arange(25), 12)
    there = random.random(300) < random.beta(1, 4, 25)[block]
    code = np.where(there, random.choice(3, 300, p=mix), 3)
    luck = random.random(300)
    guess = np.where(luck < 0.75, code, np.where(luck < 0.95, favourite, 3))
    truth, predicted = indicators(code, 3), indicators(guess, 3)
    drawn = np.isin(block, [five + random.choice(5, 3, replace=False) for five in range(0, 25, 5)])
    coded = Sample(truth[drawn], 0 * truth[drawn], block[drawn], 0 * predicted)
    corrected = coded._replace(predicted=predicted[drawn], population=predicted)
    true, plain = (np.append(it.mean(axis=0), it.sum() / 300) for it in (truth, predicted))
    return Simulated(true, plain, coded.shares(), corrected.shares())


@pytest.mark.parametrize(
    ("mix", "favourite"),
    [([0.6, 0.3, 0.1], 0), ([0.94, 0.04, 0.02], 1)],
    ids=["too much of a common category", "too much of a rare category"],
)
def test_corrected_shares_are_unbiased_cover_the_truth_and_gain_on_the_sample_alone(
    mix: list[float], favourite: int
) -> None:
    random = np.random.default_rng(13)
    simulated = zip(*(simulate(random, mix, favourite) for _ in range(300)), strict=True)
    true, predicted, coded, corrected = (np.array(it) for it in simulated)
    value, low, high = np.moveaxis(corrected, -1, 0)
    bias, bias_of_predictions = np.abs((value - true).mean(axis=0)), (predicted - true).mean(axis=0)
    assert bias.max() < 0.01 < 0.1 < bias_of_predictions[favourite]
    assert ((low <= true) & (true <= high)).mean(axis=0).min() >= 0.9
    assert (high - low).mean() < (coded[..., 2] - coded[..., 1]).mean()


# -- score -----------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_score_agrees_with_sklearn(judgements: list[tuple[bool, bool]]) -> None:
    truth, predicted = np.array(judgements).T
    expected = precision_recall_fscore_support(truth, predicted, average="binary", zero_division=np.nan)
    assert np.allclose(score(truth, predicted)[:3], expected[:3], equal_nan=True)
    assert score(truth, predicted).positives == truth.sum()


def test_no_judgements_give_no_score() -> None:
    found = score(np.array([], dtype=bool), np.array([], dtype=bool))
    assert np.isnan(found[:3]).all()
    assert found.positives == 0


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
