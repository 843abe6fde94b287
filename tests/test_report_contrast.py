"""report: contrasts as all sections tell them."""

from typing import Any

import pandas as pd
import pytest
from exhibited import table
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.report.sections.contrast import called, from_more, sides_of, size_of, texts_only, turned

WORD: dict[str, Any] = {
    "kind": "word",
    "author": "Ada",
    "other": "Bo",
    "feature": "elm",
    "label": "elm",
    "count": 2,
    "total": 100,
    "documents": 1,
    "dispersion": 0.25,
    "other_count": 9,
    "other_total": 300,
    "other_documents": 4,
    "statistic": 7.0,
    "effect": -2.0,
    "low": -4.0,
    "high": -1.0,
    "log_odds": -1.5,
    "z": -3.0,
    "p": 0.01,
    "q": 0.2,
}


def row(name: str = "contrasts", **known: Any) -> Any:
    return next(table(name, [known]).itertuples(index=False))


def test_a_word_is_told_from_who_has_more_of_it() -> None:
    told = from_more(row(**WORD))
    assert (told.author, told.count, told.total, told.documents) == ("Bo", 9, 300, 4)
    assert (told.other, told.other_count, told.other_total, told.other_documents) == ("Ada", 2, 100, 1)
    assert (told.effect, told.low, told.high, told.log_odds, told.z) == (2.0, 1.0, 4.0, 1.5, 3.0)
    assert (told.label, told.statistic, told.p, told.q) == ("elm", 7.0, 0.01, 0.2)
    assert pd.isna(told.dispersion)  # of the first side only


def test_what_is_known_of_both_sides_changes_place() -> None:
    columns = tables.SCHEMAS["contrasts"].to_schema().columns
    other_way = turned(row(**WORD))
    for name in columns:
        if f"other_{name}" in columns:
            assert getattr(other_way, name) == WORD[f"other_{name}"]


SIZE = st.floats(-5, 5, allow_subnormal=False)


@pytest.mark.parametrize("name", ["frame_differences", "topic_differences", "variants"])
@given(size=SIZE, below=st.floats(0, 1), above=st.floats(0, 1))
def test_told_from_either_side_it_is_the_same(name: str, size: float, below: float, above: float) -> None:
    columns = tables.SCHEMAS[name].to_schema().columns
    ends = {"low": size - below, "high": size + above}
    known = dict.fromkeys(columns) | {"author": "Ada", "other": "Bo", "difference": size} | ends
    one = next(pd.DataFrame([known]).itertuples(index=False))
    assert turned(turned(one)) == one
    told = from_more(one)
    assert size_of(told) == abs(size)
    assert told.low <= size_of(told) <= told.high
    assert size == 0 or from_more(turned(one)) == told


def test_all_others_have_a_name_and_are_not_asked_for() -> None:
    against_rest = row("robustness", author="Ada", other="rest", difference=-0.5)
    told = from_more(against_rest)
    assert (called(told.author), called(told.other)) == ("all others", "Ada")
    assert sides_of(against_rest) is sides_of(told) is None
    assert sides_of(row(**WORD)) == ["Ada", "Bo"]


@pytest.mark.parametrize(("documents", "single"), [([1, 1], True), ([1, 2], False), ([], False)])
def test_one_document_each_is_no_more_than_these_texts(documents: list[int], single: bool) -> None:
    assert texts_only(pd.Series(documents)) is single
