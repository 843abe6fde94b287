"""Who sees which frame in a unit: the reference coder, machines, and every coder of the sample."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from nlp.codebook import Codebook
from nlp.codes import coder_of_all, sample_of
from nlp.report.evidence.split import ByDocument
from nlp.report.evidence.why import KEYS, reasons_of, worth_telling

_UNIT = ["doc_id", "sent_id"]
_JUDGED = [*KEYS, "score", "present", "stance"]
_DECIMALS = 3

Code = dict[str, Any]


class Codes:
    """The codes of all units in which anybody sees a frame."""

    def __init__(
        self,
        frame_codes: pd.DataFrame,
        validation: pd.DataFrame,
        coded_sentences: pd.DataFrame,
        explanations: pd.DataFrame,
        codebook: Codebook,
    ) -> None:
        machine = frame_codes.loc[frame_codes["coder"] == coder_of_all(frame_codes), _JUDGED]
        sample = sample_of(validation, "cues")
        left_out = (validation["scheme"] == "author") & (validation["model"] == "machine")
        unseen = validation.loc[left_out, _JUDGED]
        reference = sample.loc[sample["true_present"], [*KEYS, "true_stance"]]
        human = coded_sentences[[*KEYS, "coder", "present", "stance"]]
        judged = [it[it["present"]] for it in (machine, unseen, human)]
        listed = pd.concat([it[KEYS] for it in (*judged, reference)]).drop_duplicates()
        codes = listed.merge(machine, on=KEYS).merge(reference, how="left", on=KEYS)
        codes = codes.merge(unseen, how="left", on=KEYS, suffixes=("", "_unseen"))
        codes = codes.assign(place=codes["frame"].map(codebook.frame_names.index))
        self._codes = ByDocument(codes.sort_values([*_UNIT, "place"]))
        self._human = ByDocument(human.merge(listed, on=KEYS))
        self._coders = ByDocument(human[[*_UNIT, "coder"]].drop_duplicates())
        self._sample = ByDocument(sample[_UNIT].drop_duplicates())
        self._scores = ByDocument(_likely(unseen, sample, codebook), [*_UNIT, *codebook.frame_names])
        reasons = worth_telling(explanations, codes)
        self._why = ByDocument(reasons, explanations.columns)

    def sample(self, doc_id: str) -> set[int]:
        """The units of a document that are in the coded sample."""
        return set(self._sample[doc_id]["sent_id"])

    def scores(self, doc_id: str) -> Mapping[int, list[float | None]]:
        """Of its units in the sample: what the machine left out gives each frame, if it knows the frame."""
        rows = self._scores[doc_id].itertuples(index=False)
        return {
            int(number): [None if pd.isna(it) else float(it) for it in scores]
            for _, number, *scores in rows
        }

    def coders(self, doc_id: str) -> Mapping[int, list[str]]:
        """Who judged each of its units."""
        found = defaultdict(list)
        for row in self._coders[doc_id].sort_values("coder").itertuples(index=False):
            found[int(row.sent_id)].append(str(row.coder))
        return found

    def of(self, doc_id: str, texts: Mapping[int, str]) -> Mapping[int, list[Code]]:
        """Its codes by unit; `texts` are those of its units."""
        why = reasons_of(self._why[doc_id], texts)
        said = self._said(doc_id)
        found = defaultdict(list)
        for row in self._codes[doc_id].itertuples(index=False):
            key = int(row.sent_id), str(row.frame)
            code = {**_code(row), "why": why.get(key), "coders": said.get(key)}
            found[key[0]].append({name: it for name, it in code.items() if it})
        return found

    def _said(self, doc_id: str) -> Mapping[tuple[int, str], dict[str, str]]:
        """What each coder says of a unit and frame: a stance, or nothing where it is absent."""
        found: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
        for row in self._human[doc_id].sort_values("coder").itertuples(index=False):
            found[int(row.sent_id), str(row.frame)][str(row.coder)] = row.stance if row.present else ""
        return found


def _likely(unseen: pd.DataFrame, sample: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Scores by frame, rounded down: they stay in the bins of the calibration."""
    drawn = unseen.merge(sample[KEYS], on=KEYS).pivot(index=_UNIT, columns="frame", values="score")
    ones = 10**_DECIMALS
    return ((drawn.reindex(columns=codebook.frame_names) * ones) // 1 / ones).reset_index()


def _code(row: Any) -> Code:
    return {
        "frame": row.frame,
        "reference": None if pd.isna(row.true_stance) else row.true_stance,
        "machine": _seen(row.score, row.present, row.stance),
        "unseen": None if pd.isna(row.score_unseen) else _unseen(row),
    }


def _seen(score: float, present: bool, stance: str) -> list[Any]:
    return [round(float(score), _DECIMALS), stance if present else ""]


def _unseen(row: Any) -> list[Any]:
    """Where it does not see the frame, its stance follows all the same: table `confusion` goes by it."""
    seen = _seen(row.score_unseen, row.present_unseen, row.stance_unseen)
    return seen if row.present_unseen else [*seen, row.stance_unseen]
