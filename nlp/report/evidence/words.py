"""The words that the page shows, as far as a text has them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from nlp.report.evidence.split import ByDocument


class Found(NamedTuple):
    """The words of a document, and by sentence the numbers of those in it and how often they are."""

    words: Sequence[str]
    by_sentence: Mapping[int, Sequence[Sequence[int]]]


class Words:
    """Where words are found; of no others."""

    def __init__(self, occurrences: pd.DataFrame, shown: Collection[str]) -> None:
        found = occurrences[occurrences["word"].isin(list(shown))]
        self._found = ByDocument(found)

    def of(self, doc_id: str) -> Found:
        rows = self._found[doc_id]
        words = sorted(set(rows["word"]))
        number = {word: place for place, word in enumerate(words)}
        by_sentence = defaultdict(list)
        for row in rows.itertuples(index=False):
            by_sentence[int(row.sent_id)].append([number[row.word], int(row.count)])
        return Found(words, by_sentence)
