"""Frames over the course of texts: a panel for each text and frame."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from nlp import drawing
from nlp.exhibits.course import in_any_stance, shown_texts, texts_left_out
from nlp.exhibits.setting import Setting


def course(frame_course: pd.DataFrame, setting: Setting) -> str:
    """Shares in successive parts of each text, with their intervals."""
    table = in_any_stance(frame_course, setting)
    texts = shown_texts(table, setting)
    parts = table["part"].max() if len(table) else 0
    about = (
        f"Share of {setting.unit}s with the frame, in any stance, by the machine's codes, in {parts}"
        f" successive parts of each text; shaded: its {setting.interval}, which ignores the machine's"
        " errors."
    )
    return drawing.draw(
        lambda figure: (
            _fill(figure, table, texts, setting) if texts else drawing.say_nothing(figure, "No texts.")
        ),
        size=(10, 1.2 + 0.9 * max(len(texts), 1)),
        title="Frames over the course of each text",
        description=f"{about} The values are in the table." if texts else "There are no texts.",
        below=[
            about,
            *setting.any_stance,
            *setting.left_out,
            *texts_left_out(table, texts),
            "Table: outputs/tables/frame_course.csv",
        ],
    )


def _fill(figure: Any, table: pd.DataFrame, texts: Sequence[tuple[str, str]], setting: Setting) -> None:
    grid = figure.subplots(len(texts), len(setting.frames), sharex=True, sharey=True, squeeze=False)
    authors = [author for _, author in texts]
    courses = dict(list(table.groupby(["doc_id", "frame"])))
    for line, (doc_id, author) in zip(grid, texts, strict=True):
        for axes, frame in zip(line, setting.frames, strict=True):
            if (doc_id, frame) in courses:
                _line(axes, courses[doc_id, frame].sort_values("part"))
        line[0].set_ylabel(
            drawing.short(author if authors.count(author) == 1 else doc_id),
            rotation=0,
            ha="right",
            va="center",
            fontsize=8,
            labelpad=6,
        )
    for axes, label in zip(grid[0], setting.frames.values(), strict=True):
        axes.set_title(drawing.title(label), fontsize=9)
    for axes in grid[-1]:
        axes.set_xlabel("part of the text", fontsize=7)
    first = grid[0][0]
    highest = table["high"].max()
    first.set_ylim(0, highest if highest > 0 else 1)
    first.yaxis.set_major_formatter("{x:.0%}")
    first.yaxis.get_major_locator().set_params(nbins=2)
    first.set_xticks([1, table["part"].max()])


def _line(axes: Any, rows: pd.DataFrame) -> None:
    axes.fill_between(rows["part"], rows["low"], rows["high"], color="#c9d3dd", linewidth=0)
    axes.plot(rows["part"], rows["share"], color=drawing.INK, linewidth=1.2, marker="o", markersize=2)
    axes.tick_params(labelsize=7)
