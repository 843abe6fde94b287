"""Who is named in a sentence, as the tables count it: capitals, seats and adjectives for their actor."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.registry import Registry
from nlp.report.evidence.offsets import to_utf16
from nlp.report.evidence.split import ByDocument
from nlp.tables.names import CITED

_COLUMNS = ["doc_id", "sent_id", "start", "end", "kind", "entity", "actor_id"]


class Actor(NamedTuple):
    """Who is meant; a cited author is another than the same person as an actor."""

    actor_id: str
    name: str
    kind: str
    groups: Sequence[str]


class Named(NamedTuple):
    """The actors of a document, and by sentence the places and numbers of those that it names."""

    actors: Sequence[Actor]
    by_sentence: Mapping[int, Sequence[tuple[int, int, int]]]  # start and end in the clean text; actor


class Names:
    """All mentions, with the registry's names, kinds and groups for those that it lists."""

    def __init__(self, entities: pd.DataFrame, registry: Registry) -> None:
        self._mentions = ByDocument(entities, _COLUMNS)
        self._registry = registry
        self._groups = _groups(registry)
        self._unlisted: dict[str, str] = {}  # one name for all documents, as in the tables
        known = entities[["actor_id", "entity"]].drop_duplicates().sort_values(["actor_id", "entity"])
        for actor_id, name in known.itertuples(index=False):
            self._unlisted.setdefault(actor_id, name)

    def of(self, doc_id: str) -> Named:
        """Whom the document names, in the order of its mentions."""
        numbers: dict[tuple[str, str], int] = {}
        by_sentence = defaultdict(list)
        for it in self._mentions[doc_id].sort_values("start").itertuples(index=False):
            key = str(it.actor_id), self._kind(it)
            number = numbers.setdefault(key, len(numbers))
            by_sentence[int(it.sent_id)].append((int(it.start), int(it.end), number))
        return Named([self._actor(*key) for key in numbers], by_sentence)

    def _kind(self, mention: Any) -> str:
        known = self._registry.by_id.get(mention.actor_id)
        return str(known.kind if known and mention.kind != CITED else mention.kind)

    def _actor(self, actor_id: str, kind: str) -> Actor:
        known = self._registry.by_id.get(actor_id)
        name = known.name if known else self._unlisted[actor_id]
        return Actor(actor_id, name, kind, [] if kind == CITED else self._groups.get(actor_id, []))


def _groups(registry: Registry) -> dict[str, list[str]]:
    """The groups of each actor, in the order of the registry."""
    found: dict[str, list[str]] = {}
    for group in registry.groups:
        for actor_id in dict.fromkeys(map(registry.actor_of, group.members)):
            found.setdefault(actor_id, []).append(group.name)
    return found


def places(text: str, start: int, mentions: Sequence[tuple[int, int, int]]) -> list[list[int]]:
    """Mentions by their places in the text of their sentence, which begins at `start`."""
    return [
        [to_utf16(text, first - start), to_utf16(text, min(last - start, len(text))), actor]
        for first, last, actor in mentions
    ]
