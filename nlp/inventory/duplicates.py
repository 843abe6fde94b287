"""Texts that are nearly the same: another edition, a reprint, a second reading of one file."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.inventory.words import plain
from nlp.params import InventoryParams

if TYPE_CHECKING:
    from datasketch import MinHash

_SEED = 1
_MISSED = 0.01  # of the pairs just at the threshold
_BATCH = 10_000  # shingles hashed at a time
_KEPT = 16  # sets of shingles kept at a time
_LINE_END = re.compile(r"[-‐\xad][ \t]*\r?\n[ \t]*|\xad")


def near_duplicates(texts: Mapping[str, str], params: InventoryParams) -> Iterator[tuple[str, str, float]]:
    """Pairs of names (each once, in order) with the Jaccard index of their shingles.

    Candidates are found by MinHash and locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman &
    Ullman 2014, ch. 3), then measured exactly: no pair is reported wrongly, and of those just at
    `min_jaccard` one in a hundred is missed, of more similar ones fewer.
    """

    @lru_cache(_KEPT)
    def shingled(name: str) -> frozenset[str]:
        return shingles(texts[name], params.shingle_words)

    for one, other in _candidates(texts, params):
        shared = jaccard(shingled(one), shingled(other))
        if shared >= params.min_jaccard:
            yield one, other, shared


def shingles(text: str, words: int) -> frozenset[str]:
    """All runs of so many words, whatever their case; a shorter text is one run, no words are none."""
    found = re.findall(r"\w+", _LINE_END.sub("", plain(text)).casefold())
    if not found:
        return frozenset()
    last = max(len(found) - words, 0)
    return frozenset(" ".join(found[start : start + words]) for start in range(last + 1))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the elements of both sets that they have in common, 0 to 1."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def _candidates(texts: Mapping[str, str], params: InventoryParams) -> Iterator[tuple[str, str]]:
    from datasketch import MinHashLSH  # 0.5 s

    index = MinHashLSH(num_perm=params.permutations, params=bands(params.min_jaccard, params.permutations))
    for name in sorted(texts):
        if not (found := shingles(texts[name], params.shingle_words)):
            continue
        sketch = _sketch(found, params.permutations)
        yield from ((earlier, name) for earlier in sorted(index.query(sketch)))
        index.insert(name, sketch)


def _sketch(found: frozenset[str], permutations: int) -> "MinHash":
    from datasketch import MinHash

    sketch = MinHash(num_perm=permutations, seed=_SEED)
    coded = [shingle.encode(errors="surrogatepass") for shingle in found]
    for start in range(0, len(coded), _BATCH):
        sketch.update_batch(coded[start : start + _BATCH])
    return sketch


def bands(threshold: float, permutations: int) -> tuple[int, int]:
    """How many bands of how many rows: the longest bands that miss few pairs at the threshold.

    A pair with Jaccard index s is a candidate with probability 1 - (1 - s^rows)^bands.
    """
    for rows in range(permutations // 2, 1, -1):
        count = permutations // rows
        if (1 - threshold**rows) ** count <= _MISSED:
            return count, rows
    return permutations, 1
