"""Passages: stretches of about the same length, made of whole sentences."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

_INSIDE = 1.5  # times its length, a passage ends inside a paragraph


class Passage(NamedTuple):
    """A stretch of one document, with the sentences in it."""

    doc_id: str
    number: int
    start: int
    end: int
    words: int
    text: str
    sent_ids: tuple[int, ...]

    def row(self, author: str) -> tuple[object, ...]:
        """A row of table `passages`."""
        place = (self.number, self.start, self.end, self.sent_ids[0])
        return (self.doc_id, author, *place, self.words, self.text)


def cut(sentences: pd.DataFrame, words: pd.Series, length: int) -> Iterator[Passage]:
    """Join paragraphs to passages of `length` words at least, and cut those of half as many more.

    `words` counts the words of each (doc_id, sent_id), in which sentences stand in order. A passage ends
    with a paragraph that is no heading; inside a paragraph, with a sentence. What is left at the end of a
    document joins its last passage, or is one if it has half the length or there is no other.
    """
    counts = words.to_dict()
    for doc_id, document in sentences.groupby("doc_id", sort=True):
        own = list(document.itertuples(index=False))
        sizes = [counts.get((it.doc_id, it.sent_id), 0) for it in own]
        ends = _ends(own, sizes, length)
        for number, (first, last) in enumerate(zip([0, *ends], ends, strict=False)):
            yield _passage(str(doc_id), number, own[first:last], sum(sizes[first:last]))


def _ends(sentences: list[Any], sizes: list[int], length: int) -> list[int]:
    """Where passages end: positions after their last sentences."""
    ends, begun = [], 0
    for at, sentence in enumerate(sentences):
        begun += sizes[at]
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        inside = following is not None and following.paragraph == sentence.paragraph
        if begun >= (_INSIDE * length if inside else length) and sentence.zone != "heading":
            ends.append(at + 1)
            begun = 0
    if ends and ends[-1] < len(sentences) and begun < length / 2:
        ends.pop()
    return ends if ends and ends[-1] == len(sentences) else [*ends, len(sentences)]


def _passage(doc_id: str, number: int, sentences: list[Any], words: int) -> Passage:
    return Passage(
        doc_id,
        number,
        min(int(it.start) for it in sentences),
        max(int(it.end) for it in sentences),
        words,
        " ".join(it.text for it in sentences),
        tuple(int(it.sent_id) for it in sentences),
    )
