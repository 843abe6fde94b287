"""Distinctive words and names: table `contrasts`."""

import numpy as np
import pandas as pd
from scipy import sparse

from nlp import tables
from nlp.compare.groups import every_two
from nlp.compare.segments import Material, frequent, material_of
from nlp.manifest import REST
from nlp.params import CompareParams
from nlp.stats import Ground, adjust, contrast, deviation_of_proportions, ground
from nlp.stats.segments import by_document, sums

_KINDS = ("word", "entity")
_FEW = 2  # groups: the rest is the other one


def contrasts(
    author: pd.Series,
    measures: pd.DataFrame,
    counts: pd.DataFrame,
    names: pd.Series,
    params: CompareParams,
) -> pd.DataFrame:
    """How much more often a group has a word or names an actor than another group, or than the rest.

    `author` is the group of each document, `names` the name of each actor by id; measures and counts are
    those of the compared zones. Every group is compared with all others together and, if there are three
    groups at least and `max_paired` at most, with each that follows in the alphabet. Features that both
    sides have less than `min_count` times together get no row, and of more than `max_paired` groups a
    group has rows for those that it has. All p-values, also those without a row, are adjusted together.
    Empty with a single group.
    """
    found, tests = [], 0
    for kind in _KINDS:
        rows = counts[counts["kind"] == kind]
        material = frequent(material_of(author, measures, rows, "count"), params.min_count)
        if len(material.groups) < _FEW or material.features.empty:
            continue
        told = _contrasts(material, params)
        labels = pd.Series(material.features, index=material.features)
        label = names.reindex(material.features).fillna(labels) if kind == "entity" else labels
        found += [it.assign(kind=kind, label=label.reindex(it["feature"]).to_numpy()) for it, _ in told]
        tests += sum(number for _, number in told)
    if not found:
        return tables.make("contrasts", [])
    every = pd.concat(found, ignore_index=True)
    return tables.take("contrasts", every.assign(q=_adjusted(every["p"].to_numpy(), tests)))


def _adjusted(p: np.ndarray, tests: int) -> np.ndarray:
    """q-values of the known among `tests` p-values; those without a row take part as if they were 1."""
    known = ~np.isnan(p)
    q = np.full(len(p), np.nan)
    unlisted = np.ones(max(tests - len(p), 0))
    q[known] = adjust(np.append(p[known], unlisted))[: known.sum()]
    return q


def _contrasts(material: Material, params: CompareParams) -> list[tuple[pd.DataFrame, int]]:
    """The rows of every contrast, and how many tests it made."""
    known, number = ground(material.segments), len(material.groups)
    pairs = zip(*(it.tolist() for it in every_two(number, params.max_paired)), strict=True)
    sides = [*((one, None) for one in range(number)), *(pairs if number > _FEW else ())]
    documents = _documents(material)
    own_only = number > params.max_paired
    return [_rows(material, known, side, documents, own_only=own_only, params=params) for side in sides]


def _documents(material: Material) -> sparse.csr_array:
    """Groups x features: how many documents have it."""
    whole = by_document(material.segments)
    has = sparse.csr_array((whole.counts > 0).astype(float))
    return sums(has, whole.group, len(material.groups))


def _rows(
    material: Material,
    known: Ground,
    side: tuple[int, int | None],
    documents: sparse.csr_array,
    *,
    own_only: bool,
    params: CompareParams,
) -> tuple[pd.DataFrame, int]:
    """The rows of one contrast, and how many tests it stands for."""
    one, other = side
    counts, have = (_of(matrix, one, other) for matrix in (known.counts, documents))
    tested = counts[0] + counts[1] >= params.min_count
    kept = np.flatnonzero(tested & (counts[0] > 0) if own_only else tested)
    found = contrast(
        known,
        one,
        other,
        features=kept,
        min_documents=params.min_documents,
        prior=params.prior_words,
        confidence=params.confidence,
    )
    columns = {"found": "count", "other_found": "other_count"}
    rows = pd.DataFrame({columns.get(it, it): value for it, value in found._asdict().items()})
    return rows.assign(
        author=material.groups[one],
        other=REST if other is None else material.groups[other],
        feature=material.features[kept],
        dispersion=_dispersion(material, one, kept),
        documents=have[0][kept],
        other_documents=have[1][kept],
    ), int(tested.sum())


def _of(matrix: sparse.csr_array, one: int, other: int | None) -> tuple[np.ndarray, np.ndarray]:
    """The rows of both sides; the rest is all but the one."""
    own = matrix[[one]].toarray()[0]
    return own, matrix.sum(axis=0) - own if other is None else matrix[[other]].toarray()[0]


def _dispersion(material: Material, group: int, features: np.ndarray) -> np.ndarray:
    """Of features over the segments of a group."""
    segments = material.segments
    own = np.flatnonzero(segments.group == group)
    return deviation_of_proportions(segments.counts[own][:, features], segments.sizes[own])
