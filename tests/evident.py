"""Made-up tables for the report's evidence: what the tests of its data and its files share."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from reporting import authors, members, shares

from nlp import tables
from nlp.codebook import Codebook
from nlp.pipeline import BY_NAME
from nlp.registry import Registry
from nlp.report.evidence import Evidence, evidence_of
from nlp.report.tables import Tables
from nlp.units import coding_units

Line = tuple[str, int, str]  # zone, paragraph, text
COUNTED = ("body", "heading", "quote")


def told(*texts: str, zone: str = "body") -> list[Line]:
    """Sentences of one paragraph."""
    return [(zone, 0, text) for text in texts]


def world(
    texts: Mapping[str, Sequence[Line]],
    codebook: Codebook,
    groups: Mapping[str, str] | None = None,
    **made: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """All tables of a report on these texts, in which nothing is coded or named but what is given.

    A text is its sentences, joined by spaces, and by empty lines between paragraphs.
    """
    group = groups or dict.fromkeys(texts, "Ada")
    sentences = tables.make("sentences", (row for name, it in texts.items() for row in _placed(name, it)))
    analysed = sentences[sentences["zone"].isin(COUNTED)].reset_index(drop=True)
    names = sorted(set(group.values()))
    empty = {name: tables.make(name, []) for name in BY_NAME["report"].reads}
    known = {
        "documents": tables.make(
            "documents", [_document(name, group[name], it) for name, it in texts.items()]
        ),
        "texts": tables.make(
            "texts", [(name, group[name], "en", source(it)) for name, it in texts.items()]
        ),
        "sentences": sentences,
        "units": tables.take("units", coding_units(analysed, codebook.unit)),
        "members": members(group),
        "authors": authors(*names),
        "author_zones": _zones(sentences, names),
        "prevalence": shares(names, codebook.frame_names, codebook.split),
    }
    return empty | known | made


def _placed(doc_id: str, lines: Sequence[Line]) -> list[tuple[Any, ...]]:
    rows, at = [], 0
    for number, (zone, paragraph, text) in enumerate(lines):
        begun = number and paragraph != lines[number - 1][1]
        start = at + (0 if not number else 2 if begun else 1)
        at = start + len(text)
        rows.append((doc_id, number, start, at, start, at, zone, paragraph, None, text))
    return rows


def source(lines: Sequence[Line]) -> str:
    """The text that the sentences make up."""
    text = ""
    for number, (_, paragraph, sentence) in enumerate(lines):
        begun = number and paragraph != lines[number - 1][1]
        text += ("\n\n" if begun else " " if number else "") + sentence
    return text


def _document(doc_id: str, author: str, lines: Sequence[Line]) -> tuple[Any, ...]:
    about = (doc_id, author, author, 2001, f"On {doc_id}", "", "essay", "en", "", "")
    return (*about, "plain", "", None, "", "", source(lines))


def _zones(sentences: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    zones = sorted(set(sentences["zone"]))
    return tables.make(
        "author_zones", [(name, zone, zone in COUNTED, 1, 1) for name in names for zone in zones]
    )


def evident(
    made: Mapping[str, pd.DataFrame],
    codebook: Codebook,
    *,
    registry: Registry | None = None,
    words: Sequence[str] = (),
) -> Evidence:
    """The evidence of such tables."""
    given = Tables(**{name: made[name] for name in Tables._fields})
    return evidence_of(given, codebook, registry or Registry(entities=()), title="A report", words=words)


def machine(codes: Sequence[tuple[str, int, str, float, str]], coder: str = "machine") -> pd.DataFrame:
    """Table `frame_codes` of document, unit, frame, score and stance; empty where it is not seen."""
    rows = [(doc, n, frame, coder, score, bool(said), said, 0.9) for doc, n, frame, score, said in codes]
    return tables.make("frame_codes", rows)


def judged(
    codes: Sequence[tuple[str, int, str, str]], said: Mapping[tuple[str, int, str], tuple[float, str, bool]]
) -> pd.DataFrame:
    """Table `validation`: truth by the reference of units in the sample, and what a machine said unseen.

    `said` has score, stance and whether it codes the frame.
    """
    rows = [
        ("author", "cues", doc, n, frame, 0.0, False, "affirmed", 1.0, "b0", None, bool(true), true)
        for doc, n, frame, true in codes
    ]
    truth = {it[:3]: it[3] for it in codes}
    for key, (score, stance, present) in said.items():
        drawn = ("b0", None, bool(truth[key]), truth[key]) if key in truth else ("", None, False, "")
        rows.append(("author", "machine", *key, score, present, stance, 0.9, *drawn))
    return tables.make("validation", rows)
