"""corpus: source files -> documents, pages."""

import logging
from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.corpus.capitals import lost_capitals
from nlp.corpus.languages import language_warnings
from nlp.corpus.pages import page_spans
from nlp.params import CorpusParams
from nlp.reading import Limits, Reading, read

log = logging.getLogger("crossframe")


class Result(NamedTuple):
    documents: pd.DataFrame
    pages: pd.DataFrame


def run(params: CorpusParams, *, sources: pd.DataFrame) -> Result:
    """Take the text out of every source file; nothing in it is changed.

    What is unusual is logged and kept. Raises CorpusError for a file that holds no text.
    """
    documents: list[tuple[object, ...]] = []
    pages: list[tuple[object, ...]] = []
    for row, described in zip(sources.itertuples(), _described(sources), strict=True):
        reading = _read(row.file, row.content, params)
        text, spans = reading.text, page_spans(reading.text, reading.pages)
        warnings = [*reading.warnings, *language_warnings(text, row.language, params.language)]
        for warning in warnings:
            log.warning("corpus/%s: %s", row.file, warning)
        how = (
            reading.reader,
            reading.version,
            len(spans) or None,
            lost_capitals(text, row.language),
            "; ".join(warnings),
        )
        documents.append((*described, *how, text))
        pages += [(row.doc_id, number, *span) for number, span in enumerate(spans, start=1)]
    return Result(tables.make("documents", documents), tables.make("pages", pages))


def raw_texts(params: CorpusParams, *, sources: pd.DataFrame) -> pd.DataFrame:
    """Columns doc_id and raw alone, of a file's text as `run` reads it, without logging anything."""
    texts = [_read(row.file, row.content, params).text for row in sources.itertuples()]
    return pd.DataFrame({"doc_id": sources["doc_id"], "raw": pd.Series(texts, dtype="str")})


def _described(sources: pd.DataFrame) -> list[tuple[object, ...]]:
    """What the manifest says of each document, in the order of the columns."""
    return list(sources.drop(columns=["file", "content"]).itertuples(index=False, name=None))


def _read(file: str, content: bytes, params: CorpusParams) -> Reading:
    limits = Limits(
        params.fallback_encoding,
        params.max_bytes,
        params.max_unpacked_bytes,
        params.memory_mb,
        params.seconds,
    )
    return read(file, content, f"corpus/{file}", limits)
