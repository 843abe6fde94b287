"""topics: a topic model over passages, the same at every run, or none at all with the reason."""

import math
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables, topics
from nlp.store.configs import read_params
from nlp.store.project import Project
from nlp.topics.passages import Passage, passages_of
from nlp.topics.vocabulary import terms_of

PARAMS = read_params(Project(Path(__file__).parents[1])).topics.model_copy(
    update={
        "n_topics": 3,
        "passage_words": 10,
        "min_passages": 4,
        "min_passage_count": 1,
        "max_passage_share": 1.0,
        "n_terms": 4,
    }
)
Words = Sequence[str]
TRADE = ["trade", "market", "tariff", "custom", "export"]
WAR = ["war", "army", "border", "troop", "weapon"]
MEMORY = ["memory", "empire", "history", "language", "church"]


def token(
    doc_id: str, number: int, start: int, word: str, pos: str, *, is_stop: bool = False
) -> tuple[object, ...]:
    """A row of table `tokens`; topics do not look at the parse."""
    return (doc_id, number, start, start + len(word), word, word, pos, is_stop, "ROOT", start)


def corpus(documents: dict[str, list[list[Words]]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables `sentences` and `tokens` of documents > paragraphs > sentences > words; all are nouns."""
    sentences, tokens = [], []
    for doc_id, paragraphs in documents.items():
        place, number = 0, 0
        for paragraph, said in enumerate(paragraphs):
            for words in said:
                text = " ".join(words) + "."
                start, end = place, place + len(text)
                for word in words:
                    tokens.append(token(doc_id, number, place, word, "NOUN"))
                    place += len(word) + 1
                tokens.append(token(doc_id, number, end - 1, ".", "PUNCT"))
                sentences.append((doc_id, number, start, end, start, end, "body", paragraph, None, text))
                place, number = end + 1, number + 1
    return tables.make("sentences", sentences), tables.make("tokens", tokens)


def three_subjects(passages: int = 12) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Passages of twelve words, each about one subject, with a word or two from the next one."""
    subjects = [TRADE, WAR, MEMORY]
    made: dict[str, list[list[Words]]] = {"a": [], "b": []}
    for number in range(passages):
        own, other = subjects[number % 3], subjects[(number + 1) % 3]
        turned = [own[(number + place) % 5] for place in range(10)]
        made["ab"[number % 2]].append([turned, other[number % 5 : number % 5 + 2]])
    return corpus(made)


def words_in(tokens: pd.DataFrame) -> pd.Series:
    return tokens[tokens["pos"] != "PUNCT"].groupby(["doc_id", "sent_id"]).size()


def run(sentences: pd.DataFrame, tokens: pd.DataFrame, **changed: object) -> topics.Result:
    result = topics.run(PARAMS.model_copy(update=changed), sentences=sentences, tokens=tokens)
    for name in ("topic_terms", "topic_weights", "topic_quality"):
        tables.check(name, getattr(result, name))
    return result


def test_sentences_of_other_zones_take_no_part() -> None:
    sentences, tokens = three_subjects()
    notes = sentences["doc_id"].eq("a") & sentences["paragraph"].isin([0, 3])
    marked = run(sentences.assign(zone=notes.map({True: "note", False: "body"})), tokens)
    without = run(sentences[~notes].reset_index(drop=True), tokens)
    pd.testing.assert_frame_equal(marked.topic_weights, without.topic_weights)
    pd.testing.assert_frame_equal(marked.topic_terms, without.topic_terms)
    assert len(marked.topic_weights) < len(run(sentences, tokens).topic_weights)


# ---- passages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lengths", "least", "joined"),
    [
        ([5, 5, 5, 5], 10, [[0, 1], [2, 3]]),
        ([12, 3, 12], 10, [[0], [1, 2]]),
        ([12, 12, 3], 10, [[0], [1, 2]]),  # a short rest joins the last passage
        ([3, 3], 10, [[0, 1]]),
        ([3], 10, [[0]]),
        ([10, 10], 10, [[0], [1]]),
        ([1, 1, 1], 1, [[0], [1], [2]]),
    ],
)
def test_paragraphs_are_joined_until_they_are_long_enough(
    lengths: list[int], least: int, joined: list[list[int]]
) -> None:
    sentences, tokens = corpus({"a": [[["word"] * length] for length in lengths]})
    found = passages_of(sentences, words_in(tokens), least)
    assert [list(passage.sent_ids) for passage in found] == joined


paragraphs = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=1, max_size=6)


