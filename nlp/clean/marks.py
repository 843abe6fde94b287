"""Note marks in running text: superscripts, and plain digits glued to a word: `situations1.`, `G2030`."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from nlp.clean.known import Known
from nlp.clean.trace import Change

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPTS = str.maketrans(_RAISED, "0123456789")
_RAISED_RUN = re.compile(f" ?[{_RAISED}]+")
_UNIT = re.compile(rf"(?:^|[^\w])(?:[cdkm]?m|[^\W\d_{_RAISED}])$")
_LABELLED = re.compile(r"(?<=\S)\[\^(\d{1,3})\]")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_PUNCTUATION = frozenset(".,;:!?…)]\"'”’»")
_NUMBER_GOES_ON = re.compile(r"[\w%]|[-–.,:]\d")
_DECIMAL = re.compile(r"(?:^|\D)\d{1,3}[.,:]$")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_DIFFERENT = 0.7  # of the words that marks stand at, at least this share differ
_MISSING = 0.5  # what a number left out costs a chain of marks
_MIN_CHAIN = 5  # marks that count on: fewer may be chance, unless there are notes to them
_LARGEST = 999


class Mark(NamedTuple):
    """A note mark: what to cut, and its number."""

    start: int
    end: int
    number: int


def note_marks(text: str, known: Known) -> Iterator[Change]:
    """Cut the marks that refer to notes.

    Superscripts are marks unless they belong to a unit. Plain digits are marks if they count on through
    the text: 1, 2, 3 ...; real numbers such as `G20` or `1990s` break the order and stay.
    """
    marks = {mark.start: mark for mark in (*superscripts(text), *chain(text, known))}
    done = 0
    for start in sorted(marks):
        if start >= done:
            yield Change(start, marks[start].end, "")
            done = marks[start].end


def superscripts(text: str) -> Iterator[Mark]:
    """Marks that are raised, or labelled as in Markdown (`[^1]`)."""
    if "[^" in text:
        yield from (Mark(*found.span(), int(found[1])) for found in _LABELLED.finditer(text))
    if text.isascii():
        return
    for found in _RAISED_RUN.finditer(text):
        before, after = text[max(0, found.start() - 4) : found.start()], text[found.end() : found.end() + 1]
        number = found[0].strip().translate(_SUPERSCRIPTS)
        if len(number) <= 3 and not after.isalnum() and _may_refer(before):
            yield Mark(*found.span(), int(number))


def _may_refer(before: str) -> bool:
    """Whether a raised number after this refers to a note: not after a unit, a variable or a number."""
    if before.isdigit():
        return bool(_YEAR.fullmatch(before))
    return (
        bool(before)
        and (before[-1] in _PUNCTUATION or before[-1] == "*" or before[-1].isalpha())
        and not (_UNIT.search(before))
    )


def chain(text: str, known: Known) -> list[Mark]:
    """The plain marks of a text that count on from 1; none if there are too few to be sure."""
    raised = [mark for mark in superscripts(text) if text[mark.start] != "["]
    sure = _longest_chain(sorted(mark for mark in (*raised, *_candidates(text)) if mark.number))
    numbers = {mark.number for mark in sure}
    complete = bool(sure) and len(numbers) >= 0.75 * max(numbers)
    if not complete or _is_series(text, sure):
        return []
    if len(sure) < _MIN_CHAIN and not numbers <= listed_notes(text, known):
        return []
    return sorted({*sure, *_between(text, sure)} - set(raised))


def _is_series(text: str, marks: list[Mark]) -> bool:
    """Whether the numbers belong to their words: few words again and again, as in `Table1, Figure2`."""
    before = [
        found[0] for it in marks if (found := _WORD_BEFORE.search(text[max(0, it.start - 30) : it.start]))
    ]
    return len(set(before)) < _DIFFERENT * len(before)


def listed_notes(text: str, known: Known) -> set[int]:
    """The numbers of the notes that stand under a heading such as `Notes`."""
    headings = "|".join(re.escape(heading) for heading in known.params.note_headings)
    found = (
        re.search(rf"^[ \t]*(?:{headings})[ \t]*$", text, re.MULTILINE | re.IGNORECASE)
        if headings
        else None
    )
    if found is None:
        return set()
    return {
        int(number)
        for number in re.findall(r"^[ \t]*\[?(\d{1,3})[.)\]]?\s", text[found.end() :], re.MULTILINE)
    }


def _candidates(text: str) -> Iterator[Mark]:
    for found in _DIGITS.finditer(text):
        start, end = found.span()
        if not start or end - start > 7 or _NUMBER_GOES_ON.match(text, end):
            continue
        before = text[start - 1]
        if before.isalpha():
            alone = not (text[start - 2 : start - 1].isalpha() or text[start - 2 : start - 1] in "'’")
            firsts = range(start + alone, end)  # `G20` is no G with a mark
        elif _YEAR.match(found[0]) and end - start > 4 and before not in ".,":
            firsts = range(start + 4, start + 5)
        elif before in _PUNCTUATION and not _DECIMAL.search(text[max(0, start - 5) : start]):
            firsts = range(start, start + 1)
        else:
            continue
        for first in firsts:
            yield from _mark(text, first, end)


def _mark(text: str, start: int, end: int) -> Iterator[Mark]:
    if end - start <= 3 and text[start] != "0":
        yield Mark(start, end, int(text[start:end]))


def _longest_chain(marks: list[Mark]) -> list[Mark]:
    """The rising chain with most marks and fewest numbers left out."""
    ends = _Best()
    before: list[int] = []
    values: list[float] = []
    for index, mark in enumerate(marks):
        value, last = ends.below(mark.number)
        values.append(value - _MISSING * (mark.number - 1) + 1)
        before.append(last)
        ends.add(mark.number, (values[-1] + _MISSING * mark.number, index))
    chosen = []
    last = max(range(len(marks)), key=values.__getitem__, default=-1)
    while last >= 0:
        chosen.append(marks[last])
        last = before[last]
    return chosen[::-1]


class _Best:
    """The best of all entries below a number, in few steps (a Fenwick tree)."""

    def __init__(self) -> None:
        self._tree: list[tuple[float, int]] = [(0.0, -1)] * (_LARGEST + 2)

    def add(self, number: int, entry: tuple[float, int]) -> None:
        while number < len(self._tree):
            self._tree[number] = max(self._tree[number], entry)
            number += number & -number

    def below(self, number: int) -> tuple[float, int]:
        best = (0.0, -1)
        number -= 1
        while number > 0:
            best = max(best, self._tree[number])
            number -= number & -number
        return best


def _between(text: str, marks: list[Mark]) -> Iterator[Mark]:
    """Marks that a space has cut off: looked for only where the chain lacks just this number."""
    for left, right in pairwise([Mark(0, 0, 0), *marks]):
        done = left.end
        for number in range(left.number + 1, right.number):
            found = re.search(rf"(?<=\w|[.,;:!?)”’\"']) {number} ?(?=[.,;:\s])", text[done : right.start])
            if found:
                start, end = (done + edge for edge in found.span())
                kept = text[end] == "\n" or (text[end - 1] == " " and text[end] not in ".,;:")
                yield Mark(start, end - (kept and text[end - 1] == " "), number)
                done = end
