"""Decides what the report says of how far authors are apart, and of what sets two of them apart.

Places are whole pixels, so that the same tables give the same page.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import ANY, Codebook
from nlp.manifest import REST
from nlp.report.opening import Facet
from nlp.report.sections.limits import ACROSS, strongest

SPACES = {"frames": "Frames", "topics": "Topics", "entities": "Actors", "words": "Words"}
POOR = 0.2  # stress of a map, above which it says little (Kruskal 1964)
_MOST = 120  # pairs told one by one, of each space
_MAP, _MARGIN = 440, 30  # width of a map, and what is free around its points
_LINE, _LETTER = 15, 7  # height of a label, and width of a letter
# What sentences are asked for by a row of a table of contrasts: keys of a query with the row's columns.
_ASKED = {
    "frames": {"frame": "frame", "stance": "stance"},
    "topics": {"topic": "topic"},
    "entities": {"actor": "feature"},
    "words": {"word": "feature"},
}

Row = Any  # of the table that a field names


class Place(NamedTuple):
    """An author on a map; the label stands at its right end where there is no room on the right."""

    x: int
    y: int
    label_y: int
    at_end: bool
    author: str


class Map(NamedTuple):
    """Distances beyond chance in two dimensions."""

    width: int
    height: int
    places: list[Place]
    shown: float
    stress: float
    poor: bool


class Space(NamedTuple):
    """Distances by what authors are compared in."""

    name: str
    label: str
    cells: list[tuple[str, list[Row | None]]]  # by author, in the order of the page; empty where too many
    map: Map | None


class Apart(NamedTuple):
    """What sets two authors most apart: rows of the tables of contrasts; None where nothing is known."""

    author: str
    other: str
    frame: Row | None
    topic: Row | None
    words: list[Row]  # the strongest of either
    names: list[Row]

    def behind(self, space: str) -> dict[str, Facet]:
        """What sets the two most apart in a space, as sentences are asked for; maybe nothing."""
        rows = {
            "frames": [self.frame],
            "topics": [self.topic],
            "entities": self.names[:1],
            "words": self.words,
        }
        known = [row for row in rows[space] if row is not None]
        asked = {key: [str(getattr(row, it)) for row in known] for key, it in _ASKED[space].items()}
        return {key: values for key, values in asked.items() if values and ANY not in values}


class Distances(NamedTuple):
    """All spaces, and pairs one by one: of each space those that are farthest apart."""

    spaces: list[Space]
    pairs: list[tuple[str, str, Row]]  # name and label of the space, row of table `distances`
    left_out: int
    apart: list[Apart]  # the pairs farthest apart in any space
    pairs_known: int
    frames: Mapping[str, str]  # labels
    stances: Mapping[str, str]

    def behind(self, space: str, row: Row) -> dict[str, Facet]:
        """The sentences that a distance opens; nothing where no contrast of the two is known."""
        pair = next((it for it in self.apart if (it.author, it.other) == (row.author, row.other)), None)
        found = pair.behind(space) if pair else {}
        return {"author": [row.author, row.other], **found} if found else {}

    def rates(self, row: Row) -> tuple[float, float]:
        """Of a word or name, per 1,000 words: with whom it is more frequent, and with the other."""
        both = 1000 * row.count / row.total, 1000 * row.other_count / row.other_total
        return both if row.effect > 0 else both[::-1]

    @property
    def lemmas(self) -> set[str]:
        """Every word that stands there."""
        return {str(row.feature) for it in self.apart for row in it.words}


def distances_of(
    distances: pd.DataFrame,
    distance_map: pd.DataFrame,
    frame_differences: pd.DataFrame,
    topic_differences: pd.DataFrame,
    contrasts: pd.DataFrame,
    authors: Sequence[str],
    codebook: Codebook,
) -> Distances:
    """A matrix and a map for each space in which anything is known."""
    known = distances[distances["distance"].notna()]
    place = known["space"].map(list(SPACES).index)
    ranked = known.assign(at=place).sort_values(["at", "beyond"], ascending=[True, False], kind="stable")
    shown = strongest(ranked, ["space"], each=_MOST)
    return Distances(
        spaces=[
            Space(name, label, _matrix(own, authors), _map(distance_map[distance_map["space"] == name]))
            for name, label in SPACES.items()
            if len(own := known[known["space"] == name])
        ],
        pairs=[(row.space, SPACES[row.space], row) for row in shown.itertuples(index=False)],
        left_out=len(known) - len(shown),
        apart=_apart(
            _farthest(known),
            *(_with_rest(it, authors) for it in (frame_differences, topic_differences, contrasts)),
        ),
        pairs_known=len(known.drop_duplicates(["author", "other"])),
        frames={it.name: it.label for it in codebook.frames},
        stances={it.name: it.label for it in codebook.stances},
    )


def _matrix(own: pd.DataFrame, authors: Sequence[str]) -> list[tuple[str, list[Row | None]]]:
    if len(authors) > ACROSS:
        return []
    cells = {frozenset((it.author, it.other)): it for it in own.itertuples(index=False)}
    return [(name, [cells.get(frozenset((name, other))) for other in authors]) for name in authors]


# ---- the map ----------------------------------------------------------------------------------------


def _map(rows: pd.DataFrame) -> Map | None:
    if len(rows) < 2:
        return None
    first = rows.iloc[0]
    stress = float(first["stress"])
    height, places = _places(rows)
    return Map(_MAP, height, places, float(first["shown"]), stress, stress > POOR)


def _places(rows: pd.DataFrame) -> tuple[int, list[Place]]:
    """The height that is needed, and places from above, on the same scale on both axes.

    Labels that would cover one another give way downwards.
    """
    centre = rows[["x", "y"]].to_numpy(dtype=float)
    span = max(float(np.ptp(centre, axis=0).max()), 1e-9)
    scale = (_MAP - 2 * _MARGIN) / span
    pixels = np.round((centre - centre.min(axis=0)) * scale + _MARGIN).astype(int)
    taken: list[tuple[int, int, int]] = []
    found = []
    for (x, y), author in sorted(
        zip(pixels.tolist(), rows["author"], strict=True), key=lambda it: it[0][1]
    ):
        at_end = x > _MAP / 2
        found.append(Place(x, y, _free(x, y, len(author), at_end, taken), at_end, author))
    lowest = max(max(it.y, it.label_y) for it in found)
    return lowest + _MARGIN, found


def _free(x: int, y: int, letters: int, at_end: bool, taken: list[tuple[int, int, int]]) -> int:
    """The first height from the point's own on at which the label covers no other one."""
    left = x - letters * _LETTER if at_end else x
    right = left + letters * _LETTER
    while any(left < b and a < right and abs(y - height) < _LINE for a, b, height in taken):
        y += 1
    taken.append((left, right, y))
    return y


