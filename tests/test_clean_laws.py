"""What holds for cleaning whatever the text: nothing is lost, nothing hangs, every change is on record."""

import re
import time
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from cleaning import (
    FULL,
    LINE,
    NO_REGISTRY,
    NO_WORDS,
    PARAMS,
    cleaned,
    documents,
    edit_table,
    knowing,
    only,
    rebuilt,
    run,
    traced,
    undone,
    without,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from rawtexts import knowns, raws

from nlp import clean, tables
from nlp.clean.steps import STEPS
from nlp.clean.trace import Trace
from nlp.spans import to_raw

CUTTING = ("running_heads", "page_numbers", "stamps", "search_box", "note_marks")  # what they cut is lost
CHANGING = ("mojibake", "controls", "ligatures", "composed")  # other characters, or none, for some
STABLE = ("line_ends", "controls", "ligatures", "composed", "spaces", "stamps")
many = settings(max_examples=250)
chosen = st.sets(st.sampled_from(list(STEPS))).map(lambda steps: only(*steps))
Known = dict[str, Any]


# ---- there and back ---------------------------------------------------------------------------------


@many
@given(raws, knowns, st.one_of(st.just(PARAMS), chosen))
def test_either_text_and_the_edits_give_the_other(raw: str, known: Known, params: Any) -> None:
    trace = traced(raw, params, **known)
    edits = list(trace.edits())
    assert rebuilt(raw, edits) == trace.text
    assert undone(trace.text, edits) == raw


@many
@given(raws, knowns)
def test_every_character_leads_to_the_same_one_of_the_raw_text(raw: str, known: Known) -> None:
    trace = traced(raw, **known)
    every = np.arange(len(trace.text))
    start, end = to_raw(edit_table(trace.edits()), every, every + 1)
    for at in every:
        assert 0 <= start[at] <= end[at] <= len(raw)
        if trace.origin[at] >= 0:
            assert raw[start[at] : end[at]] == trace.text[at]


@many
@given(raws, knowns, st.one_of(st.just(PARAMS), chosen))
def test_steps_change_in_order_without_overlap_and_not_for_nothing(
    raw: str, known: Known, params: Any
) -> None:
    about, trace = knowing(params, **known), Trace(raw)
    for rule in (rule for rule in STEPS if rule in params.steps):
        done = 0
        changes = list(STEPS[rule](trace.text, about))
        for change in changes:
            assert done <= change.start <= change.end <= len(trace.text)
            assert change.zone or change.text != trace.text[change.start : change.end]
            done = change.end
        trace.apply(rule, changes)


# ---- nothing is lost --------------------------------------------------------------------------------


@many
@given(raws, knowns)
def test_letters_and_digits_are_only_lost_by_rules_that_say_so(raw: str, known: Known) -> None:
    text = cleaned(raw, without(*CUTTING, *CHANGING), **known)
    assert Counter(_signs(text)) == Counter(_signs(raw))


@many
@given(raws)
def test_without_footnotes_they_keep_their_order_and_case(raw: str) -> None:
    text = cleaned(raw, without(*CUTTING, *CHANGING, "footnotes"))
    assert _signs(text, fold=False) == _signs(raw, fold=False)


def _signs(text: str, *, fold: bool = True) -> list[str]:
    return [sign for sign in (text.casefold() if fold else text) if sign.isalnum()]


@many
@given(raws, knowns)
def test_furniture_is_a_small_part_of_the_text(raw: str, known: Known) -> None:
    for rule in ("running_heads", "page_numbers", "stamps"):
        trace = traced(raw, only(rule), **known)
        for _, _, removed, _ in trace.tally:
            assert removed <= 0.15 * len(raw)


@many
@given(raws, knowns)
def test_a_line_of_prose_survives(raw: str, known: Known) -> None:
    assert "harbour towns" in cleaned(f"{raw}\n{LINE}.\n{raw}", **known)


@given(st.text("\x00\x01\xad\u200b\ufeff \t\n\f\v"))
def test_a_text_of_nothing_that_is_seen_is_empty(raw: str) -> None:
    assert cleaned(raw) == ""


# ---- the form of the clean text -----------------------------------------------------------------------


@many
@given(raws, knowns)
def test_clean_text_is_paragraphs_with_an_empty_line_between(raw: str, known: Known) -> None:
    text = cleaned(raw, **known)
    assert text == text.strip()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\ufeff]", text)
    assert not re.search(r"\n{3}| {2}| \n|\n ", text)
    assert all(piece and "\n" not in piece for piece in text.split("\n\n")) or not text


