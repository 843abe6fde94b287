"""spans: every clean stretch leads back to its raw place."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.spans import overlap, page_at, to_raw

short = st.text("ab \n", max_size=3)
pieces = st.lists(st.tuples(short, short, short), max_size=6)  # kept text, then an edit: before, after
bounds = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), max_size=6)  # start, length


class Pair(NamedTuple):
    """A raw and a clean text with the edits between them."""

    raw: str
    clean: str
    edits: pd.DataFrame
    home: list[tuple[int, int]]  # the raw span of every clean character
    kept: np.ndarray  # positions of the clean characters outside edits


def edit_table(*rows: tuple[int, str, str]) -> pd.DataFrame:
    """One document's edits from (raw_start, before, after)."""
    return tables.make(
        "edits", [("d", at, at + len(before), "rule", before, after, None) for at, before, after in rows]
    )


def build(pieces: list[tuple[str, str, str]]) -> Pair:
    raw, clean = "", ""
    rows: list[tuple[int, str, str]] = []
    home: list[tuple[int, int]] = []
    outside: list[int] = []
    for kept, before, after in pieces:
        outside += range(len(clean), len(clean + kept))
        home += [(len(raw) + n, len(raw) + n + 1) for n in range(len(kept))]
        rows.append((len(raw + kept), before, after))
        home += [(len(raw + kept), len(raw + kept + before))] * len(after)
        raw, clean = raw + kept + before, clean + kept + after
    return Pair(raw, clean, edit_table(*rows), home, np.array(outside, dtype=int))


def spans(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    start, end = np.array(pairs, dtype=int).reshape(-1, 2).T
    return start, end


@given(pieces)
def test_characters_outside_edits_stand_unchanged_at_their_raw_places(
    pieces: list[tuple[str, str, str]],
) -> None:
    pair = build(pieces)
    start, end = to_raw(pair.edits, pair.kept, pair.kept + 1)
    assert [pair.raw[a:b] for a, b in zip(start, end, strict=True)] == [pair.clean[it] for it in pair.kept]
    assert list(zip(start, end, strict=True)) == [pair.home[it] for it in pair.kept]


@given(pieces)
def test_a_span_goes_from_the_home_of_its_first_character_to_that_of_its_last(
    pieces: list[tuple[str, str, str]],
) -> None:
    pair = build(pieces)
    every = [(start, end) for end in range(1, len(pair.clean) + 1) for start in range(end)]
    raw_start, raw_end = to_raw(pair.edits, *spans(every))
    assert list(raw_start) == [pair.home[start][0] for start, _ in every]
    assert list(raw_end) == [pair.home[end - 1][1] for _, end in every]


@pytest.mark.parametrize(
    ("raw", "rows", "clean_span", "shown"),
    [
        ("free  trade", [(4, "  ", " ")], (5, 10), "trade"),
        ("free  trade", [(4, "  ", " ")], (0, 10), "free  trade"),
        ("free  trade", [(4, "  ", " ")], (4, 10), "  trade"),
        ("co-\nop", [(2, "-\n", "")], (0, 4), "co-\nop"),
        ("co-\nop", [(2, "-\n", "")], (0, 2), "co"),
        ("co-\nop", [(2, "-\n", "")], (2, 4), "op"),
        ("\ufeffHead\nbody", [(0, "\ufeff", ""), (5, "\n", "\n\n")], (0, 4), "Head"),
        ("\ufeffHead\nbody", [(0, "\ufeff", ""), (5, "\n", "\n\n")], (6, 10), "body"),
        ("untouched", [], (2, 7), "touch"),
    ],
)
def test_one_span(
    raw: str, rows: list[tuple[int, str, str]], clean_span: tuple[int, int], shown: str
) -> None:
    start, end = to_raw(edit_table(*rows), *spans([clean_span]))
    assert raw[start[0] : end[0]] == shown


@given(bounds, bounds)
def test_overlap_counts_common_characters(
    ours: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    mine, theirs = ([(start, start + length) for start, length in it] for it in (ours, others))
    expected = [[len({*range(*one)} & {*range(*other)}) for other in theirs] for one in mine]
    common = overlap(*spans(mine), *spans(theirs))
    assert common.shape == (len(mine), len(theirs))
    assert common.tolist() == expected


@given(st.lists(st.text("ab", max_size=5), min_size=1, max_size=6))
def test_every_character_knows_its_page(texts: list[str]) -> None:
    starts = [sum(len(text) + 1 for text in texts[:number]) for number in range(len(texts))]
    pages = pd.DataFrame({"page": range(1, len(texts) + 1), "raw_start": starts})
    expected = [page for page, text in enumerate(texts, start=1) for _ in f"{text}\f"]
    assert page_at(pages, range(len(expected))) == expected


def test_without_pages_no_page_is_known() -> None:
    assert page_at(pd.DataFrame({"page": [], "raw_start": []}), [0, 7]) == [None, None]
