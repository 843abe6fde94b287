"""coding: what a coder sees in a sentence, and what follows from it with given weights."""

import math

import numpy as np
import pandas as pd
import pytest
from conftest import small_codebook
from hypothesis import given
from hypothesis import strategies as st

from nlp import coding, tables
from nlp.coding import CONTEXT, INTERCEPT, Vocabulary

CODEBOOK = small_codebook(
    {"attraction": ["soft power", "attract*"], "coercion": ["coerc*", "gas cut*", "force"]},
    {"affirmed": [], "denied": ["not", "can't", "any longer"], "attributed": ["say*"]},
)


def sentences(*rows: tuple[str, int, str]) -> pd.DataFrame:
    """Table `sentences` from (doc_id, paragraph, text)."""
    made = [
        (doc_id, number, 0, len(text), 0, len(text), "body", paragraph, None, text)
        for number, (doc_id, paragraph, text) in enumerate(rows)
    ]
    return tables.make("sentences", made)


def weights(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    """Table `coder_weights`, without context and with a threshold of 0.5 where nothing else is said."""
    limits = [("threshold", target, "", 0.5) for target in CODEBOOK.frame_names]
    whole = {row[:3]: row for row in [*limits, ("threshold", CONTEXT, "", 0.0), *rows]}
    return tables.check("coder_weights", tables.make("coder_weights", whole.values()))


def code(text: str, *rows: tuple[str, str, str, float]) -> coding.Codes:
    table = sentences(("a", 0, text))
    return coding.code_by_weights(table, coding.cues(table, CODEBOOK), weights(*rows), CODEBOOK)


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


# ---- cues -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "frames", "stances"),
    [
        ("Nothing here.", [0, 0], [0, 0, 0]),
        ("Soft power, and SOFT POWER.", [2, 0], [0, 0, 0]),
        ("Soft-power tools; a soft\npower.", [2, 0], [0, 0, 0]),
        ("Soft powers and software power.", [0, 0], [0, 0, 0]),
        ("It attracts, attraction unattractive.", [2, 0], [0, 0, 0]),
        ("Coercion by gas cuts and gas-cutting.", [0, 3], [0, 0, 0]),
        ("Enforced by workforce.", [0, 0], [0, 0, 0]),
        ("It can't attract.", [1, 0], [0, 1, 0]),
        ("It can’t attract.", [1, 0], [0, 1, 0]),
        ("Not any longer, they say: force.", [0, 1], [0, 2, 1]),
        ("Nothing notable, notwithstanding.", [0, 0], [0, 0, 0]),
    ],
)
def test_cues_are_counted(text: str, frames: list[int], stances: list[int]) -> None:
    found = coding.cues(sentences(("a", 0, text)), CODEBOOK)
    assert (found.frames.tolist(), found.stances.tolist()) == ([frames], [stances])


@pytest.mark.parametrize(
    ("rows", "near"),
    [
        ([("a", 0, "Force.")], [0]),
        ([("a", 0, "Force."), ("a", 0, "Then."), ("a", 0, "Force, force.")], [0, 3, 0]),
        ([("a", 0, "Force."), ("a", 0, "Then."), ("a", 0, "There.")], [0, 1, 0]),
        ([("a", 0, "Force."), ("a", 1, "Then.")], [0, 0]),
        ([("a", 0, "Force."), ("b", 0, "Then.")], [0, 0]),
        ([("a", 1, "Force."), ("b", 1, "Force."), ("b", 1, "Then.")], [0, 0, 1]),
    ],
)
def test_near_cues_are_those_of_the_neighbours_in_the_same_paragraph(
    rows: list[tuple[str, int, str]], near: list[int]
) -> None:
    assert coding.cues(sentences(*rows), CODEBOOK).near[:, 1].tolist() == near


texts = st.lists(st.sampled_from(["force", "attracts", "not", "power", "soft", "say", "x"])).map(" ".join)
rows = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 2), texts), max_size=12).map(sorted)


