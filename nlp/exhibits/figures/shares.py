"""Shares with intervals: small multiples of dots and whiskers, for frames and for topics."""

from collections.abc import Mapping, Sequence
from math import ceil, isfinite
from typing import Any, NamedTuple

import pandas as pd

from nlp import drawing
from nlp.codebook import ANY
from nlp.exhibits.digits import bounded, percent
from nlp.exhibits.frames import NOT_ESTIMABLE
from nlp.exhibits.setting import Setting
from nlp.exhibits.topics import heading

_COLUMNS = 4


class Dot(NamedTuple):
    group: str
    share: float
    low: float
    high: float
    beside: float  # another measure of the same, drawn hollow; NaN for none

    @property
    def told(self) -> str:
        known = isfinite(self.share)
        return (
            f"{self.group} {bounded(self.share, self.low, self.high, percent) if known else NOT_ESTIMABLE}"
        )


Panel = tuple[str, Sequence[Dot]]


def frames(prevalence: pd.DataFrame, setting: Setting) -> str:
    """A panel for each frame with the corrected share of each group, and the machine's alone."""
    cells: dict[tuple[Any, ...], Any] = {
        (it.author, it.frame, it.method): it
        for it in setting.within(prevalence[prevalence["stance"] == ANY]).itertuples()
    }
    panels = [
        (label, [_frame_dot(cells, group, frame) for group in setting.groups])
        for frame, label in setting.frames.items()
        if cells
    ]
    return _drawn(
        panels,
        setting,
        title=f"Frames by {setting.by}",
        table="prevalence",
        about=(
            f"Share of {setting.unit}s with the frame, in any stance: ● corrected, with its"
            f" {setting.interval}; ◇ codes of the machine alone.",
            *setting.any_stance,
            *setting.of_texts,
        ),
    )


def _frame_dot(cells: Mapping[tuple[Any, ...], Any], group: str, frame: str) -> Dot:
    corrected, machine = (cells.get((group, frame, it)) for it in ("corrected", "machine"))
    naive = machine.estimate if machine else float("nan")
    return _dot(group, corrected.estimate if corrected else float("nan"), corrected, naive)


def topics(topic_shares: pd.DataFrame, setting: Setting) -> str:
    """A panel for each topic with the share of each group."""
    shown = setting.within(topic_shares).sort_values("topic", kind="stable")
    panels = [
        (heading(rows.iloc[0]), [_dot(it.author, it.share, it, float("nan")) for it in rows.itertuples()])
        for _, rows in shown.groupby("topic", sort=True)
    ]
    return _drawn(
        panels,
        setting,
        title=f"Topics by {setting.by}",
        table="topic_shares",
        about=(
            f"Mean weight of the topic over the passages, with its {setting.interval} for other passages"
            " and other runs of the model.",
            *setting.scope,
        ),
    )


def _dot(group: str, share: float, row: Any, beside: float) -> Dot:
    if row is None or not row.estimable:
        return Dot(group, float("nan"), float("nan"), float("nan"), beside)
    return Dot(group, share, row.low, row.high, beside)


def _drawn(
    panels: Sequence[Panel], setting: Setting, *, title: str, table: str, about: Sequence[str]
) -> str:
    rows = ceil(len(panels) / _COLUMNS)
    told = ". ".join(f"{name}: {', '.join(dot.told for dot in dots)}" for name, dots in panels)
    return drawing.draw(
        lambda figure: (
            _fill(figure, panels, setting) if panels else drawing.say_nothing(figure, "No shares.")
        ),
        size=(10, 1.2 + max(rows, 1) * (0.8 + 0.21 * len(setting.groups))),
        title=title,
        description=f"{' '.join(about)} In %: {told}." if panels else "There are no shares.",
        below=[*about, *setting.left_out, f"Table: outputs/tables/{table}.csv"],
    )


def _fill(figure: Any, panels: Sequence[Panel], setting: Setting) -> None:
    columns = min(_COLUMNS, len(panels))
    grid = figure.subplots(ceil(len(panels) / columns), columns, sharex=True, sharey=True, squeeze=False)
    for axes in grid.flat[len(panels) :]:
        axes.set_visible(False)
    for axes, (name, dots) in zip(grid.flat, panels, strict=False):
        axes.set_title(drawing.title(name), fontsize=9, loc="left")
        for at, dot in enumerate(dots):
            _mark(axes, at, dot)
        axes.tick_params(labelbottom=True, left=False)
        axes.grid(axis="x", color="#dddddd", linewidth=0.5)
        axes.set_axisbelow(True)
    first = grid.flat[0]
    first.set_yticks(range(len(setting.groups)), [drawing.short(it) for it in setting.groups])
    first.set_ylim(len(setting.groups) - 0.5, -0.5)
    first.set_xlim(left=-0.02 * first.get_xlim()[1])
    for axes in grid[:, 0]:
        axes.tick_params(labelleft=True)
    for axes in grid.flat:
        axes.xaxis.set_major_formatter("{x:.0%}")
        axes.xaxis.get_major_locator().set_params(nbins=4)


def _mark(axes: Any, at: int, dot: Dot) -> None:
    if isfinite(dot.beside):
        axes.plot(dot.beside, at, "D", color=drawing.INK, markerfacecolor="white", markersize=5)
    if not isfinite(dot.share):
        place = 0.02 if not isfinite(dot.beside) else dot.beside
        axes.annotate(
            NOT_ESTIMABLE, (place, at), (6, 0), textcoords="offset points", va="center", fontsize=7
        )
        return
    if isfinite(dot.low) and isfinite(dot.high):
        axes.plot([dot.low, dot.high], [at, at], color=drawing.INK, linewidth=1.2)
    axes.plot(dot.share, at, "o", color=drawing.INK, markersize=5)
