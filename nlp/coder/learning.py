"""Logistic regressions on the views of a sample, each fitted once however often it is asked for."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from nlp.codebook import Codebook
from nlp.coder.sample import Lessons, Sample
from nlp.coding.material import Material
from nlp.coding.views import BY_AUTHOR, Design, Vocabulary, presence_design, stance_design
from nlp.params import CoderParams

_NEVER = 12.0  # log odds against a class that was not seen in training
_TOLD = {"presence": {"cues", "sentence", "context"}, "stance": {"groups", "sentence"}}


class Linear(NamedTuple):
    """Scores of classes: weights (features x classes), and what they start from."""

    weights: np.ndarray
    intercept: np.ndarray

    def score(self, matrix: Any) -> np.ndarray:
        return matrix @ self.weights + self.intercept


class Learner:
    """A sample seen from all views, and what was learned from parts of it.

    `train` are positions of coded units. Codes of other units are never looked at, and what is returned
    does not hang on what was asked before. Beside the coded units, views of what a sentence says learn
    from the codebook: presence from definitions, notes and examples, stance from exemplars.
    """

    def __init__(self, sample: Sample, told: Lessons, params: CoderParams, codebook: Codebook) -> None:
        self.sample, self.codebook, self.params = sample, codebook, params
        self._told = told
        self._fitted: dict[tuple[object, ...], Linear] = {}
        self._designs: dict[tuple[str, str, int], Design] = {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Words of all units: which there are says nothing of codes."""
        texts = list(self.sample.material.units["text"])
        return Vocabulary.learn(texts, min_count=self.params.min_term_count)

    def design(self, task: str, view: str) -> Design:
        """A view of all units; for stance, of all units and frames (row `unit * frames + frame`)."""
        return self._design(task, view, self.sample.material)

    def presence(self, view: str, frame: int, train: np.ndarray) -> Linear:
        """Whether a frame is there, from one view: its log odds as the only class."""
        key = ("presence", view, frame, train.tobytes())
        if key not in self._fitted:
            extra = np.flatnonzero((self._told.frame == frame) & (self._told.stance < 0))
            truth = self.sample.truth[train, frame] >= 0, self._told.proves[extra]
            found = self._learn("presence", view, train, extra, truth, weight=1.0)
            self._fitted[key] = Linear(found.weights[:, 1:], found.intercept[1:])
        return self._fitted[key]

    def stance(self, view: str, train: np.ndarray) -> Linear:
        """The stance to a frame that is there, from one view; rare stances weigh as much as frequent."""
        key = ("stance", view, train.tobytes())
        if key not in self._fitted:
            frames = len(self.codebook.frames)
            at, frame = np.nonzero(self.sample.truth[train] >= 0)
            own = np.flatnonzero(self._told.stance >= 0)
            truth = self.sample.truth[train][at, frame], self._told.stance[own]
            rows, extra = train[at] * frames + frame, own * frames + self._told.frame[own]
            self._fitted[key] = self._learn(
                "stance", view, rows, extra, truth, weight=self.params.exemplar_weight
            )
        return self._fitted[key]

    def _learn(
        self,
        task: str,
        view: str,
        rows: np.ndarray,
        extra: np.ndarray,
        truth: tuple[np.ndarray, np.ndarray],
        *,
        weight: float,
    ) -> Linear:
        """From these rows of the sample, and these of the codebook at their weight."""
        seen = self.design(task, view)
        matrix, (coded, taught) = seen.matrix[rows], truth
        if view in _TOLD[task] and weight and len(extra):
            matrix = _stacked(matrix, self._design(task, view, self._told.material).matrix[extra])
        else:
            extra, taught = extra[:0], taught[:0]
        strength = self._strengths(task)[view]
        return fit(
            matrix,
            np.concatenate([coded, taught]).astype(int),
            classes=2 if task == "presence" else len(self.codebook.stance_names),
            strength=strength,
            scale=self._scale(view, seen, rows, strength),
            weights=np.append(np.ones(len(rows)), np.full(len(extra), weight)),
            balanced=task == "stance",
        )

    def _strengths(self, task: str) -> Mapping[str, float]:
        params, tried = self.params, self.params.tried
        chosen: list[Mapping[Any, float]] = [tried.stance, params.stance]
        if task == "presence":
            chosen = [tried.presence, params.presence]
        return {str(view): strength for part in chosen for view, strength in part.items()}

    def _scale(self, view: str, seen: Design, rows: np.ndarray, strength: float) -> np.ndarray:
        """How much each feature counts for the penalty beside the others of its view."""
        if view == "codebook":
            spread = seen.matrix[rows].std(axis=0)
            return np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
        named: dict[str, float] = {}
        if view == "cues":
            named = {"near": self.params.near_weight, "heading": self.params.near_weight}
        elif view in BY_AUTHOR:
            named = {"author": float(np.sqrt(self.params.author_strength / strength))}
        return np.array([named.get(name.partition(" ")[0], 1.0) for name in seen.names])

    def _design(self, task: str, view: str, material: Material) -> Design:
        key = (task, view, id(material))
        if key not in self._designs:
            if task == "presence":
                found = presence_design(view, material, self.codebook, self.vocabulary)
            else:
                authors = sorted(set(self.sample.material.author[self.sample.coded]))
                found = stance_design(view, material, self.codebook, self.vocabulary, authors)
            self._designs[key] = found
        return self._designs[key]


def _stacked(upper: Any, lower: Any) -> Any:
    return sparse.vstack([upper, lower]) if sparse.issparse(upper) else np.vstack([upper, lower])


def fit(
    matrix: Any,
    truth: np.ndarray,
    *,
    classes: int,
    strength: float,
    scale: np.ndarray,
    weights: np.ndarray,
    balanced: bool,
) -> Linear:
    """Multinomial logistic regression with L2 penalty, for the features as they are.

    `truth` are numbers of classes, from 0. Classes that never occur are made very unlikely.
    """
    from sklearn.linear_model import LogisticRegression  # 1 s

    found = Linear(np.zeros((matrix.shape[1], classes)), np.full(classes, -_NEVER))
    if not matrix.shape[1]:  # scikit-learn refuses it; a feature that is always 0 tells as little
        matrix, scale = np.zeros((len(truth), 1)), np.ones(1)
    seen = np.unique(truth)
    found.intercept[seen] = 0.0
    if len(seen) < 2:
        return found
    scaled = matrix.multiply(scale).tocsr() if sparse.issparse(matrix) else matrix * scale
    model: Any = LogisticRegression(
        C=strength, max_iter=3000, class_weight="balanced" if balanced else None
    ).fit(scaled, truth, sample_weight=weights)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(seen) == 2:  # one row of log odds of the second class
        coefficients = np.vstack([np.zeros_like(coefficients), coefficients])
        intercepts = np.append(0.0, intercepts)
    found.weights[:, seen] = (coefficients.T * scale[:, None])[: len(found.weights)]
    found.intercept[seen] = intercepts
    return found


def fit_plainly(matrix: Any, truth: np.ndarray, classes: int, *, balanced: bool) -> Linear:
    """The same with scikit-learn's usual penalty (C = 1), and all features and units alike."""
    return fit(
        matrix,
        truth,
        classes=classes,
        strength=1.0,
        scale=np.ones(matrix.shape[1]),
        weights=np.ones(matrix.shape[0]),
        balanced=balanced,
    )