# ---- what sets two apart ----------------------------------------------------------------------------


def _farthest(known: pd.DataFrame) -> list[tuple[str, str]]:
    """The pairs farthest apart in any space, in the order of the table."""
    most = known.groupby(["author", "other"], sort=False)["beyond"].max().reset_index()
    shown = most["beyond"].sort_values(ascending=False, kind="stable").index[:_MOST]
    kept = most[most.index.isin(shown)]
    return list(zip(kept["author"], kept["other"], strict=True))


def _with_rest(table: pd.DataFrame, authors: Sequence[str]) -> pd.DataFrame:
    """Where there are two groups only, the rest of the first is the second."""
    if len(authors) != 2:
        return table
    return table.replace({"other": {REST: authors[1]}})[table["author"] == authors[0]]


def _apart(
    pairs: Sequence[tuple[str, str]], frames: pd.DataFrame, topics: pd.DataFrame, contrasts: pd.DataFrame
) -> list[Apart]:
    """By pair the frame (in a stance or any), topic, words and names with the smallest p."""
    by_frame, by_topic = _strongest(frames, pairs), _strongest(topics, pairs)
    words, names = (_strongest(contrasts[contrasts["kind"] == it], pairs) for it in ("word", "entity"))
    return [
        Apart(
            *pair,
            frame=next(iter(by_frame.get(pair, [])), None),
            topic=next(iter(by_topic.get(pair, [])), None),
            words=_of_either(words.get(pair, [])),
            names=_of_either(names.get(pair, [])),
        )
        for pair in pairs
    ]


def _strongest(table: pd.DataFrame, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[Row]]:
    """Rows by pair, smallest p first."""
    if not pairs:
        return {}
    known = table[table["p"].notna()]
    size = known["effect"].abs() if "effect" in known else known["difference"].abs()
    ranked = known.assign(size=size).sort_values(["p", "size"], ascending=[True, False], kind="stable")
    kept = ranked[pd.MultiIndex.from_frame(ranked[["author", "other"]]).isin(pairs)]
    groups = kept.groupby(["author", "other"], sort=False)
    return {(str(a), str(b)): list(rows.itertuples(index=False)) for (a, b), rows in groups}


def _of_either(rows: Sequence[Row]) -> list[Row]:
    """The strongest of the one, then of the other."""
    sides = [next((it for it in rows if (it.effect > 0) is more), None) for more in (True, False)]
    return [it for it in sides if it]
