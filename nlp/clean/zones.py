"""What each paragraph is: title, heading, body, quotation, note ..."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.clean.known import Known
from nlp.clean.patterns import YEAR

_CLOSED = re.compile(r"[.!?…;,][\"'”’»)\]]*$")
_NO_HEADING = re.compile(r"^[-–•*|]|\s\||^[(\[].*[)\]]$|:$")
_NUMBERED = re.compile(r"^(?:\d+ )+|^[ivx]+ ")
_CITED_AFTERWARDS = re.compile(rf"[.!?…][\"'”’»]*\s?\([^()]{{2,80}}\b{YEAR}[^()]{{0,30}}\)$")
_ITEM = re.compile(r"\S\s*(?:\s[–—=-]|:|\.{3,})\s+\S|\s\d+$")  # `HO – Harbour Office`, `Grain 12`
_TITLE_AMONG = 15  # paragraphs from the beginning
_LABEL = 300  # characters; longer paragraphs are never titles, headings or furniture
_BYLINE = frozenset(("and", "by", "dr", "prof"))
_PROSE = 12  # words in a paragraph that is surely running text
_LONG = 20  # words in one that is surely no reference


class Paragraph(NamedTuple):
    """A half-open span of the clean text, and what a step knew of it."""

    start: int
    end: int
    text: str
    hint: str


@dataclass(frozen=True)
class _Outline:
    """What only the whole text can tell about its paragraphs."""

    known: Known
    script: str
    titles: frozenset[int]  # paragraphs that are the title, a part of it, or the byline
    top: int  # lines before this paragraph are the menu of a web page
    late: int  # from here on less running text follows than went before
    sections: Mapping[str, frozenset[str]]
    buttons: frozenset[str]


def zones_of(paragraphs: Sequence[Paragraph], known: Known) -> Iterator[str]:
    """The zone of every paragraph, in order.

    Some headings decide for all that follows: an abstract lasts to the next heading; a list of
    abbreviations to the next running text; notes and references to a marked heading with running text
    below it; the furniture of a web page to the end.
    """
    outline = _outline(paragraphs, known)
    section, zone = "body", ""
    for number, paragraph in enumerate(paragraphs):
        section = _section(paragraphs, number, section, outline)
        before = paragraphs[number - 1].text if number and zone in ("body", "quote") else ""
        zone = _zone(paragraph, number, section, outline, before)
        if zone == "heading":
            section = "abstract" if plain(paragraph.text) in outline.sections["abstract"] else "body"
        yield zone


def _outline(paragraphs: Sequence[Paragraph], known: Known) -> _Outline:
    titles = frozenset(_titles(paragraphs, known))
    params = known.params
    return _Outline(
        known=known,
        script=_script("".join(it.text for it in paragraphs[:20])[:2000]),
        titles=titles,
        top=min(titles, default=0),
        late=_late(paragraphs),
        sections={
            "abstract": _plain_all(params.abstract_headings),
            "note": _plain_all(params.note_headings),
            "reference": _plain_all(params.reference_headings),
            "furniture": _plain_all(params.furniture_headings),
            "aside": _plain_all(params.list_headings),
        },
        buttons=_plain_all([*params.furniture_lines, *params.furniture_headings]),
    )


def _zone(paragraph: Paragraph, number: int, section: str, outline: _Outline, before: str) -> str:
    text, known = paragraph.text, outline.known
    if paragraph.hint == "note":
        return "note"
    if section in ("note", "reference", "furniture"):
        return section
    if _is_button(text, number, outline) or (number < outline.top and is_heading(text, known)):
        return "furniture"
    if number in outline.titles:
        return "title"
    if paragraph.hint:
        return paragraph.hint
    if section == "aside":
        return "reference"
    if is_heading(text, known) or plain(text) in outline.sections["abstract"]:
        return "heading"
    if ":" in text[:_LABEL] and plain(text.split(":")[0]) in outline.sections["abstract"]:
        return "abstract"
    return "quote" if _CITED_AFTERWARDS.search(text) or opens_quote(before, known) else section


def plain(text: str) -> str:
    """The words of a short text, in small letters with one space between them; of a long one nothing."""
    return " ".join(re.findall(r"\w+", text.casefold())) if len(text) <= _LABEL else ""


def is_heading(text: str, known: Known) -> bool:
    """Few words that end no sentence and are no item, no row of a table and no remark in brackets."""
    if len(text) > _LABEL or _CLOSED.search(text) or _NO_HEADING.search(text):
        return False
    return len(text.split()) <= known.params.heading_words


def opens_quote(text: str, known: Known) -> bool:
    """Whether a block quotation follows: the text ends with `writes:`, or in a comma after such a word."""
    if text[-1:] in ".!?…;":
        return False
    sentence = re.findall(r"[\w’']+|[.!?](?=\s)", text[-200:].lower())
    if text.endswith(","):
        since = len(sentence) - next(
            (n for n, it in enumerate(reversed(sentence)) if it in ".!?"), len(sentence)
        )
        return not known.params.quote_openers.isdisjoint(sentence[since:])
    return not known.params.quote_openers.isdisjoint(sentence[-2:])


def _plain_all(headings: Sequence[str]) -> frozenset[str]:
    return frozenset(map(plain, headings))


def _section(paragraphs: Sequence[Paragraph], number: int, section: str, outline: _Outline) -> str:
    """The section that this paragraph begins or goes on with."""
    words = _NUMBERED.sub("", plain(paragraphs[number].text))
    runs_on = section != "aside" or _runs_on(paragraphs, number)
    for name in ("note", "reference", "furniture"):
        if words and words in outline.sections[name] and runs_on:
            return name if name != "furniture" or number >= outline.late else section
    if section in ("note", "reference") and paragraphs[number].hint == "heading":
        return "body" if _runs_on(paragraphs, number, _LONG) else section
    if section in ("body", "abstract") and _begins_list(paragraphs[number].text, outline):
        return "aside"
    return "body" if section == "aside" and runs_on else section


def _begins_list(text: str, outline: _Outline) -> bool:
    """`List of abbreviations used`, or `Keywords: bridge; toll`, but no sentence that begins so."""
    words = plain(text.split(":")[0])
    if ":" not in text and not is_heading(text, outline.known):
        return False
    return any(f"{words} ".startswith(f"{heading} ") for heading in outline.sections["aside"])


def _runs_on(paragraphs: Sequence[Paragraph], number: int, words: int = _PROSE) -> bool:
    """Whether running text begins here or, after a heading (no item of a list), in the next paragraph."""
    ahead = 1 if _ITEM.search(paragraphs[number].text) else 2
    return any(_is_prose(it.text, words) for it in paragraphs[number : number + ahead])


def _is_prose(text: str, words: int = _PROSE) -> bool:
    return text.endswith((".", "!", "?", "”", '"')) and len(text.split()) >= words


def _late(paragraphs: Sequence[Paragraph]) -> int:
    """The first paragraph after which less running text follows than went before."""
    prose = [len(it.text) if _is_prose(it.text) else 0 for it in paragraphs]
    gone, all_of_it = 0, sum(prose)
    for number, length in enumerate(prose):
        if gone >= all_of_it - gone:
            return number
        gone += length
    return len(paragraphs)


def _titles(paragraphs: Sequence[Paragraph], known: Known) -> Iterator[int]:
    """Where the title stands, or nothing but the authors; a beginning of the title only at the top."""
    title = plain(known.title)
    authors = {word for name in known.authors for word in plain(name).split()}
    at_top = True
    for number, paragraph in enumerate(paragraphs[:_TITLE_AMONG]):
        words = plain(paragraph.text)
        if words and (
            (authors & set(words.split()) and set(words.split()) <= authors | _BYLINE)
            or (title and f" {title} " in f" {words} ")
            or (at_top and f"{title} ".startswith(f"{words} "))
        ):
            yield number
        at_top = at_top and not _is_prose(paragraph.text)


def _is_button(text: str, number: int, outline: _Outline) -> bool:
    """A line such as `Search`, or a link to the same page in a language of another script."""
    if len(text) > 60:
        return False
    if plain(text) in outline.buttons:
        return True
    if number >= _TITLE_AMONG or text.isascii() or not text[0].isalpha():
        return False
    return is_heading(text, outline.known) and _script(text) not in ("", outline.script)


def _script(text: str) -> str:
    """The script of most letters, as Unicode names it: LATIN, CYRILLIC ..."""
    scripts = Counter(unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha())
    return scripts.most_common(1)[0][0] if scripts else ""
