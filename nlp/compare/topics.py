"""What authors write about: topic shares, how they differ, and the passages that show it."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp import tables
from nlp.params import CompareParams
from nlp.shares import Shares, difference
from nlp.shares.serial import Serial, means, sizes, spread, with_intervals
from nlp.stats import adjust


class Runs(NamedTuple):
    """What other runs of the model say; the first axis is runs, the last topics."""

    shares: np.ndarray  # runs x authors x topics
    found: np.ndarray  # bool: whether a run has the topic, too
    alike: np.ndarray  # bool, of runs: with as many topics as are shown


class Told(NamedTuple):
    """What is known of the topics of all authors that have passages; matrices are authors x topics."""

    authors: list[str]
    topics: pd.Series  # labels by number
    passages: np.ndarray  # of each author
    share: np.ndarray
    size: np.ndarray  # passages, drawn one by one, that a share is worth
    runs: Runs


def tell(
    topic_quality: pd.DataFrame,
    topic_runs: pd.DataFrame,
    topic_weights: pd.DataFrame,
    author: pd.Series,
    params: CompareParams,
) -> Told:
    """The topics' shares in the passages of each author, and how sure they are."""
    topics = topic_quality.set_index("topic")["label"].sort_index()
    wide = topic_weights.pivot(index=["doc_id", "passage"], columns="topic", values=["weight", "variance"])
    documents = wide.index.get_level_values("doc_id").to_series(index=range(len(wide)))
    authors, group = np.unique(documents.map(author).to_numpy(dtype=str), return_inverse=True)
    serial = Serial(
        weights=wide["weight"].to_numpy(dtype=float) if len(wide) else np.zeros((0, len(topics))),
        variances=wide["variance"].to_numpy(dtype=float) if len(wide) else np.zeros((0, len(topics))),
        group=group,
        text=pd.factorize(documents)[0],
    )
    return Told(
        authors=list(authors),
        topics=topics,
        passages=np.bincount(group, minlength=len(authors)),
        share=means(serial),
        size=sizes(serial, spread(serial)),
        runs=_runs(topic_runs, documents, author, list(authors), topics, params),
    )


def _runs(
    topic_runs: pd.DataFrame,
    documents: pd.Series,
    author: pd.Series,
    authors: list[str],
    topics: pd.Series,
    params: CompareParams,
) -> Runs:
    """A run's share of an author is that of the author's documents, each by its passages."""
    passages = documents.value_counts()
    rows = topic_runs[topic_runs["doc_id"].isin(passages.index)]
    count = rows["doc_id"].map(passages)
    who = rows["doc_id"].map(author)
    parts = rows.assign(
        author=who, part=rows["weight"] * count / who.map(documents.map(author).value_counts())
    )
    keys = ["n_topics", "run"]
    shares = parts.pivot_table(index=keys, columns=["author", "topic"], values="part", aggfunc="sum")
    alike = rows.pivot_table(index=keys, columns="topic", values="similarity", aggfunc="first")
    every = pd.MultiIndex.from_product([authors, topics.index])
    shape = (len(shares), len(authors), len(topics))
    return Runs(
        shares=shares.reindex(columns=every).to_numpy(dtype=float).reshape(shape),
        found=alike.reindex(columns=topics.index).to_numpy(dtype=float).reshape(len(shares), -1)
        >= params.recognised,
        alike=(shares.index.get_level_values(0) == len(topics)) if len(shares) else np.zeros(0, dtype=bool),
    )


def topic_shares(told: Told, params: CompareParams) -> pd.DataFrame:
    """Table `topic_shares`, with a row for every author that has passages."""
    between = _between(told.runs.shares, told.share, told.runs.alike)
    enough = told.passages >= params.min_passages
    shown = with_intervals(
        told.share, told.size, _carried(between, told.runs), confidence=params.confidence
    )
    deviation = np.sqrt(between) if told.runs.alike.any() else np.full_like(told.share, np.nan)
    columns = (shown.value, shown.low, shown.high, deviation)
    rows = []
    for at, name in enumerate(told.authors):
        for topic, (number, label) in enumerate(told.topics.items()):
            numbers = [it[at, topic] if enough[at] else np.nan for it in columns]
            rows.append((name, number, label, *numbers, told.passages[at], bool(enough[at])))
    return tables.make("topic_shares", rows)


