"""The sums that estimates of shares are made of. They add up: a sample of several parts has their sum."""

from typing import NamedTuple

import numpy as np


class Sample(NamedTuple):
    """Coded units, and predictions for all units of the population, the coded ones included.

    Categories are columns of 0 and 1, of which a unit has at most one.
    """

    truth: np.ndarray  # coded units x categories
    predicted: np.ndarray  # the same
    block: np.ndarray  # name of the block with which a coded unit was drawn; no two strata share one
    stratum: np.ndarray  # of each coded unit: blocks were drawn stratum by stratum
    probability: np.ndarray  # with which a coded unit came into the sample; only ratios matter
    population: np.ndarray  # all units x categories, predictions
    population_stratum: np.ndarray


class Moments(NamedTuple):
    """Sums over the coded units of each part of a population; the first axis is parts.

    Where there is a second one, it is categories and, last, their union. A unit counts as many times as
    it stands for units of its stratum (weighted sums), or once.
    """

    n: np.ndarray  # coded units
    total: np.ndarray  # units in all
    strata: np.ndarray
    blocks: np.ndarray
    positives: np.ndarray  # coded units with the category
    truth: np.ndarray  # weighted
    predicted: np.ndarray  # weighted
    population: np.ndarray  # units that are predicted to have the category
    weighted: np.ndarray  # squares around stratum means: of truth, of both, of predictions; weighted
    plain: np.ndarray  # the same, each unit once
    grouped: np.ndarray  # the same of the sums of blocks, by their sizes
    beyond: np.ndarray  # squares of what units stand for beyond themselves
    beyond_blocks: np.ndarray  # the same of the sums of blocks
    sizes: np.ndarray  # squares of the sizes of blocks
    sizes_in_strata: np.ndarray  # the same, by the sizes of their strata


def moments(sample: Sample, part: np.ndarray, population_part: np.ndarray, parts: int) -> Moments:
    """The sums of each part: numbers from 0 of the coded units' parts, and of all units'.

    No two parts share a stratum. Where a stratum has no coded unit, its part is taken as one stratum:
    that its units are like the others is then assumed, not known. A part without coded units has no
    units at all here.
    """
    stratum, everywhere, block = _numbers(sample, part, population_part)
    weight = _stands_for(stratum, everywhere, sample.probability)
    truth, predicted = _with_union(sample.truth), _with_union(sample.predicted)
    own = [_centred(it, stratum, weight) for it in (truth, predicted)]
    in_stratum, in_block = np.bincount(stratum), np.bincount(block)
    of_stratum, of_block = (_firsts(it, part) for it in (stratum, block))
    stratum_of_block = _firsts(block, stratum)
    coded = np.isin(population_part, part)

    def summed(values: np.ndarray, at: np.ndarray = part) -> np.ndarray:
        return _sums(values, at, parts)

    blocks = [_sums(it, block, len(in_block)) for it in own]
    return Moments(
        n=np.bincount(part, minlength=parts),
        total=np.bincount(population_part[coded], minlength=parts),
        strata=np.bincount(of_stratum, minlength=parts),
        blocks=np.bincount(of_block, minlength=parts),
        positives=summed(truth),
        truth=summed(weight[:, None] * truth),
        predicted=summed(weight[:, None] * predicted),
        population=summed(_with_union(sample.population)[coded], population_part[coded]),
        weighted=np.stack([summed(weight[:, None] * it) for it in _products(*own)], axis=1),
        plain=np.stack([summed(it) for it in _products(*own)], axis=1),
        grouped=np.stack([summed(it / in_block[:, None], of_block) for it in _products(*blocks)], axis=1),
        beyond=summed((weight - 1) ** 2),
        beyond_blocks=summed(_sums(weight - 1, block, len(in_block)) ** 2, of_block),
        sizes=summed(in_block.astype(float) ** 2, of_block),
        sizes_in_strata=summed(in_block**2 / in_stratum[stratum_of_block], of_block),
    )


def others(own: Moments) -> Moments:
    """For each part the sums of all the others together. Added up, not taken away: 0 stays 0."""
    return Moments(*(_but_own(it) for it in own))


def _but_own(values: np.ndarray) -> np.ndarray:
    nothing = np.zeros_like(values[:1])
    before = np.concatenate([nothing, np.cumsum(values, axis=0)[:-1]])
    after = np.concatenate([np.cumsum(values[::-1], axis=0)[::-1][1:], nothing])
    return before + after


def _numbers(
    sample: Sample, part: np.ndarray, population_part: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers of the strata of the coded units and of all, and of the blocks."""
    names, everywhere = np.unique(sample.population_stratum, return_inverse=True)
    stratum = np.searchsorted(names, sample.stratum)
    bare = np.bincount(stratum, minlength=len(names)) == 0
    whole = np.isin(population_part, population_part[bare[everywhere]])  # these parts are one stratum
    alone = np.isin(part, population_part[whole])
    everywhere = np.where(whole, len(names) + population_part, everywhere)
    stratum = np.where(alone, len(names) + part, stratum)
    known = np.isin(everywhere, stratum)  # not those of parts without coded units
    found = np.unique(stratum, return_inverse=True)
    places = np.searchsorted(found[0], everywhere[known])
    return found[1], places, np.unique(sample.block, return_inverse=True)[1]


def _stands_for(stratum: np.ndarray, everywhere: np.ndarray, probability: np.ndarray) -> np.ndarray:
    """How many units of its stratum a coded unit stands for, by the inverse of its probability."""
    inverse = 1 / probability
    return np.bincount(everywhere)[stratum] * inverse / np.bincount(stratum, weights=inverse)[stratum]


def _centred(units: np.ndarray, stratum: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Units less the mean of their stratum."""
    sums = _sums(weight[:, None] * units, stratum, int(stratum.max(initial=-1)) + 1)
    return units - (sums / np.bincount(stratum, weights=weight)[:, None])[stratum]


def _products(truth: np.ndarray, predicted: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return truth**2, truth * predicted, predicted**2


def _sums(values: np.ndarray, place: np.ndarray, places: int) -> np.ndarray:
    """Sums of the rows that have the same place."""
    found = np.zeros((places, *values.shape[1:]))
    np.add.at(found, place, values)
    return found


def _firsts(number: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The value of the first unit of each number."""
    return values[np.unique(number, return_index=True)[1]]


def _with_union(units: np.ndarray) -> np.ndarray:
    return np.column_stack([units, units.sum(axis=1)])
