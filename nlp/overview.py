"""The corrected shares at a glance, for the end of a run."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from nlp.errors import visible


def lines(shares: pd.DataFrame, frames: Sequence[str], stances: Sequence[str]) -> list[str]:
    """Authors by frames: the corrected share with its interval, and below it the split by stance."""
    corrected = shares[shares["method"] == "corrected"]
    rows = [["", *frames]]
    for author, own in corrected.groupby("author", sort=True):
        cells = {(row.frame, row.stance): row for row in own.itertuples()}
        rows.append([visible(str(author)), *(_cell(cells[frame, "any"]) for frame in frames)])
        rows += [
            [f"  {stance}", *(_cell(cells[frame, stance], short=True) for frame in frames)]
            for stance in stances
        ]
    widths = [max(map(len, column)) + 3 for column in zip(*rows, strict=True)]
    told = ["", "Share of sentences with each frame (corrected, with interval), and by stance", ""]
    told += [_line(row, widths) for row in rows]
    if corrected["author"].nunique() == 1:
        told += ["", "Only one author: no comparison possible."]
    return told


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cell(row: Any, *, short: bool = False) -> str:
    if not row.estimable:
        return "not estimable" if not short else "-"
    share = f"{100 * row.estimate:.0f} %"
    return share if short else f"{share} ({100 * row.low:.0f}-{100 * row.high:.0f})"
