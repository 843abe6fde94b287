"""What is counted: a row for every occurrence, with doc_id, sent_id, kind and feature."""

from collections.abc import Sequence

import pandas as pd

from nlp.tables.names import CITED

_COLUMNS = ["doc_id", "sent_id", "kind", "feature"]
_LEMMA = r"^[^\W\d_][\w’'-]*[^\W_]$"  # two letters at least


def forms_of(words: pd.DataFrame) -> pd.DataFrame:
    """Every word as it stands, in small letters."""
    return words.assign(kind="form", feature=words["text"].str.lower())[_COLUMNS]


def lemmas_of(words: pd.DataFrame, pos: Sequence[str]) -> pd.DataFrame:
    """Lemmas of words of these parts of speech, without function words."""
    compared = words["pos"].isin(pos) & ~words["is_stop"] & words["lemma"].str.contains(_LEMMA)
    lemmas = words[compared]
    return lemmas.assign(kind="word", feature=lemmas["lemma"].str.lower())[_COLUMNS]


def names_of(entities: pd.DataFrame) -> pd.DataFrame:
    """Actors, of whom capitals, seats and adjectives speak, too; a cited author is no actor."""
    actors = entities[entities["kind"] != CITED]
    return actors.assign(kind="entity", feature=actors["actor_id"])[_COLUMNS]
