"""clean: documents -> texts, edits, zones, cleaning. The last room that may change a character."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.clean.steps import STEPS
from nlp.clean.trace import Trace
from nlp.clean.zones import Paragraph, zones_of
from nlp.params import CleanParams
from nlp.registry import Registry


class Result(NamedTuple):
    texts: pd.DataFrame
    edits: pd.DataFrame
    zones: pd.DataFrame
    cleaning: pd.DataFrame


def run(params: CleanParams, *, documents: pd.DataFrame, words: pd.DataFrame, registry: Registry) -> Result:
    """Make the texts that all later offsets point into, and keep every change on record.

    Works document by document: no document's text changes what happens to another's.
    """
    texts, edits, zones = [], [], []
    for document in documents.itertuples():
        trace = clean(document.raw, params)
        texts.append((document.doc_id, document.author, trace.text))
        edits += [(document.doc_id, *edit, False) for edit in trace.edits()]
        zones += [(document.doc_id, *row) for row in _zones(trace.text, document.title, params)]
    return Result(
        tables.make("texts", texts),
        tables.make("edits", edits),
        tables.make("zones", zones),
        tables.make("cleaning", []),
    )


def clean(raw: str, params: CleanParams) -> Trace:
    """Apply the chosen steps in the one order that is safe."""
    trace = Trace(raw)
    for rule, step in STEPS.items():
        if rule in params.steps:
            trace.apply(rule, step(trace.text))
    return trace


def _zones(text: str, title: str, params: CleanParams) -> Iterator[tuple[int, int, int, str]]:
    paragraphs = list(_paragraphs(text))
    zones = zones_of([text[it.start : it.end] for it in paragraphs], title, params)
    for number, (paragraph, zone) in enumerate(zip(paragraphs, zones, strict=True)):
        yield number, paragraph.start, paragraph.end, zone


def _paragraphs(text: str) -> Iterator[Paragraph]:
    start = 0
    for piece in text.split("\n\n"):
        if piece:
            yield Paragraph(start, start + len(piece))
        start += len(piece) + 2
