"""report: comparison tables -> one HTML page, with the sentences behind every figure."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.params import ReportParams
from nlp.registry import Registry
from nlp.report.evidence import evidence_of
from nlp.report.files import files_of
from nlp.report.summary import summarise
from nlp.report.tables import Tables


class Result(NamedTuple):
    report: Mapping[str, str]  # by name of the file


def run(
    params: ReportParams,
    *,
    documents: pd.DataFrame,
    duplicates: pd.DataFrame,
    texts: pd.DataFrame,
    edits: pd.DataFrame,
    zones: pd.DataFrame,
    cleaning: pd.DataFrame,
    sentences: pd.DataFrame,
    entities: pd.DataFrame,
    entity_quality: pd.DataFrame,
    checked_names: pd.DataFrame,
    passages: pd.DataFrame,
    topic_terms: pd.DataFrame,
    topic_quality: pd.DataFrame,
    topic_choice: pd.DataFrame,
    topic_changes: pd.DataFrame,
    topic_weights: pd.DataFrame,
    occurrences: pd.DataFrame,
    units: pd.DataFrame,
    coded_sentences: pd.DataFrame,
    coder_quality: pd.DataFrame,
    confusion: pd.DataFrame,
    mistakes: pd.DataFrame,
    ablation: pd.DataFrame,
    reliability: pd.DataFrame,
    validation: pd.DataFrame,
    frame_codes: pd.DataFrame,
    explanations: pd.DataFrame,
    members: pd.DataFrame,
    authors: pd.DataFrame,
    author_zones: pd.DataFrame,
    prevalence: pd.DataFrame,
    frame_differences: pd.DataFrame,
    frame_actors: pd.DataFrame,
    frame_course: pd.DataFrame,
    topic_shares: pd.DataFrame,
    topic_differences: pd.DataFrame,
    topic_passages: pd.DataFrame,
    actors: pd.DataFrame,
    actor_groups: pd.DataFrame,
    comentions: pd.DataFrame,
    contrasts: pd.DataFrame,
    distances: pd.DataFrame,
    distance_map: pd.DataFrame,
    robustness: pd.DataFrame,
    variants: pd.DataFrame,
    provenance: pd.DataFrame,
    codebook: Codebook,
    registry: Registry,
) -> Result:
    """Write the comparison as one self-contained page that needs no network, and no script to be read.

    Of a large corpus the evidence stands in files beside it, by group.
    """
    given = locals()
    tables = Tables(**{name: given[name] for name in Tables._fields})
    summary = summarise(tables, codebook, params)
    evidence = evidence_of(tables, codebook, registry, title=params.title, words=summary.shown_words)
    return Result(files_of(summary, evidence, params.max_bytes))
