"""Whom or what every mention stands for."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from nlp import tables
from nlp.entities.people import People, Person, is_full
from nlp.params import EntitiesParams
from nlp.registry import Registry
from nlp.tables.names import CITED, UNLISTED


class Link(NamedTuple):
    """What a mention is linked to, how, and how far that is trusted: a key of `params.trust`."""

    entity_id: str
    entity: str
    linked_by: str
    trust: str


def link(mentions: pd.DataFrame, registry: Registry, params: EntitiesParams) -> pd.DataFrame:
    """Table `entities`: every mention with its entity.

    A surname is linked to the one person of that name in the document, or else in the corpus. A bare
    surname of the author of a cited work is not looked for elsewhere: many scholars share one.
    """
    rows = list(mentions.itertuples(index=False))
    usual = _usual_forms(row.long_form or row.text for row in rows if not row.entity_id)
    by_document = {doc_id: _people(own, registry, usual) for doc_id, own in _grouped(rows).items()}
    everywhere = People(_full_names(rows, registry, usual))
    linked = ((row, _link(row, by_document[row.doc_id], everywhere, registry, usual)) for row in rows)
    return tables.make("entities", (_entity(row, it, registry, params) for row, it in linked))


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.doc_id, []).append(row)
    return found


class _Cast(NamedTuple):
    """Who takes part in a document."""

    people: People
    named: frozenset[str]  # ids of listed entities that are named other than as author of a work


def _people(rows: list[Any], registry: Registry, usual: Mapping[str, str]) -> _Cast:
    named = frozenset(row.entity_id for row in rows if row.entity_id and not row.cited)
    return _Cast(People(_full_names(rows, registry, usual)), named)


def _full_names(
    rows: Iterable[Any], registry: Registry, usual: Mapping[str, str]
) -> Iterator[tuple[str, Person]]:
    for row in rows:
        if row.label != "PERSON":
            continue
        if row.entity_id:
            name = registry.by_id[row.entity_id].name
            yield name, Person(row.entity_id, name)
        elif is_full(row.text):
            name = usual[_key(row.text)]
            yield row.text, Person(_unlisted(name), name)


def _link(row: Any, cast: _Cast, everywhere: People, registry: Registry, usual: Mapping[str, str]) -> Link:
    if row.entity_id and (not row.cited or is_full(row.text) or row.entity_id in cast.named):
        how = "abbreviation" if row.found_by == "abbreviation" else "alias"
        return Link(row.entity_id, registry.by_id[row.entity_id].name, how, how)
    if row.label == "PERSON" and not row.entity_id and (found := _person(row, cast.people, everywhere)):
        return found
    name = usual.get(_key(row.long_form or row.text), row.text)
    how = "abbreviation" if row.long_form else "model"
    return Link(_unlisted(name), name, how, how)


def _person(row: Any, people: People, everywhere: People) -> Link | None:
    """Who is meant by a name that the registry does not decide, if it is explained by another one.

    The document knows best; but whom it never names more fully than `V. Karlsson` may be somebody
    whom another document names in full.
    """
    here = people.called(row.text)
    if here is None and row.cited:
        return None
    person = everywhere.called(here.name if here else row.text) or here
    if person is None or _key(person.name) == _key(row.text):
        return None
    trust = "surname" if here and _key(here.name) != _key(row.text) else "elsewhere"
    return Link(person.entity_id, person.name, "surname", trust)


def _entity(row: Any, link: Link, registry: Registry, params: EntitiesParams) -> tuple[object, ...]:
    listed = registry.by_id.get(link.entity_id)
    kind = listed.kind if listed else params.kinds[row.label]
    return (
        *row[:8],
        CITED if row.cited else kind,
        link.entity_id,
        link.entity,
        (listed and listed.metonym_of) or "",
        (listed and listed.adjective_of) or "",
        registry.actor_of(link.entity_id),
        link.linked_by,
        params.trust[link.trust],  # type: ignore[index]
    )


def _usual_forms(names: Iterable[str]) -> dict[str, str]:
    """The most frequent way of writing each name: of `State Duma` and `state Duma`, the first."""
    votes: dict[str, Counter[str]] = {}
    for name in names:
        votes.setdefault(_key(name), Counter())[name] += 1
    return {key: min(forms, key=lambda it: (-forms[it], it)) for key, forms in votes.items()}


def _key(name: str) -> str:
    """What forms of a name have in common: small letters, no accents, no hyphens, no possessive."""
    plain = "".join(it for it in unicodedata.normalize("NFKD", name) if not unicodedata.combining(it))
    return re.sub(r"[^\w]+", " ", plain.casefold()).strip()


def _unlisted(name: str) -> str:
    return UNLISTED + re.sub(r"\W+", "-", _key(name)).strip("-")
