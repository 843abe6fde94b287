"""Footnotes between the paragraphs: they go to the end, so that the sentences they cut are whole again."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from nlp.clean.known import Known
from nlp.clean.lines import BREAKS, INTERRUPTED, Layout, is_closed, layout_of, spans_of
from nlp.clean.patterns import lowered
from nlp.clean.trace import Change

_RAISED = re.compile(r"([⁰¹²³⁴-⁹]{1,3})\s*(?=\S)|\[\^(\d{1,3}|[*†‡§¶]{1,3})\]:\s")
_PLAIN = re.compile(r"[\[(]?(\d{1,3})(?:[.)\]]{0,2}\s+(?=\S)|(?=[A-ZÀ-ÖØ-Þ\"“‘'«]))")
_MARK = re.compile(r"(?:[^\W\d_]{2}|[.,;:!?)”’\"'])(?<!\d[.,:])(\d{1,3})(?![\w%]|[.,]\d)")
_CITES = re.compile(r"\bpp?\.\s?\d|https?://|www\.|\bIbid", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_MOST_LINES = 40  # in one note
_NO_NUMBER = 10_000  # of a note with a sign instead
_SMALL_PRINT = 1.12  # times the usual characters of a line
_CONTINUED = -1  # instead of a number

Span = tuple[int, int]


class Note(NamedTuple):
    """A note: its number and the lines it takes, the last one excluded."""

    number: int
    first: int
    last: int


_NO_MORE = Note(0, sys.maxsize, sys.maxsize)


def footnotes(text: str, known: Known) -> Iterator[Change]:
    """Move the notes that stand at the feet of pages to the end of the text.

    A note begins a line with a raised number or a Markdown label; at the foot of a page (where pages
    are known) also with a plain number whose mark stands in the text above. What a note leaves
    unfinished at the end of a page goes on just before the first note of the next; and a note whose
    number was lost follows the one before it.
    """
    if text.isascii() and "\f" not in text and "[^" not in text:
        return
    lines = list(spans_of(text))
    notes = _apart([*_raised(text, lines), *_at_feet(text, lines)])
    if not layout_of(text).wrapped:
        notes = _apart([*notes, *_continued(text, lines, notes), *_unnumbered(text, lines, notes)])
    apart = "\n\n  " if layout_of(text).shown else "\n\n"
    for note in notes:
        start, end = lines[note.first][0], lines[note.last - 1][1]
        yield Change(start, end, INTERRUPTED, INTERRUPTED if note.number == _CONTINUED else apart, "note")


def _apart(notes: Sequence[Note]) -> list[Note]:
    """In order, each ending where the next begins at the latest; of two on one line the first."""
    by_line = {note.first: note for note in reversed(notes)}
    ordered = [by_line[first] for first in sorted(by_line)]
    return [
        note._replace(last=min(note.last, after.first)) for note, after in pairwise([*ordered, _NO_MORE])
    ]


def _raised(text: str, lines: Sequence[Span]) -> Iterator[Note]:
    starts = ((number, _RAISED.match(text[start : start + 20])) for number, (start, _) in enumerate(lines))
    found = {number: it for number, it in starts if it}
    layout = layout_of(text)
    for first, label in found.items():
        last = first + 1
        while last - first < _MOST_LINES and last not in found and _goes_on(text, lines, last, layout):
            last += 1
        sign = lowered(label[1] or label[2])
        yield Note(int(sign) if sign.isdigit() else _NO_NUMBER, first, last)


def _goes_on(text: str, lines: Sequence[Span], number: int, layout: Layout) -> bool:
    """Whether the note of the line before goes on with this line of a page."""
    if not layout.wrapped or number >= len(lines):
        return False
    (start, end), (after, _) = lines[number - 1], lines[number]
    between = text[end:after]
    if between.count("\n") != 1 or not BREAKS.isdisjoint(between):
        return False
    if layout.shown:
        return True  # an empty line would stand between
    is_short = end - start < layout.longest * 0.6
    return not is_closed(text[start:end]) or not (is_short or text[after].islower())


def _at_feet(text: str, lines: Sequence[Span]) -> Iterator[Note]:
    if "\f" not in text:
        return
    starts = [start for start, _ in lines]
    usual = median(end - start for start, end in lines) if lines else 0
    done, unfinished = 0, False
    for page in text.split("\f"):
        first, last = (bisect_right(starts, edge) for edge in (done - 1, done + len(page) - 1))
        notes = list(_foot(text, lines, first, last))
        if unfinished:
            yield from _rest(lines, first, notes[0].first if notes else last, usual)
        yield from notes
        if notes or last > first:
            unfinished = bool(notes) and not _is_finished(text[slice(*lines[last - 1])])
        done += len(page) + 1


def _foot(text: str, lines: Sequence[Span], first: int, last: int) -> Iterator[Note]:
    """The notes at the end of the page that takes these lines: numbered on, and marked above.

    They are looked for from the last one upwards, for headings and lists may have such numbers too.
    """
    labels = [
        (line, int(label[1])) for line in range(first, last) if (label := _PLAIN.match(text, *lines[line]))
    ]
    if not labels:
        return
    marks: dict[int, int] = {}
    for mark in _MARK.finditer(text, lines[first][0], lines[last - 1][1]):
        marks.setdefault(int(mark[1]), mark.start())
    found: list[tuple[int, int]] = []
    for line, number in reversed(labels):
        if marks.get(number, len(text)) < lines[line][0] and (not found or number == found[-1][1] - 1):
            found.append((line, number))
    found.reverse()
    for line, number in labels:
        if found and line > found[-1][0] and number == found[-1][1] + 1:
            found.append((line, number))
    for (line, number), (end, _) in pairwise([*found, (last, 0)]):
        yield Note(number, line, end)


def _rest(lines: Sequence[Span], first: int, last: int, usual: float) -> Iterator[Note]:
    """What an unfinished note leaves for the next page: small print, so its lines are longer than usual."""
    begin = last - 1
    while begin > first and lines[begin - 1][1] - lines[begin - 1][0] > _SMALL_PRINT * usual:
        begin -= 1
    if first < begin < last:
        yield Note(_CONTINUED, begin, last)


def _continued(text: str, lines: Sequence[Span], notes: Sequence[Note]) -> Iterator[Note]:
    begins = {note.first for note in notes}
    open_note = False
    for note in notes:
        before = note.first - 1
        if open_note and before >= 0 and before not in begins and text[lines[before][0]].islower():
            yield Note(_CONTINUED, before, note.first)
        open_note = not _is_finished(text[slice(*lines[note.last - 1])])


def _is_finished(note: str) -> bool:
    return is_closed(note) or note[-1] in ",/)" or note[-1].isdigit() or bool(_ADDRESS.search(note[-300:]))


def _unnumbered(text: str, lines: Sequence[Span], notes: Sequence[Note]) -> Iterator[Note]:
    numbers = {note.number for note in notes}
    begins = {note.first for note in notes}
    for note in notes:
        after = note.last
        lost = note.number + 1 not in numbers and note.number + 2 in numbers
        if (
            lost
            and after < len(lines)
            and after not in begins
            and _CITES.search(text[slice(*lines[after])])
        ):
            yield Note(note.number + 1, after, after + 1)