def _between(runs: np.ndarray, shown: np.ndarray, alike: np.ndarray) -> np.ndarray:
    """Mean square deviation of runs with as many topics from what is shown; 0 without any."""
    return ((runs[alike] - shown) ** 2).mean(axis=0) if alike.any() else np.zeros_like(shown)


def _carried(between: np.ndarray, runs: Runs) -> np.ndarray:
    """The model's part of the variance, as in multiple imputation (Rubin 1987, ch. 3)."""
    return between * (1 + 1 / max(int(runs.alike.sum()), 1))


def topic_differences(told: Told, params: CompareParams) -> pd.DataFrame:
    """Table `topic_differences`, for all pairs of authors; empty with a single one.

    Both shares move together from run to run, so the model's variance is that of their difference.
    """
    pairs = combinations(range(len(told.authors)), 2)
    rows = pd.DataFrame([row for pair in pairs for row in _pair(*pair, told, params)], columns=_COLUMNS)
    known = rows["p"].notna()
    rows["q"] = np.nan
    rows.loc[known, "q"] = adjust(rows.loc[known, "p"].to_numpy(dtype=float))
    return tables.take("topic_differences", rows)


_COLUMNS = [
    *("author", "other", "topic", "label", "difference", "low", "high", "p"),
    *("survives", "runs", "estimable"),
]


def _pair(one: int, other: int, told: Told, params: CompareParams) -> Iterator[tuple[object, ...]]:
    apart = told.share[one] - told.share[other]
    apart_by_run = told.runs.shares[:, one] - told.runs.shares[:, other]
    beside = _carried(_between(apart_by_run, apart, told.runs.alike), told.runs)
    own, its = (_plain(told.share[it], told.size[it], params) for it in (one, other))
    found = difference(own, its, confidence=params.confidence, beside=beside)
    survives = _survives(np.sign(apart), one, other, told, params)
    estimable = bool(min(told.passages[one], told.passages[other]) >= params.min_passages)
    for topic, (number, label) in enumerate(told.topics.items()):
        numbers = [it[topic] if estimable else np.nan for it in (*found, survives)]
        names = (told.authors[one], told.authors[other], number, label)
        yield *names, *numbers, len(told.runs.shares), estimable


def _plain(share: np.ndarray, size: np.ndarray, params: CompareParams) -> Shares:
    """With intervals for the passages alone."""
    return with_intervals(share, size, np.zeros_like(share), confidence=params.confidence)


def _survives(sign: np.ndarray, one: int, other: int, told: Told, params: CompareParams) -> np.ndarray:
    """Share of the runs that have the topic, and a difference of this sign and an interval without 0."""
    if not len(told.runs.shares):
        return np.full(len(sign), np.nan)
    own, its = (_plain(told.runs.shares[:, it], told.size[it], params) for it in (one, other))
    found = difference(own, its, confidence=params.confidence)
    same = np.where(sign > 0, found.low > 0, found.high < 0)
    return (same & told.runs.found).mean(axis=0)


def typical_passages(
    topic_quality: pd.DataFrame,
    topic_weights: pd.DataFrame,
    passages: pd.DataFrame,
    author: pd.Series,
    params: CompareParams,
) -> pd.DataFrame:
    """Table `topic_passages`: those of each author with the greatest weights."""
    rows = topic_weights[topic_weights["weight"] > 0].merge(passages, on=["doc_id", "passage"])
    rows = rows.merge(topic_quality[["topic", "label"]], on="topic")
    rows = rows.assign(author=rows["doc_id"].map(author))
    order = ["topic", "author", "weight", "doc_id", "passage"]
    rows = rows.sort_values(order, ascending=[True, True, False, True, True])
    rows["rank"] = rows.groupby(["topic", "author"]).cumcount() + 1
    return tables.take("topic_passages", rows[rows["rank"] <= params.typical_passages])
