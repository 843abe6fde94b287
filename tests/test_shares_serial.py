"""Shares along texts: what passages have in common, what their means are worth, and their intervals."""

import importlib.util
from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from nlp.shares import Shares, difference
from nlp.shares import serial as module
from nlp.shares.serial import (
    Components,
    Serial,
    between_runs,
    carried,
    components,
    dispersion,
    intervals,
    means,
    sizes,
    widened,
)

LEVEL = 0.95
ALONE = Components(1.0, 0.0, 0.0, 0.0)


def serial(lengths: list[list[int]], weights: np.ndarray, variances: float = 0.0) -> Serial:
    """Passages of the texts of each group, by their lengths."""
    flat = [n for texts in lengths for n in texts]
    group = np.repeat(np.arange(len(lengths)), [sum(texts) for texts in lengths])
    text = np.repeat(np.arange(len(flat)), flat)
    return Serial(weights, np.full_like(weights, variances), group, text)


def told(it: Serial) -> Shares:
    size = sizes(it, components(it), confidence=LEVEL)
    return intervals(means(it), size, confidence=LEVEL)


def sections(draw: np.random.Generator, n: int, fading: float, share: np.ndarray) -> np.ndarray:
    """A section has one category, and ends after each passage with probability 1 - fading."""
    section = np.cumsum(np.append(0, draw.random(n - 1) >= fading))
    return np.eye(len(share))[draw.choice(len(share), n, p=share)][section]


@st.composite
def corpora(draw: st.DrawFn) -> Serial:
    """Up to four groups with up to three texts each, down to a single passage, and any weights."""
    lengths = draw(st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=3), min_size=1, max_size=4))
    n = sum(map(sum, lengths))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    concentration = draw(st.sampled_from([0.01, 0.3, 5.0, 1e6]))
    weights = random.dirichlet(np.full(draw(st.integers(2, 5)), concentration), n)
    return serial(lengths, weights, draw(st.sampled_from([0.0, 0.01])))


# ---- laws ---------------------------------------------------------------------------------------------


@given(corpora())
@settings(deadline=None)
def test_shares_sum_to_one_and_lie_in_their_intervals(it: Serial) -> None:
    found = told(it)
    np.testing.assert_allclose(found.value.sum(axis=1), 1)
    assert ((found.low >= 0) & (found.high <= 1)).all()
    assert ((found.low <= found.value + 1e-12) & (found.value <= found.high + 1e-12)).all()
    assert (found.high - found.low > 1e-9).all()  # nothing is known without error


@given(corpora())
@settings(deadline=None)
def test_parts_of_the_variance_sum_to_one(it: Serial) -> None:
    known = components(it)
    assert known.passage + known.section + known.document == pytest.approx(1)
    assert min(known) >= 0
    assert known.fading < 1


