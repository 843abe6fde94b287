"""Names of persons, as BibTeX reads them."""

from collections.abc import Callable
from typing import NamedTuple


class Person(NamedTuple):
    """A person or institution: `name` as printed ("Jan van der Berg"), `family` ("van der Berg")."""

    name: str
    family: str


def without_braces(text: str) -> str:
    return " ".join(text.replace("{", "").replace("}", "").replace("~", " ").split())


def person(text: str, plain: Callable[[str], str] = without_braces) -> Person:
    """A name in one of BibTeX's forms: "Given von Family", "von Family, Jr, Given" or "{Institution}".

    Braces hold words together, so `plain` takes them away (and decodes LaTeX) only when the name is split.
    """
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(text, strict=False)
    family = plain(" ".join([*parts.von, *parts.last]))
    name = plain(" ".join([*parts.first, *parts.von, *parts.last, *parts.jr]))
    return Person(name, family or name)
