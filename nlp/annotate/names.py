"""The names of the registry, compiled to phrase patterns, and which of them count where."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nlp.annotate.mention import without_overlap
from nlp.registry import Alias, Entity, Registry, plain, straight

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Span


class Listed(NamedTuple):
    """Words that the registry lists: token positions, and whose names they are under which condition."""

    start: int
    end: int
    owners: tuple[tuple[Entity, Alias], ...]

    def entities(self, in_full: Collection[str]) -> list[Entity]:
        """Whose name it is, given the ids of the entities that the document names in full."""
        return [entity for entity, alias in self.owners if not alias.if_defined or entity.id in in_full]


@dataclass(frozen=True)
class Names:
    """All names of a registry. They are phrase patterns, for patterns of tokens take five times as long."""

    matcher: PhraseMatcher
    owners: Mapping[str, tuple[tuple[Entity, Alias], ...]]  # by Alias.plain

    @classmethod
    def of(cls, registry: Registry, language: Language) -> Names:
        from spacy.matcher import PhraseMatcher

        owners: dict[str, tuple[tuple[Entity, Alias], ...]] = {}
        forms: set[str] = set()
        for entity in registry.entities:
            for alias in entity.names():
                owners[alias.plain] = (*owners.get(alias.plain, ()), (entity, alias))
                forms |= {straight(alias.name), alias.name.replace("'", "’")}
        matcher = PhraseMatcher(language.vocab, attr="LOWER")
        matcher.add("name", list(language.tokenizer.pipe(sorted(forms))))
        return cls(matcher, owners)

    def find(self, doc: Doc, written_in: str) -> list[Listed]:
        """Words that are a name of some entity, by case and language; the longest ones, in order."""
        found = (self._listed(doc[start:end], written_in) for _, start, end in self.matcher(doc))
        longest = sorted((it for it in found if it.owners), key=lambda it: (it.start - it.end, it.start))
        return sorted(without_overlap(longest))

    def called(self, name: str) -> Entity | None:
        """The entity that goes by this name whatever the document, if it is only one."""
        owners = {entity.id: entity for entity, it in self.owners.get(plain(name), ()) if not it.if_defined}
        return next(iter(owners.values())) if len(owners) == 1 else None

    def _listed(self, span: Span, written_in: str) -> Listed:
        owners = self.owners.get(plain(span.text), ())
        counting = (it for it in owners if _counts(it[1], span, written_in))
        return Listed(span.start, span.end, tuple(counting))


def _counts(alias: Alias, span: Span, written_in: str) -> bool:
    """A single word without any capital must at least be used as a name: `the west` is no actor."""
    if alias.language not in (None, written_in):
        return False
    if alias.case == "exact":
        return straight(span.text) == straight(alias.name)
    return len(span) > 1 or not span.text.islower() or span[0].pos_ == "PROPN"
