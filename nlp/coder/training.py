"""Fitting: coded sentences -> the weights of a coder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from nlp import coding, tables
from nlp.codebook import Codebook
from nlp.coding import CONTEXT, INTERCEPT, Cues, Design, Vocabulary
from nlp.params import CoderParams

_NEVER = 12.0  # log odds against a class that was not seen in training


@dataclass(frozen=True)
class Sample:
    """Sentences with all that a coder may look at; arrays have a row for each sentence."""

    sentences: pd.DataFrame
    cues: Cues
    author: np.ndarray
    block: np.ndarray  # empty string where the sentence is not in the coded sample
    truth: np.ndarray  # sentences x frames: number of the stance; -1 if absent or not coded

    @classmethod
    def of(
        cls, sentences: pd.DataFrame, coded: pd.DataFrame, author: pd.Series, codebook: Codebook
    ) -> "Sample":
        """All sentences, with the codes of one coder (rows of `coded_sentences`) where there are any."""
        key = ["doc_id", "sent_id"]
        index = pd.MultiIndex.from_frame(sentences[key])
        number = {name: index for index, name in enumerate(codebook.stance_names)}
        stances = coded.pivot(index=key, columns="frame", values="stance")
        stances = stances.reindex(index=index, columns=codebook.frame_names)
        blocks = coded.drop_duplicates(key).set_index(key)["block"].reindex(index, fill_value="")
        return cls(
            sentences,
            coding.cues(sentences, codebook),
            sentences["doc_id"].map(author).to_numpy(dtype=object),
            blocks.to_numpy(dtype=object),
            stances.map(lambda stance: number.get(stance, -1)).to_numpy(dtype=int),
        )

    @property
    def coded(self) -> np.ndarray:
        return self.block != ""

    def part(self, rows: np.ndarray) -> "Sample":
        """The sentences at these positions."""
        return replace(
            self,
            sentences=self.sentences.iloc[rows].reset_index(drop=True),
            cues=Cues(*(part[rows] for part in self.cues)),
            author=self.author[rows],
            block=self.block[rows],
            truth=self.truth[rows],
        )

    def where(self, mask: np.ndarray) -> "Sample":
        return self.part(np.flatnonzero(mask))


Row = tuple[str, str, str, float]


def fit(sample: Sample, params: CoderParams, codebook: Codebook) -> pd.DataFrame:
    """Train on coded sentences: table `coder_weights`, empty if there is too little to learn from.

    Thresholds are chosen on blocks that the inner models have not seen.
    """
    if len(sample.truth) < params.min_coded or len(set(sample.block)) < params.inner_folds:
        return tables.make("coder_weights", [])
    score = np.zeros(sample.truth.shape)
    for train, test in _inner_folds(sample, params.inner_folds):
        inner = _fit(sample.part(train), params, codebook, limits=[0.5] * len(codebook.frames))
        held_out = sample.part(test)
        score[test] = coding.code_by_weights(held_out.sentences, held_out.cues, inner, codebook).score
    limits = [
        best_threshold(sample.truth[:, frame] >= 0, score[:, frame])
        for frame in range(len(codebook.frames))
    ]
    return _fit(sample, params, codebook, limits)


def _inner_folds(sample: Sample, folds: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    from sklearn.model_selection import GroupKFold  # 0.5 s

    yield from GroupKFold(folds).split(sample.truth, groups=sample.block)


def best_threshold(truth: np.ndarray, score: np.ndarray) -> float:
    """The score from which on to say yes, so that F1 is highest; 0.5 where there is nothing to find.

    Lies halfway to the next lower score, so that it does not hang on one sentence's last digit.
    """
    if not truth.any():
        return 0.5
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(score) + 1) + truth.sum())
    ranked = np.append(score[order], 0.0)
    f1[ranked[:-1] == ranked[1:]] = 0  # a threshold cannot part equal scores
    best = int(f1.argmax())
    return float((ranked[best] + ranked[best + 1]) / 2)


def _fit(sample: Sample, params: CoderParams, codebook: Codebook, limits: Sequence[float]) -> pd.DataFrame:
    texts = list(sample.sentences["text"])
    vocabulary = Vocabulary.learn(texts, min_count=params.min_term_count)
    rows: list[Row] = [("idf", "", word, idf) for word, idf in vocabulary.idf.items()]
    rows += [
        ("threshold", frame, "", limit) for frame, limit in zip(codebook.frame_names, limits, strict=True)
    ]
    rows.append(("threshold", CONTEXT, "", params.context_weight))
    rows += _fit_presence(sample, vocabulary, params, codebook)
    rows += _fit_stance(sample, params, codebook)
    return tables.make("coder_weights", rows)


def _fit_presence(
    sample: Sample, vocabulary: Vocabulary, params: CoderParams, codebook: Codebook
) -> Iterator[Row]:
    texts = list(sample.sentences["text"])
    design = coding.presence_design(texts, sample.cues, vocabulary, codebook, params.context_weight)
    for number, frame in enumerate(codebook.frame_names):
        truth = sample.truth[:, number] >= 0
        yield from _logistic(
            design, truth, params.regularisation, "presence", [None, frame], balanced=False
        )


def _fit_stance(sample: Sample, params: CoderParams, codebook: Codebook) -> Iterator[Row]:
    """One example for each frame of each sentence; rare stances weigh as much as frequent ones."""
    rows, frames = np.nonzero(sample.truth >= 0)
    design = coding.stance_design(sample.part(rows).cues, codebook)
    truth = sample.truth[rows, frames]
    yield from _logistic(
        design, truth, params.regularisation, "stance", codebook.stance_names, balanced=True
    )


def _logistic(
    design: Design,
    truth: np.ndarray,
    strength: float,
    task: str,
    targets: Sequence[str | None],
    *,
    balanced: bool,
) -> Iterator[Row]:
    """Weights of a multinomial logistic regression with L2 penalty; a target of None gets none.

    Classes that never occur are made very unlikely, one that always occurs very likely.
    """
    from sklearn.linear_model import LogisticRegression  # 1 s

    classes = np.unique(truth)
    yield from (
        (task, target, INTERCEPT, -_NEVER)
        for number, target in enumerate(targets)
        if target is not None and number not in classes
    )
    if not len(classes):
        return
    if len(classes) < 2:
        if (target := targets[int(classes[0])]) is not None:
            yield task, target, INTERCEPT, _NEVER
        return
    model: Any = LogisticRegression(
        C=strength, max_iter=2000, class_weight="balanced" if balanced else None
    ).fit(design.matrix, truth)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(classes) == 2:  # one row of log odds of the second class
        coefficients = np.vstack([np.zeros_like(coefficients), coefficients])
        intercepts = np.append(0.0, intercepts)
    for number, values, intercept in zip(classes, coefficients, intercepts, strict=True):
        if (target := targets[int(number)]) is not None:
            yield task, target, INTERCEPT, float(intercept)
            yield from (
                (task, target, name, float(it)) for name, it in zip(design.names, values, strict=True)
            )
