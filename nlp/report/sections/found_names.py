"""Decides what the report says of how well names are found, with the names behind each figure."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from nlp.manifest import ALL

Cell = Any  # a row of table `entity_quality`
Key = tuple[str, ...]  # label, recogniser, task and measure
Became = tuple[str, ...]  # values of table `checked_names`, those of the model alone after "model-"

_FOUND: Became = ("right", "mislinked")
# Recogniser, task and measure; the names that it is a share of; the wrong ones among them, and in words.
_SCORES: tuple[tuple[str, str, str, Became, Became, str], ...] = (
    ("pipeline", "strict", "f1", (*_FOUND, "missed", "false"), (), ""),
    ("pipeline", "strict", "precision", (*_FOUND, "false"), ("false",), "false"),
    ("pipeline", "strict", "recall", (*_FOUND, "missed"), ("missed",), "missed"),
    ("pipeline", "linking", "accuracy", _FOUND, ("mislinked",), "wrong"),
    ("model", "strict", "f1", ("model-right", "model-missed", "model-false"), (), ""),
    ("model", "strict", "precision", ("model-right", "model-false"), ("model-false",), "false"),
    ("model", "strict", "recall", ("model-right", "model-missed"), ("model-missed",), "missed"),
)


class Checked(NamedTuple):
    """So many names of which became what the figure is about."""

    number: int
    became: Became
    label: str | None  # None for all


class Score(NamedTuple):
    """A measure with the names that it is the share of, and the wrong ones among them."""

    cell: Cell
    names: Checked
    wrong: Checked
    told: str  # what is wrong with these


class Label(NamedTuple):
    """A kind of name, or all."""

    label: str
    coded: Checked
    scores: list[Score | None]


def found_names_of(quality: pd.DataFrame, checked: pd.DataFrame) -> list[Label]:
    """All labels together, then those with most coded mentions."""
    cells: dict[Key, Cell] = {
        (it.label, it.recogniser, it.task, it.measure): it for it in quality.itertuples(index=False)
    }
    return [_label(label, cells, checked) for label in _by_size(quality)]


def _by_size(quality: pd.DataFrame) -> list[str]:
    strict = quality[quality["task"] == "strict"]
    size = strict.groupby("label")["count"].max().reindex(quality["label"].unique(), fill_value=0)
    return sorted(size.index, key=lambda it: (it != ALL, -size[it], it))


def _label(label: str, cells: Mapping[Key, Cell], checked: pd.DataFrame) -> Label:
    own = checked if label == ALL else checked[checked["label"] == label]
    became = Counter([*own["pipeline"], *("model-" + own["model"])])
    named = None if label == ALL else label

    def names(*asked: str) -> Checked:
        return Checked(sum(became[it] for it in asked), asked, named)

    scores = [
        Score(cells[label, *key], names(*of), names(*wrong), told) if (label, *key) in cells else None
        for *key, of, wrong, told in _SCORES
    ]
    return Label(label, names(*_FOUND, "missed"), scores)
