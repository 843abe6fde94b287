"""Entities as data: configs/entities.yaml."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Kind = Literal[
    "state",
    "international organisation",
    "organisation",
    "person",
    "region",
    "place",
    "group",
    "document",
    "event",
    "project",
]


class _Strict(BaseModel):
    """Tuples make a registry hashable, so that what is compiled from it can be kept. YAML gives lists."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Alias(_Strict):
    """Another name of an entity, with the conditions under which it counts."""

    name: Text
    case: Literal["any", "exact"] = "any"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    if_defined: bool = False  # only in documents that use another, unconditional name of the entity

    def meets(self, other: "Alias") -> bool:
        """Whether both can stand for the same words in the same document with nothing to decide by."""
        same = self.name.casefold() == other.name.casefold()
        if self.case == other.case == "exact":
            same = self.name == other.name
        apart = self.language != other.language and self.language is not None and other.language is not None
        return same and not apart and not (self.if_defined and other.if_defined)


class Entity(_Strict):
    """One actor, place, event or document with the names it goes by."""

    id: Id
    name: Text
    label: Text
    kind: Kind
    aliases: Annotated[tuple[Alias, ...], Field(strict=False)] = ()
    acronyms: Annotated[tuple[Text, ...], Field(strict=False)] = ()  # short for aliases with `case: exact`
    iso: str | None = None
    metonym_of: Id | None = None
    adjective_of: Id | None = None

    @field_validator("aliases", mode="before")
    @classmethod
    def _plain_names_are_aliases(cls, given: Any) -> Any:
        if not isinstance(given, list | tuple):
            return given
        return tuple({"name": it} if isinstance(it, str) else it for it in given)

    @field_validator("iso")
    @classmethod
    def _is_a_code_of_iso_3166(cls, code: str | None) -> str | None:
        from pycountry import countries, historic_countries

        if code and not countries.get(alpha_3=code) and not historic_countries.get(alpha_4=code):
            raise ValueError(f"{code!r} is no code of ISO 3166-1 (three letters) or 3166-3 (four)")
        return code

    @property
    def stands_for(self) -> str | None:
        """The actor that a capital, a seat or an adjective counts for."""
        return self.metonym_of or self.adjective_of

    def names(self) -> Iterator[Alias]:
        """Every name with its conditions, the canonical one first."""
        yield Alias(name=self.name)
        yield from self.aliases
        yield from (Alias(name=it, case="exact") for it in self.acronyms)


class Group(_Strict):
    """Entities that are counted together, such as the members of an organisation."""

    id: Id
    name: Text
    members: Annotated[tuple[Id, ...], Field(strict=False, min_length=1)]


class Registry(_Strict):
    """The whole of entities.yaml."""

    entities: Annotated[tuple[Entity, ...], Field(strict=False)]
    groups: Annotated[tuple[Group, ...], Field(strict=False)] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Entity]:
        return {it.id: it for it in self.entities}

    @cached_property
    def proper_names(self) -> frozenset[str]:
        """All names that are written with capitals; of the short forms those with more than one capital."""
        names = [alias for it in self.entities for alias in it.names()]
        return frozenset(it.name for it in names if it.case == "any" or sum(map(str.isupper, it.name)) > 1)

    def actor_of(self, entity_id: str) -> str:
        """Who is meant where capitals, seats and adjectives count for their state: an id, maybe the same."""
        while (entity := self.by_id.get(entity_id)) and (above := entity.stands_for):
            entity_id = above
        return entity_id

    @model_validator(mode="after")
    def _names_point_to_one_entity(self) -> "Registry":
        problems = [
            *_doubled("entities", self.entities),
            *_doubled("groups", self.groups),
            *self._doubled_names(),
            *self._unknown_references(),
            *self._circles(),
        ]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _doubled_names(self) -> Iterator[str]:
        """Names that would point to two entities wherever they stand."""
        owners: dict[str, list[tuple[int, Alias]]] = {}
        for number, entity in enumerate(self.entities):
            for alias in entity.names():
                others = owners.setdefault(alias.name.casefold(), [])
                for other, known in others:
                    if other != number and alias.meets(known):
                        places = _place("entities", self.entities, other, number)
                        yield f"{alias.name!r} names both {places}: give one of them a condition"
                        break
                others.append((number, alias))

    def _unknown_references(self) -> Iterator[str]:
        for entity in self.entities:
            for other in (entity.metonym_of, entity.adjective_of):
                if other is not None and other not in self.by_id:
                    yield f"{entity.id!r} refers to {other!r}, which is not in the list"
        for group in self.groups:
            yield from (
                f"group {group.id!r} has member {it!r}, which is not in the list"
                for it in group.members
                if it not in self.by_id
            )

    def _circles(self) -> Iterator[str]:
        for entity in self.entities:
            seen = [entity.id]
            while (known := self.by_id.get(seen[-1])) and (above := known.stands_for):
                if above in seen:
                    yield f"{entity.id!r} stands for itself, through {', '.join(map(repr, seen[1:])) or 'itself'}"
                    break
                seen.append(above)


def _doubled(key: str, entries: Sequence[Entity] | Sequence[Group]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries):
        if (first := seen.setdefault(entry.id, number)) != number:
            yield f"id {entry.id!r} used twice: {_place(key, entries, first, number)}"


def _place(key: str, entries: Sequence[Entity] | Sequence[Group], first: int, second: int) -> str:
    """Both entries, so that they can be found: `entities[3] 'un' and entities[8] 'who'`."""
    return " and ".join(f"{key}[{number + 1}] {entries[number].id!r}" for number in (first, second))
