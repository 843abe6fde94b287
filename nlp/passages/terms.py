"""Terms: what of a text a topic model sees, before it is known which of them are frequent."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from nlp.registry import Registry
from nlp.tables.names import CITED

_COLUMNS = ["doc_id", "sent_id", "start", "end", "text", "lemma", "pos", "is_stop"]
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'-]*[A-Za-z0-9]")
_HYPHENS = frozenset("-‐‑")
_ONE_SPELLING = str.maketrans("’‐‑", "'--", "\u00ad")  # the last is a soft hyphen, which is not seen
_SHAPES = {"L": "a", "M": "", "Nd": "0", "Cf": ""}  # of characters, by the start of their category

Sentence = tuple[str, int]


class Term(NamedTuple):
    """A term in its place."""

    doc_id: str
    sent_id: int
    start: int
    end: int
    term: str
    follows: bool  # whether it stands next to the term before it


class _Piece(NamedTuple):
    """A token, several that hyphens join, or a name; no term of its own if `term` is empty."""

    start: int
    end: int
    term: str


def terms_of(
    tokens: pd.DataFrame, entities: pd.DataFrame, registry: Registry, pos: Collection[str]
) -> Iterator[Term]:
    """Lemmas of content words in small letters, and names that the registry lists as one term each.

    Capitals, seats and adjectives count as the actor they stand for. Authors of cited works are left
    out. Words joined by hyphens are one term; a prefix of a name (`pro-`, `post-`) is none. Two terms
    follow each other if nothing, not even a function word, stands between them.
    """
    names = _names(entities, registry)
    ordered = tokens[_COLUMNS].sort_values(["doc_id", "start"], kind="stable")
    for key, sentence in groupby(ordered.itertuples(index=False), key=lambda it: (it.doc_id, it.sent_id)):
        follows = False
        for piece in _pieces(list(sentence), _apart(names.get(key, [])), frozenset(pos)):
            if piece.term:
                yield Term(*key, piece.start, piece.end, piece.term, follows)
            follows = bool(piece.term)


def _names(entities: pd.DataFrame, registry: Registry) -> Mapping[Sentence, list[_Piece]]:
    """By sentence: names with the term they are, which is empty for authors of cited works."""
    found: dict[Sentence, list[_Piece]] = {}
    for it in entities.itertuples(index=False):
        actor = registry.by_id.get(it.actor_id)
        if it.kind == CITED or actor is not None:
            term = "" if it.kind == CITED or actor is None else actor.name
            found.setdefault((it.doc_id, it.sent_id), []).append(_Piece(it.start, it.end, term))
    return found


def _apart(names: list[_Piece]) -> Iterator[_Piece]:
    """From left to right; of names that overlap the first, and of those that begin there the longest."""
    free = 0
    for name in sorted(names, key=lambda it: (it.start, -it.end)):
        if name.start >= free:
            yield name
            free = name.end


def _pieces(tokens: list[Any], names: Iterable[_Piece], pos: frozenset[str]) -> Iterator[_Piece]:
    """The sentence from left to right; a name takes the place of all tokens that it touches."""
    starts, ends = [it.start for it in tokens], [it.end for it in tokens]
    at = 0
    for name in names:
        first = bisect_right(ends, name.start, lo=at)
        yield from _words(tokens[at:first], pos, before=name.start)
        yield name
        at = bisect_left(starts, name.end, lo=first)
    yield from _words(tokens[at:], pos)


def _words(tokens: list[Any], pos: frozenset[str], before: int | None = None) -> Iterator[_Piece]:
    """Pieces of tokens `before` a name, or of tokens that no name follows."""
    at = 0
    while at < len(tokens):
        end = at + 1
        while _hyphenated(tokens[end - 1 : end + 2]):
            end += 2
        is_prefix = _hangs_on(tokens[end - 1 : end + 1], before)
        yield _word(tokens[at:end], frozenset() if is_prefix else pos)
        at = end


def _hyphenated(tokens: list[Any]) -> bool:
    """Whether these are two words with a hyphen between them."""
    return len(tokens) == 3 and _hangs_on(tokens[:2], tokens[2].start) and tokens[2].text[0].isalpha()


def _hangs_on(tokens: list[Any], start: int | None) -> bool:
    """Whether these are a word and a hyphen that joins it to what starts there."""
    if len(tokens) < 2 or tokens[1].text not in _HYPHENS:
        return False
    word, hyphen = tokens
    return bool(word.end == hyphen.start and hyphen.end == start and word.text[-1].isalpha())


def _word(tokens: list[Any], pos: frozenset[str]) -> _Piece:
    """The last part of a compound has the ending; any part makes it a content word (`break-up`)."""
    start, last = tokens[0].start, tokens[-1]
    ending = last.lemma if len(tokens) == 1 or last.pos in ("NOUN", "PROPN") else last.text
    term = "".join([*(it.text for it in tokens[:-1]), ending]).lower().translate(_ONE_SPELLING)
    wanted = any(it.pos in pos for it in tokens[::2]) and (len(tokens) > 1 or not last.is_stop)
    return _Piece(start, last.end, term if wanted and _is_word(term) else "")


def _is_word(term: str) -> bool:
    """Whether it has two letters, or a letter and a digit, and nothing else but hyphens and apostrophes."""
    return bool(_WORD.fullmatch(term if term.isascii() else "".join(map(_shape, term))))


def _shape(character: str) -> str:
    """A letter or digit that stands for all; nothing for marks, which belong to letters."""
    category = unicodedata.category(character)
    return _SHAPES.get(category, _SHAPES.get(category[0], character))
