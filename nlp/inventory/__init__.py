"""inventory: documents -> words, duplicates. What only the whole corpus can tell, before any cleaning."""

import logging
from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.inventory.duplicates import near_duplicates
from nlp.inventory.words import count_words
from nlp.params import InventoryParams

log = logging.getLogger("crossframe")


class Result(NamedTuple):
    words: pd.DataFrame
    duplicates: pd.DataFrame


def run(params: InventoryParams, *, documents: pd.DataFrame) -> Result:
    """Count the words of all source texts, and find texts that are nearly the same.

    Near-duplicates are logged, for they count twice in every figure.
    """
    texts = dict(zip(documents["doc_id"], documents["raw"], strict=True))
    pairs = list(near_duplicates(texts, params))
    for one, other, shared in pairs:
        log.warning("%s and %s are nearly the same text (Jaccard index %.2f)", one, other, shared)
    sources = zip(documents["raw"], documents["lost_capitals"], strict=True)
    return Result(tables.make("words", count_words(sources)), tables.make("duplicates", pairs))
