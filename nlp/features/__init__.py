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

Row = tuple[str, str, str, float]  # frame, view, feature, value
_Placed = Iterator[tuple[int, Row]]  # position of the unit, and what is counted in it


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
    units = coding_units(analysed, codebook.unit)
    places = in_units(analysed, codebook.unit)
    finder = Finder.of(codebook)
    hits = [finder.find(text) for text in units["text"]]
    found = [
        *_unit_rows(parse(len(units), tokens, places), hits, codebook),
        *_cue_rows(around(units), hits, codebook.frame_names),
        *_entity_rows(entities.merge(places, on=["doc_id", "sent_id"])),
        *_position_rows(units),
    ]
    ids = list(zip(units["doc_id"], units["sent_id"], strict=True))
    cues = ((*at, it.start, it.end, *it.source) for at, own in zip(ids, hits, strict=True) for it in own)
    return Result(
        units=tables.take("units", units),
        cues=tables.make("cues", cues),
        features=tables.make("features", ((*ids[at], *row) for at, row in found)),
    )


def _unit_rows(parsed: Iterator[Parsed], hits: Sequence[Sequence[Hit]], codebook: Codebook) -> _Placed:
    stances = [it.name for it in codebook.stances]  # the implied one has no cues
    for at, (unit, own) in enumerate(zip(parsed, hits, strict=True)):
        for row in stance_rows(unit, own, codebook.frame_names, stances):
            yield at, row
        for name, value in syntax_rows(unit):
            yield at, ("", "syntax", name, value)


def _cue_rows(places: Around, hits: Sequence[Sequence[Hit]], frames: Sequence[str]) -> _Placed:
    """The cues of every frame in the unit itself, in the units beside it, and in the heading above."""
    found = [Counter(it.source.name for it in own) for own in hits]
    here = np.array([[own[frame] for frame in frames] for own in found], dtype=float)
    near = pick(here, places.before) + pick(here, places.after)
    for where, counts in {"here": here, "near": near, "heading": pick(here, places.heading)}.items():
        for at, column in zip(*np.nonzero(counts), strict=True):
            yield int(at), ("", "cues", f"{where} {frames[column]}", float(counts[at, column]))


def _entity_rows(named: pd.DataFrame) -> _Placed:
    for (at, kind), count in Counter(zip(named["unit"], named["kind"], strict=True)).items():
        yield at, ("", "entities", kind, float(count))


def _position_rows(units: pd.DataFrame) -> _Placed:
    """Place in the document (0 to 1), words and zone."""
    together = units.groupby("doc_id", sort=False)["sent_id"]
    place = (together.cumcount() + 0.5) / together.transform("size")
    for at, it in enumerate(zip(place, units["text"], units["zone"], strict=True)):
        yield at, ("", "position", "place", it[0])
        yield at, ("", "position", "words", float(len(it[1].split())))
        yield at, ("", "position", it[2], 1.0)
