"""What a document is called: its doc_id, and the label of its authors."""

from collections.abc import Collection, Iterator, Sequence
from itertools import count
from string import ascii_lowercase

from nlp.bibliography.people import Person
from nlp.manifest import check_doc_id
from nlp.slugs import slug

LONGEST = 60  # characters of a doc_id, so that a suffix and an ending still fit


def doc_id(people: Sequence[Person], year: int | None, title: str, taken: Collection[str]) -> str:
    """The first free of `family-year`, `family-year-b` ...; without a year `family`, `family-word`.

    `taken` holds small letters only. Two authors give both names, more give the first and `et-al`.
    """
    return next(it for it in _candidates(people, year, title) if it not in taken and _fits(it))


def _candidates(people: Sequence[Person], year: int | None, title: str) -> Iterator[str]:
    names = _names([slug(person.family) for person in people])
    base = names if year is None else f"{names}-{f'{-year}bce' if year < 0 else year}"
    yield base
    if year is None and (word := slug(title)[: LONGEST // 2].split("-")[0]):
        base = f"{names}-{word}"
        yield base
    yield from (f"{base}-{suffix}" for suffix in _suffixes())


def _names(slugs: list[str]) -> str:
    parts = [slugs[0], "et", "al"] if len(slugs) > 2 else slugs
    return "-".join(it for it in parts if it)[:LONGEST].strip("-") or "text"


def _suffixes() -> Iterator[str]:
    yield from ascii_lowercase[1:]
    yield from (f"b{number}" for number in count(1))


def _fits(name: str) -> bool:
    try:
        return bool(check_doc_id(name))
    except ValueError:  # a name that a system keeps for itself
        return False


def label(people: Sequence[Person]) -> str:
    """The authors as their texts are grouped: "Ash", "Ash & Birch", "Ash et al."."""
    families = [person.family for person in people]
    return " & ".join(families) if len(families) < 3 else f"{families[0]} et al."
