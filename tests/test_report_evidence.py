"""report: the sentences behind the figures, as data."""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from conftest import small_codebook
from evident import Line, evident, judged, machine, source, told, world
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import tables
from nlp.codebook import Codebook
from nlp.registry import Entity, Group, Registry
from nlp.report.evidence.offsets import cut_utf16, to_utf16
from nlp.report.evidence.sources import changes_of, differs
from nlp.report.evidence.why import worth_telling
from nlp.spans import to_clean

NA = pd.NA
BOOK = small_codebook({"flood": ["water"], "fire": ["smoke"]}, {"affirmed": [], "denied": []})
PLAIN = small_codebook({"flood": ["water"]}, {})
TEXTS = st.text(alphabet="ab \u00e9\u2028\U0001f600\U00010330<>&", max_size=30)


def only(made: dict[str, pd.DataFrame], book: Codebook = BOOK, **options: Any) -> dict[str, Any]:
    """The data of the only document."""
    (document,) = evident(made, book, **options).documents
    return document


# ---- offsets ----------------------------------------------------------------------------------------


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_stretch_is_the_same_in_utf_16(text: str, one: int, other: int) -> None:
    start, end = sorted(min(it, len(text)) for it in (one, other))
    assert cut_utf16(text, to_utf16(text, start), to_utf16(text, end)) == text[start:end]


@given(TEXTS)
def test_a_text_ends_after_its_code_units(text: str) -> None:
    assert to_utf16(text, len(text)) == len(text.encode("utf-16-le")) / 2


def test_half_an_emoji_is_one_code_unit() -> None:
    text = "a\ud83dz\U0001f600"
    assert [to_utf16(text, place) for place in range(5)] == [0, 1, 2, 3, 5]
    assert cut_utf16(text, 1, 3) == "\ud83dz"


# ---- names ------------------------------------------------------------------------------------------


def mention(start: int, end: int, actor: str, kind: str = "state", **more: Any) -> tuple[Any, ...]:
    """A mention in the first sentence of text a1."""
    entity = more.get("entity", actor.title())
    return ("a1", 0, start, end, start, end, "", "GPE", kind, actor, entity, "", "", actor, "alias", 1.0)


LAND = Entity(id="land", name="The Land", label="GPE", kind="state")
TOWN = Entity(id="town", name="Town", label="GPE", kind="place", metonym_of="land")
REGISTRY = Registry(entities=(LAND, TOWN), groups=(Group(id="club", name="The Club", members=("town",)),))


def test_a_name_behind_an_emoji_is_found_where_javascript_looks() -> None:
    text = "\U0001f600 Land rose."
    made = world({"a1": told(text)}, BOOK, entities=tables.make("entities", [mention(2, 6, "land")]))
    document = only(made, registry=REGISTRY)
    assert document["actors"] == [["land", "The Land", "state", ["The Club"]]]
    assert document["sentences"][0]["names"] == [[3, 7, 0]]


def test_a_cited_author_is_another_than_the_person() -> None:
    rows = [mention(0, 3, "unlisted/ash", "person"), mention(4, 7, "unlisted/ash", "cited author")]
    document = only(world({"a1": told("Ash Ash")}, BOOK, entities=tables.make("entities", rows)))
    kinds = [document["actors"][actor][2] for *_, actor in document["sentences"][0]["names"]]
    assert kinds == ["person", "cited author"]


def test_an_unlisted_actor_has_one_name_in_all_documents() -> None:
    rows = [mention(0, 3, "unlisted/ash", entity=name) for name in ("Zed Ash", "Ash")]
    rows = [(f"a{number}", *row[1:]) for number, row in enumerate(rows, start=1)]
    made = world({"a1": told("Ash"), "a2": told("Ash")}, BOOK, entities=tables.make("entities", rows))
    assert [it["actors"][0][1] for it in evident(made, BOOK).documents] == ["Ash", "Ash"]


# ---- words ------------------------------------------------------------------------------------------


def test_words_that_the_page_does_not_show_are_left_out() -> None:
    rows = [("a1", 0, "water", 2), ("a1", 0, "boat", 1)]
    made = world({"a1": told("Water, boat, water.")}, BOOK, occurrences=tables.make("occurrences", rows))
    document = only(made, words=["water"])
    assert document["words"] == ["water"]
    assert document["sentences"][0]["words"] == [[0, 2]]


