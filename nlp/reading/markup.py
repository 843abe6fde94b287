"""From a tree of elements to paragraphs with light Markdown marks: one walk for all formats."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from nlp.errors import listed
from nlp.reading.characters import is_visible

Element = Any  # lxml gives no types
Role = Literal["inline", "block", "row", "cell", "aside", "literal", "skip"]

_BLANKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")  # not the no-break space
_DIGITS = re.compile(r"[0-9, \u00a0]*[0-9][0-9, \u00a0]*")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
QUOTE, ITEM = "> ", "- "


class Kind(NamedTuple):
    """What an element is to the walk.

    A block is a paragraph of its own, with a mark before it; so is an aside (a text box), but it
    follows the paragraph that it is anchored in. A literal stands for its element and all in it.
    """

    role: Role
    mark: str = ""  # of a block; of a literal: the text itself
    speaks: bool = True  # whether text directly in it is text of the document


INLINE, BLOCK, ROW, CELL, ASIDE = (
    Kind("inline"),
    Kind("block"),
    Kind("row"),
    Kind("cell"),
    Kind("aside"),
)
SKIP, SPACE = Kind("skip"), Kind("literal", " ")
KindOf = Callable[[Element], Kind]


class Paragraph(NamedTuple):
    mark: str
    text: str


def heading(level: int) -> str:
    return "#" * min(max(level, 1), 6) + " "


def local_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def parse_xml(content: bytes, *, keep_blanks: bool = True) -> Element:
    """The root element. Entities, other files and the network are never followed; raises XMLSyntaxError.

    Trees deeper than 256 elements and texts beyond 10 MB are refused by the parser.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=not keep_blanks,
    )
    return etree.fromstring(content, parser)


def version() -> str:
    from lxml import etree

    return f"lxml {etree.__version__}"


def paragraphs(root: Element, kind_of: KindOf) -> list[Paragraph]:
    """The paragraphs below an element, in order; none is empty. Depth does not matter."""
    from lxml import etree

    walker = etree.iterwalk(root, events=("start", "end"))
    pages = [_Page()]
    kinds: list[Kind] = []
    for event, element in walker:
        if event == "start":
            kind = kind_of(element)
            kinds.append(kind)
            if begin := _BEGIN.get(kind.role):
                begin(pages, kind)
            if kind.role in ("skip", "literal"):
                walker.skip_subtree()
            elif kind.speaks:
                pages[-1].say(element.text)
        else:
            if end := _END.get(kinds.pop().role):
                end(pages)
            if kinds and kinds[-1].speaks:
                pages[-1].say(element.tail)
    return pages[0].finished()


def as_text(body: Iterable[Paragraph], notes: Iterable[str]) -> str:
    """The text of a document: its paragraphs, then its notes."""
    return "\n\n".join([*(f"{mark}{text}" for mark, text in body), *notes])


def one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def raised(text: str) -> str:
    """Digits set high, as characters that are high: "2" -> "²"; "" for a text with anything else in it.

    So that a mark of a note or an exponent does not become one with the number or name before it.
    """
    return text.translate(_RAISED) if _DIGITS.fullmatch(text) else ""


def plainly(found: Iterable[Paragraph]) -> str:
    """Several paragraphs in one line, as in a note or a cell."""
    return " ".join(paragraph.text for paragraph in found)


def plain_lines(roots: Iterable[Element], kind_of: KindOf) -> Iterator[str]:
    """The text below each element in one line."""
    return (plainly(paragraphs(root, kind_of)) for root in roots)


