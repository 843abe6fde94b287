"""Entities as data: configs/entities.yaml."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from nlp.errors import entry, listed

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

    @property
    def plain(self) -> str:
        return plain(self.name)

    def meets(self, other: "Alias") -> bool:
        """Whether both can stand for the same words in the same document with nothing to decide by."""
        if self.plain != other.plain or (self.if_defined and other.if_defined):
            return False
        if self.case == other.case == "exact" and straight(self.name) != straight(other.name):
            return False
        return self.language == other.language or self.language is None or other.language is None


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
        if code is None:
            return None
        from pycountry import countries, historic_countries

        known = countries.get(alpha_3=code) or historic_countries.get(alpha_4=code)  # in any capitals
        if not known or not code.isupper():
            raise ValueError(f"{code!r} is no code of ISO 3166-1 (three capitals) or 3166-3 (four)")
        return code

    @model_validator(mode="after")
    def _stands_for_one(self) -> "Entity":
        if self.metonym_of and self.adjective_of:
            raise ValueError("metonym_of and adjective_of together: name one of them")
        return self

    @property
    def stands_for(self) -> str | None:
        """The actor that a capital, a seat or an adjective counts for."""
        return self.metonym_of or self.adjective_of

    def names(self) -> Iterator[Alias]:
        """Every name with its conditions, the canonical one first."""
        yield Alias(name=self.name)
        yield from self.aliases
        yield from (Alias(name=it, case="exact") for it in self.acronyms)

    def keys(self) -> Iterator[str]:
        """Where in the entry each of these names is written; for the canonical one, the entry itself."""
        yield ""
        yield from (f".aliases[{number}]" for number in range(1, len(self.aliases) + 1))
        yield from (f".acronyms[{number}]" for number in range(1, len(self.acronyms) + 1))


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
        """Who is meant where capitals, seats and adjectives count for their state: maybe itself."""
        while (entity := self.by_id.get(entity_id)) and (above := entity.stands_for):
            entity_id = above
        return entity_id

    @model_validator(mode="after")
    def _names_point_to_one_entity(self) -> "Registry":
        problems = [
            *_doubled("id", "entities", [(it.id, it.id) for it in self.entities]),
            *_doubled("iso code", "entities", [(it.iso, it.id) for it in self.entities]),
            *_doubled("id", "groups", [(it.id, it.id) for it in self.groups]),
            *_doubled("name", "groups", [(it.name, it.id) for it in self.groups]),
            *self._doubled_names(),
            *self._unknown_references(),
            *self._unknown_members(),
            *self._circles(),
        ]
        if problems:
            raise ValueError(listed(problems))
        return self

    def _doubled_names(self) -> Iterator[str]:
        """Names that would point to two entities wherever they stand."""
        owners: dict[str, list[tuple[str, str, Alias]]] = {}
        for number, entity in enumerate(self.entities):
            for key, alias in zip(entity.keys(), entity.names(), strict=True):
                others = owners.setdefault(alias.plain, [])
                met = (it for it in others if it[0] != entity.id and alias.meets(it[2]))
                place = f"entities[{number + 1}]{key} {entity.id!r}"
                if other := next(met, None):
                    yield f"{alias.name!r} names both {other[1]} and {place}: give one of them a condition"
                others.append((entity.id, place, alias))

    def _unknown_references(self) -> Iterator[str]:
        for number, it in enumerate(self.entities):
            for other in (it.metonym_of, it.adjective_of):
                if other is not None and other not in self.by_id:
                    where = entry("entities", number, it.id)
                    yield f"{where} refers to {other!r}, which is not in the list"

    def _unknown_members(self) -> Iterator[str]:
        for number, group in enumerate(self.groups):
            for place, member in enumerate(group.members):
                if member not in self.by_id:
                    where = f"groups[{number + 1}].members[{place + 1}] {member!r}"
                    yield f"{where} is not in the list of entities"

    def _circles(self) -> Iterator[str]:
        for number, it in enumerate(self.entities):
            seen = [it.id]
            while (known := self.by_id.get(seen[-1])) and (above := known.stands_for):
                if above in seen:
                    through = ", ".join(map(repr, seen[1:])) or "itself"
                    yield f"{entry('entities', number, it.id)} stands for itself, through {through}"
                    break
                seen.append(above)


def _doubled(what: str, key: str, told: Sequence[tuple[str | None, str]]) -> Iterator[str]:
    """Values that two entries share though they must differ. `told`: value and id of each entry."""
    first: dict[str, str] = {}
    for number, (value, name) in enumerate(told):
        if value is None:
            continue
        place = entry(key, number, name)
        if (before := first.setdefault(value, place)) != place:
            yield f"{what} {value!r} used twice: {before} and {place}"


def plain(name: str) -> str:
    """The name as names are looked up: in small letters, with straight apostrophes."""
    return straight(name).casefold()


def straight(text: str) -> str:
    """The text with straight apostrophes."""
    return text.replace("’", "'")
