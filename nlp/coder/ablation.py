"""What each view is worth: the machine without it, with it alone, and with views it does without."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from nlp import tables
from nlp.coder.learning import Learner
from nlp.coder.machine import code_presence, code_stances, learn_presence, learn_stances
from nlp.coder.quality import macro_f1
from nlp.coder.validation import Fold, enough, folds
from nlp.stats import draws, percentiles

_AS_IT_IS = "as it is"


def ablate(learner: Learner) -> pd.DataFrame:
    """Macro-F1 of the machine and of its variants, with the difference's interval: table `ablation`.

    The draws of blocks are the same for all variants, so that differences are those of views.
    """
    params = learner.params
    tasks = [("presence", _variants(params.presence, params.tried.presence))]
    if learner.codebook.split:
        tasks.append(("stance", _variants(params.stance, params.tried.stance)))
    usable = [it for it in folds(learner) if enough(learner, it.train)]
    rows = (
        (scheme, task, *row)
        for scheme in sorted({it.scheme for it in usable})
        for task, variants in tasks
        for row in _rows(learner, task, variants, [it for it in usable if it.scheme == scheme])
    )
    return tables.make("ablation", rows)


def _variants(used: Iterable[str], tried: Iterable[str]) -> dict[str, list[str]]:
    views = list(used)
    without = {f"without {it}": [other for other in views if other != it] for it in views}
    return {
        _AS_IT_IS: views,
        **(without if len(views) > 1 else {}),
        **({f"{it} alone": [it] for it in views} if len(views) > 1 else {}),
        **{f"with {it}": [*views, it] for it in tried},
    }


def _rows(
    learner: Learner, task: str, variants: Mapping[str, Sequence[str]], parts: Sequence[Fold]
) -> Iterator[tuple[object, ...]]:
    sample, params = learner.sample, learner.params
    rows = np.concatenate([np.intersect1d(it.test, sample.coded) for it in parts])
    clusters = sample.material.units["doc_id"].iloc[rows], pd.Series(sample.block[rows])
    weights = draws(*clusters, replicates=params.replicates, seed=params.seed)
    f1 = {name: macro_f1(*_judge(learner, task, views, parts), weights) for name, views in variants.items()}
    for name, values in f1.items():
        difference = values - f1[_AS_IT_IS]
        low, high = percentiles(difference[1:], confidence=params.confidence)
        yield name, values[0], difference[0], low, high


def _judge(
    learner: Learner, task: str, views: Sequence[str], parts: Sequence[Fold]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Right codes, codes said and true codes: units x frames for presence, units x stances for stance."""
    found = [
        _fold(learner, task, views, it.train, np.intersect1d(it.test, learner.sample.coded)) for it in parts
    ]
    truth, said = (np.concatenate(it) for it in zip(*found, strict=True))
    if task == "presence":
        return (truth >= 0) & said, said, truth >= 0
    numbers = np.arange(len(learner.codebook.stance_names))[:, None, None]
    true = truth == numbers
    given = (said == numbers) & (truth >= 0)
    right, given, true = (it.sum(axis=2).T for it in (true & given, given, true))
    return right, given, true


def _fold(
    learner: Learner, task: str, views: Sequence[str], train: np.ndarray, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    truth = learner.sample.truth[rows]
    if task == "stance":
        return truth, code_stances(learner, learn_stances(learner, views, train), rows)[0]
    frames = range(truth.shape[1])
    machines = [learn_presence(learner, views, frame, train) for frame in frames]
    return truth, np.stack([code_presence(learner, it, rows) >= it.limit for it in machines], axis=1)
