"""Decides what the report says of the coder's errors: what it was judged by, and what to read."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import ANY, MACRO, Codebook
from nlp.codes import Currency, currency
from nlp.manifest import ALL

_MODELS = {
    "machine": "machine",
    "cues": "cue words",
    "words": "words (TF-IDF)",
    "majority": "most frequent",
}
_LABELS = {
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "average_precision": "Average precision",
    "calibration_error": "Calibration error",
}
ENOUGH = 5  # codes of an author, from which an F1 of this author alone is told
_LONGEST = 1000  # characters of a mistake; a document is not shown whole

Key = tuple[str, ...]


class Figure(NamedTuple):
    """A measure with its interval (0 to 1); NaN where unknown."""

    estimate: float
    low: float
    high: float


_UNKNOWN = Figure(np.nan, np.nan, np.nan)


class Scores(NamedTuple):
    """How well one coder does on a frame or stance."""

    model: str
    units: int  # judged with authors left out: the machine only those without whom one could be trained
    figures: list[Figure]  # of each measure, authors left out
    blocked: Figure  # F1, blocks left out
    gap: float  # by how much that is better; NaN where other units were judged


class Judged(NamedTuple):
    """A frame or stance, with the number of the reference coder's codes and the scores of all coders."""

    name: str
    label: str
    codes: int
    units: int  # of the sample that could be judged
    scores: list[Scores]


class Board(NamedTuple):
    """Scores of a task: names of the measures, then the mean, then each frame or stance."""

    measures: list[str]
    rows: list[Judged]


class LeftOut(NamedTuple):
    """An author of whom the coder has seen nothing."""

    author: str
    cells: list[tuple[float, int]]  # F1 and codes of the reference by frame; NaN where these are too few
    mean: float  # of the frames with enough of them
    cues: float  # the same mean for cue words alone


class Variant(NamedTuple):
    """The coder with other views: rows of table `ablation`, authors and blocks left out."""

    views: str
    by_author: Any | None
    by_block: Any | None


class Validation(NamedTuple):
    """Everything that is known of errors; empty or None where nothing is known."""

    trained: bool  # whether there is a machine
    judged: int  # units on which it was judged without having seen their authors
    units: int  # of the sample, all of which cue words are judged on
    frames: Board | None
    stances: Board | None
    confusion: list[tuple[str, list[tuple[str, int, float]]]]  # true stance; each said, count and share
    left_out: list[LeftOut]
    ablation: list[tuple[str, list[Variant]]]  # by task
    agreement: list[object]
    shared: Mapping[tuple[str, str], int]  # units that both coders judged
    currency: Currency
    mistakes: list[tuple[str, list[Any]]]  # by frame
    labels: Mapping[str, str]  # of frames, for table `reliability`


def validation_of(
    quality: pd.DataFrame,
    confusion: pd.DataFrame,
    mistakes: pd.DataFrame,
    ablation: pd.DataFrame,
    reliability: pd.DataFrame,
    coded_sentences: pd.DataFrame,
    codebook: Codebook,
) -> Validation:
    """Put together what leaving out authors, and blocks, has shown."""
    frames = {MACRO: "Mean of all frames"} | {it.name: it.label for it in codebook.frames}
    stances = {MACRO: "Mean of all stances"} | {it.name: it.label for it in codebook.stances}
    judged = quality[(quality["scheme"] == "author") & (quality["author"] == ALL)]
    return Validation(
        trained=bool((quality["model"] == "machine").any()),
        judged=max(judged.loc[judged["model"] == "machine", "total"], default=0),
        units=max(judged["total"], default=0),
        frames=_board(quality, {("presence", name, ANY): label for name, label in frames.items()}),
        stances=_board(quality, {("stance", ALL, name): label for name, label in stances.items()}),
        confusion=_confusion(confusion, codebook),
        left_out=_left_out(quality, codebook.frame_names),
        ablation=_ablation(ablation),
        agreement=_agreement(reliability, list(frames)),
        shared=_shared(coded_sentences),
        currency=currency(coded_sentences, codebook),
        mistakes=_mistakes(mistakes, codebook),
        labels=frames,
    )


def _board(quality: pd.DataFrame, labels: Mapping[Key, str]) -> Board | None:
    """Scores of these (task, frame, stance), in their order."""
    task = next(iter(labels))[0]
    own = quality[(quality["author"] == ALL) & (quality["task"] == task)]
    if own.empty:
        return None
    figures: dict[Key, Figure] = {}
    units: dict[Key, int] = {}
    codes: dict[Key, int] = {}
    for row in own.itertuples():
        about = row.task, row.frame, row.stance
        figures[row.scheme, row.model, *about, row.measure] = Figure(row.estimate, row.low, row.high)
        units[row.scheme, row.model, *about] = row.total
        if row.scheme == "author":  # blocks are those of the authors who have more than one
            codes[about] = max(row.count, codes.get(about, 0))
    measures = [name for name in _LABELS if (own["measure"] == name).any()]
    rows = [
        Judged(
            it[1] if task == "presence" else it[2],
            label,
            codes[it],
            max(units.get(("author", model, *it), 0) for model in _MODELS),
            _scores(figures, units, it, measures),
        )
        for it, label in labels.items()
        if it in codes
    ]
    return Board([_LABELS[name] for name in measures], rows)


