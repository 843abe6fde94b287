"""Differences of shares between groups, with how robust they are: for frames and for topics."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from nlp.exhibits.digits import MISSING, bounded, p_value, percent, points
from nlp.exhibits.exhibit import RowGroup, figures, parts, strongest, told
from nlp.exhibits.setting import Setting

Key = tuple[str, str, str, str]  # group, other group, frame or topic, stance

HOW_ROBUST = (
    "Same sign, same answer: share of other sensible ways to do the analysis (in brackets: how many could"
    " be measured) in which the difference has this sign, and in which p is on the same side of {alpha:g}"
    " (and, if below, the sign is the same)."
)
COLUMNS = figures("Difference", "p", "q", "Same sign", "Same answer")


def notes(setting: Setting, *, of_what: str) -> tuple[str, ...]:
    """How to read the columns of differences; `of_what` says what the interval is for."""
    return (
        f"Difference in percentage points, with its {setting.interval}, {of_what}. q: p adjusted for all"
        " rows of the table (Benjamini-Yekutieli).",
        HOW_ROBUST.format(alpha=round(1 - setting.params.confidence, 10)),
    )


def robust(robustness: pd.DataFrame, kind: str) -> Mapping[Key, Any]:
    """What is known of a contrast's robustness, by its key."""
    rows = robustness[robustness["kind"] == kind]
    return {(it.author, it.other, it.feature, it.stance): it for it in rows.itertuples()}


def rows_of(
    table: pd.DataFrame,
    known: Mapping[Key, Any],
    setting: Setting,
    *,
    key: Callable[[Any], Key],
    heading: Callable[[Any], str],
    more: Callable[[Any], Sequence[str]],
) -> tuple[RowGroup, ...]:
    """A row for each difference under its heading; `more` stands between the groups and the figures."""
    return parts(
        (heading(it), [it.author, setting.name(it.other), *more(it), *_figures(it, known.get(key(it)))])
        for it in table.itertuples()
    )


def _figures(row: Any, found: Any) -> list[str]:
    difference = bounded(row.difference, row.low, row.high, points)
    return [difference, p_value(row.p), p_value(row.q), *steadiness(found)]


def steadiness(found: Any) -> list[str]:
    """In how many variants a contrast keeps its sign, and the answer of its test: `100 % (22)`."""
    if found is None or not found.variants:
        return [MISSING, MISSING]
    return [f"{percent(found.same_sign)} % ({found.variants})", f"{percent(found.same_significance)} %"]


def best(table: pd.DataFrame, by: Sequence[str], setting: Setting) -> pd.DataFrame:
    """The estimable differences with the strongest evidence, within each part."""
    return strongest(table[table["estimable"]], "difference", by, setting.params.top_rows)


def cut(shown: pd.DataFrame, table: pd.DataFrame) -> tuple[str, ...]:
    """Notes on the differences that are not shown."""
    known = int(table["estimable"].sum())
    missing = len(table) - known
    unknown = (f"{missing:,} differences are not estimable.",) if missing else ()
    return (*told(len(shown), known, "differences: those with the strongest evidence"), *unknown)
