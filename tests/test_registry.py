"""registry: a name points to one entity, and every reference to an entity that is there."""

import re
from typing import Any

import pytest
from pydantic import ValidationError

from nlp.registry import Alias, Entity, Registry


def entity(entity_id: str, name: str, **more: object) -> dict[str, Any]:
    return {"id": entity_id, "name": name, "label": "ORG", "kind": "organisation", **more}


def registry(*entities: dict[str, Any]) -> Registry:
    return Registry.model_validate({"entities": list(entities)})


BANK = entity(
    "wb",
    "World Bank",
    aliases=["the Bank", {"name": "Bank", "case": "exact", "language": "en", "if_defined": True}],
    acronyms=["WB", "IBRD"],
)


def test_names_come_with_their_conditions_and_places() -> None:
    bank = Entity.model_validate(BANK)
    assert list(zip(bank.keys(), bank.names(), strict=True)) == [
        ("", Alias(name="World Bank")),
        (".aliases[1]", Alias(name="the Bank")),
        (".aliases[2]", Alias(name="Bank", case="exact", language="en", if_defined=True)),
        (".acronyms[1]", Alias(name="WB", case="exact")),
        (".acronyms[2]", Alias(name="IBRD", case="exact")),
    ]


def test_equal_registries_have_one_hash() -> None:
    first, second = registry(BANK), registry(BANK)
    assert hash(first) == hash(second)


def test_who_is_meant_by_capitals_and_adjectives() -> None:
    found = registry(
        entity("alphan", "Alphan", adjective_of="seat"),
        entity("seat", "Seat", metonym_of="alpha"),
        entity("alpha", "Alpha"),
    )
    assert [found.actor_of(it) for it in ("alphan", "seat", "alpha", "unlisted/x")] == [
        "alpha",
        "alpha",
        "alpha",
        "unlisted/x",
    ]


def alias(name: str, **conditions: object) -> dict[str, Any]:
    return {"name": name, **conditions}


UNDOUBTED: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "one entity twice": [entity("wb", "World Bank", aliases=["World bank", "World Bank"])],
    "acronyms in other capitals": [
        entity("who", "Health Organisation", acronyms=["WHO"]),
        entity("w", "Guess", acronyms=["Who"]),
    ],
    "metonym": [entity("alpha", "Alpha"), entity("seat", "Seat", metonym_of="alpha")],
    "adjective before its state": [
        entity("alphan", "Alphan", adjective_of="alpha"),
        entity("alpha", "Alpha"),
    ],
    "two languages": [
        entity("a", "A", aliases=[alias("Union", language="en")]),
        entity("b", "B", aliases=[alias("Union", language="fr")]),
    ],
    "both where they are defined": [
        entity("a", "A", aliases=[alias("CU", if_defined=True)]),
        entity("b", "B", aliases=[alias("CU", if_defined=True, case="exact")]),
    ],
    "states of today and the past": [
        entity("a", "A", kind="state", iso="FRA"),
        entity("b", "B", kind="state", iso="YUCS"),
        entity("c", "C", kind="state", iso=None),
    ],
}


@pytest.mark.parametrize("case", UNDOUBTED)
def test_registries_without_doubt_are_taken(case: str) -> None:
    entities = UNDOUBTED[case]
    assert [it.id for it in registry(*entities).entities] == [it["id"] for it in entities]


BOTH = "'{}' names both entities[1]{} 'a' and entities[2]{} 'b': give one of them a condition"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ({}, {"id": "a"}, "id 'a' used twice: entities[1] 'a' and entities[2] 'a'"),
        ({}, {"name": "ALPHA"}, BOTH.format("ALPHA", "", "")),
        ({}, {"aliases": ["x", "alpha"]}, BOTH.format("alpha", "", ".aliases[2]")),
        ({"acronyms": ["AB"]}, {"acronyms": ["AB"]}, BOTH.format("AB", ".acronyms[1]", ".acronyms[1]")),
        ({"acronyms": ["NATO"]}, {"name": "Nato"}, BOTH.format("Nato", ".acronyms[1]", "")),
        ({"name": "Cote d'Or"}, {"name": "Cote d’Or"}, BOTH.format("Cote d’Or", "", "")),
        ({}, {"aliases": [alias("Alpha", language="en")]}, BOTH.format("Alpha", "", ".aliases[1]")),
        ({}, {"aliases": [alias("Alpha", if_defined=True)]}, BOTH.format("Alpha", "", ".aliases[1]")),
        ({"metonym_of": "z"}, {}, "entities[1] 'a' refers to 'z', which is not in the list"),
        ({}, {"adjective_of": "z"}, "entities[2] 'b' refers to 'z', which is not in the list"),
        ({"metonym_of": "a"}, {}, "entities[1] 'a' stands for itself, through itself"),
        ({"metonym_of": "b"}, {"adjective_of": "a"}, "entities[2] 'b' stands for itself, through 'a'"),
        ({"metonym_of": "b", "adjective_of": "b"}, {}, "metonym_of and adjective_of together"),
        (
            {"iso": "FRA"},
            {"iso": "FRA"},
            "iso code 'FRA' used twice: entities[1] 'a' and entities[2] 'b'",
        ),
        ({"iso": "XYZ"}, {}, "'XYZ' is no code of ISO 3166-1"),
        ({"iso": "fra"}, {}, "'fra' is no code of ISO 3166-1"),
    ],
)
def test_doubtful_registries_are_refused(first: dict[str, Any], second: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(told)):
        registry({**entity("a", "Alpha"), **first}, {**entity("b", "Beta"), **second})


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ([("g", ["a"]), ("g", ["a"])], "id 'g' used twice: groups[1] 'g' and groups[2] 'g'"),
        ([("g", ["a", "z"])], "groups[1].members[2] 'z' is not in the list of entities"),
        ([("g", [])], "groups.0.members"),
    ],
)
def test_doubtful_groups_are_refused(groups: list[tuple[str, list[str]]], told: str) -> None:
    written = [{"id": name, "name": name, "members": members} for name, members in groups]
    with pytest.raises(ValidationError, match=re.escape(told)):
        Registry.model_validate({"entities": [entity("a", "Alpha")], "groups": written})


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(
        ValidationError, match=r"id 'a' used twice: .*; 'alpha' names both .*; .* 'b' refers to 'z'"
    ):
        registry(entity("a", "Alpha"), entity("a", "Gamma"), entity("b", "alpha", metonym_of="z"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "World-Bank"),
        ("id", "-wb"),
        ("id", ""),
        ("name", ""),
        ("label", None),
        ("kind", 3),
        ("aliases", ["the Bank", 3]),
        ("alias", ["the Bank"]),
    ],
)
def test_wrong_values_are_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(ValidationError, match=rf"^1 validation error for Entity\n{name}\b"):
        Entity.model_validate({**entity("wb", "World Bank"), name: value})
