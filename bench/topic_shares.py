"""Whether the intervals of topic shares hold: `python bench/topic_shares.py --runs N`.

Texts are made up by processes whose mean is the share of each topic, known then: sections of a
geometric number of passages, with and without noise in each passage; autoregressive series; texts of
an author that differ as texts; topics that vary unlike; weights read off a few words, with posterior
variances; and an error of the model, seen in eight other runs. In every second run all authors have
the same shares, so that p-values below 0.05 are false.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy import special

from nlp.shares import Shares, difference
from nlp.shares.serial import (
    Serial,
    between_runs,
    carried,
    components,
    intervals,
    means,
    sizes,
    widened,
)

CONFIDENCE, OTHER_RUNS = 0.95, 8
Draw = np.random.Generator
Process = Callable[[Draw, int, np.ndarray], np.ndarray]  # passages, shares -> passages x topics

# Passages of each text of each author.
CORPUS = [[37], [13], [38], [75], [11]]
MIXED = [[12, 30, 8], [40], [25, 25], [9, 14, 20, 6], [60, 15]]
MANY = [[20] * 40] * 8
FEW = [[6], [6]]
TWO = [[25], [25]]
THREE = [[10] * 3] * 2
SHORT = [[2] * 30] * 4


class Cell(NamedTuple):
    """What is simulated."""

    authors: Sequence[Sequence[int]]
    process: Process
    texts: float = np.inf  # concentration of the shares of texts around those of their author
    topics: int = 6
    words: int = 0  # that a passage's weights are read off; 0: they are known
    model: float = 0.0  # standard deviation between runs, for a share of a half twice that


def dirichlet(draw: Draw, concentration: np.ndarray) -> np.ndarray:
    """One draw for each row; for rows of small numbers, too."""
    gammas = draw.standard_gamma(np.maximum(concentration, 1e-6)) + 1e-300
    return gammas / gammas.sum(axis=-1, keepdims=True)


def sections(fading: float, concentration: float = 1.0) -> Process:
    """A section has the same weights all through; the next begins with probability 1 - fading."""

    def process(draw: Draw, n: int, shares: np.ndarray) -> np.ndarray:
        section = np.cumsum(np.append(False, draw.random(n - 1) >= fading))
        return dirichlet(draw, np.tile(concentration * shares, (n, 1)))[section]

    return process


def noisy(fading: float) -> Process:
    """The passages of a section vary around what it is about."""

    def process(draw: Draw, n: int, shares: np.ndarray) -> np.ndarray:
        return dirichlet(draw, 2 * sections(fading, 1.5)(draw, n, shares))

    return process


def series(least: float, most: float) -> Process:
    """Dirichlet weights, made of gamma variates that follow series of first order (Gaussian copula)."""

    def process(draw: Draw, n: int, shares: np.ndarray) -> np.ndarray:
        fading = np.linspace(least, most, len(shares))
        normal = draw.standard_normal((n, len(shares)))
        for at in range(1, n):
            normal[at] = fading * normal[at - 1] + np.sqrt(1 - fading**2) * normal[at]
        gammas = special.gammaincinv(shares + 1e-9, special.ndtr(np.clip(normal, -7, 7))) + 1e-300
        return gammas / gammas.sum(axis=1, keepdims=True)

    return process


def unlike(fading: float) -> Process:
    """One half of the topics is in all passages, the other in a few of them."""

    def process(draw: Draw, n: int, shares: np.ndarray) -> np.ndarray:
        halves = zip(np.array_split(shares, 2), (8.0, 0.3), strict=True)
        made = [
            it.sum() * sections(fading, spread)(draw, n, np.asarray(it / it.sum())) for it, spread in halves
        ]
        return np.concatenate(made, axis=1)

    return process


CELLS = {
    "corpus, independent": Cell(CORPUS, sections(0)),
    "corpus, sections 0.5": Cell(CORPUS, sections(0.5)),
    "corpus, sections 0.7": Cell(CORPUS, sections(0.7)),
    "corpus, noisy sections 0.8": Cell(CORPUS, noisy(0.8)),
    "corpus, series 0.5": Cell(CORPUS, series(0.5, 0.5)),
    "corpus, series 0 to 0.7": Cell(CORPUS, series(0, 0.7)),
    "corpus, 15 topics": Cell(CORPUS, noisy(0.8), topics=15),
    "corpus, 2 topics": Cell(CORPUS, sections(0.5), topics=2),
    "corpus, topics unlike": Cell(CORPUS, unlike(0.5)),
    "corpus, read off 40 words": Cell(CORPUS, sections(0.5), words=40),
    "corpus, model 0.05": Cell(CORPUS, sections(0.5), model=0.05),
    "corpus, model 0.1": Cell(CORPUS, sections(0.5), model=0.1),
    "few, independent": Cell(FEW, sections(0)),
    "few, sections 0.5": Cell(FEW, sections(0.5)),
    "few, noisy sections 0.8": Cell(FEW, noisy(0.8)),
    "two, noisy sections, 2 topics": Cell(TWO, noisy(0.8), topics=2),
    "mixed, sections 0.5": Cell(MIXED, sections(0.5)),
    "mixed, texts differ": Cell(MIXED, sections(0.5), texts=15),
    "three texts each, which differ": Cell(THREE, sections(0.5), texts=8),
    "short texts, which differ": Cell(SHORT, sections(0.5), texts=15),
    "many, noisy sections 0.8": Cell(MANY, noisy(0.8)),
    "many, texts differ": Cell(MANY, series(0.5, 0.5), texts=15),
}


def texts_of(draw: Draw, cell: Cell, shares: np.ndarray) -> Serial:
    """Made-up passages of all authors, by their shares (authors x topics)."""
    made = []
    for author, lengths in zip(shares, cell.authors, strict=True):
        for n in lengths:
            own = author if np.isinf(cell.texts) else dirichlet(draw, cell.texts * author)
            made.append(cell.process(draw, n, own))
    weights = np.concatenate(made)
    variances = np.zeros_like(weights)
    if cell.words:
        weights, variances = read_off(draw, weights, cell.words)
    group = np.repeat(np.arange(len(shares)), [sum(lengths) for lengths in cell.authors])
    text = np.repeat(np.arange(len(made)), [len(own) for own in made])
    return Serial(weights, variances, group, text)


def read_off(draw: Draw, weights: np.ndarray, words: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the posterior Dirichlet distribution, with a prior worth a word in all."""
    after = draw.multinomial(words, weights) + 1 / weights.shape[1]
    mean = after / (words + 1)
    return mean, mean * (1 - mean) / (words + 2)


