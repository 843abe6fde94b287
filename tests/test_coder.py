"""coder: codes of a sample find their sentences, train a coder and test it on authors it has not seen."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import small_codebook
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, precision_recall_fscore_support

from nlp import coder, coding, tables
from nlp.coder import training, validation
from nlp.coder.alignment import align, check_codings
from nlp.coder.quality import measure
from nlp.coder.training import Sample, best_threshold
from nlp.coding import CONTEXT
from nlp.errors import CodingError, ConfigError
from nlp.params import CoderParams
from nlp.store import parts
from nlp.store.project import Project

PARAMS = CoderParams(
    zones=["body"],
    reference="final",
    min_overlap=0.5,
    min_coded=10,
    min_term_count=2,
    context_weight=0.5,
    regularisation=1.0,
    inner_folds=3,
    adjudicators=["final"],
    confidence=0.95,
    replicates=100,
    seed=13,
)


CODEBOOK = small_codebook(
    {"attraction": ["attract*"], "coercion": ["force"]},
    {"affirmed": [], "denied": ["not"], "attributed": ["say"]},
)
FRAMES, STANCES = CODEBOOK.frame_names, CODEBOOK.stance_names
N = 12  # sentences of an author
Codes = dict[str, str]  # frame -> stance
SAID: list[tuple[str, Codes]] = [
    ("Moscow attracts its neighbours.", {"attraction": "affirmed"}),
    ("Cheap gas attracts nobody, it does not.", {"attraction": "denied"}),
    ("Moscow uses force.", {"coercion": "affirmed"}),
    ("Some say tanks are a threat.", {"coercion": "attributed"}),
    ("Tanks are a threat that attracts.", {"attraction": "affirmed", "coercion": "affirmed"}),
    ("The article has four parts.", {}),
]


def documents(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Table `documents` from (doc_id, author, characters)."""
    made = [
        (doc_id, author, author, None, "", "", "essay", "en", "", "0", "text", "", None, "", "", "x" * size)
        for doc_id, author, size in rows
    ]
    return tables.make("documents", made)