@given(st.lists(paragraphs, min_size=1, max_size=3), st.integers(1, 25))
def test_passages_share_out_the_sentences(lengths: list[list[list[int]]], least: int) -> None:
    sentences, tokens = corpus(
        {
            f"d{number}": [[["w"] * length for length in paragraph] for paragraph in document]
            for number, document in enumerate(lengths)
        }
    )
    words = words_in(tokens)
    passages = list(passages_of(sentences, words, least))
    for doc_id, document in sentences.groupby("doc_id"):
        own = [passage for passage in passages if passage.doc_id == doc_id]
        assert [passage.number for passage in own] == list(range(len(own)))
        assert [number for passage in own for number in passage.sent_ids] == list(document["sent_id"])
        for passage in own:
            rows = document[document["sent_id"].isin(passage.sent_ids)]
            others = document[~document["sent_id"].isin(passage.sent_ids)]
            assert (passage.start, passage.end) == (rows["start"].min(), rows["end"].max())
            assert set(rows["paragraph"]).isdisjoint(others["paragraph"])
            length = sum(words.get((doc_id, number), 0) for number in passage.sent_ids)
            assert length >= least or len(own) == 1


# ---- vocabulary -------------------------------------------------------------------------------------


def passage(number: int) -> Passage:
    return Passage("a", number, 0, 1, (number,))


@pytest.mark.parametrize(
    ("least", "most", "terms"),
    [
        (1, 1.0, [["power", "trade"], ["power", "war"], ["power", "trade", "trade"], ["memory"]]),
        (2, 1.0, [["power", "trade"], ["power"], ["power", "trade", "trade"], []]),
        (1, 0.5, [["trade"], ["war"], ["trade", "trade"], ["memory"]]),
        (2, 0.5, [["trade"], [], ["trade", "trade"], []]),
        (3, 0.5, [[], [], [], []]),
    ],
)
def test_terms_in_too_few_or_too_many_passages_are_left_out(
    least: int, most: float, terms: list[list[str]]
) -> None:
    said = [["power", "trade"], ["power", "war"], ["power", "trade", "trade"], ["memory"]]
    _, tokens = corpus({"a": [[words] for words in said]})
    params = PARAMS.model_copy(update={"min_passage_count": least, "max_passage_share": most})
    assert terms_of([passage(number) for number in range(4)], tokens, params) == terms


@pytest.mark.parametrize(
    ("lemma", "pos", "is_stop", "kept"),
    [
        ("power", "NOUN", False, True),
        ("soft-power", "ADJ", False, True),
        ("Россия", "PROPN", False, True),
        ("co2", "NOUN", False, True),
        ("power", "NOUN", True, False),
        ("quickly", "ADV", False, False),
        ("1990", "NOUN", False, False),
        ("1990s", "NOUN", False, False),
        ("x", "NOUN", False, False),
        ("’s", "NOUN", False, False),
        ("power-", "NOUN", False, False),
        ("", "NOUN", False, False),
    ],
)
def test_terms_are_lemmas_of_content_words(lemma: str, pos: str, *, is_stop: bool, kept: bool) -> None:
    tokens = tables.make("tokens", [token("a", 0, 0, lemma, pos, is_stop=is_stop)])
    assert terms_of([passage(0)], tokens, PARAMS) == [[lemma.lower()] if kept else []]


# ---- model ------------------------------------------------------------------------------------------


def test_topics_are_the_subjects() -> None:
    found = run(*three_subjects(24)).topic_terms
    by_topic = found.groupby("topic")["term"].agg(set)
    subjects = [set(TRADE), set(WAR), set(MEMORY)]
    assert sorted(sum(terms <= subject for terms in by_topic) for subject in subjects) == [1, 1, 1]


def test_terms_are_ranked() -> None:
    for topic, terms in run(*three_subjects()).topic_terms.groupby("topic"):
        assert list(terms["rank"]) == [1, 2, 3, 4]
        assert list(terms["weight"]) == sorted(terms["weight"], reverse=True)
        assert set(terms["label"]) == {", ".join(terms["term"][:3])}, topic


