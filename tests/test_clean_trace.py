"""Trace: whatever steps change, move and add, the edits rebuild either text from the other."""

from typing import NamedTuple

import numpy as np
import pytest
from cleaning import edit_table, rebuilt, undone
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.clean.trace import Change, Edit, Trace
from nlp.spans import to_raw


class Steps(NamedTuple):
    """Steps that were carried out on a text, and the trace that they left."""

    made: list[list[Change]]
    trace: Trace


@st.composite
def steps(draw: st.DrawFn) -> Steps:
    """Any steps on any text: overlapping earlier changes, empty, at the edges; one of them may move."""
    trace = Trace(draw(st.text("abcd \n", max_size=20)))
    mover = draw(st.integers(0, 3))
    made = []
    for number in range(draw(st.integers(0, 4))):
        made.append(list(_changes(draw, len(trace.text), moving=number == mover)))
        trace.apply(f"step{number}", made[-1])
    return Steps(made, trace)


def _changes(draw: st.DrawFn, length: int, *, moving: bool) -> list[Change]:
    edges = sorted(draw(st.lists(st.integers(0, length), max_size=8, unique=not draw(st.booleans()))))
    moves = st.one_of(st.none(), st.sampled_from(["", "\n\n", "#"])) if moving else st.none()
    changes = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        text, zone = draw(st.text("xy\n", max_size=2)), draw(st.sampled_from(["", "note", "quote"]))
        changes.append(Change(start, end, text, draw(moves), zone))
    return changes


# ---- laws -------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(steps())
def test_the_edits_rebuild_the_clean_text_from_the_raw_one(done: Steps) -> None:
    assert rebuilt(done.trace.raw, done.trace.edits()) == done.trace.text


@settings(max_examples=300)
@given(steps())
def test_the_edits_rebuild_the_raw_text_from_the_clean_one(done: Steps) -> None:
    assert undone(done.trace.text, done.trace.edits()) == done.trace.raw


@settings(max_examples=300)
@given(steps(), st.data())
def test_every_kept_character_leads_back_to_itself(done: Steps, data: st.DataObject) -> None:
    trace = done.trace
    every = np.arange(len(trace.text))
    start, end = to_raw(edit_table(trace.edits()), every, every + 1)
    kept = trace.origin >= 0
    assert (start[kept] == trace.origin[kept]).all()
    assert (end[kept] == trace.origin[kept] + 1).all()
    assert "".join(trace.raw[at] for at in start[kept]) == "".join(np.array([*trace.text])[kept])
    assert (start <= end).all()


@settings(max_examples=200)
@given(steps(), st.data())
def test_a_span_goes_from_its_first_character_to_its_last(done: Steps, data: st.DataObject) -> None:
    trace = done.trace
    length = len(trace.text)
    first = data.draw(st.lists(st.integers(0, max(length - 1, 0)), max_size=5 * (length > 0)))
    last = [data.draw(st.integers(start, length - 1)) for start in first]
    edits = edit_table(trace.edits())
    starts, ends = np.array(first, dtype=int), np.array(last, dtype=int)
    start, end = to_raw(edits, starts, ends + 1)
    assert list(start) == list(to_raw(edits, starts, starts + 1)[0])
    assert list(end) == list(to_raw(edits, ends, ends + 1)[1])


@settings(max_examples=200)
@given(steps())
def test_edits_are_ordered_real_named_and_never_twice_in_one_place(done: Steps) -> None:
    edits = list(done.trace.edits())
    places = [(it.raw_start, -it.raw_end) for it in edits]
    assert places == sorted(places)
    assert len({edit[:3] for edit in edits}) == len(edits)
    for moves in (True, False):
        ends = 0
        for edit in (it for it in edits if (it.moved_to is not None) == moves):
            assert edit.before == done.trace.raw[edit.raw_start : edit.raw_end]
            assert (edit.before == edit.after) == moves
            assert edit.moved_to in (None, len(done.trace.raw))
            assert set(edit.rule.split("+")) <= {f"step{number}" for number in range(4)}
            if edit.before:
                assert ends <= edit.raw_start
                ends = edit.raw_end