@given(corpora(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_groups_and_categories_changes_nothing(it: Serial, random: object) -> None:
    groups, columns = int(it.group.max()) + 1, it.weights.shape[1]
    order = np.random.default_rng(random.getrandbits(32)).permutation(groups)  # type: ignore[attr-defined]
    rows = np.concatenate([np.flatnonzero(it.group == group) for group in order])
    turned = Serial(
        weights=it.weights[rows][:, ::-1],
        variances=it.variances[rows],
        group=np.argsort(order)[it.group[rows]],
        text=np.unique(it.text[rows], return_index=True)[1].argsort().argsort()[it.text[rows]],
    )
    found = told(turned)
    for one, other in zip(found, told(it), strict=True):
        np.testing.assert_allclose(one, other[order][:, np.arange(columns)[::-1]], atol=1e-6)


@given(corpora())
@settings(deadline=None)
def test_groups_alike_have_like_intervals(it: Serial) -> None:
    groups, texts = int(it.group.max()) + 1, int(it.text.max()) + 1
    twice = Serial(
        np.concatenate([it.weights] * 2),
        np.concatenate([it.variances] * 2),
        np.concatenate([it.group, it.group + groups]),
        np.concatenate([it.text, it.text + texts]),
    )
    for values in told(twice):
        np.testing.assert_allclose(values[:groups], values[groups:], atol=1e-9)


@given(corpora())
@settings(deadline=None)
def test_what_is_in_common_makes_a_mean_worth_less(it: Serial) -> None:
    order = [ALONE, Components(0.5, 0.5, 0.0, 0.6), Components(0.5, 0.5, 0.0, 0.9), Components(0, 0, 1, 0)]
    worth = [1 / _unit(it, known) for known in order]
    for more, less in pairwise(worth):
        assert (less <= more + 1e-9).all()
    np.testing.assert_allclose(worth[0], np.bincount(it.group))


def _unit(it: Serial, known: Components) -> np.ndarray:
    """Variance of each group's mean, for passages of variance 1: the sum over all pairs of passages."""
    at = np.arange(len(it.text))
    same = it.text[:, None] == it.text
    far = np.abs(at[:, None] - at)
    alike = known.passage * (far == 0) + same * (known.section * known.fading**far + known.document)
    one = np.eye(it.group.max() + 1)[it.group]
    return np.diag(one.T @ alike @ one) / one.sum(axis=0) ** 2


@given(corpora(), st.floats(0, 0.95), st.floats(0, 1), st.floats(0, 1))
@settings(deadline=None)
def test_sizes_are_those_of_a_sum_over_all_pairs(
    it: Serial, fading: float, section: float, document: float
) -> None:
    total = 1 + section + document
    known = Components(1 / total, section / total, document / total, fading)
    unit = _unit(it, known)
    freedom = max((1 / unit - 1).sum(), 1)
    widening = stats.t.ppf(0.975, freedom) / stats.norm.ppf(0.975)
    expected = 1 / unit[:, None] / dispersion(it, unit) / widening**2
    np.testing.assert_allclose(sizes(it, known, confidence=LEVEL), expected, rtol=1e-6)


# ---- worked examples ------------------------------------------------------------------------------------


def test_independent_weights_of_all_or_nothing_have_wilsons_interval() -> None:
    """But for the t quantile, which many passages bring to that of the normal distribution."""
    draw = np.random.default_rng(1)
    yes = draw.random(3000) < 0.3
    it = serial([[1000], [2000]], np.stack([yes, ~yes], axis=1).astype(float))
    found = intervals(means(it), sizes(it, ALONE, confidence=LEVEL), confidence=LEVEL)
    for group, rows in enumerate(np.split(yes, [1000])):
        expected = stats.binomtest(int(rows.sum()), len(rows)).proportion_ci(LEVEL, method="wilson")
        assert (found.low[group, 0], found.high[group, 0]) == pytest.approx(tuple(expected), abs=1e-4)


def test_weights_that_hardly_vary_are_worth_more_passages() -> None:
    draw = np.random.default_rng(2)
    size = {
        many: sizes(serial([[300], [300]], draw.dirichlet([many] * 3, 600)), ALONE, confidence=LEVEL).mean()
        for many in (0.01, 1.0, 9.0)
    }
    # Dirichlet weights have 1 / (1 + concentration) of the variance of those that are 0 or 1.
    for many, found in size.items():
        assert found == pytest.approx(300 * (1 + 3 * many), rel=0.1)


@pytest.mark.parametrize("fading", [0.0, 0.5, 0.75])
def test_sections_are_found(fading: float) -> None:
    draw = np.random.default_rng(3)
    lengths = [[100] * 5, [60] * 6]
    made = [sections(draw, n, fading, np.array([0.2, 0.5, 0.3])) for own in lengths for n in own]
    known = components(serial(lengths, np.concatenate(made)))
    neighbours = known.section * known.fading + known.document
    assert neighbours == pytest.approx(fading, abs=0.12)
    assert known.section * known.fading**4 == pytest.approx(fading**4, abs=0.12)


def test_noise_within_sections_does_not_hide_how_long_they_are() -> None:
    draw = np.random.default_rng(4)
    lengths = [[200]] * 12
    made = np.concatenate([sections(draw, 200, 0.875, np.array([0.3, 0.7])) for _ in lengths])
    noise = np.eye(2)[draw.choice(2, len(made), p=[0.3, 0.7])]
    known = components(serial(lengths, np.where(draw.random((len(made), 1)) < 0.4, noise, made)))
    assert known.fading == pytest.approx(0.875, abs=0.06)
    assert known.section == pytest.approx(0.36, abs=0.1)  # 0.6 ** 2: neither of a pair is noise


@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_texts_that_differ_widen_intervals(spread: float) -> None:
    """Shares of texts with variance `spread` * p (1 - p): that of passages has the rest."""
    draw = np.random.default_rng(5)
    half = (1 / spread - 1) / 2 if spread else 1e9
    shares = draw.beta(half, half, 80)
    first = np.concatenate([draw.random(15) < share for share in shares]).astype(float)
    it = serial([[15] * 40, [15] * 40], np.stack([first, 1 - first], axis=1))
    assert components(it).document == pytest.approx(spread, abs=0.08)
    passages = 15 * 40 / (1 + 14 * spread)
    assert sizes(it, components(it), confidence=LEVEL).mean() == pytest.approx(passages, rel=0.35)


def test_one_text_by_each_does_not_tell_how_texts_differ() -> None:
    draw = np.random.default_rng(6)
    assert components(serial([[30], [20]], draw.dirichlet([1, 1], 50))).document == 0


@given(st.lists(st.integers(1, 15), min_size=1, max_size=3), st.floats(0, 0.97))
@settings(deadline=None)
def test_expected_products_are_those_of_deviations_from_the_mean(lengths: list[int], fading: float) -> None:
    """Against the covariance matrix of each text's deviations."""
    lags = np.array([0, 1, 2, 4])
    expected = np.zeros(4)
    for n in lengths:
        centre = np.eye(n) - 1 / n
        left = centre @ (fading ** np.abs(np.subtract.outer(np.arange(n), np.arange(n)))) @ centre
        expected += [np.diag(left, lag).sum() if lag < n else 0.0 for lag in lags]
    np.testing.assert_allclose(module._expected(np.array(lengths), fading, lags), expected, atol=1e-9)


# ---- hardly anything there ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lengths", "weights"),
    [
        ([[1]], [[1.0, 0.0]]),
        ([[1], [1]], [[0.5, 0.5], [0.5, 0.5]]),
        ([[1], [9]], [[1.0, 0.0]] * 10),
        ([[1, 1, 1], [1, 1]], [[1.0, 0.0]] * 3 + [[0.0, 1.0]] * 2),
        ([[2], [3]], [[0.25, 0.75]] * 5),
        ([[4], [4]], [[1.0]] * 8),
    ],
)
def test_little_text_proves_little(lengths: list[list[int]], weights: list[list[float]]) -> None:
    found = told(serial(lengths, np.array(weights)))
    assert np.isfinite(found).all()
    for own, low, high in zip(lengths, found.low, found.high, strict=True):
        assert (high - low).max() > 0.3 / sum(own)


def test_uncertain_weights_widen_intervals() -> None:
    weights = np.random.default_rng(7).dirichlet([1, 1, 1], 40)
    sure, unsure = (told(serial([[20], [20]], weights, variance)) for variance in (0.0, 0.05))
    assert (unsure.high - unsure.low > sure.high - sure.low).all()


# ---- runs of a model ------------------------------------------------------------------------------------


def test_the_variance_between_runs_counts_the_one_shown() -> None:
    draw = np.random.default_rng(8)
    shown, runs = draw.random((2, 3)), draw.random((4, 2, 3))
    expected = [[np.var([shown[i, j], *runs[:, i, j]], ddof=1) for j in range(3)] for i in range(2)]
    np.testing.assert_allclose(between_runs(shown, runs), expected)
    assert not between_runs(shown, runs[:0]).any()


@pytest.mark.parametrize("runs", [1, 8, 100])
def test_few_runs_widen_by_a_t_quantile(runs: int) -> None:
    factor = stats.t.ppf(0.975, runs) / stats.norm.ppf(0.975)
    assert carried(np.array(0.04), runs, confidence=LEVEL) == pytest.approx(0.04 * factor**2)
    assert carried(np.array(0.0), 0, confidence=LEVEL) == 0


@given(st.floats(0, 1), st.floats(0, 0.2), st.floats(0, 0.2))
def test_more_variance_widens_more(share: float, one: float, other: float) -> None:
    plain = intervals(np.array(share), np.array(20.0), confidence=LEVEL)
    narrow, wide = (widened(plain, np.array(it), confidence=LEVEL) for it in sorted((one, other)))
    assert 0 <= wide.low <= narrow.low <= plain.low + 1e-12
    assert plain.high - 1e-12 <= narrow.high <= wide.high <= 1


def test_without_passages_left_to_doubt_the_interval_is_the_models() -> None:
    sure = intervals(np.array(0.5), np.array(1e12), confidence=LEVEL)
    found = widened(sure, np.array(0.1**2), confidence=LEVEL)
    assert (found.low, found.high) == pytest.approx((0.5 - 0.196, 0.5 + 0.196), abs=1e-4)


def test_a_variance_beside_widens_differences() -> None:
    share = intervals(np.array(0.5), np.array(1e12), confidence=LEVEL)
    other = intervals(np.array(0.3), np.array(1e12), confidence=LEVEL)
    found = difference(share, other, confidence=LEVEL, beside=0.1**2)
    assert (found.low, found.high) == pytest.approx((0.2 - 0.196, 0.2 + 0.196), abs=1e-4)
    assert found.p == pytest.approx(2 * stats.norm.sf(2), abs=1e-4)


# ---- coverage -------------------------------------------------------------------------------------------


def _simulation() -> ModuleType:
    spec = importlib.util.spec_from_file_location("topic_shares", ROOT / "bench" / "topic_shares.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


SIMULATION = _simulation()


@pytest.mark.parametrize(
    "name",
    [
        "corpus, independent",
        "corpus, sections 0.7",
        "corpus, noisy sections 0.8",
        "corpus, topics unlike",
        "corpus, read off 40 words",
        "corpus, model 0.1",
        "few, sections 0.5",
        "mixed, texts differ",
    ],
)
def test_intervals_hold_as_often_as_they_say(name: str) -> None:
    """In a recorded simulation; those of six passages may hold always."""
    found = SIMULATION.cover(SIMULATION.CELLS[name], runs=60, seed=11)
    assert 0.92 <= found.shares <= 0.99
    assert 0.92 <= found.differences <= 1
    assert found.false <= 0.08


@pytest.mark.parametrize("name", ["sections 0.5", "noisy sections 0.8", "series 0.5"])
def test_made_up_passages_have_the_shares_they_were_made_with(name: str) -> None:
    shares = np.array([0.05, 0.15, 0.3, 0.5])
    process = SIMULATION.CELLS[f"corpus, {name}"].process
    made = process(np.random.default_rng(9), 20_000, shares)
    np.testing.assert_allclose(made.sum(axis=1), 1)
    np.testing.assert_allclose(made.mean(axis=0), shares, atol=0.03)
