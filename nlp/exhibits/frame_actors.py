"""Frames by entity: who stands in the sentences of a frame."""

from typing import Any

import pandas as pd

from nlp.codebook import ANY
from nlp.exhibits.digits import bounded, count, percent
from nlp.exhibits.exhibit import Exhibit, figures, parts, told, words
from nlp.exhibits.setting import Setting


def frame_actors(frame_actors: pd.DataFrame, setting: Setting) -> Exhibit:
    """Under each frame and group the actors that stand most in its sentences, and in which stance."""
    found = setting.within(frame_actors[(frame_actors["stance"] == ANY) & (frame_actors["count"] > 0)])
    ranked = found.sort_values(["count", "entity", "entity_id"], ascending=[False, True, True])
    shown = setting.within(ranked.groupby(["frame", "author"], sort=False).head(setting.params.top_actors))
    order = {frame: at for at, frame in enumerate(setting.frames)}
    shown = shown.sort_values("frame", key=lambda them: them.map(order), kind="stable")
    split = _by_stance(frame_actors, shown)
    return Exhibit(
        "frame_actors",
        f"Actors in the {setting.unit}s of frames, by {setting.by}",
        ("frame_actors",),
        words("Actor")
        + figures(
            f"{setting.unit.capitalize()}s",
            "% of the frame",
            "Expected",
            *setting.stances.values(),
            "Coded",
        ),
        parts((_heading(it, setting), _row(it, split, setting)) for it in shown.itertuples()),
        (
            f"{setting.unit.capitalize()}s that carry the frame and name the actor, by the machine's codes;"
            f" how many of them in each stance. % of the frame: of the {setting.by}'s {setting.unit}s with"
            f" the frame, with its {setting.interval}. Expected: if frame and actor had nothing to do with"
            f" each other, that is the % of all the {setting.by}'s {setting.unit}s. Coded: those in which"
            " the reference coder sees the frame, of those of the coded sample that name the actor.",
            *setting.of_texts,
            *setting.left_out,
            *told(len(shown), len(found), f"actors of a frame and {setting.by}: the most frequent"),
        ),
    )


def _heading(it: Any, setting: Setting) -> str:
    return f"{setting.frames.get(it.frame, it.frame)} · {it.author}"


def _by_stance(table: pd.DataFrame, shown: pd.DataFrame) -> dict[tuple[str, ...], int]:
    rows = table[table["entity_id"].isin(shown["entity_id"]) & table["author"].isin(shown["author"])]
    return {(it.author, it.frame, it.stance, it.entity_id): it.count for it in rows.itertuples()}


def _row(it: Any, split: dict[tuple[str, ...], int], setting: Setting) -> list[str]:
    stances = [count(split.get((it.author, it.frame, its, it.entity_id), 0)) for its in setting.stances]
    share = bounded(it.share, it.low, it.high, percent)
    coded = f"{it.coded:,} of {it.n_coded:,}"
    return [it.entity, count(it.count), share, percent(it.expected), *stances, coded]
