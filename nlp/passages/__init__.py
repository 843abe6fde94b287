"""passages: texts, sentences, tokens, entities -> passages, passage_terms."""

from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.params import PassagesParams
from nlp.passages.cut import cut
from nlp.passages.terms import terms_of
from nlp.registry import Registry


class Result(NamedTuple):
    passages: pd.DataFrame
    passage_terms: pd.DataFrame


def run(
    params: PassagesParams,
    *,
    texts: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    entities: pd.DataFrame,
    registry: Registry,
) -> Result:
    """Cut the chosen zones into passages of about one length, and take the terms of each.

    No document's passages hang on another's; of another document its terms take over only to whom a
    surname belongs (table `entities`).
    """
    author = texts.set_index("doc_id")["author"]
    analysed = sentences[sentences["zone"].isin(params.zones)]
    words = tokens[tokens["pos"] != "PUNCT"].groupby(["doc_id", "sent_id"]).size()
    passages = list(cut(analysed, words, params.passage_words))
    place = {(it.doc_id, number): it.number for it in passages for number in it.sent_ids}
    found = terms_of(tokens, entities, registry, params.pos)
    rows = ((it.doc_id, place[it.doc_id, it.sent_id], *it[2:]) for it in found if it[:2] in place)
    return Result(
        tables.make("passages", (it.row(author[it.doc_id]) for it in passages)),
        tables.make("passage_terms", rows),
    )
