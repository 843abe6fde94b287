"""compare.network: who is named together with whom, by hand and by law, and as a file."""

import io
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naming import AUTHORS, NAMES, REGISTRY, Texts, any_texts, corpus, renamed

from nlp import tables
from nlp.compare.actors import count_actors, roll_up
from nlp.compare.network import count_together, to_gexf
from nlp.tables.names import CITED

TEXTS: Texts = {
    "a1": [["Tolby met Sarn", "Orrin met Sarn Sarn"], ["Tolby", "Quay", "nothing"]],
    "a2": [["@Holt @Quay", "Orrin and the Tolbian press"]],
    "b1": [["Sarn and Tolby and League"], ["League"], ["nothing"]],
}


def together(texts: Texts, least: int = 1) -> pd.DataFrame:
    found = corpus(texts)
    return count_together(roll_up(found.mentions, REGISTRY), found.author, found.sentences, least)


def counts(table: pd.DataFrame, author: str, unit: str) -> dict[tuple[str, str], int]:
    own = table[(table["author"] == author) & (table["unit"] == unit)]
    return {(row.source, row.target): row.count for row in own.itertuples()}


# ---- counts -----------------------------------------------------------------------------------------


def test_sentences_that_name_two_actors_are_counted_once() -> None:
    found = together(TEXTS)
    assert counts(found, "Ada", "sentence") == {("sarn", "tolby"): 2}
    pairs = {("sarn", "tolby"): 1, ("league", "sarn"): 1, ("league", "tolby"): 1}
    assert counts(found, "Bo", "sentence") == pairs
    assert counts(found, "all", "sentence") == pairs | {("sarn", "tolby"): 3}


def test_paragraphs_bring_together_what_sentences_hold_apart() -> None:
    found = together(TEXTS)
    assert counts(found, "Ada", "paragraph") == {("sarn", "tolby"): 1, ("tolby", "unlisted/quay"): 1}


def test_association_is_measured_against_all_units() -> None:
    """Of ten sentences five name Tolby, three Sarn and three both."""
    row: Any = together(TEXTS).query("author == 'all' and unit == 'sentence' and source == 'sarn'").iloc[0]
    assert (row.source_name, row.target_name) == ("Sarn", "Tolby")
    assert (row["count"], row.source_count, row.target_count) == (3, 3, 5)
    assert row.expected == pytest.approx(3 * 5 / 10)
    assert row.npmi == pytest.approx(np.log(0.3 / (0.3 * 0.5)) / -np.log(0.3))


def test_always_together_tells_nothing() -> None:
    found = together({"a1": [["Tolby and Sarn"], ["Sarn and Tolby"]]})
    assert found["npmi"].isna().all()
    assert len(tables.check("comentions", found)) == 4


@pytest.mark.parametrize(
    ("least", "pairs"), [(2, {("sarn", "tolby")}), (3, {("sarn", "tolby")}), (4, set())]
)
def test_pairs_that_are_rare_in_the_whole_corpus_have_no_rows(least: int, pairs: set) -> None:
    found = together(TEXTS, least).query("unit == 'sentence'")
    assert {*zip(found["source"], found["target"], strict=True)} == pairs
    assert set(found["author"]) == ({"all", "Ada", "Bo"} if pairs else set())


def test_one_author_is_the_whole_corpus() -> None:
    found = together({"a1": TEXTS["a1"]})
    own, whole = (found[found["author"] == name].drop(columns="author") for name in ("Ada", "all"))
    pd.testing.assert_frame_equal(own.reset_index(drop=True), whole.reset_index(drop=True))


@pytest.mark.parametrize(
    "texts", [{"a1": [["nothing"]]}, {"a1": [["Tolby"], ["@Holt on Sarn"]]}, {"a1": []}]
)
def test_nobody_is_named_together(texts: Texts) -> None:
    found = together(texts)
    assert found.empty
    assert len(networkx.read_gexf(io.BytesIO(gexf(texts).encode()))) == 0


