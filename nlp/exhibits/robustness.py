"""How far the contrasts hold when the analysis is done in other sensible ways."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from nlp.codebook import ANY
from nlp.exhibits.differences import HOW_ROBUST, steadiness
from nlp.exhibits.digits import count, p_value, points, signed
from nlp.exhibits.exhibit import Exhibit, figures, parts, strongest, told, words
from nlp.exhibits.setting import Setting

_KINDS = {"frame": "Frames", "topic": "Topics", "entity": "Names", "word": "Words"}
_SAID: Mapping[str, Callable[[float], str]] = {
    "frame": points,
    "topic": points,
    "entity": signed,
    "word": signed,
}


def robustness(
    robustness: pd.DataFrame, topic_shares: pd.DataFrame, contrasts: pd.DataFrame, setting: Setting
) -> Exhibit:
    """Under each kind of contrast those with the strongest evidence."""
    order = {kind: at for at, kind in enumerate(_KINDS)}
    shown = strongest(robustness, "difference", ["kind"], setting.params.top_rows)
    shown = shown.sort_values("kind", key=lambda them: them.map(order), kind="stable")
    labels = _labels(topic_shares, contrasts, shown, setting)
    alpha = round(1 - setting.params.confidence, 10)
    return Exhibit(
        "robustness",
        "Robustness of contrasts",
        ("robustness",),
        words(setting.heading, "Compared with", "Feature", "Stance")
        + figures("Difference", "p", "Same sign", "Same answer"),
        parts((_KINDS[str(it.kind)], _row(it, labels, setting)) for it in shown.itertuples()),
        (
            "Difference: percentage points (frames, topics), log2 of the ratio of rates (names, words).",
            HOW_ROBUST.format(alpha=alpha),
            *_in_all(robustness, alpha),
            *setting.scope,
            *told(len(shown), len(robustness), "contrasts: those with the strongest evidence"),
        ),
    )


def _labels(
    topic_shares: pd.DataFrame, contrasts: pd.DataFrame, shown: pd.DataFrame, setting: Setting
) -> dict[tuple[str, str], str]:
    """What readers call a feature, by kind and name."""
    topics = {("topic", str(it.topic)): f"{it.topic} · {it.label}" for it in topic_shares.itertuples()}
    frames = {("frame", name): label for name, label in setting.frames.items()}
    found = contrasts[contrasts["feature"].isin(shown["feature"])]
    return topics | frames | {(it.kind, it.feature): it.label for it in found.itertuples()}


def _row(it: Any, labels: Mapping[tuple[str, str], str], setting: Setting) -> list[str]:
    feature = labels.get((it.kind, it.feature), it.feature)
    stance = ({ANY: "Any"} | dict(setting.stances)).get(it.stance, it.stance)
    difference = _SAID[it.kind](it.difference)
    others = [setting.name(it.other), feature, stance]
    return [it.author, *others, difference, p_value(it.p), *steadiness(it)]


def _in_all(robustness: pd.DataFrame, alpha: float) -> tuple[str, ...]:
    """Of the contrasts that pass a test, how many do so in all variants: a note for each kind."""
    passed = robustness[(robustness["p"] < alpha) & (robustness["variants"] > 0)]
    found = dict(list(passed.groupby("kind")))
    return tuple(
        f"{label}: of {count(len(rows))} contrasts with p below {alpha:g}"
        f" (not adjusted), {count((rows['same_sign'] == 1).sum())} keep their sign in all variants, and"
        f" {count((rows['same_significance'] == 1).sum())} keep it with p below {alpha:g}."
        for kind, label in _KINDS.items()
        if (rows := found.get(kind)) is not None
    )
