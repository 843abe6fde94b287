"""A small corpus whose mentions are seen in its words: what tests of actors and their network share."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from hypothesis import strategies as st

from nlp import tables
from nlp.compare.actors import Ground, ground_of
from nlp.counts.lengths import measure
from nlp.params import CountsParams
from nlp.registry import Entity, Group, Registry
from nlp.tables.names import CITED

REGISTRY = Registry(
    entities=(
        Entity(id="tolby", name="Tolby", label="GPE", kind="state"),
        Entity(id="sarn", name="Sarn", label="GPE", kind="state"),
        Entity(id="orrin", name="Orrin", label="GPE", kind="place", metonym_of="tolby"),
        Entity(id="tolbian", name="Tolbian", label="NORP", kind="group", adjective_of="tolby"),
        Entity(id="league", name="River League", label="ORG", kind="international organisation"),
        Entity(id="holt", name="Mira Holt", label="PERSON", kind="person"),
    ),
    groups=(
        Group(id="valley", name="Valley states", members=("tolby", "sarn", "orrin")),
        Group(id="allies", name="Allies", members=("sarn", "league")),
        Group(id="coast", name="Coast", members=("holt",)),
    ),
)
# What stands in the text -> entity id, name, kind, and who is meant. Holt is also a cited author: @Holt.
NAMES = {
    "Tolby": ("tolby", "Tolby", "state", "tolby"),
    "Sarn": ("sarn", "Sarn", "state", "sarn"),
    "Orrin": ("orrin", "Orrin", "place", "tolby"),
    "Tolbian": ("tolbian", "Tolbian", "group", "tolby"),
    "League": ("league", "River League", "international organisation", "league"),
    "Holt": ("holt", "Mira Holt", "person", "holt"),
    "@Holt": ("holt", "Mira Holt", CITED, "holt"),
    "Quay": ("unlisted/quay", "Quay", "person", "unlisted/quay"),
    "@Quay": ("unlisted/quay", "Quay", CITED, "unlisted/quay"),
}
AUTHORS = {"a": "Ada", "b": "Bo", "c": "Cy"}

Row = tuple[object, ...]
Texts = dict[str, Sequence[Sequence[str]]]  # document -> paragraphs -> sentences

words = st.sampled_from([*NAMES, "of", "and"])
lines = st.lists(words, min_size=1, max_size=6).map(" ".join)
documents = st.lists(st.lists(lines, min_size=1, max_size=3), max_size=3)
any_texts = st.dictionaries(st.sampled_from(["a1", "a2", "b1", "c1"]), documents, min_size=1)


class Corpus(NamedTuple):
    """What the functions under test take."""

    author: pd.Series
    sentences: pd.DataFrame
    measures: pd.DataFrame
    mentions: pd.DataFrame

    @property
    def ground(self) -> Ground:
        return ground_of(self.author, self.measures, self.mentions, 0.95)


def corpus(texts: Texts) -> Corpus:
    """The texts as tables; the first letter of a document's name is its author's."""
    lines = [
        (doc_id, *numbered)
        for doc_id, paragraphs in texts.items()
        for numbered in enumerate((n, line) for n, them in enumerate(paragraphs) for line in them)
    ]
    words = [
        (doc_id, sent_id, 1000 * sent_id + 10 * n, word)
        for doc_id, sent_id, (_, line) in lines
        for n, word in enumerate(line.split())
    ]
    sentences = tables.make("sentences", [_sentence(*line) for line in lines])
    tokens = tables.make("tokens", [_token(*word) for word in words])
    tokens = tokens[tokens["text"].str.contains(r"\w")]
    measures = measure(sentences, tokens, CountsParams(max_segments=3, min_segment_words=2, pos=["NOUN"]))
    mentions = tables.make("entities", [_mention(*word) for word in words if word[-1] in NAMES])
    paragraph = sentences[["doc_id", "sent_id", "paragraph"]]
    author = pd.Series({doc_id: AUTHORS[doc_id[0]] for doc_id in texts}, dtype="str")
    mentions = mentions.merge(paragraph).assign(author=lambda them: them["doc_id"].map(author))
    return Corpus(author, sentences, measures, mentions)


def renamed(mentions: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The mentions, with other names for some entities, by id."""
    called = zip(mentions["entity_id"], mentions["entity"], strict=True)
    return mentions.assign(entity=[names.get(entity_id, name) for entity_id, name in called])


def _sentence(doc_id: str, sent_id: int, found: tuple[int, str]) -> Row:
    paragraph, line = found
    place = (1000 * sent_id, 1000 * sent_id + 999)
    return (doc_id, sent_id, *place, *place, "body", paragraph, None, line)


def _token(doc_id: str, sent_id: int, start: int, word: str) -> Row:
    return (doc_id, sent_id, start, start + 9, word, word, "X", False, "ROOT", start)


def _mention(doc_id: str, sent_id: int, start: int, word: str) -> Row:
    entity_id, entity, kind, actor_id = NAMES[word]
    stands_for = (actor_id if entity_id == "orrin" else "", actor_id if entity_id == "tolbian" else "")
    place = (start, start + 9)
    return (
        doc_id,
        sent_id,
        *place,
        *place,
        word,
        "X",
        kind,
        entity_id,
        entity,
        *stands_for,
        actor_id,
        "alias",
        1,
    )
