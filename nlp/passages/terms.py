"""Terms: what of a text a topic model sees, before it is known which of them are frequent."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.registry import Registry
from nlp.tables.names import CITED

_WORD = re.compile(r"[^\W\d_][\w’'-]*[^\W_]")  # two letters at least
_HYPHENS = frozenset("-‐‑")


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
    tokens: pd.DataFrame, entities: pd.DataFrame, registry: Registry, pos: Sequence[str]
) -> Iterator[Term]:
    """Lemmas of content words in small letters, and names that the registry lists as one term each.

    Capitals, seats and adjectives count as the actor they stand for. Authors of cited works are left
    out. Words joined by hyphens are one term. Two terms follow each other if nothing, not even a
    function word, stands between them.
    """
    names = _names(entities, registry)
    for (doc_id, sent_id), sentence in tokens.groupby(["doc_id", "sent_id"], sort=True):
        own = names.get((doc_id, sent_id), [])
        follows = False
        for piece in _pieces(list(sentence.itertuples(index=False)), own, frozenset(pos)):
            if piece.term:
                yield Term(str(doc_id), int(sent_id), piece.start, piece.end, piece.term, follows)
            follows = bool(piece.term)


def _names(entities: pd.DataFrame, registry: Registry) -> Mapping[tuple[str, int], list[_Piece]]:
    """By sentence: names with the term they are, which is empty for authors of cited works."""
    found: dict[tuple[str, int], list[_Piece]] = {}
    for it in entities.itertuples(index=False):
        actor = registry.by_id.get(it.actor_id)
        if it.kind == CITED or actor is not None:
            term = "" if it.kind == CITED or actor is None else actor.name
            found.setdefault((it.doc_id, it.sent_id), []).append(_Piece(it.start, it.end, term))
    return found


def _pieces(tokens: list[Any], names: list[_Piece], pos: frozenset[str]) -> Iterator[_Piece]:
    """The sentence from left to right; a name takes the place of all tokens that it touches."""
    names = sorted(names)
    at = 0
    while at < len(tokens):
        name = next((it for it in names if it.start < tokens[at].end and tokens[at].start < it.end), None)
        if name is not None:
            yield name
            at += sum(it.start < name.end for it in tokens[at:])
        else:
            joined = _joined(tokens, at, names)
            yield _word(tokens[at : at + joined], pos)
            at += joined


def _joined(tokens: list[Any], at: int, names: list[_Piece]) -> int:
    """How many tokens from here on are one word with hyphens, up to the next name."""
    last = at
    while last + 2 < len(tokens) and _hyphenated(tokens[last : last + 3]):
        if any(it.start < tokens[last + 2].end and tokens[last + 2].start < it.end for it in names):
            break
        last += 2
    return last - at + 1


def _hyphenated(tokens: list[Any]) -> bool:
    one, hyphen, other = tokens
    together = one.end == hyphen.start and hyphen.end == other.start
    return hyphen.text in _HYPHENS and together and one.text[-1].isalpha() and other.text[0].isalpha()


def _word(tokens: list[Any], pos: frozenset[str]) -> _Piece:
    """The last part of a compound is its head: it tells the part of speech, and has the ending."""
    head, start = tokens[-1], tokens[0].start
    last = head.lemma if len(tokens) == 1 or head.pos in ("NOUN", "PROPN") else head.text
    term = "".join([*(it.text for it in tokens[:-1]), last]).lower()
    wanted = head.pos in pos and not head.is_stop and _WORD.fullmatch(term)
    return _Piece(start, head.end, term if wanted else "")
