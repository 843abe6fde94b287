"""stats: distances agree with scipy, chance is told from difference, and intervals hold."""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse
from scipy.spatial.distance import jensenshannon, pdist, squareform

from nlp.stats import (
    Distance,
    Segments,
    classical_scaling,
    distance,
    distance_of_shares,
    divergence,
    from_draws,
    seeded,
)

LEVEL = 0.95
counted = arrays(np.int64, st.integers(2, 6), elements=st.integers(0, 9)).filter(np.any)


def texts(counts: np.ndarray, *lengths: int) -> Segments:
    """Each text is a group and a document."""
    text = np.repeat(np.arange(len(lengths)), lengths)
    return Segments(sparse.csr_array(counts.astype(float)), np.ones(len(text)), text, text)


def told(
    them: Segments, *, one: int = 0, other: int = 1, min_documents: int = 6, permutations: int = 99
) -> Distance:
    return distance(
        them,
        one,
        other,
        min_documents=min_documents,
        permutations=permutations,
        confidence=LEVEL,
        draw=seeded(1, str(one), str(other)),
    )


def bursty(draw: np.random.Generator, n: int, profile: np.ndarray, words: float) -> np.ndarray:
    """Segments of about so many occurrences, in which words come in bunches."""
    return draw.poisson(words * profile * draw.gamma(1, 1, size=(n, len(profile))))


ZIPF = 1 / (np.arange(300) + 3.0)
ZIPF /= ZIPF.sum()


# -- divergence ------------------------------------------------------------------------------------


@given(st.data(), counted)
def test_distance_agrees_with_scipy(data: st.DataObject, one: np.ndarray) -> None:
    other = data.draw(arrays(np.int64, len(one), elements=st.integers(0, 9)).filter(np.any))
    expected = jensenshannon(one, other, base=2)
    assert np.sqrt(divergence(one, other)) == pytest.approx(expected, abs=1e-7)


def test_divergence_works_on_stacks_and_knows_nothing_of_nothing() -> None:
    one, other = (
        np.array([[1.0, 0, 0], [2, 1, 1], [0, 0, 0]]),
        np.array([[0, 3.0, 1], [4, 2, 2], [1, 1, 1]]),
    )
    assert divergence(one, other) == pytest.approx([1, 0, np.nan], nan_ok=True)


# -- distances of texts ----------------------------------------------------------------------------


def test_distance_is_that_of_the_sums() -> None:
    counts = np.random.default_rng(1).poisson(2, size=(9, 5))
    found = told(texts(counts, 5, 4))
    assert found.value == pytest.approx(jensenshannon(counts[:5].sum(0), counts[5:].sum(0), base=2))
    assert found.scope == "texts"


def test_weights_do_as_well_as_counts() -> None:
    """Topic weights of segments; multiplied, they are the same profiles."""
    weights = np.random.default_rng(2).dirichlet(np.ones(4), size=12)
    found, tenfold = told(texts(weights, 5, 7)), told(texts(10 * weights, 5, 7))
    assert found[:-1] == pytest.approx(tenfold[:-1])


def test_interval_is_the_jackknife_by_hand() -> None:
    counts = np.random.default_rng(3).poisson(3, size=(9, 6))
    found, square = told(texts(counts, 5, 4)), 0.0

    def between(keep: np.ndarray) -> float:
        return float(jensenshannon(*(counts[keep & own].sum(0) for own in (side, ~side)), base=2) ** 2)

    side = np.arange(9) < 5
    for own in (side, ~side):
        values = np.array([between(np.arange(9) != it) for it in np.flatnonzero(own)])
        square += (len(values) - 1) / len(values) * ((values - values.mean()) ** 2).sum()
    half = scipy.stats.t(7).ppf(0.975) * np.sqrt(square)
    ends = [np.sqrt(max(found.value**2 + it, 0)) for it in (-half, half)]
    assert [found.low, found.high] == pytest.approx(ends)


