"""units: sentences come together to paragraphs and documents, and none is lost."""

from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.codebook import Unit
from nlp.units import around, coding_units, in_units, pick

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


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.text("xy ", min_size=1))).map(
        lambda rows: sorted(rows, key=lambda it: it[:2])
    ),
    st.sampled_from(get_args(Unit)),
)
def test_a_sentence_is_found_again_in_its_unit(said: list[tuple[str, int, str]], unit: Unit) -> None:
    """With whatever lies between sentences in the clean text."""
    places = np.cumsum([0, *(len(text) + 2 for *_, text in said)])
    rows = [
        (doc, n, at, at + len(text), at, at, "body", par, None, text)
        for n, ((doc, par, text), at) in enumerate(zip(said, places[:-1], strict=True))
    ]
    sentences = tables.make("sentences", rows)
    units = coding_units(sentences, unit)
    found = in_units(sentences, unit)
    assert found[["doc_id", "sent_id"]].equals(sentences[["doc_id", "sent_id"]])
    for own, it in zip(found.itertuples(), sentences.itertuples(), strict=True):
        home = units.iloc[own.unit]
        assert home["doc_id"] == it.doc_id
        assert home["text"][it.start + own.shift : it.end + own.shift] == it.text


ROWS = [  # document, paragraph, zone -> before, after, heading
    (("a", 0, "body"), (-1, -1, -1)),
    (("a", 1, "heading"), (-1, -1, -1)),
    (("a", 2, "body"), (-1, 3, 1)),
    (("a", 2, "body"), (2, -1, 1)),
    (("a", 3, "heading"), (-1, 5, -1)),
    (("a", 3, "heading"), (4, -1, -1)),
    (("a", 4, "quote"), (-1, -1, 5)),
    (("b", 4, "body"), (-1, -1, -1)),
]


def test_around_a_unit_stand_those_of_its_paragraph_and_the_last_heading() -> None:
    units = pd.DataFrame([row for row, _ in ROWS], columns=["doc_id", "paragraph", "zone"])
    assert list(zip(*around(units), strict=True)) == [expected for _, expected in ROWS]
    assert [len(it) for it in around(units[:0])] == [0, 0, 0]


def test_rows_are_picked_and_nothing_is_zero() -> None:
    rows = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert pick(rows, np.array([1, -1])).tolist() == [[3, 4], [0, 0]]
    assert pick(rows[:0], np.zeros(0, dtype=int)).shape == (0, 2)