def _scores(
    figures: Mapping[Key, Figure], units: Mapping[Key, int], about: Key, measures: Sequence[str]
) -> list[Scores]:
    """Those of every coder that was judged, in the order of `_MODELS`."""
    found = []
    for model, label in _MODELS.items():
        own = [figures.get(("author", model, *about, name), _UNKNOWN) for name in measures]
        f1, blocked = (figures.get((it, model, *about, "f1"), _UNKNOWN) for it in ("author", "block"))
        if (f1, blocked) != (_UNKNOWN, _UNKNOWN):
            judged, other = (units.get((it, model, *about), 0) for it in ("author", "block"))
            gap = blocked.estimate - f1.estimate if judged == other else np.nan
            found.append(Scores(label, judged, own, blocked, gap))
    return found


def _confusion(
    confusion: pd.DataFrame, codebook: Codebook
) -> list[tuple[str, list[tuple[str, int, float]]]]:
    """By true stance, over all frames: how often the machine says which, and the share of that."""
    rows = confusion[(confusion["scheme"] == "author") & (confusion["frame"] == ALL)]
    if rows.empty:
        return []
    table = rows.pivot(index="true_stance", columns="stance", values="count")
    total = table.sum(axis=1).clip(lower=1)
    names = codebook.stance_names
    return [
        (true, [(it, int(table.loc[true, it]), table.loc[true, it] / total[true]) for it in names])
        for true in names
    ]


def _left_out(quality: pd.DataFrame, frames: Sequence[str]) -> list[LeftOut]:
    """F1 by author and frame, where the author has enough codes of it."""
    f1 = quality[(quality["scheme"] == "author") & (quality["measure"] == "f1")]
    f1 = f1[(f1["task"] == "presence") & f1["frame"].isin(frames) & (f1["author"] != ALL)]
    enough = f1.assign(estimate=f1["estimate"].where(f1["count"] >= ENOUGH))
    found = []
    for author, rows in enough[enough["model"] == "machine"].groupby("author"):
        own = rows.set_index("frame").loc[list(frames)]
        cues = enough[(enough["author"] == author) & (enough["model"] == "cues")]
        cells = list(zip(own["estimate"], own["count"], strict=True))
        found.append(LeftOut(str(author), cells, own["estimate"].mean(), cues["estimate"].mean()))
    return found


def _ablation(ablation: pd.DataFrame) -> list[tuple[str, list[Variant]]]:
    """By task: the coder as it is, without one view, with one alone, and with one more."""
    rows = {(row.scheme, row.task, row.views): row for row in ablation.itertuples(index=False)}
    found = []
    for task, own in ablation.groupby("task"):
        views = sorted(own["views"].unique(), key=_kind)
        both = [(name, *(rows.get((it, task, name)) for it in ("author", "block"))) for name in views]
        found.append((str(task), [Variant(*it) for it in both]))
    return found


def _kind(views: str) -> tuple[bool, bool, bool, str]:
    return views != "as it is", not views.startswith("without"), views.startswith("with "), views


def _agreement(reliability: pd.DataFrame, frames: Sequence[str]) -> list[object]:
    """All coders together by frame, the mean first, and the mean of all frames for every two."""
    placed = reliability.assign(at=reliability["frame"].map(list(frames).index))
    together = placed["coder"] == ALL
    means = placed["frame"] == MACRO
    rows = pd.concat([placed[together].sort_values(["task", "at"]), placed[means & ~together]])
    return list(rows.itertuples(index=False))


def _shared(coded_sentences: pd.DataFrame) -> dict[tuple[str, str], int]:
    units = coded_sentences[["doc_id", "sent_id", "coder"]].drop_duplicates()
    pairs = units.merge(units, on=["doc_id", "sent_id"], suffixes=("", "_other"))
    sizes = pairs[pairs["coder"] != pairs["coder_other"]].groupby(["coder", "coder_other"]).size()
    return {(str(one), str(other)): int(n) for (one, other), n in sizes.items()}


def _mistakes(mistakes: pd.DataFrame, codebook: Codebook) -> list[tuple[str, list[Any]]]:
    shown = mistakes.assign(text=mistakes["text"].map(_beginning)).sort_values("rank")
    return [
        (frame.label, list(shown[shown["frame"] == frame.name].itertuples(index=False)))
        for frame in codebook.frames
    ]


def _beginning(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
