"""BERT-like sentence encoders as ONNX files: tokens, mean pooling, length 1."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from nlp.embedding import Words, parts_of

_VOCABULARY = Path(__file__).with_name("vocab.txt")


class OnnxModel:
    """A sentence encoder from a package with `model_path()`, whose words are those of BERT uncased."""

    def __init__(self, package: str, max_tokens: int) -> None:
        import onnxruntime
        from tokenizers import BertWordPieceTokenizer

        self._tokenizer = BertWordPieceTokenizer(str(_VOCABULARY), lowercase=True)
        self._tokenizer.enable_truncation(max_tokens)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        path = str(import_module(package).model_path())
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def vectors(self, texts: list[str], *, batch_tokens: int) -> np.ndarray:
        """Texts x dimensions. Texts of like length share a batch, so that little of it is padding."""
        if not texts:
            return np.zeros((0, self._session.get_outputs()[0].shape[-1]), dtype=np.float32)
        encoded = self._tokenizer.encode_batch(texts)
        pooled = [
            (rows, self._pooled([encoded[row].ids for row in rows]))
            for rows in batches([len(it.ids) for it in encoded], batch_tokens)
        ]
        order = np.argsort(np.concatenate([rows for rows, _ in pooled]))
        return np.concatenate([vectors for _, vectors in pooled])[order]

    def words(self, text: str) -> Words:
        """Tokens without the signs for start and end; pieces of a word are tokens of their own."""
        encoded = self._tokenizer.encode(text)
        parts = parts_of(self._states([encoded.ids])[0][0])
        return Words(encoded.offsets[1:-1], parts[1:-1])

    def _pooled(self, ids: Sequence[Sequence[int]]) -> np.ndarray:
        states, mask = self._states(ids)
        mean = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def _states(self, ids: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
        """Texts x tokens x dimensions, and which tokens are no padding."""
        padded: Any = np.zeros((len(ids), max(map(len, ids))), dtype=np.int64)
        mask = np.zeros_like(padded)
        for row, own in enumerate(ids):
            padded[row, : len(own)] = own
            mask[row, : len(own)] = 1
        given = {"input_ids": padded, "attention_mask": mask, "token_type_ids": np.zeros_like(padded)}
        return self._session.run(None, given)[0], mask.astype(np.float32)


def batches(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Positions in batches of at most `most` tokens, padding included, from short to long.

    A text that is longer than that makes a batch of its own.
    """
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda it: (lengths[it], it)):
        if batch and (len(batch) + 1) * lengths[row] > most:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
