"""Decides how the network of co-mentions is drawn: who, where, how large and with what label.

Places are whole pixels, so that the same tables give the same page.
"""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from nlp.manifest import ALL
from nlp.report.kinds import colour_of
from nlp.tables.names import CITED

_WIDTH, _HEIGHTS = 1000, range(720, 2160, 60)  # as low as the labels allow
_SMALLEST, _LARGEST = 5, 34  # radius of a node
_WIDEST = 10  # line of an edge
_LETTER, _LINE, _GAP = 7, 15, 4  # a letter and a line of a label, and what is left free around it
_LETTERS, _LINES = 20, 2  # of a label
_ROUNDS = 500  # in which labels are moved apart


class Node(NamedTuple):
    """An actor: a circle with the lines of its label below."""

    x: int
    y: int
    radius: int
    colour: int  # of its kind
    kind: str
    name: str
    lines: list[str]
    mentions: int


class Edge(NamedTuple):
    """A tie between two actors."""

    source: Node
    target: Node
    width: int
    row: Any  # of table `comentions`, for the whole corpus
    counts: list[int]  # by author


class Drawing(NamedTuple):
    """The picture; edges by count, the most frequent first."""

    width: int
    height: int
    kinds: list[str]  # that are drawn
    nodes: list[Node]
    edges: list[Edge]


def draw(
    comentions: pd.DataFrame, actors: pd.DataFrame, authors: Sequence[str], kinds: Sequence[str], most: int
) -> Drawing:
    """The actors that are named most often, tied where sentences name them together more than by chance."""
    by_sentence = comentions[comentions["unit"] == "sentence"]
    ties = by_sentence[(by_sentence["author"] == ALL) & (by_sentence["npmi"] > 0)]
    known = _known(actors)
    named = known[known.index.isin([*ties["source"], *ties["target"]])].head(most).index
    ties = ties[ties["source"].isin(named) & ties["target"].isin(named)]
    ties = ties.sort_values(["count", "source", "target"], ascending=[False, True, True])
    known = known[known.index.isin([*ties["source"], *ties["target"]])]
    if known.empty:
        return Drawing(_WIDTH, _HEIGHTS[0], [], [], [])
    height, nodes = _nodes(known, ties, kinds)
    drawn = list(nodes.values())
    shown = [it for it in kinds if it in {node.kind for node in drawn}]
    return Drawing(_WIDTH, height, shown, drawn, _edges(ties, nodes, by_sentence, authors))


def _known(actors: pd.DataFrame) -> pd.DataFrame:
    """Actors by id with name, kind and mentions, those with most mentions first."""
    rows = actors[(actors["counted"] == "rolled up") & (actors["kind"] != CITED)]
    counts = rows.groupby(["entity_id", "kind"], as_index=False).agg({"entity": "first", "count": "sum"})
    total = counts.groupby("entity_id")["count"].sum()
    counts = counts.sort_values(["count", "kind"], ascending=[False, True])  # unlisted: maybe of several
    known = counts.drop_duplicates("entity_id").set_index("entity_id").assign(count=total)
    return known.sort_index().sort_values("count", ascending=False, kind="stable")


def _nodes(known: pd.DataFrame, ties: pd.DataFrame, kinds: Sequence[str]) -> tuple[int, Mapping[str, Node]]:
    """The nodes by id, and how high the picture must be for them."""
    share = np.sqrt(known["count"] / known["count"].max())
    radius = [max(_SMALLEST, round(_LARGEST * it)) for it in share]
    lines = [wrap(name, _LETTERS, max_lines=_LINES, placeholder=" …") for name in known["entity"]]
    height, places = _placed(_layout(list(known.index), ties), _boxes(radius, lines))
    rows = zip(known.itertuples(), radius, lines, places, strict=True)
    return height, {
        row.Index: Node(
            x=round(x),
            y=round(y - _LINE * len(label) / 2),
            radius=size,
            colour=colour_of(row.kind, kinds),
            kind=row.kind,
            name=row.entity,
            lines=label,
            mentions=row.count,
        )
        for row, size, label, (x, y) in rows
    }


def _layout(ids: Sequence[str], ties: pd.DataFrame) -> np.ndarray:
    """Places, 0 to 1, by Kamada & Kawai (1989): the stronger the association, the closer."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(ids)
    graph.add_weighted_edges_from(zip(ties["source"], ties["target"], 1.2 - ties["npmi"], strict=True))
    reach = dict(networkx.shortest_path_length(graph, weight="weight"))
    far = 1.5 * max(length for them in reach.values() for length in them.values())
    apart = {one: {other: reach[one].get(other, far) for other in ids} for one in ids}
    found = networkx.kamada_kawai_layout(graph, dist=apart)
    places = np.array([found[it] for it in ids])
    span = np.ptp(places, axis=0)
    return (places - places.min(axis=0)) / np.where(span > 0, span, 1)


def _boxes(radius: Sequence[int], lines: Sequence[Sequence[str]]) -> np.ndarray:
    """Half the width and height that a circle with its label takes: nodes x 2."""
    widths = [
        max(2 * size, _LETTER * max(map(len, label), default=0))
        for size, label in zip(radius, lines, strict=True)
    ]
    heights = [2 * size + _LINE * len(label) for size, label in zip(radius, lines, strict=True)]
    return np.stack([widths, heights], axis=1) / 2 + _GAP


def _placed(layout: np.ndarray, half: np.ndarray) -> tuple[int, np.ndarray]:
    """A height, and the centres of boxes (by half their size) in a picture of it that do not overlap."""
    for height in _HEIGHTS:
        room = np.array([_WIDTH, height])
        centre = layout * room
        for _ in range(_ROUNDS):
            centre = np.clip(centre, np.minimum(half, room / 2), np.maximum(room - half, room / 2))
            push = _push(centre, half)
            if not push.any():
                return height, centre
            centre = centre + push
    return _HEIGHTS[-1], centre - push  # more than there is room for


def _push(centre: np.ndarray, half: np.ndarray) -> np.ndarray:
    """How to move boxes that overlap, each pair by half its overlap, on the shorter way out."""
    number = np.arange(len(centre))
    gap = centre[:, None] - centre[None]
    overlap = half[:, None] + half[None] - abs(gap)
    touching = (overlap > 0.5).all(axis=2) & (number[:, None] != number)
    way = np.where(gap == 0, np.sign(number[:, None] - number)[:, :, None], np.sign(gap))
    across = np.arange(2) == overlap.argmin(axis=2)[:, :, None]
    return (way * overlap * across * touching[:, :, None]).sum(axis=1) / 2


def _edges(
    ties: pd.DataFrame, nodes: Mapping[str, Node], by_sentence: pd.DataFrame, authors: Sequence[str]
) -> list[Edge]:
    keys = ["author", "source", "target"]
    counts = by_sentence.set_index(keys)["count"].to_dict()
    return [
        Edge(
            source=nodes[row.source],
            target=nodes[row.target],
            width=max(1, round(_WIDEST * row.count / ties["count"].max())),
            row=row,
            counts=[counts.get((author, row.source, row.target), 0) for author in authors],
        )
        for row in ties.itertuples(index=False)
    ]
