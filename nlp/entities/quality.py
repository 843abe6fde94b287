"""How well names are found and linked, measured on the coded units."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp import tables
from nlp.entities.units import Name, Unit, is_same, names_within
from nlp.manifest import ALL
from nlp.params import EntitiesParams
from nlp.stats import draws, percentiles, ratios

_TASKS = ("strict", "lenient")


class Counts(NamedTuple):
    """For one label in one unit: coded names, found names, those that agree, and linked right."""

    coded: int
    found: int
    strict: int
    lenient: int
    linked: int


def measure(
    units: Sequence[Unit], mentions: pd.DataFrame, entities: pd.DataFrame, params: EntitiesParams
) -> pd.DataFrame:
    """Precision, recall and F1 by label, and accuracy of links: table `entity_quality`.

    Intervals are percentiles of a bootstrap that draws whole blocks within each document, for names
    come in clusters (Efron & Tibshirani 1993).
    """
    rows: list[tuple[object, ...]] = []
    if not units:
        return tables.make("entity_quality", rows)
    linked = entities.assign(recogniser="pipeline")
    alone = mentions[mentions["recogniser"] == "model"].assign(entity="")
    clusters = pd.Series([unit.doc_id for unit in units]), pd.Series([unit.block for unit in units])
    weights = draws(*clusters, replicates=params.replicates, seed=params.seed)
    for recogniser, found in (("pipeline", linked), ("model", alone)):
        names = names_within(units, found)
        labels = sorted({it.label for unit in units for it in unit.names})
        for label in (ALL, *labels):
            counts = np.array(
                [_count(unit.names, own, label) for unit, own in zip(units, names, strict=True)]
            )
            rows += (
                (recogniser, *row)
                for row in _rows(
                    label, counts, weights, params.confidence, linking=recogniser == "pipeline"
                )
            )
    return tables.make("entity_quality", rows)


def _count(coded: Iterable[Name], found: Iterable[Name], label: str) -> Counts:
    coded, found = ([it for it in names if label in (ALL, it.label)] for names in (coded, found))
    by_span = {it[:3]: it for it in found}
    pairs = [(it, by_span[it[:3]]) for it in coded if it[:3] in by_span]
    linked = sum(is_same(one.entity, other.entity) for one, other in pairs)
    return Counts(len(coded), len(found), len(pairs), _overlapping(coded, found), linked)


def _overlapping(coded: Sequence[Name], found: Sequence[Name]) -> int:
    """Pairs of one label whose spans overlap, each name in one pair at most."""
    free = list(found)
    pairs = 0
    for it in coded:
        near = [o for o in free if o.label == it.label and o.start < it.end and it.start < o.end]
        if near:
            free.remove(near[0])
            pairs += 1
    return pairs


def _rows(
    label: str, counts: np.ndarray, weights: np.ndarray, confidence: float, *, linking: bool
) -> Iterator[tuple[object, ...]]:
    """Task, label, measure, estimate, low, high and count.

    `counts`: units x 5 (see Counts); `weights`: samples x units, the first all ones.
    """
    coded, found, *agreed, linked = (weights @ counts).T
    for task, common in zip(_TASKS, agreed, strict=True):
        for name, whole in (("precision", found), ("recall", coded), ("f1", (found + coded) / 2)):
            yield task, label, name, *_estimate(common, whole, confidence), int(counts[:, 0].sum())
    if linking:
        yield (
            "linking",
            label,
            "accuracy",
            *_estimate(linked, agreed[0], confidence),
            int(counts[:, 2].sum()),
        )


def _estimate(part: np.ndarray, whole: np.ndarray, confidence: float) -> tuple[float, float, float]:
    """The share in all units (first in each array) with percentiles of the shares in the samples."""
    share = ratios(part, whole)
    return float(share[0]), *percentiles(share[1:], confidence=confidence)


def summarise(quality: pd.DataFrame) -> dict[str, object]:
    """The table as nested numbers, for outputs/metrics: recogniser, task, label, measure."""
    nested: dict[str, object] = {}
    for row in quality.itertuples():
        level = nested
        for key in (row.recogniser, row.task, row.label):
            level = level.setdefault(key, {})  # type: ignore[assignment]
        figures = {"estimate": row.estimate, "low": row.low, "high": row.high}
        level[row.measure] = {name: None if np.isnan(it) else it for name, it in figures.items()}
        level["count"] = int(row.count)
    return nested
