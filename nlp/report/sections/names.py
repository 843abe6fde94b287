"""Decides what the report says of names: whom the authors name."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.tables.names import CITED

Cell = Any  # a row of table `actors` or `actor_groups`


class Named(NamedTuple):
    """An actor (with its kind), or a kind or group of actors, with a cell for each author."""

    name: str
    kind: str
    cells: list[Cell | None]


class Names(NamedTuple):
    """Whom the authors name, those with the highest mean rate first."""

    actors: list[Named]
    kinds: list[Named]
    groups: list[Named]
    cited: list[tuple[str, list[Cell]]]  # each author with those whose works are cited most


def names_of(
    actors: pd.DataFrame,
    groups: pd.DataFrame,
    authors: Sequence[str],
    most: int,
) -> Names:
    """Actors rolled up, their kinds and groups, and cited authors."""
    rolled_up = actors[actors["counted"] == "rolled up"]
    is_cited = rolled_up["kind"] == CITED
    groups = groups[groups.groupby(["grouping", "name"])["count"].transform("sum") > 0]
    by_kind = groups["grouping"] == "kind"
    return Names(
        actors=_named(rolled_up[~is_cited], ["entity_id", "kind"], "entity", authors, most),
        kinds=_named(groups[by_kind], ["name"], "name", authors),
        groups=_named(groups[~by_kind], ["name"], "name", authors, most),
        cited=_cited(rolled_up[is_cited], authors, most),
    )


def _named(
    table: pd.DataFrame, keys: list[str], label: str, authors: Sequence[str], most: int | None = None
) -> list[Named]:
    """By mean rate, so that a long text does not decide alone."""
    mean = table.groupby(keys)["rate"].mean().sort_values(ascending=False, kind="stable")
    found = []
    for _, rows in mean[:most].index.to_frame(index=False).merge(table, on=keys).groupby(keys, sort=False):
        by_author = {row.author: row for row in rows.itertuples(index=False)}
        first = rows.iloc[0]
        found.append(Named(first[label], first.get("kind", ""), [by_author.get(it) for it in authors]))
    return found


def _cited(cited: pd.DataFrame, authors: Sequence[str], most: int) -> list[tuple[str, list[Cell]]]:
    ranked = cited[cited["count"] > 0].sort_values(["count", "entity"], ascending=[False, True])
    by_author = {author: ranked[ranked["author"] == author].head(most) for author in authors}
    return [(author, list(rows.itertuples(index=False))) for author, rows in by_author.items()]
