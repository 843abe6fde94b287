"""report: sentences as evidence, with the words marked that moved the machine."""

import html
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from conftest import small_codebook
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting import EVIL, authors, members, plain, reported, shares

from nlp import tables
from nlp.report.marking import mark, other_reasons

NA = pd.NA
Told = tuple[str, str, float, Any, Any]  # task, feature, contribution, start and end
BOOK = small_codebook({"flood": ["water"]}, {"affirmed": [], "denied": []})
PLAIN_BOOK = small_codebook({"flood": ["water"]}, {})


def explained(told: Sequence[Told], doc_id: str = "a1", sent_id: int = 0) -> pd.DataFrame:
    """Table `explanations` for the only frame of a unit."""
    return tables.make(
        "explanations",
        [
            (doc_id, sent_id, "flood", task, rank, "view", *rest)
            for rank, (task, *rest) in enumerate(told, start=1)
        ],
    )


def rows(told: Sequence[Told]) -> list[Any]:
    return list(explained(told).itertuples(index=False))


# ---- marking ----------------------------------------------------------------------------------------


def pieces(text: str, told: Sequence[Told]) -> list[tuple[str, list[str]]]:
    return [(it.text, it.tasks) for it in mark(text, rows(told))]


def test_a_word_is_marked_for_what_it_moved() -> None:
    told = [("presence", "here flood", 1.0, 4, 9), ("stance", "denied/negators", 0.5, 0, 3)]
    assert pieces("the water rose", told) == [
        ("the", ["stance"]),
        (" ", []),
        ("water", ["presence"]),
        (" rose", []),
    ]


def test_overlapping_reasons_share_what_they_have_in_common() -> None:
    told = [("presence", "here flood", 1.0, 0, 10), ("stance", "no water", 0.5, 4, 14)]
    assert pieces("high waters rise", told) == [
        ("high", ["presence"]),
        (" water", ["presence", "stance"]),
        ("s ri", ["stance"]),
        ("se", []),
    ]


def test_a_task_with_two_reasons_for_a_word_is_named_once() -> None:
    told = [("presence", "here flood", 1.0, 0, 5), ("presence", "meaning of a word", 0.4, 0, 5)]
    (piece,) = mark("water", rows(told))
    assert [it.feature for it in piece.reasons] == ["here flood", "meaning of a word"]
    assert piece.tasks == ["presence"]


@pytest.mark.parametrize(
    "told",
    [
        ("presence", "against", -1.0, 0, 5),
        ("presence", "nothing", 0.0, 0, 5),
        ("presence", "a trifle beside 2.0", 0.19, 0, 5),
        ("presence", "no word", 1.5, NA, NA),
        ("presence", "beyond what is shown", 1.5, 9, 14),
    ],
    ids=lambda told: told[1],
)
def test_what_is_not_marked(told: Told) -> None:
    assert pieces("water", [told, ("presence", "the whole", 2.0, NA, NA)]) == [("water", [])]


def test_a_trifle_for_one_decision_may_matter_for_the_other() -> None:
    told = [("presence", "the whole", 2.0, NA, NA), ("stance", "denied/negators", 0.1, 0, 5)]
    assert pieces("never", told) == [("never", ["stance"])]


def test_a_text_that_is_cut_short_is_marked_to_its_end() -> None:
    assert pieces("the wat", [("presence", "here flood", 1.0, 4, 9)]) == [
        ("the ", []),
        ("wat", ["presence"]),
    ]


def test_other_reasons_are_the_strongest_that_are_no_words() -> None:
    told: list[Told] = [
        ("presence", "a word", 9.0, 0, 5),
        ("presence", "near flood", 0.5, NA, NA),
        ("stance", "any denied", -0.7, NA, NA),
        ("presence", "nothing to speak of", 0.004, NA, NA),
        ("presence", "heading flood", 0.1, NA, NA),
    ]
    assert [it.feature for it in other_reasons(rows(told), 2)] == ["any denied", "near flood"]
    assert [it.feature for it in other_reasons(rows(told), 9)][2:] == ["heading flood"]


HOSTILE = st.text(alphabet="<>&\"'/= abscriptmk\u00e9\u0130", min_size=1, max_size=40)
PLACES = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)
TOLD = st.lists(
    st.tuples(st.sampled_from(["presence", "stance"]), HOSTILE, st.floats(-2, 2), PLACES).map(
        lambda it: (*it[:3], *it[3])
    ),
    max_size=6,
)


@given(HOSTILE, TOLD)
def test_pieces_make_up_the_text(text: str, told: list[Told]) -> None:
    found = mark(text, rows(told))
    assert "".join(it.text for it in found) == text
    assert all(it.text for it in found)


@given(HOSTILE, TOLD)
def test_a_reason_marks_just_its_own_characters(text: str, told: list[Told]) -> None:
    """Compared character by character with what each reason claims."""
    strongest = {task: max(it[2] for it in told if it[0] == task) for task, *_ in told}
    counted = [it for it in told if it[2] > 0 and it[2] >= 0.1 * strongest[it[0]]]
    by_character = [len(it.reasons) for it in mark(text, rows(told)) for _ in it.text]
    assert by_character == [
        sum(start <= place < end for *_, start, end in counted) for place in range(len(text))
    ]


# ---- the section ------------------------------------------------------------------------------------


