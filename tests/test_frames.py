"""frames: units are coded by cues, by the trained coder and as coders did; and it is said why."""

from typing import Any

import pandas as pd
import pytest
from coded import CODEBOOK, FRAMES, NONE, STANCES, Inputs, seen, sentences, toy_model

from nlp import frames, tables
from nlp.coding.apply import INTERCEPT, code_by_weights
from nlp.coding.material import Material
from nlp.params import FramesParams

PARAMS = FramesParams(embedding=NONE, explained=3)
TEXTS = {
    "a": ["Northland.", "It does not attract.", "They say force is used."],
    "b": ["Tanks are here.", "A word on parts.", "Force attracts."],
}
KEYS = [(doc_id, number) for doc_id, texts in TEXTS.items() for number in range(len(texts))]

NO_CODES = tables.make("coded_sentences", [])
NO_WEIGHTS = tables.make("coder_weights", [])
SAMPLE = tables.make(
    "coded_sentences",
    [
        ("a", 1, "final", "attraction", "b1", True, "denied", "", "", None),
        ("a", 1, "final", "coercion", "b1", False, "", "", "", None),
        ("a", 2, "final", "attraction", "b1", True, "affirmed", "", "", None),  # the machine sees none
        ("b", 2, "second", "coercion", "b2", True, "attributed", "", "", None),
        ("b", 9, "second", "coercion", "b2", True, "affirmed", "", "", None),  # no unit of today
    ],
)
WEIGHTS = tables.make(
    "coder_weights",
    [
        ("idf", "", "words", "tanks", 2.0, 0.0),
        ("idf", "", "words", "force", 1.0, 0.0),
        ("threshold", "attraction", "", "", 0.7, 0.0),
        ("threshold", "coercion", "", "", 0.6, 0.0),
        ("presence", "coercion", "words", "tanks", 2.0, 0.1),
        ("presence", "coercion", "cues", "near coercion", 0.1, 0.0),
        ("presence", "attraction", "", INTERCEPT, -1.0, 0.0),
        ("presence", "attraction", "cues", "here attraction", 4.0, 0.2),
        ("stance", "denied", "groups", "denied/negation", 3.0, 0.3),
        ("stance", "attributed", "groups", "attributed/report", 3.0, 0.3),
        *(("certainty", it, "", it, 1.0, 0.0) for it in STANCES),
    ],
)


def look(*doc_ids: str) -> Inputs:
    """All that the stage reads of these documents."""
    rows = [
        (name, 100 * at, 100 * at + len(it), it) for name in doc_ids for at, it in enumerate(TEXTS[name])
    ]
    return {
        "texts": tables.make("texts", [(it, it.upper(), "en", "x") for it in doc_ids]),
        **seen(sentences(*rows), CODEBOOK, NONE),
    }


WHOLE = look("a", "b")


def run(
    inputs: Inputs = WHOLE,
    *,
    coded: pd.DataFrame = NO_CODES,
    weights: pd.DataFrame = NO_WEIGHTS,
    params: FramesParams = PARAMS,
) -> frames.Result:
    sources: dict[str, Any] = {
        "statements": tables.make("statements", []),
        "coded_sentences": coded,
        "coder_weights": weights,
    }
    with toy_model():
        result = frames.run(params, **inputs, **sources, codebook=CODEBOOK)
    tables.check("explanations", result.explanations)
    return result._replace(frame_codes=tables.check("frame_codes", result.frame_codes))


def told(codes: pd.DataFrame, coder: str) -> set[tuple[str, int, str, str]]:
    """What a coder has found: document, unit, frame, stance."""
    found = codes[(codes["coder"] == coder) & codes["present"]]
    return set(zip(found["doc_id"], found["sent_id"], found["frame"], found["stance"], strict=True))


def test_cue_words_code_all_units() -> None:
    assert told(run().frame_codes, "cues") == {
        ("a", 1, "attraction", "denied"),
        ("a", 2, "coercion", "attributed"),
        ("b", 2, "attraction", "affirmed"),
        ("b", 2, "coercion", "affirmed"),
    }


def test_the_trained_coder_codes_all_units() -> None:
    assert told(run(weights=WEIGHTS).frame_codes, "machine") == {
        ("a", 1, "attraction", "denied"),
        ("b", 0, "coercion", "affirmed"),
        ("b", 2, "attraction", "affirmed"),
    }


def test_codes_of_the_sample_are_taken_over_where_their_unit_is_coded() -> None:
    codes = run(coded=SAMPLE).frame_codes
    assert told(codes, "final") == {("a", 1, "attraction", "denied"), ("a", 2, "attraction", "affirmed")}
    assert told(codes, "second") == {("b", 2, "coercion", "attributed")}
    absent = codes[(codes["coder"] == "final") & ~codes["present"]]
    assert [(row.sent_id, row.frame, row.score, row.stance_score) for row in absent.itertuples()] == [
        (1, "coercion", 0.0, 0.0)
    ]


