"""Why a trained coder codes a unit as it does: what each feature adds to the decision.

The coder is linear: its log odds (a stance's score) are a sum over features, and a feature's part is its
weight times its distance from what is usual. A vector is a mean of word vectors, so its part is shared
out among the words.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from nlp import embedding
from nlp.codebook import Codebook
from nlp.coding.apply import designs_of, table_of
from nlp.coding.material import Material
from nlp.coding.views import Design
from nlp.params import Embedding

_WHOLE = {
    "sentence": "meaning of the unit, other than by these words",
    "context": "meaning of the unit with what stands around",
    "neighbours": "meaning of what stands around",
}


class Reason(NamedTuple):
    """What moved a decision, and how far; a word of the unit with its place in the unit's text."""

    view: str
    feature: str
    contribution: float
    start: int | None = None
    end: int | None = None


class _View(NamedTuple):
    """A view of the units with its weights: features x targets."""

    design: Design
    weights: np.ndarray
    usual: np.ndarray


class Reasons:
    """A trained coder and the units that it has coded, to be asked about one by one."""

    def __init__(
        self,
        material: Material,
        cues: pd.DataFrame,
        weights: pd.DataFrame,
        codebook: Codebook,
        params: Embedding,
    ) -> None:
        self._material, self._codebook, self._params = material, codebook, params
        self._views = {
            "presence": _views(material, weights, "presence", codebook, codebook.frame_names),
            "stance": _views(material, weights, "stance", codebook, codebook.stance_names),
        }
        self._cues = _by_row(material, cues)
        self._read: dict[int, embedding.Words] = {}

    def presence(self, row: int, frame: str) -> list[Reason]:
        """Why the frame is seen in the unit at this position, or not; largest part first."""
        target = self._codebook.frame_names.index(frame)
        return self._reasons("presence", row, row, lambda weights: weights[:, target])

    def stance(self, row: int, frame: str, stance: str) -> list[Reason]:
        """Why this stance to the frame, beside the mean of all stances; largest part first."""
        target = self._codebook.stance_names.index(stance)
        at = row * len(self._codebook.frames) + self._codebook.frame_names.index(frame)
        return self._reasons("stance", row, at, lambda weights: weights[:, target] - weights.mean(axis=1))

    def _reasons(self, task: str, row: int, at: int, towards: Any) -> list[Reason]:
        found: list[Reason] = []
        for name, view in self._views[task].items():
            weights = towards(view.weights)
            values = _row_of(view.design.matrix, at)
            parts = weights * (values - view.usual)
            if name in _WHOLE:
                found += self._of_meaning(name, row, weights, parts)
            else:
                named = zip(view.design.names, parts, values, strict=True)
                found += [it for told in named for it in self._of_feature(name, row, *told)]
        return sorted(found, key=lambda it: (-abs(it.contribution), it.view, it.feature, it.start or 0))

    def _of_feature(self, view: str, row: int, name: str, part: float, value: float) -> Iterator[Reason]:
        """The feature, or the words that it counts, to which its part is shared out."""
        words = self._cues[row].get(name, []) if value else []
        for start, end in words:
            yield Reason(view, name, part / len(words), start, end)
        if part and not words:
            yield Reason(view, name if value else f"no {name}", part)

    def _of_meaning(self, view: str, row: int, weights: np.ndarray, parts: np.ndarray) -> Iterator[Reason]:
        """The words of the unit, if it is the unit's own meaning; then what they leave of the whole."""
        dimensions = self._material.sentence.shape[1]
        rest = float(parts.sum())
        if view == "sentence":
            for start, end, part in self._words(row, weights[:dimensions]):
                rest -= part
                yield Reason(view, "meaning of a word", part, start, end)
        yield Reason(view, _WHOLE[view], rest)

    def _words(self, row: int, weights: np.ndarray) -> Iterator[tuple[int, int, float]]:
        """Words with their parts in the score of the unit's vector; pieces of a word are put together."""
        if row not in self._read:
            model = embedding.load(self._params.model, self._params.max_tokens)
            self._read[row] = model.words(str(self._material.units["text"].iloc[row]))
        words = self._read[row]
        if not words.spans:
            return
        length = np.linalg.norm(words.vectors.mean(axis=0)) * len(words.spans)
        start, end = words.spans[0]
        part = 0.0
        for (first, last), score in zip(words.spans, words.vectors @ weights / length, strict=True):
            if first > end or (first == end and part and not _goes_on(self._text(row), first)):
                yield start, end, part
                start, part = first, 0.0
            end, part = last, part + float(score)
        yield start, end, part

    def _text(self, row: int) -> str:
        return str(self._material.units["text"].iloc[row])


def _goes_on(text: str, at: int) -> bool:
    """Whether a word goes on here, from letter to letter."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _views(
    material: Material, weights: pd.DataFrame, task: str, codebook: Codebook, targets: Sequence[str]
) -> dict[str, _View]:
    designs = designs_of(weights, task, material, codebook)
    return {
        name: _View(
            design,
            table_of(weights, task, name, design.names, targets, "weight"),
            table_of(weights, task, name, design.names, targets, "usual").max(axis=1),
        )
        for name, design in designs.items()
    }


def _row_of(matrix: Any, at: int) -> np.ndarray:
    row = matrix[[at]]
    return row.toarray().ravel() if sparse.issparse(row) else np.asarray(row).ravel()


def _by_row(material: Material, cues: pd.DataFrame) -> dict[int, dict[str, list[tuple[int, int]]]]:
    """For each unit the places of the words that its features count, by name of the feature."""
    key = ["doc_id", "sent_id"]
    index = pd.MultiIndex.from_frame(material.units[key])
    rows = index.get_indexer(pd.MultiIndex.from_frame(cues[key]))
    found: dict[int, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for row, it in zip(rows, cues.itertuples(), strict=True):
        for name in (f"here {it.name}", f"{it.name}/{it.group}", f"bears {it.name}/{it.group}"):
            found[int(row)][name].append((it.start, it.end))
    return found
