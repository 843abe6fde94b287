"""compare: counts, rates, corrected shares and contrasts that can be checked by hand."""

import math
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import small_codebook
from scipy import stats

from nlp import compare, tables
from nlp.params import CompareParams
from nlp.registry import Registry
from nlp.tables.names import CITED

PARAMS = CompareParams(
    zones=["body"],
    confidence=0.95,
    min_coded=4,
    min_effective=0,
    margin=0.05,
    min_passages=1,
    min_known=0,
    recognised=0.4,
    typical_passages=1,
    min_count=1,
    min_comentions=1,
    pos=["NOUN"],
)
REGISTRY = Registry(entities=())
CODEBOOK = small_codebook(
    {"attraction": ["attraction"], "coercion": ["coercion"]}, {"affirmed": [], "denied": []}
)
Inputs = dict[str, Any]
Row = tuple[object, ...]
Key = tuple[str, int]  # doc_id, sent_id
Codes = dict[str, str]  # frame -> stance
Sample = dict[Key, tuple[str, Codes]]  # block and codes of coded sentences


# ---- builders ---------------------------------------------------------------------------------------


def tokens(doc_id: str, text: str) -> list[Row]:
    """Rows of table `tokens` from `word/POS word/POS`, all in the first sentence, without a parse."""
    pairs = [word.split("/") for word in text.split()]
    return [
        (doc_id, 0, n, n + 1, word, word, pos, word == "thing", "ROOT", n)
        for n, (word, pos) in enumerate(pairs)
    ]


def mention(doc_id: str, start: int, name: str, kind: str = "organisation") -> Row:
    """A mention in the first sentence, of a name that no registry lists."""
    place = (doc_id, 0, start, start + 1, start, start + 1)
    return (*place, name, "ORG", kind, name, name, "", "", name, "model", 0.5)


def sentence(doc_id: str, number: int, paragraph: int) -> Row:
    return (doc_id, number, number, number + 1, number, number + 1, "body", paragraph, None, "x")


def frame_codes(coder: str, found: dict[Key, Codes]) -> list[Row]:
    """Rows of table `frame_codes`: for every sentence, the frames found and their stances."""
    return [
        (
            *key,
            frame,
            coder,
            float(frame in codes),
            frame in codes,
            codes.get(frame, ""),
            float(frame in codes),
        )
        for key, codes in found.items()
        for frame in CODEBOOK.frame_names
    ]


def held_out(
    model: str,
    found: dict[Key, Codes],
    in_sample: Sample,
) -> list[Row]:
    """Rows of table `validation`: what the model found, and block and codes of the coded sentences."""
    rows: list[Row] = []
    for key, codes in found.items():
        block, truth = in_sample.get(key, ("", {}))
        rows += [
            (
                "author",
                model,
                *key,
                frame,
                0.5,
                frame in codes,
                codes.get(frame, "affirmed"),
                0.5,
                block,
                None,
                frame in truth,
                truth.get(frame, ""),
            )
            for frame in CODEBOOK.frame_names
        ]
    return rows


NAMES = {"a1": "Ada", "a2": "Ada", "b1": "Bo"}


def topic_tables(author: dict[str, str], weights: dict[str, list[tuple[float, ...]]]) -> Inputs:
    """Tables of topics by the weights in the passages of each document; no other run of the model."""
    cells = [(doc_id, n, own) for doc_id, passages in weights.items() for n, own in enumerate(passages)]
    return {
        "passages": tables.make(
            "passages", [(doc_id, author[doc_id], n, n, n + 1, n, 1, "x") for doc_id, n, _ in cells]
        ),
        "topic_quality": tables.make(
            "topic_quality",
            [(n, f"topic {n}", "x", 1.0, True, 0.5, 0.5, 0.5) for n, _ in enumerate(cells[0][2])],
        ),
        "topic_runs": tables.make("topic_runs", []),
        "topic_weights": tables.make(
            "topic_weights",
            [(doc_id, n, topic, it, 0.0, 1.0) for doc_id, n, own in cells for topic, it in enumerate(own)],
        ),
    }


