"""topics: a model that is chosen by a rule, the same at every run, or none at all with the reason."""

import math
import subprocess
import sys
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, cast, get_args

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from subjects import MEMORY, SUBJECTS, TRADE, WAR, news, newspaper, passages_of, remembered, run, tops

from nlp import topic_models, topics
from nlp.params.topics import TopicModelName
from nlp.topics.rankings import exclusivity

FITTED = ("topic_vocabulary", "topic_model", "topic_runs")


# ---- the model --------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["nmf", "lda"])
def test_topics_are_the_subjects(model: str) -> None:
    found = run(news(30), models=[model], n_topics=[3])
    assert sorted(map(sorted, (terms[:5] for terms in tops(found, "probability").values()))) == sorted(
        map(sorted, SUBJECTS)
    )


def test_the_rule_finds_the_number_of_subjects() -> None:
    result = run(news(40), models=["nmf"], n_topics=[2, 3, 4, 5])
    assert result.metrics["topics"] == 3
    assert result.topic_quality["stable"].all()


@pytest.mark.slow
def test_the_chosen_model_is_no_worse_than_a_single_lda() -> None:
    """On real news: coherence and stability beside those of LDA's most probable terms."""
    said: dict[str, Any] = {"min_passage_count": 3, "max_passage_share": 0.5, "n_terms": 10, "runs": 3}
    table = run(newspaper(), models=["nmf", "lda"], n_topics=[6, 12], **said).topic_choice
    (chosen,) = table[table["chosen"]].itertuples()
    alone = run(newspaper(), models=["lda"], n_topics=[chosen.n_topics], relevance=1.0, **said).topic_choice
    assert chosen.npmi > alone["npmi"][0]
    assert chosen.stability > alone["stability"][0]


def test_a_given_number_of_topics_is_kept_to() -> None:
    assert run(news(30), n_topics=[4]).metrics["topics"] == 4


def test_seed_words_guide_the_first_topics() -> None:
    seeds = {"Arms": ["troop", "weap*"], "Past": ["empire"]}
    result = run(news(30), models=["seeded"], n_topics=[3], seed_words=seeds)
    labels = result.topic_quality.set_index("topic")["label"]
    assert [labels[0], labels[1]] == ["Arms", "Past"]
    assert set(tops(result)[0][:5]) == set(WAR)
    assert set(tops(result)[1][:5]) == set(MEMORY)
    assert set(tops(result)[2][:5]) == set(TRADE)


def test_seed_words_that_are_no_terms_are_told(caplog: pytest.LogCaptureFixture) -> None:
    run(news(30), models=["seeded"], n_topics=[3], seed_words={"Arms": ["troop", "tank"]})
    assert "Arms: no such term: tank" in caplog.text


def test_every_kind_of_model_can_be_set() -> None:
    assert set(get_args(TopicModelName)) == set(topic_models.MODELS)


def test_a_new_kind_of_model_takes_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cast(dict[str, object], topic_models.MODELS), "other", topic_models.MODELS["nmf"])
    one, other = (run(news(24), models=[it], n_topics=[3]) for it in ("nmf", "other"))
    assert set(other.topic_model["model"]) == {"other"}
    assert tops(other) == tops(one)
    assert "other" in other.figure


@pytest.mark.parametrize("model", ["nmf", "lda", "seeded"])
def test_a_second_run_is_the_same(model: str) -> None:
    seeds = {"Arms": ["troop"]} if model == "seeded" else {}
    first, second = (run(news(24), models=[model], n_topics=[2, 3], seed_words=seeds) for _ in range(2))
    for name, one in first._asdict().items():
        other = getattr(second, name)
        assert one.equals(other) if isinstance(one, pd.DataFrame) else one == other, name