# ---- laws -------------------------------------------------------------------------------------------


def by_hand(texts: Texts) -> Mapping[tuple[str, str], Counter[tuple[str, str]]]:
    """Author and unit -> pairs with their counts, unit by unit."""
    found: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for doc_id, paragraphs in texts.items():
        units = {
            "paragraph": [" ".join(them) for them in paragraphs],
            "sentence": [line for them in paragraphs for line in them],
        }
        for unit, them in units.items():
            for text in them:
                actors = {NAMES[it][3] for it in text.split() if it in NAMES and NAMES[it][2] != CITED}
                pairs = Counter(combinations(sorted(actors), 2))
                for author in (AUTHORS[doc_id[0]], "all"):
                    found.setdefault((author, unit), Counter()).update(pairs)
    return found


@given(any_texts)
@settings(max_examples=60)
def test_counts_are_those_found_unit_by_unit(texts: Texts) -> None:
    found = together(texts)
    for (author, unit), pairs in by_hand(texts).items():
        assert counts(found, author, unit) == pairs


@given(any_texts, st.integers(1, 3))
@settings(max_examples=60)
def test_authors_add_up_and_measures_stay_in_bounds(texts: Texts, least: int) -> None:
    found = together(texts, least)
    keys = ["unit", "source", "target"]
    whole = found[found["author"] == "all"].set_index(keys)["count"].sort_index()
    summed = found[found["author"] != "all"].groupby(keys)["count"].sum().sort_index()
    assert whole.to_dict() == summed.to_dict()
    assert (whole >= least).all()
    assert (found["source"] < found["target"]).all()
    assert (found["count"] <= found[["source_count", "target_count"]].min(axis=1)).all()
    above = (found["count"] > found["expected"] + 1e-9) & found["npmi"].notna()
    assert (found.loc[above, "npmi"] > 0).all()
    assert found["npmi"].dropna().between(-1, 1).all()


# ---- the file ---------------------------------------------------------------------------------------


def gexf(texts: Texts, least: int = 1, **names: str) -> str:
    """The file, with entities by other names."""
    found = corpus(texts)
    rolled_up = renamed(roll_up(found.mentions, REGISTRY), names)
    ground = found.ground
    edges = count_together(rolled_up, found.author, found.sentences, least)
    return to_gexf(edges, count_actors(found.mentions, rolled_up, ground))


def test_the_file_has_actors_and_their_ties() -> None:
    network = networkx.read_gexf(io.BytesIO(gexf(TEXTS).encode()))
    assert set(network) == {"tolby", "sarn", "league"}
    assert network.nodes["tolby"] == {
        "label": "Tolby",
        "kind": "state",
        "mentions": 6,
        "mentions: Ada": 5,
        "mentions: Bo": 1,
    }
    edge = network.edges["sarn", "tolby"]
    assert edge["weight"] == 3
    assert edge["npmi"] == pytest.approx(np.log(2) / -np.log(0.3), abs=1e-4)


def test_the_file_has_no_date_and_the_same_bytes_for_any_order_of_rows() -> None:
    text = gexf(TEXTS)
    assert text == gexf({name: TEXTS[name] for name in reversed(TEXTS)})
    assert "<meta" not in text
    assert "lastmodified" not in text
    assert "\r" not in text
    assert text.endswith("</gexf>\n")


def test_strange_names_are_only_text_in_the_file() -> None:
    evil = '</node><b x="1">&amp; \x0b\u2028\n'
    text = gexf(TEXTS, tolby=evil)
    assert "<b x" not in text
    network = networkx.read_gexf(io.BytesIO(text.encode()))
    assert network.nodes["tolby"]["label"] == '</node><b x="1">&amp; <U+000B><U+2028>⏎'
    assert set(network) == {"tolby", "sarn", "league"}
