"""The texts as they are read: paragraphs of sentences, with names marked and codes told."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from nlp.report.evidence.offsets import cut_utf16
from nlp.report.kinds import colour_of

Document = Mapping[str, Any]  # as `nlp.report.evidence` tells it
Head = Mapping[str, Any]


class Name(NamedTuple):
    """Who is named."""

    name: str
    kind: str
    colour: int  # of the kind


class Piece(NamedTuple):
    """A stretch of a sentence; without a name it stays unmarked."""

    text: str
    named: Name | None


class Tag(NamedTuple):
    """A code of the unit that ends with a sentence: by the reference coder, where it judged the unit."""

    frame: str  # name
    label: str
    stance: str  # label; empty where there is nothing to split
    by: str  # "coded", or who has coded all units


class Line(NamedTuple):
    """A sentence in its place."""

    number: int
    page: int | None  # where it is the first one on its page
    pieces: list[Piece]
    tags: list[Tag]


class Paragraph(NamedTuple):
    zone: str
    lines: list[Line]


class Text(NamedTuple):
    """A document to be read."""

    doc_id: str
    group: str
    title: str
    paragraphs: list[Paragraph]


class Entry(NamedTuple):
    """A unit that carries a frame, by its first sentence."""

    frame: str
    stance: str
    doc_id: str
    number: int


def text_of(document: Document, head: Head) -> Text:
    """A document of `Evidence.documents` as a text to be read."""
    about = next(it for it in head["documents"] if it["id"] == document["id"])
    tags = {unit["to"]: _tags(unit, head) for unit in document["units"] if "codes" in unit}
    names = [_name(it, head) for it in document["actors"]]
    return Text(
        document["id"],
        about["group"],
        about["title"],
        [
            Paragraph(str(zone), [_line(*it, names, tags) for it in lines])
            for (_, zone), lines in groupby(_paged(document["sentences"]), key=_paragraph)
        ],
    )


def _paged(sentences: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], int | None]]:
    """Every sentence, with its page where that is another than the one before."""
    before = None
    for it in sentences:
        page = it.get("page")
        yield it, page if page != before else None
        before = page


def _paragraph(paged: tuple[Mapping[str, Any], int | None]) -> tuple[int, str]:
    return paged[0]["p"], paged[0]["zone"]


def _name(actor: Sequence[Any], head: Head) -> Name:
    _, name, kind, _ = actor
    return Name(name, kind, colour_of(kind, head["kinds"]))


def _line(
    sentence: Mapping[str, Any], page: int | None, names: Sequence[Name], tags: Mapping[int, list[Tag]]
) -> Line:
    number = sentence["n"]
    return Line(number, page, list(_pieces(sentence, names)), tags.get(number, []))


def _pieces(sentence: Mapping[str, Any], names: Sequence[Name]) -> Iterator[Piece]:
    """Pieces that make up the text; of names that overlap, the first is marked."""
    text, done = sentence["text"], 0
    for start, end, actor in sentence.get("names", []):
        if start < done:
            continue
        if start > done:
            yield Piece(cut_utf16(text, done, start), None)
        yield Piece(cut_utf16(text, start, end), names[actor])
        done = end
    if rest := cut_utf16(text, done, 2 * len(text)):
        yield Piece(rest, None)


def entries_of(document: Document) -> list[Entry]:
    """What the index of codes lists of a document."""
    return [
        Entry(code["frame"], stance, document["id"], unit["n"])
        for unit in document["units"]
        for code in unit.get("codes", [])
        if (stance := _stance(code, unit))
    ]


def _stance(code: Mapping[str, Any], unit: Mapping[str, Any]) -> str:
    """By the reference coder in the sample, else by who has coded all units; empty: the frame is absent."""
    return str(code.get("reference", "") if "sample" in unit else code["machine"][1])


def _tags(unit: Mapping[str, Any], head: Head) -> list[Tag]:
    frames, stances = dict(head["frames"]), dict(head["stances"])
    by = "coded" if "sample" in unit else head["machine"]
    return [
        Tag(code["frame"], frames[code["frame"]], stances.get(stance, ""), by)
        for code in unit["codes"]
        if (stance := _stance(code, unit))
    ]
