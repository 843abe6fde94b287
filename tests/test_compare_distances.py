"""compare: distances between groups, and their map."""

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from comparing import Texts, counts, measures, params
from scipy.spatial.distance import jensenshannon

from nlp import tables
from nlp.compare.distances import distance_map, distances
from nlp.stats import classical_scaling

WORLD: Texts = {
    "a1": ["power trade power", "trade is power power"],
    "a2": ["trade trade", "x trade"],
    "b1": ["war power war", "war is it"],
    "c1": ["is it", "it is trade"],
}
AUTHOR = pd.Series({"a1": "Ada", "a2": "Ada", "b1": "Bo", "c1": "Cy"})
WEIGHTS = {"a1": [0.9, 0.6], "a2": [0.7, 0.8], "b1": [0.2, 0.3], "c1": [0.1, 0.6]}  # of the first topic
FRAMES = {"Ada": [0.3, 0.1, 0.2], "Bo": [0.1, 0.1, 0.5], "Cy": [0.2, 0.0, 0.2]}
CELLS = [("force", "affirmed"), ("force", "denied"), ("trade", "affirmed")]


def shares(frames: dict[str, list[float]], estimable: dict[str, bool]) -> pd.DataFrame:
    """What `estimate_all` gives: for any stance and other methods, too."""
    rows = [
        (author, frame, stance, method, share, 40.0, estimable.get(author, True))
        for author, own in frames.items()
        for (frame, stance), share in zip([*CELLS, ("force", "any")], [*own, 0.9], strict=True)
        for method in ("corrected", "machine")
    ]
    columns = ["author", "frame", "stance", "method", "estimate", "size", "estimable"]
    return pd.DataFrame(rows, columns=columns).assign(scope="texts")


def run(
    texts: Texts = WORLD,
    author: pd.Series = AUTHOR,
    *,
    topics: tuple[str, ...] = ("Ada", "Bo", "Cy"),
    estimable: dict[str, bool] | None = None,
    first_only: bool = False,
    **changed: object,
) -> pd.DataFrame:
    cells = [(it, n, weight) for it in texts for n, weight in enumerate(WEIGHTS.get(it, []))]
    passages = [(it, author[it], n, n, n + 1, 0 if first_only else n, 1, "x") for it, n, _ in cells]
    weights = [
        (it, n, topic, share, 0.0, 1.0)
        for it, n, weight in cells
        for topic, share in enumerate((weight, 1 - weight))
    ]
    own = author[[it for it in author.index if it in texts]]
    found = distances(
        own,
        measures(texts),
        counts(texts, "word", "entity"),
        tables.make("passages", passages),
        tables.make("topic_weights", weights),
        pd.DataFrame({"author": topics, "estimable": True}),
        shares({it: FRAMES[it] for it in set(own) if it in FRAMES}, estimable or {}),
        params(**changed),
    )
    return tables.check("distances", found)


def cell(found: pd.DataFrame, space: str, one: str = "Ada", other: str = "Bo") -> pd.Series:
    return found.set_index(["space", "author", "other"]).loc[(space, one, other)]


def test_distances_are_those_of_the_sums() -> None:
    found = run()
    words: list[list[float]] = [[4, 5, 1, 1, 0, 0], [1, 0, 1, 0, 3, 1]]  # power, trade, is, x, war, it
    topics = [[3.0, 1.0], [0.5, 1.5]]
    expected = {
        "words": words,
        "entities": words,
        "topics": topics,
        "frames": [FRAMES["Ada"], FRAMES["Bo"]],
    }
    for space, profiles in expected.items():
        row = cell(found, space)
        assert row["distance"] == pytest.approx(jensenshannon(*profiles, base=2))
        assert row["features"] == np.any(profiles, axis=0).sum()
        assert row["scope"] == "texts"


