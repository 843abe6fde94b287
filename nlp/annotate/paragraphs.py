"""Paragraphs through the spaCy pipeline: running text together, everything else by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from nlp.params import AnnotateParams

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_RUNNING = ("body", "quote")
_BETWEEN = "\n\n"


class Paragraph(NamedTuple):
    """Where a paragraph stands in the clean text, what it is, and its words."""

    start: int
    paragraph: int
    zone: str
    text: str


def annotate_paragraphs(
    paragraphs: Sequence[Paragraph], language: Language, params: AnnotateParams
) -> Iterator[Doc]:
    """A Doc for each paragraph of one document, in order.

    Paragraphs of running text that follow each other are parsed together, up to `run_characters`, for
    the parser finds sentences better with what stands before; every paragraph begins a sentence.
    """
    runs = list(_runs(paragraphs, params.run_characters))
    joined = (_joined([it.text for it in run], language) for run in runs)
    for run, doc in zip(runs, language.pipe(joined, batch_size=params.batch_size), strict=True):
        yield from _parted(doc, [it.text for it in run])


def _runs(paragraphs: Sequence[Paragraph], most: int) -> Iterator[list[Paragraph]]:
    run: list[Paragraph] = []
    for it in paragraphs:
        fits = sum(len(other.text) for other in run) + len(it.text) <= most
        if run and fits and it.zone in _RUNNING and run[-1].zone in _RUNNING:
            run.append(it)
            continue
        if run:
            yield run
        run = [it]
    if run:
        yield run


def _joined(texts: Sequence[str], language: Language) -> Doc:
    doc = language.make_doc(_BETWEEN.join(texts))
    starts = set(_starts(texts))
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc


def _parted(doc: Doc, texts: Sequence[str]) -> Iterator[Doc]:
    for start, text in zip(_starts(texts), texts, strict=True):
        span = doc.char_span(start, start + len(text), alignment_mode="expand")
        yield span.as_doc() if len(texts) > 1 else doc


def _starts(texts: Sequence[str]) -> Iterator[int]:
    start = 0
    for text in texts:
        yield start
        start += len(text) + len(_BETWEEN)
