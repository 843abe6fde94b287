"""What a mention is, and where it begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from spacy.tokens import Span

_ARTICLES = frozenset({"the", "a", "an"})
_DATED = frozenset({"EVENT", "LAW", "WORK"})  # labels whose names may end with a year: `Resolution 1973`


class Mention(NamedTuple):
    """A named entity: token positions in its paragraph, and what is known of it."""

    start: int
    end: int
    label: str
    found_by: str
    entity_id: str = ""  # empty if the registry does not decide
    long_form: str = ""
    cited: bool = False


def mention_of(
    span: Span, label: str, found_by: str, *, titles: Collection[str] = (), **more: Any
) -> Mention | None:
    """The span as a mention, without what is no part of a name; None if nothing like a name is left."""
    span = trimmed(span, label, titles)
    return Mention(span.start, span.end, label, found_by, **more) if _is_name(span, label) else None


def trimmed(span: Span, label: str, titles: Collection[str] = ()) -> Span:
    """The span without article, possessive, punctuation, a person's titles, and a year behind it."""
    start, end, doc = span.start, span.end, span.doc
    while start < end and (_is_edge(doc[start].text) or doc[start].lower_ in _ARTICLES):
        start += 1
    while label == "PERSON" and start < end - 1 and doc[start].text.rstrip(".") in titles:
        start += 1
    while start < end and (
        _is_edge(doc[end - 1].text) or (_is_year(doc[end - 1].text) and label not in _DATED)
    ):
        end -= 1
    return doc[start:end]


def _is_edge(text: str) -> bool:
    """Whether a token is no part of a name at its end: punctuation, note marks and the possessive."""
    return text in ("'s", "’s") or not any(it.isalpha() or it.isdecimal() for it in text)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal()


def _is_name(span: Span, label: str) -> bool:
    return any(map(str.isupper, span.text)) or (label == "NORP" and any(map(str.isalpha, span.text)))


class _Tokens(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Tokens = TypeVar("Tokens", bound=_Tokens)  # whatever takes the tokens from start up to end


def without_overlap(spans: Iterable[Tokens]) -> list[Tokens]:
    """Those that overlap none before them."""
    taken: set[int] = set()
    kept = []
    for it in spans:
        tokens = range(it.start, it.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(it)
    return kept
