"""Entities as data: configs/entities.yaml."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

# Tuples make a registry hashable, so that what is compiled from it can be kept. YAML gives lists.
Name = Annotated[str, Field(min_length=1)]
Names = Annotated[tuple[Name, ...], Field(strict=False)]


class Entity(BaseModel):
    """One actor, place, event or document with the names it goes by."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1)
    label: str
    kind: str
    aliases: Names = ()
    acronyms: Names = ()
    metonym_of: str | None = None
    adjective_of: str | None = None

    def names(self) -> Iterator[tuple[str, bool]]:
        """Every name with whether it counts in exactly these capitals only."""
        yield self.name, False
        yield from ((alias, False) for alias in self.aliases)
        yield from ((acronym, True) for acronym in self.acronyms)


class Registry(BaseModel):
    """The whole of entities.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    entities: Annotated[tuple[Entity, ...], Field(strict=False)]

    @cached_property
    def proper_names(self) -> frozenset[str]:
        """All names that are written with capitals; of the short forms those with more than one capital."""
        long = {name for it in self.entities for name in (it.name, *it.aliases)}
        return frozenset(
            long | {name for it in self.entities for name in it.acronyms if sum(map(str.isupper, name)) > 1}
        )

    @model_validator(mode="after")
    def _names_point_to_one_entity(self) -> "Registry":
        problems = [*self._doubled_ids(), *self._doubled_names(), *self._unknown_references()]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _doubled_ids(self) -> Iterator[str]:
        seen: set[str] = set()
        for entity in self.entities:
            if entity.id in seen:
                yield f"id {entity.id!r} used twice"
            seen.add(entity.id)

    def _doubled_names(self) -> Iterator[str]:
        any_case: dict[str, str] = {}
        exact: dict[str, str] = {}
        for entity in self.entities:
            for name, capitals_count in entity.names():
                owner = exact if capitals_count else any_case
                other = owner.setdefault(name if capitals_count else name.casefold(), entity.id)
                if other != entity.id:
                    yield f"{name!r} names both {other!r} and {entity.id!r}"
        for name, entity_id in exact.items():
            if (other := any_case.get(name.casefold(), entity_id)) != entity_id:
                yield f"{name!r} names both {other!r} and {entity_id!r}"

    def _unknown_references(self) -> Iterator[str]:
        known = {entity.id for entity in self.entities}
        for entity in self.entities:
            for other in (entity.metonym_of, entity.adjective_of):
                if other is not None and other not in known:
                    yield f"{entity.id!r} refers to {other!r}, which is not in the list"
