"""clean: the last room that may change a character, and it keeps every change on record."""

import pandas as pd
import pytest
from cleaning import LINE, LONG, PARAMS, cleaned, documents, only, run, traced

from nlp import clean, tables
from nlp.clean.steps import STEPS
from nlp.registry import Entity, Registry

SARN = Registry(
    entities=(Entity(id="sarn", name="Sarn", label="GPE", kind="state", acronyms=("RSN", "Sn")),)
)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("one\r\n\r\ntwo", "one\n\ntwo"),
        ("inte-\r\ngration", "integration"),
        ("inte\xad\r\ngration", "integration"),
        ("inte\xad-\ngra\u200btion", "integration"),
        ("post-\r\nRoman\xa0towns ", "post-Roman towns"),
        ("  x \n\n\n\n y\t z", "x\n\ny z"),
        ("the conﬂ-\r\nict.¹ So", "the conflict. So"),
        ("# *Trust*\n> â€œquotedâ€\x9d[^1]", "Trust\n\n“quoted”"),
        ("SearchDr Smith", "Dr Smith"),
        ("\ufeffText", "Text"),
        ("", ""),
        ("\n\n", ""),
    ],
)
def test_steps_work_together(raw: str, wanted: str) -> None:
    assert cleaned(raw) == wanted


def test_the_parameters_name_the_steps_in_their_order() -> None:
    assert PARAMS.steps == list(STEPS)


def test_a_step_that_is_not_chosen_is_not_done() -> None:
    assert cleaned("so\xadft \r\npow-\r\ner", only("line_ends")) == "so\xadft \npow-\ner"
    assert cleaned("so\xadft \r\npow-\r\ner", only()) == "so\xadft \r\npow-\r\ner"


def test_the_order_of_the_parameters_does_not_matter() -> None:
    raw = f"{LONG}¹\r\n\r\n¹ See inte-\r\ngration.\n{LONG}"
    assert cleaned(raw, only(*reversed(STEPS))) == cleaned(raw)


def test_each_step_is_told_with_what_it_did() -> None:
    made = run(f"{LINE}  ﬁrst\n\n{LINE}.¹\n\n¹ See.", "sound")
    assert [tuple(row) for row in made.cleaning.itertuples(index=False)] == [
        ("d0", "ligatures", 1, 1, 2),
        ("d0", "footnotes", 1, 0, 3),
        ("d0", "note_marks", 1, 1, 0),
        ("d0", "paragraphs", 1, 5, 2),
        ("d0", "spaces", 1, 2, 1),
    ]


def test_every_edit_is_told_in_its_place() -> None:
    made = run("so\xadft  a ﬁsh")
    assert [tuple(row) for row in made.edits.drop(columns="moved_to").itertuples(index=False)] == [
        ("d0", 2, 3, "controls", "\xad", ""),
        ("d0", 5, 7, "spaces", "  ", " "),
        ("d0", 9, 10, "ligatures", "ﬁ", "fi"),
    ]
    assert made.edits["moved_to"].isna().all()


def test_what_moved_is_told_with_where_it_went() -> None:
    raw = f"{LONG}\n\n¹ See.\n\n{LONG}"
    moved = run(raw).edits.dropna(subset="moved_to")
    assert [tuple(row) for row in moved.itertuples(index=False)] == [
        ("d0", len(LONG) + 2, len(LONG) + 8, "footnotes", "¹ See.", "¹ See.", len(raw))
    ]


def test_a_kept_character_knows_where_it_came_from() -> None:
    trace = traced("so\xadft  inte-\ngration")
    kept = {c: raw for c, raw in zip(trace.text, trace.origin, strict=True) if c in "sfg"}
    assert kept == {"s": 0, "f": 3, "g": 13}
    assert trace.origin[trace.text.index(" ")] == -1


def test_the_words_of_the_corpus_and_the_registry_are_evidence() -> None:
    words = tables.make("words", [("Velmstad", 2, 1)])
    table = documents("In Velm-\nstad it was sarn and Rsn. so it is", lost_capitals="SN")
    made = clean.run(PARAMS, documents=table, words=words, registry=SARN)
    assert made.texts.iloc[0].text == "In Velmstad it was Sarn and RSN. So it is"


def test_the_documents_keep_their_order_and_authors() -> None:
    made = run("one", "two", "three")
    assert [tuple(row) for row in made.texts.itertuples(index=False)] == [
        ("d0", "A0", "en", "one"),
        ("d1", "A1", "en", "two"),
        ("d2", "A2", "en", "three"),
    ]


def test_no_documents_give_empty_tables() -> None:
    for name, table in zip(("texts", "edits", "zones", "cleaning"), run(), strict=True):
        pd.testing.assert_frame_equal(table, tables.make(name, []))
