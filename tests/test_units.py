"""units: sentences come together to paragraphs and documents, and none is lost."""

from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.codebook import Unit
from nlp.units import coding_units

FOUR = tables.make(
    "sentences",
    [
        ("a", 1, 5, 9, 15, 19, "body", 0, 2, "One."),
        ("a", 2, 10, 14, 40, 44, "body", 0, 3, "Two."),
        ("a", 5, 20, 26, 20, 26, "quote", 3, 3, "Three."),
        ("b", 0, 0, 5, 0, 5, "body", 0, None, "Four."),
    ],
)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("sentence", list(FOUR.itertuples(index=False, name=None))),
        (
            "paragraph",
            [
                ("a", 1, 5, 14, 15, 44, "body", 0, 2, "One. Two."),
                ("a", 5, 20, 26, 20, 26, "quote", 3, 3, "Three."),
                ("b", 0, 0, 5, 0, 5, "body", 0, None, "Four."),
            ],
        ),
        (
            "document",
            [
                ("a", 1, 5, 26, 15, 44, "body", 0, 2, "One. Two. Three."),
                ("b", 0, 0, 5, 0, 5, "body", 0, None, "Four."),
            ],
        ),
    ],
)
def test_sentences_come_together(unit: Unit, expected: list[tuple[object, ...]]) -> None:
    pd.testing.assert_frame_equal(
        tables.check("sentences", coding_units(FOUR, unit)), tables.make("sentences", expected)
    )


@pytest.mark.parametrize("unit", get_args(Unit))
def test_nothing_gives_nothing(unit: Unit) -> None:
    assert coding_units(FOUR[:0], unit).empty


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3))).map(sorted),
    st.sampled_from(get_args(Unit)),
)
def test_every_sentence_is_in_one_unit(places: list[tuple[str, int]], unit: Unit) -> None:
    rows = [(doc, n, n, n + 1, n, n + 1, "body", par, None, f"{n}.") for n, (doc, par) in enumerate(places)]
    sentences = tables.make("sentences", rows)
    units = coding_units(sentences, unit)
    assert " ".join(units["text"]) == " ".join(sentences["text"])
    assert set(units["sent_id"]) <= set(sentences["sent_id"])
    pieces = [coding_units(own, unit) for _, own in sentences.groupby("doc_id")]
    if pieces:
        pd.testing.assert_frame_equal(pd.concat(pieces, ignore_index=True), units)
