"""embed: units -> embeddings."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp import embedding, tables
from nlp.params import EmbedParams
from nlp.units import around


class Result(NamedTuple):
    embeddings: pd.DataFrame


def run(params: EmbedParams, *, units: pd.DataFrame, earlier: pd.DataFrame) -> Result:
    """Turn units into vectors: each alone, and each with the heading above and the units beside it.

    `earlier` are rows of the same table from earlier runs. They change nothing but the time it takes:
    no text is embedded twice. Raises ConfigError if the model is not installed.
    """
    if params.embedding.model == embedding.NONE:
        return Result(tables.make("embeddings", []))
    model = embedding.version(params.embedding.model)
    texts = list(_texts(units))
    known = earlier[earlier["model"] == model].drop_duplicates("text_hash")
    vectors = dict(zip(known["text_hash"], known["vector"], strict=True))
    new = {it.hash: it.text for it in texts if it.hash not in vectors}
    vectors |= dict(zip(new, _embed(list(new.values()), params), strict=True))
    rows = ((it.doc_id, it.sent_id, it.view, it.hash, model, vectors[it.hash]) for it in texts)
    return Result(tables.make("embeddings", rows))


class _Text(NamedTuple):
    doc_id: str
    sent_id: int
    view: str
    text: str

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]


def _texts(units: pd.DataFrame) -> Iterator[_Text]:
    texts = list(units["text"])
    places = zip(*around(units), strict=True)
    keys = zip(units["doc_id"], units["sent_id"], strict=True)
    for at, ((doc_id, sent_id), (before, after, heading)) in enumerate(zip(keys, places, strict=True)):
        yield _Text(doc_id, sent_id, "sentence", texts[at])
        beside = " ".join(texts[it] for it in (heading, before, at, after) if it >= 0)
        yield _Text(doc_id, sent_id, "context", beside)


def _embed(texts: list[str], params: EmbedParams) -> np.ndarray:
    if not texts:
        return np.zeros((0, 0))
    model = embedding.load(params.embedding.model, params.embedding.max_tokens)
    return model.vectors(texts, batch_tokens=params.embedding.batch_tokens)
