"""What moved the machine, as far as it is worth telling."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from nlp.report.evidence.offsets import to_utf16

KEYS = ["doc_id", "sent_id", "frame"]
_PART = 0.1  # of the strongest reason: words that add less are left unmarked
_MOST = 4  # reasons beside the words marked
_DECIMALS = 2

Reason = list[Any]  # task, start and end in the unit's text or nothing, feature, contribution


def worth_telling(explanations: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """The reasons for these codes (`KEYS`, `present`: by the machine), those left out that tell little.

    What is told: words that speak for a decision, with a tenth of the strongest reason for the same one
    at least; and the four strongest reasons, for it or against, that are no words. Without the frame the
    machine has no stance to give reasons for.
    """
    rows = explanations.merge(codes[[*KEYS, "present"]], on=KEYS)
    rows = rows[rows["present"] | (rows["task"] == "presence")]
    strongest = rows.groupby([*KEYS, "task"])["contribution"].transform("max").clip(lower=0.0)
    word = rows["start"].notna()
    marked = word & (rows["contribution"] > 0) & (rows["contribution"] >= _PART * strongest)
    others = rows[~word & (rows["contribution"].round(_DECIMALS) != 0)]
    others = others.assign(size=-others["contribution"].abs()).sort_values("size", kind="stable")
    kept = marked | rows.index.isin(others.groupby(KEYS).head(_MOST).index)
    return rows[kept]


def reasons_of(rows: pd.DataFrame, texts: Mapping[int, str]) -> Mapping[tuple[int, str], list[Reason]]:
    """The reasons of one document by unit and frame; `texts` are those of its units."""
    found = defaultdict(list)
    for row in rows.itertuples(index=False):
        sent_id, text = int(row.sent_id), texts[int(row.sent_id)]
        place = (
            [None, None] if pd.isna(row.start) else [to_utf16(text, int(it)) for it in (row.start, row.end)]
        )
        reason = [row.task, *place, row.feature, round(float(row.contribution), _DECIMALS)]
        found[sent_id, str(row.frame)].append(reason)
    return found
