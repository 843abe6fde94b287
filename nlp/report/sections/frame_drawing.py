"""Decides how shares of frames are drawn: a bar for each author, split by stance, with its interval.

Places are whole pixels, so that the same tables give the same page.
"""

from collections.abc import Sequence
from typing import NamedTuple

from nlp.codebook import ANY
from nlp.report.sections.contrast import Share
from nlp.report.sections.frames import FrameSection, Profile

_WIDTH, _LEFT, _RIGHT = 900, 190, 20  # of the picture, and what is left free beside the bars
_LINE, _AXIS = 30, 26  # height of a bar with what is around it, and of the axis
_LETTERS = 26  # of an author's name
_MOST = 40  # authors drawn

Stances = Sequence[tuple[str, str]]  # name and label


class Piece(NamedTuple):
    """A stance of an author's bar."""

    x: int
    width: int
    label: str
    share: Share


class Bar(NamedTuple):
    """An author's share; without pieces where it is not estimable."""

    name: str  # as it fits
    y: int
    pieces: list[Piece]
    low: int  # x of the ends of the interval of the whole
    high: int
    n_coded: int


class FrameBars(NamedTuple):
    """Shares of one frame, those of so many authors as there is room for."""

    width: int
    height: int
    left: int
    bottom: int
    ticks: list[tuple[int, int]]  # x and per cent
    bars: list[Bar]


def frame_bars(frame: FrameSection, stances: Stances) -> FrameBars:
    """`stances` are those that shares are split by; none gives bars of one piece."""
    parts = list(stances) or [(ANY, frame.label)]
    bars = [_bar(it, _LINE * at, parts) for at, it in enumerate(frame.profiles[:_MOST])]
    bottom = _LINE * len(bars)
    ticks = [(_place(it / 100), it) for it in (0, 25, 50, 75, 100)]
    return FrameBars(_WIDTH, bottom + _AXIS, _LEFT, bottom, ticks, bars)


def _bar(profile: Profile, y: int, parts: Stances) -> Bar:
    shares = profile.shares["corrected"]
    whole = shares[ANY]
    if not whole.estimable:
        return Bar(_short(profile.author), y, [], _LEFT, _LEFT, profile.n_coded)
    pieces, done = [], 0.0
    for stance, label in parts:
        share = shares[stance]
        start, done = done, done + share.estimate
        pieces.append(Piece(_place(start), _place(done) - _place(start), label, share))
    return Bar(_short(profile.author), y, pieces, _place(whole.low), _place(whole.high), profile.n_coded)


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1] + "…"


def _place(share: float) -> int:
    return _LEFT + round((_WIDTH - _LEFT - _RIGHT) * share)
