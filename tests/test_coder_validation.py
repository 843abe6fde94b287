"""coder: it is tested on authors, and on blocks, whose codes it has not seen."""

from collections.abc import Sequence
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
    N,
    Said,
    codings,
    corpus,
    learner,
    run,
)

from nlp import coder, tables
from nlp.coder import machine, validation
from nlp.coder.learning import Learner
from nlp.coder.mistakes import list_mistakes
from nlp.params import CoderParams

SAYS = ["score", "present", "stance", "stance_score"]
KEY = ["scheme", "model", "doc_id", "sent_id", "frame"]


@pytest.fixture(scope="module")
def whole() -> coder.Result:
    """All tables, from two authors and all views."""
    return run(corpus("a", "b", params=PARAMS), PARAMS)


def predicted(inputs: dict[str, Any], params: CoderParams = PLAIN) -> pd.DataFrame:
    return validation.validate(learner(inputs, params)).set_index(KEY).sort_index()


@pytest.mark.parametrize("params", [PLAIN, PARAMS], ids=["plain", "with vectors"])
def test_an_authors_own_codes_do_not_change_what_is_predicted_for_them(params: CoderParams) -> None:
    inputs = corpus("a", "b", "c", params=params)
    own = inputs["codings"]["doc_id"] == "a"
    turned = inputs["codings"].assign(stance=inputs["codings"]["stance"].mask(own, "denied"))
    before, after = (
        predicted(inputs | {"codings": it}, params).loc["author"] for it in (inputs["codings"], turned)
    )
    changed = after[SAYS].compare(before[SAYS]).index
    assert set(changed.get_level_values("doc_id")) == {"b", "c"}
    assert (after.xs("a", level="doc_id")["true_stance"] == "denied").all()


def test_a_blocks_codes_do_not_change_what_is_predicted_for_it() -> None:
    inputs = corpus("a", "b")
    before = predicted(inputs)
    for block in ("a/0", "b/3"):
        own = inputs["codings"]["block"] == block
        turned = inputs["codings"].assign(stance=inputs["codings"]["stance"].mask(own, "denied"))
        after = predicted(inputs | {"codings": turned})
        here = (after.loc["block"]["block"] == block).to_numpy()
        assert here.sum() == 4 * 2 * len(FRAMES)  # models, sentences, frames
        pd.testing.assert_frame_equal(after.loc["block"][here][SAYS], before.loc["block"][here][SAYS])


def test_no_machine_learns_from_what_it_is_tested_on(monkeypatch: pytest.MonkeyPatch) -> None:
    learned: list[tuple[set[str], set[str], set[str], set[str]]] = []
    code = machine.code

    def record(asked: Learner, train: np.ndarray, rows: np.ndarray) -> Any:
        sample = asked.sample
        author, block = sample.material.author, sample.block
        learned.append((set(author[train]), set(author[rows]), set(block[train]), set(block[rows])))
        return code(asked, train, rows)

    monkeypatch.setattr(machine, "code", record)
    found = validation.validate(learner(corpus("a", "b", "c", uncoded=["c"])))
    assert [it[:2] for it in learned[:2]] == [({"B"}, {"A"}), ({"A"}, {"B"})]
    assert len(learned) == 2 + PLAIN.outer_folds
    for *_, train, test in learned:
        assert not train & test
        assert "" not in train
    assert set(found["doc_id"]) == {"a", "b"}


def test_folds_of_blocks_test_every_coded_unit_once() -> None:
    asked = learner(corpus("a", "b"))
    tested = np.concatenate([it.test for it in validation.block_folds(asked)])
    assert sorted(tested) == list(asked.sample.coded)
    for it in validation.block_folds(asked):
        assert len(it.train) + len(it.test) == len(asked.sample.coded)


def test_authors_with_fewer_units_than_folds_are_no_obstacle() -> None:
    inputs = corpus("a", "b", "c")
    first = inputs["codings"].groupby("doc_id").head(2 * len(FRAMES))
    asked = learner(inputs | {"codings": first.assign(block=first["unit"])}, outer_folds=6)
    folds = list(validation.block_folds(asked))
    assert len(folds) == 2
    assert sorted(np.concatenate([it.test for it in folds])) == list(asked.sample.coded)


