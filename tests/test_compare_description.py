"""compare: the corpus by group."""

import numpy as np
import pandas as pd
import pytest
from comparing import Texts, counts, measures, params

from nlp import tables
from nlp.compare.description import describe, zones_of
from nlp.stats import expected_types

WORLD: Texts = {
    "a1": ["power trade power", "trade is power power"],
    "a2": ["trade trade", "x trade"],
    "b1": ["war continent war", "war is it"],
}
AUTHOR = pd.Series({"a1": "Ada", "a2": "Ada", "b1": "Bo"})


def run(texts: Texts, author: pd.Series, **changed: object) -> pd.DataFrame:
    mentions = pd.DataFrame({"doc_id": ["a1"]})
    coded = tables.make("validation", [])
    found = describe(author, measures(texts), counts(texts, "form"), mentions, coded, params(**changed))
    return tables.check("authors", found).set_index("author")


def test_groups_are_described() -> None:
    found = run(WORLD, AUTHOR)
    columns = ["documents", "paragraphs", "sentences", "words", "types", "sample", "mentions", "coded"]
    assert list(found.loc["Ada", columns]) == [2, 4, 4, 11, 4, 6, 1, 0]
    assert list(found.loc["Bo", columns]) == [1, 2, 2, 6, 4, 6, 0, 0]


def test_diversity_is_at_the_size_of_the_smallest_group() -> None:
    found = run(WORLD, AUTHOR)
    assert found.loc["Bo", "diversity"] == 4
    assert found.loc["Ada", "diversity"] == pytest.approx(expected_types(np.array([4, 5, 1, 1]), 6))
    assert (found["low"] <= found["diversity"]).all()
    assert (found["diversity"] <= found["high"]).all()


def test_readability_by_hand() -> None:
    """Two sentences of three words, 3 + 9 + 3 + 3 + 2 + 2 letters, one long word."""
    found = run(WORLD, AUTHOR).loc["Bo"]
    assert found["sentence_length"] == 3
    assert (found["sentence_low"], found["sentence_high"]) == (3, 3)  # both have three
    assert found["lix"] == pytest.approx(3 + 100 / 6)
    assert found["ari"] == pytest.approx(4.71 * 22 / 6 + 0.5 * 3 - 21.43)


def test_a_group_too_small_does_not_set_the_size() -> None:
    found = run(WORLD | {"c1": ["so it is"]}, pd.concat([AUTHOR, pd.Series({"c1": "Cy"})]))
    assert (found["sample"] == 6).all()
    assert np.isnan(found.loc["Cy", "diversity"])
    assert found.loc["Cy", "types"] == 3


def test_one_segment_has_no_interval() -> None:
    found = run(WORLD | {"c1": ["so it is so"]}, pd.concat([AUTHOR, pd.Series({"c1": "Cy"})])).loc["Cy"]
    assert found["diversity"] == 3
    assert np.isnan([found["low"], found["high"]]).all()


def test_groups_of_many_documents_have_intervals_wherever_they_stand_in_the_alphabet() -> None:
    six = {f"{name}{n}": ["so it is", "it " * n + "was so"] for name in "ab" for n in range(6)}
    found = run(six, pd.Series({doc_id: doc_id[0] for doc_id in six}))
    columns = ["low", "diversity", "high", "sentence_low", "sentence_length", "sentence_high"]
    assert found.loc["a", columns].equals(found.loc["b", columns])
    assert found[columns].notna().all(axis=None)


@pytest.mark.parametrize("texts", [{}, {"c1": [""]}, {"c1": []}])
def test_a_group_without_words_is_described_all_the_same(texts: Texts) -> None:
    found = run(WORLD | texts, pd.concat([AUTHOR, pd.Series({"c1": "Cy"})])).loc["Cy"]
    assert tuple(found[["documents", "words", "types"]]) == (1, 0, 0)
    assert (
        found[["diversity", "low", "high", "sentence_length", "sentence_high", "lix", "ari"]].isna().all()
    )


def test_zones_are_told_with_what_is_not_compared() -> None:
    noted = measures(WORLD).assign(zone=["body", "note", "body", "body", "body", "note"])
    found = zones_of(AUTHOR, noted, ["body"])
    assert [tuple(it) for it in found.itertuples(index=False)] == [
        ("Ada", "body", True, 3, 7),
        ("Ada", "note", False, 1, 4),
        ("Bo", "body", True, 1, 3),
        ("Bo", "note", False, 1, 3),
    ]
