"""Named entities: what the model, the registry and the document itself say, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from nlp.annotate import citations
from nlp.annotate.definitions import Definition, defined
from nlp.annotate.names import Listed, Names
from nlp.params import AnnotateParams

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_ARTICLES = frozenset({"the", "a", "an"})
_ENDS_WITH_NUMBER = frozenset({"EVENT", "LAW", "WORK", "ORG"})  # `Resolution 1973`, `Group of 77`


class Mention(NamedTuple):
    """A named entity: token positions in its paragraph, and what is known of it."""

    start: int
    end: int
    label: str
    found_by: str
    entity_id: str = ""  # empty if the registry does not decide
    long_form: str = ""
    cited: bool = False


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
    listed = [names.find(doc, written_in) for doc in docs]
    in_full = {
        entity.id for found in listed for it in found for entity, alias in it.owners if not alias.if_defined
    }
    short_forms = _short_forms(defined(text), docs, by_model, names)
    cited = [list(_cited(doc, own, names)) for doc, own in zip(docs, by_model, strict=True)]
    authors = {docs[number][it.start : it.end].text for number, own in enumerate(cited) for it in own}
    return [
        Found(
            _together(
                doc,
                [
                    *own_cited,  # first: they know more of a listed name
                    *_by_registry(found, in_full),
                    *_by_definition(doc, short_forms),
                    *_authors_again(doc, authors),
                ],
                own,
            ),
            own,
        )
        for doc, found, own, own_cited in zip(docs, listed, by_model, cited, strict=True)
    ]


def _by_model(doc: Doc, params: AnnotateParams) -> list[Mention]:
    """The model's mentions under the labels used here, without article, title and possessive."""
    found = (
        (params.labels[ent.label_], _trimmed(ent, params.labels[ent.label_], params.titles))
        for ent in doc.ents
        if ent.label_ in params.labels
    )
    return [Mention(span.start, span.end, label, "model") for label, span in found if _is_name(span, label)]


def _trimmed(span: Span, label: str, titles: frozenset[str]) -> Span:
    start, end = span.start, span.end
    doc = span.doc
    while start < end and (_is_edge(doc[start].text) or doc[start].lower_ in _ARTICLES):
        start += 1
    while label == "PERSON" and start < end - 1 and doc[start].text.rstrip(".") in titles:
        start += 1
    while start < end and (
        _is_edge(doc[end - 1].text) or (doc[end - 1].text.isdigit() and label not in _ENDS_WITH_NUMBER)
    ):
        end -= 1
    return doc[start:end]


def _is_edge(text: str) -> bool:
    """Whether a token is no part of a name at its end: punctuation and the possessive."""
    return text in ("'s", "’s") or not any(map(str.isalnum, text))


def _is_name(span: Span, label: str) -> bool:
    return any(map(str.isupper, span.text)) or (label == "NORP" and any(map(str.isalpha, span.text)))


def _by_registry(found: Sequence[Listed], in_full: set[str]) -> Iterator[Mention]:
    """Names with the entity that they stand for; without one where several could be meant."""
    for it in found:
        if entities := it.entities(in_full):
            only = entities[0].id if len(entities) == 1 else ""
            yield Mention(it.start, it.end, entities[0].label, "registry", only)


def _short_forms(
    known: Mapping[str, Definition],
    docs: Sequence[Doc],
    by_model: Sequence[Sequence[Mention]],
    names: Names,
) -> dict[str, Mention]:
    """What every abbreviation of the document stands for: a mention to be put where it occurs."""
    votes: dict[str, Counter[str]] = {}
    for doc, own in zip(docs, by_model, strict=True):
        for it in own:
            votes.setdefault(doc[it.start : it.end].text, Counter())[it.label] += 1
    found = {}
    for short, definition in known.items():
        if entity := names.called(definition.long):
            found[short] = Mention(0, 1, entity.label, "abbreviation", entity.id, definition.long)
        elif said := votes.get(definition.long, Counter()) + votes.get(short, Counter()):
            found[short] = Mention(0, 1, _most(said), "abbreviation", "", definition.long)
    return found


