"""What a bibliography says of a work, whatever form it is written in."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from nlp.bibliography.people import Person

YEARS = range(-5000, 5001)
# What steers terminals or turns the direction of writing, but no white space.
_CONTROLS = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]"
)


class Entry(NamedTuple):
    """One work; empty where the bibliography says nothing."""

    key: str
    title: str
    people: tuple[Person, ...]
    year: int | None
    venue: str
    kind: str
    language: str
    doi: str
    url: str
    files: tuple[str, ...]  # paths as written

    @property
    def authors(self) -> tuple[str, ...]:
        """The persons as "Given Family"."""
        return tuple(person.name for person in self.people)

    def __str__(self) -> str:
        who = self.people[0].family if self.people else "no author"
        return f"{self.key} ({who} {self.year or 'n.d.'}: {self.title or 'no title'})"


class Library(NamedTuple):
    """All usable entries, what is wrong with the others, and the keys that two different works have."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...]
    doubled: frozenset[str]


def collect(entries: Iterable[Entry], problems: Iterable[str]) -> Library:
    """A library in which each key stands once: the first entry counts, another one is a problem."""
    first: dict[str, Entry] = {}
    doubled: dict[str, None] = {}
    for entry in entries:
        if first.setdefault(entry.key, entry) != entry:
            doubled[entry.key] = None
    told = [f"two different entries have the key {key!r}" for key in doubled]
    return Library(tuple(first.values()), (*problems, *told), frozenset(doubled))


def year_in(text: str) -> int | None:
    """The first year in a date as people write it: "2014-05-03/2015", "c. 1999", "[1789]"; else None."""
    found = re.search(r"(?<![\d-])(?:-\d{3,4}|\d{3,4})(?!\d)", text)
    year = int(found[0]) if found else None
    return year if year in YEARS else None


def plain_doi(text: str) -> str:
    """The DOI alone, in small letters: "https://doi.org/10.1/X" -> "10.1/x"."""
    found = re.search(r"10\.\d+(?:\.\d+)*/\S+", text)
    return found[0].lower() if found else ""


def one_line(text: str) -> str:
    """The text with single spaces, without controls, and with nothing that UTF-8 cannot write."""
    return " ".join(_CONTROLS.sub("", text.encode("utf-8", "replace").decode("utf-8")).split())