def test_segments_of_one_stratum_take_the_place_of_the_one_left_out() -> None:
    """Two documents of one group: the same as weights of 1.5 for the other two of three segments."""
    counts = np.random.default_rng(4).poisson(3, size=(8, 5)).astype(float)
    document = np.array([0, 0, 0, 1, 1, 2, 2, 2])
    group = np.array([0, 0, 0, 0, 0, 1, 1, 1])
    found = told(Segments(sparse.csr_array(counts), np.ones(8), group, document))
    square = 0.0
    for text in range(3):
        own = np.flatnonzero(document == text)
        values = []
        for left_out in own:
            weight = np.ones(8)
            weight[own], weight[left_out] = len(own) / (len(own) - 1), 0
            sides = ((weight * (group == it)) @ counts for it in (0, 1))
            values.append(jensenshannon(*sides, base=2) ** 2)
        square += (len(own) - 1) * np.var(values)
    half = scipy.stats.t(5).ppf(0.975) * np.sqrt(square)
    assert found.high**2 - found.value**2 == pytest.approx(half)


def test_chance_is_what_all_exchanges_make() -> None:
    """Three and two segments: ten exchanges, by brute force."""
    from itertools import combinations

    counts = np.random.default_rng(5).poisson(1, size=(5, 6)) + np.eye(5, 6, dtype=int)
    found = told(texts(counts, 3, 2), permutations=20_000)
    squares = [
        jensenshannon(counts[list(it)].sum(0), np.delete(counts, it, axis=0).sum(0), base=2) ** 2
        for it in combinations(range(5), 3)
    ]
    assert found.expected == pytest.approx(np.sqrt(np.mean(squares)), abs=3e-3)
    assert found.p == pytest.approx(np.mean(np.array(squares) >= found.value**2 - 1e-12), abs=0.02)


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    them = texts(np.random.default_rng(6).poisson(1, size=(20, 40)), 8, 12)
    whole = told(them)
    monkeypatch.setattr("nlp.stats.distances._CELLS", 100)
    assert told(them)[:-1] == pytest.approx(whole[:-1], abs=1e-12)


def test_another_group_changes_no_number() -> None:
    counts = np.random.default_rng(7).poisson(1, size=(20, 30))
    assert told(texts(counts[:14], 6, 8)) == told(texts(counts, 6, 8, 6))


def test_sides_mirror_each_other() -> None:
    them = texts(np.random.default_rng(8).poisson(1, size=(20, 30)), 6, 14)
    there, back = told(them), told(them, one=1, other=0)
    assert [there.value, there.low, there.high] == pytest.approx([back.value, back.low, back.high])


def test_enough_documents_are_what_is_exchanged() -> None:
    counts = np.random.default_rng(9).poisson(1, size=(36, 30))
    document = np.repeat(np.arange(12), 3)
    them = Segments(sparse.csr_array(counts), np.ones(36), (document >= 6).astype(int), document)
    found = told(them)
    whole = texts(np.add.reduceat(counts, np.arange(0, 36, 3)), 6, 6)
    assert found.scope == "groups"
    assert found[:-1] == pytest.approx(told(whole)[:-1])


@pytest.mark.parametrize(
    ("counts", "unknown"),
    [
        (
            np.zeros((6, 3)),
            {"value", "low", "high", "expected", "p", "beyond", "beyond_low", "beyond_high"},
        ),
        (np.eye(6, 3) * np.array([1, 1, 0]), {"value", "low", "high", "p", "beyond"}),  # one side has none
    ],
)
def test_nothing_has_no_distance(counts: np.ndarray, unknown: set[str]) -> None:
    found = told(texts(counts, 3, 3))._asdict()
    assert all(np.isnan(found[name]) for name in unknown)


def test_a_single_segment_shows_no_variance() -> None:
    found = told(texts(np.random.default_rng(10).poisson(2, size=(9, 4)), 1, 8))
    assert np.isnan([found.low, found.high]).all()
    assert found.p >= 1 / 9 - 0.05