def test_the_order_of_hashes_changes_nothing(tmp_path: Path) -> None:
    """Three processes, three seeds of Python's hashes, one result for all kinds of models."""
    code = "import subjects; print(subjects.digest())"
    paths = f"{ROOT}:{ROOT / 'tests'}"
    environment = {"PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "HOME": str(tmp_path)}
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env=environment | {"PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("0", "1", "12345")
    ]
    told = [it.communicate()[0] for it in runs]
    assert len(set(told)) == 1
    assert len(told[0]) > 60


def test_another_seed_is_another_run() -> None:
    one, other = (run(news(24), seed=seed, n_topics=[3]).topic_choice for seed in (1, 2))
    assert not one["held_out"].equals(other["held_out"])


# ---- what is told of it -----------------------------------------------------------------------------


def test_terms_are_told_in_three_rankings() -> None:
    result = run(news(24), n_topics=[3], n_terms=7)
    for (_, ranking), rows in result.topic_terms.groupby(["topic", "ranking"]):
        assert list(rows["rank"]) == list(range(1, 8)), ranking
        assert list(rows["score"]) == sorted(rows["score"], reverse=True)
    assert set(result.topic_terms["ranking"]) == {"probability", "relevance", "frex"}


def test_relevance_lies_between_probability_and_lift() -> None:
    by_probability = run(news(24), n_topics=[3], relevance=1.0)
    assert tops(by_probability, "relevance") == tops(by_probability, "probability")


def test_npmi_is_that_of_terms_within_passages() -> None:
    result = run(news(24), n_topics=[3])
    seen = [set(words) for _, words in news(24)]

    def share(*terms: str) -> float:
        return sum(set(terms) <= passage for passage in seen) / len(seen)

    def npmi(one: str, two: str) -> float:
        both = share(one, two)
        return math.log(both / (share(one) * share(two))) / -math.log(both) if both else -1.0

    for row in result.topic_quality.itertuples():
        expected = np.mean([npmi(*pair) for pair in combinations(tops(result)[row.topic], 2)])
        assert row.npmi == pytest.approx(expected, abs=1e-9)


def gensims_c_v(result: topics.Result, texts: list[list[str]]) -> list[float]:
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    model = CoherenceModel(
        topics=list(tops(result).values()), texts=texts, dictionary=Dictionary(texts), coherence="c_v"
    )
    return list(model.get_coherence_per_topic())


def test_c_v_is_gensims() -> None:
    result = run(news(24), n_topics=[3])
    expected = gensims_c_v(result, [words for _, words in news(24)])
    np.testing.assert_allclose(result.topic_quality["c_v"], expected, atol=1e-9)


def test_c_v_looks_at_windows_of_the_text_in_long_passages() -> None:
    """Of 150 words, one subject after the other."""
    words = [word for own in SUBJECTS for word in own * 10]
    texts = [[*words[at:], *words[:at]] for at in range(0, 150, 11)]
    result = run([("ab"[at % 2], text) for at, text in enumerate(texts)], n_topics=[2])
    np.testing.assert_allclose(result.topic_quality["c_v"], gensims_c_v(result, texts), atol=1e-9)


def test_what_is_measured_lies_where_it_must() -> None:
    table = run(news(24), n_topics=[2, 3]).topic_choice
    for name in ("c_v", "exclusivity", "diversity", "stability"):
        assert table[name].between(0, 1).all(), name
    assert table["npmi"].between(-1, 1).all()
    assert (table["held_out"] < 0).all()
    assert (table["runs"] == 4).all()


def test_exclusive_terms_are_one_topics_own() -> None:
    found = exclusivity(np.array([[0.5, 0.5, 0.0], [0.0, 0.5, 0.5]]))
    np.testing.assert_allclose(found, [[1, 0.5, 0], [0, 0.5, 1]])


def test_the_vocabulary_tells_how_often_terms_are_found() -> None:
    words = {row.term: row for row in run(news(24)).topic_vocabulary.itertuples()}
    seen = [list(it) for _, it in news(24)]
    for term, row in words.items():
        assert row.count == sum(it.count(term) for it in seen)
        assert row.passages == sum(term in it for it in seen)
        assert row.idf == pytest.approx(math.log(25 / (1 + row.passages)) + 1, abs=1e-4)


def test_phrases_are_terms_with_their_parts() -> None:
    said = [(doc, [*words, "rule", "of"]) for doc, words in news(24)]
    tables_in = passages_of(said)
    follows = tables_in[1]["term"].eq("of")
    joined = (tables_in[0], tables_in[1].assign(follows=follows))
    found = run(joined, n_topics=[3], max_passage_share=1.0).topic_vocabulary.set_index("term")
    assert tuple(found.loc["rule of", ["first", "second"]]) == ("rule", "of")
    assert "rule" not in found.index


def test_phrases_that_are_too_common_stay_words() -> None:
    said = [(doc, [*words, "rule", "of"]) for doc, words in news(24)] + [("z", ["rule", "x", "of"])] * 30
    tables_in = passages_of(said)
    follows = tables_in[1]["term"].eq("of")
    joined = (tables_in[0], tables_in[1].assign(follows=follows))
    found = run(joined, n_topics=[3], max_passage_share=0.4).topic_vocabulary
    assert not set(found["term"]) & {"rule of"}


def test_runs_speak_of_every_document_and_topic() -> None:
    result = run(news(24), n_topics=[2, 3, 4])
    rows = result.topic_runs
    topics_shown, documents = len(result.topic_quality), 2
    assert len(rows) == 3 * 4 * topics_shown * documents
    same = rows[rows["n_topics"] == topics_shown]
    np.testing.assert_allclose(same.groupby(["run", "doc_id"])["weight"].sum(), 1)
    fewer = rows[rows["n_topics"] < topics_shown]
    assert (fewer.groupby(["n_topics", "run"])["similarity"].min() == 0).all()


def test_a_topic_is_as_stable_as_it_is_found_again() -> None:
    clear = run(news(40), n_topics=[3]).topic_quality["stability"].mean()
    noise = run(noisy(40), n_topics=[3]).topic_quality
    assert clear > 0.8
    assert noise["stability"].mean() < 0.5
    assert not noise.loc[noise["stability"] < 0.5, "stable"].any()


def noisy(passages: int) -> list[tuple[str, list[str]]]:
    """Words without any order."""
    draw = np.random.default_rng(5)
    words = [f"w{number}" for number in range(60)]
    return [("ab"[at % 2], list(draw.choice(words, 12))) for at in range(passages)]


def test_more_topics_than_there_are_leave_none_out() -> None:
    same = [("ab"[at % 2], [*TRADE, *WAR]) for at in range(30)]
    result = run(same, n_topics=[3])
    assert set(result.topic_model["topic"]) == set(result.topic_quality["topic"]) == {0, 1, 2}


# ---- too little to learn from -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"min_passages": 25}, "24 passages are fewer than topics.min_passages (25)"),
        ({"min_passage_count": 25}, "0 terms are left of the vocabulary, fewer than topics.n_terms (5)"),
        ({"n_terms": 50}, "15 terms are left of the vocabulary, fewer than topics.n_terms (50)"),
        ({"passages_per_topic": 9, "n_topics": [3]}, "24 passages are fewer than 9 for each topic"),
    ],
)
def test_too_little_to_learn_from_is_told(
    changed: Mapping[str, Any], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    result = run(news(24), **changed)
    assert not result.metrics["estimated"]
    assert str(result.metrics["reason"]).startswith(reason)
    assert result.topic_choice["note"].str.startswith(reason).all()
    assert not result.topic_choice["chosen"].any()
    assert all(getattr(result, name).empty for name in (*FITTED, "topic_terms", "topic_quality"))
    assert reason in caplog.text
    assert "<svg" in result.figure


def test_only_numbers_with_too_few_passages_are_left_out() -> None:
    table = run(news(24), models=["nmf"], n_topics=[3, 9], passages_per_topic=4).topic_choice
    why = "24 passages are fewer than 4 for each topic (topics.passages_per_topic)"
    assert list(table["note"]) == ["", why]
    assert list(table["chosen"]) == [True, False]


@pytest.mark.parametrize(
    ("changed", "passages"),
    [({"left_out": 0.5}, 12), ({"max_passages": 11}, 11)],
)
def test_a_run_must_see_as_many_passages_as_there_are_topics(
    changed: Mapping[str, Any], passages: int
) -> None:
    given = {"models": ["nmf", "lda"], "passages_per_topic": 1, **changed}
    assert run(news(24), n_topics=[passages], **given).metrics["estimated"]
    reason = f"{passages} passages that a run sees, or 15 terms, are fewer than topics (topics.n_topics)"
    assert run(news(24), n_topics=[passages + 1], **given).metrics["reason"] == reason


def test_seed_words_without_any_term_are_refused() -> None:
    result = run(news(24), models=["seeded"], n_topics=[3], seed_words={"Sea": ["ship"]})
    assert result.metrics["reason"] == "no seed word of Sea is a term (topics.seed_words)"


def test_seed_words_hinder_no_other_kind_of_model() -> None:
    result = run(news(24), models=["seeded", "nmf"], n_topics=[3], seed_words={"Sea": ["ship"]})
    assert result.metrics["model"] == "nmf"
    table = result.topic_choice.set_index("model")
    assert table["note"].to_dict() == {
        "nmf": "",
        "seeded": "no seed word of Sea is a term (topics.seed_words)",
    }


def test_passages_without_known_terms_are_not_counted() -> None:
    result = run([*news(24), ("c", ["ship"])], n_topics=[3], min_passages=25, min_passage_count=2)
    assert result.metrics["reason"] == "24 passages with terms are fewer than topics.min_passages (25)"


def test_no_passages_give_no_topics() -> None:
    result = run([])
    assert result.metrics["estimated"] is False
    assert result.metrics["passages"] == 0


# ---- laws -------------------------------------------------------------------------------------------


def test_the_model_that_is_published_is_the_one_that_is_told() -> None:
    """Weights have four decimals, so that the published table is the model itself."""
    model = run(news(24), n_topics=[3]).topic_model
    assert (model["weight"] == model["weight"].round(4)).all()
    assert (model.groupby("topic")["weight"].max() == 1).all()
    assert (model["weight"] > 0).all()


def test_the_figure_has_a_panel_for_each_measure() -> None:
    figure = run(news(24), models=["nmf", "lda"], n_topics=[2, 3]).figure
    for title in ("Coherence (c_v)", "Stability", "Exclusivity", "Held-out log probability", "nmf", "lda"):
        assert title in figure
    assert "<dc:date>" not in figure


def test_names_of_documents_change_nothing() -> None:
    renamed = [({"a": "x", "b": "y"}[doc_id], words) for doc_id, words in news(24)]
    one, other = run(news(24), n_topics=[3]), run(renamed, n_topics=[3])
    assert remembered(one)["topic_model"].equals(remembered(other)["topic_model"])
