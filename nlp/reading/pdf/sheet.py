"""What stands where on a PDF's pages: running heads, columns, and the usual sizes and distances."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.reading.pdf.columns import in_columns
from nlp.reading.pdf.lines import Line, raised

_EDGE = 2  # lines at either end of a page that may be running heads
_APART = 1.4  # times the size of the print, at least, between them and the text
_SAME_PLACE = 4.0  # points
_OFTEN = 5  # pages; in texts of few pages a third of them, but two
_PAGE_NUMBER = re.compile(r"\W*(?:\d{1,4}|[ivxlc]{1,7})\W*", re.IGNORECASE)
_INITIAL = re.compile(r"\s*[\"'“‘«(]?[^\W\d_]\s*")
_LARGE = 1.6  # times the size of the print beside it
_NEW_COLUMN = 1.5  # times the size of its print that a line stands above the one before it
_USUAL = 1.25  # times the size of the print from line to line, where too few lines tell
_FEW = 3
_SMALL = 0.95  # times the size of the text


class Sheet(NamedTuple):
    """A page: lines of its upper margin, columns in reading order, lines of its lower margin."""

    top: list[Line]
    columns: list[list[Line]]
    bottom: list[Line]


class Style(NamedTuple):
    """How a text is set: the size of its print, and from line to line for each size, in points."""

    size: float
    leading: dict[float, float]

    def is_small(self, line: Line) -> bool:
        return 0 < line.size <= _SMALL * self.size and line.size <= self.size - 0.4

    def is_large(self, line: Line) -> bool:
        return line.size >= 1.07 * self.size

    def leading_of(self, line: Line) -> float:
        return self.leading.get(line.size, _USUAL * line.size)


def sheets(pages: Sequence[Sequence[Line]]) -> list[Sheet]:
    """Each page with what stands in its margins told apart and put where it stands."""
    pages = [list(_with_initials(in_columns(lines))) for lines in pages]
    places: dict[tuple[str, int], list[tuple[Line, bool]]] = defaultdict(list)
    for line, is_apart in (edge for lines in pages for edge in _edges(lines)):
        places[_masked(line.text), round(line.y / _SAME_PLACE)].append((line, is_apart))
    wanted = max(2, min(len(pages) / 3, _OFTEN))
    repeated = {
        id(line)
        for found in places.values()
        if len(found) >= wanted and 2 * sum(is_apart for _, is_apart in found) >= len(found)
        for line, _ in found
    }
    return [_sheet(lines, repeated) for lines in pages]


def _with_initials(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a page; a large initial stands before its word, and the lines beside it begin there."""
    initial, put = None, False
    for line, after in pairwise([*lines, None]):
        if line is None:
            break
        if initial and _stands_beside(line, initial):
            yield line._replace(x=initial.x, runs=line.runs if put else (*initial.runs, *line.runs))
            put = True
        elif after and _INITIAL.fullmatch(line.text) and _stands_beside(after, line):
            initial, put = line, False
        else:
            initial = None
            yield line


def _stands_beside(line: Line, initial: Line) -> bool:
    return (
        initial.size > _LARGE * line.size > 0
        and line.x > initial.x
        and -0.3 * line.size < line.y - initial.y < initial.size
    )


def _edges(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """The lines highest and lowest on a page, and whether they stand apart from the others."""
    ordered = sorted(lines, key=lambda it: -it.y)
    half = len(ordered) // 2
    for edge in (ordered, ordered[::-1]):
        apart = [abs(a.y - b.y) > _APART * b.size for a, b in pairwise(edge[: _EDGE + 1])]
        yield from ((edge[n], any(apart[n:])) for n in range(min(_EDGE, half)))


def _masked(text: str) -> str:
    """`Chapter 2` and `Chapter 3` are one running head, and all numbers of pages are."""
    if _PAGE_NUMBER.fullmatch(text):
        return "#"
    return " ".join(re.sub(r"\d+", "", text.casefold()).split())


def _sheet(lines: Sequence[Line], repeated: set[int]) -> Sheet:
    margins = [it for it in lines if id(it) in repeated and not _is_called(it, lines)]
    heights = [it.y for it in lines]
    middle = (max(heights) + min(heights)) / 2 if lines else 0
    margins.sort(key=lambda it: -it.y)
    apart = {id(it) for it in margins}
    return Sheet(
        [it for it in margins if it.y >= middle],
        list(_columns(it for it in lines if id(it) not in apart)),
        [it for it in margins if it.y < middle],
    )


def _is_called(line: Line, lines: Sequence[Line]) -> bool:
    """Whether it begins with a number that is raised on its page: a note such as `3 Ibid.`"""
    found = re.match(r"\W*(\d{1,3})[.)\]]{0,2}\s*[^\W\d_]", line.text)
    return found is not None and any(found[1] in run.text for it in lines for run in raised(it))


def _columns(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """A column goes down the page; where lines go up, another one begins."""
    column: list[Line] = []
    for line in lines:
        if column and line.y > column[-1].y + _NEW_COLUMN * max(line.size, column[-1].size):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def style_of(pages: Iterable[Sheet]) -> Style:
    """Size of most characters, and for each size the distance of most lines."""
    sizes: Counter[float] = Counter()
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    for column in (it for page in pages for it in page.columns):
        for line in column:
            sizes[line.size] += len(line.text)
        for above, below in pairwise(column):
            if above.size == below.size > 0 and 0.8 * above.size < above.y - below.y < 3 * above.size:
                gaps[above.size][round(2 * (above.y - below.y)) / 2] += 1
    usual = {size: max(found, key=lambda it: (found[it], -it)) for size, found in gaps.items()}
    leading = {size: gap for size, gap in usual.items() if gaps[size][gap] >= _FEW}
    return Style(max(sizes, key=lambda it: (sizes[it], it), default=0.0), leading)
