"""How far apart the groups are."""

from typing import Any

import pandas as pd

from nlp.exhibits.digits import bounded, count, hundredth, p_value
from nlp.exhibits.exhibit import Exhibit, figures, parts, strongest, told, words
from nlp.exhibits.setting import Setting

SPACES = {"frames": "Frames", "topics": "Topics", "entities": "Actors", "words": "Words"}


def distances(distances: pd.DataFrame, setting: Setting) -> Exhibit:
    """Under each space the pairs of groups with the strongest evidence that they differ."""
    known = distances[distances["distance"].notna()]
    order = {space: at for at, space in enumerate(SPACES)}
    shown = strongest(known, "distance", ["space"], setting.params.top_rows)
    shown = shown.sort_values("space", key=lambda them: them.map(order), kind="stable")
    return Exhibit(
        "distances",
        f"Distances between {setting.by}s",
        ("distances",),
        words(setting.heading, "Compared with")
        + figures("Distance", "By chance", "Beyond chance", "p", "q", "Features"),
        parts((SPACES[str(it.space)], _row(it, setting)) for it in shown.itertuples()),
        (
            "Jensen-Shannon distance: 0 alike, 1 nothing in common; with its"
            f" {setting.interval} for other texts of these lengths, made in the same way. By chance:"
            " distance when segments of the two are exchanged at random, which is above 0 for short texts."
            " Beyond chance: what is left, from 0 to 1; it can be compared between pairs and spaces, unlike"
            " the distance itself. p is for no more distance than by chance; q: p adjusted for all rows of"
            " the table (Benjamini-Yekutieli).",
            *setting.scope,
            *setting.of_texts(known),
            *told(len(shown), len(known), "distances: those with the strongest evidence"),
        ),
    )


def _row(it: Any, setting: Setting) -> list[str]:
    distance = bounded(it.distance, it.low, it.high, hundredth)
    beyond = bounded(it.beyond, it.beyond_low, it.beyond_high, hundredth)
    tests = [p_value(it.p), p_value(it.q)]
    return [
        it.author,
        setting.name(it.other),
        distance,
        hundredth(it.expected),
        beyond,
        *tests,
        count(it.features),
    ]
