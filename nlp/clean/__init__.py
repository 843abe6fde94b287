"""clean: documents -> texts, edits, zones, cleaning. The last room that may change a character."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from nlp import tables
from nlp.clean.known import Known
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

    Works document by document; of the others only the words count, as evidence for a broken or damaged
    word.
    """
    counts = dict(zip(words["form"], words["count"], strict=True))
    texts, edits, zones, cleaning = [], [], [], []
    for document in documents.itertuples():
        known = _known(document, params, counts, registry)
        trace = clean(document.raw, known)
        texts.append((document.doc_id, document.author, document.language, trace.text))
        edits += [(document.doc_id, *edit) for edit in trace.edits()]
        zones += [(document.doc_id, *row) for row in zoned(trace, known)]
        cleaning += [(document.doc_id, *row) for row in trace.tally]
    return Result(
        tables.make("texts", texts),
        tables.make("edits", edits),
        tables.make("zones", zones),
        tables.make("cleaning", cleaning),
    )


def clean(raw: str, known: Known) -> Trace:
    """Apply the chosen steps in the one order that is safe."""
    trace = Trace(raw)
    for rule, step in STEPS.items():
        if rule in known.params.steps:
            trace.apply(rule, step(trace.text, known))
    return trace


def _known(document: Any, params: CleanParams, words: Mapping[str, int], registry: Registry) -> Known:
    return Known(
        params=params,
        title=document.title,
        authors=tuple(document.authors.split("; ")),
        venue=document.venue,
        language=document.language,
        lost_capitals=document.lost_capitals,
        words=words,
        names=registry.proper_names,
    )


def zoned(trace: Trace, known: Known) -> Iterator[tuple[int, int, int, str]]:
    """Number, start, end and zone of every paragraph."""
    paragraphs = list(_paragraphs(trace))
    for number, (paragraph, zone) in enumerate(zip(paragraphs, zones_of(paragraphs, known), strict=True)):
        yield number, paragraph.start, paragraph.end, zone


def _paragraphs(trace: Trace) -> Iterator[Paragraph]:
    start = 0
    for piece in trace.text.split("\n\n"):
        if piece:
            end = start + len(piece)
            yield Paragraph(start, end, piece, trace.zone_of(start, end))
        start += len(piece) + 2
