"""compare.frame_actors and compare.course: who stands in a frame's sentences, and frames along a text."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import small_codebook
from hypothesis import given, settings
from hypothesis import strategies as st
from naming import REGISTRY, Texts, any_texts, corpus
from worlds import CODEBOOK, PARAMS, Codes, Key, Sample, any_world, frame_codes, held_out, run

from nlp import tables
from nlp.codebook import Codebook
from nlp.compare.actors import roll_up
from nlp.compare.course import follow
from nlp.compare.frame_actors import count_in_frames
from nlp.compare.judged import judge
from nlp.stats import wilson
from nlp.units import coding_units

FORCE, DENIED = {"coercion": "affirmed"}, {"coercion": "denied"}
TEXTS: Texts = {
    "a1": [["Tolby met Sarn", "Orrin said no"], ["@Holt wrote of the Tolbian press"], ["nothing"]],
    "b1": [["Sarn", "Tolby and Tolby"]],
}
CODED: dict[Key, Codes] = {
    ("a1", 0): FORCE,
    ("a1", 1): DENIED,
    ("a1", 2): {},
    ("a1", 3): FORCE,
    ("b1", 0): {},
    ("b1", 1): FORCE,
}
JUDGED: Sample = {("a1", 0): ("x", DENIED), ("a1", 1): ("x", DENIED), ("a1", 2): ("x", {})}


def found(
    texts: Texts = TEXTS,
    coded: dict[Key, Codes] | None = None,
    judged: Sample | None = None,
    book: Codebook = CODEBOOK,
    least: int = 1,
) -> pd.DataFrame:
    made = corpus(texts)
    coded = CODED if coded is None else coded
    codes = tables.make("frame_codes", frame_codes("machine", coded))
    validation = tables.make("validation", held_out("machine", coded, JUDGED if judged is None else judged))
    units = coding_units(made.sentences, book.unit)
    known = judge(codes, validation, units, made.author, book)
    params = PARAMS.model_copy(update={"min_comentions": least})
    rolled = roll_up(made.mentions, REGISTRY)
    table = count_in_frames(codes, known, rolled, made.sentences, made.author, book, params)
    return tables.check("frame_actors", table)


def of(table: pd.DataFrame, author: str, stance: str, actor: str) -> Any:
    return table.set_index(["author", "frame", "stance", "entity_id"]).loc[
        (author, "coercion", stance, actor)
    ]


@pytest.mark.parametrize(
    ("stance", "actor", "count", "of_frame", "coded"),
    [
        ("affirmed", "tolby", 1, 2, 0),
        ("denied", "tolby", 1, 1, 2),  # Orrin is its capital
        ("any", "tolby", 2, 3, 2),
        ("any", "sarn", 1, 3, 1),
        ("denied", "sarn", 0, 1, 1),  # by the reference coder alone
    ],
)
def test_sentences_that_carry_a_frame_and_name_an_actor(
    stance: str, actor: str, count: int, of_frame: int, coded: int
) -> None:
    row = of(found(), "Ada", stance, actor)
    assert (row["count"], row.frame_count, row.coded) == (count, of_frame, coded)
    assert row.share == pytest.approx(count / of_frame)
    assert row.n_sentences == 4
    assert row.expected == pytest.approx(row.actor_count / 4)


def test_a_sentence_that_names_an_actor_twice_is_one() -> None:
    row = of(found(), "Bo", "any", "tolby")
    assert (row["count"], row.actor_count, row.n_coded) == (1, 1, 0)


def test_a_cited_author_stands_in_no_frame() -> None:
    assert "holt" not in set(found(coded=dict.fromkeys(CODED, FORCE))["entity_id"])


def test_who_never_meets_a_frame_and_who_is_named_too_seldom_has_no_row() -> None:
    assert set(found()["frame"]) == {"coercion"}
    assert set(found(least=3)["entity_id"]) == {"tolby"}
    assert found(least=9).empty


def test_a_mention_is_in_the_paragraph_of_its_sentence() -> None:
    book = small_codebook(
        {"attraction": ["attraction"], "coercion": ["coercion"]}, {"affirmed": [], "denied": []}
    ).model_copy(update={"unit": "paragraph"})
    coded: dict[Key, Codes] = {("a1", 0): FORCE, ("a1", 2): {}, ("a1", 3): {}, ("b1", 0): FORCE}
    table = found(coded=coded, judged={}, book=book)
    row = of(table, "Ada", "affirmed", "tolby")
    assert (row["count"], row.actor_count, row.n_sentences) == (1, 2, 3)
    assert of(table, "Bo", "affirmed", "sarn")["count"] == 1


@settings(max_examples=25, deadline=None)
@given(any_texts, st.integers(0, 3))
def test_counts_keep_within_each_other(texts: Texts, seed: int) -> None:
    made = corpus(texts)
    draw = np.random.default_rng(seed)
    keys = [(str(it), int(n)) for it, n in made.sentences[["doc_id", "sent_id"]].to_numpy()]
    coded: dict[Key, Codes] = {key: [{}, FORCE, DENIED][draw.integers(3)] for key in keys}
    judged: Sample = {key: ("x", coded[key]) for key in keys if draw.random() < 0.5}
    table = found(texts, coded, judged)
    assert (table["count"] <= table[["frame_count", "actor_count"]].min(axis=1)).all()
    assert (table["coded"] <= table["n_coded"]).all()
    assert (table["n_coded"] <= table["actor_count"]).all()
    known = table[(table["frame_count"] > 0) & table["low"].notna()]
    assert (known["low"] <= known["share"] + 1e-12).all()
    assert (known["share"] <= known["high"] + 1e-12).all()
    wide = table.pivot_table(index=["author", "entity_id"], columns="stance", values="count", fill_value=0)
    if len(wide):
        assert (wide.drop(columns="any").sum(axis=1) == wide["any"]).all()


# ---- the course of a text ----------------------------------------------------------------------------


def course(coded: dict[Key, Codes], parts: int = 4) -> pd.DataFrame:
    author = pd.Series({key[0]: key[0].upper() for key in coded}, dtype="str")
    codes = tables.make("frame_codes", frame_codes("machine", coded))
    params = PARAMS.model_copy(update={"course_parts": parts})
    return tables.check("frame_course", follow(codes, author, CODEBOOK, params))


def test_parts_tell_where_in_a_text_a_frame_is() -> None:
    table = course({("a", n): FORCE if n < 3 else {} for n in range(8)})
    own = table.query("frame == 'coercion' and stance == 'affirmed'")
    assert own["n_sentences"].tolist() == [2, 2, 2, 2]
    assert own["share"].tolist() == [1, 0.5, 0, 0]
    low, high = wilson(np.array([2.0, 1, 0, 0]), np.full(4, 2.0), confidence=0.95)
    np.testing.assert_allclose(own[["low", "high"]], np.stack([low, high], axis=1))


@given(st.integers(1, 30), st.integers(1, 12))
def test_parts_are_of_like_length_and_make_up_the_text(sentences: int, parts: int) -> None:
    table = course({("a", 3 * n): FORCE for n in range(sentences)}, parts)
    own = table.query("frame == 'coercion' and stance == 'any'")
    assert list(own["part"]) == list(range(1, parts + 1))
    assert own["n_sentences"].sum() == own["count"].sum() == sentences
    assert own["n_sentences"].max() - own["n_sentences"].min() <= 1
    assert (own["share"].isna() == (own["n_sentences"] == 0)).all()


def test_every_document_frame_and_stance_has_its_parts() -> None:
    made = any_world(1)
    table = run(made).frame_course
    assert len(table) == 4 * 2 * 3 * 4
    machine = made["frame_codes"].query("coder == 'machine' and present")
    assert table.query("stance == 'any'")["count"].sum() == len(machine)
    assert table.query("stance != 'any'")["count"].sum() == len(machine)