# ---- the source -------------------------------------------------------------------------------------


def test_the_source_stands_beside_a_text_that_differs_beyond_white_space() -> None:
    assert differs("wa-\nter", "water")
    assert not differs("the\n  water ", "the water")


def edited(raw: str, edits: Sequence[tuple[int, int, str, str]], ends: Sequence[int]) -> list[list[Any]]:
    """Changes of each sentence; these end at places of the clean text, and begin after a space."""
    table = tables.make(
        "edits", [("a1", start, end, rule, raw[start:end], to, None) for start, end, rule, to in edits]
    )
    starts = [0, *(it + 1 for it in ends[:-1])]
    rows = [
        ("a1", n, *it, *it, "body", 0, None, "x") for n, it in enumerate(zip(starts, ends, strict=True))
    ]
    found = changes_of(table, tables.make("sentences", rows))
    return [list(found.get(number, [])) for number in range(len(ends))]


def test_a_change_belongs_to_its_sentence() -> None:
    # "Wa-\nter rose.1 It fell." -> "Water rose. It fell."
    raw = "Wa-\nter rose.1 It fell."
    edits = [(2, 4, "hyphens", ""), (13, 14, "note_marks", "")]
    assert edited(raw, edits, [11, 20]) == [[["hyphens", "-\n", ""], ["note_marks", "1", ""]], []]


def test_a_change_between_sentences_belongs_to_none() -> None:
    assert edited("It rose.\nIt fell.", [(8, 9, "paragraphs", " ")], [8, 17]) == [[], []]


def test_a_note_that_was_moved_is_told_where_it_was_taken_out() -> None:
    raw = "It 1 Note. rose."  # "It rose." and, at the end, "1 Note. "
    edits = tables.make("edits", [("a1", 3, 11, "footnotes", raw[3:11], raw[3:11], 16)])
    rows = [
        ("a1", 0, 0, 8, 0, 16, "body", 0, None, "It rose."),
        ("a1", 1, 8, 15, 3, 10, "note", 1, None, "1 Note."),
    ]
    found = changes_of(edits, tables.make("sentences", rows))
    assert dict(found) == {0: [["footnotes", "1 Note. ", "1 Note. "]]}


@given(
    st.text(alphabet="abc", min_size=1, max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.text("xy", max_size=3)), max_size=5),
)
def test_changes_stand_in_the_clean_text_where_they_were_made(
    raw: str, drafts: list[tuple[int, int, str]]
) -> None:
    edits: list[tuple[Any, ...]] = []
    clean, done = "", 0
    for start, length, after in sorted(drafts):
        end = min(start + length, len(raw))
        if start >= end or start < done or (edits and start == done):
            continue
        clean += raw[done:start] + after
        edits.append(("a1", start, end, "rule", raw[start:end], after, None))
        done = end
    clean += raw[done:]
    starts, ends = to_clean(tables.make("edits", edits))
    assert [clean[start:end] for start, end in zip(starts, ends, strict=True)] == [it[5] for it in edits]


# ---- codes ------------------------------------------------------------------------------------------


def test_a_code_tells_who_sees_the_frame() -> None:
    key = ("a1", 0, "flood")
    coded = [
        ("a1", 0, "kim", "flood", "b0", True, "affirmed", "", "", None),
        ("a1", 0, "lee", "flood", "b0", False, "", "", "", None),
    ]
    made = world(
        {"a1": told("The water rose.")},
        BOOK,
        frame_codes=machine([(*key, 0.8765, "denied"), ("a1", 0, "fire", 0.1, "")]),
        validation=judged([(*key, "affirmed"), ("a1", 0, "fire", "")], {key: (0.4, "affirmed", False)}),
        coded_sentences=tables.make("coded_sentences", coded),
    )
    (unit,) = only(made)["units"]
    assert unit["sample"]
    assert unit["coders"] == ["kim", "lee"]
    assert unit["codes"] == [
        {
            "frame": "flood",
            "reference": "affirmed",
            "machine": [0.876, "denied"],
            "unseen": [0.4, "", "affirmed"],
            "coders": {"kim": "affirmed", "lee": ""},
        }
    ]


