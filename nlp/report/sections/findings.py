"""Decides which differences the page opens with: those that are sure and hold however the analysis is done.

The rule stands on the page, too: a q below `NOTABLE`; the same sign in all variants that were measured, and
the same significance in a share `LASTING` of them. Of these, kind by kind, those that hold in most variants
come first, then those whose interval stays farthest from no difference; no frame, topic, word or name is
told twice.
"""

from collections.abc import Iterable, Mapping
from itertools import chain, zip_longest
from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import ANY, Codebook
from nlp.manifest import REST
from nlp.report.sections.contrast import NOTABLE, Share, from_more

ENOUGH = 5  # occurrences on either side, from which a ratio is told, not only the end of its interval
LASTING = 0.9  # of the variants, in which a finding must be significant
_MOST = 5
_COUNTED = ("word", "entity")
_KINDS = ("frame", "topic", "word", "entity")  # in the order in which they take turns

Row = Any  # of table `frame_differences`, `topic_differences` or `contrasts`


class Finding(NamedTuple):
    """A difference, told from the author with more; against all others, from the author."""

    kind: str
    row: Row
    label: str  # of the frame, topic, word or name
    stance: str  # its label, in small letters; empty where it is any
    facet: str | None  # the stance as it is asked for; None: any
    author: str
    other: str | None  # None: all others together
    more: bool  # whether the author has more
    size: float  # share, or log2 of the ratio of rates
    low: float
    high: float
    share: Share | None  # the author's, of a frame or topic
    other_share: Share | None
    counts: tuple[int, int] | None  # of a word or name: how often, and in how many words; the author's
    other_counts: tuple[int, int] | None
    frequent: bool  # whether both were found often enough to tell the ratio of their rates
    held: int  # variants in which sign and significance are the same
    variants: int


class Findings(NamedTuple):
    """The differences to begin with, and how many there were to choose from."""

    shown: list[Finding]
    compared: int  # comparisons with a q
    notable: int  # with a q below the level
    lasting: int  # of these, that hold
    level: float
    share: int  # per cent of the variants


def findings_of(
    frame_differences: pd.DataFrame,
    topic_differences: pd.DataFrame,
    contrasts: pd.DataFrame,
    robustness: pd.DataFrame,
    prevalence: pd.DataFrame,
    topic_shares: pd.DataFrame,
    codebook: Codebook,
) -> Findings:
    """The strongest of each kind in turn."""
    tables = {
        "frame": frame_differences.rename(columns={"frame": "feature"}),
        "topic": topic_differences.rename(columns={"topic": "feature"}).assign(stance=""),
        **{it: _contrasts(contrasts, it) for it in _COUNTED},
    }
    known = {kind: table[table["q"].notna()] for kind, table in tables.items()}
    notable = {kind: table[table["q"] < NOTABLE] for kind, table in known.items()}
    lasting = {kind: _lasting(notable[kind], kind, robustness) for kind in _KINDS}
    shares = {"frame": _corrected(prevalence), "topic": _topics(topic_shares)}
    labels = {("frame", it.name): it.label for it in codebook.frames}
    labels |= {("stance", it.name): it.label.lower() for it in codebook.stances}
    ranked = [
        [_finding(kind, row, shares.get(kind, {}), labels) for row in _once(lasting[kind])]
        for kind in _KINDS
    ]
    compared, few, fewer = (sum(map(len, them.values())) for them in (known, notable, lasting))
    return Findings(_in_turn(ranked), compared, few, fewer, NOTABLE, round(100 * LASTING))


def _contrasts(contrasts: pd.DataFrame, kind: str) -> pd.DataFrame:
    return contrasts[contrasts["kind"] == kind].rename(columns={"effect": "difference"}).assign(stance="")


def _lasting(table: pd.DataFrame, kind: str, robustness: pd.DataFrame) -> pd.DataFrame:
    """Those that hold, in the order of the rule; columns `held`, `tried` and `certain` are added."""
    keys = ["author", "other", "feature", "stance"]
    own = robustness[(robustness["kind"] == kind) & (robustness["variants"] > 0)]
    own = own[[*keys, "variants", "same_sign", "same_significance"]]
    found = table.astype({"feature": str}).merge(own, on=keys)
    holds = (found["same_sign"] == 1) & (found["same_significance"] >= LASTING)
    ends = found[["low", "high"]].abs().min(axis=1).where(found["low"] * found["high"] > 0, 0.0)
    ranked = found.assign(certain=ends)[holds & (ends > 0)]
    order = ["same_significance", "certain", "p", *keys]
    return ranked.sort_values(order, ascending=[False, False, *[True] * 5])


def _once(ranked: pd.DataFrame) -> Iterable[Row]:
    return ranked.drop_duplicates("feature").head(_MOST).itertuples(index=False)


def _in_turn(ranked: Iterable[list[Finding]]) -> list[Finding]:
    """The first of each kind, then the second of each, until there are enough."""
    turns = chain.from_iterable(zip_longest(*ranked))
    return [it for it in turns if it][:_MOST]


def _corrected(prevalence: pd.DataFrame) -> dict[tuple[str, ...], Share]:
    rows = prevalence[prevalence["method"] == "corrected"]
    return {
        (it.author, it.frame, it.stance): Share(it.estimate, it.low, it.high, it.estimable)
        for it in rows.itertuples()
    }


def _topics(topic_shares: pd.DataFrame) -> dict[tuple[str, ...], Share]:
    return {
        (it.author, str(it.topic), ""): Share(it.share, it.low, it.high, it.estimable)
        for it in topic_shares.itertuples()
    }


def _finding(
    kind: str, row: Row, shares: Mapping[tuple[str, ...], Share], labels: Mapping[tuple[str, str], str]
) -> Finding:
    told = row if row.other == REST else from_more(row)
    low, high = sorted((abs(told.low), abs(told.high)))
    counts, other_counts = _counts(kind, told)
    return Finding(
        kind=kind,
        row=told,
        label=labels[kind, told.feature] if kind == "frame" else told.label,
        stance=labels.get(("stance", told.stance), ""),
        facet=told.stance if told.stance not in ("", ANY) else None,
        author=told.author,
        other=None if told.other == REST else told.other,
        more=told.difference > 0,
        size=abs(told.difference),
        low=low,
        high=high,
        share=shares.get((told.author, told.feature, told.stance)),
        other_share=shares.get((told.other, told.feature, told.stance)),
        counts=counts,
        other_counts=other_counts,
        frequent=counts is not None and min(told.count, told.other_count) >= ENOUGH,
        held=round(told.same_significance * told.variants),
        variants=told.variants,
    )


def _counts(kind: str, row: Row) -> tuple[tuple[int, int] | None, ...]:
    """How often a word or name was found, and in how many words: with author and other."""
    if kind not in _COUNTED:
        return None, None
    return (row.count, row.total), (row.other_count, row.other_total)
