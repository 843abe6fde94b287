"""The section of the report on the corpus: what counts, what was repaired, what was cut."""

import pandas as pd
from conftest import small_codebook
from hypothesis import given
from hypothesis import strategies as st
from reporting import authors, members, plain, reported, rows_of, shares

from nlp import tables
from nlp.report.sections.cut import MOST, CutText, cut_of
from nlp.report.sections.repairs import Repair, repairs_of

BOOK = small_codebook({"flood": ["water"]}, {})
Span = tuple[int, int]
Edit = tuple[int, int, str, str]  # start and end in the raw text, rule, what stands for it


def documents(raw: str, lost: str = "") -> pd.DataFrame:
    about = ("Ada", "Ada", None, "T", "", "essay", "en", "", "0" * 64, "plain", "", None, lost, "", raw)
    return tables.make("documents", [("doc", *about)])


def sentences(*spans: Span) -> pd.DataFrame:
    made = [
        {"doc_id": "doc", "sent_id": at, "raw_start": a, "raw_end": b} for at, (a, b) in enumerate(spans)
    ]
    return pd.DataFrame(made, columns=["doc_id", "sent_id", "raw_start", "raw_end"])


def edits(raw: str, *made: Edit) -> pd.DataFrame:
    rows = [("doc", start, end, rule, raw[start:end], after, None) for start, end, rule, after in made]
    return tables.make("edits", rows)


def zones(*made: tuple[int, int, str]) -> pd.DataFrame:
    return tables.make("zones", [("doc", at, *it) for at, it in enumerate(made)])


def cut(raw: str, *spans: Span, changed: tuple[Edit, ...] = ()) -> list[CutText]:
    return cut_of(documents(raw), sentences(*spans), edits(raw, *changed), zones())


# ---- what was cut -----------------------------------------------------------------------------------


def test_what_stands_in_no_sentence_is_cut_and_says_of_which_zone_it_is() -> None:
    raw = "Menu Search\n\nIt rained.\n\nSee also: Snow"
    of_zones = zones((0, 11, "furniture"), (13, 23, "body"), (25, 39, "furniture"))
    (found,) = cut_of(documents(raw), sentences((13, 23)), edits(raw), of_zones)
    assert [(it.text, it.why, it.sent_id) for it in found.stretches] == [
        ("Menu Search", ["furniture"], None),
        ("See also: Snow", ["furniture"], None),
    ]
    assert found.characters == 25


def test_what_interrupted_a_sentence_is_cut_and_says_which() -> None:
    raw = "It rained\n\n6  A. WRITER\n\nall day."
    (found,) = cut(raw, (0, len(raw)), changed=((9, 25, "running_heads+paragraphs", " "),))
    (stretch,) = found.stretches
    assert stretch == ("6  A. WRITER", ["running_heads+paragraphs"], 0)


def test_marks_of_notes_within_a_sentence_are_no_words() -> None:
    assert not cut("It rained 12 all day.", (0, 21), changed=((9, 12, "note_marks", ""),))


def test_signs_and_marks_of_notes_are_not_worth_telling() -> None:
    raw = "It rained.¹\n\n* * *\n\nIt snowed."
    assert not cut(raw, (0, 10), (20, 30), changed=((10, 11, "note_marks", ""),))


