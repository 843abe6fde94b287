"""The machine: views averaged, calibrated, with thresholds, all learned inside the training data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from nlp import tables
from nlp.coder.learning import Learner, Linear, fit_plainly
from nlp.codes import Codes
from nlp.coding.apply import INTERCEPT

Views = Sequence[str]


class Presence(NamedTuple):
    """A frame's part of the machine."""

    views: Mapping[str, Linear]
    slope: float  # from the mean score of the views
    start: float  # to log odds (Platt 1999)
    limit: float  # probability from which the frame is coded


class Stances(NamedTuple):
    """The machine's part for stances."""

    views: Mapping[str, Linear]
    certainty: Linear  # from the mean scores of the views to log odds


def learn_presence(learner: Learner, views: Views, frame: int, train: np.ndarray) -> Presence:
    """Fit all views; calibrate, and choose the threshold, on blocks that the inner views had not seen."""
    unseen = np.zeros(len(train))
    for rest, held in inner_folds(learner, train):
        inner = {view: learner.presence(view, frame, train[rest]) for view in views}
        unseen[held] = _mean(learner, "presence", inner, train[held])[:, 0]
    truth = learner.sample.truth[train, frame] >= 0
    platt = fit_plainly(unseen[:, None], truth.astype(int), 2, balanced=False)
    slope, start = float(platt.weights[0, 1]), float(platt.intercept[1] - platt.intercept[0])
    if slope < 0:  # a few blocks that contradict the rest must not turn the views round
        slope, start = 1.0, 0.0
    # Where a frame was never seen, all are alike: half of next to nothing would find it everywhere.
    limit = best_threshold(special.expit(slope * unseen + start)) if truth.any() else 0.5
    found = {view: learner.presence(view, frame, train) for view in views}
    return Presence(found, slope, start, limit)


def learn_stances(learner: Learner, views: Views, train: np.ndarray) -> Stances:
    """Fit all views, and learn how certain they are from blocks that the inner views had not seen."""
    frames = len(learner.codebook.frames)
    at, frame = np.nonzero(learner.sample.truth[train] >= 0)
    classes = len(learner.codebook.stance_names)
    unseen = np.zeros((len(at), classes))
    for rest, held in inner_folds(learner, train):
        own = np.isin(at, held)
        inner = {view: learner.stance(view, train[rest]) for view in views}
        unseen[own] = _mean(learner, "stance", inner, train[at[own]] * frames + frame[own])
    certainty = fit_plainly(unseen, learner.sample.truth[train][at, frame], classes, balanced=False)
    return Stances({view: learner.stance(view, train) for view in views}, certainty)


