"""Footnotes of a PDF: small print at the foot of a column, and the raised numbers that call it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.reading.pdf.lines import Line, Run, is_raised, raised
from nlp.reading.pdf.sheet import Sheet, Style

_SIGNS = r"[*∗†‡§¶]{1,3}"
_OWN_LABEL = re.compile(rf"\s*[\[(]?(\d{{1,3}}|{_SIGNS})[.)\]]{{0,2}}\s*")  # a run of its own
_LABEL = re.compile(rf"\s*(?:[\[(]?(\d{{1,3}})(?:[.)\]]{{0,2}}\s+|(?!\d))|({_SIGNS})\s*)(?=\S)")
_TOGETHER = 1.6  # times the usual distance from line to line, within the notes of a page
_UNIT = re.compile(r"(?:^|\W)(?:[cdkm]?m|[^\W\d_])$")
_YEAR = re.compile(r"(?:^|\D)(?:1[5-9]|20)\d\d$")
_TAIL = 2  # lines below the notes that no other page repeats
_IMPRINT, _TEXT = 6, 10  # lines: at most on the first page, below at least so many of the text


class Call(NamedTuple):
    """A raised number or sign in the text; several share a run in `1,2`."""

    page: int
    run: Run
    sign: str


@dataclass
class Note:
    """A note as printed: its number or sign, with which its first line begins, and its lines."""

    sign: str
    lines: list[Line]
    label: Run | None  # the number or sign, if it is a run of its own
    is_labelled: bool  # whether it begins with the sign at all

    @property
    def number(self) -> int:
        """0 for a note with a sign."""
        return int(self.sign) if self.sign.isdigit() else 0


class Column(NamedTuple):
    """A column's text, the notes at its foot, and what else stands below them."""

    body: list[Line]
    notes: list[Note]
    tail: list[list[Line]]


