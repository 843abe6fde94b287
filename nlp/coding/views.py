"""The sides from which a coder sees a unit. Each is a matrix of features with their names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from nlp.codebook import DEFINING, Codebook
from nlp.coding.material import Material

WHERE = ("here", "near", "heading")  # cues in the unit itself, beside it, in the heading above
BY_AUTHOR = frozenset({"scope", "sentence", "neighbours"})  # views that tell stances usual with authors


class Design(NamedTuple):
    """Features: a matrix (dense or sparse) and the names of its columns."""

    matrix: Any
    names: list[str]


class Vocabulary(NamedTuple):
    """Words and word pairs that count, with their inverse document frequencies."""

    idf: Mapping[str, float]

    @classmethod
    def learn(cls, texts: Sequence[str], *, min_count: int) -> "Vocabulary":
        """All that stand in at least `min_count` texts; there may be none."""
        vectorizer = _vectorizer(min_df=min_count)
        try:
            vectorizer.fit(texts)
        except ValueError:  # scikit-learn's word for an empty vocabulary
            return cls({})
        return cls(dict(zip(vectorizer.get_feature_names_out(), vectorizer.idf_, strict=True)))

    def weigh(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Sublinear tf-idf, each text scaled to length 1 (Salton & Buckley 1988)."""
        if not len(texts) or not self.idf:  # scikit-learn refuses both
            return sparse.csr_matrix((len(texts), len(self.idf)))
        vectorizer = _vectorizer(vocabulary=list(self.idf))
        vectorizer.idf_ = np.array(list(self.idf.values()))
        return vectorizer.transform(texts)


def _vectorizer(**options: Any) -> Any:
    """Words and pairs of words in lower case; numbers are left out."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # 0.7 s

    pattern = r"(?u)\b[^\W\d][\w’'-]*[^\W\d]\b|[?“”]"
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=pattern, **options)


def presence_design(view: str, material: Material, codebook: Codebook, vocabulary: Vocabulary) -> Design:
    """Units x features of a view, for whether frames are there."""
    if view == "cues":
        return _logged(material, "cues", [f"{it} {name}" for it in WHERE for name in codebook.frame_names])
    if view == "words":
        return Design(vocabulary.weigh(list(material.units["text"])), list(vocabulary.idf))
    if view in _DENSE:
        return _DENSE[view](material)
    return _logged(material, view, material.names(view))


def stance_design(
    view: str,
    material: Material,
    codebook: Codebook,
    vocabulary: Vocabulary,
    authors: Sequence[str],
) -> Design:
    """(Units x frames) x features of a view, for the stance to a frame: row `unit * frames + frame`.

    `authors` are those that the coder knows; a frame's stances may be usual with one of them.
    """
    frames = len(codebook.frames)
    if view == "groups":
        own = _logged(material, "groups", [f"{stance}/{group}" for stance, group in codebook.stance_groups])
    elif view == "scope":
        names = _scope_names(codebook)
        own = Design(material.counted_by_frame("scope", names, codebook).log1p(), names)
    else:
        own = presence_design(view, material, codebook, vocabulary)
    matrix = own.matrix if view == "scope" else own.matrix[np.repeat(np.arange(len(material)), frames)]
    if view not in BY_AUTHOR:
        return Design(matrix, own.names)
    usual = _usual(material, codebook, authors)
    stack = sparse.hstack if sparse.issparse(matrix) else np.hstack
    parts = [matrix, usual.matrix if sparse.issparse(matrix) else usual.matrix.toarray()]
    joined: Any = stack(parts)
    return Design(joined.tocsr() if sparse.issparse(joined) else joined, [*own.names, *usual.names])


def author_feature(author: str, frame: str) -> str:
    """Name of the feature that an author speaks of a frame."""
    return f"author {author}, {frame}"


def is_author_feature(view: str, feature: str) -> bool:
    """Whether a feature of a stance view is one of those."""
    return view in BY_AUTHOR and feature.startswith("author ")


def authors_named(features: Iterable[tuple[str, str]]) -> list[str]:
    """The authors that features (view, name) speak of."""
    named = {name for view, name in features if is_author_feature(view, name)}
    return sorted({it.removeprefix("author ").rpartition(", ")[0] for it in named})


def _scope_names(codebook: Codebook) -> list[str]:
    each = [f"{how} {name}" for how in ("any", "bears", "inside") for name in codebook.stance_names]
    return each + [f"bears {stance}/{group}" for stance, group in codebook.stance_groups]


def _usual(material: Material, codebook: Codebook, authors: Sequence[str]) -> Design:
    """Which author speaks of which frame: one column for each pair; none for other authors."""
    frames = len(codebook.frames)
    author = pd.Index(authors, dtype=object).get_indexer(pd.Index(material.author, dtype=object))
    rows = np.arange(len(material) * frames)
    columns = np.repeat(author, frames) * frames + np.tile(np.arange(frames), len(material))
    known = np.repeat(author, frames) >= 0
    shape = (len(rows), len(authors) * frames)
    matrix = sparse.csr_matrix((np.ones(known.sum()), (rows[known], columns[known])), shape=shape)
    return Design(matrix, [author_feature(it, name) for it in authors for name in codebook.frame_names])


def _logged(material: Material, view: str, names: list[str]) -> Design:
    return Design(material.counted(view, names).log1p(), names)


def _dimensions(vectors: np.ndarray) -> Design:
    return Design(vectors, [f"dimension {number}" for number in range(vectors.shape[1])])


def _similarities(material: Material) -> Design:
    """How close a unit is to what the codebook says of each frame, alone and with its context.

    Highest and mean cosine with the sentences of each kind; 0 where the codebook has none.
    """
    told = material.statements[material.statements["kind"].isin(DEFINING)]
    columns, names = [np.zeros((len(material), 0))], []
    for (frame, kind), own in told.groupby(["frame", "kind"], sort=True):
        vectors = np.stack(own["vector"].to_list()).astype(float)
        for unit, seen in {"unit": material.sentence, "context": material.context}.items():
            cosine = seen @ vectors.T
            columns += [cosine.max(axis=1, keepdims=True), cosine.mean(axis=1, keepdims=True)]
            names += [f"{unit} like {frame}: {kind} ({how})" for how in ("closest", "mean")]
    return Design(np.hstack(columns), names)


_DENSE: Mapping[str, Callable[[Material], Design]] = {
    "sentence": lambda material: _dimensions(material.sentence),
    "context": lambda material: _dimensions(material.context),
    "neighbours": lambda material: _dimensions(material.neighbours),
    "codebook": _similarities,
}
