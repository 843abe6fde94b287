"""Decides what the report says. Plain data only: this module knows no HTML."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from nlp.codebook import ANY, MACRO, Codebook
from nlp.codes import Currency, currency
from nlp.manifest import ALL
from nlp.params import ReportParams
from nlp.report.corpus import Corpus, corpus_of
from nlp.report.evidence import Evidence, Text, evidence_of, texts_of
from nlp.report.names import Names, names_of
from nlp.report.network import Drawing, draw


class Tables(NamedTuple):
    """What the report is made from."""

    documents: pd.DataFrame
    duplicates: pd.DataFrame
    texts: pd.DataFrame
    cleaning: pd.DataFrame
    sentences: pd.DataFrame
    units: pd.DataFrame
    topic_terms: pd.DataFrame
    topic_quality: pd.DataFrame
    coded_sentences: pd.DataFrame
    coder_quality: pd.DataFrame
    confusion: pd.DataFrame
    mistakes: pd.DataFrame
    ablation: pd.DataFrame
    reliability: pd.DataFrame
    validation: pd.DataFrame
    frame_codes: pd.DataFrame
    explanations: pd.DataFrame
    authors: pd.DataFrame
    prevalence: pd.DataFrame
    frame_differences: pd.DataFrame
    rates: pd.DataFrame
    contrasts: pd.DataFrame
    actors: pd.DataFrame
    actor_groups: pd.DataFrame
    comentions: pd.DataFrame
    entity_quality: pd.DataFrame


class Share(NamedTuple):
    """A share with its interval (0 to 1); not estimable where there is too little to go by."""

    estimate: float
    low: float
    high: float
    estimable: bool


class Profile(NamedTuple):
    """How one author uses one frame: by each method and stance, with the sentences behind it."""

    author: str
    shares: Mapping[str, Mapping[str, Share]]  # method -> stance or "any" -> share
    n_sentences: int
    n_coded: int
    n_reference: int  # sentences of the coded sample that carry the frame
    estimated: int | None  # sentences in all, by the corrected share
    evidence: Evidence


class FrameSection(NamedTuple):
    """One frame with every author's profile."""

    name: str
    label: str
    definition: str
    profiles: list[Profile]


class Topic(NamedTuple):
    label: str
    terms: str
    npmi: float
    cells: list[object]


class Summary(NamedTuple):
    """Everything that the page shows, in its order."""

    title: str
    codings_note: str
    authors: list[object]
    names: list[str]
    unit: str  # what is coded: sentence, paragraph or document
    stances: list[tuple[str, str]]  # name and label; none where there is nothing to split
    frames: list[FrameSection]
    named: Names
    network: Drawing
    topics: list[Topic]
    words: list[tuple[str, list[object]]]
    quality: list[object]
    left_out: list[object]
    agreement: list[object]
    currency: Currency
    corpus: Corpus
    texts: list[Text]


def summarise(tables: Tables, codebook: Codebook, params: ReportParams) -> Summary:
    """Pick and order what a reader needs from the comparison tables."""
    names = list(tables.authors["author"])
    quality = _wide(tables.coder_quality)
    pooled = quality["author"] == ALL
    return Summary(
        title=params.title,
        codings_note=params.codings_note,
        authors=_rows(tables.authors),
        names=names,
        unit=codebook.unit,
        stances=[(it.name, it.label) for it in codebook.stances if it.name in codebook.split],
        frames=_frames(tables, names, codebook),
        named=names_of(
            tables.actors, tables.actor_groups, tables.entity_quality, names, params.top_entities
        ),
        network=draw(tables.comentions, tables.actors, names, params.network_actors),
        topics=_topics(tables, names),
        words=_words(tables.contrasts, names, params.top_words),
        quality=_rows(quality[pooled]),
        left_out=_rows(quality[~pooled & (quality["frame"] == MACRO)]),
        agreement=_agreement(tables.reliability),
        currency=currency(tables.coded_sentences, codebook),
        corpus=corpus_of(tables.documents, tables.texts, tables.cleaning, tables.duplicates),
        texts=texts_of(tables.documents, tables.sentences),
    )


def _rows(table: pd.DataFrame) -> list[object]:
    return list(table.itertuples(index=False))


def _wide(quality: pd.DataFrame) -> pd.DataFrame:
    """One row for each model and frame or stance, authors left out, with a column for each measure."""
    keys = ["model", "task", "frame", "stance", "author", "count", "total"]
    known = quality[quality["scheme"] == "author"]
    wide = known.pivot(index=keys, columns="measure", values="estimate").reset_index()
    return wide.reindex(columns=[*keys, "precision", "recall", "f1"])


def _agreement(reliability: pd.DataFrame) -> list[object]:
    """All coders together by frame, and the mean of all frames for every two."""
    together = reliability["coder"] == ALL
    means = reliability["frame"] == MACRO
    return [*_rows(reliability[together]), *_rows(reliability[means & ~together])]


def _frames(tables: Tables, names: Sequence[str], codebook: Codebook) -> list[FrameSection]:
    evidence = evidence_of(
        tables.sentences, tables.units, tables.texts, tables.frame_codes, tables.validation, codebook
    )
    shares = tables.prevalence.set_index(["author", "frame"]).sort_index()
    return [
        FrameSection(
            frame.name,
            frame.label,
            frame.definition,
            [
                _profile(name, shares.loc[[(name, frame.name)]], evidence[name, frame.name])
                for name in names
            ],
        )
        for frame in codebook.frames
    ]


def _profile(author: str, rows: pd.DataFrame, evidence: Evidence) -> Profile:
    shares: dict[str, dict[str, Share]] = {}
    for row in rows.itertuples():
        share = Share(row.estimate, row.low, row.high, row.estimable)
        shares.setdefault(row.method, {})[row.stance] = share
    total, coded = (int(rows.iloc[0][name]) for name in ("n_sentences", "n_coded"))
    found = sum(code.coder == "reference" for code in evidence.codes)
    corrected = shares["corrected"][ANY]
    estimated = round(corrected.estimate * total) if corrected.estimable else None
    return Profile(author, shares, total, coded, found, estimated, evidence)


def _cells(rates: pd.DataFrame, feature: str, names: Sequence[str]) -> list[object]:
    found = {row.author: row for row in rates[rates["feature"] == feature].itertuples()}
    return [found.get(name) for name in names]


def _topics(tables: Tables, names: Sequence[str]) -> list[Topic]:
    rates = tables.rates[tables.rates["kind"] == "topic"]
    terms = tables.topic_terms.groupby("topic")["term"].agg(", ".join)
    return [
        Topic(row.label, terms[row.topic], row.npmi, _cells(rates, f"{row.topic}: {row.label}", names))
        for row in tables.topic_quality.itertuples()
    ]


def _words(contrasts: pd.DataFrame, names: Sequence[str], most: int) -> list[tuple[str, list[object]]]:
    """Words that an author uses more than the others do, strongest evidence first."""
    words = contrasts[(contrasts["kind"] == "word") & (contrasts["effect"] > 0)]
    ranked = words.sort_values(["statistic", "feature"], ascending=[False, True])
    return [(name, _rows(ranked[ranked["author"] == name].head(most))) for name in names]
