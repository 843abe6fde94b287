"""compare: topic shares, their differences, how far these survive, and the passages that show them."""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from nlp import tables
from nlp.compare.groups import pairs_of
from nlp.compare.topics import Pairs, Told, tell, topic_differences, topic_shares, typical_passages
from nlp.manifest import REST
from nlp.params import CompareParams
from nlp.store import configs
from nlp.store.project import Project

PARAMS = configs.read_params(Project(ROOT)).compare.model_copy(update={"min_passages": 3})
Weights = dict[str, np.ndarray]  # doc_id -> passages x topics
Runs = list[tuple[int, Weights, float]]  # number of topics, mean weights by document, similarity


class World:
    """Tables of topics, and the author of each document: the part of its name before the hyphen."""

    def __init__(self, weights: Weights, runs: Runs | None = None, *, known: float = 1.0) -> None:
        make = tables.make
        topics = max((it.shape[1] for it in weights.values()), default=0)
        cells = [
            (doc_id, n, topic, own[n, topic], 0.0, known)
            for doc_id, own in weights.items()
            for n, topic in product(*map(range, own.shape))
        ]
        self.weights = make("topic_weights", cells)
        self.quality = make(
            "topic_quality", [(n, f"topic {n}", "x", 1.0, True, 0.5, 0.5, 0.5) for n in range(topics)]
        )
        self.passages = make(
            "passages",
            [
                (name, name.split("-")[0], n, n, n + 1, n, 1, f"{name} {n}")
                for name, own in weights.items()
                for n in range(len(own))
            ],
        )
        self.runs = make(
            "topic_runs",
            [
                (many, number, topic, alike, doc_id, own[topic])
                for number, (many, means, alike) in enumerate(runs or [])
                for doc_id, own in means.items()
                for topic in range(topics)
            ],
        )
        self.author = pd.Series({name: name.split("-")[0] for name in weights}, dtype=str)

    def tell(self, params: CompareParams = PARAMS) -> Told:
        return tell(self.quality, self.runs, self.weights, self.author, params)

    def shares(self, params: CompareParams = PARAMS) -> pd.DataFrame:
        return tables.check("topic_shares", topic_shares(self.tell(params), params))

    def differences(self, params: CompareParams = PARAMS) -> pd.DataFrame:
        return tables.check("topic_differences", _differences(self.tell(params), params))

    def typical(self, most: int) -> pd.DataFrame:
        params = PARAMS.model_copy(update={"typical_passages": most})
        found = typical_passages(self.quality, self.weights, self.passages, self.author, params)
        return tables.check("topic_passages", found)


def _differences(told: Told, params: CompareParams) -> pd.DataFrame:
    pairs = Pairs(*pairs_of(len(told.authors), params.max_paired))
    return topic_differences(told, pairs, params)


def drawn(seed: int, sizes: dict[str, int], topics: int = 3) -> Weights:
    draw = np.random.default_rng(seed)
    return {name: draw.dirichlet(np.ones(topics), n) for name, n in sizes.items()}


def means(weights: Weights) -> Weights:
    return {name: own.mean(axis=0) for name, own in weights.items()}


SIZES = {"Ada-1": 6, "Ada-2": 3, "Bo-1": 8, "Cy-1": 4}
worlds = st.builds(drawn, st.integers(0, 10**6), st.just(SIZES), st.integers(2, 4))


# ---- shares ---------------------------------------------------------------------------------------------


def test_a_share_is_the_mean_over_the_authors_passages() -> None:
    weights = drawn(1, SIZES)
    found = World(weights).shares().set_index(["author", "topic"])
    ada = np.concatenate([weights["Ada-1"], weights["Ada-2"]]).mean(axis=0)
    np.testing.assert_allclose(found.loc["Ada", "share"], ada)
    assert found.loc[("Ada", 0), ["label", "passages", "estimable"]].tolist() == ["topic 0", 9, True]


@given(worlds)
@settings(deadline=None, max_examples=25)
def test_shares_sum_to_one_and_lie_in_their_intervals(weights: Weights) -> None:
    found = World(weights, [(len(weights["Bo-1"][0]), means(weights), 0.9)] * 2).shares()
    np.testing.assert_allclose(found.groupby("author")["share"].sum(), 1)
    assert (found["low"] <= found["share"]).all()
    assert (found["share"] <= found["high"]).all()


