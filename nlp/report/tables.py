"""The tables that the report is made from, under one name."""

from typing import NamedTuple

import pandas as pd


class Tables(NamedTuple):
    """What stage `report` reads, as `nlp/pipeline.py` lists it."""

    documents: pd.DataFrame
    duplicates: pd.DataFrame
    texts: pd.DataFrame
    edits: pd.DataFrame
    zones: pd.DataFrame
    cleaning: pd.DataFrame
    sentences: pd.DataFrame
    entities: pd.DataFrame
    entity_quality: pd.DataFrame
    checked_names: pd.DataFrame
    passages: pd.DataFrame
    topic_terms: pd.DataFrame
    topic_quality: pd.DataFrame
    topic_choice: pd.DataFrame
    topic_changes: pd.DataFrame
    topic_weights: pd.DataFrame
    occurrences: pd.DataFrame
    units: pd.DataFrame
    coded_sentences: pd.DataFrame
    coder_quality: pd.DataFrame
    confusion: pd.DataFrame
    mistakes: pd.DataFrame
    ablation: pd.DataFrame
    reliability: pd.DataFrame
    validation: pd.DataFrame
    frame_codes: pd.DataFrame
    explanations: pd.DataFrame
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
    provenance: pd.DataFrame
