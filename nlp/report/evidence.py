"""The sentences behind the figures, and the texts they stand in."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.codes import coder_of_all
from nlp.report.marking import Piece, Reason, mark, other_reasons

_KEYS = ["doc_id", "sent_id", "frame"]
_MOST_REASONS = 4  # told of a unit, beside the words marked in it


class MachineCode(NamedTuple):
    """The code of the machine: its stance, or nothing where it does not see the frame."""

    score: float  # probability that the frame is present
    stance: str


class Code(NamedTuple):
    """A unit that carries a frame, as the reference coder or else the machine sees it."""

    doc_id: str
    sent_id: int
    page: int | None  # None where the text has no pages
    pieces: list[Piece]  # the text, cut where words moved the machine
    others: list[Reason]  # what else moved it most
    stance: str
    coder: str  # "reference", "machine" or "cues"
    machine: MachineCode | None  # what the machine says of it; None where it says nothing


class Evidence(NamedTuple):
    """All sentences of one author that carry one frame, those of the reference coder first."""

    codes: list[Code]


class Line(NamedTuple):
    """A sentence in its place."""

    sent_id: int
    text: str


class Text(NamedTuple):
    """A document's annotated paragraphs: zone and sentences of each."""

    doc_id: str
    title: str
    author: str
    paragraphs: list[tuple[str, list[Line]]]


def evidence_of(
    sentences: pd.DataFrame,
    units: pd.DataFrame,
    members: pd.DataFrame,
    frame_codes: pd.DataFrame,
    explanations: pd.DataFrame,
    validation: pd.DataFrame,
    codebook: Codebook,
) -> dict[tuple[str, str], Evidence]:
    """Evidence for every author (or other group, by table `members`) and frame.

    Where the reference coder judged a sentence, its word holds; the machine speaks for the others. A
    paragraph is shown whole, a document by the first of its sentences that counts. What moved the
    machine is told of all that are shown.
    """
    codes = _shown_codes(frame_codes, validation)
    places = sentences if codebook.unit == "document" else units
    codes = codes.merge(places[["doc_id", "sent_id", "page", "text"]], on=["doc_id", "sent_id"])
    codes["author"] = codes["doc_id"].map(members.set_index("doc_id")["author"])
    codes = codes.sort_values(["late", "doc_id", "sent_id"], kind="stable")
    reasons = _by_code(explanations)
    by_machine = {key: rows[0] for key, rows in _by_code(_machine_codes(frame_codes)).items()}
    found = {
        (author, frame): Evidence([])
        for author in members["author"].unique()
        for frame in codebook.frame_names
    }
    for row in codes.itertuples():
        key = row.doc_id, row.sent_id, row.frame
        code = _code(row, by_machine.get(key), reasons.get(key, []))
        found[row.author, row.frame].codes.append(code)
    return found


def _shown_codes(frame_codes: pd.DataFrame, validation: pd.DataFrame) -> pd.DataFrame:
    """What the reference coder sees, then (`late`) what is seen among the units that it did not judge."""
    by_author = (validation["scheme"] == "author") & (validation["model"] == "cues")
    judged = validation[by_author & (validation["block"] != "")]
    judged = judged.merge(frame_codes[_KEYS].drop_duplicates())
    by_reference = judged[judged["true_present"]].assign(stance=judged["true_stance"], coder="reference")
    machine = coder_of_all(frame_codes)
    others = frame_codes[(frame_codes["coder"] == machine) & frame_codes["present"]]
    known = pd.MultiIndex.from_frame(judged[_KEYS])
    others = others[~pd.MultiIndex.from_frame(others[_KEYS]).isin(known)]
    columns = [*_KEYS, "stance", "coder", "late"]
    return pd.concat([by_reference.assign(late=False)[columns], others.assign(late=True)[columns]])


def _machine_codes(frame_codes: pd.DataFrame) -> pd.DataFrame:
    return frame_codes[frame_codes["coder"] == "machine"]


def _by_code(table: pd.DataFrame) -> dict[tuple[object, ...], list[Any]]:
    """The rows of each unit and frame, in their order."""
    found: dict[tuple[object, ...], list[Any]] = {}
    for row in table.itertuples(index=False):
        found.setdefault((row.doc_id, row.sent_id, row.frame), []).append(row)
    return found


def _code(row: Any, by_machine: Any, reasons: Sequence[Any]) -> Code:
    """Without the frame the machine has no stance to give reasons for."""
    told = [it for it in reasons if it.task == "presence" or by_machine.present]
    return Code(
        doc_id=row.doc_id,
        sent_id=row.sent_id,
        page=None if pd.isna(row.page) else int(row.page),
        pieces=mark(row.text, told),
        others=other_reasons(told, _MOST_REASONS),
        stance=row.stance,
        coder=row.coder,
        machine=by_machine and MachineCode(by_machine.score, by_machine.stance),
    )


def texts_of(documents: pd.DataFrame, sentences: pd.DataFrame) -> list[Text]:
    """The annotated text of every document, sentence by sentence."""
    found = []
    for document in documents.itertuples():
        own = sentences[sentences["doc_id"] == document.doc_id]
        paragraphs = [
            (str(zone), [Line(row.sent_id, row.text) for row in rows.itertuples()])
            for (_, zone), rows in own.groupby(["paragraph", "zone"], sort=True)
        ]
        found.append(Text(document.doc_id, document.title, document.author, paragraphs))
    return found
