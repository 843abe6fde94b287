"""Why a trained coder codes a unit as it does: what each feature adds to the decision.

The coder is linear: its log odds (a stance's score) are a sum over features, and a feature's part is its
weight times its distance from what is usual. A vector is a mean of word vectors, so its part is shared
out among the words. What is usual with an author is told apart from what stands in the text.
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
from nlp.coding.views import Design, is_author_feature
from nlp.params import Embedding

_WHOLE = {
    "sentence": "meaning of the unit, other than by these words",
    "context": "meaning of the unit with what stands around",
    "neighbours": "meaning of what stands around",
}
_AUTHOR = "what is usual with the author"


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
        usual: list[float] = []
        for name, view in self._views[task].items():
            weights = towards(view.weights)
            values = _row_of(view.design.matrix, at)
            parts = weights * (values - view.usual)
            by_author = np.array([is_author_feature(name, it) for it in view.design.names], dtype=bool)
            usual += parts[by_author].tolist()
            own = np.flatnonzero(~by_author)
            if name in _WHOLE:
                found += self._of_meaning(name, row, weights[own], parts[own])
                continue
            for at_feature in own:
                told = view.design.names[at_feature], float(parts[at_feature]), float(values[at_feature])
                found += self._of_feature(name, row, *told)
        if usual:
            found.append(Reason("author", _AUTHOR, sum(usual)))
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
        rest = float(parts.sum())
        if view == "sentence":
            for start, end, part in self._words(row, weights):
                rest -= part
                yield Reason(view, "meaning of a word", part, start, end)
        yield Reason(view, _WHOLE[view], rest)

    def _words(self, row: int, weights: np.ndarray) -> Iterator[tuple[int, int, float]]:
        """Words with their parts in the score of the unit's vector; pieces of a word are put together."""
        text = str(self._material.units["text"].iloc[row])
        if row not in self._read:
            self._read[row] = embedding.load(self._params.model, self._params.max_tokens).words(text)
        spans, vectors = self._read[row]
        if not spans:
            return
        parts = vectors @ weights
        for pieces in _words_of_pieces(text, spans):
            yield spans[pieces[0]][0], spans[pieces[-1]][1], float(parts[pieces].sum())


def _words_of_pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[np.ndarray]:
    """Positions of the pieces of each word."""
    follows = zip(spans[1:], spans[:-1], strict=True)
    begins = [
        at for at, ((first, _), (_, last)) in enumerate(follows, 1) if not _goes_on(text, last, first)
    ]
    return np.split(np.arange(len(spans)), begins)


def _goes_on(text: str, last: int, first: int) -> bool:
    """Whether a word goes on from one piece to the next, letter to letter."""
    return last == first < len(text) and text[first - 1 : first + 1].isalnum()


def _views(
    material: Material, weights: pd.DataFrame, task: str, codebook: Codebook, targets: Sequence[str]
) -> dict[str, _View]:
    designs = designs_of(weights, task, material, codebook)
    return {
        name: _View(
            design,
            table_of(weights, task, name, design.names, targets),
            _usual(weights, task, name, design.names),
        )
        for name, design in designs.items()
    }


def _usual(weights: pd.DataFrame, task: str, view: str, names: Sequence[str]) -> np.ndarray:
    """Mean of each feature in the units that the coder has learned from; 0 for what has no weight."""
    own = weights[(weights["task"] == task) & (weights["view"] == view)]
    usual = own.drop_duplicates("feature").set_index("feature")["usual"]
    return usual.reindex(names).fillna(0.0).to_numpy()


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
