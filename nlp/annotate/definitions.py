"""Abbreviations that a text defines itself: `World Trade Organization (WTO)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from nlp.annotate.mention import Mention
from nlp.annotate.names import Names

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_BRACKET = re.compile(
    r"\((?:(?:the|or|hereafter|henceforth|hereinafter|abbreviated)\s+){0,2}"
    r"[\"'“‘]?([^\W\d_][\w&./-]{1,9})[\"'”’]?(?:[;,][^()]{0,80})?\)"
)
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


class Definition(NamedTuple):
    """An abbreviation with its long form, and where both stand in the text (half open)."""

    short: str
    long: str
    start: int
    end: int


def definitions(text: str) -> Iterator[Definition]:
    """Every short form in brackets whose letters are found, in order, in the words before it.

    They are the initials of the capitalised words, as in most names, or else the long form is found by
    the algorithm of Schwartz & Hearst (2003): the shortest run of words before the bracket that has
    the letters of the short form, the first of them at the beginning of a word.
    """
    for bracket in _BRACKET.finditer(text):
        short = bracket[1].rstrip(".")
        if sum(map(str.isupper, short)) < 2:
            continue
        most = min(len(short) + 5, 2 * len(short))
        words = list(_WORD.finditer(text, max(0, bracket.start() - 40 * most), bracket.start()))[-most:]
        start = _by_initials(short, words)
        if start is None and words:
            start = _by_letters(short, text, words[0].start(), bracket.start())
        long = "" if start is None else text[start : bracket.start()].strip()
        if "\n" not in long and len(long) > len(short):
            yield Definition(short, long, start or 0, bracket.end())


def defined(text: str) -> Mapping[str, Definition]:
    """The first definition of every short form."""
    found: dict[str, Definition] = {}
    for definition in definitions(text):
        found.setdefault(definition.short, definition)
    return found


def _by_initials(short: str, words: Sequence[re.Match[str]]) -> int | None:
    """Where the words begin whose initials are the short form; small ones may be passed over."""
    letters = [letter for letter in short if letter.isalnum()]
    for word in reversed(words):
        if word[0][0].lower() == letters[-1].lower() and (word[0][0].isupper() or letters[-1].islower()):
            letters.pop()
        elif word[0][0].isupper():
            return None
        if not letters:
            return word.start()
    return None


def _by_letters(short: str, text: str, start: int, end: int) -> int | None:
    """Where the long form begins: letters are matched from the right, the first one with a word's first."""
    place = end
    letters = [letter for letter in short.lower() if letter.isalnum()]
    for number in range(len(letters) - 1, -1, -1):
        place -= 1
        while place >= start and not _fits(text, place, letters[number], first=number == 0):
            place -= 1
        if place < start:
            return None
    return place


def _fits(text: str, place: int, letter: str, *, first: bool) -> bool:
    return text[place].lower() == letter and not (first and place and text[place - 1].isalnum())


def votes_for_labels(labelled: Iterable[tuple[Span, str]]) -> dict[str, Counter[str]]:
    """How often the model gives each label to the same words."""
    votes: dict[str, Counter[str]] = {}
    for span, label in labelled:
        votes.setdefault(span.text, Counter())[label] += 1
    return votes


def short_forms(text: str, votes: Mapping[str, Counter[str]], names: Names) -> dict[str, Mention]:
    """What the abbreviations that the text defines stand for: mentions to be put where they occur.

    The registry says what the long form is, or else the label that the model gives to either form most
    often. What neither takes for a name is none: `gross domestic product (GDP)`.
    """
    found = {}
    for short, it in defined(text).items():
        if entity := names.called(it.long):
            found[short] = Mention(0, 1, entity.label, "abbreviation", entity.id, it.long)
        elif said := votes.get(it.long, Counter()) + votes.get(short, Counter()):
            label = min(said, key=lambda name: (-said[name], name))
            found[short] = Mention(0, 1, label, "abbreviation", "", it.long)
    return found


def by_definition(doc: Doc, known: Mapping[str, Mention]) -> Iterator[Mention]:
    """Mentions by the abbreviations of the document."""
    for token in doc:
        if it := known.get(token.text):
            yield it._replace(start=token.i, end=token.i + 1)
