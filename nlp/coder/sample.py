"""The coded sample, and the codebook's own sentences, as material to learn from."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nlp import embedding, tables
from nlp.codebook import DEFINING, Codebook
from nlp.coding.material import Material
from nlp.cues import Finder
from nlp.params import Embedding

_PROVING = frozenset({"definition", "include", "examples"})  # sentences that carry their frame


@dataclass(frozen=True)
class Sample:
    """Units with the codes of the reference coder; arrays have a row for each unit."""

    material: Material
    block: np.ndarray  # empty string where the unit is not in the coded sample
    probability: np.ndarray  # of being drawn; NaN if unknown
    truth: np.ndarray  # units x frames: number of the stance; -1 if absent or not coded

    @classmethod
    def of(cls, material: Material, coded: pd.DataFrame, codebook: Codebook) -> "Sample":
        """All units, with the codes of one coder (rows of `coded_sentences`) where there are any."""
        key = ["doc_id", "sent_id"]
        index = pd.MultiIndex.from_frame(material.units[key])
        number = {name: index for index, name in enumerate(codebook.stance_names)}
        stances = coded.pivot(index=key, columns="frame", values="stance")
        stances = stances.reindex(index=index, columns=codebook.frame_names)
        drawn = coded.drop_duplicates(key).set_index(key)[["block", "probability"]].reindex(index)
        return cls(
            material,
            drawn["block"].fillna("").to_numpy(dtype=object),
            drawn["probability"].to_numpy(dtype=float),
            stances.map(lambda stance: number.get(stance, -1)).to_numpy(dtype=int),
        )

    @property
    def coded(self) -> np.ndarray:
        """Positions of the units in the coded sample."""
        return np.flatnonzero(self.block != "")


@dataclass(frozen=True)
class Lessons:
    """Sentences of the codebook as further units to learn from; each speaks of one frame only."""

    material: Material
    frame: np.ndarray  # number of the frame
    proves: np.ndarray  # whether the frame is there
    stance: np.ndarray  # number of the stance it shows; -1 for definitions, notes and examples


def read_codebook(codebook: Codebook, params: Embedding) -> pd.DataFrame:
    """Table `statements`: what the codebook says of each frame, sentence by sentence, as vectors."""
    told = [
        (frame.name, kind, number, text)
        for frame in codebook.frames
        for kind, texts in {
            "definition": [frame.definition],
            "include": frame.include,
            "exclude": frame.exclude,
            "examples": frame.examples,
            "near_misses": frame.near_misses,
            **frame.exemplars,
        }.items()
        for number, text in enumerate(texts)
        if text.strip()
    ]
    vectors = _vectors([text for *_, text in told], params)
    rows = ((*it, vector) for it, vector in zip(told, vectors, strict=True))
    return tables.make("statements", rows)


def _vectors(texts: list[str], params: Embedding) -> np.ndarray:
    if params.model == embedding.NONE or not texts:
        return np.zeros((len(texts), 0))
    model = embedding.load(params.model, params.max_tokens)
    return model.vectors(texts, batch_tokens=params.batch_tokens)


def lessons(statements: pd.DataFrame, codebook: Codebook) -> Lessons:
    """The statements as units that stand alone, with their cues counted."""
    size, kind = len(statements), statements["kind"]
    units = pd.DataFrame({"doc_id": statements.index.astype(str), "text": statements["text"]})
    vectors = np.stack(statements["vector"].to_list()).astype(float) if size else np.zeros((0, 0))
    material = Material(
        units,
        _features(statements["text"], codebook),
        np.full(size, "", dtype=object),
        vectors,
        vectors,
        np.zeros_like(vectors),
        statements,
    )
    return Lessons(
        material,
        pd.Index(codebook.frame_names).get_indexer(statements["frame"]),
        kind.isin(_PROVING).to_numpy(),
        np.where(kind.isin(DEFINING), -1, pd.Index(codebook.stance_names).get_indexer(kind)),
    )


def _features(texts: pd.Series, codebook: Codebook) -> pd.DataFrame:
    finder = Finder.of(codebook)
    rows = (row for at, text in enumerate(texts) for row in _counts(at, finder, text, codebook))
    return pd.DataFrame(rows, columns=["row", "frame", "view", "feature", "value"]).astype({"value": float})


def _counts(at: int, finder: Finder, text: str, codebook: Codebook) -> Iterator[tuple[object, ...]]:
    for (name, group), count in Counter(it.source for it in finder.find(text)).items():
        if name in codebook.frame_names:
            yield at, "", "cues", f"here {name}", count
        else:
            yield at, "", "groups", f"{name}/{group}", count
