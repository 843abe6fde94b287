"""What stands where on a PDF's pages: running heads, columns, and the usual sizes and distances."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.reading.pdf_lines import Line

_EDGE = 2  # lines at either end of a page that may be running heads
_SAME_PLACE = 3.0  # points
_PAGE_NUMBER = re.compile(r"\W*(?:\d{1,4}|[ivxlc]{1,7})\W*", re.IGNORECASE)
_CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]*\d{0,3}$")
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


def is_closed(text: str) -> bool:
    """Whether a sentence ends here; the mark of a note may follow."""
    return bool(_CLOSED.search(text.rstrip()[-12:]))


def sheets(pages: Sequence[Sequence[Line]]) -> list[Sheet]:
    """Each page with what stands in its margins told apart and put where it stands."""
    margins = [_margins(lines) for lines in pages]
    places: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, found in enumerate(margins):
        for line in (*found[0], *found[1]):
            places[_masked(line.text)].append((number, line))
    repeated = {id(line) for group in places.values() for line in _in_one_place(group, len(pages))}
    return [_sheet(lines, *found, repeated) for lines, found in zip(pages, margins, strict=True)]


def _margins(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines highest and lowest on a page, from above; none for pages that are all margin."""
    if len(lines) <= 2 * _EDGE + 1:
        return [], []
    ordered = sorted(lines, key=lambda it: -it.y)
    return ordered[:_EDGE], ordered[-_EDGE:]


def _masked(text: str) -> str:
    """`Chapter 2` and `Chapter 3` are one running head, and all numbers of pages are."""
    if _PAGE_NUMBER.fullmatch(text):
        return "#"
    return " ".join(re.sub(r"\d+", "", text.casefold()).split())


def _in_one_place(found: Sequence[tuple[int, Line]], pages: int) -> Iterator[Line]:
    """The lines that stand at one height on several pages, and on a third of them if there are many."""
    for _, line in found:
        same = {page for page, other in found if abs(other.y - line.y) <= _SAME_PLACE}
        if len(same) >= max(2, min(pages / 3, 5)):
            yield line


def _sheet(lines: Sequence[Line], top: list[Line], bottom: list[Line], repeated: set[int]) -> Sheet:
    above, below = ([it for it in edge if id(it) in repeated] for edge in (top, bottom))
    apart = {id(it) for it in (*above, *below)}
    return Sheet(above, list(_columns(it for it in lines if id(it) not in apart)), below)


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
