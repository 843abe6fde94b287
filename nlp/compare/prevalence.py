"""Shares of sentences that carry a frame, corrected for the machine's errors group by group."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import ANY, Codebook
from nlp.compare.judged import Judged
from nlp.compare.samples import Measured, measure
from nlp.params import CompareParams
from nlp.shares import Shares, first_units, more_units
from nlp.stats import wilson

CORRECTED, CODED, MACHINE = "corrected", "coded", "machine"
_COLUMNS = ["author", "frame", "method", "stance", "estimate", "low", "high", "size", "seen"]
_COUNTS = ["n_sentences", "n_coded", "n_blocks", "estimable", "more_coded"]


class Told(NamedTuple):
    """What is told of one group and frame by one method: a value for each stance, and for any."""

    shares: Shares
    seen: np.ndarray  # sentences with it: coded ones, or those that the machine coded so
    estimable: bool
    more_coded: np.ndarray


def estimate_all(
    corrected: Measured,
    codes: pd.DataFrame,
    judged: Judged,
    author: pd.Series,
    codebook: Codebook,
    params: CompareParams,
) -> pd.DataFrame:
    """Table `prevalence` with three columns more: `size`, how many independent sentences a share is worth
    when sources are compared (`shares.intervals_of_sources`), `scope` of that comparison, and `seen`, how
    many there are in the sample (or in the machine's codes).

    The correction takes codes from a coder that was not trained on the author, on coded and uncoded
    sentences alike (`judged.judge`): only then is the error measured on the coded ones the error made
    on the others. `codes` are those shown, of one coder.
    """
    by_method = {CORRECTED: corrected, CODED: measure(judged, author, params, guided=False)}
    own = {place: it for place, it in codes.groupby([codes["doc_id"].map(author), "frame"])}
    first = {it: _first_units(own, known, codebook, params) for it, known in by_method.items()}
    rows: list[tuple[object, ...]] = []
    for group, name in enumerate(corrected.groups):
        for frame, frame_name in enumerate(codebook.frame_names):
            found = own.get((name, frame_name), codes[:0])
            naive = _naive(found, codebook, params.confidence)
            place = group, frame
            told = {
                it: _told(place, known, naive, first[it][place], params) for it, known in by_method.items()
            }
            counts = (len(found), *_counts(place, corrected))
            for method, it in (told | {MACHINE: naive}).items():
                rows += [(name, frame_name, method, *row) for row in _rows(it, counts, codebook)]
    return pd.DataFrame(rows, columns=[*_COLUMNS, *_COUNTS]).assign(scope=corrected.scope)


def _counts(place: tuple[int, int], measured: Measured) -> tuple[int, int]:
    """Coded sentences and their blocks."""
    cells = measured.cells.get(place)
    return (cells[0].n, cells[0].n_blocks) if cells else (0, 0)


def _first_units(
    own: Mapping[tuple[str, str], pd.DataFrame], known: Measured, codebook: Codebook, params: CompareParams
) -> np.ndarray:
    """How much to code of what the machine has coded, if nothing is yet: groups x frames."""
    cells = [cell for (at, _), them in known.cells.items() if at < len(known.groups) for cell in them]
    total = [[len(own.get((it, name), ())) for name in codebook.frame_names] for it in known.groups]
    return first_units(
        np.array(total), cells, known.alike, margin=params.margin, confidence=params.confidence
    )


def _told(
    place: tuple[int, int], known: Measured, naive: Told, first: float, params: CompareParams
) -> Told:
    """By the sample; where nothing is coded, only how much to code (`first`)."""
    if place not in known.cells:
        unknown = np.full(len(naive.seen), np.nan)
        return Told(Shares(*[unknown] * 4), 0 * naive.seen, False, np.full(len(unknown), first))
    cells = known.cells[place][0]
    shares = Shares(*(it[place] for it in known.shares))._replace(size=known.sources.size[place])
    more = more_units(shares, cells.n, cells.total, margin=params.margin)
    return Told(shares, cells.positives, bool(known.estimable[place]), more)


def _naive(found: pd.DataFrame, codebook: Codebook, confidence: float) -> Told:
    """Shares of the machine's codes as they are, with Wilson's interval."""
    stances = [found["present"] & (found["stance"] == name) for name in codebook.stance_names]
    total = float(len(found)) or np.nan
    counts = np.array([it.sum() for it in stances], dtype=float)
    counts = np.append(counts, counts.sum())
    size = np.full(len(counts), total)
    low, high = wilson(counts, size, confidence=confidence)
    shares = Shares(counts / size, low, high, size)
    return Told(shares, counts, len(found) > 0, np.full(len(counts), np.nan))


def _rows(told: Told, counts: tuple[int, ...], codebook: Codebook) -> Iterator[tuple[object, ...]]:
    """Stance, share with interval and size, how often it was seen, and in what; then what is told of it."""
    columns = [*codebook.stance_names, ANY], *told.shares, told.seen, told.more_coded
    for stance, *share, more in zip(*columns, strict=True):
        if stance == ANY or codebook.split:
            yield stance, *share, *counts, told.estimable, more
