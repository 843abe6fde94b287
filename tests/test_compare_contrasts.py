"""compare: distinctive words and names, from counts that can be checked by hand."""

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from comparing import Texts, counts, measures, params

from nlp import tables
from nlp.compare.contrasts import contrasts
from nlp.stats import keyness

NAMES = pd.Series({"power": "The Power"})
WORLD: Texts = {
    "a1": ["power trade power", "trade is power power"],
    "a2": ["trade trade", "x trade"],
    "b1": ["war power war", "war is it"],
    "c1": ["is it", "it is trade"],
}
AUTHOR = pd.Series({"a1": "Ada", "a2": "Ada", "b1": "Bo", "c1": "Cy"})


def run(
    texts: Texts, author: pd.Series, *kinds: str, names: pd.Series = NAMES, **changed: object
) -> pd.DataFrame:
    own = author[[it for it in author.index if it in texts]]
    found = contrasts(own, measures(texts), counts(texts, *(kinds or ("word",))), names, params(**changed))
    return tables.check("contrasts", found)


def cell(found: pd.DataFrame, author: str, other: str, feature: str) -> pd.Series:
    return found.set_index(["author", "other", "feature"]).loc[(author, other, feature)]


def made(draw: np.random.Generator, lengths: dict[str, int], words: int = 60) -> Texts:
    vocabulary = np.array([f"w{n}" for n in range(30)])
    share = 1 / (np.arange(30) + 2)
    return {
        doc_id: [" ".join(draw.choice(vocabulary, words, p=share / share.sum())) for _ in range(n)]
        for doc_id, n in lengths.items()
    }


@pytest.mark.parametrize(
    ("author", "other", "feature", "told"),
    [
        ("Ada", "rest", "power", (4, 11, 1, 1, 11, 1)),
        ("Ada", "Bo", "trade", (5, 11, 2, 0, 6, 0)),
        ("Ada", "Cy", "trade", (5, 11, 2, 1, 5, 1)),
        ("Bo", "rest", "war", (3, 6, 1, 0, 16, 0)),
        ("Cy", "rest", "war", (0, 5, 0, 3, 17, 1)),
    ],
)
def test_counts_totals_and_documents(author: str, other: str, feature: str, told: tuple[int, ...]) -> None:
    columns = ["count", "total", "documents", "other_count", "other_total", "other_documents"]
    row = cell(run(WORLD, AUTHOR), author, other, feature)
    assert tuple(row[columns]) == told
    plain = keyness(*(np.array([told[it]]) for it in (0, 1, 3, 4)), confidence=0.95)
    assert (row.statistic, row.effect) == pytest.approx((plain.statistic[0], plain.effect[0]))
    assert row.low <= row.effect <= row.high


def test_every_group_meets_the_rest_and_each_other_once() -> None:
    found = run(WORLD, AUTHOR)
    pairs = found[["author", "other"]].drop_duplicates()
    assert sorted(map(tuple, pairs.itertuples(index=False))) == [
        ("Ada", "Bo"),
        ("Ada", "Cy"),
        ("Ada", "rest"),
        ("Bo", "Cy"),
        ("Bo", "rest"),
        ("Cy", "rest"),
    ]


@pytest.mark.parametrize(("left", "others"), [("abc", 3), ("ab", 1), ("a", 0)])
def test_of_two_groups_the_rest_is_the_other(left: str, others: int) -> None:
    found = run({it: WORLD[it] for it in WORLD if it[0] in left}, AUTHOR)
    assert found["other"].nunique() == others
    assert list(found.columns) == list(tables.make("contrasts", []).columns)


def test_the_rest_is_all_others_as_one_group() -> None:
    texts = made(np.random.default_rng(1), {"a": 5, "b": 4, "c": 6, "d": 3})
    author = pd.Series({it: it.upper() for it in texts})
    found = run(texts, author)
    merged = run(texts, author.where(author == "A", "B"))
    columns = ["feature", "count", "other_count", "statistic", "effect", "low", "high", "log_odds", "p"]
    ours, theirs = (
        it[(it["author"] == "A") & (it["other"] == "rest")].sort_values("feature")[columns]
        for it in (found, merged)
    )
    pd.testing.assert_frame_equal(ours.reset_index(drop=True), theirs.reset_index(drop=True))


@pytest.mark.parametrize(("least", "pairs"), [(1, 3), (4, 2), (5, 1), (9, 0)])
def test_rare_features_get_no_row(least: int, pairs: int) -> None:
    """Power is found 4, 1 and 0 times: pairs of 5, 4 and 1."""
    found = run(WORLD, AUTHOR, min_count=least)
    power = found[(found["feature"] == "power") & (found["other"] != "rest")]
    assert len(power) == pairs
    assert (found["count"] + found["other_count"] >= least).all()


