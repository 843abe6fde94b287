"""Shares of frames in groups and in their rests, from the coded sample and the machine's codes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.compare.judged import Judged
from nlp.params import CompareParams
from nlp.shares import (
    Cells,
    Correlation,
    Sample,
    Shares,
    block_correlation,
    enough,
    estimates,
    intervals,
    intervals_of_sources,
    moments,
    others,
    text_correlation,
)
from nlp.stats import GROUPS, TEXTS

Place = tuple[int, int]  # of a group, or after all groups of its rest; and of a frame


class Measured(NamedTuple):
    """Shares by one method; arrays are groups, then the rest of each; frames; stances and, last, any."""

    groups: np.ndarray  # names
    cells: Mapping[Place, Sequence[Cells]]  # where anything is coded
    alike: Correlation
    shares: Shares  # in the texts; NaN where nothing is coded
    sources: Shares  # the same, with the intervals for what the texts were drawn from
    estimable: np.ndarray  # without stances
    scope: str  # of comparing sources: whether any group shows how documents differ


def measure(judged: Judged, author: pd.Series, params: CompareParams, *, guided: bool = True) -> Measured:
    """The shares of each group and of its rest; unless `guided`, of the coded sample alone.

    The rest are all other groups of which anything is coded, as one group: their samples put together,
    documents as strata. The correlation within blocks is that of all groups, and so is the one within
    documents, which groups with several coded documents show.
    """
    groups, place = np.unique(author.to_numpy(dtype=str), return_inverse=True)
    number = pd.Series(place, index=author.index)
    part = number[judged.units["doc_id"]].to_numpy(dtype=int)
    cells = _cells(judged, part, len(groups), guided=guided)
    alike = _alike(cells, len(groups))
    of_truth = _alike(_cells(judged, part, len(groups), guided=False), len(groups)) if guided else alike
    of_texts = text_correlation(_by_document(judged, part, guided=guided), alike, of_truth)
    even = _evenness(judged, part, len(groups))
    frames, stances = judged.guess.shape[1:]
    shares, sources = np.full((2, 4, 2 * len(groups), frames, stances + 1), np.nan)
    estimable = np.zeros((2 * len(groups), frames), dtype=bool)
    for it, own in cells.items():
        level = params.confidence
        told = [intervals(cell, alike, confidence=level) for cell in own]
        of_sources = [
            intervals_of_sources(
                cell, alike, of_truth, of_texts, evenness=float(even[it[0]]), confidence=level
            )
            for cell in own
        ]
        shares[:, *it] = _by_stance(told, judged)
        sources[:, *it] = _by_stance(of_sources, judged)
        estimable[it] = enough(
            own[0], alike, min_coded=params.min_coded, min_effective=params.min_effective
        )
    scope = GROUPS if of_texts.freedom else TEXTS
    return Measured(groups, cells, alike, Shares(*shares), Shares(*sources), estimable, scope)


def _alike(cells: Mapping[Place, Sequence[Cells]], groups: int) -> Correlation:
    """The correlation within blocks that all groups have in common."""
    return block_correlation([it for (at, _), own in cells.items() if at < groups for it in own])


def _by_document(judged: Judged, part: np.ndarray, *, guided: bool) -> list[list[Cells]]:
    """The documents of each group of which anything is coded, for each frame and sample of it."""
    document, names = pd.factorize(judged.units["doc_id"])
    group = pd.Series(part).groupby(document).first()
    found: dict[tuple[int, int, int], list[Cells]] = {}
    for (at, frame), own in _cells(judged, document, len(names), guided=guided).items():
        for number, cell in enumerate(own if at < len(names) else ()):
            found.setdefault((int(group[at]), frame, number), []).append(cell)
    return list(found.values())


def _evenness(judged: Judged, part: np.ndarray, groups: int) -> np.ndarray:
    """Sum of the squares of the documents' parts in the units of each group, then of its rest."""
    document = judged.units.groupby("doc_id", sort=False).ngroup().to_numpy()
    size = np.bincount(document)
    group = np.zeros(len(size), dtype=int)
    group[document] = part
    coded = np.bincount(part, judged.units["block"] != "", groups) > 0
    sums = np.array([np.bincount(group, size**power, groups) for power in (1, 2)]) * coded
    units, squares = np.append(sums, sums.sum(axis=1, keepdims=True) - sums, axis=1)
    return np.divide(squares, units**2, out=np.zeros(2 * groups), where=units > 0)


def _by_stance(told: Sequence[Shares], judged: Judged) -> np.ndarray:
    """Share, ends of the interval, and size, by stance and for any."""
    every = [np.stack(it) for it in told]
    return every[0] if judged.exclusive else np.stack([it[:, 0] for it in every], axis=1)


def _cells(judged: Judged, part: np.ndarray, groups: int, *, guided: bool) -> dict[Place, list[Cells]]:
    """All stances of a frame together; one by one, where a unit may have several."""
    found: dict[Place, list[Cells]] = {}
    for frame in range(judged.guess.shape[1]):
        for sample, coded in _samples(judged, frame):
            own = moments(sample, part[coded], part, groups)
            for at, sums in enumerate((own, others(own))):
                for number, cell in enumerate(estimates(sums, guided=guided), start=at * groups):
                    if cell:
                        found.setdefault((number, frame), []).append(cell)
    return found


def _samples(judged: Judged, frame: int) -> Iterator[tuple[Sample, np.ndarray]]:
    """A frame's sample, and which units are in it. Documents are strata."""
    coded = (judged.units["block"] != "").to_numpy()
    document, block = judged.units["doc_id"].to_numpy(), _blocks(judged.units)
    chance = probability(judged.units)
    for guess, truth in zip(*(_categories(it[:, frame], judged) for it in judged[4:6]), strict=True):
        yield (
            Sample(
                truth=truth[coded],
                predicted=guess[coded],
                block=block[coded],
                stratum=document[coded],
                probability=chance[coded],
                population=guess,
                population_stratum=document,
            ),
            coded,
        )


def _categories(codes: np.ndarray, judged: Judged) -> list[np.ndarray]:
    """Units x categories: stances that exclude each other, or each alone and any of them."""
    if judged.exclusive:
        return [codes.astype(float)]
    every = np.column_stack([codes, codes.any(axis=1)]).astype(float)
    return [every[:, [at]] for at in range(every.shape[1])]


def _blocks(units: pd.DataFrame) -> np.ndarray:
    """Numbers of the blocks; those of two documents are two, whatever their names."""
    return units.groupby(["doc_id", "block"], sort=False).ngroup().to_numpy()


def probability(units: pd.DataFrame) -> np.ndarray:
    """With which each coded unit has come into the sample, document by document.

    A later draw tells its probabilities, among units that were not coded then. A first sample may not:
    it then took every unit alike, and a unit outside it might still have come in later.
    """
    document, given = units["doc_id"], units["probability"]
    drawn = given.notna()
    first = ((units["block"] != "") & ~drawn).groupby(document).transform("mean")
    later = drawn.groupby(document).transform("mean") / (1 - first).where(first < 1, np.inf)
    return (first + (1 - first) * given.fillna(later)).to_numpy(dtype=float)
