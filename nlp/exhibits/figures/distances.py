"""The groups on maps: what is alike stands close together."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

import pandas as pd

from nlp import drawing
from nlp.exhibits.digits import hundredth, percent
from nlp.exhibits.distances import SPACES
from nlp.exhibits.setting import Setting

_OFFSETS = ((5, 0), (-5, 0), (0, 7), (0, -7), (5, 8), (-5, 8), (5, -8), (-5, -8))  # of a name, in points
_COLUMNS = 2
_NAMED = 6  # groups up to which names stand in the maps
_MARGIN = 0.18  # of the map's width, around it
Box = tuple[float, float, float, float]


def distances(distance_map: pd.DataFrame, setting: Setting) -> str:
    """A panel for each space; distances on it are those of the table as far as two dimensions show them."""
    shown = setting.within(distance_map).dropna(subset=["x", "y"])
    maps = [(space, rows) for space in SPACES if len(rows := shown[shown["space"] == space])]
    names = _names(setting)
    about = (
        "Distances between points are Jensen-Shannon distances beyond chance, as far as two dimensions can"
        " show them; axes have no meaning. Stress: how far they are off; above 0.2 trust the table alone."
    )
    return drawing.draw(
        lambda figure: _fill(figure, maps, names) if maps else drawing.say_nothing(figure, "No distances."),
        size=(9, 1.2 + 4 * ceil(len(maps) / _COLUMNS)),
        title=f"Distances between {setting.by}s",
        description=f"{about} {_told(maps)}" if maps else "There are no distances.",
        below=[
            about,
            *_key(names),
            *setting.scope,
            *setting.left_out,
            "Tables: outputs/tables/distance_map.csv, distances.csv",
        ],
    )


def _told(maps: Sequence[tuple[str, pd.DataFrame]]) -> str:
    """The places in words, for each map."""
    return " ".join(
        f"{_heading(space, rows)}: "
        + ", ".join(f"{it.author} at {it.x:.2f}, {it.y:.2f}" for it in rows.itertuples())
        + "."
        for space, rows in maps
    )


def _heading(space: str, rows: pd.DataFrame) -> str:
    """The space, and how much of its distances the map can show."""
    first = rows.iloc[0]
    return f"{SPACES[space]} ({percent(first['shown'])} % shown, stress {hundredth(first['stress'])})"


def _names(setting: Setting) -> dict[str, str]:
    """What stands beside the points: names, or numbers where there are too many for names."""
    if len(setting.groups) <= _NAMED:
        return {group: drawing.short(group) for group in setting.groups}
    return {group: str(number) for number, group in enumerate(setting.groups, 1)}


def _key(names: Mapping[str, str]) -> tuple[str, ...]:
    """Which number is whose, some to a line."""
    told = [f"{name} {drawing.short(group)}" for group, name in names.items()]
    lines = [told[at : at + _NAMED] for at in range(0, len(told), _NAMED)]
    return tuple(" · ".join(line) for line in lines) if len(names) > _NAMED else ()


def _fill(figure: Any, maps: Sequence[tuple[str, pd.DataFrame]], names: Mapping[str, str]) -> None:
    grid = figure.subplots(ceil(len(maps) / _COLUMNS), min(_COLUMNS, len(maps)), squeeze=False)
    for axes in grid.flat[len(maps) :]:
        axes.set_visible(False)
    for axes, (space, rows) in zip(grid.flat, maps, strict=False):
        axes.set_title(_heading(space, rows), fontsize=9)
        axes.plot(rows["x"], rows["y"], "o", color=drawing.INK, markersize=5)
        _frame(axes, rows)
    figure.draw_without_rendering()  # so that points have places in the picture
    for axes, (_, rows) in zip(grid.flat, maps, strict=False):
        _name(axes, rows, names)


def _frame(axes: Any, rows: pd.DataFrame) -> None:
    """A square around the points, with the same scale in both directions."""
    half = max(rows["x"].max() - rows["x"].min(), rows["y"].max() - rows["y"].min(), 0.02) * (0.5 + _MARGIN)
    middle_x, middle_y = (rows[it].max() / 2 + rows[it].min() / 2 for it in ("x", "y"))
    axes.set_xlim(middle_x - half, middle_x + half)
    axes.set_ylim(middle_y - half, middle_y + half)
    axes.set_aspect("equal")
    axes.spines[["top", "right"]].set_visible(True)
    axes.tick_params(labelsize=7)
    for axis in (axes.xaxis, axes.yaxis):
        axis.get_major_locator().set_params(nbins=4)


def _name(axes: Any, rows: pd.DataFrame, names: Mapping[str, str]) -> None:
    """Names beside their points, each where it covers least of what is there."""
    scale = 72 / axes.figure.dpi
    points = axes.transData.transform(rows[["x", "y"]].to_numpy()) * scale
    inside = [edge * scale for edge in axes.get_window_extent().extents]
    taken: list[Box] = [(x - 3, y - 3, x + 3, y + 3) for x, y in points]
    for (x, y), row in zip(points, rows.itertuples(), strict=True):
        name = names[row.author]
        box, (right, up) = min(
            ((it, offset) for it, offset in _places(x, y, name)),
            key=lambda place: sum(_overlap(place[0], it) for it in taken) + _outside(place[0], inside),
        )
        taken.append(box)
        side = "left" if right > 0 else "right" if right < 0 else "center"
        axes.annotate(
            name, (row.x, row.y), (right, up), textcoords="offset points", fontsize=7, ha=side, va="center"
        )


def _places(x: float, y: float, name: str) -> Iterator[tuple[Box, tuple[int, int]]]:
    """Boxes in points that a name may take, with its offset from the point."""
    width, height = 4.2 * len(name), 8.0
    for right, up in _OFFSETS:
        left = x + right - (0 if right > 0 else width if right < 0 else width / 2)
        yield (left, y + up - height / 2, left + width, y + up + height / 2), (right, up)


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0) * max(high, 0)


def _outside(box: Box, inside: Sequence[float]) -> float:
    """How much of the box is outside of the panel, in square points."""
    return (box[2] - box[0]) * (box[3] - box[1]) - _overlap(
        box, (inside[0], inside[1], inside[2], inside[3])
    )
