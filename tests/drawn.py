"""The golden project as after a run, without running it: sentences cut at full stops, codes by cues."""

import re

import pandas as pd

from nlp import coding, tables
from nlp.codebook import Codebook
from nlp.pipeline import WRITER
from nlp.store import configs, parts
from nlp.store.project import Project

_SENTENCE = re.compile(r"[^\s.?!][^.?!]*[.?!]")


def write_tables(project: Project, *, score: float | None = None) -> None:
    """Tables documents, sentences and frame_codes; with a `score`, by a machine that gives it to cues."""
    documents = _documents(project)
    sentences = _sentences(documents)
    written = {
        "documents": documents,
        "sentences": sentences,
        "frame_codes": _codes(project, sentences, score),
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


def _codes(project: Project, sentences: pd.DataFrame, score: float | None) -> pd.DataFrame:
    codebook = configs.read_config(project, "codebook")
    assert isinstance(codebook, Codebook)
    found = coding.code_by_cues(coding.cues(sentences, codebook))
    rows = []
    for row, (doc_id, sent_id) in enumerate(zip(sentences["doc_id"], sentences["sent_id"], strict=True)):
        for number, frame in enumerate(codebook.frame_names):
            present = bool(found.present[row, number])
            given = float(present) if score is None else (score if present else 0.01)
            stance = codebook.stance_names[found.stance[row, number]] if present else ""
            coder = "cues" if score is None else "machine"
            rows.append((doc_id, sent_id, frame, coder, given, present, stance, float(present)))
    return tables.make("frame_codes", rows)
