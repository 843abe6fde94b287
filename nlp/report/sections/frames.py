"""Decides what the report says of frames: each author's shares, and how far they differ."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import ANY, Codebook
from nlp.report.sections.contrast import NOTABLE, Share, called, from_more, sides_of, texts_only
from nlp.report.sections.limits import ROWS
from nlp.report.units_seen import Seen


class Profile(NamedTuple):
    """How one author uses one frame: by each method and stance, with the number of units behind it."""

    author: str
    shares: Mapping[str, Mapping[str, Share]]  # method -> stance or "any" -> share
    n_sentences: int
    n_coded: int
    n_blocks: int  # of neighbouring units, that the coded ones were drawn in
    seen: Mapping[tuple[str, str], int]  # units by who sees the frame, and in what stance (`units_seen`)
    more_coded: int | None  # units to code for an interval of the wanted width; None: it has it, or unknown


class FrameSection(NamedTuple):
    """One frame with every author's profile."""

    name: str
    label: str
    definition: str
    profiles: list[Profile]


class Difference(NamedTuple):
    """By how much one author's share is larger than another's (0 to 1), with interval, p and q."""

    name: str  # of the frame
    frame: str  # its label
    facet: str | None  # the stance as it is asked for; None: any
    stance: str
    more: str
    less: str
    authors: list[str] | None  # both; None where one is all others, as whoever is asked for is anybody
    estimate: float
    low: float
    high: float
    p: float
    q: float


class Differences(NamedTuple):
    """What sets authors apart, and what does not; shares that are not estimable cannot be compared."""

    notable: list[Difference]
    others: list[Difference]
    passed: int  # with a small q, shown or not
    compared: int
    unknown: int
    level: float
    texts_only: bool  # each author has one document: no inference beyond these texts


def frames_of(
    prevalence: pd.DataFrame, seen: Seen, authors: Sequence[str], codebook: Codebook
) -> list[FrameSection]:
    """All frames of the codebook, in its order, each with all authors."""
    shares = {key: rows for key, rows in prevalence.groupby(["author", "frame"])}
    return [
        FrameSection(
            frame.name,
            frame.label,
            frame.definition,
            [_profile(name, frame.name, shares[name, frame.name], seen) for name in authors],
        )
        for frame in codebook.frames
    ]


def _profile(author: str, frame: str, rows: pd.DataFrame, seen: Seen) -> Profile:
    shares: dict[str, dict[str, Share]] = {}
    for row in rows.itertuples():
        share = Share(row.estimate, row.low, row.high, row.estimable)
        shares.setdefault(row.method, {})[row.stance] = share
    total, coded, blocks = (int(rows[name].max()) for name in ("n_sentences", "n_coded", "n_blocks"))
    own = {
        (by, stance): seen.get((author, frame, stance, by), 0)
        for by in ("best", "coded", "machine")
        for stance in shares["corrected"]
    }
    return Profile(author, shares, total, coded, blocks, own, _more_coded(rows))


def _more_coded(rows: pd.DataFrame) -> int | None:
    wanted = rows[(rows["method"] == "corrected") & (rows["stance"] == ANY)]["more_coded"].dropna()
    return int(wanted.iloc[0]) if len(wanted) else None


def differences_of(table: pd.DataFrame, documents: pd.Series, codebook: Codebook) -> Differences:
    """Every two authors compared, by frame, any stance first, and the largest difference first.

    `documents` is the number of documents of each author.
    """
    frames = {it.name: it.label for it in codebook.frames}
    stances = {ANY: "Any stance"} | {it.name: it.label for it in codebook.stances}
    known = table[table["q"].notna()]
    places = known.assign(
        frame_at=known["frame"].map(list(frames).index),
        stance_at=known["stance"].map(list(stances).index),
        size=-known["difference"].abs(),
    ).sort_values(["frame_at", "stance_at", "size", "author", "other"])
    notable = places["q"] < NOTABLE
    found, rest = (
        [_difference(row, frames[row.frame], stances[row.stance]) for row in _surest(rows).itertuples()]
        for rows in (places[notable], places[~notable])
    )
    return Differences(
        notable=found,
        others=rest,
        passed=int(notable.sum()),
        compared=len(known),
        unknown=len(table) - len(known),
        level=NOTABLE,
        texts_only=texts_only(documents),
    )


def _surest(rows: pd.DataFrame) -> pd.DataFrame:
    """As many as there is room for, those with the smallest p, in the order given."""
    shown = rows["p"].sort_values(kind="stable").index[:ROWS]
    return rows[rows.index.isin(shown)]


def _difference(row: Any, frame: str, stance: str) -> Difference:
    """Told from the author with the larger share."""
    told = from_more(row)
    return Difference(
        name=told.frame,
        frame=frame,
        facet=None if told.stance == ANY else told.stance,
        stance=stance,
        more=called(told.author),
        less=called(told.other),
        authors=sides_of(told),
        estimate=told.difference,
        low=told.low,
        high=told.high,
        p=told.p,
        q=told.q,
    )
