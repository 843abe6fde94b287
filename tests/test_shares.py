"""shares: estimates agree with published and independent numbers, and intervals say what is known."""

from collections.abc import Sequence
from itertools import combinations, product
from random import Random

import numpy as np
import pytest
import scipy.stats
from hypothesis import example, given
from hypothesis import strategies as st

from nlp.shares import (
    Cells,
    Correlation,
    Sample,
    Shares,
    block_correlation,
    difference,
    enough,
    estimate,
    first_units,
    intervals,
    intervals_of_sources,
    more_units,
    text_correlation,
)
from nlp.stats import wilson

LEVEL = 0.95
ALONE = Correlation(0.0, 0)  # of texts, where each source has one
CATEGORIES = 2  # code 2 stands for none
codes = st.integers(0, CATEGORIES)
units = st.tuples(codes, codes, st.integers(0, 3))  # true code, predicted code, block

Codes = Sequence[int] | np.ndarray


def indicators(found: Codes, categories: int = CATEGORIES) -> np.ndarray:
    return np.eye(categories + 1)[np.array(found, dtype=int)][:, :categories]


def sample(truth: Codes, predicted: Codes, block: Codes, rest: Codes) -> Sample:
    """Coded units with their blocks, and the predictions for the rest of the population: one stratum."""
    known = indicators(predicted)
    population = np.vstack([known, indicators(rest)])
    n, total = len(known), len(population)
    nowhere = np.zeros(total)
    return Sample(indicators(truth), known, np.array(block), nowhere[:n], np.ones(n), population, nowhere)


def shares_of(drawn: Sample) -> Shares:
    cells = estimate(drawn)
    return intervals(cells, block_correlation([cells]), confidence=LEVEL)


def widths(drawn: Sample) -> np.ndarray:
    found = shares_of(drawn)
    return found.high - found.low


@st.composite
def drawn_samples(draw: st.DrawFn) -> Sample:
    coded = [(0, 1, 0), (2, 0, 1), *draw(st.lists(units, min_size=2, max_size=20))]
    truth, predicted, block = zip(*coded, strict=True)
    return sample(truth, predicted, block, draw(st.lists(codes, min_size=1, max_size=20)))


samples = drawn_samples()
TOO_LOW = sample([2, 0], [1, 0], [0, 1], rest=[0])
TOO_HIGH = sample([1, 0], [2, 0], [0, 1], rest=[1, 1, 1])


# -- estimates against other sources ---------------------------------------------------------------

TRUTH = [0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 0, 2, 1, 2, 2, 2, 0, 2, 2, 2, 1, 2, 2]
GUESS = [0, 0, 2, 1, 0, 2, 2, 1, 2, 2, 2, 0, 2, 2, 2, 2, 0, 0, 2, 2, 1, 1, 2, 2]
REST = [0] * 16 + [1] * 3 + [2] * 17


