"""Rows of sentences, tokens and mentions, taken from annotated paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nlp.annotate.mention import Mention
from nlp.annotate.mentions import Found
from nlp.annotate.paragraphs import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

Row = tuple[Any, ...]


@dataclass
class Rows:
    """What has been found in a document so far; offsets are those of its clean text."""

    doc_id: str
    sentences: list[Row] = field(default_factory=list)
    tokens: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)


def add_paragraph(rows: Rows, doc: Doc, paragraph: Paragraph, found: Found) -> None:
    """Add an annotated paragraph; sentences are numbered through the document."""
    sentence_of = [-1] * len(doc)
    for sentence in doc.sents:
        if not (text := sentence.text.strip()):
            continue
        number = len(rows.sentences)
        sentence_of[sentence.start : sentence.end] = [number] * len(sentence)
        start = paragraph.start + sentence.start_char + len(sentence.text) - len(sentence.text.lstrip())
        rows.sentences.append(
            (
                rows.doc_id,
                number,
                start,
                start + len(text),
                paragraph.zone,
                paragraph.paragraph,
                text,
            )
        )
    rows.tokens.extend(_tokens(rows.doc_id, doc, paragraph.start, sentence_of))
    for recogniser, mentions in (("pipeline", found.together), ("model", found.by_model)):
        for mention in mentions:
            span = doc[mention.start : mention.end]
            rows.mentions.append(
                _mention(rows.doc_id, span, paragraph.start, sentence_of[span.start], mention, recogniser)
            )


def _tokens(doc_id: str, doc: Doc, shift: int, sentence_of: Sequence[int]) -> list[Row]:
    return [
        (
            doc_id,
            sentence_of[token.i],
            shift + token.idx,
            shift + token.idx + len(token),
            token.text,
            token.lemma_,
            token.pos_,
            token.is_stop,
            token.dep_,
            shift + token.head.idx,
        )
        for token in doc
        if not token.is_space
    ]


def _mention(doc_id: str, span: Span, shift: int, sent_id: int, mention: Mention, recogniser: str) -> Row:
    start, end = shift + span.start_char, shift + span.end_char
    return (doc_id, sent_id, start, end, span.text, mention.label, recogniser, *mention[3:])
