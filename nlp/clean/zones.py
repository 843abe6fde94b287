"""What each paragraph is: title, heading, body, quotation, note ..."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.clean.known import Known

_CLOSED = re.compile(r"[.!?…;,][\"'”’»)\]]*$")
_CITED_AFTERWARDS = re.compile(r"[.!?…][\"'”’»]*\s?\([^()]{2,80}\b(?:1[5-9]|20)\d\d[^()]{0,30}\)$")
_TITLE_AMONG = 15  # paragraphs from the beginning
_LABEL = 300  # characters; longer paragraphs are never titles, headings or furniture
_PROSE = 12  # words in a paragraph that is surely running text


class Paragraph(NamedTuple):
    """A half-open span of the clean text, and what a step knew of it."""

    start: int
    end: int
    text: str
    hint: str


def zones_of(paragraphs: Sequence[Paragraph], known: Known) -> Iterator[str]:
    """The zone of every paragraph, in order.

    Some headings decide for all that follows: an abstract lasts to the next heading; a list of
    abbreviations to the next running text; notes, references and the furniture of a web page to the end.
    """
    sections = _sections(known)
    top = _top(paragraphs, known)
    script = _script("".join(it.text for it in paragraphs[:20])[:2000])
    section, zone = "body", ""
    for number, paragraph in enumerate(paragraphs):
        section = _section(paragraphs, number, section, sections)
        before = paragraphs[number - 1].text if number and zone in ("body", "quote") else ""
        zone = _zone(paragraph, number, section, known, top, script, before)
        if zone == "heading":
            section = "abstract" if plain(paragraph.text) in sections["abstract"] else "body"
        yield zone


def _zone(
    paragraph: Paragraph, number: int, section: str, known: Known, top: int, script: str, before: str
) -> str:
    text = paragraph.text
    if paragraph.hint == "note" or section in ("note", "reference", "furniture"):
        return paragraph.hint or section
    if _is_button(text, known, script) or (number < top and is_heading(text, known)):
        return "furniture"
    if number < _TITLE_AMONG and _is_title(text, known):
        return "title"
    if paragraph.hint:
        return paragraph.hint
    if section == "aside":
        return "reference"
    if is_heading(text, known):
        return "heading"
    if ":" in text[:_LABEL] and plain(text.split(":")[0]) in _plain_all(known.params.abstract_headings):
        return "abstract"
    return "quote" if _CITED_AFTERWARDS.search(text) or opens_quote(before, known) else section


def plain(text: str) -> str:
    """The words of a short text, in small letters with one space between them; of a long one nothing."""
    return " ".join(re.findall(r"\w+", text.casefold())) if len(text) <= _LABEL else ""


def is_heading(text: str, known: Known) -> bool:
    """Few words, and no sentence ends with them."""
    return (
        len(text) <= _LABEL and len(text.split()) <= known.params.heading_words and not _CLOSED.search(text)
    )


def opens_quote(text: str, known: Known) -> bool:
    """Whether a block quotation follows: the text ends in a comma, or with a word such as `writes:`."""
    if text.endswith(","):
        return True
    words = re.findall(r"[\w’']+", text[-60:])[-2:]
    return (
        bool(words)
        and text[-1:] not in ".!?…;"
        and any(w.lower() in known.params.quote_openers for w in words)
    )


def _plain_all(headings: Sequence[str]) -> frozenset[str]:
    return frozenset(map(plain, headings))


def _sections(known: Known) -> dict[str, frozenset[str]]:
    params = known.params
    return {
        "abstract": _plain_all(params.abstract_headings),
        "note": _plain_all(params.note_headings),
        "reference": _plain_all(params.reference_headings),
        "furniture": _plain_all(params.furniture_headings),
        "aside": _plain_all(params.list_headings),
    }


def _section(
    paragraphs: Sequence[Paragraph], number: int, section: str, sections: dict[str, frozenset[str]]
) -> str:
    """The section that this paragraph begins or goes on with."""
    words = plain(paragraphs[number].text)
    for name in ("note", "reference", "furniture"):
        if words and words in sections[name]:
            return name
    if section in ("body", "abstract") and any(
        f"{words} ".startswith(f"{heading} ") for heading in sections["aside"]
    ):
        return "aside"
    if section == "aside" and _runs_on(paragraphs, number):
        return "body"
    return section


def _runs_on(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether running text begins here or, after a heading, in the next paragraph."""
    texts = [it.text for it in paragraphs[number : number + 2]]
    return any(len(text.split()) >= _PROSE and text.endswith((".", "!", "?", "”", '"')) for text in texts)


def _top(paragraphs: Sequence[Paragraph], known: Known) -> int:
    """Where the title stands, if other lines stand before it: those are the menu of a web page."""
    beginning = enumerate(paragraphs[:_TITLE_AMONG])
    return next((number for number, it in beginning if _is_title(it.text, known)), 0)


def _is_title(text: str, known: Known) -> bool:
    """The title, its beginning, a line with title and authors, or a line of nothing but the authors."""
    words, title = plain(text), plain(known.title)
    if not words:
        return False
    authors = {word for name in known.authors for word in plain(name).split()}
    if authors and set(words.split()) <= authors | {"and", "by", "dr", "prof"}:
        return True
    return bool(title) and (f"{title} ".startswith(f"{words} ") or f" {title} " in f" {words} ")


def _is_button(text: str, known: Known, script: str) -> bool:
    """A line such as `Search`, or a link to the same page in a language of another script."""
    if len(text) > 60:
        return False
    if plain(text) in _plain_all(known.params.furniture_lines):
        return True
    return not text.isascii() and is_heading(text, known) and _script(text) not in ("", script)


def _script(text: str) -> str:
    """The script of most letters, as Unicode names it: LATIN, CYRILLIC ..."""
    scripts = Counter(unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha())
    return scripts.most_common(1)[0][0] if scripts else ""
