"""Whom the groups name: actors, kinds of entities and groups of the registry."""

from typing import Any

import pandas as pd

from nlp.exhibits.digits import bounded, count, percent, rate
from nlp.exhibits.exhibit import Exhibit, figures, parts, told, words
from nlp.exhibits.setting import Setting
from nlp.tables.names import CITED

_RATES = ("Per 1,000 words", "% of mentions")


def actors(actors: pd.DataFrame, setting: Setting) -> Exhibit:
    """Under each group the actors that it names most."""
    of_actors = (actors["counted"] == "rolled up") & (actors["kind"] != CITED) & (actors["count"] > 0)
    found = setting.within(actors[of_actors])
    ranked = found.sort_values(["count", "entity", "entity_id"], ascending=[False, True, True])
    shown = setting.within(ranked.groupby("author", sort=False).head(setting.params.top_rows))
    return Exhibit(
        "actors",
        f"Actors by {setting.by}",
        ("actors",),
        words("Actor", "Kind") + figures("Mentions", *_RATES),
        parts((it.author, [it.entity, it.kind, *_counts(it)]) for it in shown.itertuples()),
        (
            "Capitals, seats and adjectives count for their actor. Cited authors are not listed, but are"
            " part of all mentions.",
            _ABOUT_RATES.format(setting.interval),
            *setting.of_texts,
            *setting.left_out,
            *told(len(shown), len(found), "actors named: the most frequent"),
        ),
    )


_ABOUT_RATES = (
    "Rates with their {}, for how often texts of this kind would name them; it takes into account that"
    " mentions come in bunches."
)


def kinds(actor_groups: pd.DataFrame, setting: Setting) -> Exhibit:
    """Under each kind of entity a row for each group."""
    return _grouped(actor_groups, "kind", "kinds", f"Kinds of entities by {setting.by}", setting)


def actor_groups(actor_groups: pd.DataFrame, setting: Setting) -> Exhibit:
    """Under each group of the registry a row for each group of texts."""
    return _grouped(actor_groups, "group", "actor_groups", f"Groups of actors by {setting.by}", setting)


def _grouped(table: pd.DataFrame, grouping: str, name: str, title: str, setting: Setting) -> Exhibit:
    rows = table[table["grouping"] == grouping]
    sizes = rows.groupby("name")["count"].sum().sort_values(ascending=False, kind="stable")
    order = {it: at for at, it in enumerate(sizes.index[: setting.params.top_rows])}
    shown = setting.within(rows[rows["name"].isin(order)])
    shown = shown.sort_values("name", key=lambda them: them.map(order), kind="stable")
    return Exhibit(
        name,
        title,
        ("actor_groups",),
        words(setting.heading) + figures("Entities", "Mentions", *_RATES),
        parts((it.name, [it.author, count(it.entities), *_counts(it)]) for it in shown.itertuples()),
        (
            "An entity may be in several groups." if grouping == "group" else "Each entity has one kind.",
            _ABOUT_RATES.format(setting.interval),
            *setting.of_texts,
            *setting.left_out,
            *told(len(order), len(sizes), f"{grouping}s: the most frequent"),
        ),
    )


def _counts(row: Any) -> list[str]:
    return [count(row.count), bounded(row.rate, row.low, row.high, rate), percent(row.share)]