def test_q_values_are_those_of_all_rows() -> None:
    texts = made(np.random.default_rng(2), {"a": 5, "b": 4, "c": 6})
    found = run(texts, pd.Series({it: it for it in texts}), "word", "entity")
    expected = scipy.stats.false_discovery_control(found["p"], method="by")
    np.testing.assert_allclose(found["q"], expected)
    assert set(found["kind"]) == {"word", "entity"}


def test_of_many_groups_each_has_rows_for_its_own_words() -> None:
    """The tests of the others count for q all the same."""
    texts = made(np.random.default_rng(3), {"a": 2, "b": 2, "c": 2, "d": 2}, words=12)
    author = pd.Series({it: it for it in texts})
    many, few = run(texts, author, max_paired=3), run(texts, author)
    whole = few[few["other"] == "rest"]
    assert set(many["other"]) == {"rest"}
    assert (many["count"] > 0).all()
    assert len(many) == (whole["count"] > 0).sum() < len(whole)
    p = np.append(many["p"], np.ones(len(whole) - len(many)))
    expected = scipy.stats.false_discovery_control(p, method="by")[: len(many)]
    np.testing.assert_allclose(many["q"], expected)


def test_labels_are_the_names_of_actors() -> None:
    found = run(WORLD, AUTHOR, "word", "entity").set_index(["kind", "feature"])["label"]
    assert set(found["entity", "power"]) == {"The Power"}
    assert set(found["entity", "trade"]) == {"trade"}  # without a name, the id
    assert set(found["word", "power"]) == {"power"}


HOSTILE = ["=1+1", "“rest”", 'a,"b"', "<b>&", r"\frac{_}%", "None", "nan", "Россия"]


def test_hostile_names_survive() -> None:
    texts = {f"d{n}": [" ".join(HOSTILE)] * 2 for n, _ in enumerate(HOSTILE)}
    author = pd.Series({f"d{n}": name for n, name in enumerate(HOSTILE)})
    found = run(texts, author, "entity", names=pd.Series({it: it[::-1] for it in HOSTILE}), max_paired=9)
    assert set(found["author"]) == set(found["feature"]) == set(HOSTILE)
    assert (found["label"] == found["feature"].str[::-1]).all()
    assert (found["count"] == 2).all()


def test_a_group_with_one_sentence_is_compared() -> None:
    found = run(WORLD | {"d1": ["war"]}, pd.concat([AUTHOR, pd.Series({"d1": "Di"})]))
    row = cell(found, "Di", "rest", "war")
    assert (row["count"], row["total"]) == (1, 1)
    assert 0 < row["p"] <= 1
    assert np.isnan(row["dispersion"])


def test_texts_of_one_segment_each_leave_p_unknown() -> None:
    found = run(
        {"a": ["x y x"], "b": ["x z"], "c": ["z z", "x"]}, pd.Series({it: it.upper() for it in "abc"})
    )
    pair = found[(found["author"] == "A") & (found["other"] == "B")]
    assert pair[["low", "high", "p", "q"]].isna().all(axis=None)
    assert pair[["statistic", "effect", "z"]].notna().all(axis=None)
    known = found["p"].notna()
    np.testing.assert_allclose(
        found.loc[known, "q"], scipy.stats.false_discovery_control(found.loc[known, "p"], method="by")
    )


def test_a_group_without_words_is_not_compared() -> None:
    found = run(WORLD | {"d1": [""]}, pd.concat([AUTHOR, pd.Series({"d1": "Di"})]))
    pd.testing.assert_frame_equal(found, run(WORLD, AUTHOR))


def test_nothing_is_compared_where_nothing_is_counted() -> None:
    assert run(WORLD, AUTHOR, "form").empty
    assert run({}, AUTHOR[:0]).empty


def test_the_order_of_rows_changes_nothing() -> None:
    measured, counted = measures(WORLD), counts(WORLD, "word", "entity")
    found = contrasts(AUTHOR, measured, counted, NAMES, params())
    turned = contrasts(AUTHOR[::-1], measured[::-1], counted[::-1], NAMES, params())
    pd.testing.assert_frame_equal(found, turned)


@pytest.mark.parametrize(("least", "scope"), [(2, "groups"), (3, "texts")])
def test_with_enough_documents_the_comparison_is_of_groups(least: int, scope: str) -> None:
    texts = made(np.random.default_rng(4), {"a1": 3, "a2": 2, "b1": 3, "b2": 4})
    found = run(texts, pd.Series({it: it[0] for it in texts}), min_documents=least)
    assert set(found["scope"]) == {scope}