def test_a_page_does_not_grow_without_end() -> None:
    shorter, longer = (cut("word " * (length // 5))[0] for length in (MOST // 2, MOST * 2))
    assert (shorter.shown, longer.shown) == (True, False)


def test_what_is_too_long_takes_no_room_from_what_comes_after() -> None:
    texts = ["word " * (MOST // 5 + 1), "short ", "word " * (MOST // 5), "again "]
    rows = [documents(it).assign(doc_id=str(at)) for at, it in enumerate(texts)]
    found = cut_of(pd.concat(rows), sentences(), edits(""), zones())
    assert [it.shown for it in found] == [False, True, False, True]


@given(
    st.text("ab1 .\n", min_size=1, max_size=40), st.lists(st.tuples(*2 * [st.integers(0, 40)]), max_size=5)
)
def test_every_letter_stands_in_a_sentence_or_is_shown_as_cut(raw: str, spans: list[Span]) -> None:
    known = [(min(a, b), min(max(a, b), len(raw))) for a, b in spans if min(a, b) < len(raw)]
    covered = {at for start, end in known for at in range(start, end)}
    left = [it for at, it in enumerate(raw) if at not in covered and it.isalnum()]
    shown = [
        it for text in cut(raw, *known) for stretch in text.stretches for it in stretch.text if it.isalnum()
    ]
    assert shown == left


# ---- capitals ---------------------------------------------------------------------------------------

DAMAGED = "in Spain and in\nspain the cIA met, and spain"


def test_repairs_are_told_by_word_and_by_rule() -> None:
    changed = edits(
        DAMAGED,
        (15, 17, "paragraphs+case", " S"),
        (26, 27, "case", "C"),
        (39, 40, "case", "S"),
        (40, 40, "x", ""),
    )
    (found,) = repairs_of(documents(DAMAGED, "CS"), changed)
    assert found.times == 3
    assert found.by_rule == [("case", 2), ("paragraphs+case", 1)]
    assert found.most == [Repair("spain", "Spain", 2), Repair("cIA", "CIA", 1)]


def test_letters_of_one_word_are_one_repair_of_it() -> None:
    raw = "the iSiS of isis"
    changed = edits(raw, (4, 5, "case", "I"), (6, 7, "case", "I"), (12, 13, "case", "I"))
    (found,) = repairs_of(documents(raw, "I"), changed)
    assert found.times == 3
    assert found.most == [Repair("iSiS", "ISIS", 1), Repair("isis", "Isis", 1)]


def test_sound_texts_have_no_repairs() -> None:
    assert repairs_of(documents(DAMAGED), edits(DAMAGED, (26, 27, "case", "C"))) == []


# ---- the section ------------------------------------------------------------------------------------


def test_zones_open_their_sentences_and_say_whether_they_count() -> None:
    rows = [("Ada", "body", True, 5, 50), ("Ada", "note", False, 2, 9), ("Bo", "body", True, 7, 70)]
    html = reported(
        "corpus",
        BOOK,
        authors=authors("Ada", "Bo"),
        prevalence=shares(["Ada", "Bo"], ["flood"], []),
        members=members({"a": "Ada", "b": "Bo"}),
        author_zones=tables.make("author_zones", rows),
    )
    assert rows_of(html)[:2] == ["body 5 50 words 7 70 words", "note not counted 2 9 words –"]
    assert 'data-find="?zone=note&amp;author=Ada" data-count="2" data-of="sentences">2</a>' in html


def test_what_was_cut_is_there_to_read() -> None:
    raw = "Menu\n\n<b>It rained.</b>"
    made = {"documents": documents(raw), "texts": tables.make("texts", [("doc", "Ada", "en", raw)])}
    html = reported("corpus", BOOK, **made)
    assert "<summary>doc: 1 stretch, 23 characters</summary>" in html
    assert "<pre>Menu\n\n&lt;b&gt;It rained.&lt;/b&gt;</pre>" in html
    assert "All of the texts as received" in plain(html)


def test_changes_open_the_sentences_that_have_them() -> None:
    raw = "It ra-\nined. It snowed.\n\n\n"
    text = "It rained. It snowed."
    made = {
        "documents": documents(raw),
        "texts": tables.make("texts", [("doc", "Ada", "en", text)]),
        "edits": edits(raw, (5, 7, "hyphens+paragraphs", ""), (23, 26, "spaces", "")),
        "cleaning": tables.make("cleaning", [("doc", "hyphens", 1, 2, 0), ("doc", "spaces", 1, 3, 0)]),
        "sentences": tables.make(
            "sentences",
            [
                ("doc", 0, 0, 10, 0, 12, "body", 0, None, text[:10]),
                ("doc", 1, 11, 21, 13, 23, "body", 0, None, text[11:]),
            ],
        ),
    }
    changed = reported("corpus", BOOK, **made).split("cleaning changed</h3>")[1]
    assert rows_of(changed)[0] == "doc 1 −2 +0 in 1 1 −3 +0 in 1"
    assert 'data-find="?edit=hyphens&amp;doc=doc" data-count="1" data-of="sentences">1</a>' in changed
