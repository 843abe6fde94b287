"""What stands on a page without belonging to the text: running heads, page numbers, stamps."""

import re
import unicodedata
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from nlp.clean.known import Known
from nlp.clean.lines import INTERRUPTED, is_closed, spans_of
from nlp.clean.patterns import YEAR
from nlp.clean.trace import Change

_LONGEST = 110  # characters in a running head
_EDGE = 2  # lines at either end of a page that may be running heads
_MOST = 0.15  # of a text, more than this is no furniture but the text itself
_PAGE_NUMBER = re.compile(
    r"\W{0,2}(?:p(?:age|\.)?\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W{0,2}", re.IGNORECASE
)
_NUMBER_AT_EDGE = re.compile(rf"^\W*(?!{YEAR}\b)\d{{1,4}}\b|\b(?!{YEAR}\b)\d{{1,4}}\W*$")
_PAGE = 800  # characters that a page has at least

Span = tuple[int, int]


def running_heads(text: str, known: Known) -> Iterator[Change]:
    """Take out the lines that repeat at the edges of pages, and those that only name author or title.

    A line counts if it repeats, its numbers aside, at the edge of three pages and of a third of them;
    or, with a page number (no year), if it has no other words than the names of the authors or of the
    title, and comes twice, at the edge of a page, or in the middle of a sentence.
    """
    spans = [span for span in spans_of(text) if span[1] - span[0] <= _LONGEST]
    named = [span for span in spans if _names_only(text[slice(*span)], known)]
    often = Counter(_masked(text[slice(*span)]) for span in named)
    heads = {it for it in named if often[_masked(text[slice(*it)])] > 1 or _cuts_in(text, *it)}
    yield from _taken_out(text, heads | _repeated(text))


def _names_only(line: str, known: Known) -> bool:
    if not _NUMBER_AT_EDGE.search(line) or line.startswith("#"):
        return False
    words = _folded(line)
    initials = {word[0] for name in known.authors for word in _folded(name)} | {"and", "et", "al"}
    authors = {word for name in known.authors for word in _folded(name) if len(word) > 1}
    if words and authors & set(words) and set(words) <= authors | initials:
        return True
    return len(words) > 2 and any(
        f" {' '.join(words)} " in f" {' '.join(_folded(whole))} " for whole in (known.title, known.venue)
    )


def _cuts_in(text: str, start: int, end: int) -> bool:
    """Whether the line stands at the edge of a page or between the parts of a sentence."""
    return _is_at_page_edge(text, start, end) or _interrupts(text, start, end)


def _folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W\d_]+", "".join(c for c in plain if not unicodedata.combining(c)))


def _repeated(text: str) -> set[Span]:
    pages = list(_pages(text))
    places: dict[str, list[tuple[int, Span]]] = defaultdict(list)
    for number, spans in enumerate(pages):
        if len(spans) > 2 * _EDGE + 3:  # shorter pages are all edge
            for start, end in (*spans[:_EDGE], *spans[-_EDGE:]):
                if end - start <= _LONGEST:
                    places[_masked(text[start:end])].append((number, (start, end)))
    wanted = max(3, len(pages) / 3)
    found = [it for key, it in places.items() if key and len({page for page, _ in it}) >= wanted]
    return {span for group in found for _, span in group}


def _pages(text: str) -> Iterator[list[Span]]:
    if "\f" not in text:
        return
    start = 0
    for page in text.split("\f"):
        yield [(start + first, start + last) for first, last in spans_of(page)]
        start += len(page) + 1


def _masked(line: str) -> str:
    return " ".join(re.sub(r"\d+", "", line.casefold()).split())


def page_numbers(text: str, known: Known) -> Iterator[Change]:
    """Take out lines of a number only, if they count on, a page apart, or count the pages they edge."""
    found = [
        (start, end, int(number[1]))
        for start, end in spans_of(text)
        if end - start < 20 and (number := _PAGE_NUMBER.fullmatch(text[start:end]))
    ]
    count_on = [
        pair
        for pair in pairwise(found)
        if pair[1][2] - pair[0][2] in (1, 2) and pair[1][0] - pair[0][0] > _PAGE
    ]
    counted = {it[:2] for pair in count_on for it in pair}
    cut = {span for span in counted if _interrupts(text, *span)}
    numbers = _at_page_edges(text, found)
    years = all(re.fullmatch(YEAR, str(number)) for _, _, number in found)
    if len(count_on) > 1 and 3 * len(cut) >= len(counted) and not years:
        numbers |= counted
    yield from _taken_out(text, numbers)


def _at_page_edges(text: str, found: Iterable[tuple[int, int, int]]) -> set[Span]:
    """Those at the beginnings and ends of pages, of which at least two count the pages."""
    ends = [place.start() for place in re.finditer("\f", text)]
    if not ends:
        return set()
    shifts: dict[int, set[Span]] = defaultdict(set)
    for start, end, number in found:
        if _is_at_page_edge(text, start, end):
            shifts[number - bisect(ends, start)].add((start, end))
    return {span for spans in shifts.values() if len(spans) > 1 for span in spans}


def _is_at_page_edge(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 50) : start].rstrip(" \t\n\v")
    after = text[end : end + 50].lstrip(" \t\n\v")
    at_top = before.endswith("\f") or (start < 50 and not before)
    return at_top or after.startswith("\f") or (end > len(text) - 50 and not after)


def _interrupts(text: str, start: int, end: int) -> bool:
    """Whether a sentence goes on after this line."""
    before = text[max(0, start - 200) : start].rstrip()
    return not before or not is_closed(before)


def stamps(text: str, known: Known) -> Iterator[Change]:
    """Take out the lines that a publisher or an archive has stamped on the pages."""
    beginnings = tuple(stamp.casefold() for stamp in known.params.stamps)
    lines = ((start, end, text[start : start + 60].casefold()) for start, end in spans_of(text))
    stamped = {(start, end) for start, end, line in lines if line.startswith(beginnings)}
    yield from _taken_out(text, {span for span in stamped if not _goes_on(text, span[0], known)})


def _goes_on(text: str, start: int, known: Known) -> bool:
    """Whether a sentence goes on with this line: `published online`, where the stamp has a capital."""
    if not text[start].islower() or text[start].upper() in known.lost_capitals:
        return False
    return not any(text.startswith(stamp, start) for stamp in known.params.stamps)


def search_box(text: str, known: Known) -> Iterator[Change]:
    """`SearchDr Smith` -> `Dr Smith`: the label of a button glued to the first word of a web page."""
    labels = "|".join(re.escape(label) for label in known.params.furniture_lines if " " not in label)
    found = re.match(rf"\s*({labels})(?=[^\W\d_]{{2}})", text) if labels else None
    if found and text[found.end()].isupper() and text[found.end() + 1].islower():
        yield Change(*found.span(1), "")


def _taken_out(text: str, spans: Iterable[Span]) -> Iterator[Change]:
    """A sign stays in the place of each line: the text was interrupted there."""
    ordered = sorted(spans)
    if sum(end - start for start, end in ordered) <= _MOST * len(text):
        yield from (Change(start, end, INTERRUPTED) for start, end in ordered)
