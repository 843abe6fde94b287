"""Web pages: trafilatura finds the main text, whose tree is then read like any other."""

import re
from copy import deepcopy

from nlp.errors import CorpusError, listed
from nlp.reading import characters, markup, xhtml
from nlp.reading.about import NOTHING, about
from nlp.reading.contract import About, Limits, Reading
from nlp.reading.markup import (
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
    Paragraph,
    heading,
)

_KINDS = {  # elements as trafilatura names them
    **dict.fromkeys(("p", "list", "table", "code"), BLOCK),
    "quote": Kind("block", QUOTE),
    "item": Kind("block", ITEM),
    "row": ROW,
    "cell": CELL,
    "lb": SPACE,
    "graphic": SKIP,
}
_FURNITURE = ("nav", "aside", "footer")
_PARTS = ("h2", "h3", "h4", "h5", "h6", "ul", "ol")
_UNSEEN = ("script", "style", "noscript", "template")
_LAST_DAY = "2999-12-31"  # that a page can be of; without it the clock would decide
_LITTLE = 0.25  # a main text below this share of its page is worth a look


def read_html(content: bytes, where: str, limits: Limits) -> Reading:
    """Raises CorpusError for a page without text, such as one that only a script would fill."""
    import trafilatura

    source, warning = xhtml.decode(content, where, limits)
    characters.check_text(source, where)
    root = xhtml.parse_html(source)
    known = NOTHING if root is None else _about(root)
    body, notes, remark = ([], [], "") if root is None else _text(root)
    if not body:
        raise CorpusError(
            "no text in the page",
            where=where,
            hint="a script may have to fill it: open it in a browser, then save the page or its text",
        )
    text = markup.as_text(body, notes)
    warnings = tuple(it for it in (warning, remark) if it)
    return Reading(text, "html", f"trafilatura {trafilatura.__version__}", None, warnings, known)


def _about(root: Element) -> About:
    """What the page says in its metadata; a date that only stands in the text is not its date."""
    from trafilatura import extract_metadata

    dates = {"original_date": True, "extensive_search": False, "max_date": _LAST_DAY}
    found = extract_metadata(root, date_config=dates)
    dated = extract_metadata(_without_text(root), date_config=dates)
    return about(found.title or "", [found.author or ""], dated.date or "")


def _without_text(root: Element) -> Element:
    """A copy with nothing in its body but what tells programs of it."""
    bare = deepcopy(root)
    for body in bare.findall("body"):
        told = list(body.iter("script", "time"))
        body.clear()
        body.extend(told)
    return bare


def _text(root: Element) -> tuple[list[Paragraph], list[str], str]:
    """Paragraphs, the notes that they call, and what was unusual in finding them."""
    for element in list(root.iter(*_UNSEEN)):
        xhtml.replace(element, "")
    notes = xhtml.lift_notes({"": root})
    for element in list(root.iter("sup")):
        if text := markup.raised("".join(element.itertext())):
            xhtml.replace(element, text)
    page = markup.paragraphs(root, _page_kind)
    body, remark = _main_text(root, page)
    text = markup.plainly(body)
    return body, [note for note in notes if note.partition(":")[0] in text], remark


def _main_text(root: Element, page: list[Paragraph]) -> tuple[list[Paragraph], str]:
    """The main text of the page and "", or what there is, with a warning.

    Where trafilatura finds no main text it takes what it can (its `baseline`), without any structure:
    then the same words are taken from the page itself.
    """
    from trafilatura import bare_extraction, baseline

    found = bare_extraction(root, include_comments=False, output_format="xml")
    main = [] if found is None else markup.paragraphs(found.body, _main_kind)  # type: ignore[union-attr]
    blind = _letters(baseline(root)[1])
    if main and _letters(markup.plainly(main)) != blind:
        return main, _remark(root, markup.plainly(main), markup.plainly(page))
    words = [it for it in page if (letters := _letters(it.text)) and letters in blind]
    if len(main) != len(words):
        return words, "no main text found: the text of the whole page was taken"
    return words, _remark(root, markup.plainly(words), markup.plainly(page))


def _remark(root: Element, main: str, page: str) -> str:
    """What a main text may lack: most of the page, or headings and lists beside its paragraphs."""
    share = len(main) / max(len(page), 1)
    if share < _LITTLE:
        return f"the main text is {share:.0%} of the page: compare it"
    letters = _letters(main)
    own = [it for it in root.iter("p") if (words := _letters(it.text_content())) and words in letters]
    beside = (it for parent in dict.fromkeys(it.getparent() for it in own) for it in parent)
    texts = [markup.one_line(it.text_content()) for it in beside if it.tag in _PARTS]
    lost = [f"'{text[:40]}'" for text in texts if _letters(text) not in letters]
    return f"left out of the main text, compare it: {listed(lost, 2)}" if lost else ""


def _main_kind(element: Element) -> Kind:
    return _KINDS.get(element.tag) or _head(element)


def _head(element: Element) -> Kind:
    if element.tag != "head":
        return INLINE
    level = (element.get("rend") or "h1")[1:]
    return Kind("block", heading(int(level) if level.isdecimal() else 1))


def _page_kind(element: Element) -> Kind:
    return SKIP if element.tag in _FURNITURE else xhtml.kind_of(element)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
