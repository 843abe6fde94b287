"""coder: what is learned from a sample and from the codebook, and how certain it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from coded import (
    CODEBOOK,
    FRAMES,
    PARAMS,
    PLAIN,
    SAID,
    STANCES,
    UNSPLIT,
    Inputs,
    N,
    Said,
    corpus,
    learner,
    material,
    seen,
    sentences,
)
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from nlp import tables
from nlp.codebook import Codebook
from nlp.coder.learning import Learner, Linear, fit, fit_plainly
from nlp.coder.machine import best_threshold, code, code_presence, inner_folds, learn_presence, weights_of
from nlp.coder.sample import read_codebook
from nlp.codes import Codes
from nlp.coding.apply import INTERCEPT, code_by_weights
from nlp.coding.views import Vocabulary
from nlp.params import CoderParams
from nlp.store import parts
from nlp.store.project import Project


def trained(whole: Learner) -> pd.DataFrame:
    return tables.check("coder_weights", weights_of(whole, whole.sample.coded))


def coded(whole: Learner, weights: pd.DataFrame) -> Codes:
    return code_by_weights(whole.sample.material, weights, whole.codebook)


# ---- thresholds -------------------------------------------------------------------------------------

probabilities = st.lists(st.integers(1, 19).map(lambda number: number / 20), min_size=1, max_size=20)


def expected_f1(probability: np.ndarray, limit: float) -> float:
    """Expected hits, twice, over expected yes and true (Lipton et al. 2014)."""
    said = probability >= limit
    return float(2 * probability[said].sum() / (said.sum() + probability.sum()))


@given(probabilities)
def test_no_threshold_is_better_than_the_best(found: list[float]) -> None:
    probability = np.array(found)
    limit = best_threshold(probability)
    best = max(expected_f1(probability, candidate) for candidate in probability)
    assert expected_f1(probability, limit) == pytest.approx(best)


@given(probabilities)
def test_the_best_threshold_is_near_half_of_the_f1_it_gives(found: list[float]) -> None:
    """The theorem of Lipton et al. (2014): what is likelier than half of the best F1 is coded."""
    probability = np.array(found)
    half = expected_f1(probability, limit := best_threshold(probability)) / 2
    assert (probability[probability >= limit] >= half - 1e-9).all()
    assert (probability[probability < limit] <= half + 1e-9).all()


@pytest.mark.parametrize(
    ("probability", "limit"),
    [([], 0.5), ([0.6], 0.3), ([0.9, 0.1], 0.5), ([0.9, 0.8, 0.2], 0.5), ([0.2, 0.2], 0.1)],
)
def test_the_best_threshold_lies_halfway_to_the_next_probability(
    probability: list[float], limit: float
) -> None:
    assert best_threshold(np.array(probability)) == pytest.approx(limit)


# ---- regression -------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [0, 2])
def test_classes_that_never_occur_are_very_unlikely(columns: int) -> None:
    matrix = np.arange(4.0 * columns).reshape(4, columns)
    found = fit_plainly(matrix, np.array([0, 2, 0, 2]), 4, balanced=False)
    likely = special.softmax(found.score(matrix), axis=1)
    assert (likely[:, [1, 3]] < 1e-4).all()
    assert found.weights.shape == (columns, 4)


def test_without_features_classes_are_as_likely_as_they_are_frequent() -> None:
    found = fit_plainly(np.zeros((4, 0)), np.array([0, 1, 1, 1]), 2, balanced=False)
    np.testing.assert_allclose(special.softmax(found.intercept), [0.25, 0.75], atol=1e-4)


def test_weights_are_of_the_features_as_they_are() -> None:
    """A scale is as good as features multiplied by it."""
    draw = np.random.default_rng(1)
    matrix, truth = draw.normal(size=(30, 3)), draw.integers(3, size=30)
    scale = np.array([0.5, 1.0, 3.0])
    rest: dict[str, Any] = {"classes": 3, "strength": 1.0, "weights": np.ones(30), "balanced": True}
    scaled = fit(matrix, truth, scale=scale, **rest)
    by_hand = fit(matrix * scale, truth, scale=np.ones(3), **rest)
    np.testing.assert_allclose(scaled.score(matrix), by_hand.score(matrix * scale))


def scales(whole: Learner, task: str, view: str) -> dict[str, float]:
    design = whole.design(task, view)
    found = whole._scale(view, design, whole.sample.coded, 4.0)
    return dict(zip(design.names, found, strict=True))


def test_what_is_near_counts_less_and_words_called_near_do_not() -> None:
    said = [(f"{text} Near the author, heading there.", codes) for text, codes in SAID]
    whole = learner(corpus("a", "b", said=said))
    assert scales(whole, "presence", "cues") == {
        f"{where} {it}": 1.0 if where == "here" else 0.5
        for where in ("here", "near", "heading")
        for it in FRAMES
    }
    words = scales(whole, "presence", "words")
    assert words.keys() >= {"near", "near the", "author", "heading there"}
    assert set(words.values()) == {1.0}


def test_what_is_usual_with_an_author_has_a_strength_of_its_own() -> None:
    found = scales(learner(corpus("a", "b", params=PARAMS), PARAMS), "stance", "sentence")
    least = {name: scale for name, scale in found.items() if scale != 1}
    assert least == {f"author {author}, {it}": 0.5 for author in "AB" for it in FRAMES}  # root of 1 / 4


# ---- the codebook's own sentences -------------------------------------------------------------------


def test_every_sentence_of_the_codebook_becomes_a_statement() -> None:
    told = tables.check("statements", read_codebook(CODEBOOK, PLAIN.embedding))
    assert set(told[["frame", "kind", "text"]].itertuples(index=False, name=None)) == {
        ("attraction", "definition", "Northland wins its neighbours."),
        ("attraction", "examples", "Its songs won hearts."),
        ("attraction", "near_misses", "The market is small."),
        ("attraction", "denied", "It does not attract anybody."),
        ("coercion", "definition", "Northland threatens its neighbours."),
        ("coercion", "include", "tanks and threats"),
    }
    assert {len(it) for it in told["vector"]} == {0}


def test_lessons_prove_presence_or_show_a_stance() -> None:
    whole = learner(corpus("a", "b"))
    told = whole._told
    rows = zip(told.material.units["text"], told.frame, told.proves, told.stance, strict=True)
    shown = {text: (FRAMES[frame], bool(proves), int(stance)) for text, frame, proves, stance in rows}
    assert shown["Northland wins its neighbours."] == ("attraction", True, -1)
    assert shown["The market is small."] == ("attraction", False, -1)
    assert shown["It does not attract anybody."] == ("attraction", False, STANCES.index("denied"))


def test_a_stance_may_be_learned_from_exemplars_alone() -> None:
    affirmed: Said = [(text, dict.fromkeys(codes, "affirmed")) for text, codes in SAID]
    inputs = corpus("a", "b", said=affirmed)
    for weight, learned in [(0.3, True), (0.0, False)]:
        whole = learner(inputs, exemplar_weight=weight)
        groups = whole.stance("groups", whole.sample.coded)
        assert bool(groups.weights[:, STANCES.index("denied")].any()) == learned


def test_a_codebook_that_says_nothing_teaches_nothing() -> None:
    silent = CODEBOOK.model_copy(
        update={
            "frames": [
                it.model_copy(
                    update={
                        "definition": "",
                        "include": [],
                        "examples": [],
                        "near_misses": [],
                        "exemplars": {},
                    }
                )
                for it in CODEBOOK.frames
            ]
        }
    )
    whole = learner(corpus("a", "b", params=PARAMS, codebook=silent), PARAMS, silent)
    assert not (trained(whole)["view"] == "codebook").any()


# ---- the machine ------------------------------------------------------------------------------------


def test_a_trained_coder_knows_words_that_are_no_cues() -> None:
    whole = learner(corpus("a", "b"))
    new = sentences(("a", 0, 9, "Tanks are a threat here."), ("b", 0, 9, "Not so many parts."))
    inputs = corpus("a", "b") | seen(new, CODEBOOK, PLAIN.embedding)
    codes = code_by_weights(material(inputs, whole.sample.material.statements), trained(whole), CODEBOOK)
    likely, unlikely = codes.score[:, FRAMES.index("coercion")]
    assert likely > 1.5 * unlikely
    assert codes.present[0, FRAMES.index("coercion")]


@pytest.mark.parametrize("params", [PLAIN, PARAMS], ids=["plain", "with vectors"])
def test_training_is_deterministic(params: CoderParams) -> None:
    one, other = (trained(learner(corpus("a", "b", params=params), params)) for _ in range(2))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_what_is_learned_does_not_hang_on_what_was_asked_before() -> None:
    inputs = corpus("a", "b", "c", params=PARAMS)
    fresh, asked = (learner(inputs, PARAMS) for _ in range(2))
    for train, _ in inner_folds(asked, asked.sample.coded):
        code(asked, asked.sample.coded[train], asked.sample.coded)
    pd.testing.assert_frame_equal(trained(fresh), trained(asked), check_exact=True)


@pytest.mark.parametrize("params", [PLAIN, PARAMS], ids=["plain", "with vectors"])
def test_the_table_of_weights_is_all_a_coder_needs(tmp_path: Path, params: CoderParams) -> None:
    whole = learner(corpus("a", "b", "c", params=params), params)
    weights, project = trained(whole), Project(tmp_path)
    parts.write(project, "coder", "coder_weights", "all", weights)
    stored = parts.read(project, "coder", "coder_weights", ["all"])
    direct = code(whole, whole.sample.coded, np.arange(len(whole.sample.material)))
    for table, tolerance in ((weights, 1e-9), (stored, 1e-4)):
        codes = coded(whole, table)
        np.testing.assert_array_equal(codes.present, direct.present)
        np.testing.assert_array_equal(codes.stance, direct.stance)
        np.testing.assert_allclose(codes.score, direct.score, atol=tolerance)
        np.testing.assert_allclose(codes.stance_score, direct.stance_score, atol=tolerance)


def test_weights_name_frames_stances_and_views() -> None:
    weights = trained(learner(corpus("a", "b", params=PARAMS), PARAMS))
    targets = weights.groupby("task")["target"].agg(set)
    assert targets["presence"] == targets["threshold"] == set(FRAMES)
    assert targets["stance"] == targets["certainty"] == set(STANCES)
    views = weights.groupby("task")["view"].agg(set)
    assert views["presence"] == {"", *PARAMS.presence}
    assert views["stance"] == {"", *PARAMS.stance}
    assert "idf" not in targets


def test_terms_in_too_few_units_are_no_features() -> None:
    inputs = corpus("a", "b", said=[*SAID, ("Rare words matter to Northland.", {})])
    for least, known in [(2, True), (3, False)]:
        weights = trained(learner(inputs, min_term_count=least))
        assert ("matter" in set(weights.loc[weights["task"] == "idf", "feature"])) == known


def test_units_without_common_words_are_coded_by_their_cues() -> None:
    weights = trained(learner(corpus("a", "b"), min_term_count=2 * N + 1))
    assert set(weights.loc[weights["task"] == "presence", "view"]) == {"", "cues"}


@pytest.mark.parametrize("params", [PLAIN, PARAMS], ids=["plain", "with vectors"])
def test_what_was_never_coded_is_never_found(params: CoderParams) -> None:
    only: Said = [(text, {it: "affirmed" for it in codes if it == "coercion"}) for text, codes in SAID]
    whole = learner(corpus("a", "b", said=only, params=params), params, exemplar_weight=0.0)
    codes = coded(whole, trained(whole))
    assert not codes.present[:, FRAMES.index("attraction")].any()
    assert (codes.stance == STANCES.index("affirmed")).all()


def test_a_sample_without_any_frame_trains_a_coder_that_finds_none() -> None:
    whole = learner(corpus("a", "b", said=[("The article has four parts.", {})]))
    codes = coded(whole, trained(whole))
    assert (codes.score < 1e-4).all()
    assert not codes.present.any()


def test_without_stances_presence_alone_is_learned() -> None:
    said: Said = [(text, dict.fromkeys(codes, "present")) for text, codes in SAID]
    whole = learner(corpus("a", "b", said=said, codebook=UNSPLIT), PLAIN, UNSPLIT)
    weights = trained(whole)
    assert set(weights["task"]) == {"presence", "threshold", "idf"}
    codes = coded(whole, weights)
    assert not codes.stance.any()
    assert (codes.stance_score == 1).all()


def test_the_order_of_rows_does_not_matter() -> None:
    inputs = corpus("a", "b", params=PARAMS)
    mixed = {name: inputs[name].sample(frac=1, random_state=1) for name in ("features", "embeddings")}
    one, other = (trained(learner(it, PARAMS)) for it in (inputs, inputs | mixed))
    pd.testing.assert_frame_equal(one, other)


def test_a_given_coder_says_of_a_document_what_it_says_of_it_alone() -> None:
    whole = learner(corpus("a", "b", "c", params=PARAMS), PARAMS)
    weights, statements = trained(whole), whole.sample.material.statements
    alone = code_by_weights(material(corpus("b", params=PARAMS), statements), weights, CODEBOOK)
    for found, expected in zip(coded(whole, weights), alone, strict=True):
        np.testing.assert_allclose(found[N : 2 * N], expected)


def test_weights_are_those_of_the_usual_unit() -> None:
    whole = learner(corpus("a", "b", params=PARAMS), PARAMS)
    weights = trained(whole)
    design, rows = whole.design("presence", "sentence"), whole.sample.coded
    usual = weights[(weights["task"] == "presence") & (weights["view"] == "sentence")]
    expected = dict(zip(design.names, design.matrix[rows].mean(axis=0), strict=True))
    for it in usual.itertuples():
        assert it.usual == pytest.approx(expected[it.feature])


# ---- probabilities ----------------------------------------------------------------------------------


class Simulated(Learner):
    """Units with one dimension, in which a frame is there with the probability that it tells."""

    def __init__(self, size: int, seed: int) -> None:
        draw = np.random.default_rng(seed)
        self.odds = draw.normal(-1, 2, size=size)
        present = draw.random(size) < special.expit(self.odds)
        inputs = _one_dimension(self.odds, present)
        made = learner(inputs, PARAMS, presence={"sentence": 1.0}, inner_folds=5)
        super().__init__(made.sample, made._told, made.params, CODEBOOK)


def _one_dimension(odds: np.ndarray, present: np.ndarray) -> Inputs:
    said = sentences(*(("a", 9 * at, 9 * at + 5, "Said.") for at in range(len(odds))))
    found = seen(said, CODEBOOK, PLAIN.embedding)
    rows = [
        ("a", at, view, "", "toy", np.array([it]))
        for at, it in enumerate(odds)
        for view in ("sentence", "context")
    ]
    codes = [
        (str(at), "a", str(at // 4), 9 * at, 9 * at + 5, "final", it, "affirmed" * bool(yes), "", "", None)
        for at, yes in enumerate(present)
        for it in FRAMES
    ]
    documents = corpus("a")["documents"]
    return {
        "documents": documents,
        **found,
        "embeddings": tables.make("embeddings", rows),
        "codings": tables.make("codings", codes),
    }


@pytest.fixture(scope="module")
def simulated() -> Iterator[Simulated]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nlp.coder.learning._TOLD", {"presence": set(), "stance": set()})
        yield Simulated(2000, 1)


def test_probabilities_are_calibrated(simulated: Simulated) -> None:
    """On units that were not learned from they are near those that the units were made with."""
    train, test = np.split(simulated.sample.coded, 2)
    found = learn_presence(simulated, ["sentence"], 0, train)
    said = code_presence(simulated, found, test)
    assert np.abs(said - special.expit(simulated.odds[test])).max() < 0.08
    truth = simulated.sample.truth[test, 0] >= 0
    for low, high in ((0, 0.2), (0.2, 0.5), (0.5, 1)):
        own = (said >= low) & (said < high)
        assert said[own].mean() == pytest.approx(truth[own].mean(), abs=0.06)


def test_the_threshold_is_chosen_for_units_that_were_not_seen(simulated: Simulated) -> None:
    train, test = np.split(simulated.sample.coded, 2)
    found = learn_presence(simulated, ["sentence"], 0, train)
    probability = special.expit(simulated.odds[test])
    best = expected_f1(probability, best_threshold(probability))
    assert expected_f1(probability, found.limit) > best - 0.01


def test_blocks_that_contradict_the_rest_do_not_turn_the_views_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turned = Linear(np.array([[0.0, -2.0]]), np.array([0.0, 3.0]))
    monkeypatch.setattr("nlp.coder.machine.fit_plainly", lambda *_, **__: turned)
    whole = learner(corpus("a", "b"))
    found = learn_presence(whole, ["cues"], 0, whole.sample.coded)
    assert (found.slope, found.start) == (1, 0)


def test_inner_folds_keep_blocks_together() -> None:
    whole = learner(corpus("a", "b"))
    train = whole.sample.coded[3:]
    held_out = []
    for rest, held in inner_folds(whole, train):
        assert not set(whole.sample.block[train[rest]]) & set(whole.sample.block[train[held]])
        held_out += list(held)
    assert sorted(held_out) == list(range(len(train)))


def test_intercepts_and_weights_are_numbers() -> None:
    weights = trained(learner(corpus("a", "b", params=PARAMS), PARAMS))
    assert np.isfinite(weights[["weight", "usual"]]).all(axis=None)
    assert (weights["feature"] == INTERCEPT).sum() == len(FRAMES) + 2 * len(STANCES)


def test_no_word_is_a_vocabulary_too() -> None:
    nothing = Vocabulary.learn(["1 2 3", ""], min_count=1)
    assert nothing.idf == {}
    assert nothing.weigh(["words"]).shape == (1, 0)


def test_codebooks_differ_in_what_they_teach(tmp_path: Path) -> None:
    """Presence leans on definitions and examples: another definition, other weights."""
    other = Codebook.model_validate(
        CODEBOOK.model_dump()
        | {"frames": [it.model_dump() | {"definition": "Gas is cheap."} for it in CODEBOOK.frames]}
    )
    inputs = corpus("a", "b", params=PARAMS)
    one, two = (trained(learner(inputs, PARAMS, it)) for it in (CODEBOOK, other))
    assert not one[["feature", "weight"]].equals(two[["feature", "weight"]])
