"""Decides how frames are shown over the course of each text.

Places are whole pixels, so that the same tables give the same page.
"""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import ANY, Codebook, Frame
from nlp.report.sections.limits import ROWS

_DRAWN = 12  # texts
_WIDTH, _LEFT, _TOP, _BETWEEN = 900, 190, 40, 24  # of the picture; left for names and above for frames
_ROW, _BAR = 64, 44  # height of a text, and of a bar for all units of a part
_ACROSS = 6  # frames in a row
_LETTERS = 24  # of a line of a name
_HEADING = 18  # letters of a frame's label above a narrow column

Row = Any  # of table `frame_course`


class Bar(NamedTuple):
    """A part of a text: what stands for each stance, from below, and for the whole."""

    x: int
    width: int
    pieces: list[tuple[int, int, int]]  # place of the stance, y and height
    row: Row


class Panel(NamedTuple):
    """A frame over the course of one text."""

    left: int
    right: int
    top: int  # where a bar for all units of a part ends
    base: int
    bars: list[Bar]


class Line(NamedTuple):
    """A text with a panel for each frame."""

    doc_id: str
    lines: list[str]  # its name, as it fits
    y: int
    panels: list[Panel]


class Block(NamedTuple):
    """Texts down, some frames across."""

    headings: list[tuple[int, int, list[str]]]  # x, y of the first line, and lines of each frame's label
    texts: list[Line]


class Picture(NamedTuple):
    """As many frames across as can be read, the others below them with the same texts."""

    width: int
    height: int
    left: int
    drawn: int  # texts
    blocks: list[Block]


class Told(NamedTuple):
    """A frame in one text: its parts in any stance, from the first on."""

    author: str
    doc_id: str
    frame: str
    label: str
    parts: list[Row]


class Course(NamedTuple):
    """All texts, or the longest where they are many; `known` counts them all."""

    parts: int
    picture: Picture | None
    rows: list[Told]
    shown: int
    known: int


def course_of(table: pd.DataFrame, codebook: Codebook) -> Course:
    """Frames of the longest texts as a picture, and of as many as there is room for as a table."""
    sizes = table.drop_duplicates(["doc_id", "part"]).groupby("doc_id")["n_sentences"].sum()
    ranked = list(sizes.sort_values(ascending=False, kind="stable").index)
    room = max(1, ROWS // 4 // max(len(codebook.frames), 1))
    kept = [it for it in sizes.index if it in set(ranked[:room])]
    drawn = [it for it in sizes.index if it in set(ranked[:_DRAWN])]
    cells = {
        key: list(rows.sort_values("part").itertuples(index=False))
        for key, rows in table[table["doc_id"].isin(kept)].groupby(["doc_id", "frame", "stance"])
    }
    return Course(
        parts=int(table["part"].max()) if len(table) else 0,
        picture=_picture(drawn, cells, codebook) if drawn else None,
        rows=[_told(it, frame, cells) for frame in codebook.frames for it in kept],
        shown=len(kept),
        known=len(sizes),
    )


def _told(doc_id: str, frame: Any, cells: Mapping[Any, list[Row]]) -> Told:
    parts = cells[doc_id, frame.name, ANY]
    return Told(parts[0].author, doc_id, frame.name, frame.label, parts)


def _picture(texts: Sequence[str], cells: Mapping[Any, list[Row]], codebook: Codebook) -> Picture:
    height = _TOP + len(texts) * _ROW
    frames = codebook.frames
    rows = [frames[at : at + _ACROSS] for at in range(0, len(frames), _ACROSS)]
    blocks = [_block(texts, row, at * height, cells, codebook) for at, row in enumerate(rows)]
    return Picture(_WIDTH, len(rows) * height, _LEFT, len(texts), blocks)


def _block(
    texts: Sequence[str],
    frames: Sequence[Frame],
    top: int,
    cells: Mapping[Any, list[Row]],
    codebook: Codebook,
) -> Block:
    wide = (_WIDTH - _LEFT) // min(len(codebook.frames), _ACROSS)
    placed = [(_LEFT + at * wide, frame) for at, frame in enumerate(frames)]
    letters = max(4, wide * _HEADING // 150)
    headings = [
        (left, top + 14, wrap(frame.label, letters, max_lines=2, placeholder=" …"))
        for left, frame in placed
    ]
    lines = [
        _line(it, top + _TOP + at * _ROW, placed, wide, cells, codebook) for at, it in enumerate(texts)
    ]
    return Block(headings, lines)


def _line(
    doc_id: str,
    y: int,
    placed: Sequence[tuple[int, Frame]],
    wide: int,
    cells: Mapping[Any, list[Row]],
    codebook: Codebook,
) -> Line:
    panels = [
        _panel(doc_id, frame.name, left, wide - _BETWEEN, y + _ROW - 8, cells, codebook)
        for left, frame in placed
    ]
    return Line(doc_id, wrap(doc_id, _LETTERS, max_lines=2, placeholder=" …"), y, panels)


def _panel(
    doc_id: str,
    frame: str,
    left: int,
    wide: int,
    base: int,
    cells: Mapping[Any, list[Row]],
    codebook: Codebook,
) -> Panel:
    whole = cells[doc_id, frame, ANY]
    split = [cells[doc_id, frame, it] for it in codebook.split] or [whole]
    step = wide / len(whole)
    bars = [
        Bar(
            left + round(at * step),
            max(2, round(step) - 2),
            _pieces([it[at].share for it in split], base),
            row,
        )
        for at, row in enumerate(whole)
        if row.n_sentences
    ]
    return Panel(left, left + wide, base - _BAR, base, bars)


def _pieces(shares: Sequence[float], base: int) -> list[tuple[int, int, int]]:
    """One above the other: each ends where the sum so far does, so that rounding does not add up."""
    found, total = [], 0.0
    for at, share in enumerate(shares):
        below, total = round(_BAR * total), total + share
        above = round(_BAR * total)
        if above > below:
            found.append((at, base - above, above - below))
    return found
