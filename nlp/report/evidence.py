"""The sentences behind the figures, and the texts they stand in."""

from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.codes import coder_of_all

_KEYS = ["doc_id", "sent_id", "frame"]


class Code(NamedTuple):
    """A unit that carries a frame, as the reference coder or else the machine sees it."""

    doc_id: str
    sent_id: int
    paragraph: int
    page: int | None  # None where the text has no pages
    text: str
    stance: str
    coder: str  # "reference", "machine" or "cues"
    score: float


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
    texts: pd.DataFrame,
    frame_codes: pd.DataFrame,
    validation: pd.DataFrame,
    codebook: Codebook,
) -> dict[tuple[str, str], Evidence]:
    """Evidence for every author and frame.

    Where the reference coder judged a sentence, its word holds; the machine speaks for the others. A
    paragraph is shown whole, a document by the first of its sentences that counts.
    """
    by_author = (validation["scheme"] == "author") & (validation["model"] == "cues")
    judged = validation[by_author & (validation["block"] != "")]
    judged = judged.merge(frame_codes[_KEYS].drop_duplicates())
    by_reference = judged[judged["true_present"]].assign(stance=judged["true_stance"], score=1.0)
    machine = coder_of_all(frame_codes)
    by_machine = frame_codes[(frame_codes["coder"] == machine) & frame_codes["present"]]
    known = pd.MultiIndex.from_frame(judged[_KEYS])
    by_machine = by_machine[~pd.MultiIndex.from_frame(by_machine[_KEYS]).isin(known)]
    columns = [*_KEYS, "stance", "score", "coder"]
    codes = pd.concat([by_reference.assign(coder="reference")[columns], by_machine[columns]])
    shown = sentences if codebook.unit == "document" else units
    places = shown[["doc_id", "sent_id", "paragraph", "page", "text"]]
    codes = codes.merge(places, on=["doc_id", "sent_id"])
    codes["author"] = codes["doc_id"].map(texts.set_index("doc_id")["author"])
    codes["late"] = codes["coder"] != "reference"
    codes = codes.sort_values(["late", "doc_id", "sent_id"], kind="stable")
    found = {
        (author, frame): Evidence([])
        for author in texts["author"].unique()
        for frame in codebook.frame_names
    }
    for row in codes.itertuples():
        found[row.author, row.frame].codes.append(_code(row))
    return found


def _code(row: Any) -> Code:
    page = None if pd.isna(row.page) else int(row.page)
    return Code(row.doc_id, row.sent_id, row.paragraph, page, row.text, row.stance, row.coder, row.score)


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