@given(rows)
def test_documents_do_not_touch_each_other(rows: list[tuple[str, int, str]]) -> None:
    whole = coding.cues(sentences(*rows), CODEBOOK)
    parts = [coding.cues(sentences(*(row for row in rows if row[0] == name)), CODEBOOK) for name in "ab"]
    for joined, expected in zip(zip(*parts, strict=True), whole, strict=True):
        np.testing.assert_array_equal(np.concatenate(joined), expected)


# ---- codes by cues ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "present", "stance"),
    [
        ("Nothing.", [False, False], "affirmed"),
        ("Soft power.", [True, False], "affirmed"),
        ("No force, but attraction.", [True, True], "affirmed"),
        ("It does not attract.", [True, False], "denied"),
        ("They say it attracts.", [True, False], "attributed"),
        ("They say it can't attract any longer.", [True, False], "denied"),
        ("They say it does not attract.", [True, False], "denied"),  # as many of each: the first
    ],
)
def test_cue_words_alone_code_a_sentence(text: str, present: list[bool], stance: str) -> None:
    codes = coding.code_by_cues(coding.cues(sentences(("a", 0, text)), CODEBOOK))
    assert codes.present.tolist() == [present]
    assert codes.score.tolist() == [[float(it) for it in present]]
    assert {CODEBOOK.stance_names[number] for number in codes.stance.ravel()} == {stance}


# ---- codes by weights -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rows", "log_odds"),
    [
        ("Anything.", [], 0.0),
        ("Anything.", [("presence", "coercion", INTERCEPT, -2.0)], -2.0),
        ("Force, force.", [("presence", "coercion", "cue:coercion", 3.0)], 3 * math.log(3)),
        ("Force.", [("presence", "coercion", "cue:attraction", 3.0)], 0.0),
        ("Force.", [("presence", "attraction", "cue:coercion", 3.0)], 0.0),
        (
            "Pipes, pipes; taps.",
            [
                ("idf", "", "pipes", 2.0),
                ("idf", "", "taps", 1.0),
                ("presence", "coercion", "word:pipes", 5.0),
            ],
            5 * 2 * (1 + math.log(2)) / math.hypot(2 * (1 + math.log(2)), 1),
        ),
        ("Unknown words.", [("idf", "", "pipes", 2.0), ("presence", "coercion", "word:pipes", 5.0)], 0.0),
        (
            "Gas pipes.",
            [("idf", "", "gas pipes", 2.0), ("presence", "coercion", "word:gas pipes", 5.0)],
            5.0,
        ),
    ],
)
def test_presence_is_a_logistic_function_of_words_and_cues(
    text: str, rows: list[tuple[str, str, str, float]], log_odds: float
) -> None:
    vocabulary = [("idf", "", "anything", 1.0)]
    codes = code(text, *vocabulary, *rows)
    assert codes.score[0, 1] == pytest.approx(logistic(log_odds))
    assert codes.present[0, 1] == (log_odds >= 0)


@pytest.mark.parametrize(("limit", "present"), [(0.2, True), (0.5, True), (0.50001, False), (1.0, False)])
def test_a_frame_is_present_from_its_threshold_on(limit: float, *, present: bool) -> None:
    codes = code("Anything.", ("idf", "", "anything", 1.0), ("threshold", "coercion", "", limit))
    assert codes.present.tolist() == [[True, present]]


@pytest.mark.parametrize("context", [0.0, 0.5, 1.0])
def test_cues_nearby_count_by_the_context_weight(context: float) -> None:
    table = sentences(("a", 0, "Force."), ("a", 0, "Then."))
    given_weights = weights(
        ("idf", "", "then", 1.0),
        ("threshold", CONTEXT, "", context),
        ("presence", "coercion", "near:coercion", 2.0),
    )
    codes = coding.code_by_weights(table, coding.cues(table, CODEBOOK), given_weights, CODEBOOK)
    expected = [0.5, logistic(2 * context * math.log(2))]
    np.testing.assert_allclose(codes.score[:, 1], expected)


