"""A run at a glance, for its end: the corrected shares of frames, and the topics."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from nlp.codebook import Codebook
from nlp.errors import visible

_MOST = 20  # groups shown


def topic_lines(quality: pd.DataFrame, changes: pd.DataFrame) -> list[str]:
    """How many topics there are, which of them are unstable, and what has changed since the last ones."""
    if quality.empty:
        return ["", "Topics: not estimable (outputs/metrics/topics.json says why)"]
    unstable = [visible(str(it)) for it in quality.loc[~quality["stable"], "label"]]
    marked = f"; unstable: {', '.join(unstable)}" if unstable else ", all stable"
    told = ["", f"Topics: {len(quality)}{marked}"]
    counts = changes["change"].value_counts()
    if len(changes) > counts.get("same", 0):
        kinds = [f"{counts[it]} {it}" for it in ("same", "moved", "appeared", "vanished") if it in counts]
        told.append(f"  since the last topics: {', '.join(kinds)} (outputs/tables/topic_changes.csv)")
    return told


def lines(shares: pd.DataFrame, codebook: Codebook) -> list[str]:
    """Groups by frames: the corrected share with its interval, and below it the split by stance."""
    frames = codebook.frame_names
    corrected = shares[shares["method"] == "corrected"]
    rows = [["", *frames]]
    groups = sorted(corrected["author"].unique())
    for author in groups[:_MOST]:
        own = corrected[corrected["author"] == author]
        cells = {(row.frame, row.stance): row for row in own.itertuples()}
        rows.append([visible(str(author)), *(_cell(cells[frame, "any"]) for frame in frames)])
        rows += [
            [f"  {stance}", *(_cell(cells[frame, stance], short=True) for frame in frames)]
            for stance in codebook.split
        ]
    widths = [max(map(len, column)) + 3 for column in zip(*rows, strict=True)]
    split = ", and by stance" if codebook.split else ""
    told = ["", f"Share of {codebook.unit}s with each frame (corrected, with interval){split}", ""]
    told += [_line(row, widths) for row in rows]
    if len(groups) > _MOST:
        told += ["", f"{len(groups) - _MOST} more in outputs/tables/prevalence.csv"]
    if len(groups) == 1:
        told += ["", "Only one group of documents: no comparison possible."]
    return told


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cell(row: Any, *, short: bool = False) -> str:
    if not row.estimable:
        return "not estimable" if not short else "-"
    share = f"{100 * row.estimate:.0f} %"
    return share if short else f"{share} ({100 * row.low:.0f}-{100 * row.high:.0f})"