def test_sentences_of_the_codebook_are_in_no_test(whole: coder.Result) -> None:
    assert len(whole.statements)
    tested = set(whole.validation[["doc_id", "sent_id"]].itertuples(index=False, name=None))
    assert tested == {(doc_id, number) for doc_id in "ab" for number in range(N)}


def test_every_unit_of_a_coded_author_is_predicted_once_by_each_coder() -> None:
    inputs = corpus("a", "b")
    half = inputs["codings"][inputs["codings"]["start"] < 300]
    found = run({**inputs, "codings": half}, min_coded=6).validation
    sizes = found.groupby(["scheme", "model", "frame"]).size().unstack("frame")
    assert (sizes.loc["author"].loc[["machine", "cues"]] == 2 * N).all(axis=None)
    assert (sizes.loc["author"].loc[["words", "majority"]] == N).all(axis=None)
    assert (sizes.loc["block"] == N).all(axis=None)
    coded = found[(found["block"] != "") & (found["scheme"] == "author")]
    assert set(coded.groupby(["model", "frame"]).size()) == {N}
    blank = found[found["block"] == ""]
    assert not blank["true_present"].any()
    assert set(blank["true_stance"]) == {""}


def test_truth_is_what_the_reference_coder_said() -> None:
    inputs = corpus("a", "b")
    other = inputs["codings"].assign(coder="second", stance="denied")
    inputs["codings"] = pd.concat([inputs["codings"], other], ignore_index=True)
    found = run(inputs).validation.query("scheme == 'author'")
    expected = [codes.get("coercion", "") for _, codes in SAID] * 2
    for model in ("machine", "cues", "words", "majority"):
        rows = found[(found["model"] == model) & (found["frame"] == "coercion") & (found["doc_id"] == "a")]
        assert list(rows["true_stance"]) == expected
        assert list(rows["true_present"]) == [stance != "" for stance in expected]


def test_the_coder_learns_what_cue_words_miss(whole: coder.Result) -> None:
    chosen = "task == 'presence' and frame == 'coercion' and author == 'all' and measure == 'f1'"
    f1 = whole.coder_quality.query(f"{chosen} and scheme == 'author'").set_index("model")["estimate"]
    assert f1["machine"] > f1["cues"]


def test_the_majority_says_the_same_of_all() -> None:
    asked = learner(corpus("a", "b"))
    codes = validation.code_by_majority(asked, asked.sample.coded, np.arange(5))
    assert codes.score[0].tolist() == pytest.approx([3 / 6, 3 / 6])
    assert not codes.present.any()
    assert {STANCES[it] for it in codes.stance.ravel()} == {"affirmed"}
    np.testing.assert_allclose(codes.stance_score, 4 / 6)


@pytest.mark.parametrize(
    ("authors", "least", "trained", "by_block"),
    [(["a"], 5, True, True), (["a", "b"], 2 * N + 1, False, False), (["a", "b"], N + 1, True, True)],
    ids=["one author", "too few codes", "too few codes of the others"],
)
def test_without_a_coder_only_cue_words_are_tested_on_authors(
    authors: Sequence[str], least: int, *, trained: bool, by_block: bool
) -> None:
    result = run(corpus(*authors), min_coded=least)
    by_author = result.validation.query("scheme == 'author'")
    assert set(by_author["model"]) == {"cues"}
    assert len(by_author) == len(authors) * N * len(FRAMES)
    assert ("machine" in set(result.validation["model"])) == by_block
    assert result.coder_weights.empty != trained


def test_a_single_block_is_too_little_to_learn_from() -> None:
    inputs = corpus("a", "b")
    one = inputs["codings"].assign(block="one")
    result = run(inputs | {"codings": one})
    assert result.coder_weights.empty
    assert set(result.validation["model"]) == {"cues"}
    assert result.ablation.empty


def test_no_codings_train_no_coder() -> None:
    result = run({**corpus("a", "b"), "codings": codings()})
    made = result._asdict()
    metrics = made.pop("metrics")
    assert {name for name, table in made.items() if len(table)} == {"statements"}
    assert metrics == {
        "codebook": CODEBOOK.hash,
        "codes": 0,
        "codes made under it": 0,
        "stale codes": 0,
        "codes made under unknown definitions": 0,
        "coded units": 0,
        "coded sentences": 0,
    }