def test_other_runs_widen_intervals_by_their_own_variance() -> None:
    weights = drawn(2, SIZES)
    shown = means(weights)
    runs: Runs = [
        (3, {name: np.roll(own, 1) * part + own * (1 - part) for name, own in shown.items()}, 0.9)
        for part in (0.1, 0.3, 0.5)
    ]
    other_kind: Runs = [(4, {name: np.full(3, 0.2) for name in shown}, 0.9)]
    alone, seen = World(weights).shares(), World(weights, runs + other_kind).shares()
    assert alone["between_runs"].isna().all()
    bo = [shown["Bo-1"][0], *(it["Bo-1"][0] for _, it, _ in runs)]
    assert seen.query("author == 'Bo' and topic == 0")["between_runs"].item() == pytest.approx(
        np.std(bo, ddof=1)
    )
    wider = (seen["high"] - seen["low"]) - (alone["high"] - alone["low"])
    assert (wider > 0).all()


def test_documents_of_an_author_count_by_their_passages_in_other_runs() -> None:
    weights = drawn(3, SIZES)
    runs: Runs = [
        (3, {"Ada-1": np.array([0.9, 0.1, 0.0])} | {it: np.zeros(3) for it in SIZES if it != "Ada-1"}, 0.9)
    ]
    told = World(weights, runs).tell()
    np.testing.assert_allclose(told.runs.shares[0, 0], [0.6, 0.1 * 6 / 9, 0])


@pytest.mark.parametrize("least", [4, 5])
def test_too_few_passages_leave_a_row_without_numbers(least: int) -> None:
    params = PARAMS.model_copy(update={"min_passages": least})
    world = World(drawn(4, SIZES), [(3, means(drawn(4, SIZES)), 0.9)])
    shares, differences = world.shares(params), world.differences(params)
    cy = shares[shares["author"] == "Cy"]
    assert (cy["estimable"] == (least == 4)).all()
    assert (cy[["share", "low", "high", "between_runs"]].notna() == (least == 4)).all(axis=None)
    of_cy = differences[differences["other"] == "Cy"]
    columns = ["difference", "low", "high", "p", "q", "survives"]
    assert (of_cy[columns].notna() == (least == 4)).all(axis=None)
    assert differences.query("other == 'Bo'")[columns].notna().all(axis=None)


def test_an_author_without_passages_has_rows_without_numbers() -> None:
    world = World(drawn(5, SIZES))
    before = world.shares()
    world.author["Di-1"] = "Di"
    found = world.shares()
    pd.testing.assert_frame_equal(found[found["author"] != "Di"].reset_index(drop=True), before)
    di = found[found["author"] == "Di"]
    assert di["passages"].tolist() == [0, 0, 0]
    assert di["share"].isna().all()
    assert not world.differences().query("other == 'Di'")["estimable"].any()


def test_passages_without_weights_are_not_counted() -> None:
    world = World(drawn(6, SIZES))
    world.weights = world.weights.query("not (doc_id == 'Bo-1' and passage == 3)").reset_index(drop=True)
    found = world.shares().query("author == 'Bo'")
    assert set(found["passages"]) == {7}
    assert found["share"].sum() == pytest.approx(1)


# ---- differences ----------------------------------------------------------------------------------------


@given(worlds)
@settings(deadline=None, max_examples=25)
def test_differences_are_those_of_the_shares_and_all_are_adjusted_together(weights: Weights) -> None:
    world = World(weights, [(3, means(weights), 0.9)])
    share = world.shares().set_index(["author", "topic"])["share"]
    found = world.differences()
    assert len(found) == (3 + 3) * len(world.quality)  # three pairs, and each author and the rest
    for row in found.itertuples():
        if row.other != REST:
            its = share[row.other, row.topic]
            assert row.difference == pytest.approx(share[row.author, row.topic] - its)
        assert row.low <= row.difference <= row.high
        assert (row.p < 0.05) == (row.low > 0 or row.high < 0)
    np.testing.assert_allclose(found["q"], stats.false_discovery_control(found["p"], method="by"))


