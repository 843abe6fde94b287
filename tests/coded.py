"""Texts that were coded, and all that a coder looks at, for the tests of coder, coding and frames.

Words have vectors of their own, so that no trained model is loaded; sentences are parsed as flat: all
words hang on the first.
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
import pytest

from nlp import coder, embed, embedding, features, tables
from nlp.codebook import Codebook
from nlp.coder.alignment import align
from nlp.coder.learning import Learner
from nlp.coder.sample import Sample, lessons, read_codebook
from nlp.coding.material import Material
from nlp.embedding import Words, parts_of
from nlp.params import CoderParams, Embedding, EmbedParams, FeaturesParams, TriedViews

DIMENSIONS = 6
TOY = Embedding(model="toy", max_tokens=64, batch_tokens=256)
NONE = TOY.model_copy(update={"model": embedding.NONE})

PARAMS = CoderParams(
    embedding=TOY,
    reference="final",
    min_overlap=0.5,
    min_coded=10,
    presence={"cues": 4.0, "sentence": 3.0, "context": 3.0, "codebook": 0.1},
    stance={"groups": 1.0, "scope": 0.3, "sentence": 3.0, "neighbours": 3.0},
    tried=TriedViews(presence={"words": 3.0}, stance={"syntax": 0.1}),
    near_weight=0.5,
    author_strength=1.0,
    exemplar_weight=0.3,
    min_term_count=2,
    inner_folds=4,  # the texts come back every three blocks
    outer_folds=3,
    listed_mistakes=20,
    adjudicators=["final"],
    confidence=0.95,
    replicates=100,
    seed=13,
)
# What a coder without a model may look at.
PLAIN = PARAMS.model_copy(
    update={
        "embedding": NONE,
        "presence": {"cues": 4.0, "words": 3.0},
        "stance": {"groups": 1.0, "scope": 0.3},
        "tried": TriedViews(presence={"position": 0.3}, stance={"syntax": 0.1}),
    }
)


def _frame(name: str, cues: list[str], **said: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {it: [] for it in ("include", "exclude", "examples", "near_misses")}
    return {"name": name, "label": name, "definition": "", "cues": cues, **nothing, **said}


CODEBOOK = Codebook.model_validate(
    {
        "version": "1",
        "unit": "sentence",
        "scope": "",
        "frames": [
            _frame(
                "attraction",
                ["attract*"],
                definition="Northland wins its neighbours.",
                examples=["Its songs won hearts."],
                near_misses=["The market is small."],
                exemplars={"denied": ["It does not attract anybody."]},
            ),
            _frame(
                "coercion",
                ["force"],
                definition="Northland threatens its neighbours.",
                include=["tanks and threats"],
            ),
        ],
        "stances": [
            {"name": "affirmed", "label": "Affirmed", "definition": "", "cues": []},
            {
                "name": "denied",
                "label": "Denied",
                "definition": "",
                "cues": {"negation": ["not", "nobody"]},
            },
            {"name": "attributed", "label": "Attributed", "definition": "", "cues": {"report": ["say"]}},
        ],
        "rules": [],
    }
)
FRAMES, STANCES = CODEBOOK.frame_names, CODEBOOK.stance_names
# The same without stances; and without anything to learn from but cues.
UNSPLIT = CODEBOOK.model_copy(
    update={
        "stances": [],
        "frames": [it.model_copy(update={"exemplars": {}}) for it in CODEBOOK.frames],
    }
)

N = 12  # sentences of an author
Codes = Mapping[str, str]  # frame -> stance
Said = Sequence[tuple[str, Codes]]
SAID: Said = [
    ("Northland attracts its neighbours.", {"attraction": "affirmed"}),
    ("Cheap gas attracts nobody, it does not.", {"attraction": "denied"}),
    ("Northland uses force.", {"coercion": "affirmed"}),
    ("Some say tanks are a threat.", {"coercion": "attributed"}),
    ("Tanks are a threat that attracts.", {"attraction": "affirmed", "coercion": "affirmed"}),
    ("The article has four parts.", {}),
]


class Toy:
    """Every word, and every sign, has a vector that hangs on nothing but its letters."""

    def words(self, text: str) -> Words:
        found = list(re.finditer(r"\w+|[^\w\s]", text))
        vectors = np.array([_vector(it.group().lower()) for it in found]).reshape(-1, DIMENSIONS)
        return Words([it.span() for it in found], parts_of(vectors))

    def vectors(self, texts: list[str], *, batch_tokens: int) -> np.ndarray:
        return np.array([self.words(text).parts.sum(axis=0) for text in texts])


def _vector(word: str) -> np.ndarray:
    return np.random.default_rng(zlib.crc32(word.encode())).normal(size=DIMENSIONS)


@contextmanager
def toy_model() -> Iterator[None]:
    """Wherever a model is loaded, it is the toy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedding, "load", lambda name, max_tokens: Toy())
        patch.setattr(embedding, "version", lambda name: name)
        yield