def _most(votes: Counter[str]) -> str:
    return min(votes, key=lambda label: (-votes[label], label))


def _by_definition(doc: Doc, short_forms: Mapping[str, Mention]) -> Iterator[Mention]:
    for token in doc:
        if known := short_forms.get(token.text):
            yield known._replace(start=token.i, end=token.i + 1)


def _cited(doc: Doc, by_model: Sequence[Mention], names: Names) -> Iterator[Mention]:
    """Authors of works cited by year, and the organisations that are cited like authors."""
    model = {token: it for it in by_model for token in range(it.start, it.end)}
    for start, end in citations.in_brackets(doc.text):
        span = doc.char_span(start, end, alignment_mode="contract")
        if span and (mention := _author(span, model.get(span.start, _NOBODY), names)):
            yield mention
    for start, end in citations.in_sentences(doc.text):
        span = doc.char_span(start, end, alignment_mode="contract")
        while span and span[0].pos_ != "PROPN":
            span = span[1:]
        known = model.get(span.start, _NOBODY) if span else None
        if known and known.label in ("PERSON", "ORG", ""):
            mention = _author(span, known, names)
            if mention and mention.label == "PERSON":
                yield mention


_NOBODY = Mention(0, 0, "", "model")


def _author(span: Span, by_model: Mention, names: Names) -> Mention | None:
    """A person, unless the registry or the form of the name tells of something else."""
    span = _trimmed(span, "PERSON", frozenset())
    if not span or not _is_name(span, "PERSON"):
        return None
    if entity := names.called(span.text):
        label, entity_id = entity.label, entity.id
        if label not in ("PERSON", "ORG"):
            return None
    else:
        label, entity_id = _label_of_author(span, by_model), ""
    by = "registry" if entity_id else "citation"
    return Mention(span.start, span.end, label, by, entity_id, cited=label == "PERSON")


def _label_of_author(span: Span, by_model: Mention) -> str:
    words = [token.text for token in span if token.text[0].isalpha()]
    if len(words) == 1:
        return "ORG" if words[0].isupper() and len(words[0]) > 1 else "PERSON"
    return "PERSON" if by_model.label == "PERSON" else "ORG"


def _authors_again(doc: Doc, authors: set[str]) -> Iterator[Mention]:
    """Names of authors whom the document cites, where it mentions them without a year."""
    for token in doc:
        if token.text in authors and token.pos_ == "PROPN":
            yield Mention(token.i, token.i + 1, "PERSON", "citation")


def _together(doc: Doc, sure: Sequence[Mention], by_model: Sequence[Mention]) -> list[Mention]:
    """All mentions without overlap: the registry decides, unless the model has a longer name around it.

    The model's span counts as longer name only if it has a name-like word beside what is known:
    `Russian Academy of Sciences`, but not `Russia and China`.
    """
    order = {"registry": 0, "abbreviation": 1, "citation": 2}
    known = _without_overlap(sorted(sure, key=lambda it: (it.start - it.end, order[it.found_by], it.start)))
    wider = [it for it in by_model if _is_wider(doc, it, known)]
    return sorted(_without_overlap([*wider, *known, *by_model]))


def _is_wider(doc: Doc, span: Mention, known: Sequence[Mention]) -> bool:
    inside = [it for it in known if span.start <= it.start and it.end <= span.end]
    covered = {token for it in inside for token in range(it.start, it.end)}
    rest = [doc[token] for token in range(span.start, span.end) if token not in covered]
    return bool(inside) and any(it.text[0].isupper() and it.pos_ == "PROPN" for it in rest)


def _without_overlap(mentions: Sequence[Mention]) -> list[Mention]:
    """Those that overlap none before them in the sequence."""
    taken: set[int] = set()
    kept = []
    for it in mentions:
        tokens = range(it.start, it.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(it)
    return kept
