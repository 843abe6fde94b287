"""Sentences that show how a name is used."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nlp.errors import visible
from nlp.suggest.names import Place

EXAMPLES = 2
_READABLE = range(60, 301)  # characters of a sentence that is best to read
_CONTEXT = 120  # characters on either side of a name in a longer one


class Sentence(NamedTuple):
    """Its start in the clean text, and its words."""

    start: int
    text: str


Sentences = Mapping[tuple[str, int], Sentence]  # by doc_id and sent_id


class Example(NamedTuple):
    doc_id: str
    text: str


def examples(places: Sequence[Place], sentences: Sentences) -> list[Example]:
    """The sentences that are best to read, of several documents where there are; the name is marked."""
    there = [it for it in places if (it.doc_id, it.sent_id) in sentences]
    ranked = sorted(there, key=lambda it: (_effort(_of(it, sentences).text), it))
    chosen: list[Place] = []
    while len(chosen) < EXAMPLES and (place := _next(ranked, chosen, sentences)):
        chosen.append(place)
    return [Example(it.doc_id, _marked(it, _of(it, sentences))) for it in chosen]


def _of(place: Place, sentences: Sentences) -> Sentence:
    return sentences[place.doc_id, place.sent_id]


def _effort(text: str) -> tuple[int, int]:
    """Short sentences first; but not those that say little, and last those that must be cut."""
    length = len(text)
    if length in _READABLE:
        return 0, length
    return (1, -length) if length < _READABLE.start else (2, length)


def _next(ranked: Sequence[Place], chosen: Sequence[Place], sentences: Sentences) -> Place | None:
    """The first place whose sentence is new, if possible of a new document."""
    told = {_of(it, sentences).text for it in chosen}
    new = [it for it in ranked if _of(it, sentences).text not in told]
    elsewhere = (it for it in new if it.doc_id not in {other.doc_id for other in chosen})
    return next(elsewhere, next(iter(new), None))


def _marked(place: Place, sentence: Sentence) -> str:
    """`The people of [[Velm Valley]] say ...`; a long sentence is cut on both sides of the name."""
    start, end = place.start - sentence.start, place.end - sentence.start
    left, name, right = sentence.text[:start], sentence.text[start:end], sentence.text[end:]
    if len(sentence.text) not in range(_READABLE.stop):
        left, right = _last(left), _first(right)
    return "".join([_plain(left), "[[", _plain(name), "]]", _plain(right)])


def _last(text: str) -> str:
    """The end of what stands before a name, from the start of a word on."""
    if len(text) <= _CONTEXT:
        return text
    cut = text[-_CONTEXT:]
    return "…" + (cut.partition(" ")[2] or cut)


def _first(text: str) -> str:
    """The start of what stands after a name, up to the end of a word."""
    if len(text) <= _CONTEXT:
        return text
    cut = text[:_CONTEXT]
    return (cut.rpartition(" ")[0] or cut) + "…"


def _plain(text: str) -> str:
    return visible(re.sub(r"\s+", " ", text))
