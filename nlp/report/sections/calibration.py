"""Decides how the machine's probabilities are drawn against what they stand for.

Places are whole pixels, so that the same tables give the same page.
"""

from textwrap import wrap
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import Codebook, Frame
from nlp.codes import sample_of

_BINS = 10  # as in the calibration error of table `coder_quality`
_SIZE, _GAP, _LEFT, _TOP, _AXIS = 170, 34, 40, 40, 40  # of a panel, between panels, and around them
_ACROSS = 4  # panels in a row
_SMALLEST, _LARGEST = 2, 9  # radius of a point


class Point(NamedTuple):
    """Units with like probabilities: their mean, and the share that has the frame by the reference."""

    x: int
    y: int
    radius: int
    units: int
    probability: float
    share: float
    seen: int  # units that have it
    between: str  # the bounds of their probabilities: "0.2-0.3"


class Panel(NamedTuple):
    """A frame."""

    frame: str
    label: str
    left: int
    top: int
    lines: list[str]  # its label, as it fits
    points: list[Point]


class Reliability(NamedTuple):
    """A diagram for each frame, all of one size."""

    width: int
    height: int
    size: int
    panels: list[Panel]


def calibration_of(validation: pd.DataFrame, codebook: Codebook) -> Reliability | None:
    """Of the coded sample, by machines that had not seen the author; None where there is no machine."""
    sample = sample_of(validation, "machine")
    if sample.empty:
        return None
    step = _SIZE + _GAP
    panels = [
        _panel(
            sample[sample["frame"] == frame.name],
            frame,
            _LEFT + at % _ACROSS * step,
            _TOP + at // _ACROSS * (step + _AXIS),
        )
        for at, frame in enumerate(codebook.frames)
    ]
    rows = -(-len(panels) // _ACROSS)
    wide = min(len(panels), _ACROSS)
    return Reliability(_LEFT + wide * step, rows * (step + _AXIS), _SIZE, panels)


def _panel(sample: pd.DataFrame, frame: Frame, left: int, top: int) -> Panel:
    place = np.minimum((sample["score"] * _BINS).astype(int), _BINS - 1)
    bins = sample.groupby(place).agg(
        units=("score", "size"),
        probability=("score", "mean"),
        share=("true_present", "mean"),
        seen=("true_present", "sum"),
    )
    most = int(bins["units"].max()) if len(bins) else 1
    points = [
        Point(
            left + round(_SIZE * it.probability),
            top + round(_SIZE * (1 - it.share)),
            max(_SMALLEST, round(_LARGEST * (it.units / most) ** 0.5)),
            int(it.units),
            float(it.probability),
            float(it.share),
            int(it.seen),
            f"{it.Index / _BINS:.1f}-{(it.Index + 1) / _BINS:.1f}",
        )
        for it in bins.itertuples()
    ]
    return Panel(
        frame.name, frame.label, left, top, wrap(frame.label, 24, max_lines=2, placeholder=" …"), points
    )
