"""coder: who agrees with whom, frame by frame, and which codes are of other definitions."""

import math
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import GOLDEN, small_codebook
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.agreement import agreement, coincidences
from nlp.codebook import Codebook
from nlp.coder.reliability import measure
from nlp.codes import Currency, currency
from nlp.store.configs import read_params
from nlp.store.project import Project

PARAMS = read_params(Project(GOLDEN)).coder

CODEBOOK = small_codebook(
    {"threat": ["threat"], "chance": ["chance"]}, {"affirmed": [], "denied": ["not"], "attributed": ["say"]}
)
# Codes of two frames: stances, '-' for absent; one word for each sentence, of two to a block.
Codes = dict[str, str]
SHORT = {"a": "affirmed", "d": "denied", "t": "attributed", "-": ""}


def coded(said: Codes, codebook: str = "") -> pd.DataFrame:
    """Table `coded_sentences`: `{"anna": "a- dd .."}`; '..' for a sentence that she did not code."""
    rows = [
        ("doc", number, coder, frame, f"b{number // 2}", mark != "-", SHORT[mark], codebook, "", None)
        for coder, words in said.items()
        for number, word in enumerate(words.split())
        for frame, mark in zip(CODEBOOK.frame_names, word, strict=True)
        if mark != "."
    ]
    return tables.check("coded_sentences", tables.make("coded_sentences", rows))


def predicted(words: str, model: str = "machine") -> pd.DataFrame:
    """Table `validation`; the stance of an absent frame is predicted, too."""
    rows = [
        ("author", model, "doc", number, frame, 0.5, mark != "-", *(said, 0.5, "b", None, False, ""))
        for number, word in enumerate(words.split())
        for frame, mark in zip(CODEBOOK.frame_names, word, strict=True)
        if (said := SHORT[mark] or "affirmed")
    ]
    return tables.make("validation", rows)


NOTHING = tables.make("validation", [])


def reliability(
    said: Codes, validation: pd.DataFrame = NOTHING, codebook: Codebook = CODEBOOK, **changed: Any
) -> pd.DataFrame:
    found = measure(coded(said), validation, codebook, PARAMS.model_copy(update=changed))
    return tables.check("reliability", found)


def figures(table: pd.DataFrame, task: str, coder: str, other: str, frame: str) -> Any:
    key = {"task": task, "coder": coder, "other": other, "frame": frame}
    (row,) = table[(table[list(key)] == list(key.values())).all(axis=1)].itertuples()
    return row


def test_presence_is_compared_in_all_sentences_that_both_coded() -> None:
    found = reliability({"anna": "a- d- -- -a aa", "ben": "aa -- -- -d .."})
    row = figures(found, "presence", "anna", "ben", "threat")
    codes = np.array([[1, 1], [1, 0], [0, 0], [0, 0]])
    (alpha,) = agreement(coincidences(codes, categories=2), np.ones((1, 4))).alpha
    assert (row.alpha, row.agreement, row.units) == (pytest.approx(alpha), 0.75, 4)


def test_stance_is_compared_where_both_saw_the_frame() -> None:
    found = reliability({"anna": "a- d- a- -a aa", "ben": "aa d- -- -d t."})
    row = figures(found, "stance", "anna", "ben", "threat")
    codes = np.array([[0, 0], [1, 1], [0, 2]])
    (alpha,) = agreement(coincidences(codes, categories=3), np.ones((1, 3))).alpha
    assert (row.alpha, row.agreement, row.units) == (pytest.approx(alpha), pytest.approx(2 / 3), 3)


def test_the_mean_is_of_the_frames_of_which_something_is_known() -> None:
    found = reliability({"anna": "a- d- -- --", "ben": "a- -- -- --"})
    macro = figures(found, "presence", "anna", "ben", "macro")
    assert math.isnan(figures(found, "presence", "anna", "ben", "chance").alpha)
    assert macro.alpha == figures(found, "presence", "anna", "ben", "threat").alpha
    assert (macro.agreement, macro.units) == (pytest.approx((0.75 + 1) / 2), 8)


