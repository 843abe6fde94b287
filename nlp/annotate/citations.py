"""Authors of works that are cited by year in running text: `(Nye 2004; Lake and Morgan 1997)`."""

import calendar
import re
from collections.abc import Iterator

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽА-Я"
_WORD = rf"[{_UPPER}][\w’'-]*\.?"
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|bin|ibn|al|el|af|av|zu)"
_NAME = rf"(?:{_PARTICLE}\s+){{0,3}}{_WORD}(?:\s+(?:{_PARTICLE}\s+)?{_WORD}){{0,3}}"
_NAMES = rf"{_NAME}(?:(?:,?\s+and|,?\s+&|,)\s+{_NAME}){{0,5}}"
_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?(?!\w)"
_BRACKET = re.compile(rf"\(([^()]*?{_YEAR}[^()]*)\)")
_LEAD = r"(?:(?:see|also|cf\.?|e\.g\.,?|for example,?|quoted in|cited in|in|by|and|but)\s+)*"
_ITEM = re.compile(rf"\s*{_LEAD}({_NAMES})(?:,?\s+et al\.?)?,?\s+(?:\[\d{{4}}\]\s+)?{_YEAR}", re.UNICODE)
_TOLD = re.compile(
    rf"({_NAMES})(?:,?\s+et al\.?)?(?:[’']s?)?\s+\((?:\[\d{{4}}\]\s+)?{_YEAR}(?:[,:;–-][^()]{{0,80}})?\)"
)
_BETWEEN = re.compile(r"(?:,?\s+and|,?\s+&|,)\s+")
_NOT_NAMES = {*calendar.month_name, *calendar.month_abbr, "Spring", "Summer", "Autumn", "Fall", "Winter"}


def in_brackets(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the names in brackets that end in a year, `(see Trenin 2011, p. 4; Nye and Welch 2013)`."""
    for bracket in _BRACKET.finditer(text):
        start = bracket.start(1)
        for item in bracket[1].split(";"):
            if found := _ITEM.match(item):
                yield from _names(found[1], start + found.start(1))
            start += len(item) + 1


def in_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of what stands before a year in brackets as an author would, `Lake and Morgan (1997)`.

    So do events and places, and the first word of a sentence may be taken along: whoever calls must
    know more about the words.
    """
    for found in _TOLD.finditer(text):
        yield from _names(found[1], found.start(1))


def _names(text: str, start: int) -> Iterator[tuple[int, int]]:
    first = 0
    for last, following in [*((it.start(), it.end()) for it in _BETWEEN.finditer(text)), (len(text), 0)]:
        name = text[first:last]
        if not _NOT_NAMES.intersection(re.split(r"\W+", name)):
            yield start + first, start + last
        first = following
