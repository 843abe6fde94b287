"""What a coder looks at in a sentence, and what it concludes from that with given weights.

The trained coder is a table of plain numbers (`coder_weights`), so that it can be read, compared
between runs and applied anywhere without unpickling anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse, special

from nlp.codebook import Codebook, cue_pattern

INTERCEPT = "(intercept)"
CONTEXT = "(context weight)"


class Cues(NamedTuple):
    """Cue words of every sentence: how many there are of each frame and of each stance."""

    frames: np.ndarray  # sentences x frames
    stances: np.ndarray  # sentences x stances
    near: np.ndarray  # sentences x frames: cues in the sentences before and after, same paragraph


class Currency(NamedTuple):
    """How many codes (what a coder said of a sentence) there are, and by which definitions."""

    total: int
    current: int
    stale: int  # made by definitions that are no longer those of the codebook
    unknown: int  # nothing is said of the definitions


def currency(coded_sentences: pd.DataFrame, codebook: Codebook) -> Currency:
    """How many codes were made by today's definitions; one outdated frame makes the code stale."""
    hashes = coded_sentences["codebook"]
    codes = coded_sentences.assign(stale=(hashes != codebook.hash) & (hashes != ""), unknown=hashes == "")
    judged = codes.groupby(["doc_id", "sent_id", "coder"])[["stale", "unknown"]].any()
    stale, unknown = int(judged["stale"].sum()), int((judged["unknown"] & ~judged["stale"]).sum())
    return Currency(len(judged), len(judged) - stale - unknown, stale, unknown)


def coder_of_all(frame_codes: pd.DataFrame) -> str:
    """Who has coded every sentence: the trained coder, or cue words if none could be trained."""
    return "machine" if (frame_codes["coder"] == "machine").any() else "cues"


def cues(sentences: pd.DataFrame, codebook: Codebook) -> Cues:
    """Count the codebook's cue words. `sentences` must hold whole documents, in order."""
    frames = _counts(sentences["text"], [frame.cues for frame in codebook.frames])
    stances = _counts(sentences["text"], codebook.stance_cues)
    return Cues(frames, stances, _near(frames, sentences))


def _counts(texts: pd.Series, lists: Sequence[Sequence[str]]) -> np.ndarray:
    patterns = [cue_pattern(listed) for listed in lists]
    straight = [text.replace("’", "'") for text in texts]
    counts = [[len(pattern.findall(text)) for pattern in patterns] for text in straight]
    return np.array(counts, dtype=float).reshape(-1, len(lists))


def _near(counts: np.ndarray, sentences: pd.DataFrame) -> np.ndarray:
    place = sentences[["doc_id", "paragraph"]].to_numpy()
    together = (place[1:] == place[:-1]).all(axis=1)[:, None] if len(place) else np.zeros((0, 1))
    near = np.zeros_like(counts)
    near[1:] += counts[:-1] * together
    near[:-1] += counts[1:] * together
    return near


class Codes(NamedTuple):
    """Codes for sentences (rows) and frames (columns)."""

    score: np.ndarray  # probability that the frame is present
    present: np.ndarray  # bool
    stance: np.ndarray  # index into the codebook's stances, also where the frame is absent
    stance_score: np.ndarray  # probability of that stance


def code_by_cues(found: Cues) -> Codes:
    """The baseline: a frame is present if one of its cues is, in the stance with most cues.

    Without any stance cue the codebook's first stance holds.
    """
    present = found.frames > 0
    stance = np.repeat(found.stances.argmax(axis=1)[:, None], present.shape[1], axis=1)
    certain = np.ones(present.shape)
    return Codes(present.astype(float), present, stance, certain)


class Design(NamedTuple):
    """Features of sentences: a matrix and the names of its columns."""

    matrix: sparse.csr_matrix
    names: list[str]