class LeftOut:
    """Notices what is not taken into the text."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def skip(self, what: str) -> Kind:
        """The kind of an element that is left out."""
        if (warning := f"{what} left out") not in self.warnings:
            self.warnings.append(warning)
        return SKIP

    def margins(self, texts: Iterable[str]) -> None:
        """Headers and footers, with what they say; page numbers are not worth a word."""
        shown = [_short(text) for text in dict.fromkeys(texts) if any(map(str.isalpha, text))]
        if shown:
            self.warnings.append(f"headers and footers left out: {listed(shown, 2)}")


def _short(text: str) -> str:
    return f"'{text if len(text) <= 40 else f'{text[:39]}…'}'"


class Notes:
    """Footnotes and endnotes, numbered in the order in which the text calls them."""

    def __init__(self) -> None:
        self._numbers: dict[Element, int] = {}
        self._called: list[Element] = []

    def mark(self, note: Element) -> str:
        """What stands in the text where the note is called."""
        if note not in self._numbers:
            self._called.append(note)
            self._numbers[note] = len(self._called)
        return f"[^{self._numbers[note]}]"

    def texts(self, kind_of: KindOf) -> list[str]:
        """`[^1]: text` for each note called, also for those that only notes call."""
        return [  # the list grows meanwhile, where a note calls another
            f"{self.mark(note)}: {text}"
            for note in self._called
            if (text := plainly(paragraphs(note, kind_of)))
        ]


class _Page:
    """Paragraphs as they come: of the text, of a cell or of a text box."""

    def __init__(self) -> None:
        self._done: list[Paragraph] = []
        self._open: list[str] = []  # text of the paragraph that is being read
        self._anchored: list[Paragraph] = []  # text boxes that follow it
        self._marks: list[str] = []  # of the blocks around it
        self._rows: list[list[list[Paragraph]]] = []  # tables being read, the cells of a row of each

    def say(self, text: str | None) -> None:
        if text:
            self._open.append(text)

    def begin_block(self, mark: str) -> None:
        self._close()
        self._marks.append(mark)

    def end_block(self) -> None:
        self._close()
        self._marks.pop()

    def begin_row(self) -> None:
        self._close()
        self._rows.append([])

    def end_row(self) -> None:
        """A row is a line; a lone cell is no table but a frame around paragraphs."""
        self._close()
        cells = self._rows.pop()
        if len(cells) == 1:
            self._done += cells[0]
        elif line := " | ".join(map(plainly, cells)).strip(" |"):
            self._done.append(Paragraph("", line))

    def add_cell(self, found: list[Paragraph]) -> None:
        if self._rows:
            self._rows[-1].append(found)
        else:  # a cell outside a row
            self._close()
            self._done += found

    def anchor(self, found: list[Paragraph]) -> None:
        self._anchored += found

    def finished(self) -> list[Paragraph]:
        self._close()
        return self._done

    def _close(self) -> None:
        text = one_line("".join(self._open))
        self._open.clear()
        if is_visible(text):
            self._done.append(Paragraph(self._mark(), text))
        self._done += self._anchored
        self._anchored.clear()

    def _mark(self) -> str:
        """One mark: that of a quotation, else of a heading, else of an item's first paragraph."""
        if QUOTE in self._marks:
            return QUOTE
        found = next((mark for mark in reversed(self._marks) if mark), "")
        if found == ITEM:
            last = len(self._marks) - 1 - self._marks[::-1].index(ITEM)
            self._marks[last] = ""
        return found


def _end_cell(pages: list[_Page]) -> None:
    found = pages.pop().finished()
    pages[-1].add_cell(found)


def _end_aside(pages: list[_Page]) -> None:
    found = pages.pop().finished()
    pages[-1].anchor(found)


_BEGIN: dict[Role, Callable[[list[_Page], Kind], None]] = {
    "block": lambda pages, kind: pages[-1].begin_block(kind.mark),
    "row": lambda pages, _: pages[-1].begin_row(),
    "cell": lambda pages, _: pages.append(_Page()),
    "aside": lambda pages, _: pages.append(_Page()),
    "literal": lambda pages, kind: pages[-1].say(kind.mark),
}
_END: dict[Role, Callable[[list[_Page]], None]] = {
    "block": lambda pages: pages[-1].end_block(),
    "row": lambda pages: pages[-1].end_row(),
    "cell": _end_cell,
    "aside": _end_aside,
}
