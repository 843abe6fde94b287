"""Decides what the report says. Plain data only: this module knows no HTML."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.params import ReportParams
from nlp.report.kinds import colour_of, kinds_of
from nlp.report.places import Places, places_of
from nlp.report.sections.calibration import Reliability, calibration_of
from nlp.report.sections.contrast import NOTABLE, texts_only
from nlp.report.sections.corpus import Corpus, corpus_of
from nlp.report.sections.course import Course, course_of
from nlp.report.sections.distances import Distances, distances_of
from nlp.report.sections.findings import Findings, findings_of
from nlp.report.sections.found_names import Label, found_names_of
from nlp.report.sections.frame_actors import FrameActors, frame_actors_of
from nlp.report.sections.frame_drawing import FrameBars, frame_bars
from nlp.report.sections.frames import Differences, FrameSection, differences_of, frames_of
from nlp.report.sections.limits import ACROSS, GROUPS
from nlp.report.sections.names import Names, names_of
from nlp.report.sections.network import Drawing, draw
from nlp.report.sections.outcomes import Outcomes, outcomes_of
from nlp.report.sections.provenance import Provenance, provenance_of
from nlp.report.sections.robustness import Robustness, labels_of, robustness_of
from nlp.report.sections.topics import TopicSection, topics_of
from nlp.report.sections.validation import Validation, validation_of
from nlp.report.sections.words import Words, words_of
from nlp.report.tables import Tables
from nlp.report.units_seen import Seen, units_seen


class Summary(NamedTuple):
    """Everything that the page shows, in its order."""

    title: str
    codings_note: str
    authors: list[object]
    totals: Mapping[str, int]  # of the columns of table `authors` that add up
    grouped_by: str  # what groups are made by: author, or another field of the manifest
    names: list[str]  # groups that are shown
    names_known: int  # groups in all
    texts_only: bool  # each author has one document: no inference beyond these texts
    wide: bool  # more authors than there are columns for
    unit: str  # what is coded: sentence, paragraph or document
    stances: list[tuple[str, str]]  # name and label; none where there is nothing to split
    stance_labels: Mapping[str, str]
    findings: Findings
    frames: list[FrameSection]
    frame_pictures: list[FrameBars]
    differences: Differences
    frame_actors: list[FrameActors]
    named: Names
    found_names: list[Label]
    kinds: list[tuple[str, int]]  # of names, with their colours
    network: Drawing
    topics: TopicSection
    words: Words
    distances: Distances
    course: Course
    validation: Validation
    outcomes: Outcomes
    calibration: Reliability | None
    robustness: Robustness
    corpus: Corpus
    provenance: Provenance
    places: Places  # where figures lead without script

    @property
    def shown_words(self) -> set[str]:
        """The words of which the page has figures."""
        told = {str(it.row.feature) for it in self.findings.shown if it.kind == "word"}
        return told | self.words.lemmas | self.distances.lemmas | self.robustness.lemmas


_ADD_UP = ["documents", "paragraphs", "sentences", "words", "mentions", "coded"]


def summarise(tables: Tables, codebook: Codebook, params: ReportParams) -> Summary:
    """Pick and order what a reader needs from the comparison tables."""
    names = _shown(tables.authors)
    grouped_by = next(iter(tables.members["grouped_by"]), "author")
    kinds = kinds_of(tables.actor_groups)
    stances = [(it.name, it.label) for it in codebook.stances if it.name in codebook.split]
    frames = frames_of(tables.prevalence, _seen(tables), names, codebook)
    summary = Summary(
        title=params.title,
        codings_note=params.codings_note,
        authors=_rows(tables.authors),
        totals={it: int(tables.authors[it].sum()) for it in _ADD_UP},
        grouped_by=grouped_by,
        names=names,
        names_known=len(tables.authors),
        texts_only=texts_only(tables.authors["documents"]),
        wide=len(names) > ACROSS,
        unit=codebook.unit,
        stances=stances,
        stance_labels={it.name: it.label for it in codebook.stances},
        findings=_findings(tables, codebook),
        frames=frames,
        frame_pictures=[frame_bars(it, stances) for it in frames],
        differences=differences_of(tables.frame_differences, tables.authors["documents"], codebook),
        frame_actors=frame_actors_of(tables.frame_actors, names, codebook),
        named=names_of(tables.actors, tables.actor_groups, names, params.top_entities),
        found_names=found_names_of(tables.entity_quality, tables.checked_names),
        kinds=[(it, colour_of(it, kinds)) for it in kinds],
        network=draw(tables.comentions, tables.actors, names, kinds, params.network_actors),
        topics=_topics(tables, names),
        words=words_of(tables.contrasts, names, params.top_words),
        distances=_distances(tables, names, codebook),
        course=course_of(tables.frame_course, codebook),
        validation=_validation(tables, codebook),
        outcomes=outcomes_of(tables.validation, tables.documents, grouped_by),
        calibration=calibration_of(tables.validation, codebook),
        robustness=_robustness(tables, codebook),
        corpus=corpus_of(tables, names),
        provenance=provenance_of(tables.provenance, tables.coded_sentences, codebook),
        places=Places({}, {}),
    )
    return summary._replace(places=places_of(tables, summary.shown_words))


def _shown(authors: pd.DataFrame) -> list[str]:
    """The groups with the most words, in the order of the table."""
    largest = set(authors.sort_values(["words", "author"], ascending=[False, True])["author"].head(GROUPS))
    return [str(it) for it in authors["author"] if it in largest]


def _rows(table: pd.DataFrame) -> list[object]:
    return list(table.itertuples(index=False))


def _seen(tables: Tables) -> Seen:
    return units_seen(tables.frame_codes, tables.validation, tables.members)


def _findings(tables: Tables, codebook: Codebook) -> Findings:
    return findings_of(
        tables.frame_differences,
        tables.topic_differences,
        tables.contrasts,
        tables.robustness,
        tables.prevalence,
        tables.topic_shares,
        codebook,
    )


def _topics(tables: Tables, names: Sequence[str]) -> TopicSection:
    return topics_of(
        tables.topic_quality,
        tables.topic_terms,
        tables.topic_choice,
        tables.topic_shares,
        tables.topic_differences,
        tables.topic_passages,
        tables.topic_changes,
        tables.authors["documents"],
        names,
    )


def _distances(tables: Tables, names: Sequence[str], codebook: Codebook) -> Distances:
    return distances_of(
        tables.distances,
        tables.distance_map,
        tables.frame_differences,
        tables.topic_differences,
        tables.contrasts,
        names,
        codebook,
    )


def _validation(tables: Tables, codebook: Codebook) -> Validation:
    return validation_of(
        tables.coder_quality,
        tables.confusion,
        tables.mistakes,
        tables.ablation,
        tables.reliability,
        tables.coded_sentences,
        codebook,
    )


def _robustness(tables: Tables, codebook: Codebook) -> Robustness:
    labels = labels_of(tables.topic_shares, tables.contrasts, codebook)
    return robustness_of(tables.robustness, tables.variants, labels, codebook, NOTABLE)
