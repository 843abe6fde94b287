"""Persons who are named in full, found again by their surname."""

from collections.abc import Iterable
from typing import NamedTuple


class Person(NamedTuple):
    """A person: the registry's id or one made of the name, and the name."""

    entity_id: str
    name: str


class People:
    """Persons by surname, with every form in which they are named in full."""

    def __init__(self, named: Iterable[tuple[str, Person]]) -> None:
        """`named`: full names as they stand, with the person; longer names are taken in first.

        A name that fits somebody who is there already (`D. Lane`, after `David Lane`) adds nobody.
        """
        self._by_surname: dict[str, dict[str, Person]] = {}
        for name, person in sorted(named, key=lambda it: (-len(it[0]), it[0], it[1])):
            first, surname = _parts(name)
            if first and self.called(name) is None:
                self._by_surname.setdefault(surname, {})[first] = person

    def called(self, name: str) -> Person | None:
        """The only person of that surname whom the first name or initial fits, if there is one in it."""
        first, surname = _parts(name)
        namesakes = self._by_surname.get(surname, {})
        if first in namesakes:
            return namesakes[first]
        fitting = {person for other, person in namesakes.items() if _fits(first, other)}
        return fitting.pop() if len(fitting) == 1 else None


def _parts(name: str) -> tuple[str, str]:
    """First name (or its initial, or nothing) and surname, in small letters."""
    words = name.casefold().replace(".", ". ").split()
    return (words[0].rstrip("."), words[-1]) if len(words) > 1 else ("", words[-1] if words else "")


def _fits(first: str, other: str) -> bool:
    """Whether two first names may be the same: one is unknown or the initial of the other."""
    shorter, longer = sorted((first, other), key=len)
    return len(shorter) <= 1 and longer.startswith(shorter)
