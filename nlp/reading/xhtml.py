"""(X)HTML as a tree: parsing it, walking it, and telling its footnotes from its text."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html.entities import html5
from typing import NamedTuple
from urllib.parse import unquote

from nlp.reading import characters, markup
from nlp.reading.contract import Limits
from nlp.reading.markup import BLOCK, CELL, INLINE, ITEM, QUOTE, ROW, SKIP, SPACE, Element, Kind, heading

_BLOCKS = (
    "address article aside body caption center dd details div dl dt fieldset figcaption figure footer form"
    " header hgroup hr legend main ol p pre section summary table tbody tfoot thead ul"
)
_SILENT = (
    "annotation annotation-xml audio button canvas datalist embed head iframe input map nav noscript object"
    " rp rt script select style svg template textarea title video"
)
_KINDS = {
    **dict.fromkeys(_BLOCKS.split(), BLOCK),
    **dict.fromkeys(_SILENT.split(), SKIP),
    **{f"h{level}": Kind("block", heading(level)) for level in range(1, 7)},
    "blockquote": Kind("block", QUOTE),
    "li": Kind("block", ITEM),
    "tr": ROW,
    "td": CELL,
    "th": CELL,
    "br": SPACE,
}
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENCODING = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_HEAD = 4096  # bytes of a page in which it may name its encoding
_KNOWN_ENCODINGS = ("iso", "windows", "cp", "koi8", "mac", "big5", "gb", "euc", "shift", "utf-")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")

_TYPE = "{http://www.idpf.org/2007/ops}type"
_HEADING = re.compile(r"h[1-6]", re.IGNORECASE)
_BRACKETS = " [](){}.:"
_NUMBER = 6  # characters that the number of a note may take, with its brackets
_NOTE_BLOCKS = {"p", "li", "aside", "dd", "div"}
_CALL = re.compile(r"\W*(?:\d{1,4}|[ivxlc]{1,8}|[a-z]|[*†‡§]{1,4})\W*", re.IGNORECASE)
_BACK = re.compile(
    r"[\W_]*|\d+[.,]\d+|\W*[a-z]\W*|(?:back|return|jump|zurück|retour|volver)\b.*", re.IGNORECASE
)
_NOTE_WORDS = re.compile(r"note|\bfn|\bcite", re.IGNORECASE)


def kind_of(element: Element) -> Kind:
    name = markup.local_name(element).lower()
    if name == "sup" and (text := markup.raised(_text(element))):
        return Kind("literal", text)
    return _KINDS.get(name, INLINE)


def decode(content: bytes, where: str, limits: Limits) -> tuple[str, str]:
    """The text and a warning or "". What a page says of its encoding counts after UTF-8."""
    said = _ENCODING.search(content[:_HEAD])
    name = said[1].decode().lower() if said else ""
    if not name.startswith(_KNOWN_ENCODINGS):
        name = ""
    # As browsers do: what calls itself Latin-1 is Windows-1252.
    latin = name in ("iso-8859-1", "iso8859-1")
    return characters.decode(content, where, limits.fallback_encoding, "cp1252" if latin else name)


def parse_html(text: str) -> Element | None:
    """The root element of a page, however faulty; None if there is nothing in it."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    clean = _CONTROLS.sub("", _DECLARATION.sub("", text, count=1))
    try:
        return document_fromstring(clean.encode(), parser=parser)
    except etree.ParserError:
        return None


def parse_xhtml(text: str) -> Element | None:
    """As XML or, if it is not well formed, as HTML. Names of characters (`&nbsp;`) are known."""
    from lxml import etree

    known = _ENTITY.sub(_character, _DECLARATION.sub("", text, count=1))
    try:
        return markup.parse_xml(known.encode())
    except etree.XMLSyntaxError:
        return parse_html(text)


def _character(entity: re.Match[str]) -> str:
    if entity[1] in _XML_ENTITIES:
        return entity[0]
    return html5.get(f"{entity[1]};", "")


class _Call(NamedTuple):
    """A link in the text to a note."""

    link: Element
    target: Element
    note: Element


