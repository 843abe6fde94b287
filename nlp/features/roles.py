"""Whom a unit names, by kind, and who does what to whom in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from nlp.features.parsed import Parsed

_ROLES = {
    "nsubj": "subject",
    "csubj": "subject",
    "nsubjpass": "object",
    "dobj": "object",
    "dative": "object",
    "agent": "subject",
}


def role_rows(parsed: Parsed, named: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, float]]:
    """Feature and value: mentions of each kind of entity, and those that are subject or object of a verb.

    `named` are places in the unit's text, with the kind. The subject of a passive is the object of what
    is done; a name after `by` is its subject.
    """
    counted: Counter[str] = Counter()
    for start, end, kind in named:
        counted[kind] += 1
        if role := _role(parsed, parsed.within(start, end)):
            counted[f"{kind} as {role}"] += 1
    yield from ((name, float(value)) for name, value in counted.items())


def _role(parsed: Parsed, tokens: Sequence[int]) -> str | None:
    if not tokens:
        return None
    head = parsed.head_of(tokens)
    if parsed.dep[head] == "pobj":  # by the government
        head = parsed.head[head]
    return _ROLES.get(parsed.dep[head])
