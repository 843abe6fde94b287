"""report: comparison tables -> one HTML page."""

from typing import NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.params import ReportParams
from nlp.report.page import to_html
from nlp.report.summary import Tables, summarise


class Result(NamedTuple):
    page: str


def run(
    params: ReportParams,
    *,
    documents: pd.DataFrame,
    duplicates: pd.DataFrame,
    texts: pd.DataFrame,
    cleaning: pd.DataFrame,
    sentences: pd.DataFrame,
    units: pd.DataFrame,
    topic_terms: pd.DataFrame,
    topic_quality: pd.DataFrame,
    topic_choice: pd.DataFrame,
    topic_changes: pd.DataFrame,
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
    prevalence: pd.DataFrame,
    frame_differences: pd.DataFrame,
    topic_shares: pd.DataFrame,
    topic_differences: pd.DataFrame,
    topic_passages: pd.DataFrame,
    contrasts: pd.DataFrame,
    actors: pd.DataFrame,
    actor_groups: pd.DataFrame,
    comentions: pd.DataFrame,
    entity_quality: pd.DataFrame,
    codebook: Codebook,
) -> Result:
    """Write the comparison as one self-contained page that needs no network and no script."""
    found = Tables(
        documents,
        duplicates,
        texts,
        cleaning,
        sentences,
        units,
        topic_terms,
        topic_quality,
        topic_choice,
        topic_changes,
        coded_sentences,
        coder_quality,
        confusion,
        mistakes,
        ablation,
        reliability,
        validation,
        frame_codes,
        explanations,
        members,
        authors,
        prevalence,
        frame_differences,
        topic_shares,
        topic_differences,
        topic_passages,
        contrasts,
        actors,
        actor_groups,
        comentions,
        entity_quality,
    )
    return Result(to_html(summarise(found, codebook, params)))
