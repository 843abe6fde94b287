"""Predictions for coded units beside the codes of the reference coder, as arrays."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import Codebook

_KEY = ["doc_id", "sent_id"]


class Judged(NamedTuple):
    """What one model predicts under one scheme: units x frames. Stances are numbers; -1 is absence."""

    scheme: str
    model: str
    units: pd.DataFrame  # doc_id, sent_id, block, author
    score: np.ndarray
    present: np.ndarray
    stance: np.ndarray
    stance_score: np.ndarray
    truth: np.ndarray

    def of_author(self, name: str) -> "Judged":
        own = (self.units["author"] == name).to_numpy()
        return self._replace(
            units=self.units[own], **{it: getattr(self, it)[own] for it in self._fields[3:]}
        )


def judged(validation: pd.DataFrame, author: pd.Series, codebook: Codebook) -> Iterator[Judged]:
    """The coded units of table `validation`, by scheme and model."""
    known = validation[validation["block"] != ""]
    known = known.assign(author=known["doc_id"].map(author))
    places = {name: number for number, name in enumerate(codebook.stance_names)} | {"": -1}
    for (scheme, model), own in known.groupby(["scheme", "model"], sort=True):
        units = own.drop_duplicates(_KEY)[[*_KEY, "block", "author"]].sort_values(_KEY, ignore_index=True)
        index = pd.MultiIndex.from_frame(units[_KEY])
        tables = own.assign(
            stance=own["stance"].map(places), true_stance=own["true_stance"].map(places)
        ).pivot(index=_KEY, columns="frame")
        columns = ("score", "present", "stance", "stance_score", "true_stance")
        arrays = (
            tables[it].reindex(index=index, columns=codebook.frame_names).to_numpy() for it in columns
        )
        yield Judged(str(scheme), str(model), units, *arrays)