def test_the_weights_of_a_passage_sum_to_one() -> None:
    sentences, tokens = three_subjects()
    found = run(sentences, tokens).topic_weights
    whole = found.groupby(["doc_id", "passage", "start", "end"])["weight"].agg(["size", "sum"])
    assert set(whole["size"]) == {3}
    np.testing.assert_allclose(whole["sum"], 1, atol=1e-12)
    passages = passages_of(sentences, words_in(tokens), PARAMS.passage_words)
    assert list(whole.index) == [(it.doc_id, it.number, it.start, it.end) for it in passages]


def test_the_same_words_get_the_same_weights_wherever_they_stand() -> None:
    found = run(*three_subjects(30)).topic_weights  # the sixteenth passage has the words of the first
    wide = found.pivot(index=["doc_id", "passage"], columns="topic", values="weight")
    assert wide.loc[("a", 0)].tolist() == wide.loc[("b", 7)].tolist()


def test_quality_tells_of_the_weights() -> None:
    result = run(*three_subjects())
    wide = result.topic_weights.pivot(index=["doc_id", "passage"], columns="topic", values="weight")
    assert list(result.topic_quality["passages"]) == [int((wide.idxmax(axis=1) == it).sum()) for it in wide]
    np.testing.assert_allclose(result.topic_quality["share"], wide.mean())
    assert result.topic_quality["share"].is_monotonic_decreasing
    assert result.metrics == {
        "estimated": True,
        "passages": 12,
        "vocabulary": 15,
        "topics": 3,
        "npmi": pytest.approx(result.topic_quality["npmi"].mean()),
    }


def test_npmi_is_that_of_terms_within_passages() -> None:
    sentences, tokens = three_subjects()
    result = run(sentences, tokens)
    passages = list(passages_of(sentences, words_in(tokens), PARAMS.passage_words))
    seen = [set(terms) for terms in terms_of(passages, tokens, PARAMS)]

    def share(*terms: str) -> float:
        return sum(set(terms) <= passage for passage in seen) / len(seen)

    def npmi(one: str, two: str) -> float:
        both = share(one, two) + 1e-12  # gensim's, so that a pair never seen has a logarithm
        return math.log(both / (share(one) * share(two))) / -math.log(both)

    for row in result.topic_quality.itertuples():
        terms = result.topic_terms.query("topic == @row.topic")["term"]
        expected = np.mean([npmi(*pair) for pair in combinations(terms, 2)])
        assert row.npmi == pytest.approx(expected, abs=1e-9)


def test_two_runs_are_identical() -> None:
    sentences, tokens = three_subjects()
    first, second = run(sentences, tokens), run(sentences, tokens)
    for name, table in first._asdict().items():
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(getattr(second, name), table, check_exact=True)
    assert first.metrics == second.metrics


def test_another_seed_is_another_model() -> None:
    sentences, tokens = three_subjects()
    weights = [run(sentences, tokens, seed=seed).topic_weights["weight"] for seed in (1, 2)]
    assert not np.array_equal(*weights)


@pytest.mark.parametrize(
    ("changed", "passages", "reason"),
    [
        ({"min_passages": 13}, 12, "12 passages, fewer than 13"),
        ({"min_passage_count": 13}, 12, "only 0 terms are left of the vocabulary"),
        ({"n_topics": 16}, 12, "only 15 terms are left of the vocabulary"),
        ({"passage_words": 10_000}, 2, "2 passages, fewer than 4"),
    ],
)
def test_too_little_to_learn_from_gives_empty_tables_and_the_reason(
    changed: dict[str, int], passages: int, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    result = run(*three_subjects(), **changed)
    assert [len(table) for table in result[:3]] == [0, 0, 0]
    assert result.metrics == {"estimated": False, "passages": passages, "reason": reason}
    assert reason in caplog.text


def test_no_sentences_give_no_topics() -> None:
    result = run(tables.make("sentences", []), tables.make("tokens", []))
    assert result.metrics == {"estimated": False, "passages": 0, "reason": "0 passages, fewer than 4"}
