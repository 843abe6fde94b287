"""clean: the last room that may change a character, and it keeps every change on record."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import clean, tables
from nlp.clean.steps import STEPS
from nlp.clean.trace import Change, Trace
from nlp.registry import Registry
from nlp.store.configs import read_params
from nlp.store.project import Project

PARAMS = read_params(Project(Path(__file__).parents[1])).clean
NOTHING_KNOWN: dict[str, Any] = {"words": tables.make("words", []), "registry": Registry(entities=())}
Edit = tuple[int, int, str, str, str]

LINE = "Regional leaders use the provision of security to promote economic"
LONG = f"{LINE} integration, and they do so in the neighbourhood and far beyond its borders."


def cleaned(raw: str) -> str:
    return clean.clean(raw, PARAMS).text


def one_step(rule: str, raw: str) -> str:
    trace = Trace(raw)
    trace.apply(rule, STEPS[rule](raw))
    return trace.text


def documents(*raws: str, title: str = "") -> pd.DataFrame:
    rows = [
        (f"d{n}", f"A{n}", "", None, title, "", "essay", "en", "", "0", "text", "", None, "", "", raw)
        for n, raw in enumerate(raws)
    ]
    return tables.make("documents", rows)


def zones(raw: str, *, title: str = "") -> list[tuple[str, str]]:
    result = clean.run(PARAMS, documents=documents(raw, title=title), **NOTHING_KNOWN)
    text = result.texts.iloc[0].text
    return [(text[it.start : it.end], it.zone) for it in result.zones.itertuples()]


def apply_edits(raw: str, edits: Iterable[Edit]) -> str:
    """An independent way from raw to clean."""
    pieces, done = [], 0
    for start, end, _, before, after in edits:
        assert raw[start:end] == before
        pieces += [raw[done:start], after]
        done = end
    return "".join([*pieces, raw[done:]])


def undo_edits(text: str, edits: Iterable[Edit]) -> str:
    """An independent way from clean to raw."""
    raw = text
    for start, _, _, before, after in edits:  # all before this one are undone: raw offsets hold
        assert raw[start : start + len(after)] == after
        raw = raw[:start] + before + raw[start + len(after) :]
    return raw


# ---- steps ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "raw", "wanted"),
    [
        ("line_ends", "a\r\nb", "a\nb"),
        ("line_ends", "a\rb\r\rc", "a\nb\n\nc"),
        ("line_ends", "a\fb\vc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"),
        ("line_ends", "a\nb", "a\nb"),
        ("controls", "so\xadft\x00 po\u200bwer\ufeff", "soft power"),
        ("controls", "a\u2060\x07b", "ab"),
        ("controls", "\ud800a", "a"),
        ("controls", "a\tb\nc\xa0d", "a\tb\nc\xa0d"),
        ("hyphens", "inte-\ngration", "integration"),
        ("hyphens", "inte- \n  gration", "integration"),
        ("hyphens", "post-\nSoviet", "post-Soviet"),
        ("hyphens", "co-\noperation and co-operation", "co-operation and co-operation"),
        ("hyphens", "coop-\neration and cooperation", "cooperation and cooperation"),
        ("hyphens", "co-\nop, co-op and coop", "coop, co-op and coop"),
        ("hyphens", "long-\nterm; a long road, a term", "long-term; a long road, a term"),
        ("hyphens", "the 1990-\nteens", "the 1990-\nteens"),
        ("hyphens", "mid-\n1990s", "mid-\n1990s"),
        ("hyphens", "a dash -\nthen more", "a dash -\nthen more"),
        ("hyphens", "inte-\n\ngration", "inte-\n\ngration"),
        ("spaces", "a  b\t c\xa0d", "a b c d"),
        ("spaces", "a b\n\nc", "a b\n\nc"),
        ("paragraphs", " one \n\n\n two\n", "one\n\ntwo"),
        ("paragraphs", "one\n\ntwo", "one\n\ntwo"),
    ],
)
def test_step(rule: str, raw: str, wanted: str) -> None:
    assert one_step(rule, raw) == wanted


def test_a_step_that_is_not_chosen_is_not_done() -> None:
    params = PARAMS.model_copy(update={"steps": ["line_ends"]})
    assert clean.clean("so\xadft \r\npow-\r\ner", params).text == "so\xadft \npow-\ner"


def test_a_compound_of_many_parts_keeps_its_hyphen() -> None:
    assert one_step("hyphens", "state-of-the-\nart") == "state-of-the-art"


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("one\r\n\r\ntwo", "one\n\ntwo"),
        ("inte-\r\ngration", "integration"),
        ("inte\xad-\ngra\u200btion", "integration"),
        ("post-\r\nSoviet\xa0states ", "post-Soviet states"),
        ("  x \n\n\n\n y\t z", "x\n\ny z"),
    ],
)
def test_steps_work_together(raw: str, wanted: str) -> None:
    assert cleaned(raw) == wanted


# ---- paragraphs -------------------------------------------------------------------------------------

PAGE = [LINE, LINE, LINE, LINE, "integration."]
FULL = [LINE, LINE, f"{LINE}."]  # nothing but its stop tells where it ends


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (PAGE * 3, [" ".join(PAGE)] * 3),
        ([*PAGE, "", *PAGE, "", "", *PAGE], [" ".join(PAGE)] * 3),
        ([*PAGE, "Hierarchy and trust", *PAGE], [" ".join(PAGE), "Hierarchy and trust", " ".join(PAGE)]),
        (
            [*PAGE, *FULL, "Hierarchy and trust", *PAGE],
            [" ".join(PAGE), " ".join(FULL), "Hierarchy and trust", " ".join(PAGE)],
        ),
        (
            [*PAGE, LINE, f"{LINE} inte-", f"gration. {LINE}", *PAGE],
            [" ".join(PAGE), f"{LINE} {LINE} integration. {LINE} {' '.join(PAGE)}"],
        ),
        ([*PAGE, "HIERARCHY AND TRUST", *PAGE], [" ".join(PAGE), "HIERARCHY AND TRUST", " ".join(PAGE)]),
        (
            [*PAGE, "", "Hierarchy and trust", "", *PAGE],
            [" ".join(PAGE), "Hierarchy and trust", " ".join(PAGE)],
        ),
        (
            [*PAGE, *[LINE] * 3, "", "integration goes on over the page.", *[LINE] * 3, "ends."],
            [
                " ".join(PAGE),
                " ".join([LINE] * 3 + ["integration goes on over the page."]),
                " ".join([LINE] * 3 + ["ends."]),
            ],
        ),
    ],
    ids=[
        "short last line",
        "empty line",
        "heading",
        "heading after a full line",
        "joined line",
        "capitals",
        "heading between",
        "page break",
    ],
)
def test_lines_of_a_page_become_paragraphs(lines: list[str], wanted: list[str]) -> None:
    assert cleaned("\n".join(lines)).split("\n\n") == wanted


def test_double_spaced_lines_of_a_page_become_paragraphs() -> None:
    lines = [*PAGE, *PAGE, LINE, "eco-", "nomic integration in a post-", "Soviet space ends here."]
    wanted = [
        " ".join(PAGE),
        " ".join(PAGE),
        f"{LINE} economic integration in a post-Soviet space ends here.",
    ]
    assert cleaned("\n\n".join(lines)).split("\n\n") == wanted


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n \n\n"])
def test_web_text_has_a_paragraph_on_each_line(gap: str) -> None:
    lines = [LONG, "A heading", LONG, "and one that starts small", LONG] * 3
    assert cleaned(gap.join(lines)).split("\n\n") == lines


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_short_paragraphs_of_a_web_text_stay_apart(gap: str) -> None:
    lines = [
        "Moscow presented a new plan to its neighbours on Monday.",
        "Minsk said that it would wait and see.",
    ]
    assert cleaned(gap.join(lines * 6)).split("\n\n") == lines * 6


def test_a_few_lines_say_too_little_to_be_joined() -> None:
    assert cleaned("\n".join([LINE] * 5)).split("\n\n") == [LINE] * 5


# ---- zones ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        pytest.param(f"Empire and trust\n\n{LONG}", "title body", id="title"),
        pytest.param(f"EMPIRE\nand trust, an essay\n{LONG}", "title heading body", id="start of the title"),
        pytest.param(f"Abstract\n{LONG}\n{LONG}", "heading abstract abstract", id="abstract"),
        pytest.param(
            f"Abstract\n{LONG}\nTrust\n{LONG}", "heading abstract heading body", id="abstract ends"
        ),
        pytest.param(f"Abstract: {LONG}\n{LONG}", "abstract body", id="abstract in line"),
        pytest.param(f"{LONG}\nHierarchy and trust\n{LONG}", "body heading body", id="heading"),
        pytest.param(f"{LONG}\nIt ends.\n{LONG}", "body body body", id="short sentence"),
        pytest.param(f"{LONG}\n¹ See Blank.\n¹² {LONG}\n{LONG}", "body note note body", id="note marks"),
        pytest.param(
            f"{LONG}\n\n¹ See pas-\n\n{LONG}\n\nsim; Pipes.\n\n² See Blank.\n\nso {LONG}",
            "body note body note note body",
            id="a note that goes on at the foot of the next page",
        ),
        pytest.param(f"{LONG}\nNOTES\n1. {LONG}\nTrust\n{LONG}", "body note note note note", id="notes"),
        pytest.param(
            f"Notes\n1. {LONG}\nReferences\n{LONG}", "note note reference reference", id="references"
        ),
        pytest.param(f"{LONG}\nRead also\nAnother story", "body furniture furniture", id="furniture"),
        pytest.param(f"Notes on power are many, and {LINE}.", "body", id="no heading"),
    ],
)
def test_zones(raw: str, wanted: str) -> None:
    assert " ".join(zone for _, zone in zones(raw, title="Empire and Trust")) == wanted


def test_a_title_is_looked_for_at_the_beginning_only() -> None:
    later = "\n".join([*[LONG] * 5, "Empire and trust"])
    assert zones(later, title="Empire and Trust")[-1] == ("Empire and trust", "heading")


def test_a_title_does_not_begin_with_a_part_of_a_word() -> None:
    assert zones(f"I\n{LONG}", title="Imperial trust")[0] == ("I", "heading")


def test_a_text_without_title_has_none() -> None:
    assert "title" not in {zone for _, zone in zones(f"Some heading\n{LONG}")}


# ---- laws -------------------------------------------------------------------------------------------

ODD = "aB1é漢-–.:“” \t\n\r\f\xa0\xad\u200b\u2028\x00"
WORDS = ["post-", "Soviet", "inte-", "gration", "states.", "the.", "Trust", "1990-", "42", "“soft”", "-"]
words = st.sampled_from([*WORDS, LINE])
lines = st.lists(words, max_size=4).map(" ".join)
pages = st.lists(lines, min_size=8, max_size=30).flatmap(
    lambda made: st.sampled_from(["\n", "\r\n", "\n\n", " \n"]).map(lambda gap: gap.join(made))
)
raws = st.one_of(st.text(alphabet=ODD, max_size=80), st.text(max_size=40), pages)


@given(raws)
def test_clean_is_raw_with_its_edits(raw: str) -> None:
    trace = clean.clean(raw, PARAMS)
    assert apply_edits(raw, trace.edits()) == trace.text


@given(raws)
def test_raw_is_clean_without_its_edits(raw: str) -> None:
    trace = clean.clean(raw, PARAMS)
    assert undo_edits(trace.text, trace.edits()) == raw


@given(raws)
def test_edits_are_ordered_disjoint_real_and_named(raw: str) -> None:
    done = -1
    for start, end, rule, before, after in clean.clean(raw, PARAMS).edits():
        assert done < start <= end
        assert before != after
        assert set(rule.split("+")) <= set(STEPS)
        done = end


@given(raws)
def test_no_letter_and_no_digit_is_lost(raw: str) -> None:
    assert [c for c in cleaned(raw) if c.isalnum()] == [c for c in raw if c.isalnum()]


@given(raws.filter(lambda raw: any(c.isalnum() for c in raw)))
def test_clean_text_is_clean(raw: str) -> None:
    text = cleaned(raw)
    assert text == text.strip()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\xad\u200b\ufeff]", text)
    assert not any(bad in text for bad in ("\n\n\n", "  ", " \n", "\n "))
    assert all(piece and "\n" not in piece for piece in text.split("\n\n"))


@given(st.lists(st.text(alphabet=ODD.replace("\n", ""), max_size=20), max_size=3).map("\n".join))
def test_cleaning_clean_text_changes_nothing_where_lines_are_paragraphs(raw: str) -> None:
    text = cleaned(raw)
    assert cleaned(text) == text


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_cleaning_a_cleaned_page_of_long_paragraphs_changes_nothing(gap: str) -> None:
    text = cleaned(gap.join([*PAGE, "Hierarchy and trust", *PAGE, *PAGE]))
    assert cleaned(text) == text


@settings(max_examples=30)
@given(raws, st.sampled_from(["", "Empire and Trust", "aB"]))
def test_zones_are_the_paragraphs_of_the_text(raw: str, title: str) -> None:
    result = clean.run(PARAMS, documents=documents(raw, title=title), **NOTHING_KNOWN)
    for name in ("texts", "edits", "zones", "cleaning"):
        tables.check(name, getattr(result, name))
    text = result.texts.iloc[0].text
    assert [text[it.start : it.end] for it in result.zones.itertuples()] == [
        piece for piece in text.split("\n\n") if piece
    ]
    assert list(result.zones["paragraph"]) == list(range(len(result.zones)))


@settings(max_examples=30)
@given(st.lists(raws, min_size=1, max_size=3))
def test_split_is_whole(made: list[str]) -> None:
    table = documents(*made)
    whole = clean.run(PARAMS, documents=table, **NOTHING_KNOWN)
    parts = [clean.run(PARAMS, documents=table.iloc[[row]], **NOTHING_KNOWN) for row in range(len(table))]
    for name in ("texts", "edits", "zones", "cleaning"):
        joined = pd.concat([getattr(part, name) for part in parts], ignore_index=True)
        pd.testing.assert_frame_equal(joined, getattr(whole, name))


# ---- trace ------------------------------------------------------------------------------------------


def test_changes_of_several_steps_in_one_place_are_one_edit() -> None:
    trace = Trace("a \r\n b")
    trace.apply("line_ends", [Change(2, 4, "\n")])
    trace.apply("paragraphs", [Change(1, 4, " ")])
    assert list(trace.edits()) == [(1, 5, "line_ends+paragraphs", " \r\n ", " ")]


def test_a_kept_character_knows_where_it_came_from() -> None:
    trace = clean.clean("so\xadft  inte-\ngration", PARAMS)
    kept = {c: raw for c, raw in zip(trace.text, trace.origin, strict=True) if c in "sfg"}
    assert kept == {"s": 0, "f": 3, "g": 13}
    assert trace.origin[trace.text.index(" ")] == -1