@given(worlds)
@settings(deadline=None, max_examples=25)
def test_renamed_authors_have_the_same_numbers_the_other_way_round(weights: Weights) -> None:
    runs: Runs = [(3, means(weights), 0.9), (4, means(drawn(1, SIZES, 4)), 0.9)]
    other = {"Ada": "Zoe", "Bo": "Bo", "Cy": "Abe"}  # which turns the alphabet round
    world, renamed = World(weights, runs), World(weights, runs)
    renamed.author = renamed.author.map(other)
    there = world.differences().set_index(["author", "other", "topic"])
    back = renamed.differences().set_index(["author", "other", "topic"])
    for author, name, topic in there.index:
        if name == REST:
            continue  # told from the author in both
        one, turned = there.loc[(author, name, topic)], back.loc[(other[name], other[author], topic)]
        assert turned["difference"] == pytest.approx(-one["difference"], abs=1e-9)
        assert (turned["low"], turned["high"]) == pytest.approx((-one["high"], -one["low"]), abs=1e-6)
        assert tuple(turned[["p", "q", "survives"]]) == pytest.approx(
            tuple(one[["p", "q", "survives"]]), abs=1e-5
        )


def test_the_order_of_rows_changes_nothing() -> None:
    weights = drawn(7, SIZES)
    world, turned = World(weights, [(3, means(weights), 0.9)]), World(weights, [(3, means(weights), 0.9)])
    for name in ("weights", "runs", "quality", "passages", "author"):
        setattr(turned, name, getattr(world, name).sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(world.shares(), turned.shares())
    pd.testing.assert_frame_equal(world.differences(), turned.differences())
    pd.testing.assert_frame_equal(world.typical(2), turned.typical(2))


def test_runs_that_move_together_do_not_blur_a_difference() -> None:
    """All authors' shares are higher in some runs: each is unsure, and how they differ is not."""
    weights = drawn(8, SIZES)
    moved: Runs = [
        (3, {name: own + by for name, own in means(weights).items()}, 0.9) for by in (-0.2, 0.1, 0.3)
    ]
    still, seen = World(weights), World(weights, moved)
    columns = ["difference", "low", "high", "p"]
    pd.testing.assert_frame_equal(still.differences()[columns], seen.differences()[columns])
    assert (seen.shares()["high"] - seen.shares()["low"] > 0.4).all()


def test_authors_of_one_process_differ_by_chance_only() -> None:
    """Six texts of one process, whoever wrote them: p-values are about as frequent as they say."""
    draw = np.random.default_rng(9)
    found = []
    for _ in range(60):
        texts = [
            np.repeat(draw.dirichlet(np.full(4, 0.4), 8), draw.integers(1, 5, 8), axis=0) for _ in range(6)
        ]
        world = World({f"{'ABC'[n // 2]}-{n}": own for n, own in enumerate(texts)})
        found.append(world.differences()["p"].to_numpy())
    p = np.concatenate(found)
    assert 0.005 <= (p < 0.05).mean() <= 0.08
    assert 0.35 <= (p < 0.5).mean() <= 0.6


def test_authors_who_do_differ_are_told_apart() -> None:
    draw = np.random.default_rng(10)
    weights = {"A-1": draw.dirichlet([9, 1, 2], 60), "B-1": draw.dirichlet([1, 9, 2], 60)}
    found = World(weights).differences().set_index("topic")
    assert found.loc[0, "q"] < 0.001
    assert found.loc[0, "low"] > 0.4
    assert found.loc[1, "high"] < -0.4
    assert found.loc[2, "p"] > 0.01


# ---- survival -------------------------------------------------------------------------------------------


def two_authors(first: float) -> Weights:
    """Means of a run: the first topic's share with Ada; Bo has the rest."""
    return {"Ada-1": np.array([first, 1 - first]), "Bo-1": np.array([1 - first, first])}


@pytest.mark.parametrize(
    ("runs", "survives"),
    [
        ([(2, two_authors(0.9), 0.9)] * 4, 1.0),
        ([(2, two_authors(0.9), 0.9)] * 3 + [(5, two_authors(0.9), 0.9)], 1.0),  # whatever their topics
        ([(2, two_authors(0.9), 0.9)] * 3 + [(2, two_authors(0.9), 0.1)], 0.75),  # not recognised
        ([(2, two_authors(0.9), 0.9), (2, two_authors(0.1), 0.9)], 0.5),  # the other way round
        ([(2, two_authors(0.9), 0.9), (2, two_authors(0.51), 0.9)], 0.5),  # an interval with 0
    ],
)
def test_a_difference_survives_in_runs_that_have_it(runs: Runs, survives: float) -> None:
    draw = np.random.default_rng(11)
    weights = {"Ada-1": draw.dirichlet([9, 1], 60), "Bo-1": draw.dirichlet([1, 9], 60)}
    found = World(weights, runs).differences()
    assert found["survives"].tolist() == [survives] * 2
    assert set(found["runs"]) == {len(runs)}


def test_no_difference_survives() -> None:
    same = drawn(12, {"Ada-1": 20})["Ada-1"]
    world = World({"Ada-1": same, "Bo-1": same}, [(3, {"Ada-1": np.eye(3)[0], "Bo-1": np.eye(3)[1]}, 0.9)])
    assert world.differences()["survives"].tolist() == [0.0] * 3
    np.testing.assert_allclose(world.differences()["p"], 1)


def test_a_frozen_model_has_no_runs_to_survive_in() -> None:
    found = World(drawn(13, SIZES)).differences()
    assert found["survives"].isna().all()
    assert set(found["runs"]) == {0}
    assert found["p"].notna().all()


# ---- small corpora --------------------------------------------------------------------------------------


def test_without_topics_all_tables_are_empty() -> None:
    world = World({})
    world.author = pd.Series({"a": "Ada", "b": "Bo"})
    assert world.shares().empty
    assert world.differences().empty
    assert world.typical(2).empty


def test_a_single_author_has_nobody_to_differ_from() -> None:
    world = World(drawn(14, {"Ada-1": 9}))
    assert len(world.shares()) == 3
    assert world.differences().empty


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_topics_that_are_nowhere_or_everywhere_have_intervals(share: float) -> None:
    world = World({name: np.tile([share, 1 - share], (n, 1)) for name, n in SIZES.items()})
    found = world.shares()
    assert found[["low", "high"]].notna().all(axis=None)
    assert (found["high"] - found["low"] > 0.01).all()
    np.testing.assert_allclose(world.differences()["p"], 1)


# ---- passages -------------------------------------------------------------------------------------------


def test_the_most_typical_passages_are_ranked() -> None:
    weights = {
        "Ada-1": np.array([[0.2, 0.8], [0.9, 0.1], [0.5, 0.5]]),
        "Ada-2": np.array([[0.9, 0.1]]),
        "Bo-1": np.array([[0.0, 1.0]]),
    }
    found = World(weights).typical(2)
    columns = ["topic", "author", "rank", "doc_id", "passage", "weight", "text"]
    assert [tuple(row) for row in found[columns].itertuples(index=False)] == [
        (0, "Ada", 1, "Ada-1", 1, 0.9, "Ada-1 1"),
        (0, "Ada", 2, "Ada-2", 0, 0.9, "Ada-2 0"),  # as much: the earlier first
        (1, "Ada", 1, "Ada-1", 0, 0.8, "Ada-1 0"),
        (1, "Ada", 2, "Ada-1", 2, 0.5, "Ada-1 2"),
        (1, "Bo", 1, "Bo-1", 0, 1.0, "Bo-1 0"),  # and nothing for a topic that Bo has not
    ]


@given(worlds, st.integers(1, 5))
@settings(deadline=None, max_examples=20)
def test_typical_passages_are_those_of_greatest_weight(weights: Weights, most: int) -> None:
    found = World(weights).typical(most)
    for (topic, author), rows in found.groupby(["topic", "author"]):
        own: Any = np.concatenate([it for name, it in weights.items() if name.startswith(str(author))])
        expected = np.sort(own[:, int(topic)])[::-1][:most]
        np.testing.assert_allclose(rows["weight"], expected)
        assert rows["rank"].tolist() == list(range(1, len(expected) + 1))


# ---- what the model knows -------------------------------------------------------------------------------


def test_shares_of_a_text_that_the_model_hardly_knows_are_not_estimable() -> None:
    weights = drawn(3, {"ada": 6, "bo": 6})
    known, unknown = World(weights, known=0.31), World(weights, known=0.29)
    assert known.shares()["estimable"].all()
    assert set(known.shares()["known"]) == {0.31}
    assert not unknown.shares()["estimable"].any()
    assert unknown.shares()["share"].isna().all()
    assert unknown.differences()["difference"].isna().all()


def test_it_is_told_what_passages_are_worth() -> None:
    """Nothing of a text that keeps to its matter tells more than one passage of it would."""
    steady = np.repeat(np.eye(2), 6, axis=0)
    turning = np.tile(np.eye(2), (6, 1))
    worth = [World({"ada": it, "bo": it}).shares()["worth"].mean() for it in (steady, turning)]
    assert worth[0] < worth[1] <= 12
