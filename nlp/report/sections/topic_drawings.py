"""Decides how topics are drawn: shares as bars, and the choice of the model as lines.

Places are whole pixels, so that the same tables give the same page.
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor
from textwrap import wrap
from typing import Any, NamedTuple

import pandas as pd

from nlp.report.sections.contrast import Share

_WIDTH, _RIGHT = 900, 26  # of a picture, and what is left free at its right
_LEFT = 210  # of the bars: names and numbers stand before them
_BAR, _GAP, _AXIS = 16, 14, 24  # height of a row, between authors, and below
_LETTERS = 24  # of a line of an author's name
_ENDS = [0.2, 0.4, 0.6, 0.8, 1.0]  # of the scale of shares; all have round quarters
_MEASURES = {"c_v": "Coherence (c_v)", "stability": "Stability"}
_HEIGHT, _TOP, _BOTTOM, _MARGIN, _BETWEEN = 270, 52, 220, 36, 64  # of the panels of the choice

Row = Any  # of table `topic_quality`, or of `topic_choice`


class Bar(NamedTuple):
    """A topic's share with one author."""

    topic: Row
    colour: int
    share: Share
    y: int
    width: int
    low: int  # x of the ends of the interval
    high: int


class Group(NamedTuple):
    """An author's bars; none where nothing is estimable."""

    author: str
    lines: list[str]  # the name, as it fits
    passages: int
    y: int
    bars: list[Bar]


class Bars(NamedTuple):
    """Shares of topics by author."""

    width: int
    height: int
    left: int
    bottom: int
    ticks: list[tuple[int, str]]  # x and label
    groups: list[Group]
    colours_repeat: bool  # so that a colour does not tell a topic


class Point(NamedTuple):
    """A model: what was measured of it, and the ends of the standard error (both y without one)."""

    x: int
    y: int
    low: int
    high: int
    about: Row


class Line(NamedTuple):
    """Models of one kind; the kind's place tells how the line is drawn."""

    kind: int
    path: str
    points: list[Point]


class Panel(NamedTuple):
    """A measure by the number of topics."""

    title: str
    left: int
    right: int
    scale: list[tuple[int, str]]  # y and label
    numbers: list[tuple[int, int]]  # x and number of topics
    lines: list[Line]


class _Axes(NamedTuple):
    """Where values and numbers of topics stand in a panel. The numbers do so at like distances."""

    left: int
    right: int
    first: int  # tenths at the bottom and at the top
    last: int
    numbers: list[int]

    def x(self, number: int) -> int:
        part = self.numbers.index(number) / (len(self.numbers) - 1)
        return self.left + round((self.right - self.left) * part)

    def y(self, value: float) -> int:
        part = (10 * value - self.first) / (self.last - self.first)
        return round(_BOTTOM - (_BOTTOM - _TOP) * part)


class Chart(NamedTuple):
    """The panels, and the kinds of models in the order of their lines."""

    width: int
    height: int
    top: int
    bottom: int
    kinds: list[str]
    panels: list[Panel]


def bars_of(
    topics: Sequence[tuple[Row, int, Sequence[Share | None]]],
    authors: Sequence[str],
    passages: Mapping[str, int],
) -> Bars:
    """For each author a bar for each topic; `topics` are rows with colour and shares by author."""
    known = [it for *_, shares in topics for it in shares if it and it.estimable]
    end = next((it for it in _ENDS if all(share.high <= it for share in known)), 1.0)
    room = _WIDTH - _LEFT - _RIGHT
    groups, y = [], 0
    for at, author in enumerate(authors):
        own = [(row, colour, shares[at]) for row, colour, shares in topics]
        group = _group(author, own, passages.get(author, 0), y, room / end)
        groups.append(group)
        y += max(len(group.bars), len(group.lines)) * _BAR + _GAP
    ticks = [(_LEFT + round(room * it / 4), f"{25 * end * it:g} %") for it in range(5)]
    repeat = len({colour for _, colour, _ in topics}) < len(topics)
    return Bars(_WIDTH, y + _AXIS, _LEFT, y, ticks, groups, repeat)


def _group(
    author: str, topics: Sequence[tuple[Row, int, Share | None]], passages: int, y: int, scale: float
) -> Group:
    bars = [
        Bar(
            topic=row,
            colour=colour,
            share=share,
            y=y + _GAP // 2 + place * _BAR,
            width=round(scale * share.estimate),
            low=_LEFT + round(scale * share.low),
            high=_LEFT + round(scale * share.high),
        )
        for place, (row, colour, share) in enumerate(topics)
        if share and share.estimable
    ]
    lines = wrap(author, _LETTERS, max_lines=max(len(bars), 2), placeholder=" …")
    return Group(author, lines, passages, y, bars)


def chart_of(table: pd.DataFrame) -> Chart | None:
    """Coherence and stability by the number of topics; None where there is no line to draw."""
    tried = table[table["runs"] > 0].sort_values(["model", "n_topics"])
    numbers = sorted(int(it) for it in tried["n_topics"].unique())
    if len(numbers) < 2:
        return None
    kinds = [str(it) for it in tried["model"].unique()]
    wide = (_WIDTH - _MARGIN - _RIGHT - _BETWEEN) // 2
    lefts = [_MARGIN, _WIDTH - _RIGHT - wide]
    panels = [
        _panel(title, _with_ends(tried, measure), kinds, numbers, left, left + wide)
        for (measure, title), left in zip(_MEASURES.items(), lefts, strict=True)
        if tried[measure].notna().any()
    ]
    return Chart(_WIDTH, _HEIGHT, _TOP, _BOTTOM, kinds, panels)


def _with_ends(tried: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Columns `value`, `low` and `high`: a standard error apart where there is one."""
    known = tried[tried[measure].notna()]
    error = known[f"{measure}_error"].fillna(0) if f"{measure}_error" in known else 0.0
    value = known[measure]
    return known.assign(value=value, low=value - error, high=value + error)


def _panel(
    title: str, values: pd.DataFrame, kinds: Sequence[str], numbers: list[int], left: int, right: int
) -> Panel:
    first, last = floor(round(10 * values["low"].min(), 6)), ceil(round(10 * values["high"].max(), 6))
    axes = _Axes(left, right, first, max(last, first + 1), numbers)
    return Panel(
        title,
        left,
        right,
        scale=[(axes.y(it / 10), f"{it / 10:.1f}") for it in range(axes.first, axes.last + 1)],
        numbers=[(axes.x(it), it) for it in numbers],
        lines=[_line(at, values[values["model"] == it], axes) for at, it in enumerate(kinds)],
    )


def _line(kind: int, values: pd.DataFrame, axes: _Axes) -> Line:
    points = [
        Point(axes.x(row.n_topics), axes.y(row.value), axes.y(row.low), axes.y(row.high), row)
        for row in values.itertuples(index=False)
    ]
    return Line(kind, " ".join(f"{it.x},{it.y}" for it in points), points)