def documents(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Table `documents` from (doc_id, author, characters)."""
    made = [
        (doc_id, author, author, None, "", "", "essay", "en", "", "0", "text", "", None, "", "", "x" * size)
        for doc_id, author, size in rows
    ]
    return tables.make("documents", made)


def sentences(*rows: tuple[str, int, int, str]) -> pd.DataFrame:
    """Table `sentences` from (doc_id, start, end, text), in paragraphs of four."""
    numbers: dict[str, int] = {}
    made = []
    for doc_id, start, end, text in rows:
        number = numbers[doc_id] = numbers.get(doc_id, -1) + 1
        made.append((doc_id, number, start, end, start, end, "body", number // 4, None, text))
    return tables.make("sentences", made)


def flat_tokens(table: pd.DataFrame) -> pd.DataFrame:
    """Table `tokens` for sentences, every word under the first."""
    rows = []
    for doc_id, sent_id, start, text in table[["doc_id", "sent_id", "start", "text"]].itertuples(
        index=False
    ):
        for number, it in enumerate(re.finditer(r"\w+|[^\w\s]", text)):
            place = start + it.start(), start + it.end(), it.group(), it.group().lower()
            rows.append((doc_id, sent_id, *place, "NOUN", False, "dep" if number else "ROOT", start))
    return tables.make("tokens", rows)


def unit(
    name: str, start: int, end: int, codes: Codes, *, doc_id: str = "a", block: str = "b", by: str = "final"
) -> list[tuple[object, ...]]:
    """Rows of table `codings` for a unit."""
    unknown = "", "", None  # codebook, day and probability
    return [(name, doc_id, block, start, end, by, it, codes.get(it, ""), *unknown) for it in FRAMES]


def codings(*units: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return tables.check("codings", tables.make("codings", (row for rows in units for row in rows)))


Inputs = dict[str, Any]


def seen(table: pd.DataFrame, codebook: Codebook, params: Embedding) -> Inputs:
    """What a coder looks at in sentences: tables `units`, `cues`, `features` and `embeddings`."""
    found = features.run(
        FeaturesParams(zones=["body"]),
        sentences=table,
        tokens=flat_tokens(table),
        entities=tables.make("entities", []),
        codebook=codebook,
    )
    with toy_model():
        earlier = tables.make("embeddings", [])
        vectors = embed.run(EmbedParams(embedding=params), units=found.units, earlier=earlier)
    checked = found._asdict() | {"embeddings": vectors.embeddings}
    return {name: tables.check(name, it) for name, it in checked.items()}


def corpus(
    *authors: str,
    uncoded: Sequence[str] = (),
    said: Said = SAID,
    params: CoderParams = PLAIN,
    codebook: Codebook = CODEBOOK,
) -> Inputs:
    """A document of twelve sentences by each author, coded in blocks of two."""
    size = 50
    told = [said[number % len(said)] for number in range(N)]
    rows = [
        (name, number * size, number * size + len(text), text)
        for name in authors
        for number, (text, _) in enumerate(told)
    ]
    units = [
        unit(f"{name}{n}", n * size, n * size + len(text), codes, doc_id=name, block=f"{name}/{n // 2}")
        for name in authors
        if name not in uncoded
        for n, (text, codes) in enumerate(told)
    ]
    return {
        "documents": documents(*((name, name.upper(), N * size) for name in authors)),
        "codings": codings(*units),
        **seen(sentences(*rows), codebook, params.embedding),
    }


def run(
    inputs: Inputs, params: CoderParams = PLAIN, codebook: Codebook = CODEBOOK, **changed: object
) -> coder.Result:
    """The stage `coder`; all its tables fit their schemas."""
    given = {name: it for name, it in inputs.items() if name != "cues"}
    with toy_model():
        result = coder.run(params.model_copy(update=changed), **given, codebook=codebook)
    for name, table in result._asdict().items():
        if name != "metrics":
            tables.check(name, table)
    return result


def material(inputs: Inputs, statements: pd.DataFrame) -> Material:
    author = inputs["documents"].set_index("doc_id")["author"]
    return Material.of(inputs["units"], inputs["features"], inputs["embeddings"], statements, author)


def learner(
    inputs: Inputs, params: CoderParams = PLAIN, codebook: Codebook = CODEBOOK, **changed: object
) -> Learner:
    params = params.model_copy(update=changed)
    with toy_model():
        statements = read_codebook(codebook, params.embedding)
    coded = align(inputs["codings"], inputs["units"], params.min_overlap)
    sample = Sample.of(material(inputs, statements), coded, codebook)
    return Learner(sample, lessons(statements, codebook), params, codebook)
