"""The spaCy pipeline and the entity registry, working together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nlp.errors import ConfigError
from nlp.registry import Entity, Registry

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Span

_ARTICLES = {"the", "a", "an"}
_POSSESSIVES = {"'s", "’s", "'", "’"}


class Mention(NamedTuple):
    """A named entity: token positions in its Doc, and what is known of it."""

    start: int
    end: int
    label: str
    entity: Entity | None  # None if the registry does not list it


@dataclass(frozen=True)
class Annotator:
    """A spaCy pipeline with the names of a registry compiled to phrase patterns."""

    language: Language
    matcher: PhraseMatcher
    entities: Mapping[str, Entity]
    any_case: frozenset[tuple[str, str]]  # (entity id, name in lower case)
    exact: frozenset[tuple[str, str]]  # (entity id, name)

    def mentions(self, doc: Doc, labels: Mapping[str, str]) -> list[Mention]:
        """Named entities in order, without overlap: the longest name wins, then the registry.

        `labels` says which labels of the model are kept and what they are called here.
        """
        found = [
            Mention(start, end, self.entities[entity_id].label, self.entities[entity_id])
            for entity_id, start, end in self._listed(doc)
        ]
        found += [
            Mention(*_trimmed(span), labels[span.label_], None)
            for span in doc.ents
            if span.label_ in labels
        ]
        found.sort(key=lambda it: (it.start - it.end, it.entity is None, it.start))
        taken: set[int] = set()
        kept = []
        for mention in found:
            tokens = range(mention.start, mention.end)
            if doc[mention.start : mention.end].text.strip() and taken.isdisjoint(tokens):
                taken.update(tokens)
                kept.append(mention)
        return sorted(kept)

    def _listed(self, doc: Doc) -> Iterator[tuple[str, int, int]]:
        for key, start, end in self.matcher(doc):
            entity_id, span = self.language.vocab.strings[key], doc[start:end]
            if (entity_id, span.text) in self.exact or (
                (entity_id, span.text.lower()) in self.any_case and _is_name(span)
            ):
                yield entity_id, start, end


def _is_name(span: Span) -> bool:
    """A single word without any capital must at least be used as a name: `the west` is no actor."""
    return len(span) > 1 or not span.text.islower() or span[0].pos_ == "PROPN"


def _trimmed(span: Span) -> tuple[int, int]:
    """The span without a leading article and a trailing possessive."""
    start, end = span.start, span.end
    while start < end and span.doc[start].lower_ in _ARTICLES:
        start += 1
    while start < end and span.doc[end - 1].lower_ in _POSSESSIVES:
        end -= 1
    return start, end


@lru_cache(maxsize=2)
def load(name: str, registry: Registry) -> Annotator:
    """Load the spaCy pipeline and compile the registry; kept, for both take a while."""
    import spacy  # 0.5 s and 300 MB: only where text is annotated
    from spacy.matcher import PhraseMatcher

    try:
        language = spacy.load(name)
    except (OSError, TypeError, AttributeError):  # the last two: a package of another kind
        raise ConfigError(
            f"{name!r} is not an installed spaCy pipeline",
            where="configs/params.yaml: annotate.language",
            hint="install it with pip, or name another one",
        ) from None
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    any_case: set[tuple[str, str]] = set()
    exact: set[tuple[str, str]] = set()
    for entity in registry.entities:
        for listed, capitals_count in entity.names():
            for variant in {listed, listed.replace("'", "’"), listed.replace("’", "'")}:
                matcher.add(entity.id, [language.make_doc(variant)])
                name_of = exact if capitals_count else any_case
                name_of.add((entity.id, variant if capitals_count else variant.lower()))
    by_id = {entity.id: entity for entity in registry.entities}
    return Annotator(language, matcher, by_id, frozenset(any_case), frozenset(exact))
