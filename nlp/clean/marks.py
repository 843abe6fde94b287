"""Note marks in running text: superscripts, and plain digits glued to a word: `situations1.`, `G2030`."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.clean.known import Known
from nlp.clean.patterns import RAISED, YEAR, lowered
from nlp.clean.trace import Change

_RAISED_RUN = re.compile(f" ?([{RAISED}]{{1,3}})(?:[,–-][{RAISED}]{{1,3}})*(?![{RAISED}])")
_UNIT = re.compile(rf"(?:^|[^\w])(?:[cdkm]?m|[^\W\d_{RAISED}])$")
_MEASURE = re.compile(r"(?:\d\s?[a-zµ]{1,3}|[=+/·×]\s?[a-z]{1,2})$")  # `500 ft²`, `E=mc²`
_LABELLED = re.compile(r"(?<=\S) ?\[\^(?:(\d{1,3})|[*†‡§¶]{1,3})\](?!:)")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(YEAR)
_PUNCTUATION = frozenset(".,;:!?…)]\"'”’»")
_NUMBER_GOES_ON = re.compile(r"[\w%]|[-–.,:]\d")
_DECIMAL = re.compile(r"(?:^|\D)\d{1,3}[.,:]$")
_WORD = r"[^\W\d_]+(?:[’'][^\W\d_]+)*"
_LABEL = re.compile(rf"({_WORD})\W?$")
_DETACHED = re.compile(
    r"(?<=[\w.,;:!?)”’\"']) ([1-9]\d{0,2}) ?(?=[.,;:](?!\d))"
    r"|(?<=[.!?)”’\"']) ([1-9]\d{0,2})(?=\s+[“\"]?[A-Z])"
)
_SHORT = re.compile(r"(?:(?:^|\W)[^\W\d_]{1,3}|[)\]])$")  # `5 ft`, `CO`, `(a+b)`
_POWERS = (2, 3)
_MATHS = frozenset("⁺⁻⁼")
_FAR = 5000  # characters between two note marks
_LOST_SPACE = re.compile(" (?=[.,;:] )")  # `the river36 , but`
_MISSING = 0.5  # what a number left out costs a chain of marks
_DOUBTFUL = 0.4  # what a mark counts in a chain that may be part of a name: `SDG5`, `Fig.5`
_OFTEN = 3  # a word before so many numbers may be a label
_MIN_CHAIN = 5  # marks that count on: fewer may be chance, unless there are notes to them
_LARGEST = 999


class Mark(NamedTuple):
    """A note mark: what to cut, its number, and how much it counts as evidence (up to 1)."""

    start: int
    end: int
    number: int
    weight: float = 1


def note_marks(text: str, known: Known) -> Iterator[Change]:
    """Cut the marks that refer to notes.

    Superscripts are marks unless they belong to a unit. Plain digits are marks if they count on through
    the text: 1, 2, 3 ...; real numbers such as `G20` or `1990s` break the order and stay.
    """
    marks = {mark.start: mark for mark in (*superscripts(text), *chain(text, known))}
    done = 0
    for start in sorted(marks):
        if start >= done:
            end = marks[start].end
            done = end + bool(_LOST_SPACE.match(text, end))
            yield Change(start, done, "")


def superscripts(text: str) -> Iterator[Mark]:
    """Marks that are raised, or labelled as in Markdown (`[^1]`)."""
    if "[^" in text:
        yield from (Mark(*found.span(), int(found[1] or 0)) for found in _LABELLED.finditer(text))
    if text.isascii():
        return
    runs = list(_RAISED_RUN.finditer(text))
    for place, found in enumerate(runs):
        before, after = text[max(0, found.start() - 8) : found.start()], text[found.end() : found.end() + 1]
        number = _number(found)
        is_power = number in _POWERS and bool(
            _MEASURE.search(before) or (_SHORT.search(before) and not _counts_on(runs, place))
        )
        if not (is_power or after.isalnum() or after in _MATHS) and _may_refer(before):
            yield Mark(*found.span(), number)


def _number(run: re.Match[str]) -> int:
    return int(lowered(run[1]))


def _counts_on(runs: Sequence[re.Match[str]], place: int) -> bool:
    """Whether the raised numbers on either side of this one are those before and after it."""
    this = runs[place]
    beside = (*runs[max(0, place - 1) : place], *runs[place + 1 : place + 2])
    near = (it for it in beside if abs(it.start() - this.start()) < _FAR)
    return any(abs(_number(it) - _number(this)) == 1 for it in near)


def _may_refer(before: str) -> bool:
    """Whether a raised number after this refers to a note: not after a unit, a variable or a number."""
    if before[-1:].isdigit():
        return bool(_YEAR.fullmatch(before[-4:])) and not before[-5:-4].isdigit()
    return (
        bool(before)
        and (before[-1] in _PUNCTUATION or before[-1] == "*" or before[-1].isalpha())
        and not _UNIT.search(before)
    )


def chain(text: str, known: Known) -> list[Mark]:
    """The plain marks of a text that count on from 1; none if there are too few to be sure."""
    raised = {mark for mark in superscripts(text) if text[mark.end - 1] != "]"}
    sure = _longest_chain(sorted(mark for mark in (*raised, *_candidates(text)) if mark.number))
    numbers = {mark.number for mark in sure}
    plain = [mark for mark in sure if mark not in raised]
    if not plain or len(numbers) < 0.75 * max(numbers) or _are_labels(plain):
        return []
    if len(sure) < _MIN_CHAIN and not numbers <= listed_notes(text, known):
        return []
    return sorted({*plain, *_between(text, sure)})


def _are_labels(marks: list[Mark]) -> bool:
    return sum(mark.weight < 1 for mark in marks) > len(marks) / 2


def listed_notes(text: str, known: Known) -> set[int]:
    """The numbers of the notes that stand under a heading such as `Notes`, or at the end of the text."""
    headings = "|".join(re.escape(heading) for heading in known.params.note_headings)
    found = (
        re.search(rf"^[ \t]*(?:{headings})[ \t]*$", text, re.MULTILINE | re.IGNORECASE)
        if headings
        else None
    )
    notes = text[found.end() :] if found else _numbered_end(text)
    return {int(number) for number in re.findall(r"^[ \t]*\[?(\d{1,3})[.)\]]?\s", notes, re.MULTILINE)}


def _numbered_end(text: str) -> str:
    """The last paragraphs, as far as they begin with numbers: notes that were moved there."""
    end = len(text)
    while (start := text.rfind("\n\n", 0, end)) >= 0 and text[start + 2 : start + 3].isdigit():
        end = start
    return text[end:]


def _candidates(text: str) -> Iterator[Mark]:
    """Digits behind a letter, a year or a punctuation mark that may refer to notes."""
    numbers = [found.span() for found in _DIGITS.finditer(text) if _may_be_mark(text, *found.span())]
    before = (_LABEL.search(text, max(0, start - 20), start) for start, _ in numbers)
    labels = [found[1] if found else "" for found in before]
    naming = _naming(text, labels)
    names = {f"{label}{text[start:end]}" for label, (start, end) in zip(labels, numbers, strict=True)}
    for label, (start, end) in zip(labels, numbers, strict=True):
        is_name = text[start - 1].isupper() or label in naming
        if len(label) > 1 or not text[start - 1].isalpha():
            yield from _mark(text, start, end, _DOUBTFUL if is_name else 1)
        if text[start - 1].isalpha():
            splits = (first for first in range(start + 1, end) if f"{label}{text[start:first]}" in names)
            yield from (mark for first in splits for mark in _mark(text, first, end, _DOUBTFUL))
        elif _YEAR.match(text, start) and text[start - 1] not in ".,":
            yield from _mark(text, start + 4, end, 1)


def _naming(text: str, labels: list[str]) -> set[str]:
    """The words that mostly stand before numbers, as in `SDG5` and `Fig.3`."""
    often = {label: count for label, count in Counter(labels).items() if label and count >= _OFTEN}
    if not often:
        return set()
    everywhere = Counter(re.findall(_WORD, text))
    return {label for label, count in often.items() if 2 * count > everywhere[label]}


def _may_be_mark(text: str, start: int, end: int) -> bool:
    if not start or end - start > 7 or _NUMBER_GOES_ON.match(text, end):
        return False
    before = text[start - 1]
    if before.isalpha():
        return True
    if _YEAR.match(text, start) and end - start > 4:
        return before not in ".,"
    return before in _PUNCTUATION and not _DECIMAL.search(text[max(0, start - 5) : start])


def _mark(text: str, start: int, end: int, weight: float) -> Iterator[Mark]:
    if 0 < end - start <= 3 and text[start] != "0":
        yield Mark(start, end, int(text[start:end]), weight)


def _longest_chain(marks: list[Mark]) -> list[Mark]:
    """The rising chain with most marks and fewest numbers left out."""
    ends = _Best()
    before: list[int] = []
    values: list[float] = []
    for index, mark in enumerate(marks):
        value, last = ends.below(mark.number)
        values.append(value - _MISSING * (mark.number - 1) + mark.weight)
        before.append(last)
        ends.add(mark.number, (values[-1] + _MISSING * mark.number, index))
    chosen: list[Mark] = []
    last = max(range(len(marks)), key=values.__getitem__, default=-1)
    while last >= 0:
        if chosen or marks[last].weight == 1:  # at the end nothing speaks for a doubtful one
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
        last = left.number
        if right.number > last + 1:
            for found in _DETACHED.finditer(text, left.end, right.start):
                if last < (number := int(found[1] or found[2])) < right.number:
                    yield Mark(*found.span(), number)
                    last = number