def lift_notes(roots: Mapping[str, Element]) -> list[str]:
    """Take the notes out of the documents: `[^1]` stays where each is called, its text is returned.

    `roots` are the documents by name, as links name them. A note is known by its link: one that is
    marked as such, or a raised number, and leads to the beginning of a paragraph, item or aside.
    """
    notes, labels = markup.Notes(), dict[Element, str]()
    for link, _, note in _calls(roots):
        if any(around in labels for around in link.iterancestors()):
            continue  # the way back, from a note to its text
        labels.setdefault(note, _text(link).strip(_BRACKETS))
        replace(_raised(link), notes.mark(note))
    lines = [f"{notes.mark(note)}: {_note_text(note, label)}" for note, label in labels.items()]
    for note in labels:
        replace(note, "")
    return lines


def _note_text(note: Element, label: str) -> str:
    """A note without its number, which may be the link back, and without arrows."""
    for link in list(note.iter("{*}a")):
        shown = _text(link).strip(_BRACKETS)
        if "#" in (link.get("href") or "") and (shown == label or _BACK.fullmatch(shown)):
            label = "" if shown == label else label
            replace(link, "")
    text = markup.plainly(markup.paragraphs(note, kind_of))
    labels = "|".join(re.escape(it) for it in (label, markup.raised(label)) if it)
    numbered = rf"[\s\[({{]*(?:{labels})(?!\w)" if label else ""
    return re.sub(rf"^(?:{numbered})?[\s.:)\]}}↩↑^]*", "", text).rstrip("↩↑ ")


def _calls(roots: Mapping[str, Element]) -> list[_Call]:
    """Links to notes in the order of the documents; a block that holds several notes is not one."""
    places = {
        (name, key): it for name, root in roots.items() for it in root.iter("{*}*") for key in _keys(it)
    }
    found = []
    for name, root in roots.items():
        for link in root.iterdescendants("{*}a"):
            target = places.get(_address(link, name, alone=len(roots) == 1)) if _is_call(link) else None
            note = None if target is None else _note(link, target)
            if note is not None:
                found.append(_Call(link, target, note))
    targets: dict[Element, set[Element]] = defaultdict(set)
    for call in found:
        targets[call.note].add(call.target)
    return [call for call in found if len(targets[call.note]) == 1]


def _keys(element: Element) -> Iterator[str]:
    yield from (value for name in ("id", "name") if (value := element.get(name)))


def _address(link: Element, name: str, *, alone: bool) -> tuple[str, str]:
    """Document and place that a link leads to. Browsers save links within a page as if to another."""
    path, _, place = (link.get("href") or "").partition("#")
    if alone or not path:
        return name, place
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))), place


def _is_call(link: Element) -> bool:
    if "#" not in (link.get("href") or ""):
        return False
    kinds = " ".join(link.get(name) or "" for name in ("role", "epub:type", _TYPE))
    if "noteref" in kinds:
        return True
    raised = markup.local_name(link.getparent()) == "sup" or link.find(".//{*}sup") is not None
    marked = raised or bool(_NOTE_WORDS.search(link.get("class") or ""))
    return marked and bool(_CALL.fullmatch(_text(link)))


def _note(link: Element, target: Element) -> Element | None:
    """The block that begins with the target, if it can be a note that the link calls."""
    around = (target, *target.iterancestors())
    block = next((it for it in around if markup.local_name(it).lower() in _NOTE_BLOCKS), None)
    if block is None or not _is_beginning(target, block):
        return None
    item = block.getparent()
    if item is not None and markup.local_name(item) == "li" and item[0] is block:
        block = item
    if block in link.iterancestors() or any(
        _HEADING.fullmatch(markup.local_name(it)) for it in block.iter("{*}*")
    ):
        return None
    return block


def _is_beginning(target: Element, block: Element) -> bool:
    """Whether no more than a number stands before the target in its block."""
    from lxml import etree

    before = ""
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if element is target:
            break
        before += (element.text if event == "start" else element.tail) or ""
        if len(before.strip()) > _NUMBER:
            return False
    return True


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _raised(link: Element) -> Element:
    """The link, or the raised text around it if there is nothing else in that."""
    parent = link.getparent()
    rest = f"{parent.text or ''}{link.tail or ''}".strip("[]() ")
    return parent if markup.local_name(parent) == "sup" and len(parent) == 1 and not rest else link


def replace(element: Element, text: str) -> None:
    """Put a text where an element was; what follows the element stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    text += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)