def test_a_codebook_without_stances_is_tested_for_presence_alone() -> None:
    said: Said = [(text, dict.fromkeys(codes, "present")) for text, codes in SAID]
    result = run(corpus("a", "b", said=said, codebook=UNSPLIT), PLAIN, UNSPLIT)
    assert set(result.validation["stance"]) == {"present"}
    assert set(result.coder_quality["task"]) == set(result.ablation["task"]) == {"presence"}
    assert result.confusion.empty
    assert set(result.mistakes["mistake"]) <= {"frame not there", "frame missed"}


# ---- ablation and mistakes --------------------------------------------------------------------------


def test_the_machine_as_it_is_differs_in_nothing_from_itself(whole: coder.Result) -> None:
    same = whole.ablation[whole.ablation["views"] == "as it is"]
    assert set(same[["scheme", "task"]].itertuples(index=False, name=None)) == {
        (scheme, task) for scheme in ("author", "block") for task in ("presence", "stance")
    }
    assert (same[["difference", "low", "high"]] == 0).all(axis=None)


def test_each_view_is_left_out_stands_alone_and_is_tried(whole: coder.Result) -> None:
    views = whole.ablation.groupby("task")["views"].agg(set)
    for task, used, tried in (
        ("presence", PARAMS.presence, PARAMS.tried.presence),
        ("stance", PARAMS.stance, PARAMS.tried.stance),
    ):
        assert views[task] == {
            "as it is",
            *(f"without {it}" for it in used),
            *(f"{it} alone" for it in used),
            *(f"with {it}" for it in tried),
        }


def test_a_machine_of_one_view_has_none_to_leave_out() -> None:
    result = run(corpus("a", "b"), presence={"cues": 1.0}, stance={"groups": 1.0})
    assert set(result.ablation["views"]) == {"as it is", "with position", "with syntax"}


def test_the_ablation_has_the_f1_of_the_quality(whole: coder.Result) -> None:
    quality = whole.coder_quality.query("model == 'machine' and author == 'all' and measure == 'f1'")
    for it in whole.ablation[whole.ablation["views"] == "as it is"].itertuples():
        frame, stance = ("macro", "any") if it.task == "presence" else ("all", "macro")
        about = ["scheme", "task", "frame", "stance"]
        f1 = quality.set_index(about).loc[(it.scheme, it.task, frame, stance), "estimate"]
        assert it.f1 == pytest.approx(f1)


def test_mistakes_are_those_of_the_validation_surest_first(whole: coder.Result) -> None:
    known = whole.validation.query("scheme == 'author' and model == 'machine' and block != ''")
    stance = known["stance"].where(known["present"], "")
    wrong = known[stance != known["true_stance"]]
    assert len(whole.mistakes) == len(wrong) > 0
    for _, own in whole.mistakes.groupby("frame"):
        assert own["confidence"].is_monotonic_decreasing
        assert list(own["rank"]) == list(range(1, len(own) + 1))
    assert (whole.mistakes["stance"] != whole.mistakes["true_stance"]).all()


def test_only_so_many_mistakes_are_listed() -> None:
    found = run(corpus("a", "b"), listed_mistakes=1).mistakes
    assert set(found["rank"]) <= {1}


@pytest.mark.parametrize(
    ("present", "stance", "truth", "mistake", "confidence"),
    [
        (True, "affirmed", "", "frame not there", 0.8),
        (False, "affirmed", "denied", "frame missed", 0.2),
        (True, "affirmed", "denied", "other stance", 0.6),
    ],
)
def test_a_mistake_says_what_went_wrong_and_how_sure_it_was(
    present: bool, stance: str, truth: str, mistake: str, confidence: float
) -> None:
    row = (
        "author",
        "machine",
        "a",
        0,
        "coercion",
        0.8,
        present,
        stance,
        0.6,
        "b",
        None,
        truth != "",
        truth,
    )
    right = (
        "author",
        "machine",
        "a",
        0,
        "attraction",
        0.8,
        True,
        "affirmed",
        0.6,
        "b",
        None,
        True,
        "affirmed",
    )
    inputs = corpus("a")
    found = list_mistakes(tables.make("validation", [row, right]), inputs["units"], CODEBOOK, most=5)
    (told,) = found.itertuples()
    assert (told.frame, told.mistake, told.confidence) == ("coercion", mistake, pytest.approx(confidence))
    assert told.text == SAID[0][0]