@pytest.mark.parametrize(
    ("weights", "coded", "coders"),
    [
        (NO_WEIGHTS, NO_CODES, {"cues": 12}),
        (WEIGHTS, NO_CODES, {"cues": 12, "machine": 12}),
        (NO_WEIGHTS, SAMPLE, {"cues": 12, "final": 3, "second": 1}),
        (WEIGHTS, SAMPLE, {"cues": 12, "machine": 12, "final": 3, "second": 1}),
    ],
    ids=["cues only", "trained", "sample", "all"],
)
def test_every_coder_codes_every_frame_of_its_units(
    weights: pd.DataFrame, coded: pd.DataFrame, coders: dict[str, int]
) -> None:
    codes = run(weights=weights, coded=coded).frame_codes
    assert codes["coder"].value_counts().to_dict() == coders
    assert {(row.doc_id, row.sent_id) for row in codes.itertuples()} == set(KEYS)


def test_only_a_frame_that_is_present_has_a_stance() -> None:
    codes = run(weights=WEIGHTS, coded=SAMPLE).frame_codes
    absent = codes[~codes["present"]]
    assert set(absent["stance"]) == {""}
    assert set(absent["stance_score"]) == {0.0}
    assert set(codes.loc[codes["present"], "stance"]) <= set(STANCES)
    assert (codes.loc[codes["present"], "stance_score"] > 0).all()


def test_scores_are_those_of_the_weights() -> None:
    author = WHOLE["texts"].set_index("doc_id")["author"]
    units, features, embeddings = (WHOLE[name] for name in ("units", "features", "embeddings"))
    material = Material.of(units, features, embeddings, tables.make("statements", []), author)
    expected = code_by_weights(material, WEIGHTS, CODEBOOK)
    codes = run(weights=WEIGHTS).frame_codes.query("coder == 'machine'")
    wide = codes.pivot(index=["doc_id", "sent_id"], columns="frame", values="score")
    assert wide[FRAMES].to_numpy().tolist() == expected.score.tolist()


@pytest.mark.parametrize("weights", [NO_WEIGHTS, WEIGHTS], ids=["cues only", "trained"])
def test_split_is_whole(weights: pd.DataFrame) -> None:
    parts = [run(look(it), coded=SAMPLE, weights=weights) for it in TEXTS]
    whole = run(coded=SAMPLE, weights=weights)
    for name in ("frame_codes", "explanations"):
        joined = pd.concat([getattr(it, name) for it in parts], ignore_index=True)
        expected = tables.check(name, getattr(whole, name))
        pd.testing.assert_frame_equal(tables.check(name, joined), expected, check_exact=True)


def test_a_document_more_changes_no_code_of_another() -> None:
    alone = run(look("a"), weights=WEIGHTS).frame_codes
    both = run(weights=WEIGHTS).frame_codes
    pd.testing.assert_frame_equal(both[both["doc_id"] == "a"].reset_index(drop=True), alone)


@pytest.mark.parametrize("weights", [NO_WEIGHTS, WEIGHTS], ids=["cues only", "trained"])
def test_nothing_is_found_where_nothing_is_to_be_coded(weights: pd.DataFrame) -> None:
    result = run(look(), coded=SAMPLE, weights=weights)
    assert result.frame_codes.empty
    assert result.explanations.empty


# ---- explanations -----------------------------------------------------------------------------------


def test_what_the_machine_or_a_coder_sees_is_explained() -> None:
    found = run(weights=WEIGHTS, coded=SAMPLE).explanations
    about = set(found[["doc_id", "sent_id", "frame"]].itertuples(index=False, name=None))
    assert about == {
        ("a", 1, "attraction"),
        ("a", 2, "attraction"),
        ("b", 0, "coercion"),
        ("b", 2, "attraction"),
        ("b", 2, "coercion"),
    }
    assert run(coded=SAMPLE).explanations.empty


def test_an_explanation_names_features_and_their_words() -> None:
    found = run(weights=WEIGHTS).explanations
    own = found[(found["doc_id"] == "a") & (found["sent_id"] == 1) & (found["frame"] == "attraction")]
    (word,) = own[(own["task"] == "presence") & (own["feature"] == "cue of attraction")].itertuples()
    assert TEXTS["a"][1][word.start : word.end] == "attract"
    (cue,) = own[(own["task"] == "stance") & (own["feature"] == "cue of denied (negation)")].itertuples()
    assert TEXTS["a"][1][cue.start : cue.end] == "not"
    assert cue.rank == word.rank == 1


@pytest.mark.parametrize("most", [1, 3])
def test_no_more_features_are_told_than_asked_for(most: int) -> None:
    params = PARAMS.model_copy(update={"explained": most})
    found = run(weights=WEIGHTS, coded=SAMPLE, params=params).explanations
    by_decision = found.groupby(["doc_id", "sent_id", "frame", "task"])
    assert by_decision.size().max() == min(most, 3)
    for _, own in by_decision:
        assert own.sort_values("rank")["contribution"].abs().is_monotonic_decreasing
