"""What is asked of the report's data, looked up by the rules that its page follows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlp.tables.names import CITED

Document = Mapping[str, Any]
Item = Mapping[str, Any]


class Library:
    """All documents of a report with their heads."""

    def __init__(self, head: Mapping[str, Any], documents: Sequence[Document]) -> None:
        self.head, self.documents = head, documents
        self.group = {it["id"]: it["group"] for it in head["documents"]}

    def of(self, author: str | None = None) -> Iterator[Document]:
        return (it for it in self.documents if author in (None, self.group[it["id"]]))

    def counted(self, author: str | None = None) -> Iterator[tuple[Document, Item]]:
        """The sentences of the analysed zones."""
        return ((it, line) for it in self.of(author) for line in it["sentences"] if line.get("counted"))

    def units(self, author: str | None = None) -> Iterator[tuple[Document, Item]]:
        return ((it, unit) for it in self.of(author) for unit in it["units"])

    def sample(self, author: str | None = None) -> Iterator[Item]:
        return (unit for _, unit in self.units(author) if unit.get("sample"))


def code_of(unit: Item, frame: str) -> Item:
    return next((it for it in unit.get("codes", []) if it["frame"] == frame), {})


def stance_of(unit: Item, frame: str, by: str) -> str:
    """The stance by the reference (coded), by who has coded all, or by a machine left out; or nothing."""
    code = code_of(unit, frame)
    return code.get("reference", "") if by == "coded" else code.get(by, [0.0, ""])[1]


def has(stance: str, asked: str) -> bool:
    return stance == asked or (asked == "any" and bool(stance))


def actors_of(document: Document, line: Item) -> list[tuple[str, str, Sequence[str]]]:
    """Id, kind and groups of whom a sentence names, as often as it does."""
    named = (document["actors"][actor] for _, _, actor in line.get("names", []))
    return [(actor_id, kind, groups) for actor_id, _, kind, groups in named]


def acting(document: Document, line: Item) -> set[str]:
    """The actors that a sentence names, cited authors left out."""
    return {actor_id for actor_id, kind, _ in actors_of(document, line) if kind != CITED}


def lines_of(document: Document, unit: Item) -> list[Item]:
    """The sentences that make up a unit."""
    return [it for it in document["sentences"] if unit["n"] <= it["n"] <= unit["to"] and it.get("counted")]


def text_of_unit(document: Document, unit: Item) -> str:
    return " ".join(it["text"] for it in lines_of(document, unit))


def paragraphs(document: Document) -> list[list[Item]]:
    """The counted sentences of each paragraph."""
    found: dict[int, list[Item]] = {}
    for line in document["sentences"]:
        if line.get("counted"):
            found.setdefault(line["p"], []).append(line)
    return list(found.values())