SENTENCES = [("a1", n) for n in range(6)] + [("a2", 0), ("a2", 1)] + [("b1", n) for n in range(4)]
FORCE, DENIED = {"coercion": "affirmed"}, {"coercion": "denied"}
MACHINE = {key: FORCE if key in SENTENCES[:6] or key == ("b1", 3) else {} for key in SENTENCES}
UNSEEN = {key: FORCE if key in SENTENCES[:4] or key == ("a2", 0) else {} for key in SENTENCES[:8]}
SAMPLE: Sample = {
    ("a1", 0): ("x", FORCE),
    ("a1", 1): ("x", FORCE),
    ("a1", 4): ("y", {}),
    ("a1", 5): ("y", {}),
}


def world() -> Inputs:
    """Ada has two texts with four coded sentences, Bo has one text and no coded sentence."""
    make = tables.make
    cues = dict.fromkeys(SENTENCES, DENIED)
    mentions = [mention("a1", 0, "EU"), mention("b1", 0, "EU"), mention("b1", 1, "EU")]
    unseen = [row for model in ("machine", "cues") for row in held_out(model, UNSEEN, SAMPLE)]
    return {
        "texts": make("texts", [(*it, "en", "x") for it in NAMES.items()]),
        "sentences": make("sentences", [sentence(*key, paragraph=key[1] // 2) for key in SENTENCES]),
        "tokens": make(
            "tokens",
            [
                *tokens("a1", "power/NOUN trade/NOUN Power/NOUN ./PUNCT thing/NOUN"),
                *tokens("a2", "trade/NOUN is/AUX %/SYM"),
                *tokens("b1", "war/NOUN power/NOUN war/NOUN war/NOUN ./PUNCT"),
            ],
        ),
        "entities": make("entities", mentions),
        **topic_tables(NAMES, {"a1": [(0.6, 0.4)], "a2": [(0.5, 0.5)], "b1": [(0.1, 0.9), (0.2, 0.8)]}),
        "validation": make("validation", unseen),
        "frame_codes": make("frame_codes", [*frame_codes("machine", MACHINE), *frame_codes("cues", cues)]),
    }


def run(inputs: Inputs, **changed: object) -> compare.Result:
    params = PARAMS.model_copy(update=changed)
    result = compare.run(params, **inputs, codebook=CODEBOOK, registry=REGISTRY)
    checked = {name: tables.check(name, it) for name, it in result._asdict().items() if name != "network"}
    return compare.Result(**checked, network=result.network)


def assert_same(one: compare.Result, other: compare.Result, **how: object) -> None:
    for table, expected in zip(one[:-1], other[:-1], strict=True):
        pd.testing.assert_frame_equal(table, expected, **how)
    assert one.network == other.network


def only(inputs: Inputs, author: str) -> Inputs:
    """The same tables, with one author's documents alone."""
    texts = inputs["texts"]
    own = set(texts.loc[texts["author"] == author, "doc_id"])
    return {
        name: table[table["doc_id"].isin(own)].reset_index(drop=True) if "doc_id" in table else table
        for name, table in inputs.items()
    }


def cells(table: pd.DataFrame, kind: str) -> dict[tuple[str, str], tuple[int, int]]:
    """(author, feature) -> (count, total)."""
    own = table[table["kind"] == kind]
    return {(it.author, it.feature): (it.count, it.total) for it in own.itertuples()}


def test_sentences_of_other_zones_are_not_counted() -> None:
    inputs = world()
    notes = inputs["sentences"]["doc_id"].eq("b1") & inputs["sentences"]["sent_id"].eq(0)
    marked = inputs["sentences"].assign(zone=notes.map({True: "note", False: "body"}))
    found = run(inputs | {"sentences": marked})
    left = {
        name: table[~(table["doc_id"].eq("b1") & table["sent_id"].eq(0))].reset_index(drop=True)
        for name, table in inputs.items()
        if name in ("sentences", "tokens", "entities")
    }
    assert_same(found, run(inputs | left))
    assert found.authors["sentences"].tolist() == [8, 3]
    assert found.authors["words"].tolist() == [6, 0]


# ---- authors ----------------------------------------------------------------------------------------


def test_authors_are_counted() -> None:
    columns = ["author", "documents", "paragraphs", "sentences", "words", "mentions", "coded"]
    found = run(world()).authors[columns]
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("Ada", 2, 4, 8, 6, 1, 4),
        ("Bo", 1, 2, 4, 4, 2, 0),
    ]


# ---- rates and contrasts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("entity", {("Ada", "EU"): (1, 6), ("Bo", "EU"): (2, 4)}),
        ("frame", {("Ada", "coercion"): (2, 4), ("Ada", "coercion: affirmed"): (2, 4)}),
    ],
)
def test_rates_are_counts_out_of_totals(kind: str, counts: dict[tuple[str, str], tuple[int, int]]) -> None:
    rates = run(world()).rates
    found = cells(rates, kind)
    assert {cell: found[cell] for cell in counts} == counts
    for row in rates[rates["kind"] != "frame"].itertuples():
        assert row.rate == row.count / row.total
        expected = stats.binomtest(row.count, row.total).proportion_ci(0.95, method="wilson")
        assert (row.low, row.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_rates_of_frames_are_the_shares_in_the_sample() -> None:
    result = run(world())
    coded = result.prevalence.query("method == 'coded'").set_index(["author", "frame", "stance"])
    rates = result.rates.query("kind == 'frame'").set_index(["author", "feature"])
    for author, frame, stance in coded.index:
        feature = frame if stance == "any" else f"{frame}: {stance}"
        expected = coded.loc[(author, frame, stance), ["estimate", "low", "high"]].to_numpy(dtype=float)
        found = rates.loc[(author, feature), ["rate", "low", "high"]].to_numpy(dtype=float)
        np.testing.assert_allclose(found, expected)


def drawn_in_blocks(block: list[str]) -> Inputs:
    """Bo has 40 sentences, of which sixteen are coded: the frame is in the first eight."""
    keys = [("b1", number) for number in range(40)]
    in_sample = {
        key: (name, FORCE if n < 8 else {}) for n, (key, name) in enumerate(zip(keys, block, strict=False))
    }
    unseen = held_out("machine", dict.fromkeys(keys, DENIED), in_sample)
    codes = frame_codes("machine", dict.fromkeys(keys, DENIED))
    return world() | {
        "validation": tables.make("validation", unseen),
        "frame_codes": tables.make("frame_codes", codes),
    }


def test_sentences_drawn_in_blocks_are_weaker_evidence() -> None:
    together, apart = (
        run(drawn_in_blocks(list(block))).rates.query("feature == 'coercion' and author == 'Bo'").iloc[0]
        for block in ("aaaabbbbccccdddd", "abcdefghijklmnop")
    )
    assert together.high - together.low > apart.high - apart.low


def test_words_are_compared_but_have_no_rates() -> None:
    result = run(world())
    assert "word" not in set(result.rates["kind"])
    assert cells(result.contrasts, "word") == {
        ("Ada", "power"): (2, 6),
        ("Ada", "trade"): (2, 6),
        ("Ada", "war"): (0, 6),
        ("Bo", "power"): (1, 4),
        ("Bo", "trade"): (0, 4),
        ("Bo", "war"): (3, 4),
    }


def test_contrasts_are_those_of_a_table_of_two_by_two() -> None:
    contrasts = run(world()).contrasts
    assert set(contrasts["kind"]) == {"word", "entity"}  # nobody to compare Ada's frames with
    for row in contrasts.itertuples():
        counts = np.array([[row.count, row.other_count], [row.total, row.other_total]])
        counts[1] -= counts[0]
        g2, p, *_ = stats.chi2_contingency(counts, correction=False, lambda_="log-likelihood")
        own = (row.count + 0.5) / (row.total + 0.5)
        other = (row.other_count + 0.5) / (row.other_total + 0.5)
        assert (row.statistic, row.p) == pytest.approx((g2, p), abs=1e-9)
        assert row.effect == pytest.approx(math.log2(own / other))
        assert row.low < row.effect < row.high
        assert row.p <= row.q


def test_contrasts_of_two_authors_mirror_each_other() -> None:
    ada, bo = (rows.set_index(["kind", "feature"]) for _, rows in run(world()).contrasts.groupby("author"))
    mirrored = {
        "count": "other_count",
        "total": "other_total",
        "statistic": "statistic",
        "p": "p",
        "q": "q",
    }
    for own, other in mirrored.items():
        np.testing.assert_allclose(ada[own], bo[other])
    np.testing.assert_allclose(ada["effect"], -bo["effect"])
    np.testing.assert_allclose(ada["low"], -bo["high"])


@pytest.mark.parametrize(
    ("token", "counted", "compared"),
    [
        ("empire/NOUN", True, True),
        ("co2/NOUN", True, True),
        ("post-Soviet/NOUN", True, True),
        ("is/AUX", True, False),
        ("thing/NOUN", True, False),  # a function word here
        ("1991/NOUN", True, False),
        ("x/NOUN", True, False),
        ("%/NOUN", False, False),
        ("—/PUNCT", False, False),
    ],
)
def test_all_words_are_counted_and_content_words_compared(
    token: str, *, counted: bool, compared: bool
) -> None:
    inputs = world()
    more = tables.make("tokens", tokens("a1", token)).assign(sent_id=1)
    inputs["tokens"] = pd.concat([inputs["tokens"], more], ignore_index=True)
    result = run(inputs)
    assert cells(result.rates, "entity")["Ada", "EU"] == (1, 6 + counted)
    assert (("Ada", token.split("/")[0].lower()) in cells(result.contrasts, "word")) == compared


@pytest.mark.parametrize(
    ("least", "words"), [(1, {"power", "trade", "war"}), (3, {"power", "war"}), (4, set())]
)
def test_rare_features_get_no_contrast(least: int, words: set[str]) -> None:
    contrasts = run(world(), min_count=least).contrasts
    assert set(contrasts.loc[contrasts["kind"] == "word", "feature"]) == words


def test_without_a_coded_sample_the_machines_codes_are_counted() -> None:
    inputs = world() | {"validation": tables.make("validation", [])}
    found = cells(run(inputs).rates, "frame")
    assert found["Ada", "coercion"] == (6, 8)
    assert found["Bo", "coercion"] == (1, 4)
    codes = inputs["frame_codes"]
    inputs["frame_codes"] = codes[codes["coder"] == "cues"].reset_index(drop=True)
    found = cells(run(inputs).rates, "frame")
    assert found["Ada", "coercion: denied"] == (8, 8)
    assert found["Bo", "coercion: denied"] == (4, 4)


def test_cited_authors_are_no_entities_to_compare() -> None:
    inputs = world()
    more = tables.make("entities", [mention("a1", 3, "Vance", CITED), mention("b1", 3, "Vance", "person")])
    result = run(inputs | {"entities": pd.concat([inputs["entities"], more], ignore_index=True)})
    assert cells(result.rates, "entity")["Ada", "Vance"] == (0, 6)
    assert cells(result.contrasts, "entity")["Bo", "Vance"] == (1, 4)
    assert result.authors["mentions"].tolist() == [2, 3]  # but they are mentions


STRANGE = [
    '“EU”; "x" | <b>&',
    "None",
    "nan",
    "",
    "=1+1",
    "tab\there",
    "line\nend",
    "count",
    "Россия",
    "NULL",
]


def test_features_with_special_characters_survive() -> None:
    made = [mention(doc_id, n, name) for doc_id in ("a1", "b1") for n, name in enumerate(STRANGE)]
    result = run(world() | {"entities": tables.make("entities", made)})
    for table in (result.rates, result.contrasts):
        found = table[table["kind"] == "entity"]
        assert sorted(found["feature"]) == sorted(STRANGE * 2)
        assert set(found["count"]) == {1}


# ---- prevalence -------------------------------------------------------------------------------------


def share(prevalence: pd.DataFrame, author: str, method: str, *, stance: str = "any") -> Any:
    key = (author, "coercion", stance, method)
    return prevalence.set_index(["author", "frame", "stance", "method"]).loc[key]


@pytest.mark.parametrize(
    ("method", "stance", "estimate"),
    [
        ("coded", "any", 2 / 4),
        ("coded", "affirmed", 2 / 4),
        ("coded", "denied", 0),
        # Held out, the machine was right on all coded sentences and found five in eight.
        ("corrected", "any", 5 / 8),
        ("corrected", "affirmed", 5 / 8),
        ("corrected", "denied", 0),
        # Trained on Ada too, it finds six.
        ("machine", "any", 6 / 8),
        ("machine", "denied", 0),
    ],
)
def test_shares_of_a_coded_author(method: str, stance: str, estimate: float) -> None:
    found = share(run(world()).prevalence, "Ada", method, stance=stance)
    assert found.estimate == pytest.approx(estimate)
    assert found.low - 1e-12 <= found.estimate <= found.high + 1e-12
    assert (found.n_sentences, found.n_coded, found.n_blocks, found.estimable) == (8, 4, 2, True)


def test_an_author_without_codes_has_the_machines_share_only() -> None:
    prevalence = run(world()).prevalence
    for method in ("corrected", "coded"):
        found = share(prevalence, "Bo", method)
        assert found[["estimate", "low", "high"]].isna().all()
        assert (found.n_sentences, found.n_coded, found.n_blocks, found.estimable) == (4, 0, 0, False)
        assert found.more_coded == 4  # all of them
    found = share(prevalence, "Bo", "machine")
    expected = stats.binomtest(1, 4).proportion_ci(0.95, method="wilson")
    assert (found.estimate, found.estimable) == (1 / 4, True)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize(("least", "estimable"), [(4, True), (5, False)])
def test_a_share_from_too_few_codes_is_marked(least: int, *, estimable: bool) -> None:
    prevalence = run(world(), min_coded=least).prevalence
    assert [share(prevalence, "Ada", it).estimable for it in ("corrected", "coded")] == [estimable] * 2
    assert share(prevalence, "Ada", "machine").estimable


def test_a_share_from_too_few_independent_sentences_is_marked() -> None:
    found = {it: share(run(world(), min_effective=it).prevalence, "Ada", "coded") for it in (0, 9)}
    assert found[0].estimable
    assert not found[9].estimable


@pytest.mark.parametrize(("margin", "more"), [(0.01, 4), (0.4, None)])
def test_more_coded_sentences_are_asked_for(margin: float, more: int | None) -> None:
    prevalence = run(world(), margin=margin).prevalence
    found = share(prevalence, "Ada", "coded").more_coded
    assert (None if pd.isna(found) else found) == more
    assert prevalence.loc[prevalence["method"] == "machine", "more_coded"].isna().all()


def test_useless_predictions_correct_nothing() -> None:
    inputs = world()
    inputs["validation"] = inputs["validation"].assign(present=True, stance="affirmed")
    prevalence = run(inputs).prevalence
    columns = ["estimate", "low", "high", "n_coded"]
    pd.testing.assert_series_equal(
        share(prevalence, "Ada", "corrected")[columns],
        share(prevalence, "Ada", "coded")[columns],
        check_names=False,
    )


def test_every_author_frame_and_stance_has_its_three_shares() -> None:
    prevalence = run(world()).prevalence
    assert len(prevalence) == 2 * 2 * 3 * 3
    assert set(prevalence["stance"]) == {"affirmed", "denied", "any"}


def test_codes_outside_the_analysed_sentences_do_not_count() -> None:
    inputs = world()
    codes = inputs["frame_codes"]
    inputs["frame_codes"] = codes[(codes["doc_id"] != "a1") | (codes["sent_id"] != 5)]
    found = share(run(inputs).prevalence, "Ada", "coded")
    assert (found.estimate, found.n_sentences, found.n_coded) == (pytest.approx(2 / 3), 7, 3)


def test_frames_are_counted_in_analysed_sentences() -> None:
    inputs = world()
    codes = inputs["frame_codes"]
    inputs["frame_codes"] = codes[(codes["doc_id"] != "a1") | (codes["sent_id"] != 5)]
    assert cells(run(inputs).rates, "frame")["Ada", "coercion"] == (2, 3)


def test_a_single_authors_codes_are_used_though_nobody_else_could_train_a_machine() -> None:
    inputs = only(world(), "Ada")
    validation = inputs["validation"]
    inputs["validation"] = validation[validation["model"] == "cues"].reset_index(drop=True)
    assert share(run(inputs).prevalence, "Ada", "coded").estimate == 2 / 4


# ---- differences between authors ----------------------------------------------------------------------


def test_a_difference_needs_both_shares() -> None:
    result = run(world())  # nothing of Bo is coded
    assert len(result.frame_differences) == 2 * 3
    assert not result.frame_differences["estimable"].any()
    assert result.frame_differences[["difference", "low", "high", "p", "q"]].isna().all(axis=None)


def test_every_pair_is_compared_once_in_every_frame_and_stance() -> None:
    result = compared(1)[1]
    pairs = result.frame_differences[["author", "other"]].drop_duplicates()
    assert [tuple(row) for row in pairs.itertuples(index=False)] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert len(result.frame_differences) == 3 * 2 * 3
    of_c = result.frame_differences["other"] == "C"  # nothing of C is coded
    assert not result.frame_differences.loc[of_c, "estimable"].any()


@pytest.mark.parametrize("seed", range(4))
def test_differences_lie_in_their_intervals_and_agree_with_the_shares(seed: int) -> None:
    result = compared(seed)[1]
    corrected = result.prevalence.query("method == 'corrected'").set_index(["author", "frame", "stance"])
    told = result.frame_differences.query("estimable")
    assert len(told)
    for row in told.itertuples():
        one, other = (corrected.loc[name, row.frame, row.stance] for name in (row.author, row.other))
        assert row.difference == pytest.approx(one.estimate - other.estimate)
        assert row.low <= row.difference <= row.high
        assert (row.p < 0.05) == (row.low > 0 or row.high < 0)
        assert row.p <= row.q
    np.testing.assert_allclose(told["q"], stats.false_discovery_control(told["p"], method="by"))


# ---- small and empty corpora ------------------------------------------------------------------------


def test_a_single_author_has_nobody_to_be_compared_with() -> None:
    result = run(only(world(), "Ada"))
    assert result.contrasts.empty
    assert result.frame_differences.empty
    assert result.topic_differences.empty
    assert list(result.authors["author"]) == ["Ada"]
    assert cells(result.rates, "frame")["Ada", "coercion"] == (2, 4)


@pytest.mark.parametrize(
    ("missing", "kind"),
    [
        (["entities"], "entity"),
        (["frame_codes", "validation"], "frame"),
        (["tokens"], "word"),
    ],
)
def test_what_is_not_there_is_not_compared(missing: list[str], kind: str) -> None:
    result = run(world() | {name: tables.make(name, []) for name in missing})
    assert kind not in set(result.contrasts["kind"])
    assert kind not in set(result.rates["kind"])
    assert len(result.rates) > 0


def test_without_topics_all_but_their_tables_stay() -> None:
    names = ["topic_quality", "topic_runs", "topic_weights"]
    found = run(world() | {name: tables.make(name, []) for name in names})
    empty = {name: tables.make(name, []) for name in found._fields if name.startswith("topic_")}
    assert_same(found, run(world())._replace(**empty))


# ---- laws -------------------------------------------------------------------------------------------


DOC_IDS = ["a1", "a2", "b1", "c1"]
KEYS = [(doc_id, number) for doc_id in DOC_IDS for number in range(12)]


def any_world(seed: int) -> Inputs:
    """Three authors with random words, mentions, topics and codes; nothing of C is in the coded sample."""
    draw, make = np.random.default_rng(seed), tables.make

    def codes() -> Codes:
        chosen = draw.choice(["", "", "affirmed", "denied"], size=2)
        return {name: it for name, it in zip(CODEBOOK.frame_names, chosen, strict=True) if it}

    def words() -> str:
        return " ".join(
            draw.choice(["power/NOUN", "trade/NOUN", "war/NOUN", "is/AUX", "thing/NOUN"], size=30)
        )

    def mentions(doc_id: str) -> list[Row]:
        names = draw.choice(["EU", "UN", "CSTO"], size=draw.integers(1, 9))
        return [mention(doc_id, number, name) for number, name in enumerate(names)]

    coded = [key for key in KEYS if key[0] != "c1"]
    in_sample = {key: (f"{key[0]}/{key[1] // 3}", codes()) for key in coded if draw.random() < 0.6}
    unseen = {model: {key: codes() for key in coded} for model in ("machine", "cues")}
    found = {coder: {key: codes() for key in KEYS} for coder in ("machine", "cues")}
    return {
        "texts": make("texts", [(doc_id, doc_id[0].upper(), "en", "x") for doc_id in DOC_IDS]),
        "sentences": make("sentences", [sentence(*key, paragraph=key[1] // 4) for key in KEYS]),
        "tokens": make("tokens", [row for doc_id in DOC_IDS for row in tokens(doc_id, words())]),
        "entities": make("entities", [row for doc_id in DOC_IDS for row in mentions(doc_id)]),
        **topic_tables(
            {doc_id: doc_id[0].upper() for doc_id in DOC_IDS},
            {doc_id: [*map(tuple, draw.dirichlet([1, 1, 1], draw.integers(1, 6)))] for doc_id in DOC_IDS},
        ),
        "validation": make(
            "validation", [row for model in unseen for row in held_out(model, unseen[model], in_sample)]
        ),
        "frame_codes": make("frame_codes", [row for it in found for row in frame_codes(it, found[it])]),
    }


@cache
def compared(seed: int) -> tuple[Inputs, compare.Result]:
    inputs = any_world(seed)
    return inputs, run(inputs)


seeds = pytest.mark.parametrize("seed", range(4))


@seeds
def test_counts_add_up_to_the_tables(seed: int) -> None:
    inputs, result = compared(seed)
    in_sample = inputs["validation"].query("model == 'cues' and block != '' and true_present")
    words = inputs["tokens"].query("pos == 'NOUN' and not is_stop")
    summed = Counter({kind: rows["count"].sum() for kind, rows in result.rates.groupby("kind")})
    assert summed == {
        "entity": len(inputs["entities"]),
        "frame": 2 * len(in_sample),  # once as a frame, once with its stance
    }
    contrasts = result.contrasts
    assert contrasts.loc[contrasts["kind"] == "word", "count"].sum() == len(words)


@seeds
def test_every_author_has_a_row_for_every_feature(seed: int) -> None:
    _, result = compared(seed)
    for name, table in (("rates", result.rates), ("contrasts", result.contrasts)):
        authors = table.groupby(["kind", "feature"])["author"].agg(lambda them: "".join(sorted(them)))
        for kind, found in authors.groupby("kind"):
            uncoded = kind == "frame" and name == "contrasts"  # nothing of C is in the sample
            assert set(found) == {"AB" if uncoded else "ABC"}


@seeds
def test_the_others_are_all_but_the_author(seed: int) -> None:
    _, result = compared(seed)
    for _, rows in result.contrasts.groupby(["kind", "feature"]):
        assert (rows["count"] + rows["other_count"] == rows["count"].sum()).all()
        assert (rows["total"] + rows["other_total"] == rows["total"].sum()).all()


@seeds
def test_stances_add_up_to_their_frame(seed: int) -> None:
    prevalence = compared(seed)[1].prevalence
    wide = prevalence.pivot(index=["method", "author", "frame"], columns="stance", values="estimate")
    np.testing.assert_allclose((wide["affirmed"] + wide["denied"]).clip(upper=1), wide["any"])
    known = prevalence.dropna(subset="estimate")
    assert (known["low"] <= known["estimate"] + 1e-12).all()
    assert (known["estimate"] <= known["high"] + 1e-12).all()


@seeds
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    inputs, result = compared(seed)
    turned = {name: table.sample(frac=1, random_state=seed) for name, table in inputs.items()}
    assert_same(run(turned), result, check_exact=False, rtol=1e-12)


def test_inputs_are_left_as_they_are() -> None:
    inputs, untouched = world(), world()
    run(inputs)
    for name, table in inputs.items():
        pd.testing.assert_frame_equal(table, untouched[name])
