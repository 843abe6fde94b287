"""Units with all that is known of them, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from nlp.codebook import Codebook
from nlp.units import around, pick


@dataclass(frozen=True)
class Material:
    """Units, their features and vectors; arrays have a row for each unit. Without a model no dimensions."""

    units: pd.DataFrame
    features: pd.DataFrame  # rows of table `features` with the unit's position in column `row`
    author: np.ndarray  # label; "" if unknown
    sentence: np.ndarray  # vectors of the units
    context: np.ndarray  # vectors with what stands around
    neighbours: np.ndarray  # direction of the vectors around a unit; zeros where there is nothing
    statements: pd.DataFrame  # of the codebook

    @classmethod
    def of(
        cls,
        units: pd.DataFrame,
        features: pd.DataFrame,
        embeddings: pd.DataFrame,
        statements: pd.DataFrame,
        author: pd.Series,
    ) -> "Material":
        """`units` are those of whole documents, in order; `author` labels by doc_id."""
        key = ["doc_id", "sent_id"]
        index = pd.MultiIndex.from_frame(units[key])
        row = index.get_indexer(pd.MultiIndex.from_frame(features[key]))
        sentence, context = (_vectors(embeddings, view, index) for view in ("sentence", "context"))
        return cls(
            units,
            features.assign(row=row)[row >= 0],
            units["doc_id"].map(author).fillna("").to_numpy(dtype=object),
            sentence,
            context,
            _around(units, sentence),
            statements,
        )

    def __len__(self) -> int:
        return len(self.units)

    def counted(self, view: str, names: Sequence[str]) -> sparse.csr_matrix:
        """Units x names: how much there is of each feature of a view that is the same for all frames."""
        own = self.features[(self.features["view"] == view) & (self.features["frame"] == "")]
        return _matrix(own["row"].to_numpy(), own["feature"], own["value"], names, len(self))

    def names(self, view: str) -> list[str]:
        """The features of a view that occur."""
        return sorted(set(self.features.loc[self.features["view"] == view, "feature"]))

    def counted_by_frame(self, view: str, names: Sequence[str], codebook: Codebook) -> sparse.csr_matrix:
        """(Units x frames) x names; row `unit * frames + frame`."""
        own = self.features[(self.features["view"] == view) & (self.features["frame"] != "")]
        frame = pd.Index(codebook.frame_names).get_indexer(own["frame"])
        rows = own["row"].to_numpy() * len(codebook.frames) + frame
        return _matrix(rows, own["feature"], own["value"], names, len(self) * len(codebook.frames))


def _matrix(
    rows: np.ndarray, features: pd.Series, values: pd.Series, names: Sequence[str], size: int
) -> sparse.csr_matrix:
    columns = pd.Index(names, dtype=object).get_indexer(features)
    known = columns >= 0
    triple = (values.to_numpy()[known], (rows[known], columns[known]))
    return sparse.csr_matrix(triple, shape=(size, len(names)), dtype=float)


def _vectors(embeddings: pd.DataFrame, view: str, index: pd.MultiIndex) -> np.ndarray:
    own = embeddings[embeddings["view"] == view]
    if own.empty:
        return np.zeros((len(index), 0))
    place = pd.MultiIndex.from_frame(own[["doc_id", "sent_id"]]).get_indexer(index)
    return pick(np.stack(own["vector"].to_list()).astype(float), place)


def _around(units: pd.DataFrame, vectors: np.ndarray) -> np.ndarray:
    summed = sum((pick(vectors, places) for places in around(units)), np.zeros_like(vectors))
    length = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.divide(summed, length, out=np.zeros_like(summed), where=length > 0)
