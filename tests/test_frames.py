"""frames: the sentences of the chosen zones are coded by cues, by the trained coder and as coders did."""

import pandas as pd
import pytest
from conftest import small_codebook

from nlp import coding, frames, tables
from nlp.coding import CONTEXT, INTERCEPT
from nlp.params import FramesParams

PARAMS = FramesParams(zones=["body", "quote"])


CODEBOOK = small_codebook(
    {"attraction": ["attract*"], "coercion": ["force"]},
    {"affirmed": [], "denied": ["not"], "attributed": ["say"]},
)


def sentences(*rows: tuple[str, int, str, str]) -> pd.DataFrame:
    """Table `sentences` from (doc_id, paragraph, zone, text)."""
    numbers: dict[str, int] = {}
    made = []
    for doc_id, paragraph, zone, text in rows:
        number = numbers[doc_id] = numbers.get(doc_id, -1) + 1
        made.append((doc_id, number, 0, len(text), 0, len(text), zone, paragraph, None, text))
    return tables.make("sentences", made)


SENTENCES = sentences(
    ("a", 0, "heading", "Force"),
    ("a", 1, "body", "It does not attract."),
    ("a", 1, "body", "They say force is used."),
    ("b", 0, "body", "Tanks are here."),
    ("b", 1, "note", "A note on force."),
    ("b", 2, "quote", "Force attracts."),
)
NO_CODES = tables.make("coded_sentences", [])
NO_WEIGHTS = tables.make("coder_weights", [])
SAMPLE = tables.make(
    "coded_sentences",
    [
        ("a", 0, "final", "coercion", "b1", True, "affirmed", "", "", None),  # not in an analysed zone
        ("a", 1, "final", "attraction", "b1", True, "denied", "", "", None),
        ("a", 1, "final", "coercion", "b1", False, "", "", "", None),
        ("b", 2, "second", "coercion", "b2", True, "attributed", "", "", None),
    ],
)
WEIGHTS = tables.make(
    "coder_weights",
    [
        ("idf", "", "tanks", 2.0),
        ("idf", "", "force", 1.0),
        ("threshold", "attraction", "", 0.7),
        ("threshold", "coercion", "", 0.6),
        ("threshold", CONTEXT, "", 0.5),
        ("presence", "coercion", "word:tanks", 2.0),
        ("presence", "coercion", "near:coercion", 0.1),
        ("presence", "attraction", INTERCEPT, -1.0),
        ("presence", "attraction", "cue:attraction", 4.0),
        ("stance", "denied", "stance:denied", 3.0),
        ("stance", "attributed", "stance:attributed", 3.0),
    ],
)


def run(
    table: pd.DataFrame = SENTENCES, *, coded: pd.DataFrame = NO_CODES, weights: pd.DataFrame = NO_WEIGHTS
) -> pd.DataFrame:
    result = frames.run(
        PARAMS, sentences=table, coded_sentences=coded, coder_weights=weights, codebook=CODEBOOK
    )
    return tables.check("frame_codes", result.frame_codes)


def told(codes: pd.DataFrame, coder: str) -> set[tuple[str, int, str, str]]:
    """What a coder has found: document, sentence, frame, stance."""
    found = codes[(codes["coder"] == coder) & codes["present"]]
    return set(zip(found["doc_id"], found["sent_id"], found["frame"], found["stance"], strict=True))


def test_cue_words_code_the_chosen_zones() -> None:
    assert told(run(), "cues") == {
        ("a", 1, "attraction", "denied"),
        ("a", 2, "coercion", "attributed"),
        ("b", 2, "attraction", "affirmed"),
        ("b", 2, "coercion", "affirmed"),
    }


def test_the_trained_coder_codes_the_chosen_zones() -> None:
    assert told(run(weights=WEIGHTS), "machine") == {
        ("a", 1, "attraction", "denied"),
        ("b", 0, "coercion", "affirmed"),
        ("b", 2, "attraction", "affirmed"),
    }


def test_codes_of_the_sample_are_taken_over_where_their_sentence_is_analysed() -> None:
    codes = run(coded=SAMPLE)
    assert told(codes, "final") == {("a", 1, "attraction", "denied")}
    assert told(codes, "second") == {("b", 2, "coercion", "attributed")}
    absent = codes[(codes["coder"] == "final") & ~codes["present"]]
    assert [(row.sent_id, row.frame, row.score, row.stance_score) for row in absent.itertuples()] == [
        (1, "coercion", 0.0, 0.0)
    ]


@pytest.mark.parametrize(
    ("weights", "coded", "coders"),
    [
        (NO_WEIGHTS, NO_CODES, {"cues": 8}),
        (WEIGHTS, NO_CODES, {"cues": 8, "machine": 8}),
        (NO_WEIGHTS, SAMPLE, {"cues": 8, "final": 2, "second": 1}),
        (WEIGHTS, SAMPLE, {"cues": 8, "machine": 8, "final": 2, "second": 1}),
    ],
    ids=["cues only", "trained", "sample", "all"],
)
def test_every_coder_codes_every_frame_of_its_sentences(
    weights: pd.DataFrame, coded: pd.DataFrame, coders: dict[str, int]
) -> None:
    codes = run(weights=weights, coded=coded)
    assert codes["coder"].value_counts().to_dict() == coders
    assert {(row.doc_id, row.sent_id) for row in codes.itertuples()} == {
        ("a", 1),
        ("a", 2),
        ("b", 0),
        ("b", 2),
    }


def test_only_a_frame_that_is_present_has_a_stance() -> None:
    codes = run(weights=WEIGHTS, coded=SAMPLE)
    absent = codes[~codes["present"]]
    assert set(absent["stance"]) == {""}
    assert set(absent["stance_score"]) == {0.0}
    assert set(codes.loc[codes["present"], "stance"]) <= set(CODEBOOK.stance_names)
    assert (codes.loc[codes["present"], "stance_score"] > 0).all()


def test_scores_are_those_of_the_weights() -> None:
    analysed = SENTENCES[SENTENCES["zone"].isin(PARAMS.zones)].reset_index(drop=True)
    expected = coding.code_by_weights(analysed, coding.cues(analysed, CODEBOOK), WEIGHTS, CODEBOOK)
    codes = run(weights=WEIGHTS).query("coder == 'machine'")
    wide = codes.pivot(index=["doc_id", "sent_id"], columns="frame", values="score")
    assert wide[CODEBOOK.frame_names].to_numpy().tolist() == expected.score.tolist()


@pytest.mark.parametrize("weights", [NO_WEIGHTS, WEIGHTS], ids=["cues only", "trained"])
def test_split_is_whole(weights: pd.DataFrame) -> None:
    parts = [run(part, coded=SAMPLE, weights=weights) for _, part in SENTENCES.groupby("doc_id")]
    whole = run(coded=SAMPLE, weights=weights)
    pd.testing.assert_frame_equal(
        tables.check("frame_codes", pd.concat(parts, ignore_index=True)), whole, check_exact=True
    )


NOTHING = pytest.mark.parametrize(
    "table", [SENTENCES.iloc[:0], SENTENCES.iloc[:1]], ids=["no sentence", "no sentence of these zones"]
)


@NOTHING
def test_cue_words_find_nothing_where_nothing_is_analysed(table: pd.DataFrame) -> None:
    assert run(table, coded=SAMPLE).empty


@NOTHING
def test_the_trained_coder_finds_nothing_where_nothing_is_analysed(table: pd.DataFrame) -> None:
    assert run(table, coded=SAMPLE, weights=WEIGHTS).empty
