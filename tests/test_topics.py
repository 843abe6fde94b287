"""topics: a topic model over passages, the same at every run, or none at all with the reason."""

import math
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from nlp import tables, topics
from nlp.store.configs import read_params
from nlp.store.project import Project

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