def test_two_segments_cannot_be_exchanged_so_nothing_is_known_of_chance() -> None:
    found = told(texts(np.array([[4, 0, 1], [0, 3, 1]]), 1, 1))
    assert found.value > 0
    assert np.isnan([found.expected, found.p, found.beyond, found.beyond_low, found.beyond_high]).all()


def test_the_same_texts_are_as_far_as_by_chance() -> None:
    draw, ps, beyond = np.random.default_rng(11), [], []
    for _ in range(200):
        found = told(texts(bursty(draw, 14, ZIPF, 60), 6, 8), permutations=39)
        ps.append(found.p)
        beyond.append(found.beyond)
    assert scipy.stats.kstest(np.array(ps) - draw.random(200) / 40, "uniform").pvalue > 0.01
    assert np.median(beyond) < 0.12


def test_distance_beyond_chance_is_that_of_the_profiles() -> None:
    """Few words make texts seem far apart: 0.8, where what they were made from has 0.56."""
    draw = np.random.default_rng(12)
    other = ZIPF * np.exp(draw.normal(size=len(ZIPF)))
    true = jensenshannon(ZIPF, other, base=2)
    found = [
        told(texts(np.vstack([bursty(draw, 8, ZIPF, 40), bursty(draw, 8, other, 40)]), 8, 8))
        for _ in range(40)
    ]
    assert np.mean([it.value for it in found]) > true + 0.1
    assert np.mean([it.beyond for it in found]) == pytest.approx(true, abs=0.04)
    assert all(it.beyond_low <= it.beyond <= it.beyond_high for it in found)


def test_intervals_hold_the_mean_distance_of_such_texts() -> None:
    draw = np.random.default_rng(13)
    other = ZIPF * np.exp(draw.normal(size=len(ZIPF)))

    def made() -> Segments:
        return texts(np.vstack([bursty(draw, 6, ZIPF, 60), bursty(draw, 12, other, 60)]), 6, 12)

    mean = np.mean([told(made(), permutations=1).value for _ in range(300)])
    found = [told(made(), permutations=1) for _ in range(300)]
    assert 0.9 <= np.mean([it.low <= mean <= it.high for it in found]) <= 0.99


# -- distances of shares ---------------------------------------------------------------------------


def of_shares(shares: np.ndarray, sizes: list[int], draw: np.random.Generator) -> Distance:
    return distance_of_shares(
        shares,
        np.repeat(np.array(sizes)[:, None], shares.shape[1], axis=1),
        replicates=199,
        confidence=LEVEL,
        draw=draw,
    )


@pytest.mark.parametrize("sizes", [[40, 40], [20, 60], [20, 20]])
def test_shares_of_samples_of_one_population_are_as_far_as_by_chance(sizes: list[int]) -> None:
    """Of rare categories, too, that one of the samples may not have."""
    draw, true = np.random.default_rng(14), np.array([0.4, 0.2, 0.1, 0.3, 0.05, 0.02])
    units = np.array(sizes)[:, None]
    ps = np.array(
        [of_shares(draw.binomial(units, true, (2, 6)) / units, sizes, draw).p for _ in range(400)]
    )
    assert (ps <= 0.05).mean() < 0.085
    assert 0.4 < (ps <= 0.5).mean() < 0.7


def test_shares_that_are_not_known_have_no_distance() -> None:
    found = of_shares(np.array([[0.1, np.nan], [0.2, 0.3]]), [20, 20], np.random.default_rng(1))
    assert np.isnan(found[:-1]).all()


def test_draws_of_others_are_taken_as_they_come() -> None:
    shares = np.array([[0.1, 0.4], [0.3, 0.2]])
    draws = np.stack([shares, shares * [1, 1.2], shares * [1.2, 1]])
    found = from_draws(shares, draws, np.stack([shares[[0, 0]], shares]), confidence=LEVEL)
    squares = [jensenshannon(*it, base=2) ** 2 for it in draws]
    half = scipy.stats.norm.ppf(0.975) * np.std(squares, ddof=1)
    assert found.high**2 == pytest.approx(squares[0] + half)
    assert found.p == pytest.approx(2 / 3)
    assert found.expected**2 == pytest.approx(squares[0] / 2)
    assert found.beyond**2 == pytest.approx((squares[0] / 2) / (1 - squares[0] / 2))


