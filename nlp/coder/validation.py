"""Testing the coder on authors, and on blocks, whose codes it has not seen; baselines beside it."""

import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from nlp import tables
from nlp.coder import machine
from nlp.coder.learning import Learner, fit_plainly
from nlp.codes import Codes
from nlp.coding.apply import code_by_cues
from nlp.coding.views import Vocabulary


class Fold(NamedTuple):
    """Positions of units: coded ones to learn from, and those that are predicted."""

    scheme: str
    train: np.ndarray
    test: np.ndarray


def folds(learner: Learner) -> Iterator[Fold]:
    """Every author left out in turn, with all of the author's units predicted; then folds of blocks."""
    sample = learner.sample
    author, coded = sample.material.author, sample.coded
    for name in sorted(set(author[coded])):
        yield Fold("author", coded[author[coded] != name], np.flatnonzero(author == name))
    yield from block_folds(learner)


def block_folds(learner: Learner) -> Iterator[Fold]:
    """Random folds of whole blocks; every fold has its share of every author, as far as blocks allow."""
    from sklearn.model_selection import StratifiedGroupKFold  # 0.5 s

    coded, params = learner.sample.coded, learner.params
    blocks, author = learner.sample.block[coded], learner.sample.material.author[coded]
    most = max(Counter(author).values(), default=0)  # scikit-learn refuses more, and warns of fewer
    if (number := min(params.outer_folds, len(set(blocks)), most)) < 2:
        return
    parted = StratifiedGroupKFold(number, shuffle=True, random_state=params.seed)
    with warnings.catch_warnings(action="ignore", category=UserWarning):
        split = list(parted.split(coded, author, groups=blocks))
    yield from (Fold("block", coded[train], coded[test]) for train, test in split)


def validate(learner: Learner) -> pd.DataFrame:
    """Predictions for what was left out, by the machine and by baselines: table `validation`.

    A machine is trained, with its calibration and thresholds, on the rest alone. With a single author, or
    too few units of the others, there are none of the machine; cue words need no training.
    """
    rows: list[tuple[object, ...]] = []
    cues = code_by_cues(learner.sample.material, learner.codebook)
    for fold in folds(learner):
        rows += _rows(learner, fold, "cues", fold.test, Codes(*(it[fold.test] for it in cues)))
        if not enough(learner, fold.train):
            continue
        rows += _rows(learner, fold, "machine", fold.test, machine.code(learner, fold.train, fold.test))
        judged = np.intersect1d(fold.test, learner.sample.coded)
        rows += _rows(learner, fold, "words", judged, code_by_words(learner, fold.train, judged))
        rows += _rows(learner, fold, "majority", judged, code_by_majority(learner, fold.train, judged))
    return tables.make("validation", rows)


def enough(learner: Learner, train: np.ndarray) -> bool:
    """Whether there is anything to learn from: enough units, in more than one block."""
    return len(train) >= learner.params.min_coded and len(set(learner.sample.block[train])) > 1


def code_by_words(learner: Learner, train: np.ndarray, rows: np.ndarray) -> Codes:
    """The usual baseline: TF-IDF of words and word pairs, balanced logistic regression, no tuning."""
    texts = learner.sample.material.units["text"].to_numpy()
    vocabulary = Vocabulary.learn(texts[train], min_count=1)
    seen, judged = vocabulary.weigh(texts[train]), vocabulary.weigh(texts[rows])
    truth = learner.sample.truth[train]
    each = [_likely(seen, truth[:, it] >= 0, judged, 2)[:, 1] for it in range(truth.shape[1])]
    at, frame = np.nonzero(truth >= 0)
    stances = _likely(seen[at], truth[at, frame], judged, len(learner.codebook.stance_names))
    stance = np.repeat(stances.argmax(axis=1)[:, None], truth.shape[1], axis=1)
    certain = np.repeat(stances.max(axis=1)[:, None], truth.shape[1], axis=1)
    score = np.stack(each, axis=1)
    return Codes(score, score >= 0.5, stance, certain)


def _likely(seen: Any, truth: np.ndarray, judged: Any, classes: int) -> np.ndarray:
    """Probabilities of classes: judged units x classes."""
    found = fit_plainly(seen, truth.astype(int), classes, balanced=True)
    return special.softmax(found.score(judged), axis=1)


def code_by_majority(learner: Learner, train: np.ndarray, rows: np.ndarray) -> Codes:
    """What is most frequent in training, for every unit."""
    truth = learner.sample.truth[train]
    there = (truth >= 0).mean(axis=0)
    shares = np.bincount(truth[truth >= 0], minlength=len(learner.codebook.stance_names))
    shares = shares / max(shares.sum(), 1)
    shape = (len(rows), truth.shape[1])
    score = np.broadcast_to(there, shape)
    return Codes(
        score, score > 0.5, np.full(shape, int(shares.argmax())), np.full(shape, float(shares.max()))
    )


def _rows(
    learner: Learner, fold: Fold, model: str, rows: np.ndarray, codes: Codes
) -> Iterator[tuple[object, ...]]:
    sample, names = learner.sample, [*learner.codebook.stance_names, ""]  # -1, absent, is the last
    keys = sample.material.units[["doc_id", "sent_id"]].to_numpy()
    for place, row in enumerate(rows):
        for number, frame in enumerate(learner.codebook.frame_names):
            truth = sample.truth[row, number]
            yield (
                fold.scheme,
                model,
                *keys[row],
                frame,
                codes.score[place, number],
                codes.present[place, number],
                names[codes.stance[place, number]],
                codes.stance_score[place, number],
                sample.block[row],
                sample.probability[row],
                truth >= 0,
                names[truth],
            )
