"""Who sees which frame in a unit: the reference coder, machines, and every coder of the sample."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from nlp.codebook import Codebook
from nlp.codes import coder_of_all
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
        left_out = validation[validation["scheme"] == "author"]
        sample = left_out[(left_out["model"] == "cues") & (left_out["block"] != "")]
        unseen = left_out.loc[left_out["model"] == "machine", _JUDGED]
        reference = sample.loc[sample["true_present"], [*KEYS, "true_stance"]]
        human = coded_sentences[[*KEYS, "coder", "present", "stance"]]
        judged = [it[it["present"]] for it in (machine, unseen, human)]
        listed = pd.concat([it[KEYS] for it in (*judged, reference)]).drop_duplicates()
        codes = listed.merge(machine, on=KEYS).merge(reference, how="left", on=KEYS)
        codes = codes.merge(unseen, how="left", on=KEYS, suffixes=("", "_unseen"))
        codes = codes.assign(place=codes["frame"].map(codebook.frame_names.index))
        self._codes = ByDocument(codes.sort_values([*_UNIT, "place"]), codes.columns)
        self._human = ByDocument(human.merge(listed, on=KEYS), human.columns)
        self._coders = ByDocument(human[[*_UNIT, "coder"]].drop_duplicates(), [*_UNIT, "coder"])
        self._sample = ByDocument(sample[_UNIT].drop_duplicates(), _UNIT)
        reasons = worth_telling(explanations, codes)
        self._why = ByDocument(reasons, explanations.columns)

    def sample(self, doc_id: str) -> set[int]:
        """The units of a document that are in the coded sample."""
        return set(self._sample[doc_id]["sent_id"])

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


def reference_of(coded_sentences: pd.DataFrame, validation: pd.DataFrame) -> str:
    """The coder whose codes were taken as true; empty if nobody saw all that is true and no more.

    Of several such coders the one who judged most.
    """
    sample = validation[(validation["scheme"] == "author") & (validation["block"] != "")]
    truth = sample[[*KEYS, "true_present", "true_stance"]].drop_duplicates()
    beside = truth.merge(coded_sentences, on=KEYS)
    same = (beside["present"] == beside["true_present"]) & (beside["stance"] == beside["true_stance"])
    seen = beside["present"].groupby(beside["coder"]).sum()
    agrees = same.groupby(beside["coder"]).all() & (seen == truth["true_present"].sum())
    judged = beside["coder"].value_counts().sort_index()[agrees]
    return str(judged.idxmax()) if len(judged) else ""
