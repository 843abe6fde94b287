"""Cleaning steps: small, named, in one order. Each takes the text as it is and says what to change."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from nlp.clean.trace import Change

Step = Callable[[str], Iterator[Change]]

_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]]*\d*$")
_WIDTH = 130  # longer lines are paragraphs, not lines of a page
_NEIGHBOURS = 3  # lines on either side that tell how wide the column is


def line_ends(text: str) -> Iterator[Change]:
    r"""`a\r\nb` -> `a\nb`; form feeds and other line separators become line ends too."""
    for found in re.finditer(r"\r\n?|[\f\v\x85\u2028\u2029]", text):
        yield Change(*found.span(), "\n")


def controls(text: str) -> Iterator[Change]:
    """Drop characters that no reader sees: controls, soft hyphens, zero-width marks, lone surrogates."""
    for found in re.finditer(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2060\ufeff\ud800-\udfff]+", text):
        yield Change(*found.span(), "")


def hyphens(text: str) -> Iterator[Change]:
    r"""`inte-\ngration` -> `integration`, but `post-\nSoviet` -> `post-Soviet`.

    The hyphen stays where the text itself writes the word with one, where both halves are words of the
    text, or where the word has other hyphens; otherwise it belonged to the line.
    """
    gap = r"[ \t]*\n[ \t]*\n?[ \t]*" if _layout(text).double_spaced else r"[ \t]*\n[ \t]*"
    # Words are tried from their beginning only, or a long one would take for ever.
    pattern = rf"(?<!\w)(?<!\w-)((?:\w+-)*\w+)-({gap})(\w+)"
    broken = list(re.finditer(pattern, text))
    unbroken = re.sub(pattern, " ", text.lower()) if broken else ""
    words = Counter(re.findall(r"\w+(?:-\w+)*", unbroken))
    for found in broken:
        left, right = found[1].lower(), found[3]
        if not left.replace("-", "").isalpha() or not right[0].isalpha():
            continue
        keep = right[0].isupper() or _is_compound(left, right.lower(), words)
        yield Change(found.end(1), found.start(3), "-" if keep else "")


def _is_compound(left: str, right: str, words: "Counter[str]") -> bool:
    together, apart = words[left + right], words[f"{left}-{right}"]
    if together or apart:
        return apart > together
    return "-" in left or (words[left] > 0 and words[right] > 0)


class Layout(NamedTuple):
    """How a text is set: in lines of a page or with a line per paragraph; with empty lines between."""

    wrapped: bool
    double_spaced: bool
    longest: float  # characters; a longer line is two lines that a removed hyphen has joined


def _layout(text: str) -> Layout:
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < 10:
        return Layout(wrapped=False, double_spaced=False, longest=_WIDTH)
    followed = sum(1 for line, after in pairwise(lines) if line.strip() and not after.strip())
    usual = lengths[len(lengths) * 9 // 10]
    # The lines of a page break off anywhere; paragraphs end with a sentence.
    closed = sum(1 for line in lines if _TERMINAL.search(line.rstrip()))
    wrapped = usual <= _WIDTH and lengths[len(lengths) // 2] >= 40 and closed < len(lengths) / 2
    return Layout(wrapped, wrapped and followed > len(lengths) * 0.6, usual * 1.2)


class _Line(NamedTuple):
    """A line with text in it: its span without outer white space, and the room the column gave it."""

    start: int
    end: int
    text: str
    width: int


def paragraphs(text: str) -> Iterator[Change]:
    """Join the lines of a paragraph with spaces; put one empty line between paragraphs."""
    layout = _layout(text)
    lines = list(_lines(text, layout.longest))
    if not lines:
        yield from _change(text, 0, len(text), "")
        return
    yield from _change(text, 0, lines[0].start, "")
    for line, after in pairwise(lines):
        ends = _ends_paragraph(line, after, text.count("\n", line.end, after.start), layout)
        yield from _change(text, line.end, after.start, "\n\n" if ends else " ")
    yield from _change(text, lines[-1].end, len(text), "")


def _change(text: str, start: int, end: int, wanted: str) -> Iterator[Change]:
    if text[start:end] != wanted:
        yield Change(start, end, wanted)


def _lines(text: str, longest: float) -> Iterator[_Line]:
    spans = [found.span() for found in re.finditer(r"\S(?:[^\n]*\S)?", text)]
    lengths = [end - start if end - start <= longest else 0 for start, end in spans]
    for number, (start, end) in enumerate(spans):
        around = lengths[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS + 1]
        yield _Line(start, end, text[start:end], max(around))


def _ends_paragraph(line: _Line, after: _Line, line_breaks: int, layout: Layout) -> bool:
    if not layout.wrapped:
        return True
    if _is_capitals(line.text) or _is_capitals(after.text):
        return True
    closed = bool(_TERMINAL.search(line.text))
    starts_lower = after.text[0].islower()
    if line_breaks > (2 if layout.double_spaced else 1):
        return closed or not starts_lower
    if closed and not starts_lower and _is_short(after, 0.6) and not _TERMINAL.search(after.text):
        return True  # a heading follows
    return (closed and _is_short(line, 0.75)) or (not starts_lower and _is_short(line, 0.6))


def _is_short(line: _Line, share: float) -> bool:
    return len(line.text) < share * line.width


def _is_capitals(line: str) -> bool:
    return line.isupper() and sum(map(str.isalpha, line)) >= 4 and len(line.split()) <= 8


def spaces(text: str) -> Iterator[Change]:
    """One space for any run of blanks within a paragraph; none at its ends."""
    for found in re.finditer(r"[^\S\n]{2,}|(?! )[^\S\n]", text):
        yield Change(*found.span(), " ")


# The order is the order of application. Hyphens need the line ends that paragraphs removes.
STEPS: dict[str, Step] = {
    "line_ends": line_ends,
    "controls": controls,
    "hyphens": hyphens,
    "paragraphs": paragraphs,
    "spaces": spaces,
}
