"""The figure of the choice: what was measured, by kind of model and number of topics."""

from itertools import cycle
from typing import Any

import pandas as pd

from nlp import drawing

_PANELS = {
    "c_v": "Coherence (c_v)",
    "stability": "Stability",
    "exclusivity": "Exclusivity",
    "held_out": "Held-out log probability",
}
_COLOURS = ("#c2512f", "#2f6db5", "#5f8a2f")


def draw(topic_choice: pd.DataFrame) -> str:
    """An SVG with a panel for each measure and a line for each kind of model; the same at every call.

    Eligible points are filled, the chosen one has a ring; bars are standard errors.
    """
    return drawing.draw(
        lambda figure: _fill(figure, topic_choice[topic_choice["c_v"].notna()]),
        size=(9, 2.6),
        title="Choice of the number of topics",
        description="What was measured of each kind of topic model, by its number of topics. Eligible"
        " points are filled, the chosen one has a ring; bars are standard errors.",
        below=["Table: outputs/tables/topic_choice.csv"],
    )


def _fill(figure: Any, measured: pd.DataFrame) -> None:
    panels = figure.subplots(1, len(_PANELS))
    for axes, (column, title) in zip(panels, _PANELS.items(), strict=True):
        _panel(axes, measured, column)
        axes.set_title(title, fontsize=9)
    if len(measured):
        figure.legend(*panels[0].get_legend_handles_labels(), loc="outside right upper", frameon=False)


def _panel(axes: Any, table: pd.DataFrame, column: str) -> None:
    for colour, (model, rows) in zip(cycle(_COLOURS), table.groupby("model", sort=True), strict=False):
        rows = rows.sort_values("n_topics")
        error = rows["c_v_error"] if column == "c_v" else None
        axes.errorbar(rows["n_topics"], rows[column], error, color=colour, linewidth=1, label=model)
        for row in rows.itertuples():
            _point(axes, row.n_topics, getattr(row, column), colour, row)
    axes.set_xlabel("topics")


def _point(axes: Any, x: int, y: float, colour: str, row: Any) -> None:
    axes.plot(x, y, "o", color=colour, markerfacecolor=colour if row.eligible else "white", markersize=4)
    if row.chosen:
        axes.plot(x, y, "o", color="black", markersize=9, fillstyle="none")