def inner_folds(learner: Learner, train: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Folds of whole blocks, as many as there are blocks at most; positions in `train`."""
    from sklearn.model_selection import GroupKFold  # 0.5 s

    blocks = learner.sample.block[train]
    folds = min(learner.params.inner_folds, len(set(blocks)))
    yield from GroupKFold(folds).split(train, groups=blocks)


def best_threshold(probability: np.ndarray) -> float:
    """The probability from which to say yes, so that the expected F1 is highest.

    It takes the probabilities at their word, rather than counting hits in a small sample, and so varies
    less from sample to sample (Lipton, Elkan & Narayanaswamy 2014). Halfway to the next lower one.
    """
    if not len(probability):
        return 0.5
    ranked = -np.sort(-probability)
    expected = 2 * np.cumsum(ranked) / (np.arange(1, len(ranked) + 1) + ranked.sum())
    best = int(expected.argmax())
    return float((ranked[best] + np.append(ranked, 0.0)[best + 1]) / 2)


def _mean(learner: Learner, task: str, views: Mapping[str, Linear], rows: np.ndarray) -> np.ndarray:
    return np.mean(
        [it.score(learner.design(task, view).matrix[rows]) for view, it in views.items()], axis=0
    )


def code_presence(learner: Learner, found: Presence, rows: np.ndarray) -> np.ndarray:
    """Probability of a frame in units at these positions."""
    return special.expit(found.slope * _mean(learner, "presence", found.views, rows)[:, 0] + found.start)


def code_stances(learner: Learner, found: Stances, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Stance of every frame in units at these positions, with its probability: units x frames."""
    frames = len(learner.codebook.frames)
    every = (rows[:, None] * frames + np.arange(frames)).ravel()
    scores = _mean(learner, "stance", found.views, every)
    stance = scores.argmax(axis=1)
    likely = special.softmax(found.certainty.score(scores), axis=1)[np.arange(len(stance)), stance]
    return stance.reshape(-1, frames), likely.reshape(-1, frames)


def code(learner: Learner, train: np.ndarray, rows: np.ndarray) -> Codes:
    """Codes of units at these positions by a machine trained on others."""
    params, frames = learner.params, range(len(learner.codebook.frames))
    machines = [learn_presence(learner, list(params.presence), frame, train) for frame in frames]
    score = np.stack([code_presence(learner, it, rows) for it in machines], axis=1)
    present = score >= np.array([it.limit for it in machines])
    if not learner.codebook.split:
        return Codes(score, present, np.zeros(score.shape, dtype=int), np.ones(score.shape))
    stances = learn_stances(learner, list(params.stance), train)
    return Codes(score, present, *code_stances(learner, stances, rows))


Row = tuple[str, str, str, str, float, float]


def weights_of(learner: Learner, train: np.ndarray) -> pd.DataFrame:
    """The machine trained on these units as plain numbers: table `coder_weights`."""
    rows = [("idf", "", "words", word, idf, 0.0) for word, idf in _idf(learner).items()]
    for number, frame in enumerate(learner.codebook.frame_names):
        found = learn_presence(learner, list(learner.params.presence), number, train)
        rows.append(("threshold", frame, "", "", found.limit, 0.0))
        rows += _rows(learner, "presence", found.views, [frame], train, found.slope, found.start)
    if learner.codebook.split:
        stances = learner.codebook.stance_names
        machine = learn_stances(learner, list(learner.params.stance), train)
        rows += _rows(learner, "stance", machine.views, stances, train, 1.0, 0.0)
        rows += _certainty(machine.certainty, stances)
    return tables.make("coder_weights", rows)


def _idf(learner: Learner) -> Mapping[str, float]:
    used = {*learner.params.presence, *learner.params.stance}
    return learner.vocabulary.idf if "words" in used else {}


def _rows(
    learner: Learner,
    task: str,
    views: Mapping[str, Linear],
    targets: Sequence[str],
    train: np.ndarray,
    slope: float,
    start: float,
) -> Iterator[Row]:
    """One weight for each feature and target, with the view's share in the mean; zeros are left out."""
    share = slope / len(views)
    begins = start + share * np.sum([it.intercept for it in views.values()], axis=0)
    yield from (
        (task, target, "", INTERCEPT, float(it), 0.0) for target, it in zip(targets, begins, strict=True)
    )
    for view, linear in views.items():
        design = learner.design(task, view)
        usual = _usual(learner, task, design.matrix, train)
        for column, target in enumerate(targets):
            for at in np.flatnonzero(linear.weights[:, column]):
                weight = float(share * linear.weights[at, column])
                yield task, target, view, design.names[at], weight, float(usual[at])


def _usual(learner: Learner, task: str, matrix: Any, train: np.ndarray) -> np.ndarray:
    """Mean of each feature in the units that were learned from (stance: in their frames)."""
    frames = len(learner.codebook.frames)
    at, frame = np.nonzero(learner.sample.truth[train] >= 0)
    rows = train if task == "presence" else train[at] * frames + frame
    if not len(rows):
        return np.zeros(matrix.shape[1])
    return np.asarray(matrix[rows].mean(axis=0)).ravel()


def _certainty(found: Linear, stances: Sequence[str]) -> Iterator[Row]:
    for column, target in enumerate(stances):
        yield "certainty", target, "", INTERCEPT, float(found.intercept[column]), 0.0
        for at, stance in enumerate(stances):
            yield "certainty", target, "", stance, float(found.weights[at, column]), 0.0
