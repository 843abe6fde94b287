"""Shares of sentences that carry a frame, corrected for the machine's errors author by author."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from nlp.codebook import ANY, Codebook
from nlp.coding import coder_of_all
from nlp.params import CompareParams
from nlp.stats import UNKNOWN, Estimate, corrected_shares, wilson

_KEYS = ["doc_id", "sent_id", "frame"]
_COLUMNS = ["author", "frame", "stance", "method", "estimate", "low", "high", "size"]
_COUNTS = ["n_sentences", "n_coded", "estimable"]


def estimate(
    frame_codes: pd.DataFrame,
    validation: pd.DataFrame,
    author: pd.Series,
    codebook: Codebook,
    params: CompareParams,
) -> pd.DataFrame:
    """Table `prevalence` with a column `size` more: how many independent sentences a share is worth.

    The correction takes an author's codes from a coder that was not trained on that author, on coded
    and uncoded sentences alike (table `validation`): only then is the error measured on the coded
    ones the error made on the others.
    """
    population = frame_codes[frame_codes["coder"] == coder_of_all(frame_codes)]
    held_out = validation.merge(population[_KEYS], on=_KEYS)
    rows: list[tuple[object, ...]] = []
    for name in sorted(set(author)):
        own = population[population["doc_id"].map(author) == name]
        unseen = _best(held_out[held_out["doc_id"].map(author) == name])
        for frame in codebook.frame_names:
            cell = own[own["frame"] == frame], unseen[unseen["frame"] == frame]
            rows += [(name, frame, *row) for row in _cell(*cell, codebook, params)]
    return pd.DataFrame(rows, columns=[*_COLUMNS, *_COUNTS])


def _best(held_out: pd.DataFrame) -> pd.DataFrame:
    """One author's predictions by the machine; by cue words where no other author could train one."""
    trained = held_out["model"] == "machine"
    return held_out[trained if trained.any() else ~trained]


def _cell(
    codes: pd.DataFrame, unseen: pd.DataFrame, codebook: Codebook, params: CompareParams
) -> Iterator[tuple[object, ...]]:
    """Stance (where there are several), method, estimate, interval, size and counts, for one cell."""
    sample = (unseen["block"] != "").to_numpy()
    truth = _indicators(unseen["true_present"], unseen["true_stance"], codebook)[sample]
    predicted = _indicators(unseen["present"], unseen["stance"], codebook)
    blocks = unseen["block"].to_numpy()[sample]
    level = params.confidence
    methods = {
        "corrected": corrected_shares(truth, predicted[sample], blocks, predicted, confidence=level),
        "coded": corrected_shares(truth, 0 * truth, blocks, 0 * predicted, confidence=level),
        "machine": _naive(_indicators(codes["present"], codes["stance"], codebook), level),
    }
    for method, estimates in methods.items():
        enough = method == "machine" or len(truth) >= params.min_coded
        told = estimates if codebook.split else estimates[-1:]
        for stance, found in zip([*codebook.split, ANY], told, strict=True):
            estimable = enough and not np.isnan(found.value)
            yield stance, method, *found, len(codes), len(truth), estimable


def _indicators(present: pd.Series, stance: pd.Series, codebook: Codebook) -> np.ndarray:
    """Sentences x stances: 1 where the frame is present in this stance."""
    found = [present & (stance == name) for name in codebook.stance_names]
    return np.stack(found, axis=1).astype(float)


def _naive(codes: np.ndarray, confidence: float) -> list[Estimate]:
    """Shares of the machine's codes as they are, with Wilson's interval."""
    total = float(len(codes))
    if not total:
        return [UNKNOWN] * (codes.shape[1] + 1)
    counts = np.append(codes.sum(axis=0), codes.sum())
    low, high = wilson(counts, np.full(len(counts), total), confidence=confidence)
    columns = zip(counts / total, low, high, strict=True)
    return [Estimate(float(share), float(least), float(most), total) for share, least, most in columns]
