"""Lines of a page become paragraphs, and words that a line end has broken become whole."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp.clean.known import Known
from nlp.clean.lines import BREAKS, Layout, Line, begins, layout_of, lines_of, shows_paragraphs
from nlp.clean.markup import HEADING, QUOTE
from nlp.clean.trace import Change
from nlp.clean.zones import is_heading, opens_quote
from nlp.lexicon import Lexicon

_RARE = -19.0  # log probability below which a form may be a slip
_COMMON = -13.5  # log probability from which it is surely a word
_BOND = 4.5  # how much more frequent a word is than its halves side by side, if they are words too
_SYLLABLE = 3  # letters that the last part of a compound has if it is broken itself
_HEADING_LINES = 3
_SET_IN = 0.45  # of the lines; if more are, it is the margin
_DASH_LAST, _DASH_FIRST = re.compile(r"[^\W\d_]—$"), re.compile(r"—[^\W\d_]")


def hyphens(text: str, known: Known) -> Iterator[Change]:
    r"""`inte-\ngration` -> `integration`, but `post-\nSoviet` -> `post-Soviet`.

    The halves are joined if the joined word is one of this text, of the corpus or of the language, and
    the text does not write it with a hyphen more often; otherwise the hyphen stays and the break goes.
    """
    gap = r"[ \t]*\n[ \t]*\n?[ \t]*" if layout_of(text).double_spaced else r"[ \t]*\n[ \t]*"
    # Words are tried from their beginning only, or a long one would take for ever.
    pattern = rf"(?<!\w)(?<!\w-)((?:\w+-)*\w+)[-‐](?:{gap}|\s*[\f\v]\s*)(\w+)"
    broken = list(re.finditer(pattern, text))
    if not broken:
        return
    own = Counter(re.findall(r"\w+(?:-\w+)*", text.lower()))
    for found in broken:
        left, right = found[1], found[2]
        letters = left.replace("-", "").isalpha() and right[0].islower()
        joined = letters and _is_word(left, right, own, known)
        yield Change(found.end(1), found.start(2), "" if joined else "-")


def _is_word(left: str, right: str, own: "Counter[str]", known: Known) -> bool:
    compound, _, left = left.rpartition("-")
    if compound and len(left) < _SYLLABLE:
        return False  # `vis-a-` and `vis`
    together, apart = (own[f"{left}{sign}{right}".lower()] for sign in ("", "-"))
    if together or apart:
        return together >= apart
    forms = {f"{left}{right}", f"{left}{right}".lower(), f"{left}{right}".capitalize()}
    hyphened = {f"{left}-{right}", f"{left}-{right}".lower()}
    together, apart = (sum(known.words.get(form, 0) for form in group) for group in (forms, hyphened))
    if together or apart:
        return together >= apart
    return _is_in_language(left, right, known.lexicon)


def _is_in_language(left: str, right: str, lexicon: Lexicon) -> bool:
    """Whether the joined word is one: `statehood`, but not `longterm`, which is a slip for `long-term`."""
    whole, first, second = (
        max(map(lexicon.log_prob, (word, word.lower(), word.capitalize())))
        for word in (f"{left}{right}", left, right)
    )
    return whole > max(_RARE, lexicon.floor) and (whole > _COMMON or whole - first - second > _BOND)


def paragraphs(text: str, known: Known) -> Iterator[Change]:
    """Join the lines of a paragraph with spaces; put one empty line between paragraphs.

    A paragraph goes on over the end of a page and over what has been taken from between its lines
    (there are signs where), unless a sentence ends there.
    """
    lines = lines_of(text)
    if not lines:
        yield from _change(text, 0, len(text), "")
        return
    setting = _Setting(text, lines, known)
    yield from _change(text, 0, lines[0].start, "")
    for number, (line, after) in enumerate(pairwise(lines)):
        sign, between = setting.between(number)
        yield from _change(text, line.end, after.start + sign, between)
    yield from _change(text, lines[-1].end, len(text), "")


class _Setting:
    """How the lines of a text are set, as far as it tells where paragraphs end."""

    def __init__(self, text: str, lines: Sequence[Line], known: Known) -> None:
        self._text = text
        self._lines = lines
        self._known = known
        self._layout = layout_of(text)
        self._indented = _indented(text, lines) if self._layout.wrapped else frozenset()
        self._ends_of_pages = [found.start() for found in re.finditer("\f", text)]
        self._shown = [self._layout.shown and shows_paragraphs(page) for page in text.split("\f")]

    def between(self, number: int) -> tuple[int, str]:
        """What to put behind a line, and how many characters of the next one it replaces too."""
        line, after = self._lines[number], self._lines[number + 1]
        gap = self._text[line.end : after.start]
        if sign := _goes_on_quoting(line, after, gap):
            return sign, " "
        if _is_marked(line) or _is_marked(after) or self._ends(number, line, after, gap):
            return 0, "\n\n"
        return 0, "" if _DASH_LAST.search(line.text[-2:]) or _DASH_FIRST.match(after.text) else " "

    def _ends(self, number: int, line: Line, after: Line, gap: str) -> bool:
        """Whether a paragraph ends with this line."""
        if self._shown[bisect(self._ends_of_pages, after.start)]:
            return _ends_as_shown(line, after, gap, self._known)
        if not self._layout.wrapped:
            return BREAKS.isdisjoint(gap) or line.closed or not _is_cut(line, after, self._known)
        return (
            _ends_in_page(line, after, gap, self._layout, self._known)
            or _heading_follows(self._text, self._lines, number + 1)
            or (line.closed and _is_set_off(number, self._indented))
        )


def _change(text: str, start: int, end: int, wanted: str) -> Iterator[Change]:
    if text[start:end] != wanted:
        yield Change(start, end, wanted)


def _indented(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """The lines set in from the left, if they are so few that this tells something."""
    left = (text[max(0, it.start - 2) : it.start] for it in lines)
    found = [number for number, blanks in enumerate(left) if blanks == "  " or "\t" in blanks]
    return frozenset(found) if len(found) < _SET_IN * len(lines) else frozenset()


def _is_set_off(number: int, indented: frozenset[int]) -> bool:
    """Whether the next line is a first line, or a block that was set in ends with this one."""
    if number + 1 in indented:
        return number not in indented
    return number in indented and number - 1 in indented


def _is_marked(line: Line) -> bool:
    return bool(HEADING.match(line.text) or QUOTE.match(line.text))


def _goes_on_quoting(line: Line, after: Line, gap: str) -> int:
    """Characters of the sign before a line that goes on with the quotation of the line before, or 0."""
    sign = QUOTE.match(after.text) if gap.count("\n") == 1 and QUOTE.match(line.text) else None
    return sign.end() if sign else 0


def _is_cut(line: Line, after: Line, known: Known) -> bool:
    """Whether a paragraph that ends without a stop goes on: no heading does, nor what opens a quotation."""
    ends = opens_quote(line.text, known) or is_heading(line.text, known)
    return after.text[0].islower() or not ends


def _ends_in_page(line: Line, after: Line, gap: str, layout: Layout, known: Known) -> bool:
    if _is_capitals(line.text) or _is_capitals(after.text):
        return True
    starts_lower = _starts_lower(after, known)
    if not BREAKS.isdisjoint(gap):
        return line.closed or (not starts_lower and line.is_short(0.6))
    if gap.count("\n") > (2 if layout.double_spaced else 1):
        return line.closed or not starts_lower
    if line.closed and not starts_lower and after.is_short(0.6) and not after.closed:
        return True  # a heading follows
    return (line.closed and line.leaves_room_for(after)) or (not starts_lower and line.is_short(0.6))


def _ends_as_shown(line: Line, after: Line, gap: str, known: Known) -> bool:
    """Whether a paragraph ends where the page shows that one begins, or may: by an empty line."""
    if begins(gap) or not BREAKS.isdisjoint(gap) or gap.count("\n") < 2:
        return begins(gap)
    return line.closed or not _starts_lower(after, known)


def _starts_lower(line: Line, known: Known) -> bool:
    """Whether the line goes on with a sentence; a letter that has lost its capital does not tell."""
    return line.text[0].islower() and line.text[0].upper() not in known.lost_capitals


def _is_capitals(line: str) -> bool:
    return line.isupper() and sum(map(str.isalpha, line)) >= 4 and len(line.split()) <= 8


def _heading_follows(text: str, lines: Sequence[Line], number: int) -> bool:
    """A few lines in title case, after a full stop and before an empty line, are a heading."""
    if not lines[number - 1].closed:
        return False
    block = lines[number : number + _HEADING_LINES]
    for last, (line, after) in enumerate(pairwise([*block, *lines[number + len(block) :][:1]])):
        if text.count("\n", line.end, after.start) > 1:
            words = [word for it in block[: last + 1] for word in it.text.split() if len(word) > 3]
            return not line.closed and sum(word[0].isupper() for word in words) >= 0.7 * len(words) > 0
    return False
