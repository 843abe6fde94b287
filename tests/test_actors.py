"""compare.actors: whom the authors name, by hand and by law."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from naming import REGISTRY, Texts, any_texts, corpus

from nlp import tables
from nlp.compare.actors import count_actors, count_groups, roll_up
from nlp.registry import Registry
from nlp.stats import wilson
from nlp.tables.names import CITED

TEXTS: Texts = {
    "a1": [["Tolby met Sarn .", "Orrin said no"], ["@Holt wrote of the Tolbian press"], ["nothing"]],
    "a2": [["Tolby"], ["Holt on Holt"]],
    "b1": [["Quay went to Sarn"], ["@Quay and @Holt say so"]],
}

NOBODY: Texts = {"a1": [["nothing at all"], ["nothing"]], "b1": [["nor here"]]}


def both_ways(texts: Texts) -> pd.DataFrame:
    found = corpus(texts)
    return count_actors(found.mentions, roll_up(found.mentions, REGISTRY), found.ground)


def actors(texts: Texts, counted: str = "rolled up") -> pd.DataFrame:
    table = both_ways(texts)
    return table[table["counted"] == counted]


def groups(texts: Texts, registry: Registry = REGISTRY) -> pd.DataFrame:
    found = corpus(texts)
    return count_groups(roll_up(found.mentions, registry), registry, found.ground)


def counts(table: pd.DataFrame, author: str) -> dict[tuple[str, str], int]:
    own = table[(table["author"] == author) & (table["count"] > 0)]
    return {(row.entity_id, row.kind): row.count for row in own.itertuples()}


def of(table: pd.DataFrame, author: str, entity_id: str, kind: str) -> Any:
    return table.set_index(["author", "entity_id", "kind"]).loc[(author, entity_id, kind)]


# ---- counts -----------------------------------------------------------------------------------------


def test_every_name_is_counted_for_itself() -> None:
    assert counts(actors(TEXTS, "named"), "Ada") == {
        ("tolby", "state"): 2,
        ("sarn", "state"): 1,
        ("orrin", "place"): 1,
        ("tolbian", "group"): 1,
        ("holt", "person"): 2,
        ("holt", CITED): 1,
    }


def test_rolled_up_capitals_and_adjectives_count_for_their_actor() -> None:
    found = actors(TEXTS)
    assert counts(found, "Ada") == {
        ("tolby", "state"): 4,
        ("sarn", "state"): 1,
        ("holt", "person"): 2,
        ("holt", CITED): 1,
    }
    assert of(found, "Ada", "tolby", "state").entity == "Tolby"


def test_cited_authors_stay_apart_and_unlisted_names_stay_themselves() -> None:
    quay = "unlisted/quay"
    assert counts(actors(TEXTS), "Bo") == {
        ("sarn", "state"): 1,
        (quay, "person"): 1,
        (quay, CITED): 1,
        ("holt", CITED): 1,
    }


def test_who_is_not_named_has_a_row_too() -> None:
    found = of(actors(TEXTS), "Bo", "tolby", "state")
    assert (found["count"], found.rate, found.low, found.share) == (0, 0, 0, 0)
    assert found.high > 0
    assert (found.first_doc_id, found.first_sent_id) == ("", pd.NA)


def test_the_tables_have_their_form() -> None:
    for texts in (TEXTS, NOBODY):
        for counted in ("named", "rolled up"):
            tables.check("actors", actors(texts, counted))
        tables.check("actor_groups", groups(texts))


def test_the_first_mention_is_the_first_in_the_order_of_documents() -> None:
    texts = {name: TEXTS[name] for name in reversed(TEXTS)}
    found = actors(texts)
    assert tuple(of(found, "Ada", "tolby", "state")[["first_doc_id", "first_sent_id"]]) == ("a1", 0)
    assert tuple(of(found, "Ada", "holt", "person")[["first_doc_id", "first_sent_id"]]) == ("a2", 1)
    assert tuple(of(found, "Ada", "holt", CITED)[["first_doc_id", "first_sent_id"]]) == ("a1", 2)


def test_rates_are_mentions_per_thousand_words_and_shares_of_all_mentions() -> None:
    """Ada has seventeen words (a full stop is none) and eight mentions."""
    found = of(actors(TEXTS), "Ada", "tolby", "state")
    assert found.rate == pytest.approx(1000 * 4 / 17)
    assert found.share == 4 / 8
    assert found.low < found.rate < found.high
    naive = wilson(np.array(4.0), np.array(17.0), confidence=0.95)
    assert found.high - found.low > 1000 * (naive.high - naive.low)


# ---- kinds and groups -------------------------------------------------------------------------------


def measured(table: pd.DataFrame, grouping: str, author: str) -> dict[str, tuple[int, int]]:
    own = table[(table["author"] == author) & (table["grouping"] == grouping)]
    return {row.name: (row.entities, row.count) for row in own.itertuples(index=False)}


def test_kinds_are_those_of_the_actors() -> None:
    assert measured(groups(TEXTS), "kind", "Ada") == {"state": (2, 5), "person": (1, 2), CITED: (1, 1)}
    assert measured(groups(TEXTS), "kind", "Bo") == {"state": (1, 1), "person": (1, 1), CITED: (2, 2)}


def test_members_of_groups_count_rolled_up_and_may_be_in_several() -> None:
    assert measured(groups(TEXTS), "group", "Ada") == {
        "Valley states": (2, 5),
        "Allies": (1, 1),
        "Coast": (1, 2),  # not as a cited author
    }
    assert measured(groups(TEXTS), "group", "Bo")["Coast"] == (0, 0)


def test_shares_of_groups_are_out_of_all_mentions() -> None:
    found = groups(TEXTS).set_index(["author", "name"])
    assert found.loc[("Ada", "Valley states"), "share"] == 5 / 8
    assert found.loc[("Bo", CITED), "share"] == 2 / 4


# ---- small and empty corpora ------------------------------------------------------------------------


def test_nobody_is_named() -> None:
    assert actors(NOBODY).empty
    found = groups(NOBODY)
    assert set(found["grouping"]) == {"group"}
    assert len(found) == 2 * len(REGISTRY.groups)
    assert found["share"].isna().all()
    assert (found["count"] == 0).all()
    assert groups(NOBODY, Registry(entities=())).empty


def test_an_author_without_words_has_no_rate() -> None:
    found = of(actors(TEXTS | {"c1": []}), "Cy", "tolby", "state")
    assert found["count"] == 0
    assert np.isnan([found.rate, found.low, found.high, found.share]).all()


def test_a_single_paragraph_gives_a_rate_without_interval() -> None:
    found = of(actors({"a1": [["Tolby spoke"]]}), "Ada", "tolby", "state")
    assert found.rate == 500
    assert np.isnan([found.low, found.high]).all()


# ---- laws -------------------------------------------------------------------------------------------


@given(any_texts)
@settings(max_examples=40)
def test_counts_add_up_to_the_mentions(texts: Texts) -> None:
    total = corpus(texts).mentions["author"].value_counts()
    for _, counted in both_ways(texts).groupby("counted"):
        summed = counted.groupby("author")["count"].sum()
        assert summed[summed > 0].to_dict() == total.to_dict()
    kinds = groups(texts).query("grouping == 'kind'").groupby("author")["count"].sum()
    assert kinds[kinds > 0].to_dict() == total.to_dict()


@given(any_texts)
@settings(max_examples=40)
def test_every_author_has_a_row_for_every_entity(texts: Texts) -> None:
    found, authors = actors(texts), len(set(corpus(texts).author))
    assert (found.groupby(["entity_id", "kind"]).size() == authors).all()
    assert ((found["count"] > 0) == (found["first_doc_id"] != "")).all()
    assert ((found["count"] > 0) == found["first_sent_id"].notna()).all()


@given(any_texts)
@settings(max_examples=40)
def test_shares_add_up_and_intervals_hold_their_rate(texts: Texts) -> None:
    found = actors(texts)
    shares = found.dropna(subset="share").groupby("author")["share"].sum()
    assert np.allclose(shares, 1)
    known = found.dropna(subset="low")
    assert (known["low"] <= known["rate"] + 1e-9).all()
    assert (known["rate"] <= known["high"] + 1e-9).all()