def evidence(
    texts: Sequence[str],
    codes: Sequence[tuple[Any, ...]],
    told: pd.DataFrame | None = None,
    *,
    book: Any = BOOK,
    judged: Sequence[tuple[int, bool, str]] = (),
) -> str:
    """The evidence for sentences of one author.

    `codes` are number, coder, score, present and stance; `judged` are number, presence and stance by
    the reference coder.
    """
    lines = [("a1", n, 0, 1, 0, 1, "body", n, None, text) for n, text in enumerate(texts)]
    validation = [
        ("author", "cues", "a1", n, "flood", 0.0, False, "affirmed", 1.0, "b0", None, *truth)
        for n, *truth in judged
    ]
    return reported(
        "evidence",
        book,
        sentences=tables.make("sentences", lines),
        units=tables.make("units", lines),
        members=members({"a1": "Ada"}),
        authors=authors("Ada"),
        prevalence=shares(["Ada"], ["flood"], book.split),
        frame_codes=tables.make(
            "frame_codes",
            [("a1", n, "flood", coder, *rest, 0.9) for n, coder, *rest in codes],
        ),
        explanations=tables.make("explanations", []) if told is None else told,
        validation=tables.make("validation", validation),
        # That it was trained is told by what was measured of it.
        coder_quality=tables.make(
            "coder_quality",
            [("author", "machine", "presence", "flood", "any", "all", "f1", 0.5, None, None, 1, 1)],
        ),
    )


def listed(section: str) -> list[str]:
    return re.findall(r"<li>(.*?)</li>", section, re.DOTALL)


def test_a_sentence_shows_what_moved_the_machine() -> None:
    told = explained(
        [
            ("presence", "here flood", 1.04, 4, 9),
            ("presence", "meaning of a word", 0.31, 4, 9),
            ("presence", "no near flood", -0.28, NA, NA),
            ("stance", "any denied", 0.2, NA, NA),
        ]
    )
    section = evidence(["The water rose."], [(0, "machine", 0.87, True, "denied")], told)
    (item,) = listed(section)
    title = "presence: here flood +1.04, presence: meaning of a word +0.31"
    assert f'The <mark class="by-presence" title="{title}">water</mark> rose.' in item
    assert "presence: no near flood −0.28 · stance: any denied +0.20" in plain(item)
    assert "denied · machine 0.87 · a1/0" in plain(item)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ((0, "machine", 0.2, False, ""), "affirmed · reference; machine 0.20, does not see it"),
        ((0, "machine", 0.9, True, "denied"), "affirmed · reference; machine 0.90, says denied"),
        ((0, "machine", 0.9, True, "affirmed"), "affirmed · reference; machine 0.90, agrees"),
        ((0, "cues", 1.0, True, "denied"), "affirmed · reference ·"),
    ],
)
def test_the_machine_stands_beside_the_reference_coder(code: tuple[Any, ...], said: str) -> None:
    (item,) = listed(evidence(["The water rose."], [code], judged=[(0, True, "affirmed")]))
    assert said in plain(item)


def test_cue_words_speak_where_no_machine_was_trained() -> None:
    (item,) = listed(evidence(["The water rose."], [(0, "cues", 1.0, True, "denied")]))
    assert plain(item) == "The water rose. denied · cues · a1/0"


def test_where_the_machine_sees_no_frame_it_has_no_reasons_for_a_stance() -> None:
    told = explained([("stance", "denied/negators", 1.0, 0, 3), ("stance", "any denied", 1.0, NA, NA)])
    code = (0, "machine", 0.2, False, "")
    (item,) = listed(evidence(["Not water."], [code], told, judged=[(0, True, "affirmed")]))
    assert "<mark" not in item
    assert "any denied" not in item


def test_reasons_are_told_of_their_own_sentence() -> None:
    told = explained([("presence", "here flood", 1.0, 0, 5)], sent_id=1)
    codes = [(n, "machine", 0.9, True, "affirmed") for n in (0, 1)]
    first, second = listed(evidence(["Water fell.", "Water rose."], codes, told))
    assert "<mark" not in first
    assert ">Water</mark> rose." in second


def test_without_stances_there_is_none_to_be_marked() -> None:
    told = explained([("presence", "here flood", 1.0, 0, 5), ("presence", "near flood", 0.3, NA, NA)])
    section = evidence(["Water rose."], [(0, "machine", 0.9, True, "present")], told, book=PLAIN_BOOK)
    assert "stance" not in plain(section)
    assert plain(listed(section)[0]) == "Water rose. machine 0.90 · a1/0 near flood +0.30"


def test_of_a_document_the_first_sentence_is_shown() -> None:
    book = BOOK.model_copy(update={"unit": "document"})
    told = explained([("presence", "here flood", 1.0, 4, 9), ("presence", "later", 1.0, 20, 25)])
    (item,) = listed(evidence(["The water rose."], [(0, "machine", 0.9, True, "denied")], told, book=book))
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", item) == ["water"]


@settings(max_examples=8)
@given(st.lists(st.tuples(HOSTILE, TOLD), min_size=1, max_size=9))
def test_hostile_text_stays_text(found: list[tuple[str, list[Told]]]) -> None:
    """Marked text with its tags taken away is the text, and no tag comes from it."""
    codes = [(n, "machine", 0.9, True, "denied") for n, _ in enumerate(found)]
    told = pd.concat([explained(told, sent_id=n) for n, (_, told) in enumerate(found)])
    items = listed(evidence([text for text, _ in found], codes, told))
    for (text, _), item in zip(found, items, strict=True):
        shown = item.split(' <span class="tag">')[0]
        assert html.unescape(re.sub(r"</?mark[^>]*>", "", shown)) == text
        assert set(re.findall(r"<(\w+)", item)) <= {"mark", "span", "b", "a", "div"}


def test_no_feature_becomes_markup() -> None:
    told = explained([("presence", EVIL, 1.0, 0, 5), ("presence", EVIL, 0.5, NA, NA)])
    section = evidence(["Water rose."], [(0, "machine", 0.9, True, "denied")], told)
    assert "<script" not in section
    assert section.count("&lt;script&gt;alert(1)") == 2
