"""How far apart the profiles of groups are, beside what chance makes of texts of these lengths."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy import sparse, special

from nlp.stats.ratios import ratios
from nlp.stats.segments import TEXTS, Segments, drawn, jackknife_variance, sums

_CELLS = 2_000_000  # numbers held at once: replicates x features
_TINY = 1e-300
_TIE = 1e-12
_TWO = 2  # units: there is nothing to exchange, for the sides only change places


class Distance(NamedTuple):
    """Jensen-Shannon distances of two groups: 0 (alike) to 1 (nothing in common)."""

    value: float
    low: float
    high: float
    expected: float  # by chance
    p: float
    beyond: float  # what is left of the distance without chance
    beyond_low: float
    beyond_high: float
    scope: str


class Units(NamedTuple):
    """What is exchanged and left out in comparing two groups."""

    counts: sparse.csr_array  # units x features that one of them has
    own: np.ndarray  # bool: whether a unit is of the first group
    stratum: np.ndarray
    scope: str


def divergence(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Jensen-Shannon divergence in bits (Lin 1991) of counts or weights; the last axis is features.

    Its root is a metric (Endres & Schindelin 2003). Unknown (NaN) where one of them has none at all.
    Profiles of many features, read off few occurrences, always seem far apart.
    """
    sums = [it.sum(axis=-1, keepdims=True, dtype=float) for it in (one, other)]
    p, q = (ratios(it, total) for it, total in zip((one, other), sums, strict=True))
    found = _entropy((p + q) / 2) - (_entropy(p) + _entropy(q)) / 2
    return np.where((sums[0] > 0)[..., 0] & (sums[1] > 0)[..., 0], np.clip(found, 0, 1), np.nan)


def _entropy(profile: np.ndarray) -> np.ndarray:
    return -np.einsum("...f,...f", profile, np.log2(np.maximum(profile, _TINY)))


def distance(
    segments: Segments,
    one: int,
    other: int,
    *,
    min_documents: int,
    permutations: int,
    confidence: float,
    draw: np.random.Generator,
) -> Distance:
    """Distance of the profiles of two groups, with interval, permutation test and what chance makes.

    `expected` is the root of the mean divergence when segments are exchanged at random between both:
    what two portions of one text of these lengths would have. `p` is the share of such exchanges that
    are as far or farther, the one seen included (Phipson & Smyth 2010).

    The interval is for the mean distance that other texts of these lengths, made in the same way, would
    show: divergence +- t times its jackknife error over segments within documents (Efron & Stein 1981).
    `beyond` takes chance away, as kappa does (Cohen 1960): root of (divergence - by chance) /
    (1 - by chance), 0 where it is less than by chance; its interval is the same, carried over. Only
    `beyond` can be compared between pairs of other lengths.

    From `min_documents` on either side, documents take the segments' place (scope `groups`). What chance
    makes is unknown where each side is a single segment, for then there is nothing to exchange. Ends are
    unknown (NaN) where a side shows no variance; docs/design.md tells how often they hold. Segments that
    are like their neighbours make p too small.
    """
    units = _units(segments, one, other, min_documents)
    found = float(divergence(*_sides(units)))
    chance = _exchanged(units, permutations, draw)
    low, high = _jackknife(units, found, confidence)
    return _told(found, low, high, chance, units.scope)


def no_distance() -> Distance:
    """Of groups of which there is too little: all unknown (NaN)."""
    return _told(np.nan, np.nan, np.nan, np.empty(0), TEXTS)


def _told(found: float, low: float, high: float, chance: np.ndarray, scope: str) -> Distance:
    """From divergences to distances; `chance` are those of replicates."""
    chance = chance[~np.isnan(chance)]
    expected = float(chance.mean()) if len(chance) else float("nan")
    farther = np.count_nonzero(chance >= found - _TIE)
    ends = np.array([found, low, high])
    left = np.sqrt(np.maximum(ratios(ends - expected, np.array(1 - expected)), 0))
    p = (1 + farther) / (1 + len(chance)) if len(chance) and not np.isnan(found) else float("nan")
    value, low, high, by_chance = np.sqrt([*ends, expected]).tolist()
    beyond, beyond_low, beyond_high = left.tolist()
    return Distance(value, low, high, by_chance, p, beyond, beyond_low, beyond_high, scope)


def _units(segments: Segments, one: int, other: int, min_documents: int) -> Units:
    rows = np.flatnonzero(np.isin(segments.group, (one, other)))
    within = Segments(*(it[rows] for it in segments))
    units, stratum, scope = drawn(within, (one, other), min_documents=min_documents)
    named = np.flatnonzero(units.counts.sum(axis=0))
    counts = sparse.csr_array(units.counts[:, named], dtype=float)
    return Units(counts, units.group == one, stratum, scope)


