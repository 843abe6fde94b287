"""Passages with their topics."""

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from nlp.report.evidence.split import ByDocument

_DECIMALS = 3


class Passages:
    """All passages that have topics; of these, what there is a thousandth of at least."""

    def __init__(self, passages: pd.DataFrame, topic_weights: pd.DataFrame) -> None:
        self._passages = ByDocument(passages, ["doc_id", "passage", "sent_id", "end"])
        self._weights = ByDocument(topic_weights, ["doc_id", "passage", "topic", "weight"])

    def of(self, doc_id: str, sentences: pd.DataFrame) -> list[dict[str, Any]]:
        """The passages of a document, from their first to their last sentence, with topics by weight."""
        topics = self._topics(doc_id)
        rows = self._passages[doc_id]
        last = np.searchsorted(sentences["start"].to_numpy(), rows["end"].to_numpy(), side="left") - 1
        ends = sentences["sent_id"].to_numpy()[last]
        return [
            {"from": int(row.sent_id), "to": int(end), "topics": topics[row.passage]}
            for row, end in zip(rows.itertuples(index=False), ends, strict=True)
            if row.passage in topics
        ]

    def _topics(self, doc_id: str) -> dict[int, list[list[float]]]:
        found: dict[int, list[list[float]]] = defaultdict(list)
        ordered = self._weights[doc_id].sort_values(["weight", "topic"], ascending=[False, True])
        for row in ordered.itertuples(index=False):
            weight = round(float(row.weight), _DECIMALS)
            found[row.passage] += [[int(row.topic), weight]] if weight else []
        return found
