"""topics: what a run takes over from the last one, whatever state that has left its tables in."""

import logging
from collections.abc import Callable

import pandas as pd
import pytest
from subjects import news, remembered, run, tops

from nlp.errors import ConfigError
from nlp.pipeline import BY_NAME

Tables = dict[str, pd.DataFrame]


def more(passages: int) -> list[tuple[str, list[str]]]:
    """A new document about the same, and about something new."""
    sea = ["ship", "harbour", "sailor", "anchor", "wave"]
    return [("c", [sea[(at + place) % 5] for place in range(10)] + ["tariff"]) for at in range(passages)]


def test_topics_keep_number_and_label_when_a_document_is_added() -> None:
    first = run(news(40), n_topics=[3])
    second = run(news(40) + more(20), last=remembered(first), n_topics=[4])
    before, after = (it.topic_quality.set_index("topic")["label"] for it in (first, second))
    assert set(before.index) < set(after.index)
    assert list(after[before.index]) == list(before)
    for number in before.index:
        assert set(tops(first)[number][:5]) == set(tops(second)[number][:5])
    changes = second.topic_changes.set_index("topic")["change"]
    assert sorted(changes[before.index]) in (
        ["moved"] * 3,
        ["moved", "moved", "same"],
        ["moved", "same", "same"],
        ["same"] * 3,
    )
    (new,) = set(after.index) - set(before.index)
    assert changes[new] == "appeared"
    assert set(tops(second)[new][:5]) == {"ship", "harbour", "sailor", "anchor", "wave"}


def test_what_is_gone_is_told_and_its_number_stays_free() -> None:
    first = run(news(40) + more(20), n_topics=[4])
    second = run(news(40), last=remembered(first), n_topics=[3])
    gone = second.topic_changes[second.topic_changes["change"] == "vanished"]
    (number,) = gone["topic"]
    assert "ship" in tops(first)[number]
    assert number not in set(second.topic_quality["topic"])


@pytest.mark.parametrize(
    "history",
    [[], [news(40)], [news(40), news(40) + more(20)], [news(40) + more(20), news(3)]],
    ids=["first run", "same texts before", "document removed", "nothing estimable before"],
)
def test_a_run_on_the_same_texts_changes_nothing(history: list[list[tuple[str, list[str]]]]) -> None:
    """Names hang on what has been before, so a second run must find itself, whatever that was."""
    last = None
    for said in history:
        last = remembered(run(said, last=last, n_topics=[3, 4]))
    first = remembered(run(news(40), last=last, n_topics=[3, 4]))
    second = remembered(run(news(40), last=first, n_topics=[3, 4]))
    for name, one in first.items():
        assert second[name].equals(one), name


def test_a_first_run_has_nothing_to_compare_with() -> None:
    assert run(news(24), n_topics=[3]).topic_changes.empty


def test_history_changes_names_alone() -> None:
    alone = run(news(40), n_topics=[3])
    after = run(news(40), last=remembered(run(news(40) + more(20), n_topics=[4])), n_topics=[3])
    lists = sorted(tops(alone).values())
    assert sorted(tops(after).values()) == lists
    pd.testing.assert_frame_equal(after.topic_choice, alone.topic_choice)


def test_labels_given_by_hand_are_kept_to_fingerprints() -> None:
    first = run(news(40), n_topics=[3])
    war = next(row for row in first.topic_quality.itertuples() if "troop" in row.fingerprint)
    labels = {war.fingerprint: "Arms and men"}
    second = run(news(40) + more(20), last=remembered(first), n_topics=[4], labels=labels)
    told = second.topic_quality.set_index("topic")["label"]
    assert told[war.topic] == "Arms and men"
    assert list(told).count("Arms and men") == 1
    assert "Arms and men" in set(second.topic_terms["label"])
    third = run(news(40) + more(20), last=remembered(second), n_topics=[4])
    assert "Arms and men" not in set(third.topic_quality["label"])


def test_labels_that_fit_no_topic_are_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    run(news(24), n_topics=[3], labels={"ship · harbour": "The sea"})
    assert "no topic has the terms of The sea" in caplog.text


