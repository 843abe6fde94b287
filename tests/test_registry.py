"""registry: a name points to one entity, and every reference to an entity that is there."""

from typing import Any

import pytest
from pydantic import ValidationError

from nlp.registry import Entity, Registry


def entity(entity_id: str, name: str, **more: object) -> dict[str, Any]:
    return {"id": entity_id, "name": name, "label": "ORG", "kind": "organisation", **more}


def registry(*entities: dict[str, Any]) -> Registry:
    return Registry.model_validate({"entities": list(entities)})


def test_only_acronyms_are_bound_to_their_capitals() -> None:
    bank = Entity.model_validate(entity("wb", "World Bank", aliases=["the Bank"], acronyms=["WB", "IBRD"]))
    assert list(bank.names()) == [
        ("World Bank", False),
        ("the Bank", False),
        ("WB", True),
        ("IBRD", True),
    ]


def test_equal_registries_have_one_hash() -> None:
    first, second = (registry(entity("wb", "World Bank", aliases=["the Bank"])) for _ in range(2))
    assert hash(first) == hash(second)
    assert first.entities[0].aliases == ("the Bank",)


@pytest.mark.parametrize(
    "entities",
    [
        [],
        [entity("wb", "World Bank", aliases=["World bank", "World Bank"])],
        [entity("who", "Health Organisation", acronyms=["WHO"]), entity("w", "Guess", acronyms=["Who"])],
        [entity("ru", "Russia"), entity("moscow", "Moscow", metonym_of="ru")],
        [entity("russian", "Russian", adjective_of="ru"), entity("ru", "Russia")],
    ],
    ids=["none", "one entity twice", "acronyms in other capitals", "metonym", "adjective before its state"],
)
def test_registries_without_doubt_are_taken(entities: list[dict[str, Any]]) -> None:
    assert [it.id for it in registry(*entities).entities] == [it["id"] for it in entities]


@pytest.mark.parametrize(
    ("entities", "told"),
    [
        ([entity("a", "Alpha"), entity("a", "Beta")], "id 'a' used twice"),
        ([entity("a", "Alpha"), entity("b", "ALPHA")], "'ALPHA' names both 'a' and 'b'"),
        ([entity("a", "Alpha"), entity("b", "Beta", aliases=["alpha"])], "'alpha' names both 'a' and 'b'"),
        (
            [entity("a", "A", acronyms=["AB"]), entity("b", "B", acronyms=["AB"])],
            "'AB' names both 'a' and 'b'",
        ),
        ([entity("a", "Alpha", metonym_of="z")], "'a' refers to 'z', which is not in the list"),
        ([entity("a", "Alpha", adjective_of="z")], "'a' refers to 'z', which is not in the list"),
        ([entity("a", "Alpha", acronyms=["NATO"]), entity("b", "Nato")], "'NATO' names both 'b' and 'a'"),
    ],
)
def test_doubtful_registries_are_refused(entities: list[dict[str, Any]], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        registry(*entities)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(
        ValidationError, match=r"id 'a' used twice; 'alpha' names both .*; 'b' refers to 'z'"
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
