"""compare: everything counted -> comparison tables."""

from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.codebook import Codebook
from nlp.codes import coder_of_all
from nlp.compare.actors import count_actors, count_groups, ground_of, roll_up
from nlp.compare.contrasts import contrasts
from nlp.compare.course import follow
from nlp.compare.description import describe, zones_of
from nlp.compare.differences import differ
from nlp.compare.distances import distance_map, distances
from nlp.compare.frame_actors import count_in_frames
from nlp.compare.groups import groups_of, members_of, pairs_of
from nlp.compare.judged import judge
from nlp.compare.network import count_together, to_gexf
from nlp.compare.prevalence import estimate_all
from nlp.compare.robustness import vary
from nlp.compare.samples import measure
from nlp.compare.topics import Pairs, tell, topic_differences, topic_shares, typical_passages
from nlp.compare.variants import Material
from nlp.params import CompareParams
from nlp.registry import Registry


class Result(NamedTuple):
    members: pd.DataFrame
    authors: pd.DataFrame
    author_zones: pd.DataFrame
    prevalence: pd.DataFrame
    frame_differences: pd.DataFrame
    frame_actors: pd.DataFrame
    frame_course: pd.DataFrame
    topic_shares: pd.DataFrame
    topic_differences: pd.DataFrame
    topic_passages: pd.DataFrame
    actors: pd.DataFrame
    actor_groups: pd.DataFrame
    comentions: pd.DataFrame
    contrasts: pd.DataFrame
    distances: pd.DataFrame
    distance_map: pd.DataFrame
    robustness: pd.DataFrame
    variants: pd.DataFrame
    network: str


def run(
    params: CompareParams,
    *,
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    measures: pd.DataFrame,
    counts: pd.DataFrame,
    entities: pd.DataFrame,
    passages: pd.DataFrame,
    topic_quality: pd.DataFrame,
    topic_runs: pd.DataFrame,
    topic_weights: pd.DataFrame,
    units: pd.DataFrame,
    validation: pd.DataFrame,
    frame_codes: pd.DataFrame,
    codebook: Codebook,
    registry: Registry,
) -> Result:
    """Compare groups of documents: what they name, write about and how they frame it.

    Groups are authors, or what `group_by` says. Only the chosen zones are counted. With a single group
    there is nothing to compare: all tables of differences are then empty. Without topics, so are theirs.
    """
    members = members_of(documents, params.group_by)
    author = groups_of(members)
    analysed = sentences[sentences["zone"].isin(params.zones)]
    measured = measures[measures["zone"].isin(params.zones)]
    counted = counts[counts["zone"].isin(params.zones)]
    entities = _within(analysed, entities)
    entities = entities.assign(author=entities["doc_id"].map(author))
    codes = frame_codes[frame_codes["coder"] == coder_of_all(frame_codes)]
    judged = judge(frame_codes, validation, units, documents.set_index("doc_id")["author"], codebook)
    corrected = measure(judged, author, params)
    shares = estimate_all(corrected, codes, judged, author, codebook, params)
    topics = tell(topic_quality, topic_runs, topic_weights, author, params)
    ground = ground_of(author, measured, entities, params.confidence)
    rolled_up = roll_up(entities, registry)
    actors = count_actors(entities, rolled_up, ground)
    shares_of_topics = topic_shares(topics, params)
    names = rolled_up.drop_duplicates("entity_id").set_index("entity_id")["entity"].astype("str")
    told = distances(author, measured, counted, passages, topic_weights, shares_of_topics, shares, params)
    comentions = count_together(rolled_up, author, analysed, params.min_comentions)
    pairs = pairs_of(len(corrected.groups), params.max_paired)
    material = Material(author, judged, measured, counted, names, topic_quality, topic_runs, topic_weights)
    robustness, variants = vary(material, codebook, params)
    return Result(
        members=members,
        authors=describe(author, measured, counted, entities, validation, params),
        author_zones=zones_of(author, measures, params.zones),
        prevalence=tables.take("prevalence", shares),
        frame_differences=differ(corrected, pairs, codebook, params),
        frame_actors=count_in_frames(codes, judged, rolled_up, analysed, author, codebook, params),
        frame_course=follow(codes, author, codebook, params),
        topic_shares=shares_of_topics,
        topic_differences=topic_differences(topics, Pairs(*pairs), params),
        topic_passages=typical_passages(topic_quality, topic_weights, passages, author, params),
        actors=actors,
        actor_groups=count_groups(rolled_up, registry, ground),
        comentions=comentions,
        contrasts=contrasts(author, measured, counted, names, params),
        distances=told,
        distance_map=distance_map(told),
        robustness=robustness,
        variants=variants,
        network=to_gexf(comentions, actors),
    )


def _within(sentences: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that belong to one of the sentences, in their order, with its paragraph."""
    return rows.merge(sentences[["doc_id", "sent_id", "paragraph"]], on=["doc_id", "sent_id"])
