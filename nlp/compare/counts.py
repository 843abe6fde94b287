"""Counting: how often each author names an entity, uses a word or a frame."""

import numpy as np
import pandas as pd

from nlp.codebook import ANY
from nlp.compare.authors import words_of
from nlp.params import CompareParams
from nlp.tables.names import CITED

_WORD = r"^[^\W\d_][\w’'-]*[^\W_]$"  # two letters at least


def count_features(
    author: pd.Series,
    tokens: pd.DataFrame,
    entities: pd.DataFrame,
    shares: pd.DataFrame,
    params: CompareParams,
) -> pd.DataFrame:
    """Long table of counts; a row for every author and feature.

    Columns author, kind, feature, count, total, share, size, low, high.

    Entities, without cited authors, and words are counted out of all words. Frames are counted in the
    coded sample (from `prevalence.estimate_all`), for the machine's errors differ from author to author;
    only where there is no sample at all do its codes count. `size` is the number of independent units
    that `total` is worth. `share` is count / total, but for frames what the sample estimates, with its
    interval, `low` and `high`; elsewhere these are missing.
    """
    words = words_of(tokens)
    total = words["doc_id"].map(author).value_counts()
    lemmas = words[words["pos"].isin(params.pos) & ~words["is_stop"] & words["lemma"].str.contains(_WORD)]
    entities = entities[entities["kind"] != CITED]
    counted = [
        _count("entity", entities["doc_id"].map(author), entities["entity"], total),
        _count("word", lemmas["doc_id"].map(author), lemmas["lemma"].str.lower(), total),
        _frames(shares),
    ]
    return pd.concat(counted, ignore_index=True)


def _count(kind: str, author: pd.Series, feature: pd.Series, total: pd.Series) -> pd.DataFrame:
    authors = pd.Index(sorted(total.index), name="author")
    counts = pd.crosstab(author.to_numpy(), feature.to_numpy()).reindex(authors, fill_value=0)
    long = counts.rename_axis("feature", axis=1).stack().rename("count").reset_index()
    totals = long["author"].map(total)
    size = totals.astype(float)
    share = long["count"] / size.where(size > 0)
    return long.assign(kind=kind, total=totals, share=share, size=size, low=np.nan, high=np.nan)


def _frames(shares: pd.DataFrame) -> pd.DataFrame:
    """Frames, and frames with their stance, from the shares in the coded sample."""
    sampled = bool((shares["n_coded"] > 0).any())
    rows = shares[shares["method"] == ("coded" if sampled else "machine")]
    total = rows["n_coded" if sampled else "n_sentences"]
    if not total.any():
        rows, total = rows[:0], total[:0]
    stance = rows["stance"].map(lambda name: "" if name == ANY else f": {name}")
    return pd.DataFrame(
        {
            "author": rows["author"],
            "kind": "frame",
            "feature": rows["frame"] + stance,
            "count": rows["seen"].astype("int64"),
            "total": total,
            "share": rows["estimate"],
            "size": rows["size"].fillna(0.0),
            "low": rows["low"],
            "high": rows["high"],
        }
    )
