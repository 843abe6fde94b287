"""The figure of the choice: coherence and stability by the number of topics."""

import io
from typing import Any

import pandas as pd

_PANELS = {
    "c_v": "Coherence (c_v)",
    "stability": "Stability",
    "exclusivity": "Exclusivity",
    "held_out": "Held-out log probability",
}
_COLOURS = ["#2f6db5", "#c2512f", "#5f8a2f"]


def draw(topic_choice: pd.DataFrame) -> str:
    """An SVG with a panel for each measure and a line for each kind of model; the same at every call.

    Points that the coherence makes eligible are filled; the chosen one has a ring.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure  # 0.5 s

    options = {
        "svg.hashsalt": "crossframe",
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 9,
    }
    with rc_context(options):
        figure = Figure(figsize=(9, 2.6), layout="constrained")
        for axes, (column, title) in zip(figure.subplots(1, len(_PANELS)), _PANELS.items(), strict=True):
            _panel(axes, topic_choice, column)
            axes.set_title(title, fontsize=9)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def _panel(axes: Any, table: pd.DataFrame, column: str) -> None:
    for colour, (model, rows) in zip(_COLOURS, table.groupby("model", sort=True), strict=False):
        rows = rows[rows[column].notna()].sort_values("n_topics")
        axes.plot(rows["n_topics"], rows[column], color=colour, linewidth=1, label=str(model))
        for row in rows.itertuples():
            face = colour if row.eligible else "white"
            axes.plot(
                row.n_topics, getattr(row, column), "o", color=colour, markerfacecolor=face, markersize=4
            )
            if row.chosen:
                axes.plot(
                    row.n_topics, getattr(row, column), "o", color="black", markersize=9, fillstyle="none"
                )
    axes.set_xlabel("topics")
    axes.spines[["top", "right"]].set_visible(False)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(frameon=False, fontsize=8)
