"""How a text is set: in the lines of a page or with a line per paragraph."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]*]*[\d⁰¹²³⁴-⁹]*$")
INTERRUPTED = "\v"  # stands where steps have taken something from between the lines
BREAKS = frozenset("\f\v")  # the end of a page is such a place too
_FEW = 10  # lines, from which on their lengths tell something
_BEGINS = r"(?:\A|\n[ \t]*\n|[\f\v]\n*)  "  # with it the page shows that a paragraph begins
_SHOWN = 3  # paragraphs that begin so are a habit
_WIDTH = 130  # longer lines are paragraphs, not lines of a page
_NEIGHBOURS = 3  # lines on either side that tell how wide the column is
_UNEVEN = 0.92  # letters differ in width, so that lines of one width differ in characters
_TAIL = 12  # characters at the end of a line in which its closing marks stand


class Layout(NamedTuple):
    """Whether lines break off anywhere as on a page, and whether empty lines stand between all of them."""

    wrapped: bool
    double_spaced: bool
    longest: float  # characters; a longer line is two lines that a removed hyphen has joined
    shown: bool  # whether empty lines and two spaces show where paragraphs begin, as from a PDF


class Line(NamedTuple):
    """A line with text in it: its span without outer white space, and the room the column gave it."""

    start: int
    end: int
    text: str
    width: int
    closed: bool  # whether a sentence ends with it

    def is_short(self, share: float) -> bool:
        return len(self.text) < share * self.width

    def leaves_room_for(self, after: "Line") -> bool:
        """Whether the next word would have fitted in: then the line has ended on purpose."""
        word = after.text.split(maxsplit=1)[0]
        return len(self.text) + 1 + len(word) < _UNEVEN * self.width


def is_closed(text: str) -> bool:
    """Whether a sentence ends where this text ends."""
    return bool(TERMINAL.search(text[-_TAIL:]))


def begins(gap: str) -> bool:
    """Whether the page shows that a paragraph begins after this stretch between two lines."""
    return bool(re.search(rf"{_BEGINS}\Z", gap))


def shows_paragraphs(page: str) -> bool:
    """Whether empty lines tell the paragraphs of a page apart."""
    return bool(re.search(r"\S[ \t]*\n[ \t]*\n", page))


def spans_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines with text in them stand, without outer white space."""
    return (found.span() for found in re.finditer(r"\S(?:[^\n\f\v]*\S)?", text))


def _is_cut_off(line: str, after: str) -> bool:
    """Whether a sentence goes on in the next line."""
    return bool(line.strip()) and not is_closed(line.rstrip()) and after.lstrip()[:1].islower()


@lru_cache(maxsize=2)
def layout_of(text: str) -> Layout:
    """Judge by the lengths of the lines and by how many of them end with a sentence."""
    shown = len(re.findall(rf"{_BEGINS}(?=\S)", text)) >= _SHOWN
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < _FEW:
        cut = sum(1 for line, after in pairwise(lines) if _is_cut_off(line, after))
        wrapped = len(lengths) > 2 and lengths[-1] <= _WIDTH and cut >= len(lengths) / 2
        return Layout(wrapped or shown, double_spaced=False, longest=_WIDTH, shown=shown)
    followed = sum(1 for line, after in pairwise(lines) if line.strip() and not after.strip())
    usual = lengths[len(lengths) * 9 // 10]
    # The lines of a page break off anywhere; paragraphs end with a sentence.
    closed = sum(1 for line in lines if is_closed(line.rstrip()))
    wrapped = usual <= _WIDTH and lengths[len(lengths) // 2] >= 40 and closed < len(lengths) / 2
    spaced = wrapped and followed > len(lengths) * 0.6
    return Layout(wrapped or shown, spaced and not shown, usual * 1.2, shown)


def lines_of(text: str) -> list[Line]:
    """All lines with text in them."""
    longest = layout_of(text).longest
    spans = list(spans_of(text))
    lengths = [end - start if end - start <= longest else 0 for start, end in spans]
    widths = [
        max(lengths[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS + 1])
        for number in range(len(spans))
    ]
    return [
        Line(start, end, line := text[start:end], width, is_closed(line))
        for (start, end), width in zip(spans, widths, strict=True)
    ]
