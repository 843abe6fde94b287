"""frames: sentences + coder -> frame_codes."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from nlp import coding, tables
from nlp.codebook import Codebook
from nlp.coding import Codes
from nlp.params import FramesParams
from nlp.units import coding_units


class Result(NamedTuple):
    frame_codes: pd.DataFrame


def run(
    params: FramesParams,
    *,
    sentences: pd.DataFrame,
    coded_sentences: pd.DataFrame,
    coder_weights: pd.DataFrame,
    codebook: Codebook,
) -> Result:
    """Code all units of the chosen zones: by the trained coder, by cue words, and as their coders did.

    A unit goes by the number of its first sentence. Without a trained coder there are no codes of the
    machine. Works document by document.
    """
    analysed = sentences[sentences["zone"].isin(params.zones)].reset_index(drop=True)
    analysed = coding_units(analysed, codebook.unit)
    found = coding.cues(analysed, codebook)
    rows = list(_rows("cues", analysed, coding.code_by_cues(found), codebook))
    if len(coder_weights):
        codes = coding.code_by_weights(analysed, found, coder_weights, codebook)
        rows += _rows("machine", analysed, codes, codebook)
    in_sample = coded_sentences.merge(analysed[["doc_id", "sent_id"]])
    rows += _sample_rows(in_sample)
    return Result(tables.make("frame_codes", rows))


def _rows(
    coder: str, sentences: pd.DataFrame, codes: Codes, codebook: Codebook
) -> Iterator[tuple[object, ...]]:
    keys = zip(sentences["doc_id"], sentences["sent_id"], strict=True)
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
