"""stats: different words at equal length, and readability."""

from itertools import combinations

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from nlp.stats import Segments, ari, expected_types, lix, mean_interval, types_interval

LEVEL = 0.95


@given(st.lists(st.integers(0, 3), min_size=1, max_size=4).filter(any), st.data())
def test_expected_types_by_brute_force(counts: list[int], data: st.DataObject) -> None:
    words = np.repeat(np.arange(len(counts)), counts)
    n = data.draw(st.integers(0, len(words)))
    samples = [len(set(it)) for it in combinations(words, n)]
    assert expected_types(np.array(counts), n) == pytest.approx(np.mean(samples), abs=1e-9)


def test_expected_types_by_the_hypergeometric_distribution() -> None:
    counts = np.random.default_rng(1).zipf(1.6, 500).clip(max=3000)
    n, total = 400, counts.sum()
    expected = scipy.stats.hypergeom(total, counts, n).sf(0).sum()
    assert expected_types(counts, n) == pytest.approx(expected, rel=1e-8)


def test_expected_types_at_the_ends() -> None:
    counts = np.array([5, 0, 3, 1])
    assert expected_types(counts, 9) == 3
    assert expected_types(counts, 1) == pytest.approx(1)
    assert expected_types(counts, 0) == 0
    assert np.isnan(expected_types(counts, 10))


def texts(counts: np.ndarray, *lengths: int) -> Segments:
    document = np.repeat(np.arange(len(lengths)), lengths)
    rows = sparse.csr_array(counts.astype(float))
    return Segments(rows, counts.sum(axis=1).astype(float), np.zeros(len(document), dtype=int), document)


def test_interval_is_the_jackknife_by_hand() -> None:
    counts = np.random.default_rng(2).poisson(1, size=(7, 30))
    found = types_interval(texts(counts, 7), 60, min_documents=6, confidence=LEVEL)
    values = [expected_types(np.delete(counts, it, axis=0).sum(0), 60) for it in range(7)]
    half = scipy.stats.t(6).ppf(0.975) * np.sqrt(6 * np.var(values))
    value = expected_types(counts.sum(0), 60)
    assert [*map(float, found)] == pytest.approx([value - half, value + half])


def test_the_smallest_group_has_an_interval_too() -> None:
    counts = np.random.default_rng(3).poisson(1, size=(7, 30))
    them, total = texts(counts, 7), int(counts.sum())
    low, high = types_interval(them, total, min_documents=6, confidence=LEVEL)
    assert low < expected_types(counts.sum(0), total) < high


@pytest.mark.parametrize("lengths", [(1,), ()])
def test_one_segment_has_no_interval(lengths: tuple[int, ...]) -> None:
    found = types_interval(
        texts(np.ones((len(lengths), 4)), *lengths), 2, min_documents=6, confidence=LEVEL
    )
    assert np.isnan([*map(float, found)]).all()


def test_from_so_many_documents_on_documents_are_left_out() -> None:
    counts = np.random.default_rng(4).poisson(1, size=(12, 30))
    whole = texts(np.add.reduceat(counts, np.arange(0, 12, 2)), *[6])
    found = types_interval(texts(counts, *[2] * 6), 60, min_documents=6, confidence=LEVEL)
    assert np.allclose(found, types_interval(whole, 60, min_documents=7, confidence=LEVEL))


@pytest.mark.parametrize("lengths", [(2,) * 6, (12,), (1,) * 12])
def test_the_number_of_a_group_changes_no_interval(lengths: tuple[int, ...]) -> None:
    first = texts(np.random.default_rng(4).poisson(3, size=(12, 30)), *lengths)
    other = first._replace(group=first.group + 7)
    ends = [
        [types_interval(it, 60, min_documents=6, confidence=LEVEL) for it in (first, other)],
        [mean_interval(it, min_documents=6, confidence=LEVEL) for it in (first, other)],
    ]
    for of_first, of_other in ends:
        assert np.array_equal(of_first, of_other)
        assert not np.isnan(of_first).any()


@pytest.mark.parametrize(("segments", "n"), [(20, 500), (6, 500), (6, 1800)])
def test_intervals_hold_the_mean_of_such_texts(segments: int, n: int) -> None:
    """Words in bunches; 300 to a segment, about."""
    draw, rates = np.random.default_rng(5), 1 / (np.arange(1500) + 5.0)
    rates *= 300 / rates.sum()

    def made() -> Segments:
        return texts(draw.poisson(rates * draw.gamma(0.5, 2, size=(segments, 1500))), segments)

    values, held = [], []
    for _ in range(300):
        them = made()
        size = min(n, int(them.sizes.sum()))
        values.append(expected_types(them.counts.sum(axis=0), size))
        held.append(types_interval(them, size, min_documents=10**6, confidence=LEVEL))
    low, high = np.array(held).T
    assert 0.9 <= np.mean((low <= np.mean(values)) & (np.mean(values) <= high)) <= 0.99


def test_readability_by_hand() -> None:
    """20 words, 2 sentences, 5 long words, 100 characters."""
    assert lix(np.array([20.0]), np.array([2.0]), np.array([5.0])) == pytest.approx(10 + 25)
    assert ari(np.array([20.0]), np.array([2.0]), np.array([100.0])) == pytest.approx(4.71 * 5 + 5 - 21.43)
    assert np.isnan([lix(*np.zeros((3, 1))), ari(*np.zeros((3, 1)))]).all()


# -- means -----------------------------------------------------------------------------------------


def sentences(words: np.ndarray, number: np.ndarray, *lengths: int) -> Segments:
    document = np.repeat(np.arange(len(lengths)), lengths)
    rows = sparse.csr_array(words.astype(float)[:, None])
    return Segments(rows, number.astype(float), np.zeros(len(document), dtype=int), document)


def test_mean_interval_by_hand() -> None:
    """Two texts as strata: residuals from each text's own mean length."""
    words, number = np.array([40, 60, 35, 30, 50]), np.array([2, 3, 2, 2, 2])
    variance = 0.0
    for own in (slice(0, 3), slice(3, 5)):
        rest = words[own] - words[own].sum() / number[own].sum() * number[own]
        variance += len(rest) / (len(rest) - 1) * (rest**2).sum()
    half = scipy.stats.t(3).ppf(0.975) * np.sqrt(variance) / 11
    found = mean_interval(sentences(words, number, 3, 2), min_documents=6, confidence=LEVEL)
    assert [found.low[0], found.high[0]] == pytest.approx([215 / 11 - half, 215 / 11 + half])


@pytest.mark.parametrize("lengths", [(), (1,)])
def test_mean_of_one_segment_has_no_interval(lengths: tuple[int, ...]) -> None:
    ones = np.ones(len(lengths))
    assert np.isnan(mean_interval(sentences(ones, ones, *lengths), min_documents=6, confidence=LEVEL)).all()


def test_mean_intervals_hold_what_they_promise() -> None:
    """Sentences of a segment are alike; ten of them in each, of 20 words on average."""
    draw, held = np.random.default_rng(9), []
    for _ in range(500):
        words = draw.poisson(20 * draw.gamma(8, 1 / 8, size=(12, 1)), size=(12, 10)).sum(axis=1)
        low, high = mean_interval(
            sentences(words, np.full(12, 10), 12), min_documents=10**6, confidence=LEVEL
        )
        held.append(low[0] <= 20 <= high[0])
    assert 0.92 <= np.mean(held) <= 0.98
