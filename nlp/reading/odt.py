"""OpenDocument texts, by zipfile and lxml."""

import re

from nlp.reading import markup
from nlp.reading.about import NOTHING, dublin_core
from nlp.reading.archive import Archive, encrypted
from nlp.reading.contract import About, Limits, Reading
from nlp.reading.markup import (
    ASIDE,
    BLOCK,
    CELL,
    INLINE,
    ITEM,
    QUOTE,
    ROW,
    SKIP,
    SPACE,
    Element,
    Kind,
    heading,
)

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _STYLE, _DRAW, _OFFICE, _SVG = (
    _NAMES % name for name in ("text", "table", "style", "drawing", "office", "svg-compatible")
)
_KINDS = {
    **dict.fromkeys((f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"), SPACE),
    f"{_TEXT}list-item": Kind("block", ITEM),
    f"{_TEXT}list-header": BLOCK,
    f"{_TABLE}table-row": ROW,
    **dict.fromkeys((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"), CELL),
    f"{_DRAW}text-box": ASIDE,
}
# Deletions on track, comments, alternative texts, embedded files: text that is not the document's.
_NO_TEXT = {
    f"{_TEXT}tracked-changes",
    f"{_TEXT}alphabetical-index-source",
    f"{_TEXT}bibliography-source",
    f"{_TEXT}ruby-text",
    f"{_OFFICE}annotation",
    f"{_OFFICE}binary-data",
    f"{_OFFICE}forms",
    f"{_DRAW}object",
    f"{_SVG}title",
    f"{_SVG}desc",
}
_CONTENTS = (f"{_TEXT}table-of-content", f"{_TEXT}illustration-index", f"{_TEXT}table-index")
_STYLES = {
    "title": heading(1),
    "subtitle": heading(2),
    **dict.fromkeys(("quotations", "quote", "intense quote"), QUOTE),
}
_HIGH = re.compile(r"super\b|[1-9]")  # "super 58%", "33% 58%"
_MARGINS = tuple(
    f"{_STYLE}{side}{page}" for side in ("header", "footer") for page in ("", "-left", "-first")
)


def read_odt(content: bytes, where: str, limits: Limits) -> Reading:
    """Quotations are known by their style. Tracked insertions count, deletions do not."""
    archive = Archive(content, where, limits)
    if b"encryption-data" in (archive.find("META-INF/manifest.xml") or b""):
        raise encrypted(where)
    document = markup.parse_xml(archive.read("content.xml"))
    styles = markup.parse_xml(archive.find("styles.xml") or b"<none/>")
    kinds = _Kinds(document, styles)
    body = markup.paragraphs(document.find(f"{_OFFICE}body/{_OFFICE}text"), kinds)
    text = markup.as_text(body, kinds.notes.texts(kinds))
    kinds.left_out.margins(markup.plain_lines(styles.iter(*_MARGINS), kinds))
    return Reading(text, "odt", markup.version(), None, tuple(kinds.left_out.warnings), _about(archive))


class _Kinds:
    """What the elements of a document are to the walk; notices what is left out."""

    def __init__(self, *roots: Element) -> None:
        self.notes = markup.Notes()
        named = (style for root in roots for style in root.iter(f"{_STYLE}style"))
        self._styles = {style.get(f"{_STYLE}name"): style for style in named}
        self.left_out = markup.LeftOut()

    def __call__(self, element: Element) -> Kind:
        tag = element.tag
        if tag in _KINDS:
            return _KINDS[tag]
        if tag == f"{_TEXT}p":
            return Kind("block", self._mark(element.get(f"{_TEXT}style-name")))
        if tag == f"{_TEXT}h":
            return Kind("block", _heading(element))
        if tag == f"{_TEXT}note":
            body = element.find(f"{_TEXT}note-body")
            return SKIP if body is None else Kind("literal", self.notes.mark(body))
        if tag == f"{_TEXT}span" and (digits := self._raised(element)):
            return Kind("literal", digits)
        return self._other(element)

    def _other(self, element: Element) -> Kind:
        if element.tag in _CONTENTS:
            return self.left_out.skip("table of contents")
        if element.get(f"{_TEXT}display") == "none":
            return self.left_out.skip("hidden text")
        return SKIP if element.tag in _NO_TEXT else INLINE

    def _raised(self, span: Element) -> str:
        """The digits of a span that is nothing else, and set high by its style; "" for another."""
        style = self._styles.get(span.get(f"{_TEXT}style-name"))
        settings = None if style is None or len(span) else style.find(f"{_STYLE}text-properties")
        position = "" if settings is None else settings.get(f"{_STYLE}text-position") or ""
        return markup.raised(span.text or "") if _HIGH.match(position) else ""

    def _mark(self, style: str | None) -> str:
        """The mark of a style or of the nearest one that it is made from."""
        passed: set[str] = set()
        style = style or ""
        while style in self._styles and style not in passed:
            passed.add(style)
            element = self._styles[style]
            name = element.get(f"{_STYLE}display-name") or style
            if mark := _STYLES.get(name.lower()):
                return mark
            style = element.get(f"{_STYLE}parent-style-name") or ""
        return _STYLES.get(style.lower(), "")


def _heading(element: Element) -> str:
    level = element.get(f"{_TEXT}outline-level") or "1"
    return heading(int(level) if level.isdecimal() else 1)


def _about(archive: Archive) -> About:
    content = archive.find("meta.xml")
    if content is None:
        return NOTHING
    return dublin_core(markup.parse_xml(content), authors=("initial-creator", "creator"))
