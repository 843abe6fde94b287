"""Decides what the report says of frames: each author's shares, and how far they differ."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import ANY, Codebook
from nlp.manifest import REST
from nlp.report.sections.coded import Seen
from nlp.report.sections.limits import ROWS

NOTABLE = 0.05  # q-values below it come first


class Share(NamedTuple):
    """A share with its interval (0 to 1); not estimable where there is too little to go by."""

    estimate: float
    low: float
    high: float
    estimable: bool


class Profile(NamedTuple):
    """How one author uses one frame: by each method and stance, with the number of units behind it."""

    author: str
    shares: Mapping[str, Mapping[str, Share]]  # method -> stance or "any" -> share
    n_sentences: int
    n_coded: int
    seen: Mapping[tuple[str, str], int]  # units by who sees the frame (`coded.Seen`), and in what stance
    estimated: int | None  # sentences in all, by the corrected share
    more_coded: int | None  # sentences to code for an interval of the wanted width; None: it has it


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
    left_out: int  # that the table has, and the page has no room for
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
    total, coded = (int(rows.iloc[0][name]) for name in ("n_sentences", "n_coded"))
    own = {
        (by, stance): seen.get((author, frame, stance, by), 0)
        for by in ("best", "coded", "machine")
        for stance in shares["corrected"]
    }
    corrected = shares["corrected"][ANY]
    estimated = round(corrected.estimate * total) if corrected.estimable else None
    return Profile(author, shares, total, coded, own, estimated, _more_coded(rows))


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
        [_difference(row, frames[row.frame], stances[row.stance]) for row in rows.head(ROWS).itertuples()]
        for rows in (places[notable], places[~notable])
    )
    left_out = len(known) - len(found) - len(rest)
    return Differences(found, rest, left_out, len(table) - len(known), NOTABLE, texts_only(documents))


def texts_only(documents: pd.Series) -> bool:
    """Whether each author has a single document, so that nothing follows beyond these texts."""
    return bool(len(documents) and (documents == 1).all())


def called(other: str) -> str:
    """With whom a group is compared, as people say it."""
    return "all others" if other == REST else other


def _difference(row: Any, frame: str, stance: str) -> Difference:
    """Told from the author with the larger share."""
    author, other, estimate, low, high = row.author, called(row.other), row.difference, row.low, row.high
    if estimate < 0:
        author, other, estimate, low, high = other, author, -estimate, -high, -low
    facet = None if row.stance == ANY else row.stance
    authors = None if row.other == REST else [author, other]
    return Difference(
        row.frame, frame, facet, stance, author, other, authors, estimate, low, high, row.p, row.q
    )