def test_everybody_is_compared_with_everybody_and_with_each_model() -> None:
    words = "a- dd -- -a"
    validation = pd.concat([predicted(words), predicted(words, "cues")])
    found = reliability({"anna": words, "ben": words, "final": words}, validation)
    pairs = set(found[["coder", "other"]].itertuples(index=False, name=None))
    people = {("anna", "ben"), ("anna", "final"), ("ben", "final"), ("all", "all")}
    assert pairs == people | set(product(["anna", "ben", "final"], ["machine", "cues"]))
    assert set(found["alpha"].round(9)) == {1.0}


def test_a_prediction_of_absence_has_no_stance() -> None:
    found = reliability({"anna": "a- d- a- -a"}, predicted("a- -- d- -a"))
    row = figures(found, "stance", "anna", "machine", "threat")
    assert (row.agreement, row.units) == (0.5, 2)


def test_sentences_that_nobody_coded_are_left_out() -> None:
    found = reliability({"anna": "a- d- .. .."}, predicted("a- d- -- -a"))
    assert figures(found, "presence", "anna", "machine", "threat").units == 2


@pytest.mark.parametrize(
    ("adjudicators", "agreement"),
    [pytest.param([], 10 / 12, id="none"), pytest.param(["cy"], 0.75, id="one who knew both")],
)
def test_adjudicators_do_not_count_among_all(adjudicators: list[str], agreement: float) -> None:
    said = {"anna": "a- d- -- -a", "ben": "a- -- -- -a", "cy": "a- d- -- -a"}
    found = reliability(said, adjudicators=adjudicators)
    assert figures(found, "presence", "all", "all", "threat").agreement == pytest.approx(agreement)


def test_one_coder_agrees_with_nobody() -> None:
    assert reliability({"anna": "a- dd"}).empty
    assert reliability({}).empty


def test_coders_who_share_no_sentence_have_no_alpha() -> None:
    found = reliability({"anna": "a- d- .. ..", "ben": ".. .. a- d-"})
    assert found[["alpha", "low", "high", "agreement"]].isna().all(axis=None)
    assert set(found["units"]) == {0}


def test_without_several_stances_presence_alone_is_compared() -> None:
    single = small_codebook({"threat": ["t"], "chance": ["c"]}, {"affirmed": []})
    found = reliability({"anna": "a- -a", "ben": "a- aa"}, codebook=single)
    assert set(found["task"]) == {"presence"}


@given(st.lists(st.tuples(*[st.sampled_from("ad-")] * 4), min_size=4, max_size=16))
def test_intervals_are_ordered_and_repeatable(words: list[tuple[str, ...]]) -> None:
    said = {
        "anna": " ".join("".join(word[:2]) for word in words),
        "ben": " ".join("".join(word[2:]) for word in words),
    }
    found = reliability(said)
    known = found[found["low"].notna()]
    assert (known["low"] <= known["high"]).all()
    assert (known["high"] <= 1 + 1e-12).all()
    pd.testing.assert_frame_equal(found, reliability(said))


def test_whole_blocks_are_drawn() -> None:
    """Two blocks, one in agreement and one not: each replicate is a mixture of halves."""
    found = reliability({"anna": "a- -- a- --", "ben": "a- -- -- a-"}, confidence=0.9999)
    row = figures(found, "presence", "anna", "ben", "threat")
    alphas = [
        float(agreement(coincidences(np.array(codes), categories=2), np.ones((1, 4))).alpha[0])
        for codes in ([[1, 1], [0, 0]] * 2, [[1, 0], [0, 1]] * 2)
    ]
    assert (row.high, row.low) == (pytest.approx(max(alphas)), pytest.approx(min(alphas)))


@pytest.mark.parametrize(
    ("hashes", "expected"),
    [
        ([], Currency(0, 0, 0, 0)),
        (["now", "now"], Currency(4, 4, 0, 0)),
        (["now", "0123456789ab"], Currency(4, 2, 2, 0)),
        (["", "0123456789ab"], Currency(4, 0, 2, 2)),
    ],
)
def test_codes_of_other_definitions_are_counted(hashes: list[str], expected: Currency) -> None:
    books = [CODEBOOK.hash if it == "now" else it for it in hashes]
    parts = [coded({f"coder{n}": "a- dd"}, book) for n, book in enumerate(books)]
    assert currency(pd.concat([coded({}), *parts]), CODEBOOK) == expected