@given(steps())
def test_the_tally_adds_up(done: Steps) -> None:
    trace = done.trace
    assert [rule for rule, *_ in trace.tally] == [f"step{n}" for n, made in enumerate(done.made) if made]
    grown = sum(added - removed for _, _, removed, added in trace.tally)
    assert len(trace.text) - len(trace.raw) == grown


@given(steps())
def test_every_stretch_has_a_zone_or_none(done: Steps) -> None:
    length = len(done.trace.text)
    known = {change.zone for made in done.made for change in made}
    assert {done.trace.zone_of(start, length) for start in range(length)} <= known | {""}


# ---- examples ---------------------------------------------------------------------------------------


def test_nothing_done_changes_nothing() -> None:
    trace = Trace("abc")
    trace.apply("idle", [])
    assert (trace.text, list(trace.edits()), trace.tally) == ("abc", [], [])


def test_changes_of_several_steps_in_one_place_are_one_edit() -> None:
    trace = Trace("a \r\n b")
    trace.apply("line_ends", [Change(2, 4, "\n")])
    trace.apply("paragraphs", [Change(1, 4, " ")])
    assert list(trace.edits()) == [Edit(1, 5, "line_ends+paragraphs", " \r\n ", " ", None)]


def test_a_change_that_is_taken_back_leaves_no_edit() -> None:
    trace = Trace("abc")
    trace.apply("there", [Change(1, 2, "x")])
    trace.apply("back", [Change(1, 2, "b")])
    assert (trace.text, list(trace.edits())) == ("abc", [])


def test_what_moves_goes_to_the_end_in_order() -> None:
    trace = Trace("one two three")
    trace.apply("move", [Change(0, 3, "", "|"), Change(4, 7, "-", "|")])
    assert trace.text == " - three|one|two"
    assert [(it.before, it.moved_to) for it in trace.edits() if it.moved_to] == [("one", 13), ("two", 13)]


def test_what_is_put_before_a_moved_beginning_stands_at_the_beginning() -> None:
    trace = Trace("one two")
    trace.apply("move", [Change(0, 3, "xx", "")])
    start, end = to_raw(edit_table(trace.edits()), np.array([0, 2]), np.array([2, 6]))
    assert trace.text == "xx twoone"
    assert (start[1], end[1]) == (3, 7)
    assert start[0] == end[0] == 0


def test_a_stretch_with_nothing_of_the_raw_text_does_not_move() -> None:
    trace = Trace("ab")
    trace.apply("put", [Change(1, 1, "xy")])
    trace.apply("move", [Change(1, 3, "", "")])
    assert trace.text == "abxy"
    assert [edit.moved_to for edit in trace.edits()] == [None]


def test_only_one_step_may_move() -> None:
    trace = Trace("abcd")
    trace.apply("first", [Change(0, 1, "", "")])
    with pytest.raises(ValueError, match="second moves stretches after another step has"):
        trace.apply("second", [Change(0, 1, "", "")])


@pytest.mark.parametrize(
    ("change", "clean", "zones"),
    [
        (Change(0, 2, "", zone="quote"), "one\ntwo three", "qqq      "),  # to the end of the line
        (Change(6, 9, "", "\n", zone="note"), "> one\n three\ntwo", "             nnn"),
    ],
)
def test_a_line_or_moved_stretch_keeps_what_a_step_knew_of_it(
    change: Change, clean: str, zones: str
) -> None:
    trace = Trace("> one\ntwo three")
    trace.apply("step", [change])
    assert trace.text == clean
    known = "".join(trace.zone_of(at, at + 1)[:1] or " " for at in range(len(clean)))
    assert known.rstrip() == zones.rstrip()


def test_a_changed_first_letter_does_not_hide_the_zone() -> None:
    trace = Trace("> in the prelude\nand more")
    trace.apply("markup", [Change(0, 2, "", zone="quote")])
    trace.apply("case", [Change(0, 1, "I")])
    assert trace.text.startswith("In the")
    assert trace.zone_of(0, 5) == "quote"


def test_what_an_earlier_step_knew_counts() -> None:
    trace = Trace("ab\ncd")
    trace.apply("first", [Change(0, 0, "x", zone="heading")])
    trace.apply("second", [Change(0, 1, "", zone="quote")])
    assert trace.zone_of(0, 2) == "heading"