def test_the_estimate_is_that_of_ppi_python() -> None:
    """ppi-python 0.2.3, ppi_mean_pointestimate for these units: with `lam`, and with its own tuning."""
    by_weight = {0: [0.20833333, 0.16666667], 1: [0.325, 0.11666667]}
    tuned = [0.26654987, 0.14171672]  # on the uncoded units; its variance is that of all predictions
    cells = estimate(sample(TRUTH, GUESS, np.arange(24) // 6, REST))
    expected = (1 - cells.weight) * np.array(by_weight[0]) + cells.weight * np.array(by_weight[1])
    assert cells.value[:2] == pytest.approx(expected, abs=1e-8)  # linear in the weight
    assert cells.value[:2] == pytest.approx(tuned, abs=0.01)


def test_a_stratified_mean_is_the_published_one() -> None:
    """Data `fpc` of the R package survey, after SUDAAN's manual: x has the mean 5.4481; here x / 10."""
    x = np.array([2.8, 4.1, 6.8, 6.8, 9.2, 3.7, 6.6, 4.2])[:, None] / 10
    strata = np.repeat([1, 2], [5, 3])
    everywhere = np.repeat([1, 2], [15, 12])
    drawn = Sample(x, 0 * x, np.arange(8), strata, np.ones(8), np.zeros((27, 1)), everywhere)
    assert estimate(drawn).value[0] == pytest.approx(0.54481, abs=1e-5)


def test_over_all_possible_samples_the_estimate_is_right() -> None:
    """Three blocks of four in one document and one of three in another: all twelve samples."""
    luck = np.random.default_rng(2)
    code = luck.choice(3, 28, p=[0.3, 0.2, 0.5])
    document, block = np.repeat([0, 1], [16, 12]), np.arange(28) // 4
    population = indicators([0, 2] * 14)
    values = []
    for blocks in product(combinations(range(4), 3), combinations(range(4, 7), 1)):
        coded = np.isin(block, np.concatenate(blocks))
        truth = indicators(code)[coded]
        drawn = (truth, 0 * truth, block[coded], document[coded], np.ones(len(truth)))
        values.append(estimate(Sample(*drawn, 0 * population, document)).value)
    assert np.mean(values, axis=0)[:2] == pytest.approx(indicators(code).mean(axis=0))


def test_units_drawn_singly_count_by_their_probabilities() -> None:
    """What looks like the category is drawn three times as often; the plain share would be 0.33."""
    luck = np.random.default_rng(3)
    there = np.arange(400) < 80
    probability = np.where(there, 0.45, 0.15)
    values = []
    for _ in range(200):
        coded = luck.random(400) < probability
        truth = there[coded, None].astype(float)
        n = len(truth)
        drawn = Sample(
            truth,
            0 * truth,
            np.arange(n),
            np.zeros(n),
            probability[coded],
            np.zeros((400, 1)),
            np.zeros(400),
        )
        values.append(estimate(drawn).value[0])
    assert np.mean(values) == pytest.approx(0.2, abs=0.005)


@pytest.mark.parametrize("size", [2, 3, 5])
def test_the_error_is_that_of_blocks_drawn_without_replacement(size: int) -> None:
    """Cochran (1977, section 9A.2): (1 - f) / n times the variance of means, or units if not alike."""
    blocks, drawn = 10, 6
    n, total = drawn * size, blocks * size
    cells = estimate(sample([0, 2] * (n // 2), [2] * n, np.arange(n) // size, [2] * (total - n)))
    assert cells.apart == pytest.approx((1 - drawn / blocks) / n)
    assert cells.together == pytest.approx((1 - drawn / blocks) / drawn)


def test_the_correlation_is_that_of_an_analysis_of_variance() -> None:
    luck = np.random.default_rng(4)
    code = np.where(luck.random(60) < np.repeat(luck.random(10), 6), 0, 2)
    f, _ = scipy.stats.f_oneway(*(code == 0).astype(float).reshape(10, 6))
    cells = estimate(sample(code, [2] * 60, np.arange(60) // 6, [2] * 40))
    found = block_correlation([cells])
    assert found.value == pytest.approx((f - 1) / (f - 1 + 6))
    assert found.freedom == 9
    twice = block_correlation([cells, cells])
    assert twice.value == pytest.approx(found.value)
    assert twice.freedom == 18


def test_without_correlation_and_predictions_it_is_wilsons_interval() -> None:
    """But for the finite population, half an error, and degrees of freedom: here they hardly matter."""
    code = [0] * 300 + [2] * 700
    cells = estimate(sample(code, [2] * 1000, np.arange(1000), [2] * 10**6))
    found = intervals(cells, Correlation(0.0, 10**6), confidence=LEVEL)
    expected = wilson(np.array(300.0), np.array(1000.0), confidence=LEVEL)
    assert (found.low[0], found.high[0]) == pytest.approx((expected.low, expected.high), abs=1e-3)


# -- laws of estimates -----------------------------------------------------------------------------


@given(samples, codes)
def test_constant_predictions_give_the_shares_of_the_sample(drawn: Sample, code: int) -> None:
    predicted, population = (indicators([code] * len(it)) for it in (drawn.truth, drawn.population))
    value = estimate(drawn._replace(predicted=predicted, population=population)).value
    assert np.allclose(value, [*drawn.truth.mean(axis=0), drawn.truth.sum(axis=1).mean()])


@given(samples)
def test_perfect_predictions_give_the_shares_of_the_population(drawn: Sample) -> None:
    value = estimate(drawn._replace(truth=drawn.predicted)).value
    assert np.allclose(value, [*drawn.population.mean(axis=0), drawn.population.sum(axis=1).mean()])


@given(samples)
@example(TOO_LOW)
@example(TOO_HIGH)
def test_the_union_is_the_sum_of_the_categories(drawn: Sample) -> None:
    *categories, union = estimate(drawn).value
    assert union == pytest.approx(sum(categories))
    assert union <= 1 + 1e-12


@given(samples)
@example(TOO_LOW)
@example(TOO_HIGH)
def test_what_is_coded_stays_known(drawn: Sample) -> None:
    """No share, and no end of an interval, contradicts the coded units."""
    found, seen = shares_of(drawn), np.column_stack([drawn.truth, drawn.truth.sum(axis=1)])
    total = len(drawn.population)
    least, most = seen.sum(axis=0) / total, 1 - (1 - seen).sum(axis=0) / total
    steps = np.array([least, found.low, found.value, found.high, most])
    assert (np.diff(steps, axis=0) > -1e-12).all()


@given(samples)
def test_a_category_and_its_absence_mirror_each_other(drawn: Sample) -> None:
    truth, predicted, population = (it[:, :1] for it in (drawn.truth, drawn.predicted, drawn.population))
    one = drawn._replace(truth=truth, predicted=predicted, population=population)
    other = drawn._replace(truth=1 - truth, predicted=1 - predicted, population=1 - population)
    there, absent = shares_of(one), shares_of(other)
    assert np.allclose(there.value, 1 - absent.value)
    assert np.allclose([there.low, there.high], [1 - absent.high, 1 - absent.low])


@given(samples, st.randoms())
def test_order_of_units_and_names_of_blocks_do_not_matter(drawn: Sample, random: Random) -> None:
    order = list(range(len(drawn.truth)))
    random.shuffle(order)
    mixed = drawn._replace(
        truth=drawn.truth[order],
        predicted=drawn.predicted[order],
        block=np.array(["d", "a", "c", "b"])[drawn.block][order],
        population=drawn.population[::-1],
    )
    assert np.allclose(shares_of(mixed), shares_of(drawn))


@given(samples, st.floats(0.1, 1))
def test_only_ratios_of_probabilities_matter(drawn: Sample, factor: float) -> None:
    scaled = drawn._replace(probability=factor * drawn.probability)
    assert np.allclose(shares_of(scaled), shares_of(drawn))


@given(samples)
def test_a_category_that_is_never_there_changes_nothing(drawn: Sample) -> None:
    truth, predicted, population = (
        np.insert(it, 1, 0, axis=1) for it in (drawn.truth, drawn.predicted, drawn.population)
    )
    more = shares_of(drawn._replace(truth=truth, predicted=predicted, population=population))
    assert np.allclose(np.delete(np.array(more), 1, axis=1), shares_of(drawn))
    assert more.value[1] == 0


@given(samples)
def test_a_document_without_coded_units_belongs_to_the_others(drawn: Sample) -> None:
    total = len(drawn.population)
    apart = np.arange(total) < len(drawn.truth)
    assert np.allclose(shares_of(drawn._replace(population_stratum=1.0 - apart)), shares_of(drawn))


def test_no_coded_unit_is_refused() -> None:
    nothing = np.zeros((0, 2))
    none = np.zeros(0)
    with pytest.raises(ValueError, match="no coded unit"):
        estimate(Sample(nothing, nothing, none, none, none, np.zeros((3, 2)), np.zeros(3)))


# -- laws of intervals -----------------------------------------------------------------------------

FOUND = [0, 1, 2, 0, 2, 2] * 10


def test_a_sample_without_an_error_leaves_less_doubt_but_some() -> None:
    perfect = sample(FOUND, FOUND, np.arange(60) // 6, rest=FOUND)
    alone = perfect._replace(predicted=0 * perfect.predicted, population=0 * perfect.population)
    assert (widths(perfect) > 0).all()
    assert (widths(perfect) < widths(alone)).all()


@given(st.floats(0, 0.9))
def test_units_that_are_alike_leave_more_doubt(correlation: float) -> None:
    cells = estimate(sample(FOUND, FOUND[::-1], np.arange(60) // 6, rest=FOUND))
    found = [
        intervals(cells, Correlation(it, 50), confidence=LEVEL) for it in (correlation, correlation + 0.1)
    ]
    assert (found[1].size < found[0].size).all()


@pytest.mark.parametrize("freedom", [1, 4, 40])
def test_a_correlation_from_few_blocks_leaves_more_doubt(freedom: int) -> None:
    cells = estimate(sample(FOUND, [2] * 60, np.arange(60) // 6, rest=FOUND))
    fewer, more = (
        intervals(cells, Correlation(0.1, it), confidence=LEVEL).size for it in (freedom, 10 * freedom)
    )
    assert (fewer < more).all()


@pytest.mark.parametrize("uncoded", [1000, 10, 1, 0])
def test_doubt_shrinks_with_the_units_left_uncoded(uncoded: int) -> None:
    fewer, more = (
        widths(sample(FOUND, [2] * 60, np.arange(60) // 6, [2] * it)) for it in (uncoded, uncoded + 100)
    )
    assert (fewer < more).all()
    assert (fewer == 0).all() == (uncoded == 0)


def test_intervals_follow_their_shares_without_a_jump() -> None:
    truth = [0] * 20 + [1] * 2 + [2] * 38
    predicted = [0] * 18 + [2] * 2 + [1] * 12 + [2] * 28
    rests = [[0] * 40 + [1] * ones + [2] * (100 - ones) for ones in range(40)]
    found = [shares_of(sample(truth, predicted, np.arange(60) % 10, rest)) for rest in rests]
    ends = np.array([[it.low[1], it.high[1]] for it in found])
    assert np.abs(np.diff(ends, axis=0)).max() < 0.02


@pytest.mark.parametrize("blocks", [[7], [7, 7, 7]], ids=["one unit", "one block"])
def test_one_block_alone_tells_no_interval(blocks: list[int]) -> None:
    drawn = sample([0] * len(blocks), [0] * len(blocks), blocks, [0, 1, 2])
    found = shares_of(drawn)
    assert np.isnan([found.low, found.high]).all()
    alike = block_correlation([estimate(sample(FOUND, FOUND, np.arange(60) // 6, rest=FOUND))])
    helped = intervals(estimate(drawn), alike, confidence=LEVEL)
    assert not np.isnan(helped).any()
    assert not enough(estimate(drawn), alike, min_coded=1, min_effective=0)


# -- what is worth telling, and what would make it so ----------------------------------------------


@pytest.mark.parametrize(
    ("correlation", "min_coded", "min_effective", "told"),
    [
        (0.0, 60, 119, True),  # half of the population, and so worth twice as many
        (0.0, 60, 121, False),
        (0.0, 61, 0, False),
        (0.2, 60, 59, True),  # design effect 2
        (0.2, 60, 61, False),
    ],
)
def test_a_share_is_told_if_the_sample_is_worth_enough(
    correlation: float, min_coded: int, min_effective: float, *, told: bool
) -> None:
    cells = estimate(sample(FOUND, [2] * 60, np.arange(60) // 6, rest=[2] * 60))
    alike = Correlation(correlation, 50)
    assert enough(cells, alike, min_coded=min_coded, min_effective=min_effective) == told


@given(samples, samples)
def test_what_the_sample_shows_does_not_decide_whether_it_is_told(one: Sample, other: Sample) -> None:
    shown = estimate(one)
    n = len(one.truth)
    truth = np.resize(other.truth, one.truth.shape)
    different = estimate(one._replace(truth=truth))
    told = [enough(it, Correlation(0.2, 50), min_coded=n, min_effective=2 * n) for it in (shown, different)]
    assert told[0] == told[1]


def test_what_is_wholly_coded_is_known_though_rare() -> None:
    cells = estimate(sample([0] + [2] * 59, [2] * 60, np.arange(60) // 6, rest=[]))
    alike = Correlation(0.2, 50)
    assert intervals(cells, alike, confidence=LEVEL).low == pytest.approx([1 / 60, 0, 1 / 60])
    assert enough(cells, alike, min_coded=60, min_effective=10**6)


def told_after(n: int) -> tuple[Cells, Shares]:
    """A third of 600 units have the category; the first n are coded, in blocks of six."""
    code = np.tile([0, 2, 2], 200)
    cells = estimate(sample(code[:n], [2] * n, np.arange(n) // 6, [2] * (600 - n)))
    return cells, intervals(cells, Correlation(0.1, 50), confidence=LEVEL)


@pytest.mark.parametrize("margin", [0.03, 0.05, 0.1])
def test_so_many_more_units_bring_the_interval_to_the_margin(margin: float) -> None:
    more = more_units(told_after(60)[1], 60, 600, margin=margin)
    _, then = told_after(60 + round(more[0] / 6) * 6)
    assert (then.high[0] - then.low[0]) / 2 == pytest.approx(margin, rel=0.06)


def test_no_more_units_are_asked_for_than_there_are_or_needed() -> None:
    found = told_after(60)[1]
    assert more_units(found, 60, 600, margin=1e-9)[0] == 540
    assert np.isnan(more_units(found, 60, 600, margin=0.4)).all()


def test_the_first_units_are_as_many_as_a_half_needs() -> None:
    """Without clusters the textbook number: z^2 / (4 margin^2), corrected for the population."""
    code = [0, 2] * 50
    alone = estimate(sample(code, [2] * 100, np.arange(100), [2] * 900))
    plain = 1.959964**2 / 4 / 0.05**2  # 384
    found = first_units(np.array(10**7), [alone], Correlation(0.0, 99), margin=0.05, confidence=LEVEL)
    assert found == np.ceil(plain)
    found = first_units(np.array(1000), [alone], Correlation(0.0, 99), margin=0.05, confidence=LEVEL)
    assert found == np.ceil(1 / (1 / 1000 + 1 / plain))
    blocks = estimate(sample(code, [2] * 100, np.arange(100) // 10, [2] * 900))
    assert first_units(np.array(1000), [blocks], Correlation(0.2, 9), margin=0.05, confidence=LEVEL) > found
    assert np.isnan(first_units(np.array(1000), [], Correlation(0.0, 0), margin=0.05, confidence=LEVEL))
    many = first_units(np.array([[0, 1000]]), [alone], Correlation(0.0, 99), margin=0.05, confidence=LEVEL)
    np.testing.assert_array_equal(many, [[np.nan, found]])


# -- differences -----------------------------------------------------------------------------------


def by_wilson(count: float, total: float) -> Shares:
    share, size = np.array([count / total]), np.array([total])
    return Shares(share, *wilson(share * size, size, confidence=LEVEL), size)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((56, 70), (48, 80), (0.2, 0.0524, 0.3339)), ((9, 10), (3, 10), (0.6, 0.1705, 0.8090))],
)
def test_differences_are_those_of_newcombe(
    one: tuple[float, float], other: tuple[float, float], expected: tuple[float, ...]
) -> None:
    """Newcombe (1998, table II, method 10)."""
    found = difference(by_wilson(*one), by_wilson(*other), confidence=LEVEL)
    assert [it[0] for it in found[:3]] == pytest.approx(expected, abs=5e-5)


counts = st.tuples(st.integers(0, 30), st.integers(30, 60))


@given(counts, counts)
def test_p_falls_below_the_level_just_where_the_interval_leaves_0_out(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    there, back = (
        difference(by_wilson(*left), by_wilson(*right), confidence=LEVEL)
        for left, right in ((one, other), (other, one))
    )
    assert (there.p[0] < 1 - LEVEL) == (there.low[0] > 0 or there.high[0] < 0)
    assert np.allclose([there.value, there.low, there.high], [-back.value, -back.high, -back.low])
    assert there.p == pytest.approx(back.p)


def test_equal_shares_are_no_difference_and_known_ones_are_certain() -> None:
    same = difference(by_wilson(3, 10), by_wilson(6, 20), confidence=LEVEL)
    assert (same.value[0], same.p[0]) == (0, 1)
    fully = (np.array([share]) for share in (0.3, 0.5))
    known = [Shares(it, it, it, np.array([9.0])) for it in fully]
    assert difference(*known, confidence=LEVEL).p[0] == 0


# -- sources of populations ------------------------------------------------------------------------


def test_what_is_wholly_coded_still_has_a_source_that_is_not_known() -> None:
    """Singly drawn: the interval of the source is Wilson's for all units, with t quantiles."""
    code = [0] * 30 + [2] * 70
    cells = estimate(sample(code, [2] * 100, np.arange(100), []))
    alike = Correlation(0.0, 10**9)
    known = intervals(cells, alike, confidence=LEVEL)
    found = intervals_of_sources(cells, alike, alike, ALONE, evenness=1.0, confidence=LEVEL)
    assert known.low[0] == known.high[0] == 0.3
    expected = scipy.stats.binomtest(30, 100).proportion_ci(LEVEL, method="wilson")
    assert (found.low[0], found.high[0]) == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_a_source_is_known_less_well_than_what_was_drawn_from_it() -> None:
    cells = estimate(sample(FOUND, FOUND[::-1], np.arange(60) // 6, rest=FOUND))
    alike = block_correlation([cells])
    own = intervals(cells, alike, confidence=LEVEL)
    found, bunched = (
        intervals_of_sources(cells, alike, it, ALONE, evenness=1.0, confidence=LEVEL)
        for it in (alike, alike._replace(value=0.9))
    )
    assert (found.size < own.size).all()
    assert (bunched.size < found.size).all()
    unlike = Correlation(0.0, 0)
    unknown = intervals_of_sources(cells, unlike, alike, ALONE, evenness=1.0, confidence=LEVEL)
    assert np.isnan(unknown.low).all()


def of_texts(draw: np.random.Generator, sources: int, alike: float) -> list[list[Cells]]:
    """Four texts by each source, of 400 units that are all coded; shares of 0.3 vary from text to text."""
    beta = (1 - alike) / max(alike, 1e-9)
    shares = draw.beta(0.3 * beta, 0.7 * beta, (sources, 4)) if alike else np.full((sources, 4), 0.3)
    coded = [[np.where(draw.random(400) < it, 0, 2) for it in own] for own in shares]
    return [[estimate(sample(code, [2] * 400, np.arange(400), [])) for code in own] for own in coded]


@pytest.mark.parametrize("alike", [0.0, 0.05, 0.2])
def test_texts_are_found_as_alike_as_they_were_made(alike: float) -> None:
    singly = Correlation(0.0, 10**9)
    found = text_correlation(of_texts(np.random.default_rng(3), 60, alike), singly, singly)
    assert found.value == pytest.approx(alike, abs=0.02)
    assert found.freedom == 180


def test_single_texts_show_nothing_of_how_texts_differ() -> None:
    singly = Correlation(0.0, 10**9)
    made = of_texts(np.random.default_rng(3), 2, 0.2)
    assert text_correlation([own[:1] for own in made], singly, singly) == ALONE


def test_texts_that_differ_widen_the_interval_of_their_source() -> None:
    """Wilson's at 1 / (0.1 / 4 + 1 / 1600), where texts have variance 0.1, and with a t quantile."""
    singly, (own,) = Correlation(0.0, 10**9), of_texts(np.random.default_rng(4), 1, 0.0)
    cells = own[0]._replace(total=1600, n=1600)
    found = intervals_of_sources(
        cells, singly, singly, Correlation(0.1, 10**9), evenness=0.25, confidence=LEVEL
    )
    assert found.size == pytest.approx(np.full(2 + 1, 1 / (0.1 / 4 + 1 / 1600)), rel=1e-3)
    few = intervals_of_sources(cells, singly, singly, Correlation(0.1, 2), evenness=0.25, confidence=LEVEL)
    ratio = scipy.stats.t(2 * (1 + 1 / 40) ** 2).ppf(0.975) / scipy.stats.norm.ppf(0.975)
    assert few.size == pytest.approx(found.size / ratio**2, rel=1e-3)
