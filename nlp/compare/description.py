"""The corpus by group: tables `authors` and `author_zones`."""

from collections.abc import Sequence

import pandas as pd

from nlp import tables


def describe(
    author: pd.Series,
    measures: pd.DataFrame,
    counts: pd.DataFrame,
    entities: pd.DataFrame,
    validation: pd.DataFrame,
) -> pd.DataFrame:
    """How much there is of every group, how varied its words are and how hard to read: table `authors`."""
    sample = validation[validation["block"] != ""].drop_duplicates(["doc_id", "sent_id"])
    counted = {
        "documents": author.value_counts(),
        "paragraphs": _by_author(measures.drop_duplicates(["doc_id", "paragraph"]), author),
        "sentences": _by_author(measures, author),
        "words": measures.groupby(measures["doc_id"].map(author))["words"].sum(),
        "mentions": _by_author(entities, author),
        "coded": _by_author(sample, author),
    }
    names = pd.Index(sorted(set(author)), name="author")
    found = pd.DataFrame({name: it.reindex(names, fill_value=0) for name, it in counted.items()})
    unknown = ["diversity", "low", "high", "sentence_length", "lix", "ari"]
    return tables.take("authors", found.reset_index().assign(types=0, sample=0, **dict.fromkeys(unknown)))


def zones_of(author: pd.Series, measures: pd.DataFrame, analysed: Sequence[str]) -> pd.DataFrame:
    """Sentences and words of every group and zone, also of those that are not compared."""
    rows = measures.assign(author=measures["doc_id"].map(author))
    found = rows.groupby(["author", "zone"])["words"].agg(sentences="size", words="sum").reset_index()
    return tables.take("author_zones", found.assign(analysed=found["zone"].isin(analysed)))


def _by_author(rows: pd.DataFrame, author: pd.Series) -> pd.Series:
    return rows["doc_id"].map(author).value_counts()
