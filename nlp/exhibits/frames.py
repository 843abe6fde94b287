"""Frames by group and stance, and their differences."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from nlp.codebook import ANY
from nlp.exhibits import differences
from nlp.exhibits.digits import MISSING, bounded, count, percent
from nlp.exhibits.exhibit import Exhibit, figures, parts, words
from nlp.exhibits.setting import Setting

NOT_ESTIMABLE = "not estimable"
_OF_WHAT = "for more text made in the same way, so wider than the intervals of the two shares"


def frames(prevalence: pd.DataFrame, setting: Setting) -> Exhibit:
    """Under each frame a row for each group: corrected shares by stance, and the naive one."""
    cells: dict[tuple[Any, ...], Any] = {
        (it.author, it.frame, it.stance, it.method): it for it in setting.within(prevalence).itertuples()
    }
    rows = [
        (label, _shares(cells, group, frame, setting))
        for frame, label in setting.frames.items()
        for group in setting.groups
    ]
    return Exhibit(
        "frames",
        f"Frames by {setting.by} and stance",
        ("prevalence",),
        words(setting.heading)
        + figures(
            f"{setting.unit.capitalize()}s",
            "Coded",
            "Any stance",
            *setting.stances.values(),
            "Machine alone",
        ),
        parts(rows),
        (
            f"Share of {setting.unit}s in %, with its {setting.interval}: what the coded sample shows,"
            f" moved by what a coder that was not trained on the {setting.by}'s texts says of all other"
            f" {setting.unit}s."
            f" The interval is for the share in all {setting.unit}s of the {setting.by}. One may carry"
            f" several frames. {NOT_ESTIMABLE.capitalize()}: the coded sample is too small.",
            "Machine alone: share with the frame in any stance by the machine's codes as they are, its"
            " errors included.",
            *setting.any_stance,
            *setting.of_texts,
            *setting.left_out,
        ),
    )


def _shares(cells: Mapping[tuple[Any, ...], Any], group: str, frame: str, setting: Setting) -> list[str]:
    corrected = [cells.get((group, frame, it, "corrected")) for it in (ANY, *setting.stances)]
    machine = cells.get((group, frame, ANY, "machine"))
    sizes = [machine.n_sentences, machine.n_coded] if machine else [float("nan")] * 2
    naive = percent(machine.estimate) if machine else MISSING
    return [group, *map(count, sizes), *map(_share, corrected), naive]


def _share(cell: Any) -> str:
    if cell is None:
        return MISSING
    return bounded(cell.estimate, cell.low, cell.high, percent) if cell.estimable else NOT_ESTIMABLE


def frame_differences(
    frame_differences: pd.DataFrame, robustness: pd.DataFrame, setting: Setting
) -> Exhibit:
    """Under each frame the differences with the strongest evidence, whatever the stance."""
    table = frame_differences[frame_differences["stance"] == ANY]
    order = {frame: at for at, frame in enumerate(setting.frames)}
    shown = differences.best(table, ["frame"], setting)
    shown = shown.sort_values("frame", key=lambda them: them.map(order), kind="stable")
    return Exhibit(
        "frame_differences",
        "Differences in frames, in any stance",
        ("frame_differences", "robustness"),
        words(setting.heading, "Compared with") + differences.COLUMNS,
        differences.rows_of(
            shown,
            differences.robust(robustness, "frame"),
            setting,
            key=_key,
            heading=lambda it: setting.frames.get(it.frame, it.frame),
            more=lambda it: [],
        ),
        (
            *differences.notes(setting, of_what=_OF_WHAT),
            *setting.any_stance,
            *setting.of_texts,
            *differences.cut(shown, table),
        ),
    )


def stance_differences(
    frame_differences: pd.DataFrame, robustness: pd.DataFrame, setting: Setting
) -> Exhibit:
    """The differences of frames in a single stance with the strongest evidence of all."""
    table = frame_differences[frame_differences["stance"].isin(setting.stances)]
    shown = differences.best(table.assign(all=0), ["all"], setting)
    return Exhibit(
        "stance_differences",
        "Differences in frames in a single stance",
        ("frame_differences", "robustness"),
        words(setting.heading, "Compared with", "Frame", "Stance") + differences.COLUMNS,
        differences.rows_of(
            shown,
            differences.robust(robustness, "frame"),
            setting,
            key=_key,
            heading=lambda it: "",
            more=lambda it: [setting.frames.get(it.frame, it.frame), setting.stances[it.stance]],
        ),
        (
            *differences.notes(setting, of_what=_OF_WHAT),
            *setting.of_texts,
            *differences.cut(shown, table),
        ),
    )


def _key(row: Any) -> differences.Key:
    return row.author, row.other, row.frame, row.stance
