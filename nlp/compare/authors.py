"""The corpus by author."""

import pandas as pd

from nlp import tables


def describe(
    author: pd.Series,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    entities: pd.DataFrame,
    validation: pd.DataFrame,
) -> pd.DataFrame:
    """Documents, paragraphs, sentences, words, mentions and coded sentences: table `authors`."""
    sample = validation[validation["block"] != ""].drop_duplicates(["doc_id", "sent_id"])
    counted = {
        "documents": author.value_counts(),
        "paragraphs": _by_author(sentences.drop_duplicates(["doc_id", "paragraph"]), author),
        "sentences": _by_author(sentences, author),
        "words": _by_author(words_of(tokens), author),
        "mentions": _by_author(entities, author),
        "coded": _by_author(sample, author),
    }
    names = sorted(set(author))
    columns = [counted[name].reindex(names, fill_value=0) for name in counted]
    return tables.make("authors", zip(names, *columns, strict=True))


def words_of(tokens: pd.DataFrame) -> pd.DataFrame:
    """Tokens that are words or numbers: those with a letter or digit in them."""
    return tokens[tokens["text"].str.contains(r"\w")]


def _by_author(rows: pd.DataFrame, author: pd.Series) -> pd.Series:
    return rows["doc_id"].map(author).value_counts()
