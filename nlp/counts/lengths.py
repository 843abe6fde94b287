"""How long sentences are, and which segment of the text they are in."""

import numpy as np
import pandas as pd

from nlp.params import CountsParams

_SENTENCE = ["doc_id", "sent_id"]
_LONG = 6  # letters; LIX counts longer words (Björnsson 1968)


def measure(sentences: pd.DataFrame, words: pd.DataFrame, params: CountsParams) -> pd.DataFrame:
    """Table `measures`: words, their letters, and the segment of every sentence."""
    letters = words["text"].str.count(r"[^\W_]")
    rows = words[_SENTENCE].assign(words=1, letters=letters, long_words=(letters > _LONG).astype("int64"))
    sums = rows.groupby(_SENTENCE).sum().reset_index()
    found = sentences[[*_SENTENCE, "zone", "paragraph"]].merge(sums, how="left", on=_SENTENCE)
    found = found.fillna({"words": 0, "letters": 0, "long_words": 0}).sort_values(_SENTENCE)
    return found.assign(segment=_segments(found, params))


def _segments(measures: pd.DataFrame, params: CountsParams) -> pd.Series:
    """Segments of like length in words; a sentence belongs to the one that its middle word is in."""
    own = measures.groupby("doc_id")["words"]
    total = own.transform("sum")
    number = np.clip(total // params.min_segment_words, 1, params.max_segments)
    middle = own.cumsum() - measures["words"] / 2
    return np.minimum(middle / total.where(total > 0, 1) * number, number - 1).astype("int64")
