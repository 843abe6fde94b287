"""Kinds of names, those with most mentions first: one order, so one colour, in pictures and texts."""

from collections.abc import Sequence

import pandas as pd

COLOURS = 10  # the last one serves all further kinds


def kinds_of(actor_groups: pd.DataFrame) -> list[str]:
    """All kinds of table `actor_groups`."""
    rows = actor_groups[actor_groups["grouping"] == "kind"]
    total = rows.groupby("name")["count"].sum().reset_index()
    return [str(it) for it in total.sort_values(["count", "name"], ascending=[False, True])["name"]]


def colour_of(kind: str, kinds: Sequence[str]) -> int:
    """The number of a colour in the style sheet."""
    return min(kinds.index(kind), COLOURS - 1) if kind in kinds else COLOURS - 1
