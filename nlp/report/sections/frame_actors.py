"""Decides what the report says of the actors that stand in the units of a frame."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import ANY, Codebook
from nlp.report.sections.limits import strongest

_EACH = 5  # actors shown of an author and frame
_MOST = 240  # of a frame

Row = Any  # of table `frame_actors`, in any stance


class Actor(NamedTuple):
    """An actor in an author's units of a frame: in any stance, then in each."""

    row: Row
    stances: list[int]  # units in each stance of the split


class FrameActors(NamedTuple):
    """The actors named most in the units of a frame, by author, and how many there are in all."""

    name: str
    label: str
    actors: list[Actor]
    known: int


def frame_actors_of(table: pd.DataFrame, authors: Sequence[str], codebook: Codebook) -> list[FrameActors]:
    """By frame and author those that most units name; a frame that names nobody is left out."""
    split = {(it.author, it.frame, it.stance, it.entity_id): int(it.count) for it in table.itertuples()}
    found = table[(table["stance"] == ANY) & (table["count"] > 0) & table["author"].isin(authors)]
    ranked = found.sort_values(["count", "entity", "entity_id"], ascending=[False, True, True])
    return [
        FrameActors(it.name, it.label, _actors(own, split, authors, codebook), len(own))
        for it in codebook.frames
        if len(own := ranked[ranked["frame"] == it.name])
    ]


def _actors(
    ranked: pd.DataFrame, split: Mapping[Any, int], authors: Sequence[str], codebook: Codebook
) -> list[Actor]:
    place = {name: at for at, name in enumerate(authors)}
    shown = strongest(ranked, ["author"], each=_EACH, most=_MOST)
    shown = shown.sort_values("author", key=lambda them: them.map(place), kind="stable")
    return [
        Actor(row, [split.get((row.author, row.frame, it, row.entity_id), 0) for it in codebook.split])
        for row in shown.itertuples(index=False)
    ]
