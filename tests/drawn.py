"""The golden project as after a run, without running it: sentences cut at full stops, codes by cues."""

import re

import pandas as pd
from coded import seen

from nlp import tables
from nlp.codebook import Codebook
from nlp.cues import Finder
from nlp.pipeline import WRITER
from nlp.store import configs, parts
from nlp.store.project import Project

_SENTENCE = re.compile(r"[^\s.?!][^.?!]*[.?!]")


def write_tables(project: Project, *, score: float | None = None) -> None:
    """Documents, sentences, what a coder sees in them, and frame_codes.

    Codes are by cues; with a `score`, by a machine that gives it to them.
    """
    documents = _documents(project)
    sentences = _sentences(documents)
    codebook = configs.read_config(project, "codebook")
    assert isinstance(codebook, Codebook)
    written = {
        "documents": documents,
        "sentences": sentences,
        **seen(sentences, codebook, configs.read_params(project).embed.embedding),
        "frame_codes": _codes(codebook, sentences, score),
    }
    for name, table in written.items():
        parts.write(project, WRITER[name].name, name, "all", table)


def _documents(project: Project) -> pd.DataFrame:
    rows = [
        (
            it.doc_id,
            it.author,
            "; ".join(it.authors),
            it.year,
            it.title,
            "",
            it.kind,
            it.language,
            it.rights,
            it.sha256,
            "plain",
            "",
            None,
            "",
            "",
            (project.corpus / it.file).read_text(encoding="utf-8"),
        )
        for it in configs.read_manifest(project).documents
    ]
    return tables.make("documents", rows)


def _sentences(documents: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for doc_id, raw in zip(documents["doc_id"], documents["raw"], strict=True):
        for number, found in enumerate(_SENTENCE.finditer(raw)):
            start, end = found.span()
            paragraph = raw.count("\n\n", 0, start)
            text = " ".join(found.group().split())
            rows.append((doc_id, number, start, end, start, end, "body", paragraph, None, text))
    return tables.make("sentences", rows)


def _codes(codebook: Codebook, sentences: pd.DataFrame, score: float | None) -> pd.DataFrame:
    finder, first = Finder.of(codebook), codebook.stance_names[0]
    coder = "cues" if score is None else "machine"
    rows = []
    for doc_id, sent_id, text in sentences[["doc_id", "sent_id", "text"]].itertuples(index=False):
        hits = {it.source.name for it in finder.find(text)}
        said = next((it for it in codebook.stance_names if it in hits), first)
        for frame in codebook.frame_names:
            present = frame in hits
            given = float(present) if score is None else (score if present else 0.01)
            stance = said if present else ""
            rows.append((doc_id, sent_id, frame, coder, given, present, stance, float(present)))
    return tables.make("frame_codes", rows)