def test_the_reference_is_who_the_parameters_name_and_not_who_says_the_same() -> None:
    coded = [("a1", 0, name, "flood", "b0", True, "affirmed", "", "", None) for name in ("ann", "kim")]
    made = world(
        {"a1": told("The water rose.")},
        BOOK,
        validation=judged([("a1", 0, "flood", "affirmed")], {}),
        coded_sentences=tables.make("coded_sentences", coded),
    )
    assert evident(made, BOOK).head["reference"] == ""
    made["provenance"] = tables.make("provenance", [("parameter", "coder.reference", "kim", "", "coder")])
    assert evident(made, BOOK).head["reference"] == "kim"


def test_scores_of_the_sample_stay_in_their_bins() -> None:
    codes = [("a1", 0, "flood", ""), ("a1", 0, "fire", "denied")]
    said = {("a1", 0, "flood"): (0.2999999, "", False), ("a1", 1, "flood"): (0.8, "denied", True)}
    made = world({"a1": told("The water rose.", "It fell.")}, BOOK, validation=judged(codes, said))
    assert [it.get("scores") for it in only(made)["units"]] == [[0.299, None], None]


def test_what_nobody_sees_is_not_listed() -> None:
    made = world({"a1": told("Nothing.")}, BOOK, frame_codes=machine([("a1", 0, "flood", 0.4, "")]))
    (unit,) = only(made)["units"]
    assert "codes" not in unit
    assert "sample" not in unit


def test_codes_come_in_the_order_of_the_codebook() -> None:
    codes = [("a1", 0, "fire", 0.9, "denied"), ("a1", 0, "flood", 0.8, "denied")]
    made = world({"a1": told("Water and smoke.")}, BOOK, frame_codes=machine(codes))
    assert [it["frame"] for it in only(made)["units"][0]["codes"]] == ["flood", "fire"]


def test_cue_words_speak_where_no_machine_was_trained() -> None:
    codes = machine([("a1", 0, "flood", 1.0, "denied")], coder="cues")
    made = world({"a1": told("The water rose.")}, BOOK, frame_codes=codes)
    assert only(made)["units"][0]["codes"] == [{"frame": "flood", "machine": [1.0, "denied"]}]
    assert evident(made, BOOK).head["machine"] == "cues"


def test_a_machine_that_had_not_seen_the_author_is_heard_outside_the_sample() -> None:
    key = ("a1", 0, "flood")
    made = world(
        {"a1": told("The water rose.")},
        BOOK,
        frame_codes=machine([(*key, 0.1, "")]),
        validation=judged([], {key: (0.7, "denied", True)}),
    )
    (code,) = only(made)["units"][0]["codes"]
    assert code["unseen"] == [0.7, "denied"]
    assert "reference" not in code


# ---- why --------------------------------------------------------------------------------------------

Told = tuple[str, str, float, Any, Any]  # task, feature, contribution, start and end


def kept(*reasons: Told, present: bool = True) -> list[str]:
    rows = [("a1", 0, "flood", it[0], rank, "view", *it[1:]) for rank, it in enumerate(reasons, start=1)]
    codes = pd.DataFrame([("a1", 0, "flood", present)], columns=["doc_id", "sent_id", "frame", "present"])
    return list(worth_telling(tables.make("explanations", rows), codes)["feature"])


@pytest.mark.parametrize(
    ("reason", "is_told"),
    [
        (("presence", "for it", 0.21, 0, 5), True),
        (("presence", "a trifle beside 2.0", 0.19, 0, 5), False),
        (("presence", "against it", -1.0, 0, 5), False),
        (("presence", "nothing", 0.0, 0, 5), False),
        (("presence", "no word, against it", -0.3, NA, NA), True),
        (("presence", "no word, nothing to speak of", 0.004, NA, NA), False),
        (("stance", "small, but all there is", 0.1, 0, 5), True),
    ],
    ids=lambda it: it[1] if isinstance(it, tuple) else "",
)
def test_what_is_worth_telling(reason: Told, is_told: bool) -> None:
    assert (reason[1] in kept(reason, ("presence", "the whole", 2.0, NA, NA))) == is_told


def test_of_reasons_that_are_no_words_the_four_strongest_are_told() -> None:
    reasons = [("presence", str(number), 0.1 * number, NA, NA) for number in range(1, 7)]
    assert kept(*reasons) == ["3", "4", "5", "6"]


def test_where_the_machine_sees_no_frame_it_has_no_reasons_for_a_stance() -> None:
    reasons: list[Told] = [("stance", "not", 1.0, 0, 3), ("presence", "water", 1.0, 4, 9)]
    assert kept(*reasons, present=False) == ["water"]


