"""How often intervals hold the true share: simulated over authors, shares and correlations."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from nlp import shares
from nlp.params import CompareParams
from nlp.simulate.population import (
    MIX,
    Drawn,
    Machine,
    Stratum,
    codes,
    draw_blocks,
    indicators,
    predicted,
    sample_of,
)

_TEXTS_ALIKE = shares.Correlation(0.0, 0)  # documents of an author are made up alike


class Plan(NamedTuple):
    """What is simulated: in every run, every author uses one frame of each share."""

    authors: Mapping[str, tuple[Stratum, ...]]
    shares: tuple[float, ...]  # of units with the frame, ascending
    band: float  # 0.2: a share is drawn between 20 % less and more; 0: exactly the share
    correlations: tuple[float, ...]  # within blocks; each frame draws one of them
    machine: Machine
    runs: int
    seed: int


class Run(NamedTuple):
    """What became of all cells of one run: arrays of authors x frames x categories with their union."""

    expected: np.ndarray  # share that the population was made with
    truth: np.ndarray  # share in the population: what is estimated
    low: np.ndarray
    high: np.ndarray
    value: np.ndarray
    source_low: np.ndarray  # the interval for `expected`, from which differences are made
    source_high: np.ndarray
    enough: np.ndarray


class Tally(NamedTuple):
    """Intervals of one kind: how many, how many estimable, and of these, how many hold and how wide."""

    cells: int
    estimable: float
    coverage: float
    width: float


def simulate(plan: Plan, params: CompareParams) -> list[Run]:
    """The estimates of `compare` for made-up populations. Same plan, same numbers."""
    random = np.random.default_rng(plan.seed)
    return [_run(random, plan, params) for _ in range(plan.runs)]


def _run(random: np.random.Generator, plan: Plan, params: CompareParams) -> Run:
    made = [
        _frame(random, draw, share, plan)
        for draw in (draw_blocks(random, strata) for strata in plan.authors.values())
        for share in plan.shares
    ]
    alike = shares.block_correlation([it.cells for it in made])
    of_truth = shares.block_correlation([it.coded for it in made])
    found = [shares.intervals(it.cells, alike, confidence=params.confidence) for it in made]
    sources = [
        shares.intervals_of_sources(
            it.cells, alike, of_truth, _TEXTS_ALIKE, evenness=0.0, confidence=params.confidence
        )
        for it in made
    ]
    enough = [
        shares.enough(it.cells, alike, min_coded=params.min_coded, min_effective=params.min_effective)
        for it in made
    ]
    shape = (len(plan.authors), len(plan.shares), len(MIX) + 1)
    return Run(
        expected=np.array([it.expected for it in made]).reshape(shape),
        truth=np.array([it.truth for it in made]).reshape(shape),
        low=np.array([it.low for it in found]).reshape(shape),
        high=np.array([it.high for it in found]).reshape(shape),
        value=np.array([it.value for it in found]).reshape(shape),
        source_low=np.array([it.low for it in sources]).reshape(shape),
        source_high=np.array([it.high for it in sources]).reshape(shape),
        enough=np.broadcast_to(np.array(enough).reshape(*shape[:2], 1), shape),
    )


class _Frame(NamedTuple):
    """A frame of one author: what its sample tells, what it was made with and what it is."""

    cells: shares.Cells
    coded: shares.Cells  # by the sample alone
    expected: np.ndarray
    truth: np.ndarray


def _frame(random: np.random.Generator, drawn: Drawn, share: float, plan: Plan) -> _Frame:
    union = min(share * random.uniform(1 - plan.band, 1 + plan.band), 0.95)
    made_of = union * np.array(MIX)
    code = codes(random, drawn.block, made_of, float(random.choice(plan.correlations)))
    guess = predicted(random, code, made_of, plan.machine)
    true, seen = (indicators(it, len(MIX)) for it in (code, guess))
    sample = sample_of(drawn, true, seen)
    return _Frame(
        cells=shares.estimate(sample),
        coded=shares.estimate(sample, guided=False),
        expected=np.append(made_of, union),
        truth=np.append(true.mean(axis=0), true.sum() / len(true)),
    )


def by_share(runs: Sequence[Run], plan: Plan) -> Iterator[tuple[str, float, Tally]]:
    """For each author and share of the plan, the cells, of any category, whose share is nearest to it."""
    whole = Run(*(np.stack(column) for column in zip(*runs, strict=True)))
    nearest = _nearest(whole.expected, plan.shares)
    holds = (whole.low <= whole.truth + 1e-9) & (whole.truth <= whole.high + 1e-9)
    for number, author in enumerate(plan.authors):
        for place, share in enumerate(plan.shares):
            own = np.zeros(holds.shape, dtype=bool)
            own[:, number] = nearest[:, number] == place
            yield author, share, _tally(own, whole.enough, holds, whole.high - whole.low)


def of_differences(runs: Sequence[Run], plan: Plan, params: CompareParams) -> Iterator[tuple[float, Tally]]:
    """For each share, the differences between all authors in the categories of that frame; none of one.

    They are differences between what the texts were drawn from, as in table `frame_differences`.
    """
    if len(plan.authors) < 2:
        return
    whole = Run(*(np.stack(column) for column in zip(*runs, strict=True)))
    one, other = (np.array(it) for it in zip(*combinations(range(len(plan.authors)), 2), strict=True))
    pair = [_shares(whole, it) for it in (one, other)]
    found = shares.difference(*pair, confidence=params.confidence)
    truth = whole.expected[:, one] - whole.expected[:, other]
    holds = (found.low <= truth + 1e-9) & (truth <= found.high + 1e-9)
    enough = whole.enough[:, one] & whole.enough[:, other]
    for place, share in enumerate(plan.shares):
        own = np.zeros(holds.shape, dtype=bool)
        own[:, :, place] = True
        yield share, _tally(own, enough, holds, found.high - found.low)


def _shares(whole: Run, authors: np.ndarray) -> shares.Shares:
    value, low, high = (it[:, authors] for it in (whole.value, whole.source_low, whole.source_high))
    return shares.Shares(value, low, high, np.full(value.shape, np.nan))


def _nearest(expected: np.ndarray, grid: Sequence[float]) -> np.ndarray:
    """Place of the nearest share of the grid, by ratio; -1 for less than half the smallest."""
    away = np.abs(np.log(expected[..., None]) - np.log(np.array(grid)))
    return np.where(expected < grid[0] / 2, -1, away.argmin(axis=-1))


def _tally(own: np.ndarray, enough: np.ndarray, holds: np.ndarray, width: np.ndarray) -> Tally:
    """NaN where no cell is estimable."""
    known = own & enough
    cells, count = int(own.sum()), int(known.sum())
    if not count:
        return Tally(cells, 0.0 if cells else float("nan"), float("nan"), float("nan"))
    return Tally(cells, count / cells, float(holds[known].mean()), float(width[known].mean()))
