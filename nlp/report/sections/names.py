"""Decides what the report says of names: whom the authors name, and how well names are found."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.manifest import ALL
from nlp.tables.names import CITED

Cell = Any  # a row of table `actors`, `actor_groups` or `entity_quality`
Measure = tuple[str, str, str]  # recogniser, task and measure of table `entity_quality`


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
    quality: list[tuple[str, Mapping[Measure, Cell]]]  # labels, all together first, with what is measured


def names_of(
    actors: pd.DataFrame,
    groups: pd.DataFrame,
    quality: pd.DataFrame,
    authors: Sequence[str],
    most: int,
) -> Names:
    """Actors rolled up, their kinds and groups, cited authors, and the quality of recognition."""
    rolled_up = actors[actors["counted"] == "rolled up"]
    is_cited = rolled_up["kind"] == CITED
    groups = groups[groups.groupby(["grouping", "name"])["count"].transform("sum") > 0]
    by_kind = groups["grouping"] == "kind"
    return Names(
        actors=_named(rolled_up[~is_cited], ["entity_id", "kind"], "entity", authors, most),
        kinds=_named(groups[by_kind], ["name"], "name", authors),
        groups=_named(groups[~by_kind], ["name"], "name", authors, most),
        cited=_cited(rolled_up[is_cited], authors, most),
        quality=_by_label(quality),
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


def _by_label(quality: pd.DataFrame) -> list[tuple[str, Mapping[Measure, Cell]]]:
    """All labels together, then those with most coded mentions."""
    found: dict[str, dict[Measure, Cell]] = {}
    strict = quality["task"] == "strict"
    size = quality["label"].map(quality[strict].groupby("label")["count"].max())
    ordered = quality.assign(size=size.fillna(0), rest=quality["label"] != ALL)
    ordered = ordered.sort_values(["rest", "size", "label"], ascending=[True, False, True])
    for row in ordered.itertuples(index=False):
        found.setdefault(row.label, {})[row.recogniser, row.task, row.measure] = row
    return list(found.items())
