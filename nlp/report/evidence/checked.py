"""The names of coded sentences, as coded and as found."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from nlp.report.evidence.offsets import to_utf16
from nlp.report.evidence.split import ByDocument

_COLUMNS = ["sent_id", "start", "end", "label", "pipeline", "model", "coded_entity", "entity"]


class Checked:
    """Table `checked_names` by sentence."""

    def __init__(self, checked_names: pd.DataFrame) -> None:
        self._names = ByDocument(checked_names, _COLUMNS)

    def of(self, doc_id: str, sentences: pd.DataFrame) -> Mapping[int, list[list[Any]]]:
        """Of one document; places are those in the text of the sentence."""
        known = {int(row.sent_id): (row.start, row.text) for row in sentences.itertuples(index=False)}
        found = defaultdict(list)
        for sent_id, start, end, *told in self._names[doc_id].itertuples(index=False):
            begins, text = known[int(sent_id)]
            place = (
                [None, None] if pd.isna(start) else _within(text, int(start - begins), int(end - begins))
            )
            found[int(sent_id)].append([*place, *map(str, told)])
        return found


def _within(text: str, start: int, end: int) -> list[int]:
    """A name that runs on into the next sentence is cut at the end of its own."""
    return [to_utf16(text, it) for it in (start, min(end, len(text)))]
