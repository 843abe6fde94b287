"""corpus: source files -> documents."""

import logging
from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.corpus.readers import reader_for
from nlp.params import CorpusParams

log = logging.getLogger("crossframe")


class Result(NamedTuple):
    documents: pd.DataFrame


def run(params: CorpusParams, *, sources: pd.DataFrame) -> Result:
    """Take the text out of every source file; nothing in it is changed.

    Raises CorpusError for a file that holds no text.
    """
    described = sources.drop(columns=["file", "content"]).itertuples(index=False)
    read = (_read(row.file, row.content, params) for row in sources.itertuples())
    rows = ((*about, *reading) for about, reading in zip(described, read, strict=True))
    return Result(tables.make("documents", rows))


def _read(file: str, content: bytes, params: CorpusParams) -> tuple[object, ...]:
    name, reader = reader_for(file)
    text, pages, warning = reader(content, f"corpus/{file}", params.fallback_encoding)
    if warning:
        log.warning("corpus/%s: %s", file, warning)
    return name, pages, warning, text
