"""Word documents: python-docx opens them, the text is taken from their elements in document order."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from nlp.reading import markup
from nlp.reading.about import NOTHING, dublin_core
from nlp.reading.archive import Archive
from nlp.reading.contract import About, Limits, Reading
from nlp.reading.markup import ITEM, QUOTE, SKIP, SPACE, Element, Kind, heading

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_VAL = f"{_W}val"
_HULL = Kind("inline", speaks=False)  # only w:t holds text; other elements hold settings
_KINDS = {
    f"{_W}t": Kind("inline"),
    f"{_M}t": Kind("inline"),
    f"{_W}tr": Kind("row", speaks=False),
    f"{_W}tc": Kind("cell", speaks=False),
    f"{_W}txbxContent": Kind("aside", speaks=False),
    **dict.fromkeys((f"{_W}tab", f"{_W}ptab", f"{_W}br", f"{_W}cr"), SPACE),
    f"{_W}noBreakHyphen": Kind("literal", "-"),
    **dict.fromkeys((f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}sdtPr", f"{_W}rt"), SKIP),
}
_ALTERNATIVES = (f"{_MC}Choice", f"{_MC}Fallback")  # the same content twice
_CALLS = {f"{_W}footnoteReference": "footnote", f"{_W}endnoteReference": "endnote"}
# Word names its own styles in English in every language; LibreOffice calls quotations by its own name.
_STYLES = {
    "title": heading(1),
    "subtitle": heading(2),
    **{f"heading {level}": heading(level) for level in range(1, 10)},
    **dict.fromkeys(("quote", "intense quote", "block text", "quotations"), QUOTE),
}
_CONTENTS = ("toc heading", *(f"toc {level}" for level in range(1, 10)))


def read_docx(content: bytes, where: str, limits: Limits) -> Reading:
    """Headings and quotations are known by their styles. Tracked insertions count, deletions do not."""
    import docx

    archive = Archive(content, where, limits)
    archive.check_all()  # python-docx unpacks whatever there is
    document = docx.Document(BytesIO(content))
    kinds = _Kinds(document.styles.element, document.part)
    body = markup.paragraphs(document.element.body, kinds)
    text = markup.as_text(body, kinds.notes.texts(kinds))
    kinds.left_out.margins(markup.plain_lines(_parts(document.part, "header", "footer"), kinds))
    return Reading(
        text,
        "docx",
        f"python-docx {docx.__version__}",
        None,
        tuple(kinds.left_out.warnings),
        _about(archive),
    )


class _Kinds:
    """What the elements of a document are to the walk; notices what is left out."""

    def __init__(self, styles: Element, part: Any) -> None:
        self.notes = markup.Notes()
        self._bodies = dict(_note_bodies(part))
        self._styles = _Styles(styles)
        self.left_out = markup.LeftOut()

    def __call__(self, element: Element) -> Kind:
        tag = element.tag
        if tag in _KINDS:
            return _KINDS[tag]
        if tag == f"{_W}p":
            return self._paragraph(element)
        if tag == f"{_W}r":
            return self._run(element)
        if tag in _ALTERNATIVES and element.getprevious() is not None:
            return SKIP
        if tag in _CALLS:
            body = self._bodies.get((_CALLS[tag], element.get(f"{_W}id")))
            return SKIP if body is None else Kind("literal", self.notes.mark(body))
        return _HULL

    def _run(self, element: Element) -> Kind:
        if _is_on(element.find(f"{_W}rPr/{_W}vanish")):
            return self.left_out.skip("hidden text")
        inner = [it for it in element if it.tag != f"{_W}rPr"]
        is_text = all(it.tag == f"{_W}t" for it in inner) and self._styles.raises(element)
        digits = markup.raised("".join(it.text or "" for it in inner)) if is_text else ""
        return Kind("literal", digits) if digits else _HULL

    def _paragraph(self, element: Element) -> Kind:
        mark = self._styles.mark(element.find(f"{_W}pPr"))
        return (
            self.left_out.skip("table of contents") if mark is None else Kind("block", mark, speaks=False)
        )


class _Styles:
    """The marks of paragraphs: by their own settings, their style, or the style it is based on."""

    def __init__(self, styles: Element) -> None:
        found = styles.findall(f"{_W}style")
        self._styles = {style.get(f"{_W}styleId"): style for style in found}
        usual = (it for it in found if it.get(f"{_W}type") == "paragraph" and it.get(f"{_W}default") == "1")
        self._default = next((style.get(f"{_W}styleId") for style in usual), "")

    def mark(self, settings: Element | None) -> str | None:
        """The mark of a paragraph with these settings, "" for none; None for a line of the contents."""
        own = _set_mark(settings)
        style = self._default
        if settings is not None and (named := settings.find(f"{_W}pStyle")) is not None:
            style = named.get(_VAL) or ""
        styled = self._style_mark(style)
        if styled is None or own is None:
            return styled
        return styled if own == ITEM and styled else own

    def raises(self, run: Element) -> bool:
        """Whether a run is set high, by itself or by its style."""
        named = run.find(f"{_W}rPr/{_W}rStyle")
        style = None if named is None else self._styles.get(named.get(_VAL))
        found = (it.find(f"{_W}rPr/{_W}vertAlign") for it in (run, style) if it is not None)
        first = next((it for it in found if it is not None), None)
        return first is not None and first.get(_VAL) == "superscript"

    def _style_mark(self, style: str) -> str | None:
        passed: set[str] = set()
        while style in self._styles and style not in passed:
            passed.add(style)
            element = self._styles[style]
            name = _value(element, "name").lower()
            if name in _CONTENTS:
                return None
            if (mark := _STYLES.get(name) or _set_mark(element.find(f"{_W}pPr"))) is not None:
                return mark
            style = _value(element, "basedOn")
        return ""


def _set_mark(settings: Element | None) -> str | None:
    """The mark that settings ask for: a level of the outline (9 is body text) or a list; None for none."""
    if settings is None:
        return None
    level = _value(settings, "outlineLvl")
    if level.isdecimal():
        return heading(int(level) + 1) if int(level) < 9 else ""
    number = settings.find(f"{_W}numPr/{_W}numId")
    return ITEM if number is not None and number.get(_VAL) != "0" else None


def _value(element: Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else found.get(_VAL) or ""


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(_VAL) not in ("0", "false", "off")


def _parts(part: Any, *kinds: str) -> Iterator[Element]:
    """Root elements of the parts that belong to a part and are of these kinds."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.rpartition("/")[2] in kinds:
            yield markup.parse_xml(relation.target_part.blob, keep_blanks=False)


def _note_bodies(part: Any) -> Iterator[tuple[tuple[str, str], Element]]:
    for root in _parts(part, "footnotes", "endnotes"):
        for note in root:
            yield (markup.local_name(note), note.get(f"{_W}id")), note


def _about(archive: Archive) -> About:
    content = archive.find("docProps/core.xml")
    if content is None:
        return NOTHING
    return dublin_core(markup.parse_xml(content), authors=("creator",))
