"""stats: keyness of words that come in bunches is what its formulas say, and finds nothing in nothing."""

from itertools import pairwise

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from nlp.stats import Contrast, Segments, contrast, deviation_of_proportions, ground, keyness
from nlp.stats.segments import by_document, spread, strata

LEVEL, PRIOR = 0.95, 500.0


def segments(counts: np.ndarray, sizes: np.ndarray, group: np.ndarray, document: np.ndarray) -> Segments:
    return Segments(sparse.csr_array(counts.astype(float)), sizes.astype(float), group, document)


def compared(them: Segments, one: int = 0, other: int | None = 1, *, min_documents: int = 6) -> Contrast:
    return contrast(
        ground(them),
        one,
        other,
        features=np.arange(them.counts.shape[1]),
        min_documents=min_documents,
        prior=PRIOR,
        confidence=LEVEL,
    )


def texts(*lengths: int) -> np.ndarray:
    return np.repeat(np.arange(len(lengths)), lengths)


def bursty(draw: np.random.Generator, sizes: np.ndarray, features: int, *, spread: float) -> np.ndarray:
    """Negative binomial counts of rare and frequent words."""
    rates = np.exp(draw.uniform(np.log(5e-4), np.log(1e-2), features))
    own = draw.gamma(1 / spread, spread, size=(len(sizes), features))
    return draw.poisson(sizes[:, None] * rates * own)


# -- by hand ---------------------------------------------------------------------------------------


def by_hand(x: list[int], y: list[int], m: list[int], n: list[int]) -> tuple[float, float]:
    """Design effect and p-value of one feature in the segments of two texts."""
    shown = []
    for counts, sizes in ((x, m), (y, n)):
        rate, k = sum(counts) / sum(sizes), len(sizes)
        squares = sum((count - rate * size) ** 2 for count, size in zip(counts, sizes, strict=True))
        shown.append((k / (k - 1) * squares, sum(counts)))
    both = sum(variance for variance, _ in shown) / sum(count for _, count in shown)
    own, its = ((variance + 5 * both) / (count + 5) for variance, count in shown)
    share = sum(m) / sum(m + n)
    # Variance of x - share * (x + y) if both had one rate, beside that of words strewn at random.
    rate = sum(x + y) / sum(m + n)
    variance = (1 - share) ** 2 * own * rate * sum(m) + share**2 * its * rate * sum(n)
    effect = max(variance / (sum(x + y) * share * (1 - share)), 1)
    posterior = scipy.stats.beta(sum(x) / effect + 0.5, sum(y) / effect + 0.5)
    tail = min(posterior.cdf(share), posterior.sf(share))
    return effect, 2 * scipy.stats.t(len(m + n) - 2).cdf(scipy.stats.norm.ppf(tail))


counted = st.lists(st.tuples(st.integers(0, 6), st.integers(20, 90)), min_size=2, max_size=9)


@given(counted, counted)
def test_contrasts_agree_with_the_formulas_by_hand(
    own: list[tuple[int, int]], its: list[tuple[int, int]]
) -> None:
    (x, m), (y, n) = ([list(it) for it in zip(*side, strict=True)] for side in (own, its))
    if not sum(x + y):
        return
    text = texts(len(m), len(n))
    found = compared(segments(np.array([x + y]).T, np.array(m + n), text, text))
    effect, p = by_hand(x, y, m, n)
    assert found.design_effect[0] == pytest.approx(effect)
    assert found.p[0] == pytest.approx(p, rel=1e-6)
    assert (found.found[0], found.total, found.other_found[0]) == (sum(x), sum(m), sum(y))
    assert found.scope == "texts"


@given(counted, counted)
def test_p_is_small_just_where_the_interval_leaves_no_difference_out(
    own: list[tuple[int, int]], its: list[tuple[int, int]]
) -> None:
    counts, sizes = np.array(own + its).T
    text = texts(len(own), len(its))
    found = compared(segments(counts[:, None], sizes, text, text))
    assert (found.p[0] < 1 - LEVEL) == (found.low[0] > 0 or found.high[0] < 0)
    assert found.low[0] <= found.effect[0] <= found.high[0]
    assert np.isfinite([found.low[0], found.high[0], found.z[0], found.log_odds[0]]).all()


def test_plain_numbers_are_those_of_keyness() -> None:
    draw, text = np.random.default_rng(1), texts(8, 9)
    sizes = draw.integers(200, 400, 17)
    counts = bursty(draw, sizes, 50, spread=1)
    found = compared(segments(counts, sizes, text, text))
    sides = [(counts[text == it].sum(axis=0), sizes[text == it].sum()) for it in (0, 1)]
    plain = keyness(*sides[0], *sides[1], confidence=LEVEL)
    assert np.allclose(found.statistic, plain.statistic)
    assert np.allclose(found.effect, plain.effect)


