"""Names of persons and institutions, as BibTeX reads them and as people write them."""

import re
from collections.abc import Callable
from typing import NamedTuple

# Words that stand in names of institutions, and seldom in those of persons.
_INSTITUTIONS = (
    "academy agency alliance associates association authority bank board bureau center centre coalition"
    " college commission committee company congress consortium corporation council department"
    " directorate division editors embassy federation forum foundation fund fundación fondation"
    " government group house initiative institut institute institution instituto laboratory league"
    " library ministerium ministry movement museum nations network observatory office organisation"
    " organization parliament partnership party press programme project school secretariat senate"
    " service services society stiftung team trust union universidad universität université university"
)
# Words before a family name that belong to it, however they are written.
_PARTICLES = (
    "abd abu af al ap ben bin bint da dal de del della den der des di dos du el ibn la le mac mc ní nic"
    " ó o' o’ st st. ter ui uí umm van vande vander vom von zu zum zur"
)
_INSTITUTION_WORDS, _PARTICLE_WORDS = frozenset(_INSTITUTIONS.split()), frozenset(_PARTICLES.split())


class Person(NamedTuple):
    """A person or institution: `name` as printed ("Jan van der Berg"), `family` ("van der Berg")."""

    name: str
    family: str


def without_braces(text: str) -> str:
    return " ".join(text.replace("{", "").replace("}", "").replace("~", " ").split())


def person(text: str, plain: Callable[[str], str] = without_braces) -> Person:
    """A name in one of BibTeX's forms: "Given von Family", "von Family, Jr, Given" or "{Institution}".

    Braces hold words together, so `plain` takes them away (and decodes LaTeX) only when the name is split.
    Beyond BibTeX, an institution without braces is one name, and particles with capitals ("Mac Donald",
    "Van Damme") belong to the family name.
    """
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if is_institution(text):
        return Person(plain(text), plain(text))
    parts = parse_single_name_into_parts(text, strict=False)
    first, family = list(parts.first), [*parts.von, *parts.last]
    while "," not in text and first and _is_particle(first[-1], alone=len(first) == 1):
        family.insert(0, first.pop())
    name = plain(" ".join([*first, *family, *parts.jr]))
    return Person(name, plain(" ".join(family)) or name)


def is_institution(text: str) -> bool:
    """Whether a name without a comma has a word that is typical of institutions, and others beside it."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) > 1 and "," not in text and not _INSTITUTION_WORDS.isdisjoint(words)


def _is_particle(word: str, *, alone: bool) -> bool:
    """`alone`: nothing stands before it, so that it may be a given name, as in "Ben Ash"."""
    return word.lower() in _PARTICLE_WORDS and (word.islower() or not alone)
