"""Counting: how often each author names an entity, uses a word, takes up a topic or a frame."""

import pandas as pd

from nlp.compare.authors import words_of
from nlp.params import CompareParams

_WORD = r"^[^\W\d_][\w’'-]*[^\W_]$"  # two letters at least


def machine_of(frame_codes: pd.DataFrame) -> str:
    """The coder that has coded every sentence: the trained one, or cue words if none could be trained."""
    return "machine" if (frame_codes["coder"] == "machine").any() else "cues"


def count_features(
    author: pd.Series,
    tokens: pd.DataFrame,
    entities: pd.DataFrame,
    topic_terms: pd.DataFrame,
    topic_weights: pd.DataFrame,
    frame_codes: pd.DataFrame,
    validation: pd.DataFrame,
    params: CompareParams,
) -> pd.DataFrame:
    """Long table author, kind, feature, count, total; every author has a row for every feature.

    Entities and words are counted out of all words; a passage counts for its strongest topic. Frames
    are counted in the coded sample, for the machine's errors differ from author to author; only
    where there is no sample do its codes count.
    """
    words = words_of(tokens)
    total = words["doc_id"].map(author).value_counts()
    lemmas = words[words["pos"].isin(params.pos) & ~words["is_stop"] & words["lemma"].str.contains(_WORD)]
    counted = [
        _count("entity", entities["doc_id"].map(author), entities["entity"], total),
        _count("word", lemmas["doc_id"].map(author), lemmas["lemma"].str.lower(), total),
        _topics(author, topic_terms, topic_weights),
        _frames(author, frame_codes, validation),
    ]
    return pd.concat(counted, ignore_index=True)


def _count(kind: str, author: pd.Series, feature: pd.Series, total: pd.Series) -> pd.DataFrame:
    authors = pd.Index(sorted(total.index), name="author")
    counts = pd.crosstab(author.to_numpy(), feature.to_numpy()).reindex(authors, fill_value=0)
    long = counts.rename_axis("feature", axis=1).stack().rename("count").reset_index()
    return long.assign(kind=kind, total=long["author"].map(total))


def _topics(author: pd.Series, terms: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    strongest = weights.sort_values(["weight", "topic"], ascending=[False, True])
    strongest = strongest.drop_duplicates(["doc_id", "passage"])
    labels = {row.topic: f"{row.topic}: {row.label}" for row in terms.itertuples()}
    who = strongest["doc_id"].map(author)
    return _count("topic", who, strongest["topic"].map(labels), who.value_counts())


def _frames(author: pd.Series, codes: pd.DataFrame, validation: pd.DataFrame) -> pd.DataFrame:
    in_sample = validation[(validation["model"] == "cues") & (validation["block"] != "")]
    in_sample = in_sample.merge(codes[["doc_id", "sent_id", "frame"]].drop_duplicates())
    if len(in_sample):
        chosen = in_sample.assign(present=in_sample["true_present"], stance=in_sample["true_stance"])
    else:
        chosen = codes[codes["coder"] == machine_of(codes)]
    who = chosen["doc_id"].map(author)
    sentences = who[~chosen.duplicated(["doc_id", "sent_id"])].value_counts()
    found = chosen[chosen["present"]]
    stances = found["frame"] + ": " + found["stance"]
    return pd.concat(
        [_count("frame", who[found.index], name, sentences) for name in (found["frame"], stances)]
    )
