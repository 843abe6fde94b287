"""Whether p-values and intervals of words and distances hold: `python bench/comparisons.py --runs N`.

Words: segments are dealt out to two texts by lot, so that nothing differs; shares of p-values below
0.05 and 0.01 by frequency, beside those of G2. With `--counts FOLDER --measures FOLDER` (parts of these
tables) for the words of a corpus, else for made-up ones. Distances: texts are made from profiles that
are known, with few categories or many; how often the intervals hold the mean distance of such texts,
and those of the distance beyond chance the distance of the profiles.
"""

import argparse
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from nlp.compare.segments import material_of
from nlp.stats import Segments, contrast, distance, divergence, ground, keyness

CONFIDENCE, PERMUTATIONS = 0.95, 99
BANDS = (5, 10, 20, 50, 10**9)  # occurrences on both sides together
SIDES = ((20, 20), (6, 20), (6, 6), (20, 50), (6, 60), (2, 20))  # segments
Draw = np.random.Generator
Made = Callable[[Draw, int, int], np.ndarray]  # which of the two profiles, segments -> counts


def two_texts(counts: sparse.csr_array, sizes: np.ndarray, first: int) -> Segments:
    text = (np.arange(len(sizes)) >= first).astype(int)
    return Segments(counts, sizes, text, text)


def burst(draw: Draw) -> tuple[sparse.csr_array, np.ndarray]:
    """Segments with negative binomial counts of 1,000 words, rare and frequent."""
    sizes = draw.integers(200, 480, 80).astype(float)
    rates = np.exp(draw.uniform(np.log(3e-4), np.log(1e-2), 1000))
    counts = draw.poisson(sizes[:, None] * rates * draw.gamma(1, 1, size=(80, 1000)))
    return sparse.csr_array(counts.astype(float)), sizes


def of_corpus(counts: Path, measures: Path) -> tuple[sparse.csr_array, np.ndarray]:
    """Segments of all texts with their words, of all zones."""
    counted, measured = pd.read_parquet(counts), pd.read_parquet(measures)
    author = pd.Series("all", index=sorted(set(measured["doc_id"])))
    segments = material_of(author, measured, counted[counted["kind"] == "word"], "count").segments
    return segments.counts, segments.sizes


def false_alarms(
    counts: sparse.csr_array, sizes: np.ndarray, sides: tuple[int, int], runs: int, draw: Draw
) -> Iterator[str]:
    """A line for each band of frequencies."""
    found = []
    for _ in range(runs):
        dealt = draw.permutation(len(sizes))[: sum(sides)]
        them = two_texts(counts[dealt], sizes[dealt], sides[0])
        features = np.flatnonzero(them.counts.sum(axis=0) >= BANDS[0])
        seen = contrast(
            ground(them), 0, 1, features=features, min_documents=6, prior=500, confidence=CONFIDENCE
        )
        own, its = np.array(seen.total), np.array(seen.other_total)
        plain = keyness(seen.found, own, seen.other_found, its, confidence=CONFIDENCE)
        found.append((seen.found + seen.other_found, seen.p, plain.p))
    both, p, naive = (np.concatenate(it) for it in zip(*found, strict=True))
    for low, high in pairwise(BANDS):
        band = (both >= low) & (both < high)
        if band.any():
            told = [(it[band] <= level).mean() for it in (p, naive) for level in (0.05, 0.01)]
            yield f"{low:>5}+  {told[0]:.3f} {told[1]:.4f}   G2 {told[2]:.3f} {told[3]:.4f}"


def weights(profiles: np.ndarray) -> Made:
    """Weights of topics: Dirichlet around the profile."""
    return lambda draw, which, n: draw.dirichlet(2 * profiles[which], size=n)


def words(profiles: np.ndarray, length: float, spread: float) -> Made:
    """Counts that come in bunches (negative binomial), of segments of about so many words."""

    def made(draw: Draw, which: int, n: int) -> np.ndarray:
        mean = length * profiles[which] * draw.uniform(0.8, 1.2, size=(n, 1))
        return draw.poisson(mean * draw.gamma(1 / spread, spread, size=mean.shape))

    return made


def zipf(features: int, apart: float, draw: Draw) -> np.ndarray:
    """Two profiles; `apart` is the deviation of the logarithms of their rates from the common ones."""
    common = np.log(1 / (np.arange(features) + 3))
    rates = np.exp(common + apart * draw.normal(size=(2, features)))
    return rates / rates.sum(axis=1, keepdims=True)


def cells(draw: Draw) -> Iterator[tuple[str, np.ndarray, Made]]:
    topics = np.array([0.3, 0.2, 0.15, 0.1, 0.1, 0.08, 0.05, 0.02])
    for name, part in (("same", 0.0), ("near", 0.3), ("far", 1.0)):
        profiles = np.stack([topics, (1 - part) * topics + part * topics[::-1]])
        yield f"8 topics, {name}", profiles, weights(profiles)
    for features, length, spread in ((1500, 150, 1.0), (150, 12, 2.0)):
        for apart in (0.0, 0.5, 1.5):
            profiles = zipf(features, apart, draw)
            yield f"{features} words, {apart} apart", profiles, words(profiles, length, spread)


def coverage(
    profiles: np.ndarray, made: Made, sides: tuple[int, int], runs: int, draw: Draw
) -> tuple[float, ...]:
    """Distance of the profiles; means of distance and `beyond`; how often both intervals hold."""
    true = float(np.sqrt(divergence(*profiles)))
    found = []
    for _ in range(runs):
        counts = np.vstack([made(draw, which, n) for which, n in enumerate(sides)])
        them = two_texts(sparse.csr_array(counts.astype(float)), np.ones(sum(sides)), sides[0])
        told = distance(
            them, 0, 1, min_documents=6, permutations=PERMUTATIONS, confidence=CONFIDENCE, draw=draw
        )
        found.append(
            [told.value, told.low, told.high, told.beyond, told.beyond_low, told.beyond_high, told.p]
        )
    value, low, high, beyond, beyond_low, beyond_high, p = np.array(found).T
    held = np.mean((low <= value.mean()) & (value.mean() <= high))
    held_beyond = np.mean((beyond_low <= true) & (true <= beyond_high))
    return true, value.mean(), beyond.mean(), float(held), float(held_beyond), float(np.mean(p <= 0.05))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--counts", type=Path)
    parser.add_argument("--measures", type=Path)
    given = parser.parse_args()
    draw = np.random.default_rng(1)
    counts, sizes = of_corpus(given.counts, given.measures) if given.counts else burst(draw)
    for sides in SIDES:
        print(f"words, segments {sides}: p <= 0.05, 0.01")
        print("\n".join(false_alarms(counts, sizes, sides, given.runs, draw)))
    print("distances: of the profiles, of the texts, beyond chance; intervals of both; p <= 0.05")
    for sides in SIDES[:3]:
        for name, profiles, made in cells(draw):
            told = coverage(profiles, made, sides, given.runs, draw)
            print(f"{sides!s:9} {name:24}", " ".join(f"{it:.3f}" for it in told), flush=True)


if __name__ == "__main__":
    main()
