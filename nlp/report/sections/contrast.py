"""Shares and contrasts as every section tells them: a contrast from the side that has more."""

from typing import Any, NamedTuple

import pandas as pd

from nlp.manifest import REST

NOTABLE = 0.05  # q-values below it come first
_SIZES = ("difference", "effect")  # what a table calls how much more the author has than the other
_PAIRED = {"author": "other"} | {it: f"other_{it}" for it in ("count", "total", "documents")}

Row = Any  # of a table of contrasts: `author`, `other`, and one of `_SIZES` at least


class Share(NamedTuple):
    """A share with its interval (0 to 1); not estimable where there is too little to go by."""

    estimate: float
    low: float
    high: float
    estimable: bool


def turned(row: Row) -> Row:
    """The same contrast, told from the other side; dispersion is known of the first side only."""
    known = row._asdict()
    pairs = [it for one, other in _PAIRED.items() for it in ((one, other), (other, one))]
    swapped = {one: known[other] for one, other in pairs if one in known and other in known}
    ends = {one: -known[other] for one, other in (("low", "high"), ("high", "low")) if one in known}
    against = {it: -known[it] for it in (*_SIZES, "log_odds", "z") if it in known}
    unknown = {it: float("nan") for it in ("dispersion",) if it in known}
    return row._replace(**swapped, **ends, **against, **unknown)


def from_more(row: Row) -> Row:
    """The contrast told from the side that has more; as it stands where both have as much."""
    return turned(row) if size_of(row) < 0 else row


def size_of(row: Row) -> float:
    """How much more the author has than the other; negative where it is less."""
    return float(next(getattr(row, it) for it in _SIZES if it in row._fields))


def sides_of(row: Row) -> list[str] | None:
    """The groups of a contrast; None where one is all others, as whoever is asked for is anybody."""
    sides = [row.author, row.other]
    return None if REST in sides else sides


def called(group: str) -> str:
    """A side of a contrast as people say it."""
    return "all others" if group == REST else group


def texts_only(documents: pd.Series) -> bool:
    """Whether each author has a single document, so that nothing follows beyond these texts."""
    return bool(len(documents) and (documents == 1).all())
