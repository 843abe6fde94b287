"""Sentences as vectors, so that what means the same lies close, whatever its words.

The default is all-MiniLM-L6-v2 (Reimers & Gurevych 2019; Wang et al. 2020) with int8 weights, run by
ONNX Runtime. A vector does not hang on the batch that it was computed in.
"""

from functools import lru_cache
from importlib import import_module, metadata
from importlib.util import find_spec
from typing import NamedTuple, Protocol

import numpy as np

from nlp.errors import ConfigError

NONE = "none"  # the model of a run without embeddings
_EXTRA = "sentence-transformers"


class Words(NamedTuple):
    """The words of a text, or pieces of them: where they stand in it, and what each adds to its vector."""

    spans: list[tuple[int, int]]
    parts: np.ndarray  # words x dimensions


def parts_of(states: np.ndarray) -> np.ndarray:
    """What each token (tokens x dimensions) adds to their mean, made length 1."""
    return states / np.linalg.norm(states.sum(axis=0))


class Model(Protocol):
    """What turns texts into vectors."""

    def vectors(self, texts: list[str], *, batch_tokens: int) -> np.ndarray:
        """Texts x dimensions (float32), each of length 1. Longer texts are cut at the model's length."""
        ...

    def words(self, text: str) -> Words:
        """The words of a text that are left after cutting, each with its part of the text's vector.

        The vector is the sum of these parts and of those of the signs that the model sets around a text.
        """
        ...


def version(name: str) -> str:
    """The model with its version, or ConfigError if it is not installed."""
    if name == NONE:
        return NONE
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        if find_spec("sentence_transformers"):
            return f"{name} by {_EXTRA} {metadata.version(_EXTRA)}"
        raise _missing(name) from None


@lru_cache(maxsize=1)
def load(name: str, max_tokens: int) -> Model:
    """Load a model: a package that has one as ONNX, or any that sentence-transformers knows.

    Raises ConfigError if it is not installed.
    """
    package = name.replace("-", "_")
    if package.isidentifier() and find_spec(package) and hasattr(import_module(package), "model_path"):
        from nlp.embedding.onnx import OnnxModel

        return OnnxModel(package, max_tokens)
    if find_spec("sentence_transformers"):
        from nlp.embedding.transformers import TransformersModel

        return TransformersModel(name, max_tokens)
    raise _missing(name)


def _missing(name: str) -> ConfigError:
    return ConfigError(
        f"{name!r} is not an installed embedding model",
        where="configs/params.yaml: embed.embedding.model",
        hint=f"install it with pip, or install crossframe[{_EXTRA}] for models of that name, or write"
        f" {NONE!r} and leave out the views that need it",
    )
