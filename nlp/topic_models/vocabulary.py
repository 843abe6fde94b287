"""Which terms a topic model knows, and how often passages have them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

Pairs = Mapping[tuple[str, str], str]  # two terms, and the phrase that they are
_BETWEEN = "\x1f"  # gensim joins terms with it; in no text


class Passages(NamedTuple):
    """Passages as stretches of terms, in the order of their keys (doc_id, passage)."""

    keys: list[tuple[str, int]]
    stretches: list[list[list[str]]]


def passages_of(passages: pd.DataFrame, passage_terms: pd.DataFrame) -> Passages:
    """The terms of each passage, cut where something else stands between two of them."""
    found: dict[tuple[str, int], list[list[str]]] = {
        (row.doc_id, row.passage): [] for row in passages.itertuples(index=False)
    }
    for row in passage_terms.itertuples(index=False):
        stretches = found[row.doc_id, row.passage]
        if row.follows and stretches:
            stretches[-1].append(row.term)
        else:
            stretches.append([row.term])
    return Passages(list(found), list(found.values()))


def learn_phrases(passages: Passages, *, least: int, npmi: float) -> Pairs:
    """Pairs of terms that stand together `least` times, and far more often than by chance.

    By gensim, with normalised pointwise mutual information (Bouma 2009) above `npmi`. Of two pairs that
    make the same phrase, which takes names of several words, only the first by the alphabet is one.
    """
    from gensim.models.phrases import Phrases  # 1 s

    stretches = [stretch for passage in passages.stretches for stretch in passage]
    model = Phrases(stretches, min_count=least, threshold=npmi, scoring="npmi", delimiter=_BETWEEN)
    pairs = sorted((tuple(it.split(_BETWEEN)) for it in model.export_phrases()), reverse=True)
    parts = {f"{one} {other}": (one, other) for one, other in pairs}
    return {pair: phrase for phrase, pair in parts.items()}


def join(stretch: Sequence[str], pairs: Pairs) -> Iterator[str]:
    """The terms of a stretch, pairs joined from left to right: `free trade area`: `free trade`, `area`."""
    at = 0
    while at < len(stretch):
        phrase = pairs.get((stretch[at], stretch[at + 1])) if at + 1 < len(stretch) else None
        yield phrase or stretch[at]
        at += 2 if phrase else 1


def joined(passages: Passages, pairs: Pairs) -> list[list[str]]:
    """The terms of each passage, phrases joined."""
    return [[term for it in passage for term in join(it, pairs)] for passage in passages.stretches]


def select(passages: Sequence[Sequence[str]], *, least: int, most: float) -> list[str]:
    """The terms that `least` passages or more have, and no more than the share `most` of all; sorted."""
    spread = Counter(term for passage in passages for term in set(passage))
    return sorted(it for it, count in spread.items() if least <= count <= most * len(passages))


def count(passages: Iterable[Sequence[str]], terms: Sequence[str]) -> sparse.csr_array:
    """Passages x terms: how often each is found; what is no term is left out."""
    column = {term: number for number, term in enumerate(terms)}
    bags = [Counter(column[it] for it in passage if it in column) for passage in passages]
    ends = np.cumsum([0, *map(len, bags)])
    ordered = [sorted(bag.items()) for bag in bags]
    columns = [number for bag in ordered for number, _ in bag]
    values = [value for bag in ordered for _, value in bag]
    shape = (len(bags), len(terms))
    return sparse.csr_array((np.array(values, dtype=int), np.array(columns, dtype=int), ends), shape=shape)


def inverse_frequency(counts: sparse.csr_array) -> np.ndarray:
    """ln((1 + passages) / (1 + passages with the term)) + 1, to four decimals."""
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.round(np.log((1 + counts.shape[0]) / (1 + having)) + 1, 4)
