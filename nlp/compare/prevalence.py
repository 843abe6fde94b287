"""Shares of sentences that carry a frame, corrected for the machine's errors author by author."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import ANY, Codebook
from nlp.codes import coder_of_all
from nlp.params import CompareParams
from nlp.shares import (
    Cells,
    Correlation,
    Sample,
    Shares,
    block_correlation,
    enough,
    estimate,
    first_units,
    intervals,
    more_units,
)
from nlp.stats import wilson

CORRECTED, CODED, MACHINE = "corrected", "coded", "machine"
_MODELS = ("cues", "machine")
_KEYS = ["doc_id", "sent_id", "frame"]
_COLUMNS = ["author", "frame", "method", "stance", "estimate", "low", "high", "size", "seen"]
_COUNTS = ["n_sentences", "n_coded", "n_blocks", "estimable", "more_coded"]
Place = tuple[str, str]  # author and frame


class Known(NamedTuple):
    """What the samples tell by one method: each of them, and together."""

    cells: Mapping[Place, Cells]
    alike: Correlation


class Told(NamedTuple):
    """What is told of one author and frame by one method: a value for each stance, and for any."""

    shares: Shares
    seen: np.ndarray  # sentences with it: coded ones, or those that the machine coded so
    estimable: bool
    more_coded: np.ndarray


def estimate_all(
    frame_codes: pd.DataFrame,
    validation: pd.DataFrame,
    author: pd.Series,
    codebook: Codebook,
    params: CompareParams,
) -> pd.DataFrame:
    """Table `prevalence` with two columns more: `size`, how many independent sentences a share is worth,
    and `seen`, how many there are in the sample (or in the machine's codes).

    The correction takes an author's codes from a coder that was not trained on that author, on coded
    and uncoded sentences alike (table `validation`): only then is the error measured on the coded
    ones the error made on the others.
    """
    codes = frame_codes[frame_codes["coder"] == coder_of_all(frame_codes)]
    codes = codes.assign(author=codes["doc_id"].map(author))
    unseen = validation[(validation["scheme"] == "author") & validation["model"].isin(_MODELS)]
    samples = _samples(unseen.merge(codes[[*_KEYS, "author"]], on=_KEYS), codebook)
    known = {
        CORRECTED: _known(samples),
        CODED: _known({place: _alone(it) for place, it in samples.items()}),
    }
    own = {place: it for place, it in codes.groupby(["author", "frame"])}
    rows: list[tuple[object, ...]] = []
    for place in product(sorted(set(author)), codebook.frame_names):
        found = own.get(place, codes[:0])
        naive = _naive(_indicators(found["present"], found["stance"], codebook), params.confidence)
        told = {it: _told(place, known[it], naive, params) for it in known} | {MACHINE: naive}
        counts = (len(found), *_counts(samples.get(place)))
        rows += [(*place, it, *row) for it in told for row in _rows(told[it], counts, codebook)]
    return pd.DataFrame(rows, columns=[*_COLUMNS, *_COUNTS])


def _samples(held_out: pd.DataFrame, codebook: Codebook) -> Mapping[Place, Sample]:
    """The coded sample of each author and frame, where it has any sentence."""
    best = pd.concat([_best(rows) for _, rows in held_out.groupby("author")] or [held_out])
    found = {place: _sample(rows, codebook) for place, rows in best.groupby(["author", "frame"])}
    return {place: it for place, it in found.items() if len(it.truth)}


def _best(held_out: pd.DataFrame) -> pd.DataFrame:
    """One author's predictions by the machine; by cue words where no other author could train one."""
    trained = held_out["model"] == "machine"
    return held_out[trained if trained.any() else ~trained]


def _sample(unseen: pd.DataFrame, codebook: Codebook) -> Sample:
    """Documents are strata."""
    coded = (unseen["block"] != "").to_numpy()
    document, block = unseen["doc_id"].to_numpy(dtype=str), unseen["block"].to_numpy(dtype=str)
    guess = _indicators(unseen["present"], unseen["stance"], codebook)
    return Sample(
        truth=_indicators(unseen["true_present"], unseen["true_stance"], codebook)[coded],
        predicted=guess[coded],
        block=np.array([f"{it}\n{name}" for it, name in zip(document[coded], block[coded], strict=True)]),
        stratum=document[coded],
        probability=_probability(unseen)[coded],
        population=guess,
        population_stratum=document,
    )


def _probability(unseen: pd.DataFrame) -> np.ndarray:
    """With which each coded sentence has come into the sample, document by document.

    A later draw tells its probabilities, among sentences that were not coded then. A first sample may
    not: it then took every sentence alike, and a sentence outside it might still have come in later.
    """
    document, given = unseen["doc_id"], unseen["probability"]
    drawn = given.notna()
    first = ((unseen["block"] != "") & ~drawn).groupby(document).transform("mean")
    later = drawn.groupby(document).transform("mean") / (1 - first).where(first < 1, np.inf)
    return (first + (1 - first) * given.fillna(later)).to_numpy(dtype=float)


def _alone(sample: Sample) -> Sample:
    """The sample without its predictions."""
    return sample._replace(predicted=0 * sample.predicted, population=0 * sample.population)


def _indicators(present: pd.Series, stance: pd.Series, codebook: Codebook) -> np.ndarray:
    """Sentences x stances: 1 where the frame is present in this stance."""
    found = [present & (stance == name) for name in codebook.stance_names]
    return np.stack(found, axis=1).astype(float)


def _counts(sample: Sample | None) -> tuple[int, int]:
    """Coded sentences and their blocks."""
    return (len(sample.truth), len(np.unique(sample.block))) if sample else (0, 0)


def _known(samples: Mapping[Place, Sample]) -> Known:
    cells = {place: estimate(it) for place, it in samples.items()}
    return Known(cells, block_correlation(list(cells.values())))


def _told(place: Place, known: Known, naive: Told, params: CompareParams) -> Told:
    """By the sample; where nothing is coded, only how much to code, of as many as the machine has coded."""
    if place not in known.cells:
        return _nothing_coded(known, naive, params)
    cells = known.cells[place]
    shares = intervals(cells, known.alike, confidence=params.confidence)
    sure = enough(cells, known.alike, min_coded=params.min_coded, min_effective=params.min_effective)
    more = more_units(shares, cells.n, cells.total, margin=params.margin)
    return Told(shares, cells.positives, sure, more)


def _nothing_coded(known: Known, naive: Told, params: CompareParams) -> Told:
    unknown = np.full(len(naive.seen), np.nan)
    others, total = list(known.cells.values()), int(np.nan_to_num(naive.shares.size[0]))
    more = first_units(total, others, known.alike, margin=params.margin, confidence=params.confidence)
    return Told(Shares(*[unknown] * 4), 0 * naive.seen, False, np.full(len(unknown), more))


def _naive(codes: np.ndarray, confidence: float) -> Told:
    """Shares of the machine's codes as they are, with Wilson's interval."""
    total = float(len(codes)) or np.nan
    counts = np.append(codes.sum(axis=0), codes.sum())
    size = np.full(len(counts), total)
    low, high = wilson(counts, size, confidence=confidence)
    shares = Shares(counts / size, low, high, size)
    return Told(shares, counts, len(codes) > 0, np.full(len(counts), np.nan))


def _rows(told: Told, counts: tuple[int, ...], codebook: Codebook) -> Iterator[tuple[object, ...]]:
    """Stance, share with interval and size, how often it was seen, and in what; then what is told of it."""
    columns = [*codebook.stance_names, ANY], *told.shares, told.seen, told.more_coded
    for stance, *share, more in zip(*columns, strict=True):
        if stance == ANY or codebook.split:
            yield stance, *share, *counts, told.estimable, more
