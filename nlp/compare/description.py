"""The corpus by group: tables `authors` and `author_zones`."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from nlp import tables
from nlp.compare.segments import Material, material_of
from nlp.params import CompareParams
from nlp.stats import Segments, ari, expected_types, lix, mean_interval, types_interval


def describe(
    author: pd.Series,
    measures: pd.DataFrame,
    counts: pd.DataFrame,
    entities: pd.DataFrame,
    validation: pd.DataFrame,
    params: CompareParams,
) -> pd.DataFrame:
    """How much there is of every group, how varied its words are and how hard to read: table `authors`."""
    sample = validation[validation["block"] != ""].drop_duplicates(["doc_id", "sent_id"])
    counted = {
        "documents": author.value_counts(),
        "paragraphs": _by_author(measures.drop_duplicates(["doc_id", "paragraph"]), author),
        "sentences": _by_author(measures, author),
        "mentions": _by_author(entities, author),
        "coded": _by_author(sample, author),
    }
    names = pd.Index(sorted(set(author)), name="author")
    whole = pd.DataFrame({name: it.reindex(names, fill_value=0) for name, it in counted.items()})
    forms = material_of(author, measures, counts[counts["kind"] == "form"], "count")
    found = (
        whole.join(_lengths(measures, author, names))
        .join(_sentences(measures, author, names, params))
        .join(_diversity(forms, names, params))
    )
    return tables.take("authors", found.reset_index())


def _lengths(measures: pd.DataFrame, author: pd.Series, names: pd.Index) -> pd.DataFrame:
    """Words and readability; a sentence without words counts for neither."""
    spoken = measures[measures["words"] > 0].assign(sentences=1)
    columns = ["sentences", "words", "letters", "long_words"]
    sums = spoken.groupby(spoken["doc_id"].map(author))[columns].sum().reindex(names, fill_value=0)
    sentences, words, letters, long_words = (sums[it].to_numpy() for it in columns)
    length = np.divide(words, sentences, out=np.full(len(names), np.nan), where=sentences > 0)
    told = {
        "words": words,
        "sentence_length": length,
        "lix": lix(words, sentences, long_words),
        "ari": ari(words, sentences, letters),
    }
    return pd.DataFrame(told, index=names)


def _sentences(
    measures: pd.DataFrame, author: pd.Series, names: pd.Index, params: CompareParams
) -> pd.DataFrame:
    """The interval of the mean length of a sentence, from the words and sentences of segments."""
    spoken = measures[measures["words"] > 0]
    lengths = spoken[["doc_id", "segment"]].assign(feature="words", value=spoken["words"])
    material = material_of(author, spoken.assign(words=1), lengths, "value")
    ends = {
        name: mean_interval(
            _own(material.segments, at), min_documents=params.min_documents, confidence=params.confidence
        )
        for at, name in enumerate(material.groups)
    }
    rows = [
        (float(ends[it].low[0]), float(ends[it].high[0])) if it in ends else (np.nan,) * 2 for it in names
    ]
    return pd.DataFrame(rows, index=names, columns=["sentence_low", "sentence_high"])


def _diversity(forms: Material, names: pd.Index, params: CompareParams) -> pd.DataFrame:
    """Different words: all of them, and at the size of the smallest group that is large enough."""
    own = {name: _own(forms.segments, at) for at, name in enumerate(forms.groups)}
    words = {name: int(it.counts.sum()) for name, it in own.items()}
    sample = min((it for it in words.values() if it >= params.min_sample), default=0)
    rows = []
    for name in names:
        it = own.get(name)
        counts = np.zeros(0) if it is None else np.asarray(it.counts.sum(axis=0))
        told = (np.nan, np.nan, np.nan)
        if it is not None and 0 < sample <= words[name]:
            ends = types_interval(
                it, sample, min_documents=params.min_documents, confidence=params.confidence
            )
            told = (expected_types(counts, sample), float(ends.low), float(ends.high))
        rows.append((int((counts > 0).sum()), sample, *told))
    return pd.DataFrame(rows, index=names, columns=["types", "sample", "diversity", "low", "high"])


def _own(segments: Segments, group: int) -> Segments:
    rows = np.flatnonzero(segments.group == group)
    return Segments(*(it[rows] for it in segments))


def zones_of(author: pd.Series, measures: pd.DataFrame, analysed: Sequence[str]) -> pd.DataFrame:
    """Sentences and words of every group and zone, also of those that are not compared."""
    rows = measures.assign(author=measures["doc_id"].map(author))
    found = rows.groupby(["author", "zone"])["words"].agg(sentences="size", words="sum").reset_index()
    return tables.take("author_zones", found.assign(analysed=found["zone"].isin(analysed)))


def _by_author(rows: pd.DataFrame, author: pd.Series) -> pd.Series:
    return rows["doc_id"].map(author).value_counts()