def test_intervals_of_distances_of_shares_hold_the_mean_distance() -> None:
    draw = np.random.default_rng(15)
    true = np.array([[0.4, 0.2, 0.1, 0.3, 0.05], [0.1, 0.3, 0.3, 0.2, 0.1]])
    seen = draw.binomial(40, true, (600, 2, 5)) / 40
    mean = np.sqrt(divergence(seen[:, 0], seen[:, 1])).mean()
    found = [of_shares(it, [40, 40], draw) for it in seen[:300]]
    assert 0.9 <= np.mean([it.low <= mean <= it.high for it in found]) <= 0.99
    assert np.mean([it.p < 0.05 for it in found]) > 0.9


# -- maps ------------------------------------------------------------------------------------------

plane = arrays(float, st.tuples(st.integers(1, 7), st.just(2)), elements=st.integers(-20, 20))


@given(plane)
def test_a_map_of_a_plane_keeps_all_distances(points: np.ndarray) -> None:
    distances = squareform(pdist(points))
    found = classical_scaling(distances)
    assert squareform(pdist(found.points)) == pytest.approx(distances, abs=1e-5)
    assert found.stress == pytest.approx(0, abs=1e-5)
    assert found.shown == pytest.approx(1)


@given(plane, st.floats(0, 6.2), st.booleans())
def test_turned_points_give_the_same_map(points: np.ndarray, angle: float, mirrored: bool) -> None:
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    there, back = (squareform(pdist(it)) for it in (points, points @ turn * (-1 if mirrored else 1)))
    assert classical_scaling(there).points == pytest.approx(classical_scaling(back).points, abs=1e-3)


def test_axes_that_are_equal_follow_the_groups() -> None:
    """Four groups equally far apart fit no plane, and any two axes would be as good."""
    distances = 1 - np.eye(4)
    found = classical_scaling(distances)
    wobbled = classical_scaling(distances + 1e-12 * (np.arange(16).reshape(4, 4) @ np.ones((4, 4))))
    assert found.points == pytest.approx(wobbled.points, abs=1e-6)
    assert found.shown == pytest.approx(2 / 3)
    assert found.points[0, 0] > 0
    assert found.points[0, 1] == pytest.approx(0)


def test_stress_by_hand() -> None:
    distances = 1 - np.eye(4)
    found = classical_scaling(distances)
    mapped = pdist(found.points)
    assert found.stress == pytest.approx(np.sqrt(((1 - mapped) ** 2).sum() / (mapped**2).sum()))


@pytest.mark.parametrize(
    ("distances", "points", "shown"),
    [
        ([], np.empty((0, 2)), np.nan),
        ([[0]], [[0, 0]], 1),
        ([[0, 0.5], [0.5, 0]], [[0.25, 0], [-0.25, 0]], 1),
        (np.zeros((3, 3)), np.zeros((3, 2)), 1),
        ([[0, 0.5, np.nan], [0.5, 0, np.nan], [np.nan] * 3], [[0.25, 0], [-0.25, 0], [np.nan] * 2], 1),
    ],
)
def test_small_maps(distances: list, points: list, shown: float) -> None:
    table = np.array(distances, dtype=float).reshape(len(distances), len(distances))
    found = classical_scaling(table)
    assert found.points == pytest.approx(np.array(points, dtype=float), nan_ok=True)
    assert found.shown == pytest.approx(shown, nan_ok=True)


def test_a_generator_hangs_on_its_names_alone() -> None:
    first = seeded(1, "Ada", "Bo").random(3)
    assert list(first) == list(seeded(1, "Ada", "Bo").random(3))
    others = [
        seeded(2, "Ada", "Bo"),
        seeded(1, "Bo", "Ada"),
        seeded(1, "AdaBo"),
        seeded(1, "Ada", "Bo", ""),
    ]
    assert all(list(first) != list(it.random(3)) for it in others)
