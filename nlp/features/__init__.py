"""features: sentences, tokens, entities + codebook -> units, cues, features."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp import tables
from nlp.codebook import Codebook
from nlp.cues import Finder, Hit
from nlp.features.parsed import Parsed, parse
from nlp.features.stance import stance_rows
from nlp.features.syntax import syntax_rows
from nlp.params import FeaturesParams
from nlp.units import Around, around, coding_units, in_units, pick

Row = tuple[object, ...]


class Result(NamedTuple):
    units: pd.DataFrame
    cues: pd.DataFrame
    features: pd.DataFrame


def run(
    params: FeaturesParams,
    *,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    entities: pd.DataFrame,
    codebook: Codebook,
) -> Result:
    """Cut the chosen zones into units, and count in each what a coder may look at.

    No document's features hang on another's.
    """
    analysed = sentences[sentences["zone"].isin(params.zones)].reset_index(drop=True)
    finder = Finder.of(codebook)
    cues: list[Row] = []
    rows: list[Row] = []
    for doc_id, own in analysed.groupby("doc_id", sort=False):
        places = in_units(own, codebook.unit)
        units = coding_units(own.reset_index(drop=True), codebook.unit)
        named = entities[entities["doc_id"] == doc_id].merge(places, on=["doc_id", "sent_id"])
        parsed = parse(units, tokens[tokens["doc_id"] == doc_id], places)
        hits = [finder.find(text) for text in units["text"]]
        ids = [(doc_id, sent_id) for sent_id in units["sent_id"]]
        cues += [
            (*at, it.start, it.end, *it.source) for at, own in zip(ids, hits, strict=True) for it in own
        ]
        for at, it, found in zip(ids, parsed, hits, strict=True):
            rows += [(*at, *row) for row in _unit_rows(it, found, codebook)]
        rows += [(*ids[at], "", *row) for at, row in _document_rows(units, hits, named, codebook)]
    return Result(
        units=tables.take("units", coding_units(analysed, codebook.unit)),
        cues=tables.make("cues", cues),
        features=tables.make("features", rows),
    )


def _unit_rows(parsed: Parsed, hits: Sequence[Hit], codebook: Codebook) -> Iterator[Row]:
    yield from stance_rows(parsed, hits, codebook.frame_names, codebook.stance_names)
    yield from (("", "syntax", *row) for row in syntax_rows(parsed))


def _document_rows(
    units: pd.DataFrame, hits: Sequence[Sequence[Hit]], named: pd.DataFrame, codebook: Codebook
) -> Iterator[tuple[int, Row]]:
    """Position of the unit; view, feature, value."""
    yield from _cue_rows(around(units), hits, codebook.frame_names)
    number = {sent_id: at for at, sent_id in enumerate(units["sent_id"])}
    for (unit, kind), count in Counter(zip(named["unit"], named["kind"], strict=True)).items():
        yield number[unit], ("entities", kind, float(count))
    for at, (zone, text) in enumerate(zip(units["zone"], units["text"], strict=True)):
        yield at, ("position", "place", (at + 0.5) / len(units))
        yield at, ("position", "words", float(len(text.split())))
        yield at, ("position", zone, 1.0)


def _cue_rows(
    places: Around, hits: Sequence[Sequence[Hit]], frames: Sequence[str]
) -> Iterator[tuple[int, Row]]:
    """The cues of every frame in the unit itself, in the units beside it, and in the heading above."""
    found = [Counter(it.source.name for it in own) for own in hits]
    here = np.array([[own[frame] for frame in frames] for own in found], dtype=float)
    near = pick(here, places.before) + pick(here, places.after)
    for where, counts in {"here": here, "near": near, "heading": pick(here, places.heading)}.items():
        for at, column in zip(*np.nonzero(counts), strict=True):
            yield int(at), ("cues", f"{where} {frames[column]}", float(counts[at, column]))
