"""Shares of sentences that carry a frame, corrected for the machine's errors author by author."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import ANY, Codebook
from nlp.coding import coder_of_all
from nlp.params import CompareParams
from nlp.shares import (
    Cells,
    Correlation,
    Sample,
    Shares,
    block_correlation,
    enough,
    estimate,
    intervals,
    more_units,
)
from nlp.stats import wilson

CORRECTED, CODED, MACHINE = "corrected", "coded", "machine"
_KEYS = ["doc_id", "sent_id", "frame"]
_COLUMNS = ["author", "frame", "method", "stance", "estimate", "low", "high", "size", "seen"]
_COUNTS = ["n_sentences", "n_coded", "n_blocks", "estimable", "more_coded"]
Place = tuple[str, str]  # author and frame


class Told(NamedTuple):
    """What is told of one author and frame by one method: a value for each stance, and for any."""

    shares: Shares
    seen: np.ndarray  # sentences with it: coded ones, or those that the machine coded so
    estimable: np.ndarray
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
    names = [(name, frame) for name in sorted(set(author)) for frame in codebook.frame_names]
    own = {place: it for place, it in codes.groupby(["author", "frame"])}
    samples = _samples(validation.merge(codes[[*_KEYS, "author"]], on=_KEYS), codebook)
    seen = {
        CORRECTED: {place: estimate(it) for place, it in samples.items()},
        CODED: {place: estimate(_alone(it)) for place, it in samples.items()},
    }
    alike = {method: block_correlation(list(cells.values())) for method, cells in seen.items()}
    rows: list[tuple[object, ...]] = []
    for place in names:
        found = own.get(place, codes[:0])
        counts = _counts(samples.get(place))
        told = {it: _told(seen[it].get(place), alike[it], codebook, params) for it in seen}
        told[MACHINE] = _naive(_indicators(found["present"], found["stance"], codebook), params.confidence)
        for method, it in told.items():
            rows += [(*place, method, *row) for row in _rows(it, len(found), counts, codebook)]
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
    """Documents are strata; every coded sentence of a document was as likely to be drawn."""
    coded = (unseen["block"] != "").to_numpy()
    document, block = unseen["doc_id"].to_numpy(dtype=str), unseen["block"].to_numpy(dtype=str)
    guess = _indicators(unseen["present"], unseen["stance"], codebook)
    return Sample(
        truth=_indicators(unseen["true_present"], unseen["true_stance"], codebook)[coded],
        predicted=guess[coded],
        block=np.array([f"{it}\n{name}" for it, name in zip(document[coded], block[coded], strict=True)]),
        stratum=document[coded],
        probability=np.ones(int(coded.sum())),
        population=guess,
        population_stratum=document,
    )


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


def _told(cells: Cells | None, alike: Correlation, codebook: Codebook, params: CompareParams) -> Told:
    stances = len(codebook.stance_names) + 1
    if cells is None:
        unknown, never = np.full(stances, np.nan), np.zeros(stances, dtype=bool)
        return Told(Shares(unknown, unknown, unknown, unknown), 0 * never, never, unknown)
    shares = intervals(cells, alike, confidence=params.confidence)
    known = enough(cells, shares, min_coded=params.min_coded, min_effective=params.min_effective)
    more = more_units(shares, cells.n, cells.total, margin=params.margin)
    return Told(shares, cells.positives, known, more)


def _naive(codes: np.ndarray, confidence: float) -> Told:
    """Shares of the machine's codes as they are, with Wilson's interval."""
    total = float(len(codes)) or np.nan
    counts = np.append(codes.sum(axis=0), codes.sum())
    size = np.full(len(counts), total)
    low, high = wilson(counts, size, confidence=confidence)
    shares = Shares(counts / size, low, high, size)
    return Told(shares, counts, ~np.isnan(shares.value), np.full(len(counts), np.nan))


def _rows(
    told: Told, total: int, counts: tuple[int, int], codebook: Codebook
) -> Iterator[tuple[object, ...]]:
    """Stance, share with interval, size and count, the counts behind them and what is told of them."""
    columns = [*codebook.stance_names, ANY], *told.shares, told.seen, told.estimable, told.more_coded
    for stance, *share, estimable, more in zip(*columns, strict=True):
        yield stance, *share, total, *counts, estimable, more
