"""Persons who are named in full, found again by their surname."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from nlp.tables.names import UNLISTED

_PARTICLES = {
    "af",
    "al",
    "av",
    "bin",
    "da",
    "de",
    "del",
    "della",
    "den",
    "der",
    "di",
    "dos",
    "du",
    "el",
    "ibn",
    "la",
    "le",
    "ten",
    "ter",
    "van",
    "von",
    "zu",
    "zur",
}
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}

Given = tuple[str, ...]


class Person(NamedTuple):
    """A person: the registry's id or one made of the name, and the name."""

    entity_id: str
    name: str


class People:
    """Persons by surname, with every form in which they are named in full."""

    def __init__(self, named: Iterable[tuple[str, Person]]) -> None:
        """`named`: full names as they stand, with the person; longer names are taken in first.

        A name that fits somebody who is there already (`D. Lane`, after `David Lane`) adds nobody,
        unless the registry knows it for somebody else.
        """
        self._by_surname: dict[str, dict[Person, set[Given]]] = {}
        for name, person in sorted(set(named), key=lambda it: (-len(it[0]), it[0], it[1])):
            given, surname = parts(name)
            namesakes = self._by_surname.setdefault(surname, {})
            others = [it for it, forms in namesakes.items() if any(_fits(given, form) for form in forms)]
            if given and (not others or person in others or _are_listed(person, *others)):
                namesakes.setdefault(person, set()).add(given)

    def called(self, name: str) -> Person | None:
        """The only person of that surname whom the given names or initials fit, as far as there are any."""
        given, surname = parts(name)
        namesakes = self._by_surname.get(surname, {})
        same = [person for person, forms in namesakes.items() if given in forms]
        fitting = [person for person, forms in namesakes.items() if any(_fits(given, it) for it in forms)]
        found = same or fitting
        return found[0] if len(found) == 1 else None


def is_full(name: str) -> bool:
    """Whether there is a given name or an initial before the surname: not so in `van der Velde`."""
    return bool(parts(name)[0])


def parts(name: str) -> tuple[Given, str]:
    """Given names (or initials) and surname, in small letters; particles and suffixes are left out."""
    words = re.sub(r"\.(?=\w)", ". ", name).replace(",", " ").split()
    kept = [
        word.rstrip(".").casefold()
        for place, word in enumerate(words)
        if not (word in _PARTICLES or (place and word.casefold() in _PARTICLES))
    ]
    while len(kept) > 1 and kept[-1] in _SUFFIXES:
        kept.pop()
    return (tuple(kept[:-1]), kept[-1]) if kept else ((), "")


def _fits(given: Given, other: Given) -> bool:
    """Whether given names may be one person's: each, as far as both have it, equal or its initial."""
    return all(
        one == two or (min(len(one), len(two)) == 1 and one[:1] == two[:1])
        for one, two in zip(given, other, strict=False)
    )


def _are_listed(*people: Person) -> bool:
    """Whether the registry knows all of them, and so for different persons."""
    return not any(person.entity_id.startswith(UNLISTED) for person in people)
