"""Where the lines of a PDF's columns begin a paragraph: by distance, print and indentation."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.reading.pdf.lines import Line, is_closed
from nlp.reading.pdf.sheet import Style

_SHIFTED = 0.45  # times the size of the print: lines that differ by less begin at one place
_DEEPEST = 5.0  # times the size of the print: first lines are not indented further
_APART = 1.2  # times the usual distance from line to line
_APART_RAISED = 1.35  # raised numbers push lines apart in web pages
_SAME_SIZE = 0.07
_SHORT, _VERY_SHORT = 0.8, 0.6  # times the longest line
_FEW = 4  # lines, or more, tell where the edge of their column is
_SEEN = 2  # first lines indented alike are a habit


class Paragraph(NamedTuple):
    """Lines, and whether they surely begin a paragraph, or surely go on with the one before."""

    lines: list[Line]
    begins: bool
    goes_on: bool


class _Setting(NamedTuple):
    """How lines of one size stand in a column: its left edge, and whether first lines stick out."""

    edge: float
    hanging: bool


class _Before(NamedTuple):
    """The line that the text has come to."""

    line: Line
    offset: float  # from the edge of its column, in points
    length: float  # of the longest in its column


class Form:
    """How the paragraphs of a text are told apart. It is shown the columns in order."""

    def __init__(self, columns: Sequence[Sequence[Line]], style: Style) -> None:
        self._style = style
        self._edges: list[float] = []
        self._edges = sorted({self._edge(it) for it in map(self._text, columns) if len(it) >= _FEW})
        self._indent = self._usual_indent(columns)  # in points; 0 if first lines are not indented
        self._gap = self._usual_gap(columns)  # between the lines of two paragraphs, in points
        self._before: _Before | None = None
        self._interrupted = False

    def interrupt(self) -> None:
        """What comes next follows something else than the columns seen so far."""
        self._before, self._interrupted = None, True

    def paragraphs(self, column: Sequence[Line]) -> Iterator[Paragraph]:
        """The paragraphs of the next column."""
        longest = max((len(line.text) for line in column), default=0)
        settings = self._settings(column)
        for block in self._blocks(column):
            setting = settings[block[0].size]
            for lines in self._divided(block, setting):
                first, last = lines[0], lines[-1]
                at_top = first is column[0]
                begins = (
                    self._begins_column(first, setting)
                    if at_top
                    else self._begins_block(first, block, setting)
                )
                yield Paragraph(lines, begins, goes_on=at_top and not begins)
                offset = 0.0 if self._is_indented(last, setting) else last.x - setting.edge
                self._before = _Before(last, offset, len(last.text) / longest)

    def _begins_column(self, line: Line, setting: _Setting) -> bool:
        """Whether a paragraph begins at the top of a column: any sign of it will do."""
        before = self._before
        if before is None or self._is_indented(line, setting):
            return self._interrupted or self._is_indented(line, setting)
        if _goes_on(before.line, line):
            return False
        shifted = _is_shifted(line, line.x - setting.edge - before.offset)
        ended = not self._indent and before.length < _SHORT
        return shifted or ended or _are_unlike(before.line, line)

    def _begins_block(self, line: Line, block: Sequence[Line], setting: _Setting) -> bool:
        """Whether a paragraph surely begins here: within a sentence a distance may have other reasons."""
        before = self._before
        if line is not block[0] or self._is_indented(line, setting):
            return True
        if before is None or not _goes_on(before.line, line):
            return True
        if len(block) > 1 and self._style.is_small(line) and _are_unlike(before.line, line):
            return True
        gap = before.line.y - line.y
        usual = not self._indent and abs(gap - self._gap) < 0.1 * self._style.leading_of(line)
        return before.length < _VERY_SHORT or usual

    def _blocks(self, lines: Sequence[Line]) -> Iterator[list[Line]]:
        """Lines of one print without distance between them."""
        block: list[Line] = []
        for line in lines:
            if block and (_are_unlike(block[-1], line) or self._are_apart(block[-1], line)):
                yield block
                block = []
            block.append(line)
        if block:
            yield block

    def _are_apart(self, above: Line, below: Line) -> bool:
        most = _APART_RAISED if _has_raised(below) else _APART
        return above.y - below.y > most * self._style.leading_of(above)

    def _divided(self, block: list[Line], setting: _Setting) -> Iterator[list[Line]]:
        """The paragraphs of a block, by indentation; a block of large or bold print is one."""
        paragraph = [block[0]]
        for line, after in pairwise([*block[1:], None]):
            if line is not None and self._begins(paragraph, line, after, setting):
                yield paragraph
                paragraph = []
            paragraph += [line] if line is not None else []
        yield paragraph

    def _begins(self, paragraph: list[Line], line: Line, after: Line | None, setting: _Setting) -> bool:
        above = paragraph[-1]
        is_second, closed = len(paragraph) == 1, is_closed(above)
        if self._is_heading(line):
            return False
        if self._is_indented(line, setting) and after and not _is_shifted(after, after.x - setting.edge):
            return is_second or _is_shifted(line, line.x - above.x)
        if not _is_shifted(line, line.x - above.x):
            return False
        if line.x < above.x:
            deep = above.x - line.x > _DEEPEST * line.size
            return (deep or not is_second) and not _goes_on(above, line)
        if _goes_on(above, line):  # a quotation, if all of it is shifted and not what hangs from a number
            stays = after is not None and not _is_shifted(after, after.x - line.x)
            return stays and (not is_second or self._is_indented(above, setting))
        return not setting.hanging and (closed or not is_second or self._is_indented(line, setting))

    def _is_heading(self, line: Line) -> bool:
        return line.bold or self._style.is_large(line)

    def _is_indented(self, line: Line, setting: _Setting) -> bool:
        """Whether it begins where first lines do."""
        return self._indent > 0 and not _is_shifted(line, line.x - setting.edge - self._indent)

    def _text(self, lines: Sequence[Line]) -> list[Line]:
        """The lines of the usual print."""
        return [it for it in lines if not it.bold and _are_alike(it.size, self._style.size)]

    def _settings(self, lines: Sequence[Line]) -> dict[float, _Setting]:
        """By size."""
        sizes: dict[float, list[Line]] = defaultdict(list)
        for line in lines:
            sizes[line.size].append(line)
        return {size: self._setting(found) for size, found in sizes.items()}

    def _setting(self, lines: Sequence[Line]) -> _Setting:
        """First lines follow the end of a sentence: it tells whether they or the others are shifted."""
        edge = self._edge(lines)
        hanging = 0
        for above, line in pairwise(lines):
            if (
                _is_shifted(line, line.x - above.x)
                and min(abs(it.x - edge) for it in (above, line)) < line.size
            ):
                hanging += 1 if (line.x < above.x) == is_closed(above) else -1
        return _Setting(edge, hanging=hanging > 0)

    def _edge(self, lines: Sequence[Line]) -> float:
        """The place furthest left where two lines begin; of few lines, as in other columns."""
        places = sorted(line.x for line in lines)
        tolerance = _SHIFTED * lines[0].size
        if len(lines) < _FEW:
            near = [it for it in self._edges if -tolerance <= places[0] - it <= _DEEPEST * lines[0].size]
            return max(near, default=places[0])
        return next((a for a, b in pairwise(places) if b - a <= tolerance), places[0])

    def _usual_indent(self, columns: Sequence[Sequence[Line]]) -> float:
        """How far first lines are indented: between lines at the edge, and behind the end of a sentence."""
        found: Counter[int] = Counter()
        for lines in map(self._text, columns):
            if not lines:
                continue
            edge = self._edge(lines)
            for block in self._blocks(lines):
                found.update(round(it - edge) for it in _indented(block, edge))
        near = {it: found[it - 1] + found[it] + found[it + 1] for it in found}
        usual = max(near, key=lambda it: (near[it], it), default=0)
        return float(usual) if near.get(usual, 0) >= _SEEN else 0.0

    def _usual_gap(self, columns: Sequence[Sequence[Line]]) -> float:
        gaps = Counter(
            round(2 * (above.y - below.y)) / 2
            for lines in map(self._text, columns)
            for above, below in pairwise(lines)
            if self._are_apart(above, below) and is_closed(above)
        )
        return max(gaps, key=lambda it: (gaps[it], -it), default=0.0)


def _indented(block: Sequence[Line], edge: float) -> Iterator[float]:
    """Where first lines begin: one line further right than those around it."""
    for above, line, below in zip([None, *block], block, block[1:], strict=False):
        deep = _SHIFTED * line.size < line.x - edge <= _DEEPEST * line.size
        first = above is None or (is_closed(above) and not _is_shifted(above, above.x - edge))
        if deep and first and not _is_shifted(below, below.x - edge) and not is_closed(line):
            yield line.x


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a sentence does."""
    return line.text.lstrip()[0].islower() and not is_closed(above)


def _has_raised(line: Line) -> bool:
    return any(0 < run.size < line.size and run.y > line.y for run in line.runs)


def _is_shifted(line: Line, by: float) -> bool:
    return abs(by) > _SHIFTED * line.size


def _are_alike(size: float, other: float) -> bool:
    return abs(size - other) <= _SAME_SIZE * max(size, other)


def _are_unlike(line: Line, other: Line) -> bool:
    return line.bold != other.bold or not _are_alike(line.size, other.size)
