"""frames: units + coder -> frame_codes, explanations."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.codebook import Codebook
from nlp.codes import Codes
from nlp.coding.apply import code_by_cues, code_by_weights
from nlp.coding.material import Material
from nlp.coding.reasons import Reason, Reasons
from nlp.coding.wording import told
from nlp.params import FramesParams


class Result(NamedTuple):
    frame_codes: pd.DataFrame
    explanations: pd.DataFrame


def run(
    params: FramesParams,
    *,
    texts: pd.DataFrame,
    units: pd.DataFrame,
    cues: pd.DataFrame,
    features: pd.DataFrame,
    embeddings: pd.DataFrame,
    statements: pd.DataFrame,
    coded_sentences: pd.DataFrame,
    coder_weights: pd.DataFrame,
    codebook: Codebook,
) -> Result:
    """Code all units: by the trained coder, by cue words, and as their coders did; and say why.

    A unit goes by the number of its first sentence. Without a trained coder there are no codes of the
    machine. Works document by document.
    """
    author = texts.set_index("doc_id")["author"]
    material = Material.of(units, features, embeddings, statements, author)
    rows = list(_rows("cues", units, code_by_cues(material, codebook), codebook))
    reasoned: list[tuple[object, ...]] = []
    in_sample = coded_sentences.merge(units[["doc_id", "sent_id"]])
    if len(coder_weights):
        codes = code_by_weights(material, coder_weights, codebook)
        rows += _rows("machine", units, codes, codebook)
        reasons = Reasons(material, cues, coder_weights, codebook, params.embedding)
        reasoned += _explained(units, codes, in_sample, reasons, codebook, params.explained)
    rows += _sample_rows(in_sample)
    return Result(tables.make("frame_codes", rows), tables.make("explanations", reasoned))


def _rows(
    coder: str, units: pd.DataFrame, codes: Codes, codebook: Codebook
) -> Iterator[tuple[object, ...]]:
    keys = zip(units["doc_id"], units["sent_id"], strict=True)
    for row, (doc_id, sent_id) in enumerate(keys):
        for number, frame in enumerate(codebook.frame_names):
            present = bool(codes.present[row, number])
            stance = codebook.stance_names[codes.stance[row, number]] if present else ""
            certainty = codes.stance_score[row, number] if present else 0.0
            yield (
                doc_id,
                sent_id,
                frame,
                coder,
                codes.score[row, number],
                present,
                stance,
                certainty,
            )


def _sample_rows(coded: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    for row in coded.itertuples():
        certain = float(row.present)
        yield (
            row.doc_id,
            row.sent_id,
            row.frame,
            row.coder,
            certain,
            row.present,
            row.stance,
            certain,
        )


def _explained(
    units: pd.DataFrame,
    codes: Codes,
    coded: pd.DataFrame,
    reasons: Reasons,
    codebook: Codebook,
    most: int,
) -> Iterator[tuple[object, ...]]:
    """Reasons for every frame that the machine or a coder sees in a unit."""
    seen = set(
        coded.loc[coded["present"], ["doc_id", "sent_id", "frame"]].itertuples(index=False, name=None)
    )
    keys = zip(units["doc_id"], units["sent_id"], strict=True)
    for row, (doc_id, sent_id) in enumerate(keys):
        for number, frame in enumerate(codebook.frame_names):
            about = (doc_id, sent_id, frame)
            if not (codes.present[row, number] or about in seen):
                continue
            yield from _told(about, "presence", reasons.presence(row, frame), most)
            if codebook.split:
                stance = codebook.stance_names[codes.stance[row, number]]
                yield from _told(about, "stance", reasons.stance(row, frame, stance), most)


def _told(
    about: tuple[object, ...], task: str, found: list[Reason], most: int
) -> Iterator[tuple[object, ...]]:
    for rank, it in enumerate(found[:most], start=1):
        yield *about, task, rank, *it._replace(feature=told(it.view, it.feature))