def test_a_frozen_model_stays_as_it_is() -> None:
    first = remembered(run(news(40), n_topics=[3]))
    second = run(news(40) + more(20), last=first, frozen=True)
    for name, one in remembered(second).items():
        assert one.equals(first[name]), name
    assert second.topic_runs.empty
    assert second.metrics["estimated"]


def test_a_frozen_model_can_be_given_labels() -> None:
    first = run(news(40), n_topics=[3])
    labels = {first.topic_quality["fingerprint"].iloc[1]: "By hand"}
    second = run(news(40), last=remembered(first), frozen=True, labels=labels)
    assert second.topic_quality["label"].iloc[1] == "By hand"


def test_without_a_model_nothing_can_be_frozen() -> None:
    with pytest.raises(ConfigError, match="frozen") as caught:
        run(news(24), frozen=True)
    assert "run once" in caught.value.hint


def test_what_is_remembered_is_published() -> None:
    assert set(remembered(run(news(24)))) == set(BY_NAME["topics"].remembers)


# ---- what may have happened to the tables -----------------------------------------------------------


@pytest.mark.parametrize("written", range(len(BY_NAME["topics"].publishes) + 1))
def test_a_run_that_is_killed_between_two_tables_can_be_repeated(written: int) -> None:
    """One topic has vanished, one has appeared, two stay: nothing of that may be lost."""
    before = remembered(run(news(40), n_topics=[3]))
    said = [(doc_id, words) for doc_id, words in news(40) if "troop" not in words] + more(20)
    whole = remembered(run(said, last=before, n_topics=[3]))
    assert set(whole["topic_changes"]["change"]) >= {"appeared", "vanished"}
    names = BY_NAME["topics"].publishes
    left = {name: (whole if at < written else before)[name] for at, name in enumerate(names)}
    again = remembered(run(said, last=left, n_topics=[3]))
    for name, one in whole.items():
        assert again[name].equals(one), name


def without_a_topic(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["topic"] > 0]


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("topic_terms", lambda it: it.head(len(it) - 1)),
        ("topic_terms", without_a_topic),
        ("topic_quality", without_a_topic),
        ("topic_model", without_a_topic),
        ("topic_vocabulary", lambda it: it.iloc[1:]),
    ],
)
def test_tables_that_do_not_fit_together_are_no_model(
    name: str, cut: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    last = remembered(run(news(40), n_topics=[3]))
    with pytest.raises(ConfigError, match="do not fit together"):
        run(news(40), last=last | {name: cut(last[name])}, frozen=True)


def test_a_frozen_model_tells_and_draws_what_the_learned_one_did() -> None:
    first = run(news(40), n_topics=[2, 3])
    second = run(news(40), last=remembered(first), n_topics=[2, 3], frozen=True)
    assert second.figure == first.figure
    assert second.metrics == first.metrics


def test_a_short_fingerprint_does_not_shorten_others() -> None:
    first = run(news(40), n_topics=[3])
    one, other = list(first.topic_quality["fingerprint"])[:2]
    terms = other.split(" · ")
    turned = " · ".join([terms[1], terms[0], *terms[2:]])
    labels = {one.split(" · ")[0]: "One", turned: "Other"}
    told = list(run(news(40), n_topics=[3], labels=labels).topic_quality["label"])
    assert told[:2] == ["One", "Other"]


def test_the_dots_of_a_fingerprint_may_be_set_otherwise() -> None:
    first = run(news(40), n_topics=[3])
    fingerprint = first.topic_quality["fingerprint"].iloc[0].replace(" · ", "·") + " · "
    assert run(news(40), n_topics=[3], labels={fingerprint: "A"}).topic_quality["label"].iloc[0] == "A"


def test_a_label_that_is_taken_away_is_gone_from_all_tables() -> None:
    before = remembered(run(news(40), n_topics=[3]))
    labels = {before["topic_quality"]["fingerprint"].iloc[0]: "By hand"}
    said = news(40) + more(20)
    with_it = remembered(run(said, last=before, n_topics=[4], labels=labels))
    assert "By hand" in set(with_it["topic_changes"]["label"])
    without = run(said, last=with_it, n_topics=[4])
    for name in ("topic_quality", "topic_terms", "topic_changes"):
        assert "By hand" not in set(getattr(without, name)["label"]), name
