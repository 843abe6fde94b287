"""Passages: neighbouring paragraphs joined until they are long enough for a topic model."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd


class Passage(NamedTuple):
    """A stretch of one document, with the sentences in it."""

    doc_id: str
    number: int
    start: int
    end: int
    sent_ids: tuple[int, ...]


def passages_of(sentences: pd.DataFrame, words: pd.Series, least: int) -> Iterator[Passage]:
    """Join paragraphs to passages of at least `least` words; a short rest joins the last passage.

    `words` counts the words of each (doc_id, sent_id). A document always has at least one passage.
    """
    for doc_id, document in sentences.groupby("doc_id", sort=True):
        groups: list[list[pd.DataFrame]] = [[]]
        length = 0
        for _, paragraph in document.groupby("paragraph", sort=True):
            if length >= least:
                groups.append([])
                length = 0
            groups[-1].append(paragraph)
            length += sum(words.get((doc_id, number), 0) for number in paragraph["sent_id"])
        if length < least and len(groups) > 1:
            rest = groups.pop()
            groups[-1] += rest
        for number, group in enumerate(groups):
            rows = pd.concat(group)
            yield Passage(
                str(doc_id),
                number,
                int(rows["start"].min()),
                int(rows["end"].max()),
                tuple(int(sent_id) for sent_id in rows["sent_id"]),
            )
