"""Finite populations made up of blocks, predictions with given errors, and samples drawn from them."""

from typing import NamedTuple

import numpy as np

from nlp.shares import Sample

MIX = (0.6, 0.3, 0.1)  # categories of a frame, as parts of their union
_RIGHT = 0.75  # of the units in which a prediction sees the frame, those in which it tells the category


class Stratum(NamedTuple):
    """A document: its units, and how many of them, in how many blocks, are coded."""

    units: int
    coded: int
    blocks: int


class Machine(NamedTuple):
    """How well units with a frame are found: shares of the true ones, and of the found ones (0 to 1)."""

    recall: float
    precision: float


class Drawn(NamedTuple):
    """An author's blocks and which units are coded: the same for all frames."""

    block: np.ndarray
    stratum: np.ndarray
    coded: np.ndarray


def draw_blocks(random: np.random.Generator, strata: tuple[Stratum, ...]) -> Drawn:
    """Blocks of equal size (the last of a stratum may be shorter), drawn without replacement."""
    block, stratum, coded = [], [], []
    for number, it in enumerate(strata):
        size = max(round(it.coded / it.blocks), 1) if it.blocks else it.units
        own = np.arange(it.units) // size
        there = int(own[-1]) + 1
        drawn = random.choice(there, min(it.blocks, there), replace=False)
        block.append(own + 10**6 * number)
        stratum.append(np.full(it.units, number))
        coded.append(np.isin(own, drawn))
    return Drawn(np.concatenate(block), np.concatenate(stratum), np.concatenate(coded))


def codes(
    random: np.random.Generator, block: np.ndarray, shares: np.ndarray, correlation: float
) -> np.ndarray:
    """A category for each unit, or the number of categories for none.

    The shares of each block come from a Dirichlet distribution, so that every category, and every union
    of some, is beta-binomial in blocks with this correlation between the units of a block.
    """
    expected = np.append(shares, 1 - shares.sum())
    of_block = np.unique(block, return_inverse=True)[1]
    own = np.tile(expected, (of_block.max() + 1, 1))
    if correlation > 0:
        gamma = random.gamma(own * (1 - correlation) / correlation)
        total = gamma.sum(axis=1, keepdims=True)
        own = np.where(total > 0, gamma / np.where(total > 0, total, 1), own)
    luck = random.random(len(block))[:, None]
    return np.minimum((luck > own.cumsum(axis=1)[of_block]).sum(axis=1), len(shares))


def predicted(
    random: np.random.Generator, found: np.ndarray, shares: np.ndarray, machine: Machine
) -> np.ndarray:
    """What a machine with such errors sees in the units: errors fall on them one by one."""
    union = shares.sum()
    wrongly = machine.recall * union * (1 - machine.precision) / machine.precision / (1 - union)
    there = found < len(shares)
    seen = random.random(len(found)) < np.where(there, machine.recall, min(wrongly, 1.0))
    guess = random.choice(len(shares), len(found), p=shares / union)
    right = there & (random.random(len(found)) < _RIGHT)
    return np.where(seen, np.where(right, found, guess), len(shares))


def sample_of(drawn: Drawn, truth: np.ndarray, guess: np.ndarray) -> Sample:
    """The sample as an estimator gets it, of units x categories."""
    coded = drawn.coded
    return Sample(
        truth=truth[coded],
        predicted=guess[coded],
        block=drawn.block[coded],
        stratum=drawn.stratum[coded],
        probability=np.ones(int(coded.sum())),
        population=guess,
        population_stratum=drawn.stratum,
    )


def indicators(found: np.ndarray, categories: int) -> np.ndarray:
    """Units x categories of 0 and 1."""
    return np.eye(categories + 1)[found][:, :categories]
