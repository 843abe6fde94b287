"""Models of the package sentence-transformers, where it is installed (an extra; it brings PyTorch)."""

from typing import Any

import numpy as np

from nlp.embedding import Words, parts_of
from nlp.embedding.onnx import batches


class TransformersModel:
    """Any sentence encoder that sentence-transformers can load by this name."""

    def __init__(self, name: str, max_tokens: int) -> None:
        from sentence_transformers import SentenceTransformer

        self._model: Any = SentenceTransformer(name, device="cpu")
        self._model.max_seq_length = max_tokens

    def vectors(self, texts: list[str], *, batch_tokens: int) -> np.ndarray:
        """Texts x dimensions, each of length 1."""
        if not texts:
            return np.zeros((0, self._model.get_sentence_embedding_dimension()), dtype=np.float32)
        lengths = [len(it) for it in self._model.tokenizer(texts, truncation=True)["input_ids"]]
        found = [
            (rows, self._model.encode([texts[row] for row in rows], normalize_embeddings=True))
            for rows in batches(lengths, batch_tokens)
        ]
        order = np.argsort(np.concatenate([rows for rows, _ in found]))
        return np.concatenate([vectors for _, vectors in found])[order].astype(np.float32)

    def words(self, text: str) -> Words:
        """Tokens without the signs that stand nowhere in the text."""
        told = self._model.tokenizer(text, truncation=True, return_offsets_mapping=True)
        spans = [(int(start), int(end)) for start, end in told["offset_mapping"]]
        parts = parts_of(self._model.encode(text, output_value="token_embeddings").cpu().numpy())
        kept = [row for row, (start, end) in enumerate(spans) if end > start]
        return Words([spans[row] for row in kept], parts[kept])
