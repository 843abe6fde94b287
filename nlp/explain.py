"""`crossframe explain ID:NUMBER`: why the machine codes a unit as it does."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from nlp.codebook import Codebook
from nlp.codes import Codes
from nlp.coding.apply import code_by_weights
from nlp.coding.material import Material
from nlp.coding.reasons import Reason, Reasons
from nlp.coding.wording import told
from nlp.errors import CodingError, visible
from nlp.last_run import read_table
from nlp.store import configs
from nlp.store.project import Project

_WHERE = "crossframe explain"
_SHOWN = 5  # reasons of a decision


def lines(project: Project, unit: str) -> Iterator[str]:
    """The unit, then for each frame what the machine and the coders say, and the machine's reasons.

    Raises CodingError for a unit that is not coded, and where no coder could be trained.
    """
    codebook = configs.read_config(project, "codebook")
    assert isinstance(codebook, Codebook)
    doc_id, _, number = unit.rpartition(":")
    if not (doc_id and re.fullmatch(r"\d+", number)):
        raise CodingError(f"{unit!r} is no unit", where=_WHERE, hint="say it as ID:NUMBER")
    units, coded = (_of_document(project, name, doc_id) for name in ("units", "coded_sentences"))
    row = _row(units, doc_id, int(number))
    text = str(units["text"].iloc[row])
    found, reasons = _coder(project, doc_id, units, codebook)
    yield visible(text)
    for frame in codebook.frame_names:
        yield ""
        own = coded[(coded["sent_id"] == int(number)) & (coded["frame"] == frame)]
        yield from _frame(frame, row, text, found, own, reasons, codebook)


def _row(units: pd.DataFrame, doc_id: str, number: int) -> int:
    """Position of a unit, by its number."""
    at = np.flatnonzero(units["sent_id"] == number)
    if len(at):
        return int(at[0])
    raise CodingError(
        f"no unit {number} in document {doc_id!r} is coded for frames",
        where=_WHERE,
        hint="take document and number from the report; run 'crossframe run' after a change",
    )


def _coder(project: Project, doc_id: str, units: pd.DataFrame, codebook: Codebook) -> tuple[Codes, Reasons]:
    """The document's codes by the machine, and whom to ask for its reasons."""
    statements, weights = (
        read_table(project, name, where=_WHERE) for name in ("statements", "coder_weights")
    )
    if weights.empty:
        raise CodingError("no coder could be trained", where=_WHERE, hint="code more sentences first")
    texts, cues, features, embeddings = (
        _of_document(project, name, doc_id) for name in ("texts", "cues", "features", "embeddings")
    )
    author = texts.set_index("doc_id")["author"]
    material = Material.of(units, features, embeddings, statements, author)
    params = configs.read_params(project).frames.embedding
    reasons = Reasons(material, cues, weights, codebook, params)
    return code_by_weights(material, weights, codebook), reasons


def _of_document(project: Project, table: str, doc_id: str) -> pd.DataFrame:
    rows = read_table(project, table, where=_WHERE)
    return rows[rows["doc_id"] == doc_id].reset_index(drop=True)


def _frame(
    frame: str, row: int, text: str, found: Codes, coded: pd.DataFrame, reasons: Reasons, codebook: Codebook
) -> Iterator[str]:
    number = codebook.frame_names.index(frame)
    stance = codebook.stance_names[found.stance[row, number]]
    says = "present" if found.present[row, number] else "absent"
    yield f"{frame}: {says} (probability {found.score[row, number]:.2f})"
    for it in coded.itertuples():
        yield f"  {visible(it.coder)}: {it.stance or 'absent'}"
    yield from _told(reasons.presence(row, frame), text)
    if found.present[row, number] and codebook.split:
        yield f"  {stance} (probability {found.stance_score[row, number]:.2f})"
        yield from _told(reasons.stance(row, frame, stance), text)


def _told(found: list[Reason], text: str) -> Iterator[str]:
    for it in found[:_SHOWN]:
        word = f": {text[it.start : it.end]}" if it.start is not None else ""
        yield f"  {it.contribution:+6.2f}  {visible(told(it.view, it.feature) + word)}"