def test_sides_mirror_each_other() -> None:
    draw, text = np.random.default_rng(2), texts(8, 3)
    sizes = draw.integers(200, 400, 11)
    them = segments(bursty(draw, sizes, 80, spread=2), sizes, text, text)
    there, back = compared(them, 0, 1), compared(them, 1, 0)
    assert np.allclose(there.p, back.p)
    assert np.allclose([there.low, there.high, there.z], [-back.high, -back.low, -back.z])


def test_all_others_together_are_what_is_left() -> None:
    draw, text = np.random.default_rng(3), texts(6, 5, 4)
    sizes = draw.integers(200, 400, 15)
    counts = bursty(draw, sizes, 60, spread=1)
    rest = compared(segments(counts, sizes, text, text), 0, None)
    merged = compared(segments(counts, sizes, np.minimum(text, 1), text), 0, 1)
    assert np.allclose(rest.p, merged.p)
    assert np.allclose(rest.design_effect, merged.design_effect)


def test_log_odds_by_the_formula_of_the_paper() -> None:
    """Monroe, Colaresi & Quinn (2008), equations 16, 19 and 20, word by word."""
    text = texts(2, 2)
    them = segments(np.array([[5, 1], [7, 0], [2, 4], [1, 9]]), np.full(4, 100), text, text)
    found = compared(them)
    for at, (ours, theirs) in enumerate([(12, 3), (1, 13)]):
        alpha = PRIOR * (ours + theirs) / 400
        delta = np.log((ours + alpha) / (200 + PRIOR - ours - alpha)) - np.log(
            (theirs + alpha) / (200 + PRIOR - theirs - alpha)
        )
        assert found.log_odds[at] == pytest.approx(delta)
        assert found.z[at] == pytest.approx(delta / np.sqrt(1 / (ours + alpha) + 1 / (theirs + alpha)))


def test_features_that_are_not_asked_for_change_nothing() -> None:
    draw, text = np.random.default_rng(8), texts(6, 5, 4)
    sizes = draw.integers(200, 400, 15)
    them = segments(bursty(draw, sizes, 20, spread=1), sizes, text, text)
    some = np.array([3, 0, 17])
    found = contrast(ground(them), 1, None, features=some, min_documents=6, prior=PRIOR, confidence=LEVEL)
    whole = compared(them, 1, None)
    for name, every in whole._asdict().items():
        expected = every[some] if isinstance(every, np.ndarray) else every
        assert np.all(found._asdict()[name] == expected), name


# -- what varies -----------------------------------------------------------------------------------


def test_what_comes_in_one_burst_says_little() -> None:
    text, sizes = texts(10, 10), np.full(20, 300)
    even, burst = np.zeros((2, 20))
    even[:10], burst[0] = 3, 30
    found = compared(segments(np.stack([even, burst], axis=1), sizes, text, text))
    assert found.statistic[0] == pytest.approx(found.statistic[1])
    assert found.p[0] < 1e-4
    assert found.p[1] > 0.05


def test_zero_on_one_side_stays_finite_and_honest() -> None:
    text = texts(6, 6)
    counts = np.zeros((12, 3))
    counts[0, 0], counts[:6, 1] = 1, 40
    found = compared(segments(counts, np.full(12, 300), text, text))
    assert np.isfinite([found.effect, found.low, found.high, found.p, found.z]).all()
    assert found.p[0] > 0.3
    assert found.p[2] == pytest.approx(1)
    assert 0 < found.p[1] < 1e-3
    assert found.low[1] > 3


def test_one_segment_each_tells_nothing() -> None:
    text = texts(1, 1)
    found = compared(segments(np.array([[9], [1]]), np.full(2, 300), text, text))
    assert np.isnan([found.p[0], found.low[0], found.high[0]]).all()
    assert np.isfinite([found.statistic[0], found.z[0]]).all()


def test_short_texts_show_a_variance_together() -> None:
    """Each is one segment; so the texts of a group are one stratum."""
    them = segments(np.array([[3], [1], [0], [2], [5]]), np.full(5, 250), texts(3, 2), np.arange(5))
    assert list(strata(them)) == [1, 1, 1, 0, 0]
    found = spread(them, strata(them))
    assert found.variance.toarray()[:, 0] == pytest.approx([3 * 7 / 3, 2 * 4.5])
    assert list(found.freedom) == [2, 1]


def test_enough_documents_are_what_varies() -> None:
    draw, document = np.random.default_rng(4), np.repeat(np.arange(12), 5)
    group, sizes = (document >= 6).astype(int), draw.integers(200, 400, 60)
    counts = bursty(draw, sizes, 30, spread=0.5)
    them = segments(counts, sizes, group, document)
    many, few = compared(them), compared(them, min_documents=7)
    assert (many.scope, few.scope) == ("groups", "texts")
    whole = by_document(them)
    alone = compared(Segments(whole.counts, whole.sizes, whole.group, whole.group))
    assert np.allclose(many.p, alone.p)
    assert not np.allclose(many.p, few.p)


