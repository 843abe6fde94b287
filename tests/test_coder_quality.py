"""coder: precision, recall and F1 of predictions are those of an independent implementation."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from coded import CODEBOOK, FRAMES, PARAMS, STANCES, N, corpus, run
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, f1_score, precision_recall_fscore_support

from nlp import tables
from nlp.coder.quality import confusion, macro_f1, measure, summarise

Said = tuple[str, str, bool, str, float]  # document, true stance or '', presence and stance said, score

stances = st.sampled_from(STANCES)
scores = st.integers(1, 19).map(lambda number: number / 20)
said = st.tuples(st.sampled_from("ab"), st.sampled_from(["", *STANCES]), st.booleans(), stances, scores)
SAMPLE = st.lists(st.tuples(said, said), min_size=1, max_size=15)  # of every unit, frame by frame
AUTHOR = pd.Series({"a": "A", "b": "B"})


def validation(units: Sequence[tuple[Said, Said]]) -> pd.DataFrame:
    """A unit is in the document of its first frame; every other one is in another block."""
    rows = [
        (
            *("author", "machine", unit[0][0], number, frame, score, yes, stance, 0.5),
            *(f"b{number % 2}", None, truth != "", truth),
        )
        for number, unit in enumerate(units)
        for frame, (_, truth, yes, stance, score) in zip(FRAMES, unit, strict=True)
    ]
    beside = ("author", "machine", "a", 99, FRAMES[0], 0.5, True, STANCES[0], 0.5, "", None, False, "")
    return tables.check("validation", tables.make("validation", [*rows, beside]))


def quality(units: Sequence[tuple[Said, Said]]) -> Any:
    found = measure(validation(units), AUTHOR, CODEBOOK, PARAMS)
    return tables.check("coder_quality", found).set_index(["task", "author", "frame", "stance", "measure"])


def scikit(truth: np.ndarray, found: np.ndarray) -> list[float]:
    """Precision, recall and F1; NaN where they have no denominator."""
    scored = precision_recall_fscore_support(
        truth, found, average="binary", pos_label=True, labels=[False, True], zero_division=np.nan
    )
    return [float(value) for value in scored[:3]]


def of_all(table: Any, *key: str) -> list[float]:
    return [float(table.loc[(*key, it), "estimate"]) for it in ("precision", "recall", "f1")]


@settings(max_examples=15)
@given(SAMPLE)
def test_quality_is_that_of_scikit_learn(units: list[tuple[Said, Said]]) -> None:
    found = quality(units)
    known = validation(units).query("block != ''")
    for author in ["all", *sorted(set(known["doc_id"].map(AUTHOR)))]:
        own = known if author == "all" else known[known["doc_id"].map(AUTHOR) == author]
        by_frame = {it: own[own["frame"] == it] for it in FRAMES}
        expected = [
            scikit(it["true_present"].to_numpy(), it["present"].to_numpy()) for it in by_frame.values()
        ]
        for frame, figures in zip(FRAMES, expected, strict=True):
            np.testing.assert_allclose(of_all(found, "presence", author, frame, "any"), figures)
        macro = of_all(found, "presence", author, "macro", "any")
        np.testing.assert_allclose(macro, mean_of_known(np.array(expected)))
        for frame, part in {"all": own, **by_frame}.items():
            there = part[part["true_present"]]
            pairs = [
                [(there[it] == name).to_numpy() for it in ("true_stance", "stance")] for name in STANCES
            ]
            expected = [scikit(*it) if len(there) else [np.nan] * 3 for it in pairs]
            for stance, figures in zip(STANCES, expected, strict=True):
                np.testing.assert_allclose(of_all(found, "stance", author, frame, stance), figures)
            macro = of_all(found, "stance", author, frame, "macro")
            np.testing.assert_allclose(macro, mean_of_known(np.array(expected)))


def mean_of_known(values: np.ndarray) -> list[float]:
    return [float(np.mean(it[~np.isnan(it)])) if (~np.isnan(it)).any() else np.nan for it in values.T]


@settings(max_examples=15)
@given(SAMPLE)
def test_counts_are_codes_and_totals_are_units(units: list[tuple[Said, Said]]) -> None:
    found = quality(units)
    known = validation(units).query("block != ''")
    codes = known[known["true_present"]]
    for frame in FRAMES:
        row = found.loc[("presence", "all", frame, "any", "f1")]
        assert (row["count"], row["total"]) == ((codes["frame"] == frame).sum(), len(units))
    for stance in STANCES:
        row = found.loc[("stance", "all", "all", stance, "f1")]
        assert (row["count"], row["total"]) == ((codes["true_stance"] == stance).sum(), len(units))
    assert found.loc[("stance", "all", "all", "macro", "f1")]["count"] == len(codes)


@settings(max_examples=10)
@given(SAMPLE)
def test_intervals_are_ordered_and_of_all_authors_only(units: list[tuple[Said, Said]]) -> None:
    found = quality(units).reset_index()
    known = found[found["low"].notna()]
    assert set(known["author"]) <= {"all"}
    assert (known["low"] <= known["high"]).all()


def test_rankings_are_judged_by_average_precision() -> None:
    units = [(("a", "affirmed" * yes, yes, "affirmed", score), ("a", "", False, "affirmed", 0.1))
             for yes, score in [(True, 0.9), (False, 0.8), (True, 0.4), (False, 0.3)]]  # fmt: skip
    found = quality(units)
    expected = average_precision_score([1, 0, 1, 0], [0.9, 0.8, 0.4, 0.3])
    key = ("presence", "all", FRAMES[0], "any")
    assert found.loc[(*key, "average_precision"), "estimate"] == pytest.approx(expected)
    by_hand = (0.1 + 0.8 + 0.6 + 0.3) / 4
    assert found.loc[(*key, "calibration_error"), "estimate"] == pytest.approx(by_hand)


@given(
    st.lists(
        st.tuples(st.tuples(st.booleans(), st.booleans()), st.tuples(st.booleans(), st.booleans())),
        min_size=1,
        max_size=20,
    )
)
def test_macro_f1_is_that_of_scikit_learn(units: list[Any]) -> None:
    truth, found = (np.array(it) for it in zip(*units, strict=True))
    (f1,) = macro_f1(truth & found, found, truth, np.ones((1, len(units))))
    each = [f1_score(truth[:, it], found[:, it], zero_division=np.nan) for it in range(2)]
    np.testing.assert_allclose(f1, mean_of_known(np.array(each)[:, None])[0])


@settings(max_examples=15)
@given(SAMPLE)
def test_a_confusion_adds_up_to_the_codes(units: list[tuple[Said, Said]]) -> None:
    table = validation(units)
    found = tables.check("confusion", confusion(table, AUTHOR, CODEBOOK))
    codes = table[(table["block"] != "") & table["true_present"]]
    by_frame = found.groupby("frame")["count"].sum()
    assert by_frame["all"] == len(codes)
    for frame in FRAMES:
        assert by_frame[frame] == (codes["frame"] == frame).sum()
    cells = found[found["frame"] == "all"].set_index(["true_stance", "stance"])["count"]
    counted = codes.groupby(["true_stance", "stance"]).size()
    assert cells[cells > 0].sort_index().to_dict() == counted.to_dict()


def test_metrics_repeat_the_table() -> None:
    result = run(corpus("a", "b"))
    metrics: Any = result.metrics
    assert (metrics["coded units"], metrics["coded sentences"]) == (2 * N, 2 * N)
    figures = summarise(result.coder_quality)
    assert {name: metrics[name] for name in figures} == figures
    row = result.coder_quality.query(
        "scheme == 'author' and model == 'machine' and task == 'presence' and frame == 'coercion'"
        " and author == 'all' and measure == 'f1'"
    ).iloc[0]
    told = metrics["author left out"]["machine"]["presence"]["coercion"]["any"]
    assert told["f1"] == {name: row[name] for name in ("estimate", "low", "high")}
    assert told["count"] == row["count"] == N
