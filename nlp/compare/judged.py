"""What a coder that had not seen their author, and what the reference coder, say of units."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import Codebook
from nlp.codes import coder_of_all

_MODELS = ("cues", "machine")
_KEYS = ["doc_id", "sent_id"]
_COLUMNS = [*_KEYS, "frame", "score", "present", "stance", "block", "probability", "true_stance"]


class Judged(NamedTuple):
    """Codes of all units that are compared; arrays have a row for each, then frames, then stances."""

    units: pd.DataFrame  # doc_id, sent_id, block ('' if not in the coded sample), probability of its draw,
    # zone, paragraph
    score: np.ndarray  # probability of the frame, as the machine sees it
    limit: np.ndarray  # from which it codes the frame
    said: np.ndarray  # bool: the stance, also where it does not code the frame
    guess: np.ndarray  # bool: the machine's codes
    truth: np.ndarray  # bool: the reference coder's
    exclusive: bool  # whether a unit has one stance to a frame at most

    def where(self, kept: np.ndarray) -> "Judged":
        """These units: a mask, or their numbers."""
        units = self.units.iloc[np.arange(len(self.units))[kept]].reset_index(drop=True)
        score, limit, said, guess, truth = (it[kept] for it in self[1:6])
        return Judged(units, score, limit, said, guess, truth, self.exclusive)


def judge(
    frame_codes: pd.DataFrame,
    validation: pd.DataFrame,
    places: pd.DataFrame,
    label: pd.Series,
    codebook: Codebook,
) -> Judged:
    """The units of `frame_codes`, with the codes of a coder that was not trained on their author.

    Document by document that is the machine of table `validation`; cue words, where the other authors
    could not train one; and, for an author of whom nothing is coded, the machine trained on all that is
    coded. `places` has zone and paragraph of units, `label` the author of each document, whom
    `validation` has left out.
    """
    rows = _held_out(frame_codes, validation)
    index = pd.MultiIndex.from_frame(rows[_KEYS].drop_duplicates().sort_values(_KEYS))
    unit = index.get_indexer(pd.MultiIndex.from_frame(rows[_KEYS]))
    frame = pd.Index(codebook.frame_names).get_indexer(rows["frame"])
    known = frame >= 0
    place, rows = (unit[known], frame[known]), rows[known]
    shape = len(index), len(codebook.frame_names)
    score, present = np.zeros(shape), np.zeros(shape, dtype=bool)
    score[place], present[place] = rows["score"], rows["present"]
    said, truth = (_stances(rows[it], place, shape, codebook) for it in ("stance", "true_stance"))
    drawn = rows.drop_duplicates(_KEYS).set_index(_KEYS)[["block", "probability"]].reindex(index)
    units = drawn.reset_index().merge(places[[*_KEYS, "zone", "paragraph"]], how="left", on=_KEYS)
    fold = units["doc_id"].map(label).where(units["doc_id"].isin(set(validation["doc_id"])), "")
    guess = said & present[:, :, None]
    return Judged(units, score, _limits(score, present, fold), said, guess, truth, exclusive=True)


def _held_out(frame_codes: pd.DataFrame, validation: pd.DataFrame) -> pd.DataFrame:
    """One code for each unit and frame."""
    codes = frame_codes[frame_codes["coder"] == coder_of_all(frame_codes)]
    unseen = validation[(validation["scheme"] == "author") & validation["model"].isin(_MODELS)]
    trained = set(unseen.loc[unseen["model"] == "machine", "doc_id"])
    unseen = unseen[unseen["doc_id"].isin(trained) == (unseen["model"] == "machine")]
    unseen = unseen.merge(codes[[*_KEYS, "frame"]])
    others = codes[~codes["doc_id"].isin(set(unseen["doc_id"]))]
    others = others.assign(block="", probability=np.nan, true_stance="")
    return pd.concat([unseen[_COLUMNS], others[_COLUMNS]], ignore_index=True)


def _stances(
    stances: pd.Series,
    place: tuple[np.ndarray, np.ndarray],
    shape: tuple[int, int],
    codebook: Codebook,
) -> np.ndarray:
    number = pd.Index(codebook.stance_names).get_indexer(stances)
    found = np.zeros((*shape, len(codebook.stance_names)), dtype=bool)
    seen = number >= 0
    found[place[0][seen], place[1][seen], number[seen]] = True
    return found


def _limits(score: np.ndarray, present: np.ndarray, fold: pd.Series) -> np.ndarray:
    """From which probability each coder codes each frame: halfway between the nearest ones.

    Where it codes all units, or none, nothing shows the limit: it is then beyond all reach.
    """
    limit = np.full(score.shape, np.inf)
    for rows in fold.groupby(fold).indices.values():
        least = np.where(present[rows], score[rows], np.inf).min(axis=0, initial=np.inf)
        most = np.where(present[rows], -np.inf, score[rows]).max(axis=0, initial=-np.inf)
        limit[rows] = np.where(np.isfinite(least), (least + most) / 2, np.inf)
    return limit
