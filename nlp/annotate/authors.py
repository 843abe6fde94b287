"""Authors of works that a text cites by year, as mentions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from nlp.annotate import citations
from nlp.annotate.mention import Mention, mention_of, trimmed
from nlp.annotate.names import Names

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LONGEST_ACRONYM = 6  # capitals; a longer word in capitals is a surname
_NOTHING = Mention(0, 0, "", "model")


def cited(doc: Doc, by_model: Sequence[Mention], names: Names, titles: Collection[str]) -> list[Mention]:
    """Authors of works cited by year, and the organisations that are cited like authors."""
    model = {token: it for it in by_model for token in range(it.start, it.end)}
    found = [*_in_brackets(doc, model, names), *_in_sentences(doc, model, names, titles)]
    return [it for it in found if it is not None]


def again(doc: Doc, authors: Collection[str]) -> Iterator[Mention]:
    """Surnames of authors whom the document cites, where it mentions them without a year."""
    for token in doc:
        if token.text in authors and token.pos_ == "PROPN" and not _is_part_of_a_name(token):
            yield Mention(token.i, token.i + 1, "PERSON", "citation")


def _is_part_of_a_name(token: Token) -> bool:
    """`the North`, `Lake Onega`: words that are surnames too."""
    before = token.doc[token.i - 1 : token.i].text.lower()
    neighbours = token.doc[max(0, token.i - 1) : token.i + 2]
    return before == "the" or any(it.pos_ == "PROPN" for it in neighbours if it.i != token.i)


def _in_brackets(doc: Doc, model: Mapping[int, Mention], names: Names) -> Iterator[Mention | None]:
    for start, end in citations.in_brackets(doc.text):
        if span := doc.char_span(start, end, alignment_mode="contract"):
            yield _author(span, model.get(span.start, _NOTHING), names)


def _in_sentences(
    doc: Doc, model: Mapping[int, Mention], names: Names, titles: Collection[str]
) -> Iterator[Mention | None]:
    """Persons alone: a year in brackets stands behind events, places and laws as well."""
    for start, end in citations.in_sentences(doc.text):
        span = doc.char_span(start, end, alignment_mode="contract")
        while span and (span[0].pos_ != "PROPN" or span[0].text.rstrip(".") in titles):
            span = span[1:]
        if span and (known := model.get(span.start, _NOTHING)).label in ("PERSON", "ORG", ""):
            found = _author(span, known, names)
            yield found if found and found.cited else None


def _author(span: Span, by_model: Mention, names: Names) -> Mention | None:
    """A person, unless the registry or the form of the name tells of something else."""
    span = trimmed(span, "PERSON")
    if entity := names.called(span.text):
        if entity.label not in ("PERSON", "ORG"):
            return None
        told = {"label": entity.label, "found_by": "registry", "entity_id": entity.id}
    else:
        told = {"label": _label(span, by_model), "found_by": "citation"}
    return mention_of(span, **told, cited=told["label"] == "PERSON")


def _label(span: Span, by_model: Mention) -> str:
    """Authors are cited by surname: several words are an organisation, if nothing tells of a person."""
    given, surname = span[:-1].text, span[-1].text
    if any(map(str.isdigit, span.text)):
        return "ORG"
    if not given:
        return "ORG" if surname.isupper() and 1 < len(surname) <= _LONGEST_ACRONYM else "PERSON"
    is_person = by_model.label == "PERSON" or given[0].islower() or re.search(r"\b\w(\.|$)", span.text)
    return "PERSON" if is_person else "ORG"
