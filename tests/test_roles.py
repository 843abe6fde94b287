"""Whom a unit names, and who does what to whom in it."""

import pytest

from nlp.features.parsed import Parsed
from nlp.features.roles import role_rows


def parsed(said: str) -> Parsed:
    """A unit as `word/relation/head word/relation/head`, heads by number."""
    words = [it.split("/") for it in said.split()]
    text = [word for word, *_ in words]
    start = [sum(len(it) + 1 for it in text[:at]) for at in range(len(text))]
    blank = [""] * len(text)
    end = [at + len(it) for at, it in zip(start, text, strict=True)]
    return Parsed(start, end, text, blank, [it[1] for it in words], [int(it[2]) for it in words])


ACTIVE = "Rome/nsubj/1 rules/ROOT/1 Gaul/dobj/1"
PASSIVE = "Gaul/nsubjpass/2 is/auxpass/2 ruled/ROOT/2 by/agent/2 Rome/pobj/3"
WITHIN = "The/det/1 king/nsubj/4 of/prep/1 Gaul/pobj/2 rules/ROOT/4"
LONG = "The/det/1 Republic/nsubj/4 of/prep/1 Gaul/pobj/2 rules/ROOT/4"


@pytest.mark.parametrize(
    ("said", "named", "expected"),
    [
        pytest.param(ACTIVE, "Rome", {"state": 1, "state as subject": 1}, id="subject"),
        pytest.param(ACTIVE, "Gaul", {"state": 1, "state as object": 1}, id="object"),
        pytest.param(PASSIVE, "Rome", {"state": 1, "state as subject": 1}, id="subject of a passive"),
        pytest.param(PASSIVE, "Gaul", {"state": 1, "state as object": 1}, id="object of a passive"),
        pytest.param(WITHIN, "Gaul", {"state": 1}, id="part of the subject"),
        pytest.param(
            LONG, "Republic of Gaul", {"state": 1, "state as subject": 1}, id="name of many words"
        ),
        pytest.param(ACTIVE, "", {"state": 1}, id="place without a word"),
    ],
)
def test_names_are_counted_with_their_role(said: str, named: str, expected: dict[str, int]) -> None:
    unit = parsed(said)
    start = " ".join(unit.text).index(named) if named else 500
    assert dict(role_rows(unit, [(start, start + len(named), "state")])) == expected


def test_roles_of_a_kind_add_up() -> None:
    unit = parsed(ACTIVE)
    found = dict(role_rows(unit, [(0, 4, "state"), (11, 15, "state")]))
    assert found == {"state": 2, "state as subject": 1, "state as object": 1}
