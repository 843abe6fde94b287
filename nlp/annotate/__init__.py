"""annotate: texts -> sentences, tokens, mentions. The only room that knows spaCy."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from nlp import tables
from nlp.annotate.language import Annotator, load
from nlp.annotate.mentions import find_mentions
from nlp.annotate.paragraphs import Paragraph, annotate_paragraphs
from nlp.annotate.rows import Rows, add_paragraph
from nlp.errors import CorpusError
from nlp.params import AnnotateParams
from nlp.registry import Registry
from nlp.spans import page_at, to_raw


class Result(NamedTuple):
    sentences: pd.DataFrame
    tokens: pd.DataFrame
    mentions: pd.DataFrame


def run(
    params: AnnotateParams,
    *,
    texts: pd.DataFrame,
    edits: pd.DataFrame,
    zones: pd.DataFrame,
    pages: pd.DataFrame,
    registry: Registry,
) -> Result:
    """Find sentences, tokens and mentions of named entities in the zones that are annotated.

    No sentence crosses a paragraph, and no document's result hangs on another's. Raises ConfigError if
    the language model is not installed.
    """
    annotator = load(params.language, registry)
    annotated = zones[zones["zone"].isin(params.zones)]
    found = [
        _document(
            text,
            annotated[annotated["doc_id"] == text.doc_id].itertuples(),
            edits[edits["doc_id"] == text.doc_id],
            pages[pages["doc_id"] == text.doc_id],
            annotator,
            params,
        )
        for text in texts.itertuples()
    ]
    return Result(*(pd.concat(parts, ignore_index=True) for parts in zip(*found, strict=True)))


def _document(
    about: Any,
    paragraphs: Iterable,
    edits: pd.DataFrame,
    pages: pd.DataFrame,
    annotator: Annotator,
    params: AnnotateParams,
) -> Result:
    rows, text = Rows(about.doc_id), about.text
    pieces = [Paragraph(it.start, it.paragraph, it.zone, text[it.start : it.end]) for it in paragraphs]
    if (longest := max((len(it.text) for it in pieces), default=0)) > annotator.language.max_length:
        raise CorpusError(
            f"a paragraph of {longest} characters; {annotator.language.max_length} is the most",
            where=f"document {about.doc_id}",
            hint="put line ends between the paragraphs of the file",
        )
    docs = list(annotate_paragraphs(pieces, annotator.language, params))
    found = find_mentions(docs, text, about.language, annotator.names, params)
    for doc, paragraph, mentions in zip(docs, pieces, found, strict=True):
        add_paragraph(rows, doc, paragraph, mentions)
    return Result(
        sentences=tables.make("sentences", _with_page(_with_raw(rows.sentences, edits), pages)),
        tokens=tables.make("tokens", rows.tokens),
        mentions=tables.make("mentions", _with_raw(rows.mentions, edits)),
    )


def _with_raw(rows: list[tuple], edits: pd.DataFrame) -> list[tuple]:
    """The rows (doc_id, sent_id, start, end, ...) with their raw offsets put in after the clean ones."""
    spans = pd.DataFrame([row[2:4] for row in rows], columns=["start", "end"], dtype="int64")
    raw = to_raw(edits, spans["start"].to_numpy(), spans["end"].to_numpy())
    return [(*row[:4], *where, *row[4:]) for row, where in zip(rows, zip(*raw, strict=True), strict=True)]


def _with_page(rows: list[tuple], pages: pd.DataFrame) -> list[tuple]:
    """The rows of `sentences`, with the page put in before the text."""
    found = page_at(pages, [row[4] for row in rows])
    return [(*row[:-1], page, row[-1]) for row, page in zip(rows, found, strict=True)]
