"""compare: counts, corrected shares and their differences that can be checked by hand."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from worlds import Inputs, any_world, assert_same, only, run, world

from nlp import compare, tables


def test_sentences_of_other_zones_are_not_counted() -> None:
    found = run(world(b1="note"))
    assert found.authors["sentences"].tolist() == [8, 3]
    assert found.authors["words"].tolist() == [6, 0]
    assert found.authors["mentions"].tolist() == [1, 0]


# ---- authors ----------------------------------------------------------------------------------------


def test_authors_are_counted() -> None:
    columns = ["author", "documents", "paragraphs", "sentences", "words", "mentions", "coded"]
    found = run(world()).authors[columns]
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("Ada", 2, 4, 8, 6, 1, 4),
        ("Bo", 1, 2, 4, 4, 2, 0),
    ]


# ---- prevalence -------------------------------------------------------------------------------------


def share(prevalence: pd.DataFrame, author: str, method: str, *, stance: str = "any") -> Any:
    key = (author, "coercion", stance, method)
    return prevalence.set_index(["author", "frame", "stance", "method"]).loc[key]


@pytest.mark.parametrize(
    ("method", "stance", "estimate"),
    [
        ("coded", "any", 2 / 4),
        ("coded", "affirmed", 2 / 4),
        ("coded", "denied", 0),
        # Held out, the machine was right on all coded sentences and found five in eight.
        ("corrected", "any", 5 / 8),
        ("corrected", "affirmed", 5 / 8),
        ("corrected", "denied", 0),
        # Trained on Ada too, it finds six.
        ("machine", "any", 6 / 8),
        ("machine", "denied", 0),
    ],
)
def test_shares_of_a_coded_author(method: str, stance: str, estimate: float) -> None:
    found = share(run(world()).prevalence, "Ada", method, stance=stance)
    assert found.estimate == pytest.approx(estimate)
    assert found.low - 1e-12 <= found.estimate <= found.high + 1e-12
    assert (found.n_sentences, found.n_coded, found.n_blocks, found.estimable) == (8, 4, 2, True)


def test_an_author_without_codes_has_the_machines_share_only() -> None:
    prevalence = run(world()).prevalence
    for method in ("corrected", "coded"):
        found = share(prevalence, "Bo", method)
        assert found[["estimate", "low", "high"]].isna().all()
        assert (found.n_sentences, found.n_coded, found.n_blocks, found.estimable) == (4, 0, 0, False)
        assert found.more_coded == 4  # all of them
    found = share(prevalence, "Bo", "machine")
    expected = stats.binomtest(1, 4).proportion_ci(0.95, method="wilson")
    assert (found.estimate, found.estimable) == (1 / 4, True)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize(("least", "estimable"), [(4, True), (5, False)])
def test_a_share_from_too_few_codes_is_marked(least: int, *, estimable: bool) -> None:
    prevalence = run(world(), min_coded=least).prevalence
    assert [share(prevalence, "Ada", it).estimable for it in ("corrected", "coded")] == [estimable] * 2
    assert share(prevalence, "Ada", "machine").estimable


def test_a_share_from_too_few_independent_sentences_is_marked() -> None:
    found = {it: share(run(world(), min_effective=it).prevalence, "Ada", "coded") for it in (0, 9)}
    assert found[0].estimable
    assert not found[9].estimable


@pytest.mark.parametrize(("margin", "more"), [(0.01, 4), (0.4, None)])
def test_more_coded_sentences_are_asked_for(margin: float, more: int | None) -> None:
    prevalence = run(world(), margin=margin).prevalence
    found = share(prevalence, "Ada", "coded").more_coded
    assert (None if pd.isna(found) else found) == more
    assert prevalence.loc[prevalence["method"] == "machine", "more_coded"].isna().all()


def test_useless_predictions_correct_nothing() -> None:
    inputs = world()
    inputs["validation"] = inputs["validation"].assign(present=True, stance="affirmed")
    prevalence = run(inputs).prevalence
    columns = ["estimate", "low", "high", "n_coded"]
    pd.testing.assert_series_equal(
        share(prevalence, "Ada", "corrected")[columns],
        share(prevalence, "Ada", "coded")[columns],
        check_names=False,
    )


def test_every_author_frame_and_stance_has_its_three_shares() -> None:
    prevalence = run(world()).prevalence
    assert len(prevalence) == 2 * 2 * 3 * 3
    assert set(prevalence["stance"]) == {"affirmed", "denied", "any"}


def test_codes_outside_the_analysed_sentences_do_not_count() -> None:
    inputs = world()
    codes = inputs["frame_codes"]
    inputs["frame_codes"] = codes[(codes["doc_id"] != "a1") | (codes["sent_id"] != 5)]
    found = share(run(inputs).prevalence, "Ada", "coded")
    assert (found.estimate, found.n_sentences, found.n_coded) == (pytest.approx(2 / 3), 7, 3)


def test_a_single_authors_codes_are_used_though_nobody_else_could_train_a_machine() -> None:
    inputs = only(world(), "Ada")
    validation = inputs["validation"]
    inputs["validation"] = validation[validation["model"] == "cues"].reset_index(drop=True)
    assert share(run(inputs).prevalence, "Ada", "coded").estimate == 2 / 4


# ---- differences between authors ----------------------------------------------------------------------


def test_a_difference_needs_both_shares() -> None:
    result = run(world())  # nothing of Bo is coded
    assert len(result.frame_differences) == 2 * 3
    assert not result.frame_differences["estimable"].any()
    assert result.frame_differences[["difference", "low", "high", "p", "q"]].isna().all(axis=None)


def test_every_pair_is_compared_once_in_every_frame_and_stance() -> None:
    result = compared(1)[1]
    made = result.frame_differences[["author", "other"]].drop_duplicates()
    pairs = [("A", "B"), ("A", "C"), ("A", "rest"), ("B", "C"), ("B", "rest"), ("C", "rest")]
    assert [tuple(row) for row in made.itertuples(index=False)] == pairs
    assert len(result.frame_differences) == 6 * 2 * 3
    of_c = (result.frame_differences[["author", "other"]] == "C").any(axis=1)  # nothing of C is coded
    assert not result.frame_differences.loc[of_c, "estimable"].any()


@pytest.mark.parametrize("seed", range(4))
def test_differences_lie_in_their_intervals_and_agree_with_the_shares(seed: int) -> None:
    result = compared(seed)[1]
    corrected = result.prevalence.query("method == 'corrected'").set_index(["author", "frame", "stance"])
    told = result.frame_differences.query("estimable")
    assert len(told)
    for row in told.itertuples():
        its = (
            {"A": "B", "B": "A"}[row.author] if row.other == "rest" else row.other
        )  # nothing of C is coded
        one, other = (corrected.loc[name, row.frame, row.stance] for name in (row.author, its))
        assert row.difference == pytest.approx(one.estimate - other.estimate)
        assert row.low <= row.difference <= row.high
        assert (row.p < 0.05) == (row.low > 0 or row.high < 0)
        assert row.p <= row.q
    np.testing.assert_allclose(told["q"], stats.false_discovery_control(told["p"], method="by"))


# ---- small and empty corpora ------------------------------------------------------------------------


def test_a_single_author_has_nobody_to_be_compared_with() -> None:
    result = run(only(world(), "Ada"))
    for table in (result.frame_differences, result.topic_differences, result.contrasts, result.variants):
        assert table.empty
    assert list(result.authors["author"]) == ["Ada"]
    assert share(result.prevalence, "Ada", "corrected").estimable


@pytest.mark.parametrize(
    ("missing", "emptied"),
    [
        (["entities"], ["actors", "actor_groups", "comentions", "frame_actors"]),
        (["frame_codes", "validation"], ["frame_actors", "frame_course"]),
        (["topic_quality", "topic_runs", "topic_weights"], ["topic_shares", "topic_passages"]),
    ],
)
def test_what_is_not_there_is_not_compared(missing: list[str], emptied: list[str]) -> None:
    result = run(world() | {name: tables.make(name, []) for name in missing})._asdict()
    assert all(result[name].empty for name in emptied)
    assert len(result["authors"]) == 2


def test_without_a_sample_no_share_is_corrected() -> None:
    result = run(world() | {"validation": tables.make("validation", [])})
    shares = result.prevalence.set_index("method")["estimable"]
    assert not shares[["corrected", "coded"]].any()
    assert shares["machine"].all()
    assert not result.frame_differences["estimable"].any()


# ---- laws -------------------------------------------------------------------------------------------


@cache
def compared(seed: int) -> tuple[Inputs, compare.Result]:
    inputs = any_world(seed)
    return inputs, run(inputs)


seeds = pytest.mark.parametrize("seed", range(4))


@seeds
def test_stances_add_up_to_their_frame(seed: int) -> None:
    prevalence = compared(seed)[1].prevalence
    wide = prevalence.pivot(index=["method", "author", "frame"], columns="stance", values="estimate")
    np.testing.assert_allclose((wide["affirmed"] + wide["denied"]).clip(upper=1), wide["any"])
    known = prevalence.dropna(subset="estimate")
    assert (known["low"] <= known["estimate"] + 1e-12).all()
    assert (known["estimate"] <= known["high"] + 1e-12).all()


@seeds
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    inputs, result = compared(seed)
    turned = {name: table.sample(frac=1, random_state=seed) for name, table in inputs.items()}
    assert_same(run(turned), result, check_exact=False, rtol=1e-12)


def test_inputs_are_left_as_they_are() -> None:
    inputs, untouched = world(), world()
    run(inputs)
    for name, table in inputs.items():
        pd.testing.assert_frame_equal(table, untouched[name])