def _sides(units: Units) -> tuple[np.ndarray, np.ndarray]:
    first, second = (np.asarray(units.counts[side].sum(axis=0)) for side in (units.own, ~units.own))
    return first, second


def _chunks(rows: int, features: int) -> Iterator[slice]:
    step = max(_CELLS // max(features, 1), 1)
    return (slice(start, start + step) for start in range(0, rows, step))


def _exchanged(units: Units, permutations: int, draw: np.random.Generator) -> np.ndarray:
    """Divergences when units are exchanged at random, each side keeping its number; none of two units."""
    if len(units.own) <= _TWO:
        return np.empty(0)
    total = np.asarray(units.counts.sum(axis=0))
    order = draw.random((permutations, len(units.own))).argsort(axis=1)
    first = (order < np.count_nonzero(units.own)).astype(float)
    found = [np.empty(0)]
    for rows in _chunks(permutations, len(total)):
        one = first[rows] @ units.counts
        found.append(divergence(one, np.maximum(total - one, 0)))
    return np.concatenate(found)


def _jackknife(units: Units, found: float, confidence: float) -> tuple[float, float]:
    """Ends of the interval of the divergence."""
    size = np.bincount(units.stratum)
    freedom = [_freedom(units.stratum[side]) for side in (units.own, ~units.own)]
    if min(freedom) < 1:
        return float("nan"), float("nan")
    left_out = np.flatnonzero(size[units.stratum] > 1)
    values, stratum = _left_out(units, left_out), units.stratum[left_out]
    error = np.sqrt(jackknife_variance(values, stratum, size))
    half = -special.stdtrit(sum(freedom), (1 - confidence) / 2) * error
    return float(max(found - half, 0)), float(min(found + half, 1))


def _freedom(stratum: np.ndarray) -> int:
    return len(stratum) - len(np.unique(stratum))


def _left_out(units: Units, left_out: np.ndarray) -> np.ndarray:
    """Divergences without one unit each, the others of its stratum taking its place."""
    size, sides = np.bincount(units.stratum), _sides(units)
    stratum = sums(units.counts, units.stratum, len(size))
    found = np.empty(len(left_out))
    for rows in _chunks(len(left_out), units.counts.shape[1]):
        unit = left_out[rows]
        place, own = units.stratum[unit], units.own[unit, None]
        of = size[place, None]
        change = (stratum[place].toarray() - of * units.counts[unit].toarray()) / (of - 1)
        one, other = (
            side + np.where(own == first, change, 0)
            for side, first in zip(sides, (True, False), strict=True)
        )
        found[rows] = divergence(np.maximum(one, 0), np.maximum(other, 0))
    return found


def from_draws(shares: np.ndarray, draws: np.ndarray, chance: np.ndarray, *, confidence: float) -> Distance:
    """The same from draws, where there are shares and no segments: of these texts (scope `texts`).

    `shares` is 2 x categories, of two groups; `draws`, replicates x 2 x categories, are shares that other
    samples would give, and `chance` those that samples would give if both groups had the same shares.
    The interval takes the draws' deviation and not their percentiles, which lie too high: what is drawn
    about shares that err already errs twice.
    """
    found = float(divergence(shares[0], shares[1]))
    spread = divergence(draws[:, 0], draws[:, 1])
    half = special.ndtri(0.5 + confidence / 2) * np.sqrt(np.var(spread[~np.isnan(spread)], ddof=1))
    low, high = float(max(found - half, 0)), float(min(found + half, 1))
    return _told(found, low, high, divergence(chance[:, 0], chance[:, 1]), TEXTS)


def distance_of_shares(
    shares: np.ndarray,
    sizes: np.ndarray,
    *,
    replicates: int,
    confidence: float,
    draw: np.random.Generator,
) -> Distance:
    """Distance of two groups of whom there are shares, and how many independent units each is worth.

    Both arguments are 2 x categories. Each share is drawn for itself, for several categories may hold of
    one unit. By chance, both groups have a share in common that is as uncertain as both samples leave it.
    """
    if np.isnan(shares).any():
        return no_distance()
    units = np.maximum(np.round(np.nan_to_num(sizes)), 1).astype(int)
    seen = shares * units
    own = (seen + 0.5) / (units + 1)  # a share of 0 is not known to be 0
    some, rest = seen.sum(axis=0) + 0.5, (units - seen).sum(axis=0) + 0.5
    both = draw.beta(some, rest, size=(replicates, 1, shares.shape[1]))
    draws = draw.binomial(units, own, size=(replicates, *units.shape)) / units
    chance = draw.binomial(units, np.broadcast_to(both, draws.shape)) / units
    return from_draws(shares, draws, chance, confidence=confidence)
