r"""Rich Text Format, by striprtf; what that would drop or glue together is put in order before.

striprtf passes over whole groups, such as footnotes and text boxes, and knows no structure. So notes
are moved to the end of the document first, and headings, quotations and items get their marks.
"""

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, takewhile
from typing import NamedTuple

from nlp.reading import markup
from nlp.reading.about import about
from nlp.reading.contract import About, Limits, Reading

_TOKEN = re.compile(r"\\bin(\d{1,9}) ?|\\[{}\\]|[{}]")
_FIRST_WORD = re.compile(r"\{\s*(?:\\\*\s*)?\\([a-z]+)(?:-?\d+)? ?")
_PARAGRAPH_END = re.compile(r"\\par(?![a-z]) ?")
_ROW_END = re.compile(r"(\\row(?![a-z]))")
_STYLE = re.compile(r"\{\s*\\s(\d{1,5})[^{}]*?\s([^;{}\\]+);\s*\}")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_QUOTES = ("quote", "intense quote", "quotations", "block text")
_MARGINS = ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf")
_MARKS = re.compile(r"(?:- |> |#{1,6} )+")
_TIDY = {
    re.compile(r"\\outlinelevel([0-8])(?!\d) ?"): lambda it: f"{it[0]} {markup.heading(int(it[1]) + 1)}",
    re.compile(r"\\line(?![a-z]) ?"): lambda _: " ",
    re.compile(r"\\(?:nest)?cell(?![a-z]) ?"): lambda _: " | ",
    re.compile(r"(\\super(?![a-z])(?:\\[a-z]+-?\d*)*) ?([\d, ]+)(?=\}|\\nosupersub)"): lambda it: (
        f"{it[1]}{_escaped(markup.raised(it[2]) or it[2])}"
    ),
}


def _escaped(text: str) -> str:
    """As RTF writes characters beyond ASCII."""
    return "".join(it if it.isascii() else rf"\u{ord(it)}?" for it in text)


class _Group(NamedTuple):
    start: int
    end: int  # after its closing brace
    name: str  # its first word
    words: int  # where what follows that word begins


class _Document:
    """The source of a document, with what was taken out of its running text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._groups = list(_groups(source))
        self.notes: list[str] = []
        self.margins: list[str] = []
        self.info: dict[str, str] = {}
        self._taken: dict[str, Callable[[_Group], str]] = {
            "footnote": self._note,
            "info": self._info,
            "shp": self._text_boxes,
            "stylesheet": lambda _: "",
            "fldinst": lambda _: "",
            "pict": lambda _: "",
            "listtext": lambda _: markup.ITEM,
            "pntext": lambda _: markup.ITEM,
            **dict.fromkeys(_MARGINS, self._margin),
        }
        self.body = _marked("".join(self._pieces()), self._quotes())

    def faults(self) -> Iterator[str]:
        end = self._groups[0].end if self._groups else 0
        if end > len(self._source):
            yield "the end of the file is missing"
        if self._source[end:].strip("\0 \t\r\n"):
            yield "what follows the end of the document is left out"

    def _pieces(self) -> Iterator[str]:
        """The source with the groups in it replaced, and before its end the notes."""
        position, end = 0, self._groups[0].end - 1 if self._groups else 0
        for group in self._groups[1:]:
            if group.start >= position and group.name in self._taken:
                yield self._source[position : group.start]
                yield self._taken[group.name](group)
                position = group.end
        yield self._source[position:end]
        yield from (rf"\par [^{number}]: {note}" for number, note in enumerate(self.notes, start=1))
        yield "}"

    def _inner(self, group: _Group) -> str:
        return self._source[group.words : group.end - 1]

    def _note(self, group: _Group) -> str:
        self.notes.append(_PARAGRAPH_END.sub(" ", self._inner(group)))
        return f"[^{len(self.notes)}]"

    def _margin(self, group: _Group) -> str:
        self.margins.append(self._inner(group))
        return ""

    def _info(self, group: _Group) -> str:
        self.info |= {it.name: self._inner(it) for it in self._within(group)}
        return ""

    def _text_boxes(self, group: _Group) -> str:
        found = (self._inner(it) for it in self._within(group) if it.name == "shptxt")
        return "".join(rf"{{\par {text}\par }}" for text in found)

    def _within(self, group: _Group) -> Iterator[_Group]:
        after = bisect_right(self._groups, group)
        return takewhile(lambda it: it.end <= group.end, islice(self._groups, after, None))

    def _quotes(self) -> set[str]:
        """Numbers of the styles for quotations."""
        found = (self._inner(it) for it in self._groups if it.name == "stylesheet")
        styles = (style for sheet in found for style in _STYLE.finditer(sheet))
        return {style[1] for style in styles if style[2].strip().lower() in _QUOTES}


def _groups(source: str) -> Iterator[_Group]:
    """Groups in the order in which they open; one that never closes ends with the source."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    position = 0
    while token := _TOKEN.search(source, position):
        position = token.end() + int(token[1] or 0)
        if token[0] == "{":
            opened.append(token.start())
            ends[token.start()] = len(source) + 1
        elif token[0] == "}" and opened:
            ends[opened.pop()] = token.end()
    for start, end in ends.items():
        word = _FIRST_WORD.match(source, start)
        yield _Group(start, end, word[1] if word else "", word.end() if word else start + 1)


