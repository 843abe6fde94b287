"""Whom the authors name, how often and where first: tables `actors` and `actor_groups`.

Mentions are rows of table `entities` with `author` and `paragraph` more. Every author has a row for
every entity and every group, be it of 0 mentions.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from nlp import tables
from nlp.registry import Registry
from nlp.stats import clustered
from nlp.tables.names import CITED

PER_WORDS = 1000  # rates are mentions in so many words
_PLACE = ["doc_id", "paragraph"]
_ENTITY = ["entity_id", "kind"]
_GROUP = ["grouping", "name"]


class Ground(NamedTuple):
    """What mentions are counted against."""

    paragraphs: pd.DataFrame  # doc_id, paragraph, author, words
    mentions: pd.Series  # by author, all kinds together
    confidence: float


def ground_of(
    author: pd.Series,
    measures: pd.DataFrame,
    mentions: pd.DataFrame,
    confidence: float,
) -> Ground:
    """Paragraphs of the measured sentences with their words, and mentions, of every author."""
    found = measures.groupby(_PLACE)["words"].sum().reset_index()
    found = found.assign(author=found["doc_id"].map(author))
    total = mentions["author"].value_counts().reindex(sorted(set(author)), fill_value=0)
    return Ground(found, total, confidence)


def roll_up(mentions: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """The same mentions as mentions of actors, with name and kind as in the registry.

    Who is not listed stays as it is, and a cited author stays a cited author.
    """
    known = [registry.by_id.get(actor_id) for actor_id in mentions["actor_id"]]
    names, kinds = (zip(known, mentions[column], strict=True) for column in ("entity", "kind"))
    return mentions.assign(
        entity_id=mentions["actor_id"],
        entity=[actor.name if actor else name for actor, name in names],
        kind=[actor.kind if actor and kind != CITED else kind for actor, kind in kinds],
    )


def count_actors(named: pd.DataFrame, rolled_up: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    """Mentions, rate, share and first mention of every entity, named and rolled up: table `actors`."""
    ways = {"named": named, "rolled up": rolled_up}
    return tables.take(
        "actors", pd.concat(_entities(it, ground).assign(counted=way) for way, it in ways.items())
    )


def _entities(mentions: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    different = mentions.sort_values([*_ENTITY, "entity"]).drop_duplicates(_ENTITY)
    found = _measured(mentions, different[[*_ENTITY, "entity"]], _ENTITY, ground)
    keys = ["author", *_ENTITY]
    first = mentions.sort_values(["doc_id", "start"]).drop_duplicates(keys)[[*keys, "doc_id", "sent_id"]]
    first = first.rename(columns={"doc_id": "first_doc_id", "sent_id": "first_sent_id"})
    return found.merge(first, how="left", on=keys).fillna({"first_doc_id": ""})


def count_groups(rolled_up: pd.DataFrame, registry: Registry, ground: Ground) -> pd.DataFrame:
    """Mentions of each kind of actor and of each group of the registry: table `actor_groups`.

    Cited authors are a kind of their own and in no group.
    """
    members = [(group.name, registry.actor_of(it)) for group in registry.groups for it in group.members]
    listed = pd.DataFrame(members, columns=["name", "entity_id"], dtype="str").drop_duplicates()
    actors = rolled_up[rolled_up["kind"] != CITED]
    by_kind = rolled_up.assign(grouping="kind", name=rolled_up["kind"])
    by_group = actors.merge(listed, on="entity_id").assign(grouping="group")
    mentions = pd.concat([by_kind, by_group])
    groups = pd.concat([by_kind[_GROUP], listed[["name"]].assign(grouping="group")]).drop_duplicates()
    found = _measured(mentions, groups, _GROUP, ground)
    keys = ["author", *_GROUP]
    named = mentions.groupby(keys)["entity_id"].nunique().rename("entities").reset_index()
    return tables.take("actor_groups", found.merge(named, how="left", on=keys).fillna({"entities": 0}))


def _measured(
    mentions: pd.DataFrame, features: pd.DataFrame, keys: list[str], ground: Ground
) -> pd.DataFrame:
    """The features, once for each author: author, count, rate with interval, and share of all mentions."""
    counts = _counts(mentions, features, keys, ground.paragraphs)
    found = []
    for author, total in ground.mentions.items():
        own = (ground.paragraphs["author"] == author).to_numpy()
        sizes = ground.paragraphs["words"].to_numpy(dtype=float)[own]
        count = counts[own].sum(axis=0)
        low, high = clustered(counts[own], sizes, confidence=ground.confidence)
        numbers = {"count": count, "rate": _ratio(count, sizes.sum()), "low": low, "high": high}
        per_words = {name: PER_WORDS * numbers[name] for name in ("rate", "low", "high")}
        found.append(features.assign(author=author, **numbers | per_words, share=_ratio(count, total)))
    return pd.concat(found)


def _ratio(count: np.ndarray, total: float) -> np.ndarray:
    """Out of nothing, nothing is known: missing, not 0."""
    return count / total if total else np.full(len(count), np.nan)


def _counts(
    mentions: pd.DataFrame, features: pd.DataFrame, keys: list[str], paragraphs: pd.DataFrame
) -> sparse.csr_array:
    """Mentions of every feature in every paragraph: paragraphs x features."""
    row = paragraphs[_PLACE].assign(row=np.arange(len(paragraphs)))
    column = features[keys].assign(column=np.arange(len(features)))
    placed = mentions[[*_PLACE, *keys]].merge(row, on=_PLACE).merge(column, on=keys)
    ones = np.ones(len(placed), dtype="int64")
    shape = len(paragraphs), len(features)
    return sparse.csr_array((ones, (placed["row"], placed["column"])), shape=shape)
