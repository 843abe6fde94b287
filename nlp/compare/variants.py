"""Other sensible ways to do the analysis, each as other material for the same functions."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from nlp.codebook import Codebook
from nlp.compare.judged import Judged
from nlp.compare.samples import probability
from nlp.params import CompareParams

_WORDS = frozenset({"entity", "word"})
_ALL = _WORDS | {"frame", "topic"}


class Material(NamedTuple):
    """What contrasts are made from."""

    author: pd.Series  # group of every document, by doc_id
    judged: Judged  # codes of frames
    measures: pd.DataFrame  # of the compared zones
    counts: pd.DataFrame
    names: pd.Series  # of actors, by id
    topic_quality: pd.DataFrame
    topic_runs: pd.DataFrame
    topic_weights: pd.DataFrame


class Variant(NamedTuple):
    """Another way to do the analysis."""

    name: str
    kinds: frozenset[str]  # of contrasts that it can change
    change: Callable[[Material], Material]


def variants_of(material: Material, codebook: Codebook, params: CompareParams) -> Iterator[Variant]:
    """The variants of `compare.variants`, as far as they make sense with the codebook.

    Codes of whole documents have no zone, and only sentences are put together to paragraphs.
    """
    wanted = params.variants
    framed = frozenset({"frame"})
    for name, zones in wanted.zones.items():
        kinds = _WORDS if codebook.unit == "document" else _WORDS | framed
        yield Variant(f"zones: {name}", kinds, partial(in_zones, zones=zones))
    if codebook.unit == "sentence":
        yield from (Variant(f"unit: {it}", framed, in_paragraphs) for it in wanted.units)
    for added in wanted.thresholds:
        yield Variant(f"threshold: {added:+g}", framed, partial(from_threshold, added=added))
    for doc_id in _longest(material.measures, wanted.drop_documents):
        yield Variant(f"without: {doc_id}", _ALL, partial(without, doc_id=doc_id))


def _longest(measures: pd.DataFrame, most: int) -> list[str]:
    words = measures.groupby("doc_id")["words"].sum().reset_index()
    return list(words.sort_values(["words", "doc_id"], ascending=[False, True])["doc_id"].head(most))


def in_zones(material: Material, *, zones: Sequence[str]) -> Material:
    """Only what stands in these zones."""
    return material._replace(
        judged=material.judged.where(material.judged.units["zone"].isin(zones).to_numpy()),
        measures=material.measures[material.measures["zone"].isin(zones)],
        counts=material.counts[material.counts["zone"].isin(zones)],
    )


def without(material: Material, *, doc_id: str) -> Material:
    """All documents but one."""
    kept = {
        name: table[table["doc_id"] != doc_id]
        for name, table in material._asdict().items()
        if name in ("measures", "counts", "topic_runs", "topic_weights")
    }
    judged = material.judged.where((material.judged.units["doc_id"] != doc_id).to_numpy())
    return material._replace(author=material.author.drop(doc_id), judged=judged, **kept)


def from_threshold(material: Material, *, added: float) -> Material:
    """The machine codes a frame from another probability on, in the stance that it would then have.

    Where nothing is known of its threshold, or of the stance of what it has not coded (documents by
    authors of whom nothing is coded), its codes stay.
    """
    judged = material.judged
    above = judged.score >= judged.limit + added
    known = np.isfinite(judged.limit)[:, :, None]
    return material._replace(
        judged=judged._replace(guess=np.where(known, judged.said & above[:, :, None], judged.guess))
    )


def in_paragraphs(material: Material) -> Material:
    """Paragraphs instead of sentences: one has a frame in a stance if one of its sentences does.

    It is coded if all its sentences are, with the block of the first.
    """
    judged = material.judged
    paragraph = judged.units.groupby(["doc_id", "paragraph"], sort=False).ngroup().to_numpy()
    units = judged.units.drop_duplicates(["doc_id", "paragraph"]).reset_index(drop=True)
    whole = _any((judged.units["block"] == "").to_numpy(), paragraph) == 0
    units = units.assign(
        block=units["block"].where(whole, ""),
        probability=np.where(whole, _chance(judged.units, paragraph), np.nan),
    )
    score, limit, said, guess, truth = (_any(it, paragraph) for it in judged[1:6])
    return material._replace(
        judged=Judged(units, score, limit, said, guess, truth & whole[:, None, None], exclusive=False)
    )


def _any(values: np.ndarray, place: np.ndarray) -> np.ndarray:
    """The greatest of the rows that have the same place."""
    found = np.zeros((place.max(initial=-1) + 1, *values.shape[1:]), dtype=values.dtype)
    np.maximum.at(found, place, values)
    return found


def _chance(units: pd.DataFrame, paragraph: np.ndarray) -> np.ndarray:
    """With which probability all sentences of a paragraph are coded; long ones seldom are.

    Blocks of a text begin anywhere in a paragraph. One of as many sentences as a block reaches over k
    of them or one more, and all of these have to be drawn; a sentence's own probability is that of a
    block. Without it, short paragraphs, which frames are rarer in, would count too much.
    """
    size = np.bincount(paragraph).astype(float)
    own = np.exp(np.bincount(paragraph, np.log(probability(units).clip(1e-9))) / size)
    coded = units[units["block"] != ""]
    in_block = coded.groupby(["doc_id", "block"]).size().groupby("doc_id").mean()
    block = (
        units["doc_id"]
        .map(in_block)
        .fillna(1)
        .to_numpy(dtype=float)[np.unique(paragraph, return_index=True)[1]]
    )
    blocks, beyond = np.divmod(size - 1, block)
    over = beyond / block
    return (1 - over) * own ** (blocks + 1) + over * own ** (blocks + 2)