def sentences(*rows: tuple[str, int, int, str]) -> pd.DataFrame:
    """Table `sentences` from (doc_id, raw start, raw end, text)."""
    numbers: dict[str, int] = {}
    made = []
    for doc_id, start, end, text in rows:
        number = numbers[doc_id] = numbers.get(doc_id, -1) + 1
        made.append((doc_id, number, start, end, start, end, "body", number // 4, None, text))
    return tables.make("sentences", made)


def unit(
    name: str, start: int, end: int, codes: Codes, *, doc_id: str = "a", block: str = "b", by: str = "final"
) -> list[tuple[object, ...]]:
    """Rows of table `codings` for a unit."""
    unknown = "", "", None  # codebook, day and probability
    return [(name, doc_id, block, start, end, by, it, codes.get(it, ""), *unknown) for it in FRAMES]


def codings(*units: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    return tables.check("codings", tables.make("codings", (row for rows in units for row in rows)))


Inputs = dict[str, Any]


def corpus(*authors: str, uncoded: Sequence[str] = (), said: Sequence[tuple[str, Codes]] = SAID) -> Inputs:
    """A document of twelve sentences by each author, coded in blocks of two."""
    size = 50
    texts = [said[number % len(said)] for number in range(N)]
    rows = [
        (name, number * size, number * size + len(text), text)
        for name in authors
        for number, (text, _) in enumerate(texts)
    ]
    units = [
        unit(f"{name}{n}", n * size, n * size + len(text), codes, doc_id=name, block=f"{name}/{n // 2}")
        for name in authors
        if name not in uncoded
        for n, (text, codes) in enumerate(texts)
    ]
    return {
        "documents": documents(*((name, name.upper(), N * size) for name in authors)),
        "sentences": sentences(*rows),
        "codings": codings(*units),
    }


def run(inputs: Inputs, **changed: object) -> coder.Result:
    result = coder.run(PARAMS.model_copy(update=changed), **inputs, codebook=CODEBOOK)
    for name in ("coded_sentences", "coder_weights", "validation", "coder_quality"):
        tables.check(name, getattr(result, name))
    return result


def sample(inputs: Inputs) -> Sample:
    coded = align(inputs["codings"], inputs["sentences"], PARAMS.min_overlap)
    author = inputs["documents"].set_index("doc_id")["author"]
    return Sample.of(inputs["sentences"], coded, author, CODEBOOK)


def test_sentences_of_other_zones_take_no_part() -> None:
    inputs = corpus("a", "b", "c")
    table = inputs["sentences"]
    notes = table["paragraph"] == 2
    marked = run(inputs | {"sentences": table.assign(zone=notes.map({True: "note", False: "body"}))})
    without = run(inputs | {"sentences": table[~notes].reset_index(drop=True)})
    for name in ("coded_sentences", "coder_weights", "validation", "coder_quality"):
        pd.testing.assert_frame_equal(getattr(marked, name), getattr(without, name))
    assert len(marked.validation) < len(run(inputs).validation)


# ---- alignment --------------------------------------------------------------------------------------

THREE = sentences(("a", 0, 20, "first"), ("a", 20, 50, "second"), ("a", 60, 100, "third"))
DOCUMENTS = documents(("a", "A", 200), ("b", "B", 30))


@pytest.mark.parametrize(
    ("start", "end", "home"),
    [
        pytest.param(0, 20, 0, id="a sentence"),
        pytest.param(22, 30, 1, id="inside a sentence"),
        pytest.param(10, 45, 1, id="over two sentences: the larger share"),
        pytest.param(5, 27, 0, id="over two sentences: the larger share is the first"),
        pytest.param(15, 25, 0, id="as much of both: the first"),
        pytest.param(0, 110, 2, id="all sentences: the longest"),
        pytest.param(45, 55, 1, id="half of the unit"),
        pytest.param(46, 56, None, id="less than half of the unit"),
        pytest.param(90, 200, None, id="less than half of the sentence, which is shorter"),
        pytest.param(70, 200, 2, id="more than half of the sentence"),
        pytest.param(50, 60, None, id="between sentences"),
        pytest.param(150, 200, None, id="after the last sentence"),
    ],
)
def test_a_unit_belongs_to_the_sentence_it_overlaps_most(start: int, end: int, home: int | None) -> None:
    coded = align(codings(unit("u", start, end, {"coercion": "denied"})), THREE, 0.5)
    expected = [] if home is None else [(home, "attraction", False, ""), (home, "coercion", True, "denied")]
    columns = ["sent_id", "frame", "present", "stance"]
    assert [tuple(row) for row in coded[columns].itertuples(index=False)] == expected


@pytest.mark.parametrize(
    ("one", "other", "stances"),
    [
        ({"coercion": "denied"}, {}, {"coercion": "denied"}),
        ({}, {"coercion": "denied"}, {"coercion": "denied"}),
        (
            {"attraction": "affirmed"},
            {"coercion": "denied"},
            {"attraction": "affirmed", "coercion": "denied"},
        ),
        ({"coercion": "affirmed"}, {"coercion": "denied"}, {"coercion": "denied"}),
        ({}, {}, {}),
    ],
)
def test_two_units_in_a_sentence_add_up_and_the_larger_one_decides(
    one: Codes, other: Codes, stances: Codes
) -> None:
    units = codings(unit("small", 60, 70, one), unit("large", 70, 100, other))
    coded = align(units, THREE, 0.5)
    assert list(coded["sent_id"]) == [2, 2]
    assert {row.frame: row.stance for row in coded.itertuples() if row.present} == stances


def test_coders_are_kept_apart() -> None:
    units = codings(
        unit("u", 0, 20, {"coercion": "denied"}), unit("u", 0, 20, {"coercion": "affirmed"}, by="second")
    )
    coded = align(units, THREE, 0.5)
    found = coded[coded["present"]].set_index("coder")["stance"]
    assert found.to_dict() == {"final": "denied", "second": "affirmed"}


def test_a_unit_in_a_document_without_sentences_finds_none() -> None:
    units = codings(unit("u", 0, 20, {"coercion": "denied"}), unit("v", 0, 20, {}, doc_id="b"))
    assert set(align(units, THREE, 0.5)["doc_id"]) == {"a"}


@pytest.mark.parametrize(("doc_id", "end", "size"), [("a", 201, 200), ("b", 31, 30)])
def test_a_unit_beyond_the_end_of_its_document_is_refused(doc_id: str, end: int, size: int) -> None:
    units = codings(unit("fine", 0, 20, {}), unit("wrong", 0, end, {}, doc_id=doc_id))
    with pytest.raises(CodingError, match=f"unit 'wrong' ends at {end}, but {doc_id} has {size}") as caught:
        check_codings(units, DOCUMENTS, PARAMS)
    assert "fine" not in caught.value.problem
    assert caught.value.where == "corpus/codings/frames.jsonl"


def test_a_unit_that_ends_with_its_document_is_fine() -> None:
    check_codings(codings(unit("u", 0, 200, {})), DOCUMENTS, PARAMS)


def test_no_codings_give_no_coded_sentences() -> None:
    assert align(codings(), THREE, 0.5).empty


def test_a_unit_without_any_overlap_finds_no_sentence() -> None:
    assert align(codings(unit("u", 150, 200, {})), THREE, 0.0).empty


def test_units_of_the_same_name_in_two_documents_keep_to_their_own() -> None:
    both = sentences(("a", 0, 20, "first"), ("a", 20, 30, "second"), ("b", 0, 20, "other"))
    units = codings(unit("u", 20, 30, {}), unit("u", 0, 20, {}, doc_id="b"))
    coded = align(units, both, 0.5)
    assert set(zip(coded["doc_id"], coded["sent_id"], strict=True)) == {("a", 1), ("b", 0)}


# ---- training ---------------------------------------------------------------------------------------

scores = st.integers(1, 20).map(lambda number: number / 20)


def f1_from(truth: np.ndarray, score: np.ndarray, limit: float) -> float:
    return float(f1_score(truth, score >= limit, zero_division=0.0))


@given(st.lists(st.tuples(st.booleans(), scores), min_size=1, max_size=20))
def test_no_threshold_is_better_than_the_best(judged: list[tuple[bool, float]]) -> None:
    truth, score = np.array([yes for yes, _ in judged]), np.array([value for _, value in judged])
    limit = best_threshold(truth, score)
    if not truth.any():
        assert limit == 0.5
        return
    best = max(f1_from(truth, score, candidate) for candidate in score)
    assert f1_from(truth, score, limit) == pytest.approx(best)
    assert limit not in score


@pytest.mark.parametrize(
    ("truth", "score", "limit"),
    [
        ([True, False], [0.8, 0.2], 0.5),
        ([False, True], [0.8, 0.2], 0.1),
        ([True, True, False], [0.9, 0.6, 0.4], 0.5),
        ([True, False, False], [0.4, 0.4, 0.2], 0.3),
        ([True], [0.6], 0.3),
        ([False], [0.6], 0.5),
    ],
)
def test_the_best_threshold_lies_halfway_to_the_next_score(
    truth: list[bool], score: list[float], limit: float
) -> None:
    assert best_threshold(np.array(truth), np.array(score)) == pytest.approx(limit)


def test_a_trained_coder_knows_words_that_are_no_cues() -> None:
    weights = training.fit(sample(corpus("a", "b")), PARAMS, CODEBOOK)
    new = sentences(("c", 0, 9, "Tanks are a threat here."), ("d", 0, 9, "Not so many parts."))
    codes = coding.code_by_weights(new, coding.cues(new, CODEBOOK), weights, CODEBOOK)
    likely, unlikely = codes.score[:, FRAMES.index("coercion")]
    assert likely > 1.5 * unlikely
    assert codes.present[0, FRAMES.index("coercion")]


def test_training_is_deterministic() -> None:
    one, other = (training.fit(sample(corpus("a", "b")), PARAMS, CODEBOOK) for _ in range(2))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_the_table_of_weights_is_all_a_coder_needs(tmp_path: Path) -> None:
    whole = sample(corpus("a", "b", "c"))
    weights = training.fit(whole, PARAMS, CODEBOOK)
    project = Project(tmp_path)
    parts.write(project, "coder", "coder_weights", "all", weights)
    stored = parts.read(project, "coder", "coder_weights", ["all"])
    codes, again = (
        coding.code_by_weights(whole.sentences, whole.cues, table, CODEBOOK) for table in (weights, stored)
    )
    np.testing.assert_array_equal(codes.present, again.present)
    np.testing.assert_array_equal(codes.stance, again.stance)
    np.testing.assert_allclose(codes.score, again.score, atol=1e-4)
    np.testing.assert_allclose(codes.stance_score, again.stance_score, atol=1e-4)


def test_weights_name_frames_stances_and_the_context() -> None:
    weights = training.fit(sample(corpus("a", "b")), PARAMS, CODEBOOK)
    targets = weights.groupby("task")["target"].agg(set)
    assert targets["presence"] == set(FRAMES)
    assert targets["stance"] == set(STANCES)
    assert targets["threshold"] == {*FRAMES, CONTEXT}
    assert targets["idf"] == {""}


def test_terms_in_too_few_sentences_are_no_features() -> None:
    inputs = corpus("a", "b", said=[*SAID, ("Rare words matter to Moscow.", {})])
    for least, known in [(2, True), (3, False)]:
        params = PARAMS.model_copy(update={"min_term_count": least})
        weights = training.fit(sample(inputs), params, CODEBOOK)
        assert ("matter" in set(weights.loc[weights["task"] == "idf", "feature"])) == known


def test_what_was_never_coded_is_never_found() -> None:
    only = [(text, {it: "affirmed" for it in codes if it == "coercion"}) for text, codes in SAID]
    whole = sample(corpus("a", "b", said=only))
    weights = training.fit(whole, PARAMS, CODEBOOK)
    codes = coding.code_by_weights(whole.sentences, whole.cues, weights, CODEBOOK)
    assert not codes.present[:, FRAMES.index("attraction")].any()
    assert (codes.stance == STANCES.index("affirmed")).all()


@pytest.mark.parametrize("changed", [{"min_coded": 2 * N + 1}, {"inner_folds": 13}])
def test_too_little_to_learn_from_gives_no_weights(changed: dict[str, int]) -> None:
    params = PARAMS.model_copy(update=changed)
    assert training.fit(sample(corpus("a", "b")), params, CODEBOOK).empty


def test_sentences_without_common_words_are_coded_by_their_cues() -> None:
    weights = training.fit(
        sample(corpus("a", "b")), PARAMS.model_copy(update={"min_term_count": 2 * N + 1}), CODEBOOK
    )
    assert not (weights["task"] == "idf").any()


# ---- validation -------------------------------------------------------------------------------------


def test_no_coder_is_trained_on_the_author_it_is_tested_on(monkeypatch: pytest.MonkeyPatch) -> None:
    trained_on: list[set[str]] = []

    def fit(part: Sample, *rest: Any) -> pd.DataFrame:
        assert part.coded.all()
        trained_on.append(set(part.author))
        return training.fit(part, *rest)

    monkeypatch.setattr(validation, "fit", fit)
    found = validation.validate(sample(corpus("a", "b", "c", uncoded=["c"])), PARAMS, CODEBOOK)
    assert trained_on == [{"B"}, {"A"}]
    assert set(found["doc_id"]) == {"a", "b"}


def test_an_authors_own_codes_do_not_change_what_is_predicted_for_them() -> None:
    inputs = corpus("a", "b", "c")
    own = inputs["codings"]["doc_id"] == "a"
    turned = inputs["codings"].assign(stance=inputs["codings"]["stance"].mask(own, "denied"))
    before, after = (
        validation.validate(sample({**inputs, "codings": table}), PARAMS, CODEBOOK)
        for table in (inputs["codings"], turned)
    )
    columns = ["model", "doc_id", "sent_id", "frame", "score", "present", "stance", "block"]
    changed = after[columns].compare(before[columns]).index
    assert set(before.loc[changed, "doc_id"]) == {"b", "c"}
    assert (after.loc[after["doc_id"] == "a", "true_stance"] == "denied").all()


def test_every_sentence_of_a_coded_author_is_predicted_once_by_each_coder() -> None:
    inputs = corpus("a", "b")
    half = inputs["codings"][inputs["codings"]["start"] < 300]
    found = run({**inputs, "codings": half}).validation
    assert set(found.groupby(["model", "frame"]).size()) == {2 * N}
    coded = found[found["block"] != ""]
    assert set(coded.groupby(["model", "frame"]).size()) == {N}
    blank = found[found["block"] == ""]
    assert not blank["true_present"].any()
    assert set(blank["true_stance"]) == {""}


def test_truth_is_what_the_reference_coder_said() -> None:
    inputs = corpus("a", "b")
    other = inputs["codings"].assign(coder="second", stance="denied")
    inputs["codings"] = pd.concat([inputs["codings"], other], ignore_index=True)
    found = run(inputs).validation
    expected = [codes.get("coercion", "") for _, codes in SAID] * 2
    for model in ("machine", "cues"):
        rows = found[(found["model"] == model) & (found["frame"] == "coercion") & (found["doc_id"] == "a")]
        assert list(rows["true_stance"]) == expected
        assert list(rows["true_present"]) == [stance != "" for stance in expected]


def test_the_coder_learns_what_cue_words_miss() -> None:
    quality = run(corpus("a", "b", "c")).coder_quality
    f1 = quality.query("task == 'presence' and target == 'coercion' and author == 'all'").set_index(
        "model"
    )["f1"]
    assert f1["machine"] > f1["cues"]


@pytest.mark.parametrize(
    ("authors", "changed"),
    [(["a"], {}), (["a", "b"], {"min_coded": 2 * N + 1}), (["a", "b"], {"min_coded": N + 1})],
    ids=["one author", "too few codes", "too few codes of the others"],
)
def test_without_a_coder_only_cue_words_are_tested(authors: list[str], changed: dict[str, int]) -> None:
    result = run(corpus(*authors), **changed)
    assert set(result.validation["model"]) == {"cues"}
    assert set(result.coder_quality["model"]) == {"cues"}
    assert result.coder_weights.empty == (changed.get("min_coded", 0) > 2 * N)


def test_no_codings_train_no_coder() -> None:
    result = run({**corpus("a", "b"), "codings": codings()})
    assert [len(table) for table in result[:4]] == [0, 0, 0, 0]
    assert result.metrics == {
        "codebook": CODEBOOK.hash,
        "codes": 0,
        "codes made under it": 0,
        "stale codes": 0,
        "codes made under unknown definitions": 0,
        "coded units": 0,
        "coded sentences": 0,
    }


# ---- quality ----------------------------------------------------------------------------------------

stances = st.sampled_from(STANCES)
judgements = st.tuples(st.sampled_from("ab"), st.booleans(), stances, st.booleans(), stances, st.booleans())


@settings(max_examples=12)
@given(st.lists(judgements, min_size=1, max_size=25))
def test_quality_is_that_of_scikit_learn(judged: list[tuple[str, bool, str, bool, str, bool]]) -> None:
    made = [
        (
            "cues",
            doc_id,
            n,
            FRAMES[n % 2],
            0.5,
            yes,
            said,
            "b" if known else "",
            truth,
            true if truth else "",
        )
        for n, (doc_id, truth, true, yes, said, known) in enumerate(judged)
    ]
    table = tables.make("validation", made)
    author = pd.Series({"a": "A", "b": "B"})
    quality = measure(table, author, CODEBOOK)
    tables.check("coder_quality", quality)
    known = table[table["block"] != ""]
    for row in quality.itertuples():
        group = known if row.author == "all" else known[known["doc_id"].map(author) == row.author]
        if row.task == "presence":
            labels = FRAMES
            pairs = {it: group.loc[group["frame"] == it, ["true_present", "present"]] for it in labels}
        else:
            labels, seen = STANCES, group[group["true_present"]]
            pairs = {it: seen[["true_stance", "stance"]] == it for it in labels}
        expected = np.array([scikit(pair) for pair in pairs.values()])
        found = [row.precision, row.recall, row.f1]
        if row.target == "macro":
            np.testing.assert_allclose(found, mean_of_known(expected))
            assert row.count == sum(int(pair.iloc[:, 0].sum()) for pair in pairs.values())
        else:
            np.testing.assert_allclose(found, expected[labels.index(row.target)])
            assert (row.count, row.total) == (pairs[row.target].iloc[:, 0].sum(), len(pairs[row.target]))


def scikit(pair: pd.DataFrame) -> Sequence[float]:
    """Precision, recall and F1; NaN where they have no denominator."""
    truth, found = (pair.iloc[:, column].to_numpy(dtype=bool) for column in range(2))
    if not len(truth):
        return [np.nan] * 3
    scored = precision_recall_fscore_support(
        truth, found, average="binary", pos_label=True, labels=[False, True], zero_division=np.nan
    )
    return [float(value) for value in scored[:3]]


def mean_of_known(values: np.ndarray) -> np.ndarray:
    known = ~np.isnan(values)
    counts = known.sum(axis=0)
    sums = np.where(known, values, 0).sum(axis=0)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def test_metrics_repeat_the_table() -> None:
    result = run(corpus("a", "b"))
    quality = result.coder_quality.set_index(["model", "task", "author", "target"])
    metrics: Any = result.metrics
    assert (metrics["coded units"], metrics["coded sentences"]) == (2 * N, 2 * N)
    for author, shown in [("all", "all"), ("A", "author A")]:
        row = quality.loc[("machine", "presence", author, "coercion")]
        assert metrics["machine"]["presence"][shown]["coercion"] == {
            name: row[name] for name in ("precision", "recall", "f1", "count")
        }


# ---- what a sample may lack -------------------------------------------------------------------------


def test_a_sample_without_any_frame_trains_a_coder_that_finds_none() -> None:
    texts: list[tuple[str, Codes]] = [("The article has four parts.", {})]
    weights = training.fit(sample(corpus("a", "b", said=texts)), PARAMS, CODEBOOK)
    assert set(weights.query("task == 'presence' and feature == '(intercept)'")["weight"]) == {-12.0}


def test_a_name_that_never_coded_is_a_mistake() -> None:
    with pytest.raises(ConfigError, match=r"coder\.reference: nobody called 'finel'.*\n.*final"):
        run(corpus("a", "b"), reference="finel")
    with pytest.raises(
        ConfigError, match=r"coder\.adjudicators: nobody called 'joe'.*\n.*final; or nobody"
    ):
        run(corpus("a", "b"), adjudicators=["final", "joe"])
