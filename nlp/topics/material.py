"""What topic models are fitted to."""

import logging
import math
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from nlp.params import TopicsParams
from nlp.topic_models import Array
from nlp.topic_models.vocabulary import (
    Pairs,
    Passages,
    count,
    inverse_frequency,
    joined,
    learn_phrases,
    passages_of,
    select,
)

log = logging.getLogger("crossframe")


class Material(NamedTuple):
    """Passages as counts of terms."""

    total: int  # passages in all; those without any term are in nothing else
    documents: list[str]  # of each passage
    texts: list[list[str]]  # the terms of each passage, as they follow each other
    terms: list[str]
    phrases: Pairs
    counts: sparse.csr_array  # passages x terms
    idf: Array
    guides: tuple[NDArray[np.int64], ...]  # columns of the seed words of each seeded topic

    @property
    def share(self) -> Array:
        """Of each term in all occurrences."""
        found = np.asarray(self.counts.sum(axis=0), dtype=float)
        return found / found.sum()


def learn(passages: pd.DataFrame, passage_terms: pd.DataFrame, params: TopicsParams) -> Material:
    """The vocabulary of the corpus, and how often each passage has its terms.

    Passages without a term of the vocabulary take no part.
    """
    found = passages_of(passages, passage_terms)
    phrases, every, terms = _vocabulary(found, params)
    vocabulary = set(terms)
    kept = [[term for term in text if term in vocabulary] for text in every]
    documents = [doc_id for (doc_id, _), text in zip(found.keys, kept, strict=True) if text]
    texts = [text for text in kept if text]
    counts = count(texts, terms)
    guides = tuple(_columns(name, words, terms) for name, words in params.seed_words.items())
    weights = inverse_frequency(counts)
    return Material(len(found.keys), documents, texts, terms, phrases, counts, weights, guides)


def _vocabulary(found: Passages, params: TopicsParams) -> tuple[Pairs, list[list[str]], list[str]]:
    """The phrases, the passages with phrases joined, and the terms. All phrases are terms: two words that
    make a phrase which is too rare or too common stay what they are.
    """
    phrases = learn_phrases(found, least=params.min_phrase_count, npmi=params.min_phrase_npmi)
    least = max(params.min_passage_count, math.ceil(params.min_passage_share * len(found.keys)))
    while True:
        texts = joined(found, phrases)
        terms = select(texts, least=least, most=params.max_passage_share)
        known = set(terms)
        kept = {pair: phrase for pair, phrase in phrases.items() if phrase in known}
        if len(kept) == len(phrases):
            return phrases, texts, terms
        phrases = kept


def _columns(name: str, words: Sequence[str], terms: Sequence[str]) -> NDArray[np.int64]:
    """The terms that the seed words of a topic mean; `*` stands for any letters."""
    found = [[at for at, it in enumerate(terms) if fnmatchcase(it.lower(), word.lower())] for word in words]
    if missing := [word for word, places in zip(words, found, strict=True) if not places]:
        told = "topics.seed_words: %s: no such term: %s (terms: outputs/tables/topic_vocabulary.csv)"
        log.warning(told, name, ", ".join(missing))
    return np.unique(np.concatenate([np.array(it, dtype=int) for it in found]))


def lacking(material: Material, params: TopicsParams) -> str:
    """Why topics of this would be noise; empty if they are not."""
    known, terms = material.counts.shape
    if material.total < params.min_passages:
        return f"{material.total} passages are fewer than topics.min_passages ({params.min_passages})"
    if terms < params.n_terms:
        return (
            f"{terms} terms are left of the vocabulary, fewer than topics.n_terms ({params.n_terms}):"
            " topics.min_passage_count, min_passage_share and max_passage_share limit it"
        )
    if known < params.min_passages:
        return f"{known} passages with terms are fewer than topics.min_passages ({params.min_passages})"
    return ""


def unguided(material: Material, params: TopicsParams) -> str:
    """Which topics have seed words of which none is a term; empty if there are none."""
    empty = [name for name, it in zip(params.seed_words, material.guides, strict=True) if not len(it)]
    return f"no seed word of {', '.join(empty)} is a term (topics.seed_words)" if empty else ""