def _in_a_line(source: str) -> str:
    """The source up to the end of a row, with no end of a paragraph after the row's beginning."""
    before, begins, row = source.partition(r"\trowd")
    return f"{before}{begins}{_PARAGRAPH_END.sub(' ', row)}"


def _marked(source: str, quotes: set[str]) -> str:
    """The source with marks for headings and quotations, and with one line for each row of a table."""
    *rows, rest = _ROW_END.split(source)
    source = "".join([*map(_in_a_line, rows), rest])
    for pattern, put in _TIDY.items():
        source = pattern.sub(put, source)
    if quotes:
        source = re.sub(rf"\\s(?:{'|'.join(sorted(quotes))})(?!\d) ?", rf"\g<0> {markup.QUOTE}", source)
    return source


def read_rtf(content: bytes, where: str, limits: Limits) -> Reading:
    """Paragraphs with their marks as far as the format tells them; notes at the end."""
    from striprtf._version import __version__

    encoding = _encoding(content, limits.fallback_encoding)
    document = _Document(content.decode(encoding, "replace"))
    lines = map(_line, _plain(document.body, encoding).split("\n"))
    text = "\n\n".join(line for line in lines if line)
    left_out = markup.LeftOut()
    left_out.warnings += document.faults()
    left_out.margins(_fragment(it, encoding) for it in document.margins)
    if r"\deleted" in document.body:
        left_out.warnings.append("passages deleted on track are still in the text")
    return Reading(
        text,
        "rtf",
        f"striprtf {__version__}",
        None,
        tuple(left_out.warnings),
        _about(document.info, encoding),
    )


def _encoding(content: bytes, fallback: str) -> str:
    """That of characters beyond ASCII which are not written as RTF wants them."""
    named = _CODE_PAGE.search(content)
    try:
        return codecs.lookup(f"cp{int(named[1])}").name if named else codecs.lookup(fallback).name
    except LookupError:
        return "cp1252"


def _plain(source: str, encoding: str) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(source, encoding, errors="replace"))


def _fragment(source: str, encoding: str) -> str:
    return markup.one_line(_plain(rf"{{\rtf1 {source}}}", encoding))


def _line(text: str) -> str:
    """A paragraph with one mark: that of a quotation, else of a heading, else of an item."""
    text = markup.one_line(text).strip(" |")
    marks = _MARKS.match(f"{text} ")
    if not marks:
        return text
    kinds = marks[0].split()
    mark = next((it for it in kinds if it == ">"), None) or max(kinds, key=lambda it: it != "-")
    rest = text[marks.end() :]
    return f"{mark} {rest}" if rest else ""


def _about(info: Mapping[str, str], encoding: str) -> About:
    title, author = (_fragment(info.get(key, ""), encoding) for key in ("title", "author"))
    return about(title, [author])
