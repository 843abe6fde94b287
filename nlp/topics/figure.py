"""The figure of the choice: what was measured, by kind of model and number of topics."""

import io
from itertools import cycle
from typing import Any

import pandas as pd

_PANELS = {
    "c_v": "Coherence (c_v)",
    "stability": "Stability",
    "exclusivity": "Exclusivity",
    "held_out": "Held-out log probability",
}
_COLOURS = ("#c2512f", "#2f6db5", "#5f8a2f")
_STYLE = {
    "svg.hashsalt": "crossframe",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 9,
}


def draw(topic_choice: pd.DataFrame) -> str:
    """An SVG with a panel for each measure and a line for each kind of model; the same at every call.

    Eligible points are filled, the chosen one has a ring; bars are standard errors.
    """
    from matplotlib import rc_context  # 0.5 s
    from matplotlib.figure import Figure

    written = io.StringIO()
    with rc_context(_STYLE):
        figure = Figure(figsize=(9, 2.6), layout="constrained")
        panels = figure.subplots(1, len(_PANELS))
        for axes, (column, title) in zip(panels, _PANELS.items(), strict=True):
            _panel(axes, topic_choice[topic_choice["c_v"].notna()], column)
            axes.set_title(title, fontsize=9)
        if topic_choice["c_v"].notna().any():
            names = panels[0].get_legend_handles_labels()
            figure.legend(*names, loc="outside right upper", frameon=False)
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def _panel(axes: Any, table: pd.DataFrame, column: str) -> None:
    for colour, (model, rows) in zip(cycle(_COLOURS), table.groupby("model", sort=True), strict=False):
        rows = rows.sort_values("n_topics")
        error = rows["c_v_error"] if column == "c_v" else None
        axes.errorbar(rows["n_topics"], rows[column], error, color=colour, linewidth=1, label=model)
        for row in rows.itertuples():
            _point(axes, row.n_topics, getattr(row, column), colour, row)
    axes.set_xlabel("topics")
    axes.spines[["top", "right"]].set_visible(False)


def _point(axes: Any, x: int, y: float, colour: str, row: Any) -> None:
    axes.plot(x, y, "o", color=colour, markerfacecolor=colour if row.eligible else "white", markersize=4)
    if row.chosen:
        axes.plot(x, y, "o", color="black", markersize=9, fillstyle="none")
