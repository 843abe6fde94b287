"""Decides what the report says. Plain data only: this module knows no HTML."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.manifest import REST
from nlp.params import ReportParams
from nlp.report.corpus import Corpus, corpus_of
from nlp.report.frames import Differences, FrameSection, differences_of, frames_of
from nlp.report.names import Names, names_of
from nlp.report.network import Drawing, draw
from nlp.report.provenance import Provenance, provenance_of
from nlp.report.tables import Tables
from nlp.report.topics import TopicSection, topics_of
from nlp.report.validation import Validation, validation_of


class Summary(NamedTuple):
    """Everything that the page shows, in its order."""

    title: str
    codings_note: str
    authors: list[object]
    grouped_by: str  # what groups are made by: author, or another field of the manifest
    names: list[str]
    unit: str  # what is coded: sentence, paragraph or document
    stances: list[tuple[str, str]]  # name and label; none where there is nothing to split
    stance_labels: Mapping[str, str]
    frames: list[FrameSection]
    differences: Differences
    named: Names
    network: Drawing
    topics: TopicSection
    words: list[tuple[str, list[Any]]]
    validation: Validation
    corpus: Corpus
    provenance: Provenance

    @property
    def shown_words(self) -> set[str]:
        """The words of which the page has figures."""
        return {row.feature for _, rows in self.words for row in rows}


def summarise(tables: Tables, codebook: Codebook, params: ReportParams) -> Summary:
    """Pick and order what a reader needs from the comparison tables."""
    names = list(tables.authors["author"])
    return Summary(
        title=params.title,
        codings_note=params.codings_note,
        authors=_rows(tables.authors),
        grouped_by=next(iter(tables.members["grouped_by"]), "author"),
        names=names,
        unit=codebook.unit,
        stances=[(it.name, it.label) for it in codebook.stances if it.name in codebook.split],
        stance_labels={it.name: it.label for it in codebook.stances},
        frames=frames_of(tables.prevalence, names, codebook),
        differences=differences_of(tables.frame_differences, tables.authors["documents"], codebook),
        named=names_of(
            tables.actors, tables.actor_groups, tables.entity_quality, names, params.top_entities
        ),
        network=draw(tables.comentions, tables.actors, names, params.network_actors),
        topics=topics_of(
            tables.topic_quality,
            tables.topic_terms,
            tables.topic_choice,
            tables.topic_shares,
            tables.topic_differences,
            tables.topic_passages,
            tables.topic_changes,
            tables.authors.set_index("author")["documents"],
        ),
        words=_words(tables.contrasts, names, params.top_words),
        validation=validation_of(
            tables.coder_quality,
            tables.confusion,
            tables.mistakes,
            tables.ablation,
            tables.reliability,
            tables.coded_sentences,
            codebook,
        ),
        corpus=corpus_of(tables),
        provenance=provenance_of(tables.provenance, tables.coded_sentences, codebook),
    )


def _rows(table: pd.DataFrame) -> list[object]:
    return list(table.itertuples(index=False))


def _words(contrasts: pd.DataFrame, names: Sequence[str], most: int) -> list[tuple[str, list[object]]]:
    """Words that an author uses more than the others do, strongest evidence first."""
    rest = (contrasts["kind"] == "word") & (contrasts["other"] == REST)
    words = contrasts[rest & (contrasts["effect"] > 0)]
    ranked = words.sort_values(["p", "statistic", "feature"], ascending=[True, False, True])
    return [(name, _rows(ranked[ranked["author"] == name].head(most))) for name in names]