def test_reasons_point_into_the_text_of_the_unit() -> None:
    rows = [("a1", 0, "flood", "presence", 1, "view", "cue", 1.234, 2, 7)]
    made = world(
        {"a1": told("\U0001f600 water.")},
        BOOK,
        frame_codes=machine([("a1", 0, "flood", 0.9, "denied")]),
        explanations=tables.make("explanations", rows),
    )
    (code,) = only(made)["units"][0]["codes"]
    assert code["why"] == [["presence", 3, 8, "cue", 1.23]]


# ---- units ------------------------------------------------------------------------------------------

LINES: list[Line] = [
    ("title", 0, "A title."),
    ("body", 1, "One."),
    ("body", 1, "Two."),
    ("note", 2, "A note."),
    ("body", 3, "Three."),
    ("note", 4, "Another."),
]


@pytest.mark.parametrize(
    ("unit", "spans"),
    [
        ("sentence", [(1, 1), (2, 2), (4, 4)]),
        ("paragraph", [(1, 2), (4, 4)]),
        ("document", [(1, 4)]),
    ],
)
@pytest.mark.parametrize("book", [BOOK, PLAIN], ids=["stances", "no stances"])
def test_units_have_their_counted_sentences(
    unit: Any, spans: list[tuple[int, int]], book: Codebook
) -> None:
    book = book.model_copy(update={"unit": unit})
    made = world({"a1": LINES}, book)
    document = only(made, book)
    assert [(it["n"], it["to"]) for it in document["units"]] == spans
    texts = [
        " ".join(it["text"] for it in document["sentences"] if first <= it["n"] <= last and "counted" in it)
        for first, last in spans
    ]
    assert texts == list(made["units"]["text"])
    for it, text in zip(document["units"], texts, strict=True):
        assert it.get("raw", text) == source(LINES)[it["start"] : it["end"]]


def test_without_units_there_are_sentences_all_the_same() -> None:
    document = only(world({"a1": [("note", 0, "A note.")]}, BOOK))
    assert document["units"] == []
    assert [it["text"] for it in document["sentences"]] == ["A note."]


# ---- passages ---------------------------------------------------------------------------------------


def test_a_passage_reaches_to_its_last_sentence() -> None:
    passages = [("a1", "Ada", 0, 9, 18, 1, 2, "One. Two."), ("a1", "Ada", 1, 29, 35, 4, 1, "Three.")]
    weights = [("a1", 0, 0, 0.25, 0.0, 1.0), ("a1", 0, 1, 0.7496, 0.0, 1.0), ("a1", 0, 2, 0.0004, 0.0, 1.0)]
    made = world(
        {"a1": LINES},
        BOOK,
        passages=tables.make("passages", passages),
        topic_weights=tables.make("topic_weights", weights),
    )
    assert only(made)["passages"] == [{"from": 1, "to": 2, "topics": [[1, 0.75], [0, 0.25]]}]


# ---- groups -----------------------------------------------------------------------------------------


def test_documents_come_by_group_in_the_order_of_the_page() -> None:
    texts = {name: told("Water.") for name in ("a1", "b1", "c1")}
    made = world(texts, BOOK, {"a1": "2004", "b1": "2001", "c1": "2004"})
    found = evident(made, BOOK)
    assert [(it["id"], it["group"]) for it in found.head["documents"]] == [
        ("b1", "2001"),
        ("a1", "2004"),
        ("c1", "2004"),
    ]
    assert [it["id"] for it in found.documents] == ["b1", "a1", "c1"]


def test_of_a_bare_text_there_are_its_sentences_and_no_more() -> None:
    document = only(world({"a1": told("Water.")}, PLAIN), PLAIN)
    assert document == {
        "id": "a1",
        "actors": [],
        "words": [],
        "sentences": [{"n": 0, "text": "Water.", "zone": "body", "p": 0, "counted": True}],
        "passages": [],
        "units": [{"n": 0, "to": 0, "part": 1, "start": 0, "end": 6}],
    }


@settings(max_examples=25)
@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=5))
def test_data_is_json_whatever_the_texts(texts: list[str]) -> None:
    document = only(world({"a1": told(*texts)}, BOOK))
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert [it["text"] for it in document["sentences"]] == texts
