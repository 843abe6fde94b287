"""Named entities: what the model, the registry and the document itself say, put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from nlp.annotate.authors import again, cited
from nlp.annotate.definitions import by_definition, short_forms, votes_for_labels
from nlp.annotate.mention import Mention, mention_of, without_overlap
from nlp.annotate.names import Listed, Names
from nlp.params import AnnotateParams

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_RANK = {"registry": 0, "abbreviation": 1, "citation": 2}  # who decides about the same words


class Found(NamedTuple):
    """The mentions of a paragraph: by everything together, and by the model alone."""

    together: list[Mention]
    by_model: list[Mention]


def find_mentions(
    docs: Sequence[Doc], text: str, written_in: str, names: Names, params: AnnotateParams
) -> list[Found]:
    """Mentions in the paragraphs of one document, in their order.

    `text` is the whole of the document: abbreviations may be defined in places that are not annotated.
    """
    by_model = [_by_model(doc, params) for doc in docs]
    authors = [cited(doc, own, names, params.titles) for doc, own in zip(docs, by_model, strict=True)]
    listed = [names.find(doc, written_in) for doc in docs]
    in_full = {entity.id for own in listed for it in own for entity in it.entities(())}
    votes = votes_for_labels(_spans(docs, by_model))
    known = short_forms(text, votes, names)
    surnames = {span.text for span, label in _spans(docs, authors) if label == "PERSON"}
    found = []
    for doc, own, cites, names_of_all in zip(docs, by_model, authors, listed, strict=True):
        meant = {**known, **short_forms(doc.text, votes, names)}  # the nearest definition counts
        told = [*_by_registry(names_of_all, in_full), *by_definition(doc, meant), *again(doc, surnames)]
        found.append(Found(_together(doc, [*cites, *told], own), own))  # a citation knows more of a name
    return found


def _by_model(doc: Doc, params: AnnotateParams) -> list[Mention]:
    """The model's mentions, under the labels used here."""
    found = (
        mention_of(ent, params.labels[ent.label_], "model", titles=params.titles)
        for ent in doc.ents
        if ent.label_ in params.labels
    )
    return [it for it in found if it]


def _spans(docs: Sequence[Doc], mentions: Sequence[Sequence[Mention]]) -> list[tuple[Span, str]]:
    return [
        (doc[it.start : it.end], it.label) for doc, own in zip(docs, mentions, strict=True) for it in own
    ]


def _by_registry(found: Sequence[Listed], in_full: set[str]) -> Iterator[Mention]:
    """Names with the entity that they stand for; without one where several could be meant."""
    for it in found:
        if entities := it.entities(in_full):
            only = entities[0].id if len(entities) == 1 else ""
            yield Mention(it.start, it.end, entities[0].label, "registry", only)


def _together(doc: Doc, sure: Sequence[Mention], by_model: Sequence[Mention]) -> list[Mention]:
    """All mentions without overlap: the registry decides, unless the model has a longer name around it.

    The model's span counts as longer name only if it has a name-like word beside what is known:
    `French Academy of Sciences`, but not `France and Spain`.
    """
    citing = {it[:2] for it in sure if it.cited}
    known = without_overlap(sorted(sure, key=lambda it: (it.start - it.end, _RANK[it.found_by], it.start)))
    known = [it._replace(cited=it.label == "PERSON" and it[:2] in citing) for it in known]
    owner = {token: it for it in known for token in range(it.start, it.end)}
    wider = [it for it in by_model if _is_wider(doc, it, owner)]
    return sorted(without_overlap([*wider, *known, *by_model]))


def _is_wider(doc: Doc, span: Mention, owner: Mapping[int, Mention]) -> bool:
    tokens = range(span.start, span.end)
    inside = {owner[it] for it in tokens if it in owner}
    if not inside or any(it.start < span.start or it.end > span.end for it in inside):
        return False
    rest = [doc[it] for it in tokens if it not in owner]
    return any(it.text[0].isupper() and it.pos_ == "PROPN" for it in rest)
