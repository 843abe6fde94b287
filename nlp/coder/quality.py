"""How good the predictions for unseen authors, and for unseen blocks, are."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from nlp import tables
from nlp.codebook import ANY, MACRO, Codebook
from nlp.coder.judged import Judged, judged
from nlp.manifest import ALL
from nlp.params import CoderParams
from nlp.stats import average_precision, calibration_error, draws, mean_of_known, percentiles, ratios

_Figures = Mapping[str, np.ndarray]  # measure -> its value in every draw


def measure(
    validation: pd.DataFrame, author: pd.Series, codebook: Codebook, params: CoderParams
) -> pd.DataFrame:
    """Quality by scheme, model, frame, stance and author: table `coder_quality`.

    Intervals are percentiles of a bootstrap that draws whole blocks within each document, for codes
    come in clusters (Efron & Tibshirani 1993).
    """
    rows: list[tuple[object, ...]] = []
    for found in judged(validation, author, codebook):
        clusters = found.units["doc_id"], found.units["block"]
        weights = draws(*clusters, replicates=params.replicates, seed=params.seed)
        rows += _rows(found, ALL, weights, codebook, params)
        for name in sorted(set(found.units["author"])):
            own = found.of_author(name)
            rows += _rows(own, name, np.ones((1, len(own.units))), codebook, params)
    return tables.make("coder_quality", rows)


def _rows(
    found: Judged, author: str, weights: np.ndarray, codebook: Codebook, params: CoderParams
) -> Iterator[tuple[object, ...]]:
    figures = [("presence", *it) for it in _presence(found, weights, codebook)]
    if codebook.split:
        figures += [("stance", *it) for it in _stances(found, weights, codebook)]
    for task, frame, stance, count, own in figures:
        for name, values in own.items():
            about = found.scheme, found.model, task, frame, stance, author, name
            bounds = percentiles(values[1:], confidence=params.confidence)
            yield *about, values[0], *bounds, count, len(found.units)


def _presence(
    found: Judged, weights: np.ndarray, codebook: Codebook
) -> Iterator[tuple[str, str, int, _Figures]]:
    """Frame, stance ('any'), codes of the reference, and figures; last the mean over frames."""
    each = []
    for number, frame in enumerate(codebook.frame_names):
        truth, score = found.truth[:, number] >= 0, found.score[:, number].astype(float)
        present = found.present[:, number].astype(bool)
        figures: _Figures = {
            **_shares(weights, truth & present, present, truth),
            "average_precision": average_precision(truth, score, weights),
            "calibration_error": calibration_error(truth, score, weights),
        }
        each.append(figures)
        yield frame, ANY, int(truth.sum()), figures
    yield MACRO, ANY, int((found.truth >= 0).sum()), _means(each)


def _stances(
    found: Judged, weights: np.ndarray, codebook: Codebook
) -> Iterator[tuple[str, str, int, _Figures]]:
    """As above, where the reference sees the frame, whether or not the model does."""
    for frame in (ALL, *codebook.frame_names):
        columns = slice(None) if frame == ALL else [codebook.frame_names.index(frame)]
        truth, stance = found.truth[:, columns], found.stance[:, columns]
        each = []
        for number, name in enumerate(codebook.stance_names):
            true, said = truth == number, (truth >= 0) & (stance == number)
            figures = _shares(weights, *(it.sum(axis=1) for it in (true & said, said, true)))
            each.append(figures)
            yield frame, name, int(true.sum()), figures
        right = (truth == stance)[truth >= 0]
        certain = found.stance_score[:, columns][truth >= 0].astype(float)
        by_code = weights[:, np.nonzero(truth >= 0)[0]]
        error = {"calibration_error": calibration_error(right, certain, by_code)}
        yield frame, MACRO, int((truth >= 0).sum()), {**_means(each), **error}


def _shares(weights: np.ndarray, hits: np.ndarray, found: np.ndarray, true: np.ndarray) -> _Figures:
    right, said, there = (weights @ it for it in (hits, found, true))
    return {
        "precision": ratios(right, said),
        "recall": ratios(right, there),
        "f1": ratios(2 * right, said + there),
    }


def macro_f1(hits: np.ndarray, said: np.ndarray, true: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Mean F1 over targets in every draw, from counts (units x targets)."""
    return mean_of_known(ratios(2 * (weights @ hits), weights @ said + weights @ true).T)


def _means(each: list[_Figures]) -> _Figures:
    """Mean of what is known: a frame that neither occurs nor is predicted says nothing."""
    return {name: mean_of_known(np.stack([it[name] for it in each])) for name in each[0]}


def confusion(validation: pd.DataFrame, author: pd.Series, codebook: Codebook) -> pd.DataFrame:
    """What the machine makes of each stance, by scheme and frame: table `confusion`."""
    names, rows = codebook.stance_names, []
    for found in judged(validation, author, codebook):
        if found.model != "machine" or not codebook.split:
            continue
        for frame in (ALL, *codebook.frame_names):
            columns = slice(None) if frame == ALL else [codebook.frame_names.index(frame)]
            truth, stance = found.truth[:, columns], found.stance[:, columns]
            rows += [
                (found.scheme, frame, true, said, int(((truth == t) & (stance == s)).sum()))
                for t, true in enumerate(names)
                for s, said in enumerate(names)
            ]
    return tables.make("confusion", rows)


def summarise(quality: pd.DataFrame) -> dict[str, object]:
    """The figures of all authors together, nested: scheme, model, task, frame, stance, measure.

    What is unknown is None, for JSON has no other word.
    """
    nested: dict[str, object] = {}
    for row in quality[quality["author"] == ALL].itertuples():
        level = nested
        for key in (f"{row.scheme} left out", row.model, row.task, row.frame, row.stance):
            level = level.setdefault(key, {})  # type: ignore[assignment]
        figures = {"estimate": row.estimate, "low": row.low, "high": row.high}
        level[row.measure] = {name: None if np.isnan(it) else it for name, it in figures.items()}
        level["count"] = int(row.count)
    return nested
