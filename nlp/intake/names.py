"""Authors as people type them, and what may be wrong with how a name was understood."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nlp.bibliography.entries import one_line
from nlp.bibliography.people import Person, is_institution, person
from nlp.errors import CorpusError

_BRACED = re.compile(r"\{[^{}]*\}")
_AND = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|phd|ph\.\s?d|md|m\.\s?d)\.?", re.IGNORECASE)
_INITIAL = re.compile(r"(?:[^\W\d_][.-]*){1,2}\.|[^\W\d_]")


class Named(NamedTuple):
    """An author, and a remark for the user where the name could be understood otherwise."""

    person: Person
    doubt: str


def typed(texts: Iterable[str], where: str) -> tuple[Named, ...]:
    """Authors from texts that may hold several, with `;`, `and` or `&` between them, not in braces.

    CorpusError where one name cannot be told from several; `where` is for its message.
    """
    return understood(name for text in texts for name in _split(one_line(text), where))


def understood(names: Iterable[str]) -> tuple[Named, ...]:
    """An author for each name that is not empty."""
    found = ((person(text), text) for text in map(one_line, names))
    return tuple(Named(author, _doubt(author, text)) for author, text in found if author.name)


def _split(text: str, where: str) -> Iterator[str]:
    braced = _BRACED.findall(text)
    for piece in _BRACED.sub("{}", text).split(";"):
        names = _AND.split(piece)
        if not _is_clear(names):
            raise CorpusError(
                f"cannot tell how many names {text!r} holds",
                where=where,
                hint="give --author once for each: 'Given Family', 'Family, Given' or '{Institution}'",
            )
        for name in names:
            yield re.sub(r"\{\}", lambda _: braced.pop(0), name)


def _is_clear(names: list[str]) -> bool:
    """Several names are all of one form and no institution's, which may have an `and` of its own."""
    parts = [[part.strip() for part in name.split(",")] for name in names if name.strip() != "{}"]
    if len(names) > 1 and (len({len(it) > 1 for it in parts}) > 1 or any(map(is_institution, names))):
        return False
    return all(len(it) == 1 or _is_reversed(it) for it in parts)


def _is_reversed(parts: list[str]) -> bool:
    """`Family, Given` or `Family, Jr, Given`."""
    is_suffix = [bool(_SUFFIX.fullmatch(part)) for part in parts]
    return is_suffix in ([False, False], [False, True, False])


def _doubt(author: Person, text: str) -> str:
    """Two words may be a person after all; of three and more the last alone may not be the family name."""
    words = [word for word in text.split() if not _INITIAL.fullmatch(word)]
    if is_institution(text) and len(words) == 2 and "{" not in text:
        return f"{author.name!r} is taken for an institution; give a person as 'Family, Given'"
    if len(words) < 3 or author.family != words[-1] or "," in text:
        return ""
    return (
        f"{author.name!r} is labelled {author.family!r}: if that is not the family name, give"
        f" 'Family, Given', for an institution '{{{author.name}}}', or another label with --group"
    )