def test_every_pair_has_a_row_in_every_space() -> None:
    found = run()
    assert len(found) == 3 * 4
    assert (found["author"] < found["other"]).all()
    np.testing.assert_allclose(found["q"], scipy.stats.false_discovery_control(found["p"], method="by"))
    known = found.dropna()
    assert ((known["low"] <= known["distance"]) & (known["distance"] <= known["high"])).all()
    assert ((known["beyond_low"] <= known["beyond"]) & (known["beyond"] <= known["beyond_high"])).all()


def test_a_passage_belongs_to_the_segment_of_its_first_sentence() -> None:
    """If all begin in the first segment, the others have none, and their profiles stay what they are."""
    apart, together = cell(run(), "topics"), cell(run(first_only=True), "topics")
    assert apart["distance"] == together["distance"]
    assert apart["expected"] != together["expected"]


@pytest.mark.parametrize("space", ["topics", "frames"])
def test_what_is_not_estimable_has_no_distance(space: str) -> None:
    found = run(topics=("Ada", "Cy"), estimable={"Bo": False})
    numbers = ["distance", "low", "high", "expected", "beyond", "beyond_low", "beyond_high", "p", "q"]
    assert cell(found, space)[numbers].isna().all()
    assert cell(found, space, "Ada", "Cy")["distance"] > 0


def test_another_group_changes_no_distance() -> None:
    few = run({it: WORLD[it] for it in ("a1", "a2", "b1")})
    every = run()
    both = every[(every["author"] == "Ada") & (every["other"] == "Bo")].reset_index(drop=True)
    pd.testing.assert_frame_equal(few.drop(columns="q"), both.drop(columns="q"))


@pytest.mark.parametrize("groups", ["a", ""])
def test_nobody_to_be_compared_with(groups: str) -> None:
    found = run({it: WORLD[it] for it in WORLD if it[0] in (groups or "-")})
    assert found.empty
    assert distance_map(found).empty


def test_of_too_many_groups_no_pairs_are_made() -> None:
    assert run(max_paired=2).empty


def test_a_group_without_words_leaves_rows_without_numbers() -> None:
    found = run(WORLD | {"d1": [""]}, pd.concat([AUTHOR, pd.Series({"d1": "Di"})]))
    assert found.loc[found["other"] == "Di", ["distance", "p", "q"]].isna().all(axis=None)
    assert set(distance_map(found)["author"]) == {"Ada", "Bo", "Cy"}


def test_short_texts_of_unknown_distance_have_no_place_on_the_map() -> None:
    short = {"d1": ["trade is power"], "e1": ["war is it"]}
    found = run(WORLD | short, pd.concat([AUTHOR, pd.Series({"d1": "Di", "e1": "Eve"})]), max_paired=5)
    words = found[found["space"] == "words"].set_index(["author", "other"])
    assert words["distance"].notna().all()
    assert list(words.index[words["beyond"].isna()]) == [("Di", "Eve")]
    assert words["q"].isna().equals(words["p"].isna())
    assert set(distance_map(found[found["space"] == "words"])["author"]) == {"Ada", "Bo", "Cy"}
    assert distance_map(found[found["other"] == "Eve"].query("author == 'Di'")).empty


def test_the_map_shows_distances_beyond_chance() -> None:
    found = run()
    told = tables.check("distance_map", distance_map(found))
    assert set(told["space"]) == {"words", "entities", "topics", "frames"}
    for space, rows in told.groupby("space"):
        pairs = found[found["space"] == space].set_index(["author", "other"])["beyond"]
        groups = ["Ada", "Bo", "Cy"]
        table = np.array(
            [[pairs.get((one, other), pairs.get((other, one), 0.0)) for other in groups] for one in groups]
        )
        expected = classical_scaling(table)
        assert list(rows["author"]) == groups
        assert np.allclose(rows[["x", "y"]], expected.points)
        assert np.allclose(rows[["shown", "stress"]], [expected.shown, expected.stress])