class Told(NamedTuple):
    """Shares with their intervals; what they are without the model's part, and its runs."""

    shown: Shares
    plain: Shares
    runs: np.ndarray


def tell(draw: Draw, serial: Serial, model: float) -> Told:
    """What is told of made-up texts."""
    mean = means(serial)
    size = sizes(serial, components(serial), confidence=CONFIDENCE)
    runs = np.repeat(mean[None], 1 + OTHER_RUNS, axis=0)
    runs = np.clip(runs + draw.standard_normal(runs.shape) * 2 * model * np.sqrt(mean * (1 - mean)), 0, 1)
    plain = intervals(runs[0], size, confidence=CONFIDENCE)
    beside = carried(between_runs(runs[0], runs[1:]), OTHER_RUNS, confidence=CONFIDENCE)
    return Told(widened(plain, beside, confidence=CONFIDENCE), plain, runs)


class Tally(NamedTuple):
    """Mean over one run; `false` is NaN where authors differ."""

    shares: float
    differences: float
    false: float
    width: float


def simulate(draw: Draw, cell: Cell, *, same: bool) -> Tally:
    authors = len(cell.authors)
    shares = dirichlet(draw, np.full((1 if same else authors, cell.topics), 1.5))
    shares = np.broadcast_to(shares, (authors, cell.topics))
    told = tell(draw, texts_of(draw, cell, shares), cell.model)
    one, other = np.triu_indices(authors, 1)
    apart = told.runs[:, one] - told.runs[:, other]
    found = difference(
        *(Shares(*(it[place] for it in told.plain)) for place in (one, other)),
        confidence=CONFIDENCE,
        beside=carried(between_runs(apart[0], apart[1:]), OTHER_RUNS, confidence=CONFIDENCE),
    )
    truth = shares[one] - shares[other]
    return Tally(
        shares=float(((told.shown.low <= shares) & (shares <= told.shown.high)).mean()),
        differences=float(((found.low <= truth) & (truth <= found.high)).mean()),
        false=float((found.p < 1 - CONFIDENCE).mean()) if same else float("nan"),
        width=float((told.shown.high - told.shown.low).mean()),
    )


def cover(cell: Cell, *, runs: int, seed: int) -> Tally:
    """Means over all runs. Same seed, same numbers."""
    draw = np.random.default_rng(seed)
    found = np.array([simulate(draw, cell, same=number % 2 == 0) for number in range(runs)])
    return Tally(*map(float, np.nanmean(found, axis=0)))


def lines(runs: int, seed: int) -> Iterator[str]:
    yield f"{'nominal 95 %':<31} shares  differences  p < .05  width"
    for name, cell in CELLS.items():
        found = cover(cell, runs=runs, seed=seed)
        yield (
            f"{name:<31} {found.shares:6.3f}  {found.differences:11.3f}  {found.false:7.3f}"
            f"  {found.width:5.2f}"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    options.add_argument("--runs", type=int, default=400)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    for line in lines(chosen.runs, chosen.seed):
        print(line, flush=True)


if __name__ == "__main__":
    main()
