"""How each group takes each frame: corrected shares by stance, as bars that need no colour."""

from collections.abc import Mapping
from math import ceil, isfinite
from typing import Any

import pandas as pd

from nlp import drawing
from nlp.exhibits.digits import percent
from nlp.exhibits.setting import Setting

_COLUMNS = 4
Shares = Mapping[tuple[str, str, str], float]  # group, frame, stance


def stances(prevalence: pd.DataFrame, setting: Setting) -> str:
    """A panel for each frame; each bar is a group's share, made up of its stances."""
    rows = prevalence[
        (prevalence["method"] == "corrected")
        & prevalence["estimable"]
        & prevalence["stance"].isin(setting.stances)
    ]
    shares = {(it.author, it.frame, it.stance): it.estimate for it in setting.within(rows).itertuples()}
    shares = {key: share for key, share in shares.items() if isfinite(share)}
    about = (
        f"Share of {setting.unit}s with the frame, corrected, by stance; without a bar where not estimable."
    )
    return drawing.draw(
        lambda figure: _fill(figure, shares, setting) if shares else _nothing(figure, setting),
        size=(10, 1.4 + ceil(len(setting.frames) / _COLUMNS) * (0.7 + 0.21 * len(setting.groups))),
        title=f"Stances by {setting.by}",
        description=f"{about} In %: {_told(shares, setting)}." if shares else "There are no shares.",
        below=[about, *setting.of_texts, *setting.left_out, "Table: outputs/tables/prevalence.csv"],
    )


def _nothing(figure: Any, setting: Setting) -> None:
    why = "No share is estimable." if setting.stances else "The codebook has no stances to tell apart."
    drawing.say_nothing(figure, why)


def _told(shares: Shares, setting: Setting) -> str:
    return ". ".join(
        f"{label}, {group}: " + ", ".join(f"{name} {percent(shares[key])}" for key, name in them.items())
        for frame, label in setting.frames.items()
        for group in setting.groups
        if (
            them := {
                (group, frame, stance): name
                for stance, name in setting.stances.items()
                if (group, frame, stance) in shares
            }
        )
    )


def _fill(figure: Any, shares: Shares, setting: Setting) -> None:
    columns = min(_COLUMNS, len(setting.frames))
    rows = ceil(len(setting.frames) / columns)
    grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for axes in grid.flat[len(setting.frames) :]:
        axes.set_visible(False)
    for axes, (frame, label) in zip(grid.flat, setting.frames.items(), strict=False):
        axes.set_title(drawing.title(label), fontsize=9, loc="left")
        _bars(axes, shares, frame, setting)
        axes.tick_params(labelbottom=True, left=False)
        axes.xaxis.set_major_formatter("{x:.0%}")
        axes.xaxis.get_major_locator().set_params(nbins=4)
    first = grid.flat[0]
    first.set_yticks(range(len(setting.groups)), [drawing.short(it) for it in setting.groups])
    first.set_ylim(len(setting.groups) - 0.5, -0.5)
    for axes in grid[:, 0]:
        axes.tick_params(labelleft=True)
    marks, names = first.get_legend_handles_labels()
    figure.legend(marks, names, loc="outside upper right", ncols=min(len(names), 5), frameon=False)


def _bars(axes: Any, shares: Shares, frame: str, setting: Setting) -> None:
    left = [0.0] * len(setting.groups)
    for number, (stance, name) in enumerate(setting.stances.items()):
        widths = [shares.get((group, frame, stance), 0.0) for group in setting.groups]
        at = number % len(drawing.SHADES)
        axes.barh(
            range(len(widths)),
            widths,
            left=left,
            height=0.7,
            facecolor=drawing.SHADES[at],
            hatch=drawing.HATCHES[at],
            edgecolor=drawing.INK,
            linewidth=0.6,
            label=drawing.short(name),
        )
        left = [start + width for start, width in zip(left, widths, strict=True)]
