"""compare: everything counted -> comparison tables."""

from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.codebook import Codebook
from nlp.compare.actors import count_actors, count_groups, ground_of, roll_up
from nlp.compare.authors import describe
from nlp.compare.contrasts import contrast
from nlp.compare.counts import count_features
from nlp.compare.differences import differ
from nlp.compare.network import count_together, to_gexf
from nlp.compare.prevalence import estimate_all
from nlp.compare.rates import rate
from nlp.compare.topics import tell, topic_differences, topic_shares, typical_passages
from nlp.params import CompareParams
from nlp.registry import Registry


class Result(NamedTuple):
    authors: pd.DataFrame
    prevalence: pd.DataFrame
    frame_differences: pd.DataFrame
    topic_shares: pd.DataFrame
    topic_differences: pd.DataFrame
    topic_passages: pd.DataFrame
    rates: pd.DataFrame
    contrasts: pd.DataFrame
    actors: pd.DataFrame
    actor_groups: pd.DataFrame
    comentions: pd.DataFrame
    network: str


def run(
    params: CompareParams,
    *,
    texts: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    entities: pd.DataFrame,
    passages: pd.DataFrame,
    topic_quality: pd.DataFrame,
    topic_runs: pd.DataFrame,
    topic_weights: pd.DataFrame,
    validation: pd.DataFrame,
    frame_codes: pd.DataFrame,
    codebook: Codebook,
    registry: Registry,
) -> Result:
    """Compare the authors: what they name, write about and how they frame it.

    Only the chosen zones are counted. With a single author there is nothing to compare: `contrasts` and
    both tables of differences are then empty. Without topics, so are the tables of topics.
    """
    analysed = sentences[sentences["zone"].isin(params.zones)]
    tokens, entities = (_within(analysed, rows) for rows in (tokens, entities))
    author = texts.set_index("doc_id")["author"]
    entities = entities.assign(author=entities["doc_id"].map(author))
    shares = estimate_all(frame_codes, validation, author, codebook, params)
    topics = tell(topic_quality, topic_runs, topic_weights, author, params)
    counts = count_features(author, tokens, entities, shares, params)
    ground = ground_of(author, analysed, tokens, entities, params.confidence)
    rolled_up = roll_up(entities, registry)
    actors = count_actors(entities, rolled_up, ground)
    comentions = count_together(rolled_up, author, analysed, params.min_comentions)
    return Result(
        authors=describe(author, analysed, tokens, entities, validation),
        prevalence=tables.take("prevalence", shares),
        frame_differences=differ(shares, params),
        topic_shares=topic_shares(topics, params),
        topic_differences=topic_differences(topics, params),
        topic_passages=typical_passages(topic_quality, topic_weights, passages, params),
        rates=rate(counts[counts["kind"] != "word"], params.confidence),
        contrasts=contrast(counts, params),
        actors=actors,
        actor_groups=count_groups(rolled_up, registry, ground),
        comentions=comentions,
        network=to_gexf(comentions, actors),
    )


def _within(sentences: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that belong to one of the sentences, in their order, with its paragraph."""
    return rows.merge(sentences[["doc_id", "sent_id", "paragraph"]], on=["doc_id", "sent_id"])