# -- nothing in nothing ----------------------------------------------------------------------------

BANDS = (5, 15, 40, 10**6)


def false_alarms(them: Segments, draw: np.random.Generator, times: int, min_documents: int) -> np.ndarray:
    """Shares of p below 0.05 and 0.01 by frequency, when groups of documents are drawn by lot."""
    found: list[list[np.ndarray]] = [[] for _ in BANDS[1:]]
    for _ in range(times):
        label = draw.permutation(them.group[np.unique(them.document, return_index=True)[1]])
        told = compared(them._replace(group=label[them.document]), min_documents=min_documents)
        both = told.found + told.other_found
        for band, (low, high) in zip(found, pairwise(BANDS), strict=True):
            band.append(told.p[(both >= low) & (both < high)])
    return np.array([[(np.concatenate(it) < level).mean() for level in (0.05, 0.01)] for it in found])


@pytest.mark.parametrize("lengths", [(20, 20), (6, 20), (6, 6), (3, 30)])
def test_segments_in_any_order_give_no_small_p(lengths: tuple[int, int]) -> None:
    """Each segment is a document of its own that falls to a text by lot."""
    draw, alone = np.random.default_rng(5), np.arange(sum(lengths))
    sizes = draw.integers(200, 480, sum(lengths))
    them = segments(bursty(draw, sizes, 400, spread=1), sizes, texts(*lengths), alone)
    alarms = false_alarms(them, draw, 60, 10**6)
    assert (alarms[0] < [0.065, 0.016]).all()
    assert (alarms[1:] < [0.07, 0.02]).all()
    assert (alarms[1:, 0] > 0.02).all()


def test_p_of_common_words_is_uniform_where_there_is_nothing() -> None:
    """Independent texts, so that the values are independent, too (Kolmogorov-Smirnov)."""
    draw, text = np.random.default_rng(6), texts(20, 15)
    sizes = draw.integers(200, 480, 35)
    counts = draw.negative_binomial(2, 2 / (2 + sizes[:, None] * 5e-3), size=(35, 1500))
    found = compared(segments(counts, sizes, text, text))
    assert scipy.stats.kstest(found.p, "uniform").pvalue > 0.01
    assert scipy.stats.kstest(scipy.stats.chi2.sf(found.statistic, 1), "uniform").pvalue < 1e-9


def test_documents_that_differ_in_any_order_give_no_small_p() -> None:
    draw, document = np.random.default_rng(7), np.repeat(np.arange(24), 4)
    sizes = draw.integers(200, 400, 96)
    own = draw.gamma(1, 1, size=(24, 300))[document]
    counts = draw.poisson(sizes[:, None] * np.exp(draw.uniform(-7.5, -5, 300)) * own)
    them = segments(counts, sizes, np.repeat([0, 1], [32, 64]), document)
    alarms = false_alarms(them, draw, 60, 6)
    assert (alarms < [0.07, 0.02]).all()
    assert (alarms[1:, 0] > 0.02).all()
    assert (false_alarms(them, draw, 10, 100)[2] > 0.15).all()  # segments would not do


# -- dispersion ------------------------------------------------------------------------------------


def test_dispersion_of_the_worked_example() -> None:
    """Parts of 9, 10, 10, 10 and 11 words with 1 to 5 occurrences: 0.18, normalised 0.22 (Gries 2008)."""
    parts = np.array([9.0, 10.0, 10.0, 10.0, 11.0])
    found = deviation_of_proportions(sparse.csr_array(np.arange(1, 6)[:, None]), parts)
    assert found == pytest.approx(0.18 / (1 - 9 / 50))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 50)), min_size=2, max_size=8))
def test_dispersion_by_hand(parts: list[tuple[int, int]]) -> None:
    counts, sizes = np.array(parts, dtype=float).T
    found = deviation_of_proportions(sparse.csr_array(counts[:, None]), sizes)[0]
    if not counts.any():
        assert np.isnan(found)
        return
    shares = sizes / sizes.sum()
    expected = np.abs(counts / counts.sum() - shares).sum() / 2 / (1 - shares.min())
    assert found == pytest.approx(expected)
    assert -1e-12 <= found <= 1 + 1e-12


def test_dispersion_is_even_or_all_in_one_part() -> None:
    counts = np.array([[1, 7, 0], [3, 0, 0], [4, 0, 0]])
    found = deviation_of_proportions(sparse.csr_array(counts), np.array([10.0, 30.0, 40.0]))
    assert found[:2] == pytest.approx([0, 1])
    assert np.isnan(found[2])
    assert np.isnan(deviation_of_proportions(sparse.csr_array(counts[:1]), np.array([10.0]))).all()
