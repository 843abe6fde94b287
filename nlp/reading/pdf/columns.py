"""Columns side by side whose lines a PDF sets row by row: they are read one after the other."""

from collections import Counter
from collections.abc import Iterator, Sequence

from nlp.reading.pdf.lines import Line, Run, line_of

_ROWS = 10  # that begin a second column in one place, at least
_SHARE = 0.4  # of a page's lines, at least
_PROSE = 20  # characters that the lines of both columns have on average: fewer are a table
_SPACE = 0.9  # times the size of the print: no space between words is wider
_DEEPEST = 3.0  # times the size of the print: first lines are not indented further
_SURE = 20  # characters; a longer run is no word, and what follows it no word of the same line
_NARROW, _WIDE = frozenset("ijltfrI.,;:'’!|()[] "), frozenset("mwMW—")


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page; where it has two columns in rows, those of the left one first."""
    starts = Counter(round(run.x) for line in lines for run in _after_gaps(line))
    near = {x: starts[x - 1] + starts[x] + starts[x + 1] for x in starts}
    edge = max(near, key=lambda x: (near[x], -x), default=0)
    if near.get(edge, 0) < max(_ROWS, _SHARE * len(lines)):
        return list(lines)
    rows = [_split(line, edge) for line in lines]
    both = [row for row in rows if len(row) == 2]
    if any(sum(len(row[side].text) for row in both) < _PROSE * len(both) for side in (0, 1)):
        return list(lines)
    return list(_unravelled(rows, edge))


def _after_gaps(line: Line) -> Iterator[Run]:
    """The runs before which there is more than a space between words."""
    before = None
    for run in line.runs:
        if not run.text.isspace():
            if before and run.x - _end(before) > (_SPACE * run.size if len(before.text) < _SURE else 0):
                yield run
            before = run


def _end(run: Run) -> float:
    """About where it ends: pypdf does not tell the widths of letters."""
    widths = (
        0.28 if c in _NARROW else 0.8 if c in _WIDE else 0.67 if c.isupper() else 0.46 for c in run.text
    )
    return run.x + run.size * sum(widths)


def _split(line: Line, edge: float) -> list[Line]:
    """The line's parts on either side, if it has two."""
    first = next((run for run in _after_gaps(line) if -2 <= run.x - edge <= _DEEPEST * line.size), None)
    if first is None:
        return [line]
    at = next(number for number, run in enumerate(line.runs) if run is first)
    return [part for runs in (line.runs[:at], line.runs[at:]) for part in line_of(runs)]


def _unravelled(rows: Sequence[list[Line]], edge: float) -> Iterator[Line]:
    """Left lines, then right ones, as far as the next line that goes over both columns."""
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        if len(row) == 2:
            left.append(row[0])
            right.append(row[1])
        elif row[0].x >= edge - 2:
            right.append(row[0])
        elif max(map(_end, row[0].runs)) <= edge:
            left.append(row[0])
        else:
            yield from (*left, *right, row[0])
            left, right = [], []
    yield from (*left, *right)