def test_stances_are_a_softmax_of_their_cues() -> None:
    rows = [("stance", "denied", "stance:denied", 2.0), ("stance", "attributed", INTERCEPT, 1.0)]
    codes = code("They do not say.", ("idf", "", "say", 1.0), *rows)
    powers = [1.0, 2.0**2, math.e]  # exp(0), exp(2 log 2), exp(1)
    assert CODEBOOK.stance_names[codes.stance[0, 0]] == "denied"
    np.testing.assert_allclose(codes.stance_score, max(powers) / sum(powers))


def test_the_order_of_the_weights_does_not_matter() -> None:
    table = sentences(("a", 0, "Force is not soft power."), ("a", 0, "They say it attracts."))
    given_weights = weights(
        ("idf", "", "force", 1.5),
        ("idf", "", "soft power", 2.5),
        ("presence", "coercion", "word:force", 1.0),
        ("presence", "attraction", "word:soft power", -1.0),
        ("stance", "denied", "stance:denied", 1.0),
    )
    found = coding.cues(table, CODEBOOK)
    codes = coding.code_by_weights(table, found, given_weights, CODEBOOK)
    again = coding.code_by_weights(table, found, given_weights[::-1], CODEBOOK)
    for one, other in zip(codes, again, strict=True):
        np.testing.assert_allclose(one, other)


# ---- features ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Gas pipes", ["gas", "gas pipes", "pipes"]),
        ("GAS gas", ["gas", "gas gas"]),
        ("post-Soviet", ["post-soviet"]),
        ("Russia’s", ["russia’s"]),
        ("In 1991 or 2b", ["in", "in or", "or"]),
        ("Why?", ["?", "why", "why ?"]),
        ("“So”", ["so", "so ”", "“", "“ so", "”"]),
    ],
)
def test_terms_are_words_and_pairs_of_words(text: str, terms: list[str]) -> None:
    assert sorted(coding.new_vectorizer().fit([text]).get_feature_names_out()) == terms


def test_a_vocabulary_weighs_as_the_vectorizer_it_was_taken_from() -> None:
    said = ["gas pipes and gas", "pipes run dry", "gas is a force", "nothing at all"]
    vectorizer = coding.new_vectorizer().fit(said)
    terms = vectorizer.get_feature_names_out()
    vocabulary = Vocabulary(dict(zip(terms, vectorizer.idf_, strict=True)))
    heard = [*said, "gas and gas and pipes", "unknown"]
    np.testing.assert_array_equal(vocabulary.weigh(heard).toarray(), vectorizer.transform(heard).toarray())


def test_every_column_of_a_design_has_its_name() -> None:
    table = sentences(("a", 0, "Force, force."), ("a", 0, "It is not pipes."))
    found = coding.cues(table, CODEBOOK)
    vocabulary = Vocabulary({"pipes": 1.0})
    texts = list(table["text"])
    design = coding.presence_design(texts, found, vocabulary, CODEBOOK, context_weight=0.5)
    last = dict(zip(design.names, design.matrix.toarray()[1], strict=True))
    assert last == {
        "word:pipes": 1.0,
        "cue:attraction": 0.0,
        "cue:coercion": 0.0,
        "near:attraction": 0.0,
        "near:coercion": pytest.approx(0.5 * math.log(3)),
    }
    stances = coding.stance_design(found, CODEBOOK)
    assert dict(zip(stances.names, stances.matrix.toarray()[1], strict=True)) == {
        "stance:affirmed": 0.0,
        "stance:denied": pytest.approx(math.log(2)),
        "stance:attributed": 0.0,
    }


def test_no_sentences_have_no_cues() -> None:
    found = coding.cues(sentences(), CODEBOOK)
    assert [part.shape for part in found] == [(0, 2), (0, 3), (0, 2)]