@many
@given(raws, knowns)
def test_some_rules_find_nothing_in_what_they_have_made(raw: str, known: Known) -> None:
    for rule in STABLE:
        once = cleaned(raw, only(rule), **known)
        assert cleaned(once, only(rule), **known) == once


web = st.lists(st.text("ab \t\xa0\xad.,:“”é", max_size=20), max_size=4).map("\n".join)


@many
@given(web)
def test_clean_text_stays_as_it_is_where_lines_are_paragraphs(raw: str) -> None:
    text = cleaned(raw)
    assert cleaned(text) == text


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_clean_text_of_a_page_stays_as_it_is(gap: str) -> None:
    text = cleaned(
        gap.join([*FULL, "every year.¹", "Trust and grain", *FULL, "inte-", "gration.", "¹ See Holt."])
    )
    assert cleaned(text) == text


# ---- the tables -------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(raws, st.sampled_from(["", "The Great Title", "aB"]), st.sampled_from(["", "ACHINOP"]))
def test_tables_fit_and_zones_are_the_paragraphs(raw: str, title: str, lost: str) -> None:
    result = run(raw or "x", title=title, lost_capitals=lost)
    for name, table in zip(("texts", "edits", "zones", "cleaning"), result, strict=True):
        tables.check(name, table)
        assert not table.duplicated(tables.KEYS[name]).any()
    text = result.texts.iloc[0].text
    paragraphs = [text[it.start : it.end] for it in result.zones.itertuples()]
    assert paragraphs == [piece for piece in text.split("\n\n") if piece]
    assert list(result.zones["paragraph"]) == list(range(len(paragraphs)))


@settings(max_examples=40)
@given(st.lists(raws.map(lambda raw: raw or "x"), min_size=1, max_size=3))
def test_split_is_whole(made: list[str]) -> None:
    table = documents(*made)
    known: Known = {"words": NO_WORDS, "registry": NO_REGISTRY}
    whole = clean.run(PARAMS, documents=table, **known)
    parts = [clean.run(PARAMS, documents=table.iloc[[row]], **known) for row in range(len(table))]
    for name in ("texts", "edits", "zones", "cleaning"):
        joined = pd.concat([getattr(part, name) for part in parts], ignore_index=True)
        pd.testing.assert_frame_equal(joined, getattr(whole, name))


# ---- nothing hangs ------------------------------------------------------------------------------------

ALL_KNOWN: Known = {
    "title": "The Great Title",
    "authors": ("Ann Ash", "Bob Birch"),
    "lost_capitals": "ACHINOPSTVY",
    "names": frozenset({"Customs Union of States", "Great Title"}),
}
LETTERS = [
    *"aA \n\f-(*#>1²\\\xad\u0301â“漢ﬁ",
    "[^",
    "'s ",
    "a ",
    "a-",
    "a-\n",
    "a1 ",
    "a1. ",
    "a²",
    "a.²\n",
]
SIGNS = ["1\n", "1\f", "\f\n", ".\n", "² ", "*a ", "*a*", "> a\n", "# a\n", "[^1] ", "[^1]: a\n", "1. a\n"]
WORDS = [
    "(a ",
    "(cU) ",
    "(2014",
    "a (2014)",
    "www.",
    "¹ www.",
    "nATO ",
    "customs union ",
    "customs ",
    "Notes\n",
]
LINES = [f"{LINE}\n", f"{LINE}¹\n¹ See x\n", f"{LINE}\n\f1 See\n", "Search\n", "Notes\n", "’s "]


@pytest.mark.parametrize("piece", LETTERS + SIGNS + WORDS + LINES)
def test_a_long_run_takes_no_time(piece: str) -> None:
    """Four times the text takes four times the time, not sixteen; tried again, for machines are noisy."""
    assert any(_is_quick(piece, 2500) for _ in range(4))


def _is_quick(piece: str, length: int) -> bool:
    small, large = (_seconds((piece * length)[:size]) for size in (length, 4 * length))
    return large < 9 * max(small, 0.01) and large < 2


def _seconds(raw: str) -> float:
    begun = time.perf_counter()
    trace = traced(raw, **ALL_KNOWN)
    for _ in trace.edits():
        pass
    return time.perf_counter() - begun
