"""What words, names and topics are compared by: segments of texts as sparse numbers."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from nlp.stats import Segments

_SEGMENT = ["doc_id", "segment"]


class Material(NamedTuple):
    """Segments with the names behind their numbers."""

    segments: Segments
    groups: pd.Index  # names, in the alphabet's order; only groups with words
    features: pd.Index


def material_of(author: pd.Series, measures: pd.DataFrame, rows: pd.DataFrame, value: str) -> Material:
    """Segments x features, from rows of doc_id, segment, feature and a value, which are summed.

    `author` is the group of each document. Segments are those of the measured sentences that have words,
    be there rows or not.
    """
    words = measures.groupby(_SEGMENT)["words"].sum()
    sizes = words[words > 0].astype(float)
    place = sizes.index
    document, names = pd.factorize(place.get_level_values("doc_id"), sort=True)
    group, groups = pd.factorize(pd.Index(author.reindex(names).to_numpy()), sort=True)
    row = place.get_indexer(pd.MultiIndex.from_frame(rows[_SEGMENT]))
    column, features = pd.factorize(rows["feature"].to_numpy(), sort=True)
    shape, known = (len(sizes), len(features)), row >= 0
    numbers = rows[value].to_numpy(dtype=float)[known]
    counts = sparse.coo_array((numbers, (row[known], column[known])), shape=shape).tocsr()
    segments = Segments(sparse.csr_array(counts), sizes.to_numpy(), group[document], document)
    return Material(segments, pd.Index(groups), pd.Index(features))


def frequent(material: Material, least: int) -> Material:
    """Only with features that are found so often in all."""
    kept = np.flatnonzero(material.segments.counts.sum(axis=0) >= least)
    segments = material.segments._replace(counts=material.segments.counts[:, kept])
    return Material(segments, material.groups, material.features[kept])
