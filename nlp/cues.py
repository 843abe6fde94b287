"""Finds the codebook's cue words: all lists in one walk over the words of a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from nlp.codebook import Codebook, Frame, Stance

_WORD = re.compile(r"\w+|[^\w\s]")
_CUE_WORD = re.compile(r"\w+\*?|[^\w\s*]")
_HYPHENS = frozenset("-‐‑–")


class Source(NamedTuple):
    """Where a cue stands in the codebook: name of its frame or stance, and of its group."""

    name: str
    group: str


class Hit(NamedTuple):
    """A cue found: its source and the half-open span of characters."""

    source: Source
    start: int
    end: int


_Rest = tuple[str, ...]


class Finder:
    """The cues of a codebook, ready to be looked for.

    A cue is one or more words in any capitals; `*` ends a word as it may. Between its words there may
    be hyphens. Built once, it looks at each word of a text a few times, however many cues there are.
    """

    def __init__(self, cues: Mapping[Source, Iterable[str]]) -> None:
        self._whole: dict[str, list[tuple[Source, _Rest]]] = defaultdict(list)
        self._begun: dict[str, list[tuple[Source, _Rest]]] = defaultdict(list)
        for source, listed in cues.items():
            for cue in listed:
                first, *rest = _words_of(cue)
                begun = first.endswith("*")
                (self._begun if begun else self._whole)[first.rstrip("*")].append((source, tuple(rest)))
        self._lengths = sorted({len(it) for it in self._begun})
        self._starting = cache(lambda word: tuple(self._look_up(word)))  # words come again and again

    @classmethod
    def of(cls, codebook: Codebook) -> "Finder":
        listed: list[Frame | Stance] = [*codebook.frames, *codebook.stances]
        return cls({Source(it.name, group): cues for it in listed for group, cues in it.cues.items()})

    def find(self, text: str) -> list[Hit]:
        """All hits in order; of hits of one name that overlap, the first and there the longest."""
        plain = _plain(text)
        forms = _WORD.findall(plain)
        found = [
            (at, -end, source)
            for at, form in enumerate(forms)
            for source, rest in self._starting(form)
            if (end := _matched(rest, forms, at + 1))
        ]
        if not found:
            return []
        places = [it.span() for it in _WORD.finditer(plain)]
        free: dict[str, int] = {}
        hits = []
        for at, end, source in sorted(found):
            if at >= free.get(source.name, 0):
                free[source.name] = -end
                hits.append(Hit(source, places[at][0], places[-end - 1][1]))
        return hits

    def _look_up(self, word: str) -> Iterator[tuple[Source, _Rest]]:
        yield from self._whole.get(word, ())
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._begun.get(word[:length], ())


def _plain(text: str) -> str:
    """Small letters and straight apostrophes, character for character."""
    straight = text.replace("’", "'")
    small = straight.lower()
    return small if len(small) == len(text) else "".join(_small(it) for it in straight)


def _small(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else character  # İ would become two


def _words_of(cue: str) -> list[str]:
    return [it for it in _CUE_WORD.findall(_plain(cue)) if it not in _HYPHENS]


def _matched(rest: _Rest, forms: list[str], at: int) -> int:
    """Where the words end that continue a cue; 0 if they do not."""
    for part in rest:
        while at < len(forms) and forms[at] in _HYPHENS:
            at += 1
        if at >= len(forms) or not _fits(forms[at], part):
            return 0
        at += 1
    return at


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
