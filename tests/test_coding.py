"""coding: what a coder sees in a unit, what follows from it with given weights, and why."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from coded import (
    CODEBOOK,
    DIMENSIONS,
    FRAMES,
    PARAMS,
    PLAIN,
    STANCES,
    TOY,
    Toy,
    corpus,
    learner,
    material,
    seen,
    sentences,
    toy_model,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import tables
from nlp.coder.machine import weights_of
from nlp.coder.sample import read_codebook
from nlp.codes import Codes
from nlp.coding.apply import INTERCEPT, code_by_cues, code_by_weights, designs_of, evidence
from nlp.coding.material import Material
from nlp.coding.reasons import Reason, Reasons
from nlp.coding.views import Vocabulary, author_feature, authors_named, presence_design, stance_design

AUTHOR = pd.Series({"a": "A", "b": "B"})
NOTHING = tables.make("statements", [])


def seen_in(*texts: str, doc_id: str = "a", params: Any = PLAIN) -> Material:
    """Sentences of a document, four to a paragraph."""
    rows = sentences(*((doc_id, 100 * at, 100 * at + len(text), text) for at, text in enumerate(texts)))
    found = seen(rows, CODEBOOK, params.embedding)
    with toy_model():
        statements = read_codebook(CODEBOOK, params.embedding)
    return Material.of(found["units"], found["features"], found["embeddings"], statements, AUTHOR)


def weights(*rows: tuple[str, str, str, str, float]) -> pd.DataFrame:
    """Table `coder_weights`, with a threshold of 0.5 where nothing else is said."""
    limits = [("threshold", target, "", "", 0.5) for target in FRAMES]
    whole = {row[:4]: (*row, 0.0) for row in [*limits, *rows]}
    return tables.check("coder_weights", tables.make("coder_weights", whole.values()))


def code(text: str, *rows: tuple[str, str, str, str, float]) -> Codes:
    return code_by_weights(seen_in(text), weights(*rows), CODEBOOK)


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


# ---- material ---------------------------------------------------------------------------------------


def test_neighbours_are_those_of_the_same_paragraph() -> None:
    told = seen_in("One.", "Two.", "Three.", "Four.", "Five.", params=PARAMS)
    np.testing.assert_allclose(told.neighbours[0], told.sentence[1])
    both = told.sentence[0] + told.sentence[2]
    np.testing.assert_allclose(told.neighbours[1], both / np.linalg.norm(both))
    np.testing.assert_allclose(told.neighbours[4], 0)


def test_a_unit_without_a_vector_has_zeros() -> None:
    whole = corpus("a", params=PARAMS)
    without = whole["embeddings"].query("sent_id != 3")
    told = material(whole | {"embeddings": without}, NOTHING)
    assert not told.sentence[3].any()
    np.testing.assert_array_equal(told.sentence[2], material(whole, NOTHING).sentence[2])


def test_without_a_model_vectors_have_no_dimensions() -> None:
    told = seen_in("One.", "Two.")
    assert {it.shape for it in (told.sentence, told.context, told.neighbours)} == {(2, 0)}


def test_documents_do_not_touch_each_other() -> None:
    whole, alone = (material(corpus(*it, params=PARAMS), NOTHING) for it in (("a", "b"), ("b",)))
    for view in ("sentence", "context", "neighbours"):
        np.testing.assert_array_equal(getattr(whole, view)[12:], getattr(alone, view))


# ---- codes by cues ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "present", "stance"),
    [
        ("Nothing.", [False, False], "affirmed"),
        ("It attracts.", [True, False], "affirmed"),
        ("Mere force, but attraction.", [True, True], "affirmed"),
        ("It does not attract.", [True, False], "denied"),
        ("They say it attracts.", [True, False], "attributed"),
        ("They say it does not attract nobody.", [True, False], "denied"),
        ("They say it does not attract.", [True, False], "denied"),  # as many of each: the first
    ],
)
def test_cue_words_alone_code_a_unit(text: str, present: list[bool], stance: str) -> None:
    codes = code_by_cues(seen_in(text), CODEBOOK)
    assert codes.present.tolist() == [present]
    assert codes.score.tolist() == [[float(it) for it in present]]
    assert {STANCES[number] for number in codes.stance.ravel()} == {stance}


# ---- codes by weights -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rows", "log_odds"),
    [
        ("Anything.", [], 0.0),
        ("Anything.", [("presence", "coercion", "", INTERCEPT, -2.0)], -2.0),
        ("Force, force.", [("presence", "coercion", "cues", "here coercion", 3.0)], 3 * math.log(3)),
        ("Force.", [("presence", "coercion", "cues", "here attraction", 3.0)], 0.0),
        ("Force.", [("presence", "attraction", "cues", "here coercion", 3.0)], 0.0),
        (
            "Pipes, pipes; taps.",
            [
                ("idf", "", "words", "pipes", 2.0),
                ("idf", "", "words", "taps", 1.0),
                ("presence", "coercion", "words", "pipes", 5.0),
            ],
            5 * 2 * (1 + math.log(2)) / math.hypot(2 * (1 + math.log(2)), 1),
        ),
        (
            "Unknown words.",
            [("idf", "", "words", "pipes", 2.0), ("presence", "coercion", "words", "pipes", 5.0)],
            0.0,
        ),
        (
            "Gas pipes.",
            [("idf", "", "words", "gas pipes", 2.0), ("presence", "coercion", "words", "gas pipes", 5.0)],
            5.0,
        ),
    ],
)
def test_presence_is_a_logistic_function_of_words_and_cues(
    text: str, rows: list[tuple[str, str, str, str, float]], log_odds: float
) -> None:
    codes = code(text, *rows)
    assert codes.score[0, 1] == pytest.approx(logistic(log_odds))
    assert codes.present[0, 1] == (log_odds >= 0)


@pytest.mark.parametrize(("limit", "present"), [(0.2, True), (0.5, True), (0.50001, False), (1.0, False)])
def test_a_frame_is_present_from_its_threshold_on(limit: float, *, present: bool) -> None:
    assert code("Anything.", ("threshold", "coercion", "", "", limit)).present.tolist() == [[True, present]]


def test_cues_nearby_are_features_of_their_own() -> None:
    given_weights = weights(("presence", "coercion", "cues", "near coercion", 2.0))
    codes = code_by_weights(seen_in("Force.", "Then."), given_weights, CODEBOOK)
    np.testing.assert_allclose(codes.score[:, 1], [0.5, logistic(2 * math.log(2))])


def test_stances_are_a_softmax_of_their_scores() -> None:
    same = [("certainty", it, "", it, 1.0) for it in STANCES]
    rows = [
        ("stance", "denied", "groups", "denied/negation", 2.0),
        ("stance", "attributed", "", INTERCEPT, 1.0),
        *same,
    ]
    codes = code("They do not say.", *rows)
    powers = [1.0, 2.0**2, math.e]  # exp(0), exp(2 log 2), exp(1)
    assert STANCES[codes.stance[0, 0]] == "denied"
    np.testing.assert_allclose(codes.stance_score, max(powers) / sum(powers))


def test_the_order_of_the_weights_does_not_matter() -> None:
    whole = learner(corpus("a", "b", params=PARAMS), PARAMS)
    table = weights_of(whole, whole.sample.coded)
    codes, again = (code_by_weights(whole.sample.material, it, CODEBOOK) for it in (table, table[::-1]))
    for one, other in zip(codes, again, strict=True):
        np.testing.assert_allclose(one, other)


# ---- views ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Gas pipes", ["gas", "gas pipes", "pipes"]),
        ("GAS gas", ["gas", "gas gas"]),
        ("post-Soviet", ["post-soviet"]),
        ("Northland’s", ["northland’s"]),
        ("In 1991 or 2b", ["in", "in or", "or"]),
        ("Why?", ["?", "why", "why ?"]),
        ("“So”", ["so", "so ”", "“", "“ so", "”"]),
    ],
)
def test_terms_are_words_and_pairs_of_words(text: str, terms: list[str]) -> None:
    assert sorted(Vocabulary.learn([text], min_count=1).idf) == terms


def test_a_vocabulary_weighs_as_scikit_learn_does() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    said = ["gas pipes and gas", "pipes run dry", "gas is force", "nothing at all"]
    heard = [*said, "gas and gas and pipes", "unknown"]
    expected = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit(said).transform(heard)
    found = Vocabulary.learn(said, min_count=1).weigh(heard)
    np.testing.assert_allclose(found.toarray(), expected.toarray())


def test_every_column_of_a_design_has_its_name() -> None:
    told = seen_in("Force, force.", "It is not pipes.", params=PARAMS)
    vocabulary = Vocabulary({"pipes": 1.0})
    cues = presence_design("cues", told, CODEBOOK, vocabulary)
    last = dict(zip(cues.names, cues.matrix.toarray()[1], strict=True))
    assert {name: value for name, value in last.items() if value} == {
        "near coercion": pytest.approx(math.log(3))
    }
    assert len(cues.names) == 3 * len(FRAMES)
    groups = stance_design("groups", told, CODEBOOK, vocabulary, [])
    assert groups.names == ["affirmed/", "denied/negation", "attributed/report"]
    assert groups.matrix.toarray()[2:].tolist() == [[0, math.log(2), 0]] * len(FRAMES)


def test_closeness_to_the_codebook_is_the_cosine_with_its_sentences() -> None:
    told = seen_in("Its songs won hearts.", "Something else.", params=PARAMS)
    design = presence_design("codebook", told, CODEBOOK, Vocabulary({}))
    found = dict(zip(design.names, design.matrix.T, strict=True))
    closest = found["unit like attraction: examples (closest)"]
    assert closest[0] == pytest.approx(1)
    one, other = Toy().vectors(["Its songs won hearts.", "Something else."], batch_tokens=9)
    assert closest[1] == pytest.approx(one @ other)
    assert not [name for name in found if "denied" in name]  # exemplars show stances, not presence


@pytest.mark.parametrize("view", ["scope", "sentence", "neighbours"])
def test_stances_may_be_usual_with_authors_that_the_coder_knows(view: str) -> None:
    told = seen_in("Force.", params=PARAMS)
    for authors, found in ((["A", "C"], {"author A, attraction": 0, "author A, coercion": 1}), (["C"], {})):
        design = stance_design(view, told, CODEBOOK, Vocabulary({}), authors)
        matrix = design.matrix if isinstance(design.matrix, np.ndarray) else design.matrix.toarray()
        assert matrix.shape == (len(FRAMES), len(design.names))
        marks = {
            name: int(column.argmax())
            for name, column in zip(design.names, matrix.T, strict=True)
            if name.startswith("author ") and column.any()
        }
        assert marks == found


def test_no_units_have_no_features() -> None:
    told = seen_in()
    for view in ("cues", "words", "position"):
        assert presence_design(view, told, CODEBOOK, Vocabulary({"x": 1.0})).matrix.shape[0] == 0


# ---- reasons ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def explained() -> tuple[Material, pd.DataFrame, Reasons]:
    """A trained coder, its weights and its reasons for what it was trained on."""
    inputs = corpus("a", "b", params=PARAMS)
    whole = learner(inputs, PARAMS)
    table = weights_of(whole, whole.sample.coded)
    own = whole.sample.material
    return own, table, Reasons(own, inputs["cues"], table, CODEBOOK, TOY)


def usual_of(table: pd.DataFrame, task: str, targets: list[str]) -> np.ndarray:
    """Evidence for a unit that has of each feature what is usual."""
    own = table[table["task"] == task]
    parts = own["weight"] * own["usual"].where(own["feature"] != INTERCEPT, 1.0)
    return parts.groupby(own["target"]).sum().reindex(targets, fill_value=0.0).to_numpy()


units = st.integers(0, 23)


@settings(max_examples=20)
@given(units, st.sampled_from(FRAMES))
def test_reasons_for_presence_add_up_to_the_distance_from_a_usual_unit(
    explained: tuple[Material, pd.DataFrame, Reasons], row: int, frame: str
) -> None:
    own, table, reasons = explained
    designs = designs_of(table, "presence", own, CODEBOOK)
    odds = evidence(designs, table, "presence", FRAMES, len(own))[row] - usual_of(table, "presence", FRAMES)
    with toy_model():
        found = reasons.presence(row, frame)
    assert sum(it.contribution for it in found) == pytest.approx(odds[FRAMES.index(frame)])


@settings(max_examples=20)
@given(units, st.sampled_from(FRAMES), st.sampled_from(STANCES))
def test_reasons_for_a_stance_add_up_to_its_distance_from_the_mean(
    explained: tuple[Material, pd.DataFrame, Reasons], row: int, frame: str, stance: str
) -> None:
    own, table, reasons = explained
    designs = designs_of(table, "stance", own, CODEBOOK)
    scores = evidence(designs, table, "stance", STANCES, len(own) * len(FRAMES))
    beside = scores[row * len(FRAMES) + FRAMES.index(frame)] - usual_of(table, "stance", STANCES)
    with toy_model():
        found = reasons.stance(row, frame, stance)
    expected = beside[STANCES.index(stance)] - beside.mean()
    assert sum(it.contribution for it in found) == pytest.approx(expected)
    assert "what is usual with the author" in {it.feature for it in found}


@settings(max_examples=20)
@given(units, st.sampled_from(FRAMES))
def test_reasons_come_by_size_and_words_lie_in_the_text(
    explained: tuple[Material, pd.DataFrame, Reasons], row: int, frame: str
) -> None:
    own, _, reasons = explained
    text = own.units["text"].iloc[row]
    with toy_model():
        found = reasons.presence(row, frame)
    sizes = [abs(it.contribution) for it in found]
    assert sizes == sorted(sizes, reverse=True)
    words = [text[it.start : it.end] for it in found if it.feature == "meaning of a word"]
    assert sorted(words) == sorted(text[start:end] for start, end in Toy().words(text).spans)
    cues = {text[it.start : it.end].lower() for it in found if it.feature.startswith("here ")}
    assert cues <= {"attracts", "force"}


def test_reasons_do_not_hang_on_which_other_documents_are_there(
    explained: tuple[Material, pd.DataFrame, Reasons],
) -> None:
    own, table, reasons = explained
    inputs = corpus("b", params=PARAMS)
    alone = Reasons(material(inputs, own.statements), inputs["cues"], table, CODEBOOK, TOY)
    with toy_model():
        for stance in STANCES:
            found, expected = alone.stance(2, "coercion", stance), reasons.stance(14, "coercion", stance)
            assert [it[:2] for it in found] == [it[:2] for it in expected]
            np.testing.assert_allclose(
                [it.contribution for it in found], [it.contribution for it in expected]
            )


@pytest.mark.parametrize("author", ["A", "A, B", "Author of x", "no comma"])
def test_names_of_authors_are_read_from_features(author: str) -> None:
    features = [("scope", author_feature(author, it)) for it in FRAMES]
    assert authors_named([*features, ("words", "author of"), ("scope", "any denied")]) == [author]


def reason(text: str, *rows: tuple[str, str, str, str, float], stance: bool = False) -> list[Reason]:
    told, table = seen_in(text), weights(*rows)
    found = seen(sentences(("a", 0, len(text), text)), CODEBOOK, PLAIN.embedding)["cues"]
    reasons = Reasons(told, found, table, CODEBOOK, PLAIN.embedding)
    return reasons.stance(0, "coercion", "denied") if stance else reasons.presence(0, "coercion")


def test_a_feature_is_shared_out_among_the_words_it_counts() -> None:
    found = reason("Force and force.", ("presence", "coercion", "cues", "here coercion", 2.0))
    part = 2 * math.log(3) / 2
    assert [(it.feature, it.start, it.end) for it in found] == [
        ("here coercion", 0, 5),
        ("here coercion", 10, 15),
    ]
    assert [it.contribution for it in found] == pytest.approx([part, part])


def test_what_is_missing_is_a_reason_too() -> None:
    table = weights(("presence", "coercion", "cues", "here coercion", 2.0)).assign(usual=0.5)
    reasons = Reasons(seen_in("Pipes."), tables.make("cues", []), table, CODEBOOK, PLAIN.embedding)
    assert reasons.presence(0, "coercion") == [Reason("cues", "no here coercion", -1.0)]


def test_a_stance_is_explained_beside_the_mean_of_all() -> None:
    (found,) = reason(
        "It is not force.", ("stance", "denied", "groups", "denied/negation", 3.0), stance=True
    )
    assert (found.feature, found.start, found.end) == ("denied/negation", 6, 9)
    assert found.contribution == pytest.approx((3 - 1) * math.log(2))


def test_pieces_of_a_word_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "unfold it."
    spans = [(0, 2), (2, 6), (7, 9), (9, 10)]
    pieces = type("Pieces", (), {"words": lambda self, text: (spans, np.eye(4, DIMENSIONS) / 2)})
    monkeypatch.setattr("nlp.embedding.load", lambda name, max_tokens: pieces())
    told = seen_in(text, params=PARAMS)
    rows = [("presence", "coercion", "sentence", f"dimension {at}", 1.0 + at) for at in range(4)]
    monkeypatch.setattr("nlp.embedding.load", lambda name, max_tokens: pieces())
    reasons = Reasons(told, tables.make("cues", []), weights(*rows), CODEBOOK, TOY)
    words = [it for it in reasons.presence(0, "coercion") if it.feature == "meaning of a word"]
    assert {text[it.start : it.end]: it.contribution for it in words} == {
        "unfold": pytest.approx((1 + 2) / 2),
        "it": pytest.approx(3 / 2),
        ".": pytest.approx(4 / 2),
    }
