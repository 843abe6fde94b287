"""Authors of works that are cited by year in running text: `(Nye 2004; Lake and Morgan 1997)`."""

import calendar
import re
from collections.abc import Iterator

# All repetitions are bounded, so that no text, however odd, takes longer than its length.
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΩЀ-Я"
_WORD = rf"(?:al-|el-|d[’'])?[{_UPPER}][\w’'-]{{0,40}}\.?"
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|bin|ibn|al|el|af|av|zu)"
_NAME = rf"(?:{_PARTICLE}\s+){{0,3}}{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{0,3}}"
_BETWEEN = r"(?:,?\s+and|,?\s+&|,)\s+"
_NAMES = rf"(?<!\w)({_NAME}(?:{_BETWEEN}{_NAME}){{0,5}})(?:,?\s+et al\.?)?"
_YEAR = r"(?:\[\d{4}\]\s+)?(?:1[5-9]|20)\d\d[a-z]?(?!\w|\s?[–-]\s?\d)"  # not a span of years
_LEAD = re.compile(r"(?:see|also|cf|e\.g|for example|quoted|cited|in|by|and|but|both|as)\b[.,]?\s+", re.I)
_BRACKET = re.compile(r"\(([^()]{0,2000})\)")
_ITEM = re.compile(rf"{_NAMES},?\s+{_YEAR}")
_YEAR_IN_BRACKETS = re.compile(rf"\({_YEAR}(?:[,:;][^()]{{0,80}})?\)")
_TOLD = re.compile(rf"{_NAMES}(?:[’']s?)?\s+$")
_BEFORE = 200  # characters before the year in which its authors must stand
_MONTHS = {*calendar.month_name[1:], *calendar.month_abbr[1:]}
_NOT_NAMES = {
    "Spring",
    "Summer",
    "Autumn",
    "Fall",
    "Winter",
    "Chapter",
    "Part",
    "Section",
    "Annex",
    "Appendix",
    "Figure",
    "Fig",
    "Table",
    "Map",
    "Box",
    "Note",
    "Notes",
    "Ibid",
    "Interview",
    "Decree",
    "Constitution",
    "Law",
    "Act",
    "Data",
    "Accessed",
    "Updated",
    "Article",
    "No",
    "Vol",
}


def in_brackets(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the names in brackets that end in a year, `(see Trenin 2011, p. 4; Nye and Welch 2013)`."""
    for bracket in _BRACKET.finditer(text):
        for item in _ITEM.finditer(bracket[1]):
            yield from _names(item[1], bracket.start(1) + item.start(1))


def in_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of what stands before a year in brackets as an author would, `Lake and Morgan (1997)`.

    So do events and places, and the first word of a sentence may be taken along: whoever calls must
    know more about the words.
    """
    for year in _YEAR_IN_BRACKETS.finditer(text):
        start = max(0, year.start() - _BEFORE)
        if told := _TOLD.search(text[start : year.start()]):
            yield from _names(told[1], start + told.start(1))


def _names(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The single names; none at all if one of them is a month or begins like `Chapter 2`."""
    lead = _LEAD.match(text)
    first = lead.end() if lead else 0
    spans = []
    for last, following in [
        *((it.start(), it.end()) for it in re.finditer(_BETWEEN, text)),
        (len(text), 0),
    ]:
        name = text[first:last].replace(".", "")
        if name in _MONTHS or name.split()[0] in _NOT_NAMES:
            return
        spans.append((start + first, start + last))
        first = following
    yield from spans
