"""What each paragraph is: title, heading, body, note ..."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.params import CleanParams

_NOTE_MARK = re.compile(r"[¹²³⁰⁴-⁹]+\s")
_CLOSED = re.compile(r"[.!?…;,][\"'”’»)\]]*$")


class Paragraph(NamedTuple):
    """A half-open span of the clean text."""

    start: int
    end: int


def zones_of(paragraphs: Sequence[str], title: str, params: CleanParams) -> Iterator[str]:
    """The zone of every paragraph, in order.

    Some headings decide for all that follows: an abstract lasts to the next heading; notes,
    references and the furniture of a web page last to the end of the text.
    """
    lasting = {
        **dict.fromkeys(map(_plain, params.note_headings), "note"),
        **dict.fromkeys(map(_plain, params.reference_headings), "reference"),
        **dict.fromkeys(map(_plain, params.furniture_headings), "furniture"),
    }
    abstract = set(map(_plain, params.abstract_headings))
    section = "body"
    for number, paragraph in enumerate(paragraphs):
        plain = _plain(paragraph)
        section = lasting.get(plain, section)
        if section in lasting.values():
            yield section
        elif number < 5 and plain and f"{_plain(title)} ".startswith(f"{plain} "):
            yield "title"
        elif _NOTE_MARK.match(paragraph):
            yield "note"
        elif _is_heading(paragraph, params.heading_words):
            section = "abstract" if plain in abstract else "body"
            yield "heading"
        elif ":" in paragraph and _plain(paragraph.split(":")[0]) in abstract:
            yield "abstract"
        else:
            yield section


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_heading(paragraph: str, most_words: int) -> bool:
    return len(paragraph.split()) <= most_words and not _CLOSED.search(paragraph)
