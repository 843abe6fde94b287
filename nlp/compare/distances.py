"""How far apart groups are, and the map of it: tables `distances` and `distance_map`."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from nlp import tables
from nlp.codebook import ANY
from nlp.compare.groups import every_two
from nlp.compare.prevalence import CORRECTED
from nlp.compare.segments import Material, material_of
from nlp.params import CompareParams
from nlp.stats import Distance, adjust, classical_scaling, distance, distance_of_shares, no_distance, seeded
from nlp.stats.segments import sums

_KINDS = {"words": "word", "entities": "entity"}  # space -> kind in table `counts`
_PASSAGE = ["doc_id", "passage"]

Pair = tuple[str, str]
Measure = Callable[[Pair], tuple[int, Distance]]  # how many features the two have, and their distance


def distances(
    author: pd.Series,
    measures: pd.DataFrame,
    counts: pd.DataFrame,
    passages: pd.DataFrame,
    topic_weights: pd.DataFrame,
    topic_shares: pd.DataFrame,
    shares: pd.DataFrame,
    params: CompareParams,
) -> pd.DataFrame:
    """Distances of all pairs of groups in words, names, topics and frames: table `distances`.

    Words, names and topics are compared in segments of texts (a passage belongs to the segment that its
    first sentence is in), frames by their corrected shares in each stance: `shares` is that of
    `prevalence.estimate_all`. A group of which there is too little leaves rows without numbers. Empty
    with a single group and with more than `max_paired`.
    """
    groups = sorted(set(author))
    numbers = zip(*every_two(len(groups), params.max_paired), strict=True)
    pairs = [(groups[one], groups[other]) for one, other in numbers]
    spaces = {
        space: _of_segments(space, material_of(author, measures, rows, "count"), groups, params)
        for space, kind in _KINDS.items()
        for rows in [counts[counts["kind"] == kind]]
    }
    topics = _topics(measures, passages, topic_weights)
    known = set(topic_shares.loc[topic_shares["estimable"], "author"])
    spaces["topics"] = _of_segments(
        "topics", material_of(author, measures, topics, "weight"), known, params
    )
    spaces["frames"] = _of_shares(shares, params)
    found = [
        {"space": space, "author": one, "other": other, "features": number, **told._asdict()}
        for space, measure in spaces.items()
        for one, other in pairs
        for number, told in [measure((one, other))]
    ]
    if not found:
        return tables.make("distances", [])
    rows = pd.DataFrame(found).rename(columns={"value": "distance"}).assign(q=np.nan)
    tested = rows["p"].notna()
    rows.loc[tested, "q"] = adjust(rows.loc[tested, "p"].to_numpy())
    return tables.take("distances", rows)


def _topics(measures: pd.DataFrame, passages: pd.DataFrame, topic_weights: pd.DataFrame) -> pd.DataFrame:
    """Weights of topics with the segment of their passage."""
    first = passages[[*_PASSAGE, "sent_id"]].merge(measures[["doc_id", "sent_id", "segment"]])
    found = topic_weights.merge(first, on=_PASSAGE)
    return found.assign(feature=found["topic"])


def _of_segments(
    space: str, material: Material, known: list[str] | set[str], params: CompareParams
) -> Measure:
    """The distance of two groups in what their segments have."""
    counted = sums(material.segments.counts, material.segments.group, len(material.groups))

    def measure(pair: Pair) -> tuple[int, Distance]:
        place = material.groups.get_indexer(pd.Index(pair))
        if not known or not set(pair) <= set(known) or (place < 0).any():
            return 0, no_distance()
        found = distance(
            material.segments,
            int(place[0]),
            int(place[1]),
            min_documents=params.min_documents,
            permutations=params.replicates,
            confidence=params.confidence,
            draw=seeded(params.seed, space, *pair),
        )
        return int((counted[place].sum(axis=0) > 0).sum()), found

    return measure


def _of_shares(shares: pd.DataFrame, params: CompareParams) -> Measure:
    """The distance of two groups in the corrected shares of frames by stance."""
    rows = shares[(shares["method"] == CORRECTED) & (shares["stance"] != ANY)]
    enough = rows.groupby("author")["estimable"].all()
    wide = rows.pivot(index="author", columns=["frame", "stance"], values=["estimate", "size"])
    scope = rows.groupby("author")["scope"].first()

    def measure(pair: Pair) -> tuple[int, Distance]:
        if not enough.reindex(pair, fill_value=False).all():
            return 0, no_distance()
        share, size = (wide[it].loc[list(pair)].to_numpy(dtype=float) for it in ("estimate", "size"))
        found = distance_of_shares(
            share,
            size,
            replicates=params.replicates,
            confidence=params.confidence,
            draw=seeded(params.seed, "frames", *pair),
        )
        found = found._replace(scope=scope[pair[0]])  # of the sizes, which documents may take part in
        return int((share.sum(axis=0) > 0).sum()), found

    return measure


def distance_map(told: pd.DataFrame) -> pd.DataFrame:
    """Table `distance_map`, from table `distances`: what is far beyond chance is far apart.

    Groups have a place if their distances from all others that have any are known: two texts of a
    single segment each have none.
    """
    found = [_map(space, rows) for space, rows in told.groupby("space")]
    return tables.take("distance_map", pd.concat(found)) if found else tables.make("distance_map", [])


def _map(space: str, rows: pd.DataFrame) -> pd.DataFrame:
    groups = pd.Index(sorted({*rows["author"], *rows["other"]}))
    table = np.full((len(groups), len(groups)), np.nan)
    one, other = (groups.get_indexer(rows[it]) for it in ("author", "other"))
    table[one, other] = table[other, one] = rows["beyond"]
    placed = _placed(table)
    table[placed, placed] = 0
    found = classical_scaling(table[np.ix_(placed, placed)])
    x, y = found.points.T
    own = pd.DataFrame({"space": space, "author": groups[placed], "x": x, "y": y})
    return own.assign(shown=found.shown, stress=found.stress)


def _placed(table: np.ndarray) -> np.ndarray:
    """Numbers of the groups whose distances from all others that have any are known; of one, none."""
    known = ~np.isnan(table)
    some = np.flatnonzero(known.any(axis=1))
    least = len(some) - 1  # of the distances from the others; its own is unknown yet
    found = some[known[some].sum(axis=1) == least]
    return found if len(found) > 1 else found[:0]