class Notes:
    """Goes through the pages in order and takes the notes from the feet of their columns."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._page = 0
        self._open: list[Call] = []  # no note found so far
        self._notes: list[Note] = []
        self._called: list[tuple[Note, Call]] = []
        self._last: Note | None = None  # it may go on at the next foot

    def columns(self, sheet: Sheet) -> list[Column]:
        """The columns of the next page."""
        self._page += 1
        lines = (line for column in sheet.columns for line in column)
        self._open += [call for line in lines for call in _calls(line, self._page)]
        found = [self._column(column, _foot(column, self._style)) for column in sheet.columns]
        if found and not any(it.notes for it in found):
            self._last = None
        return found

    def labels(self) -> tuple[dict[int, str], dict[int, list[str]]]:
        """The label of each note, and the labels that each run calls, both by id.

        Labels are the printed numbers or, if these begin anew somewhere, the numbers in the document.
        """
        numbered = [note for note in self._notes if note.number]
        again = len({note.number for note in numbered}) < len(numbered)
        label_of = {id(note): note.sign for note in self._notes}
        if again:
            label_of |= {id(note): str(number) for number, note in enumerate(numbered, start=1)}
        called: dict[int, list[str]] = {}
        for note, call in sorted(self._called, key=lambda pair: pair[0].number):
            called.setdefault(id(call.run), []).append(label_of[id(note)])
        return label_of, called

    def _column(self, column: list[Line], foot: slice) -> Column:
        body, notes, tail = column[: foot.start], list[Note](), list[list[Line]]()
        groups = list(_groups(column[foot], self._style))
        labelled = [list(self._labelled(group)) for group in groups]
        rest = None if any(labelled) or not body else self._rest(groups, min(it.x for it in body))
        for group, found in zip(groups, labelled, strict=True):
            before = group[: found[0].first] if found else group
            if before and self._last and (found or group is rest):
                self._last.lines += before
            elif notes:
                tail.append(before)
            elif before and self._is_imprint(before, body):
                notes.append(self._note(_UNLABELLED, before))
            else:
                body += before
            ends = [*(it.first for it in found[1:]), len(group)]
            notes += [self._note(it, group[it.first : end]) for it, end in zip(found, ends, strict=False)]
        return Column(body, notes, [*filter(None, tail), *([it] for it in column[foot.stop :])])

    def _labelled(self, group: Sequence[Line]) -> list["_Label"]:
        """The lines of a group that begin with a sign, or with the numbers of notes called for in order.

        A number that is set apart in print counts also if it follows one that is called for.
        """
        labels = [label for first, line in enumerate(group) if (label := _label(first, line))]
        signs = [it for it in labels if not it.number]
        numbers = [it for it in labels if it.number]
        called = {int(call.sign) for call in self._open if call.sign.isdigit()}
        sure = called | {self._last.number if self._last else 0}
        next_ones = {it.number for it in numbers if it.form and sure & {it.number - 1, it.number - 2}}
        found: list[_Label] = []
        for wanted in sorted(called | next_ones):
            after = (it for it in numbers if not found or _follows(found[-1], it))
            found += [it for it in after if it.number == wanted][:1]
        return sorted([*signs, *found])

    def _note(self, label: "_Label", lines: list[Line]) -> Note:
        note = Note(label.sign, lines, label.run, label is not _UNLABELLED)
        self._last = note if note.is_labelled else None
        self._notes.append(note)
        calls = [it for it in self._open if it.sign == label.sign]
        if calls:
            call = min(calls, key=lambda it: it.page != self._page)
            self._open.remove(call)
            self._called.append((note, call))
        return note

    def _rest(self, groups: Sequence[list[Line]], edge: float) -> list[Line] | None:
        """The group that goes on with the last note of the page before, where none has a number."""
        size = self._last.lines[-1].size if self._last else 0.0
        found = (it for it in groups if it[0].size == size and abs(it[-1].x - edge) < size)
        return next(found, None)

    def _is_imprint(self, lines: Sequence[Line], body: Sequence[Line]) -> bool:
        """Whether they stand below the text of the first page: thanks, an address, the publisher."""
        text = [it for it in body if it.size == self._style.size]
        return (
            self._page == 1
            and len(lines) <= _IMPRINT
            and len(text) >= _TEXT
            and body[-1] is text[-1]
            and not _are_together(body[-1], lines[0], self._style)
            and lines[-1].x < min(it.x for it in text) + lines[-1].size
        )


class _Label(NamedTuple):
    first: int  # the line that begins with it
    sign: str
    run: Run | None
    form: str  # how it is set apart from the note, alike for all notes of a page; "" if it is not

    @property
    def number(self) -> int:
        return int(self.sign) if self.sign.isdigit() else 0


_UNLABELLED = _Label(0, "*", None, "")


def _label(first: int, line: Line) -> _Label | None:
    run = next(it for it in line.runs if not it.text.isspace())
    own = _OWN_LABEL.fullmatch(run.text) if line.text.strip() != run.text.strip() else None
    if own:
        return _Label(first, _plain(own[1]), run, "raised" if is_raised(run, line) else "run")
    found = _LABEL.match(line.text)
    if found and found[0][-1].isdigit() and not _begins_sentence(line.text[found.end()]):
        return None  # `19th`, but not `1Holt`
    return _Label(first, _plain(found[1] or found[2]), None, "") if found else None


def _begins_sentence(character: str) -> bool:
    return character.isupper() or character in "\"“‘'«"


def _follows(label: _Label, other: _Label) -> bool:
    return other.first > label.first and other.form == label.form


def _plain(sign: str) -> str:
    return str(int(sign)) if sign.isdigit() else sign.replace("∗", "*")


def _calls(line: Line, page: int) -> Iterator[Call]:
    for run in raised(line):
        before = line.text_before(run)
        power = before[-1:].isdigit() and not _YEAR.search(before)
        for sign in re.findall(r"\d+|[^\d\s,]+", run.text):
            if not (sign.isdigit() and (power or _UNIT.search(before))):
                yield Call(page, run, _plain(sign))


def _foot(column: Sequence[Line], style: Style) -> slice:
    """The small print that ends the column, but for a line or two apart below it."""
    for stop in range(len(column), max(0, len(column) - _TAIL - 1), -1):
        if style.is_small(column[stop - 1]):
            apart = stop == len(column) or not _are_together(column[stop - 1], column[stop], style)
            first = stop
            while apart and first and style.is_small(column[first - 1]):
                first -= 1
            return slice(first, stop)
    return slice(len(column), len(column))


def _groups(lines: Iterable[Line], style: Style) -> Iterator[list[Line]]:
    """Lines of one size that follow one another closely."""
    group: list[Line] = []
    for line in lines:
        if group and not (line.size == group[-1].size and _are_together(group[-1], line, style)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _are_together(above: Line, below: Line, style: Style) -> bool:
    return above.y - below.y <= _TOGETHER * style.leading_of(above)
