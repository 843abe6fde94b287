"""What authors write about: topic shares, how they differ, and the passages that show it."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp import tables
from nlp.manifest import REST
from nlp.params import CompareParams
from nlp.shares import Difference, Shares, difference
from nlp.shares.serial import (
    Serial,
    between_runs,
    carried,
    components,
    intervals,
    widened,
    with_rest,
    with_rests,
)
from nlp.stats import adjust, ratios

_PASSAGE = ["doc_id", "passage"]
_RUN = ["n_topics", "run"]


class Runs(NamedTuple):
    """What other runs of the model say; the first axis is runs, the last topics."""

    which: np.ndarray  # number of topics and of the run, for each
    shares: np.ndarray  # runs x authors and rests x topics
    found: np.ndarray  # bool: whether a run has the topic, too
    alike: np.ndarray  # bool, of runs: with as many topics as are shown


class Told(NamedTuple):
    """What is known of the topics; matrices have a row for each author, then for the rest of each.

    The rest of an author are the passages of all others together. NaN without passages.
    """

    authors: np.ndarray
    topics: pd.Series  # labels by number
    several: bool  # whether any author has several texts, so that it shows how texts differ
    passages: np.ndarray  # of each author, and of each rest
    known: np.ndarray  # share of the terms of an author's passages that the model knows
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
    """The topics' shares in the passages of each author, and how sure they are.

    `author` is that of each document. Passages without weights (no known term) are not counted.
    """
    topics = topic_quality.set_index("topic")["label"].sort_index()
    authors, place = np.unique(author.to_numpy(dtype=str), return_inverse=True)
    group = pd.Series(place, index=author.index)
    single = topic_weights.drop_duplicates(_PASSAGE)
    passages = single.groupby("doc_id").size()
    texts = np.bincount(group[passages.index], minlength=len(authors))
    count = with_rest(np.bincount(group[passages.index], passages, len(authors)))
    known = with_rest(np.bincount(group[single["doc_id"]], single["known"], len(authors)))
    share, size = _measured(topic_weights, group, (len(authors), len(topics)), params)
    return Told(
        authors=authors,
        topics=topics,
        several=bool((texts > 1).any()),
        passages=count.astype(int),
        known=ratios(known, count),
        share=share,
        size=size,
        runs=_runs(topic_runs, passages, group, (len(authors), len(topics)), params),
    )


def _measured(
    topic_weights: pd.DataFrame, group: pd.Series, shape: tuple[int, int], params: CompareParams
) -> tuple[np.ndarray, np.ndarray]:
    """Shares and sizes, authors and rests x topics."""
    share, size = np.full((2, 2 * shape[0], shape[1]), np.nan)
    if topic_weights.empty:
        return share, size
    wide = topic_weights.pivot(index=_PASSAGE, columns="topic", values=["weight", "variance"])
    text, documents = pd.factorize(wide.index.get_level_values("doc_id"))
    found, own = np.unique(group[documents].to_numpy()[text], return_inverse=True)
    weights, variances = (wide[it].to_numpy(dtype=float) for it in ("weight", "variance"))
    serial = Serial(weights, variances, own, text)
    told = with_rests(serial, components(serial), confidence=params.confidence)
    places = np.append(found, shape[0] + found)
    share[places], size[places] = told.mean, told.size
    return share, size


def _runs(
    topic_runs: pd.DataFrame,
    passages: pd.Series,
    group: pd.Series,
    shape: tuple[int, int],
    params: CompareParams,
) -> Runs:
    """A run's share with an author is that in the author's documents, each by its passages."""
    rows = topic_runs[topic_runs["doc_id"].isin(passages.index)]
    runs, run = np.unique(rows[_RUN].to_numpy(dtype=int), axis=0, return_inverse=True)
    topic = np.unique(rows["topic"], return_inverse=True)[1]
    cell = (group[rows["doc_id"]].to_numpy(), run, topic)
    count = passages[rows["doc_id"]].to_numpy()
    sums, counts = np.zeros((2, shape[0], len(runs), shape[1]))
    np.add.at(sums, cell, rows["weight"].to_numpy() * count)
    np.add.at(counts, cell, count)
    similarity = np.zeros((len(runs), shape[1]))
    similarity[run, topic] = rows["similarity"]
    shares = ratios(with_rest(sums), with_rest(counts)).swapaxes(0, 1)
    return Runs(runs, shares, similarity >= params.recognised, runs[:, 0] == shape[1])


def topic_shares(told: Told, params: CompareParams) -> pd.DataFrame:
    """Table `topic_shares`, with a row for every author and topic."""
    enough = _estimable(told, params)
    numbers = _numbers(told, params).items()
    own = len(told.authors), len(told.topics)
    rows = pd.DataFrame(
        {name: np.where(enough[:, None], it, np.nan)[: own[0]].ravel() for name, it in numbers}
    )
    author, topic = (it.ravel() for it in np.indices(own))
    rows = rows.assign(
        author=told.authors[author],
        passages=told.passages[author],
        known=told.known[author],
        estimable=enough[author],
    )
    labels = told.topics.to_numpy()[topic]
    return tables.take("topic_shares", rows.assign(topic=told.topics.index[topic], label=labels))


def _estimable(told: Told, params: CompareParams) -> np.ndarray:
    """Of which authors there are passages enough, of which the model knows enough."""
    return (told.passages >= params.min_passages) & (told.known >= params.min_known)


def _numbers(told: Told, params: CompareParams) -> dict[str, np.ndarray]:
    """Columns of the table, as authors x topics."""
    runs = told.runs.shares[told.runs.alike]
    between = between_runs(told.share, runs)
    beside = carried(between, len(runs), confidence=params.confidence)
    plain = intervals(told.share, told.size, confidence=params.confidence)
    shown = widened(plain, beside, confidence=params.confidence)
    deviation = np.sqrt(between) if len(runs) else np.full_like(between, np.nan)
    columns = ("share", "low", "high", "between_runs", "worth")
    return dict(zip(columns, (*shown[:3], deviation, told.size), strict=True))


class Pairs(NamedTuple):
    """Pairs of authors, and of authors and their rests, by number (`groups.pairs_of`)."""

    one: np.ndarray
    other: np.ndarray

    def of(self, values: np.ndarray) -> np.ndarray:
        """What the first has more; the last axis is authors and rests."""
        return values[..., self.one] - values[..., self.other]

    def difference(self, shares: Shares, beside: np.ndarray | float, params: CompareParams) -> Difference:
        own, its = (Shares(*(it[place] for it in shares)) for place in self)
        return difference(own, its, confidence=params.confidence, beside=beside)

    def named(self, authors: np.ndarray) -> dict[str, np.ndarray]:
        """Columns with their names."""
        names = np.append(authors.astype(object), [REST] * len(authors))
        return {"author": names[self.one], "other": names[self.other]}


def topic_differences(told: Told, pairs: Pairs, params: CompareParams) -> pd.DataFrame:
    """Table `topic_differences`, for these pairs; with two authors the rest is the other one."""
    found = [_topic(at, pairs, told, params) for at in range(len(told.topics))]
    if not found or not len(pairs.one):
        return tables.make("topic_differences", [])
    rows = pd.concat(found, ignore_index=True)
    known = rows["p"].notna()
    rows["q"] = np.nan
    rows.loc[known, "q"] = adjust(rows.loc[known, "p"].to_numpy(dtype=float))
    rows["scope"] = "groups" if told.several else "texts"
    return tables.take("topic_differences", rows)


def _topic(at: int, pairs: Pairs, told: Told, params: CompareParams) -> pd.DataFrame:
    """The differences in one topic.

    Both shares move together from run to run, so the model's variance is that of their difference.
    """
    share, runs = told.share[:, at], told.runs.shares[told.runs.alike, :, at]
    between = between_runs(pairs.of(share), pairs.of(runs))
    beside = carried(between, len(runs), confidence=params.confidence)
    shares = intervals(share, told.size[:, at], confidence=params.confidence)
    found = pairs.difference(shares, beside, params)
    survives = _survives(at, np.sign(found.value), pairs, told, params)
    estimable = _estimable(told, params)[np.stack(pairs)].all(axis=0)
    rows = pd.DataFrame({**found._asdict(), "survives": survives}).rename(columns={"value": "difference"})
    rows.loc[~estimable] = np.nan
    topic = {"topic": told.topics.index[at], "label": told.topics.iloc[at], "runs": len(told.runs.shares)}
    return rows.assign(**pairs.named(told.authors), **topic, estimable=estimable)


def _survives(at: int, sign: np.ndarray, pairs: Pairs, told: Told, params: CompareParams) -> np.ndarray:
    """Share of the runs that have the topic, and a difference of this sign and an interval without 0."""
    lasting = np.zeros(len(sign))
    for _, found in in_runs(at, pairs, told, params):
        lasting += np.where(sign > 0, found.low > 0, (sign < 0) & (found.high < 0))
    return ratios(lasting, np.full(len(sign), len(told.runs.shares)))


def in_runs(
    at: int, pairs: Pairs, told: Told, params: CompareParams
) -> Iterator[tuple[np.ndarray, Difference]]:
    """The differences in a topic by each other run of the model that has it, and which run that is."""
    for run in np.flatnonzero(told.runs.found[:, at]):
        shares = intervals(told.runs.shares[run, :, at], told.size[:, at], confidence=params.confidence)
        yield told.runs.which[run], pairs.difference(shares, 0.0, params)


def typical_passages(
    topic_quality: pd.DataFrame,
    topic_weights: pd.DataFrame,
    passages: pd.DataFrame,
    author: pd.Series,
    params: CompareParams,
) -> pd.DataFrame:
    """Table `topic_passages`: those of each author with the greatest weights, the earlier of equal ones."""
    passages = passages.assign(author=passages["doc_id"].map(author))
    rows = topic_weights[topic_weights["weight"] > 0].merge(passages[[*_PASSAGE, "author"]], on=_PASSAGE)
    order = ["topic", "author", "weight", *_PASSAGE]
    rows = rows.sort_values(order, ascending=[True, True, False, True, True])
    rows["rank"] = rows.groupby(["topic", "author"]).cumcount() + 1
    rows = rows[rows["rank"] <= params.typical_passages]
    rows = rows.merge(topic_quality[["topic", "label"]], on="topic")
    return tables.take("topic_passages", rows.merge(passages, on=[*_PASSAGE, "author"]))