@dataclass(frozen=True)
class Vocabulary:
    """Words and word pairs that count, with their inverse document frequencies."""

    idf: Mapping[str, float]

    @classmethod
    def learn(cls, texts: Sequence[str], *, min_count: int) -> "Vocabulary":
        """All that stand in at least `min_count` texts; there may be none."""
        vectorizer = new_vectorizer(min_df=min_count)
        try:
            vectorizer.fit(texts)
        except ValueError:  # scikit-learn's word for an empty vocabulary
            return cls({})
        return cls(dict(zip(vectorizer.get_feature_names_out(), vectorizer.idf_, strict=True)))

    def weigh(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Sublinear tf-idf, each sentence scaled to length 1 (Salton & Buckley 1988)."""
        if not texts or not self.idf:  # scikit-learn refuses both
            return sparse.csr_matrix((len(texts), len(self.idf)))
        vectorizer = new_vectorizer(vocabulary=list(self.idf))
        vectorizer.idf_ = np.array(list(self.idf.values()))
        return vectorizer.transform(texts)


def new_vectorizer(**options: Any) -> Any:
    """Words and pairs of words in lower case; numbers are left out."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # 0.7 s

    pattern = r"(?u)\b[^\W\d][\w’'-]*[^\W\d]\b|[?“”]"
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=pattern, **options)


def presence_design(
    texts: Sequence[str],
    found: Cues,
    vocabulary: Vocabulary,
    codebook: Codebook,
    context_weight: float,
) -> Design:
    """Features for whether a frame is there: words, and the cues of each frame here and nearby."""
    counted = np.hstack([np.log1p(found.frames), np.log1p(found.near) * context_weight])
    names = [f"word:{word}" for word in vocabulary.idf]
    names += [f"{kind}:{frame}" for kind in ("cue", "near") for frame in codebook.frame_names]
    matrix = sparse.hstack([vocabulary.weigh(texts), sparse.csr_matrix(counted)], format="csr")
    return Design(matrix, names)


def stance_design(found: Cues, codebook: Codebook) -> Design:
    """Features for how a sentence relates to its frames: the cues of each stance.

    Words and the frame itself are left out. With a few hundred examples they tell who writes rather
    than how: a coder that knows them does worse on authors it has not seen.
    """
    names = [f"stance:{name}" for name in codebook.stance_names]
    return Design(sparse.csr_matrix(np.log1p(found.stances)), names)


def code_by_weights(
    sentences: pd.DataFrame, found: Cues, weights: pd.DataFrame, codebook: Codebook
) -> Codes:
    """Apply a trained coder (table `coder_weights`) to sentences."""
    texts = list(sentences["text"])
    idf = weights[weights["task"] == "idf"]
    vocabulary = Vocabulary(dict(zip(idf["feature"], idf["weight"], strict=True)))
    limits = weights[weights["task"] == "threshold"].set_index("target")["weight"]
    context = float(limits[CONTEXT])
    design = presence_design(texts, found, vocabulary, codebook, context)
    score = special.expit(_evidence(design, weights, "presence", codebook.frame_names))
    likely = _evidence(stance_design(found, codebook), weights, "stance", codebook.stance_names)
    stance = special.softmax(likely, axis=1)
    frames = len(codebook.frames)
    return Codes(
        score,
        score >= limits.reindex(codebook.frame_names).to_numpy(),
        np.repeat(stance.argmax(axis=1)[:, None], frames, axis=1),
        np.repeat(stance.max(axis=1)[:, None], frames, axis=1),
    )


def _evidence(design: Design, weights: pd.DataFrame, task: str, targets: Sequence[str]) -> np.ndarray:
    """Log odds (or unscaled log probabilities) of each target for each sentence."""
    table = weights[weights["task"] == task].pivot(index="feature", columns="target", values="weight")
    table = table.reindex(index=[*design.names, INTERCEPT], columns=list(targets), fill_value=0.0)
    values = table.fillna(0.0).to_numpy()
    return design.matrix @ values[:-1] + values[-1]
