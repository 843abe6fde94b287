"""compare: any grouping of the documents, and each group against the rest."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import CODEBOOK, PARAMS, Inputs, any_world, documents, run

from nlp import compare
from nlp.compare.differences import differ
from nlp.compare.groups import UNKNOWN, groups_of, members_of, pairs_of
from nlp.compare.judged import judge
from nlp.compare.samples import measure
from nlp.manifest import REST

HOSTILE = ["all", "rest", 'a "quote", and a comma', "$\\alpha_1$ & 50 %", "=1+1", "<b>&amp;</b>", "Ω\u202e"]


def groups(result: compare.Result, table: str) -> set[str]:
    return set(getattr(result, table)["author"])


BY = {
    "author": {"A", "B", "C"},
    "year": {"2020", "2021"},
    "venue": {"Review", UNKNOWN},
    "kind": {"essay"},
    "language": {"de", "en"},
    "document": {"a1", "a2", "b1", "c1"},
}


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    made = any_world(3)
    author = dict(zip(made["documents"]["doc_id"], made["documents"]["author"], strict=True))
    fields: dict[str, Any] = {"year": {"b1": 2021}, "venue": {"a1": "Review"}, "language": {"a1": "de"}}
    return made | {"documents": documents(author, **fields)}


@pytest.mark.parametrize("group_by", BY)
def test_all_tables_are_of_the_groups(inputs: Inputs, group_by: str) -> None:
    result = run(inputs, group_by=group_by)
    expected = BY[group_by]
    for table in (
        "members",
        "authors",
        "author_zones",
        "prevalence",
        "frame_course",
        "topic_shares",
        "actors",
    ):
        assert groups(result, table) == expected, table
    for table in ("frame_actors", "topic_passages", "frame_differences", "topic_differences"):
        assert groups(result, table) <= expected, table
    assert set(result.members["grouped_by"]) == {group_by}
    differences = result.frame_differences
    assert (REST in set(differences["other"])) == (len(expected) > 2)


@pytest.mark.parametrize("group_by", BY)
def test_groups_share_out_the_corpus(inputs: Inputs, group_by: str) -> None:
    result, whole = run(inputs, group_by=group_by), run(inputs, group_by="kind")
    for column in ("documents", "sentences", "words", "mentions", "coded"):
        assert result.authors[column].sum() == whole.authors[column].sum()
    for method in ("coded", "machine"):
        own, its = (
            it.prevalence.query(f"method == '{method}' and stance == 'any'") for it in (result, whole)
        )
        assert own["n_sentences"].sum() == its["n_sentences"].sum()
        assert own["n_coded"].sum() == its["n_coded"].sum()
    assert result.topic_shares["passages"].sum() == whole.topic_shares["passages"].sum()


def test_a_document_without_the_field_is_in_a_group_of_its_own() -> None:
    made = documents({"a": "A", "b": "B"}, year={"a": None}, venue={"a": " "})
    for field in ("year", "venue"):
        assert groups_of(members_of(made, field))["a"] == UNKNOWN
    assert groups_of(members_of(made, "year"))["b"] == "2020"


def test_names_that_tables_need_are_quoted_and_others_stay() -> None:
    made = documents({f"d{n}": "A" for n in range(len(HOSTILE))}, venue=dict(_numbered()))
    found = list(groups_of(members_of(made, "venue")))
    assert found == ["“all”", "“rest”", *HOSTILE[2:]]


def _numbered() -> list[tuple[str, str]]:
    return [(f"d{n}", name) for n, name in enumerate(HOSTILE)]


def test_hostile_names_go_through_all_tables() -> None:
    made = any_world(2)
    names = dict(zip(made["documents"]["doc_id"], [HOSTILE[0], *HOSTILE[2:5]], strict=True))
    author = dict(zip(made["documents"]["doc_id"], made["documents"]["author"], strict=True))
    result = run(made | {"documents": documents(author, venue=names)}, group_by="venue")
    assert groups(result, "prevalence") == {"“all”", *HOSTILE[2:5]}
    assert groups(result, "frame_differences") == {"“all”", *HOSTILE[2:5]}


def test_the_coder_is_chosen_by_document(inputs: Inputs) -> None:
    """Where the other authors could train no machine, cue words speak for a text, and for no other."""
    validation = inputs["validation"]
    untrained = (validation["model"] == "machine") & (validation["doc_id"] == "b1")
    left = validation[~untrained].reset_index(drop=True)
    label = inputs["documents"].set_index("doc_id")["author"]
    judged = judge(inputs["frame_codes"], left, inputs["units"], label, CODEBOOK)
    for doc_id, model in {"a1": "machine", "a2": "machine", "b1": "cues"}.items():
        own = left[(left["model"] == model) & (left["doc_id"] == doc_id) & left["present"]]
        assert judged.guess[(judged.units["doc_id"] == doc_id).to_numpy()].sum() == len(own)


def test_texts_of_uncoded_authors_count_in_a_group_with_coded_ones(inputs: Inputs) -> None:
    label = inputs["documents"].set_index("doc_id")["author"]
    judged = judge(inputs["frame_codes"], inputs["validation"], inputs["units"], label, CODEBOOK)
    together = measure(judged, label.map(lambda _: "one"), PARAMS)
    assert together.cells[0, 0][0].total == len(inputs["units"])


# ---- the rest ---------------------------------------------------------------------------------------


@given(st.integers(0, 9), st.integers(1, 9))
def test_pairs_are_made_up_to_a_number_of_groups(groups: int, most: int) -> None:
    pairs = {*zip(*(it.tolist() for it in pairs_of(groups, most)), strict=True)}
    every = {(one, other) for other in range(groups) for one in range(other)}
    rests = {(it, groups + it) for it in range(groups)} if groups > 2 else set()
    assert pairs == (every if groups <= max(most, 2) else set()) | rests


def corrected(made: Inputs, author: pd.Series) -> Any:
    label = made["documents"].set_index("doc_id")["author"]
    judged = judge(made["frame_codes"], made["validation"], made["units"], label, CODEBOOK)
    return measure(judged, author, PARAMS)


@pytest.mark.parametrize("seed", range(3))
def test_the_rest_is_what_the_others_are_as_one_group(seed: int) -> None:
    """The same share; its interval goes by the correlation of all groups, so that is held equal."""
    made = any_world(seed, ["a1", "a2", "b1", "c1", "d1"], uncoded="")
    author = made["documents"].set_index("doc_id")["author"]
    found = corrected(made, author)
    for number, name in enumerate(found.groups):
        other = corrected(made, author.where(author == name, "others"))
        own, place = list(other.groups).index("others"), len(found.groups) + number
        np.testing.assert_allclose(found.shares.value[place], other.shares.value[own])
        for frame in range(2):
            one, its = found.cells[place, frame][0], other.cells[own, frame][0]
            for field in one._fields:
                np.testing.assert_allclose(getattr(one, field), getattr(its, field), atol=1e-12)


def test_the_rest_is_pooled_and_no_mean_of_shares() -> None:
    made = any_world(1, ["a1", "b1", "b2", "b3", "c1"], uncoded="")
    author = made["documents"].set_index("doc_id")["author"]
    told = run(made).prevalence.query("method == 'corrected' and stance == 'any' and frame == 'coercion'")
    share = told.set_index("author")["estimate"]
    found = corrected(made, author).shares.value[3, 1, -1]
    assert found != pytest.approx(share[["B", "C"]].mean())
    assert share[["B", "C"]].min() < found < share[["B", "C"]].max()


def test_of_many_groups_each_is_compared_with_the_rest_alone() -> None:
    result = run(any_world(0), group_by="document", max_paired=3)
    for table in (result.frame_differences, result.topic_differences):
        assert set(table["other"]) == {REST}
        assert set(table["author"]) == {"a1", "a2", "b1", "c1"}


def test_topics_of_the_rest_are_the_mean_of_all_its_passages() -> None:
    made = any_world(0)
    found = run(made).topic_differences.query("other == 'rest'").set_index(["author", "topic"])
    weights = made["topic_weights"].assign(author=made["topic_weights"]["doc_id"].str[0].str.upper())
    for (author, topic), row in found.iterrows():
        own = weights[weights["topic"] == topic]
        means = own.groupby(own["author"] == author)["weight"].mean()
        assert row["difference"] == pytest.approx(means[True] - means[False])
    assert set(found["scope"]) == {"groups"}  # two texts by A


def test_topics_of_one_text_each_are_compared_as_texts() -> None:
    assert set(run(any_world(0), group_by="document").topic_differences["scope"]) == {"texts"}


def test_a_single_group_has_no_rest() -> None:
    made = any_world(0)
    author = made["documents"].set_index("doc_id")["author"].map(lambda _: "one")
    assert differ(corrected(made, author), pairs_of(1, 9), CODEBOOK, PARAMS).empty
