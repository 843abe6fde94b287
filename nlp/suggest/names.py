"""Names in the texts that the registry does not list, and the entities that it could learn from them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple, TypeVar

import pandas as pd

from nlp.registry import Alias, Entity, Registry
from nlp.slugs import slug
from nlp.tables.names import CITED, UNLISTED

_LONGEST = 60  # characters of an id
_ACRONYM = re.compile(r"[^\W\d_][\w.&/-]{1,9}")

IsWord = Callable[[str], bool]


class Place(NamedTuple):
    """Where a name stands: a sentence, and the stretch of the clean text."""

    doc_id: str
    sent_id: int
    start: int
    end: int


Counted = TypeVar("Counted", str, tuple[str, str])


@dataclass
class Name:
    """All mentions of one name that the registry does not list."""

    names: Counter[str] = field(default_factory=Counter)
    sorts: Counter[tuple[str, str]] = field(default_factory=Counter)  # label and kind
    forms: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)

    @property
    def name(self) -> str:
        return _most(self.names)

    @property
    def rank(self) -> tuple[int, str]:
        """The most frequent first."""
        return -len(self.places), self.name


class Suggestion(NamedTuple):
    """An entity for the registry, with what speaks for it and what is to be kept in mind."""

    entity: Entity
    places: Sequence[Place]
    remarks: tuple[str, ...]
    owner: str  # the entity that has the name already, so that it cannot be accepted; mostly empty

    @property
    def documents(self) -> int:
        return len({it.doc_id for it in self.places})


class Unlisted(NamedTuple):
    """The names that the registry does not list, most frequent first, and how many are left out."""

    names: list[Name]
    cited: int  # only found as authors of cited works
    learnt: int  # listed by now, but the texts have not been linked anew


def unlisted(entities: pd.DataFrame, registry: Registry) -> Unlisted:
    """Names to learn, from table `entities` of the whole corpus."""
    rows = entities[entities["entity_id"].str.startswith(UNLISTED)]
    named = rows[rows["kind"] != CITED]
    found: dict[str, Name] = {}
    columns = ["entity_id", "entity", "label", "kind", "text", *Place._fields]
    for entity_id, name, label, kind, text, *place in named[columns].itertuples(index=False, name=None):
        it = found.setdefault(entity_id, Name())
        for counted, value in ((it.names, name), (it.forms, text)):
            counted[" ".join(value.split())] += 1
        it.sorts[label, kind] += 1
        it.places.append(Place(*place))
    fixed = _Owners(alias for it in registry.entities for alias in _unconditional(it))
    new = [it for it in found.values() if not fixed.of(Alias(name=it.name, case="exact"))]
    cited = rows["entity_id"].nunique() - len(found)
    return Unlisted(sorted(new, key=lambda it: it.rank), cited, len(found) - len(new))


def _unconditional(entity: Entity) -> Iterator[tuple[str, Alias]]:
    return ((entity.id, it) for it in entity.names() if not it.if_defined and it.language is None)


class _Owners:
    """Who goes by which name."""

    def __init__(self, names: Iterable[tuple[str, Alias]]) -> None:
        self._by_name: dict[str, list[tuple[str, Alias]]] = {}
        for owner, alias in names:
            self.add(owner, alias)

    def add(self, owner: str, alias: Alias) -> None:
        self._by_name.setdefault(alias.plain, []).append((owner, alias))

    def of(self, alias: Alias) -> str:
        """Somebody who goes by a name that cannot be told apart from this one, or ""."""
        others = self._by_name.get(alias.plain, ())
        return next((owner for owner, other in others if alias.meets(other)), "")


def suggestions(names: Iterable[Name], registry: Registry, is_word: IsWord) -> Iterator[Suggestion]:
    """Entities that the registry can take, one after the other; names go to who is named first.

    `is_word` tells whether a form with capitals is a common word when it is written small.
    """
    owners = _Owners((it.id, alias) for it in registry.entities for alias in it.names())
    ids = set(registry.by_id)
    for it in names:
        owner = owners.of(Alias(name=it.name))
        aliases, remarks = _aliases(it, owners, is_word)
        entity = _entity(it, aliases, ids)
        ids.add(entity.id)
        if not owner:
            for alias in entity.names():
                owners.add(entity.id, alias)
        yield Suggestion(entity, it.places, tuple(remarks), owner)


def _entity(it: Name, aliases: Sequence[Alias], ids: set[str]) -> Entity:
    label, kind = _most(it.sorts)
    stem = slug(it.name)[:_LONGEST].strip("-") or slug(label) or "name"
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return Entity.model_validate(
        {
            "id": next(name for name in candidates if name not in ids),
            "name": it.name,
            "label": label,
            "kind": kind,
            "aliases": [alias for alias in aliases if not _is_acronym(alias)],
            "acronyms": [alias.name for alias in aliases if _is_acronym(alias)],
        }
    )


def _aliases(it: Name, owners: _Owners, is_word: IsWord) -> tuple[list[Alias], list[str]]:
    """The other forms of a name with their conditions, and remarks on those that are doubtful."""
    canonical = Alias(name=it.name)
    kept, remarks = [canonical], []
    if " " not in it.name and is_word(it.name):
        remarks.append(f"{it.name!r} is also a common word: a longer name would be safer")
    for form, _ in sorted(it.forms.items(), key=lambda pair: (-pair[1], pair[0])):
        alias = _alias(form, it, is_word)
        if any(_covers(known, alias) for known in kept):
            continue
        if owner := owners.of(alias):
            remarks.append(f"{form!r} is left out: it is a name of {owner!r}")
        else:
            kept.append(alias)
    return kept[1:], remarks


def _covers(known: Alias, alias: Alias) -> bool:
    return alias.plain == known.plain and (known.case == "any" or alias.name == known.name)


def _alias(form: str, it: Name, is_word: IsWord) -> Alias:
    """A single word needs care: a surname the full name beside it, a common word its capitals."""
    single = " " not in form
    short = single and _ACRONYM.fullmatch(form) is not None and form.isupper()
    word = single and not form.islower() and is_word(form)
    return Alias(
        name=form,
        case="exact" if short or word else "any",
        if_defined=single and not short and _most(it.sorts)[1] == "person",
    )


def _is_acronym(alias: Alias) -> bool:
    return alias.case == "exact" and alias.name.isupper() and not alias.if_defined


def _most(counted: Counter[Counted]) -> Counted:
    return min(counted, key=lambda it: (-counted[it], it))
