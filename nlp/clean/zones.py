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
    references and the furniture of a web page last to the end of the text. A note that breaks off at
    the end of a page goes on at the foot of the next, just before the next note.
    """
    lasting = {
        **dict.fromkeys(map(_plain, params.note_headings), "note"),
        **dict.fromkeys(map(_plain, params.reference_headings), "reference"),
        **dict.fromkeys(map(_plain, params.furniture_headings), "furniture"),
    }
    abstract = set(map(_plain, params.abstract_headings))
    section = "body"
    broken_off = False
    for number, paragraph in enumerate(paragraphs):
        plain = _plain(paragraph)
        section = lasting.get(plain, section)
        if section in lasting.values():
            yield section
        elif number < 5 and plain and f"{_plain(title)} ".startswith(f"{plain} "):
            yield "title"
        elif _NOTE_MARK.match(paragraph) or (broken_off and _before_note(paragraphs, number)):
            broken_off = not _CLOSED.search(paragraph)
            yield "note"
        elif _is_heading(paragraph, params.heading_words):
            section = "abstract" if plain in abstract else "body"
            yield "heading"
        elif ":" in paragraph and _plain(paragraph.split(":")[0]) in abstract:
            yield "abstract"
        else:
            yield section


def _before_note(paragraphs: Sequence[str], number: int) -> bool:
    """A paragraph that begins in the middle of a sentence, with a note after it."""
    after = paragraphs[number + 1] if number + 1 < len(paragraphs) else ""
    return paragraphs[number][0].islower() and bool(_NOTE_MARK.match(after))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_heading(paragraph: str, most_words: int) -> bool:
    return len(paragraph.split()) <= most_words and not _CLOSED.search(paragraph)
