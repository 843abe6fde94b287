"""passages: texts cut into stretches of about one length, and what a topic model sees of each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from naming import REGISTRY

from nlp import passages, tables
from nlp.passages.cut import Passage, cut
from nlp.passages.terms import terms_of
from nlp.store.configs import read_params
from nlp.store.project import Project
from nlp.tables.names import CITED

PARAMS = read_params(Project(ROOT)).passages.model_copy(
    update={"zones": ["heading", "body"], "passage_words": 10}
)
Paragraph = tuple[str, list[str]]  # zone, sentences

# What stands in the text -> who is meant, kind of entity
NAMES = {
    "Tolby": ("tolby", "state"),
    "Orrin": ("tolby", "place"),
    "Tolbian": ("tolby", "group"),
    "Sarn": ("sarn", "state"),
    "River League": ("league", "international organisation"),
    "Quay": ("unlisted/quay", "person"),
    "Miller": ("unlisted/miller", CITED),
    "Holt": ("holt", CITED),
}
LEMMAS = {"towns": "town", "led": "lead", "talks": "talk", "areas": "area", "ups": "up"}
CLASSES = {
    "of": "ADP",
    "up": "ADP",
    "the": "DET",
    "and": "CCONJ",
    "well": "ADV",
    "newly": "ADV",
    "led": "VERB",
    "soft": "ADJ",
    "one": "NUM",
}
STOPS = {"of", "up", "the", "and", "well", "one", "being"}


class Corpus(NamedTuple):
    """What the stage reads."""

    texts: pd.DataFrame
    sentences: pd.DataFrame
    tokens: pd.DataFrame
    entities: pd.DataFrame


def corpus(documents: Mapping[str, Sequence[Paragraph]]) -> Corpus:
    """The documents as tables; where the words of a name stand, it is mentioned."""
    sentences, tokens, entities = [], [], []
    for doc_id, paragraphs in documents.items():
        lines = [(n, zone, line) for n, (zone, them) in enumerate(paragraphs) for line in them]
        start = 0
        for sent_id, (paragraph, zone, line) in enumerate(lines):
            end = start + len(line)
            sentences.append((doc_id, sent_id, start, end, start, end, zone, paragraph, None, line))
            tokens += [_token(doc_id, sent_id, start, it) for it in _tokens(line)]
            entities += [_entity(doc_id, sent_id, start, *it) for it in _mentions(line)]
            start = end + 1
    return Corpus(
        tables.make("texts", [(doc_id, doc_id.upper(), "en", "") for doc_id in documents]),
        tables.make("sentences", sentences),
        tables.make("tokens", tokens),
        tables.make("entities", entities),
    )


def _tokens(line: str) -> Iterator[re.Match[str]]:
    """Cut as spaCy cuts: at spaces, before `'s`, and around hyphens and other marks."""
    return re.finditer(r"[’']s\b|\w(?:[\w\u00ad]|[’'](?!s\b)(?=\w))*|[^\w\s]", line)


def _mentions(line: str) -> Iterator[tuple[int, str]]:
    return ((it.start(), name) for name in NAMES for it in re.finditer(rf"{name}", line))


def _token(doc_id: str, sent_id: int, place: int, found: re.Match[str]) -> tuple[object, ...]:
    word = found[0]
    pos = CLASSES.get(word, "NOUN") if word[0].isalnum() else "PART" if word[1:] else "PUNCT"
    start, end = place + found.start(), place + found.end()
    return (doc_id, sent_id, start, end, word, LEMMAS.get(word, word), pos, word in STOPS, "ROOT", start)


def _entity(doc_id: str, sent_id: int, place: int, start: int, name: str) -> tuple[object, ...]:
    actor_id, kind = NAMES[name]
    span = (place + start, place + start + len(name)) * 2
    return (doc_id, sent_id, *span, name, "X", kind, actor_id, name, "", "", actor_id, "alias", 1)


def run(found: Corpus, **changed: object) -> passages.Result:
    result = passages.run(PARAMS.model_copy(update=changed), **found._asdict(), registry=REGISTRY)
    return passages.Result(*(tables.check(name, it) for name, it in result._asdict().items()))


# ---- passages ---------------------------------------------------------------------------------------


def test_a_passage_knows_its_document_and_author() -> None:
    found = run(corpus({"a": [("body", ["Trade talks"])], "b": [("body", ["Salt"])]})).passages
    assert found[["doc_id", "author", "passage", "text"]].values.tolist() == [
        ["a", "A", 0, "Trade talks"],
        ["b", "B", 0, "Salt"],
    ]


def lengths_of(*paragraphs: list[int], zones: str = "") -> tuple[pd.DataFrame, pd.Series]:
    """Sentences of so many words in one document, and these numbers; `h` in `zones` is a heading."""
    named = {"h": "heading", "b": "body"}
    zone = [named[it] for it in zones or "b" * len(paragraphs)]
    lines = [[" ".join(["w"] * it) + "." for it in paragraph] for paragraph in paragraphs]
    found = corpus({"a": list(zip(zone, lines, strict=True))})
    return found.sentences, words_in(found.tokens)


def words_in(tokens: pd.DataFrame) -> pd.Series:
    return tokens[tokens["pos"] != "PUNCT"].groupby(["doc_id", "sent_id"]).size()


@pytest.mark.parametrize(
    ("paragraphs", "zones", "joined"),
    [
        ([[3]], "b", [[0]]),
        ([[0]], "b", [[0]]),
        ([[5], [5], [5], [5]], "bbbb", [[0, 1], [2, 3]]),
        ([[10], [10]], "bb", [[0], [1]]),
        ([[12], [3], [12]], "bbb", [[0], [1, 2]]),
        ([[12], [4]], "bb", [[0, 1]]),  # less than half a passage is left, which joins the last
        ([[12], [5]], "bb", [[0], [1]]),
        ([[3], [4]], "bb", [[0, 1]]),
        ([[7, 7, 7]], "b", [[0, 1, 2]]),  # at 14 words in the midst of a paragraph there is no end
        ([[5] * 8], "b", [[0, 1, 2], [3, 4, 5], [6, 7]]),  # at 15 there is
        ([[40, 40]], "b", [[0], [1]]),
        ([[12], [2], [12]], "bhb", [[0], [1, 2]]),
        ([[9], [2], [5]], "bhb", [[0, 1, 2]]),
        ([[12], [2]], "bh", [[0, 1]]),
        ([[6], [6], [6]], "hhh", [[0, 1, 2]]),
        ([[12], [0], [12]], "bbb", [[0], [1, 2]]),
        ([[1, 16, 1]], "b", [[0, 1, 2]]),
    ],
)
def test_paragraphs_are_joined_and_cut(
    paragraphs: list[list[int]], zones: str, joined: list[list[int]]
) -> None:
    assert [list(it.sent_ids) for it in cut(*lengths_of(*paragraphs, zones=zones), 10)] == joined


some_lengths = st.lists(st.integers(0, 14), min_size=1, max_size=6)
some_paragraphs = st.lists(st.tuples(st.sampled_from("bbbh"), some_lengths), min_size=1, max_size=9)


@given(some_paragraphs, st.integers(1, 25))
def test_passages_share_out_the_sentences(paragraphs: list[tuple[str, list[int]]], length: int) -> None:
    zones, sizes = zip(*paragraphs, strict=True)
    sentences, words = lengths_of(*sizes, zones="".join(zones))
    found = list(cut(sentences, words, length))
    assert [it.number for it in found] == list(range(len(found)))
    assert [number for it in found for number in it.sent_ids] == list(sentences["sent_id"])
    for passage in found:
        own = sentences[sentences["sent_id"].isin(passage.sent_ids)]
        assert (passage.start, passage.end) == (own["start"].min(), own["end"].max())
        assert passage.text == " ".join(own["text"])
        assert passage.words == passage.text.count("w")


@given(some_paragraphs, st.integers(1, 25))
def test_passages_end_where_they_first_may(paragraphs: list[tuple[str, list[int]]], length: int) -> None:
    zones, sizes = zip(*paragraphs, strict=True)
    sentences, words = lengths_of(*sizes, zones="".join(zones))
    *before, last = cut(sentences, words, length)
    first_ends = [_first_end(it, sentences, words, length) for it in [*before, last]]
    assert first_ends[:-1] == [it.sent_ids[-1] for it in before]
    end = first_ends[-1]
    rest = 0 if end is None else sum(words.get(("a", it), 0) for it in last.sent_ids if it > end)
    assert rest < length / 2 or rest == 0
    assert not before or last.words >= length / 2


def _first_end(passage: Passage, sentences: pd.DataFrame, words: pd.Series, length: int) -> int | None:
    """Its first sentence that ends a long paragraph, or with which it is long even inside of one."""
    so_far = 0
    following = {it.sent_id - 1: it.paragraph for it in sentences.itertuples()}
    for it in sentences[sentences["sent_id"].isin(passage.sent_ids)].itertuples():
        so_far += words.get(("a", it.sent_id), 0)
        inside = following.get(it.sent_id) == it.paragraph
        if it.zone == "body" and so_far >= (1.5 if inside else 1) * length:
            return int(it.sent_id)
    return None


@given(st.lists(some_lengths, min_size=1, max_size=9), st.integers(1, 25))
def test_passages_are_of_about_one_length(paragraphs: list[list[int]], length: int) -> None:
    *before, last = cut(*lengths_of(*paragraphs), length)
    longest = max(map(max, paragraphs))
    assert all(length <= it.words < 1.5 * length + longest for it in before)
    assert last.words < 2 * length + longest


def test_no_sentences_give_no_passages() -> None:
    assert [len(table) for table in run(corpus({}))] == [0, 0]


# ---- terms ------------------------------------------------------------------------------------------


def told(found: Corpus) -> str:
    """The terms in one line: ` | ` where something stands between two."""
    terms = terms_of(found.tokens, found.entities, REGISTRY, PARAMS.pos)
    return "".join((" " if it.follows else " | ") + it.term for it in terms).removeprefix(" | ")


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("", ""),
        ("of the.", ""),
        ("free trade areas", "free trade area"),
        ("Areas of the towns, newly led", "areas | town | lead"),
        # names: one term each, as the registry has it
        ("River League talks", "River League talk"),
        ("Tolbian trade and Orrin trade", "Tolby trade | Tolby trade"),
        ("Quay talks", "quay talk"),
        ("trade Miller talks", "trade | talk"),
        ("trade Holt talks", "trade | talk"),
        ("Tolby’s trade", "Tolby | trade"),
        ("Tolby's trade", "Tolby | trade"),
        # hyphens
        ("co-operation talks", "co-operation talk"),
        ("self-determination of towns", "self-determination | town"),
        ("state-of-the-art towns", "state-of-the-art town"),
        ("the break-ups", "break-up"),
        ("the break-up", "break-up"),
        ("well-being", "well-being"),
        ("newly-led towns", "newly-led town"),
        ("one-up", ""),
        ("trade‐off and trade‑off and trade-off", "trade-off | trade-off | trade-off"),
        ("cost–trade", "cost | trade"),
        ("trade - off", "trade | off"),
        ("trade- and market-led towns", "trade | market-led town"),
        ("20th-century towns", "town"),
        # hyphens at names
        ("Tolby-Sarn talks", "Tolby | Sarn talk"),
        ("Tolby-led talks", "Tolby | lead talk"),
        ("Tolby-newly-led talks", "Tolby | newly-led talk"),
        ("post-Tolbian town", "Tolby town"),
        ("towns of non-pro-Tolby talks", "town | Tolby talk"),
        ("towns -Tolby", "town | Tolby"),
        ("towns- Tolby", "town | Tolby"),
        ("towns–Tolby", "town | Tolby"),
        ("anti-River League talks", "River League talk"),
        ("anti-Quay talks", "anti-quay talk"),
        ("Miller-led talks", "lead talk"),
        # a name takes all of a token that it touches
        ("cisTolbyan talks", "Tolby talk"),
        ("trade-TolbySarn talks", "Tolby Sarn talk"),
    ],
)
def test_a_sentence_is_told_as_terms(line: str, terms: str) -> None:
    assert told(corpus({"a": [("body", [line])]} if line else {})) == terms


@pytest.mark.parametrize(
    ("lemma", "term"),
    [
        ("power", "power"),
        ("Power", "power"),
        ("co2", "co2"),
        ("mid-1990", "mid-1990"),
        ("O’Neill", "o'neill"),
        ("O'Neill", "o'neill"),
        ("co‐operation", "co-operation"),
        ("co\u00adoperation", "cooperation"),
        ("Россия", "россия"),
        ("хан-", None),
        ("हिन्दी", "हिन्दी"),  # with vowel signs, which are no letters
        ("nai\u0308ve", "nai\u0308ve"),
        ("می\u200cروم", "می\u200cروم"),  # with a joiner that is not seen
        ("国家", "国家"),
        ("1990", None),
        ("1990s", None),
        ("x", None),
        ("я", None),
        ("¹²", None),
        ("’s", None),
        ("power-", None),
        ("-power", None),
        ("a/b", None),
        ("u.s.", None),
        ("a_b", None),
        ("http://a.b", None),
        ("", None),
    ],
)
def test_a_term_is_a_word(lemma: str, term: str | None) -> None:
    found = corpus({"a": [("body", ["word"])]})
    assert told(found._replace(tokens=found.tokens.assign(lemma=lemma))) == (term or "")


@pytest.mark.parametrize(("pos", "is_stop"), [("ADV", False), ("NUM", False), ("NOUN", True)])
def test_function_words_are_no_terms(pos: str, *, is_stop: bool) -> None:
    found = corpus({"a": [("body", ["word"])]})
    assert told(found._replace(tokens=found.tokens.assign(pos=pos, is_stop=is_stop))) == ""


def test_of_names_that_overlap_the_first_and_longest_counts() -> None:
    found = corpus({"a": [("body", ["River Sarn League of towns"])]})
    spans = [(0, 17, "league"), (6, 10, "sarn"), (0, 5, "tolby"), (11, 26, "holt")]
    one = found.entities.iloc[0]
    mentions = [one.to_dict() | {"start": a, "end": b, "actor_id": actor} for a, b, actor in spans]
    assert told(found._replace(entities=pd.DataFrame(mentions))) == "River League | town"


a_word = st.sampled_from([*NAMES, "town", "trade", "of", "up"])
some_words = st.lists(
    st.tuples(a_word, st.sampled_from([" ", " ", "-", ", ", "’s "])), min_size=1, max_size=9
)
some_lines = some_words.map(lambda them: "".join(word + after for word, after in them).strip())


@given(some_lines)
def test_terms_stand_in_their_places(line: str) -> None:
    found = corpus({"a": [("body", [line])]})
    terms = list(terms_of(found.tokens, found.entities, REGISTRY, PARAMS.pos))
    listed = {entity.name for entity in REGISTRY.entities}
    assert all(it.term in listed or it.term == line[it.start : it.end].lower() for it in terms)
    between = [line[one.end : other.start] for one, other in pairwise(terms)]
    assert all(one.end < other.start for one, other in pairwise(terms))
    assert [it.follows for it in terms] == [False, *(it == " " for it in between)][: len(terms)]


@given(some_lines)
def test_every_listed_name_is_a_term(line: str) -> None:
    found = corpus({"a": [("body", [line])]})
    listed = found.entities[found.entities["actor_id"].isin(list(REGISTRY.by_id))]
    names = listed[listed["kind"] != CITED]
    terms = {(it.start, it.end): it.term for it in terms_of(found.tokens, names, REGISTRY, PARAMS.pos)}
    expected = {(it.start, it.end): REGISTRY.by_id[it.actor_id].name for it in names.itertuples()}
    assert expected.items() <= terms.items()


# ---- the stage --------------------------------------------------------------------------------------


def test_terms_are_those_of_their_passage() -> None:
    line = "Tolby led the soft trade of towns and towns of the Quay."  # twelve words
    found = run(corpus({"b": [("heading", ["Trade areas"]), ("body", [line]), ("body", [line])]}))
    assert [(it.passage, it.sent_id, it.words) for it in found.passages.itertuples()] == [
        (0, 0, 14),
        (1, 2, 12),
    ]
    by_passage = found.passage_terms.groupby("passage")["term"].agg(" ".join)
    assert by_passage.tolist() == [
        "trade area Tolby lead soft trade town town quay",
        "Tolby lead soft trade town town quay",
    ]


def test_other_zones_take_no_part() -> None:
    paragraphs = [("body", ["Tolby trade"]), ("note", ["Sarn talks of Quay"]), ("body", ["soft towns"])]
    found = run(corpus({"a": paragraphs, "b": [("note", ["Sarn talks"])]}))
    assert list(found.passages["text"]) == ["Tolby trade soft towns"]
    assert list(found.passage_terms["term"]) == ["Tolby", "trade", "soft", "town"]


some_texts = st.lists(
    st.tuples(st.sampled_from(["body", "heading", "note"]), st.lists(some_lines, min_size=1, max_size=3)),
    max_size=4,
)


@given(st.dictionaries(st.sampled_from("abcd"), some_texts, max_size=3))
@settings(max_examples=40)
def test_documents_one_by_one_give_what_all_give(texts: dict[str, list[Paragraph]]) -> None:
    whole = run(corpus(texts))
    parts = [run(corpus({doc_id: text})) for doc_id, text in sorted(texts.items())]
    for name, table in whole._asdict().items():
        expected = pd.concat([tables.make(name, []), *(getattr(it, name) for it in parts)])
        pd.testing.assert_frame_equal(table, expected.reset_index(drop=True))
