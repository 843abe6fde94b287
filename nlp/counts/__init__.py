"""counts: sentences, tokens, entities -> measures, occurrences, counts."""

from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.counts.lengths import measure
from nlp.counts.occurrences import forms_of, lemmas_of, names_of
from nlp.params import CountsParams

_SENTENCE = ["doc_id", "sent_id"]


class Result(NamedTuple):
    measures: pd.DataFrame
    occurrences: pd.DataFrame
    counts: pd.DataFrame


def run(
    params: CountsParams,
    *,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    entities: pd.DataFrame,
) -> Result:
    """Cut texts into segments, and count in each the words that it has and the actors that it names.

    What is compared is made from these counts, so it takes memory for every different word of a segment,
    not for every word of a text.
    """
    words = tokens[tokens["text"].str.contains(r"\w")]  # words and numbers
    measures = measure(sentences, words, params)
    lemmas = lemmas_of(words, params.pos)
    found = pd.concat([forms_of(words), lemmas, names_of(entities)])
    placed = found.merge(measures[[*_SENTENCE, "segment", "zone"]], on=_SENTENCE)
    keys = ["doc_id", "segment", "zone", "kind", "feature"]
    counts = placed.groupby(keys, observed=True).size().rename("count").reset_index()
    return Result(
        tables.take("measures", measures),
        tables.take("occurrences", _by_sentence(lemmas)),
        tables.take("counts", counts),
    )


def _by_sentence(lemmas: pd.DataFrame) -> pd.DataFrame:
    """What leads from a word back to its sentences."""
    renamed = lemmas.rename(columns={"feature": "word"})
    return renamed.groupby([*_SENTENCE, "word"], observed=True).size().rename("count").reset_index()
