"""Codes of units, and which there are in a table."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import Codebook


class Codes(NamedTuple):
    """Codes for units (rows) and frames (columns)."""

    score: np.ndarray  # probability that the frame is present
    present: np.ndarray  # bool
    stance: np.ndarray  # index into the codebook's stances, also where the frame is absent
    stance_score: np.ndarray  # probability of that stance


class Currency(NamedTuple):
    """How many codes (what a coder said of a unit) there are, and by which definitions."""

    total: int
    current: int
    stale: int  # made by definitions that are no longer those of the codebook
    unknown: int  # nothing is said of the definitions


def currency(coded_sentences: pd.DataFrame, codebook: Codebook) -> Currency:
    """How many codes were made by today's definitions; one outdated frame makes the code stale."""
    hashes = coded_sentences["codebook"]
    codes = coded_sentences.assign(stale=(hashes != codebook.hash) & (hashes != ""), unknown=hashes == "")
    judged = codes.groupby(["doc_id", "sent_id", "coder"])[["stale", "unknown"]].any()
    stale, unknown = int(judged["stale"].sum()), int((judged["unknown"] & ~judged["stale"]).sum())
    return Currency(len(judged), len(judged) - stale - unknown, stale, unknown)


def coder_of_all(frame_codes: pd.DataFrame) -> str:
    """Who has coded every unit: the trained coder, or cue words if none could be trained."""
    return "machine" if (frame_codes["coder"] == "machine").any() else "cues"


def sample_of(validation: pd.DataFrame, model: str) -> pd.DataFrame:
    """The coded sample by unit and frame, as this model codes it that has not seen the author.

    Model `cues` has all of it, `machine` the authors without whom one could be trained: none where there
    is no machine.
    """
    left_out = (validation["scheme"] == "author") & (validation["model"] == model)
    return validation[left_out & (validation["block"] != "")]
