"""Claims: sentences of a paper held against cells of tables."""

from pathlib import Path
from typing import Any

import pytest
from history import write
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from nlp.claims import Claim
from nlp.errors import ConfigError
from nlp.store.configs import read_claims
from nlp.store.project import Project
from nlp.verify.claims import check, wanted

TABLES = {
    "shares": b"author,topic,known,share,note\nA,1,True,0.25,\nA,2,False,,rare\n"
    b"007,1,True,1e-05,a|b\nA B,1.0,True,0.5,x\n",
    "empty": b"a,b\n",
    "broken": b"",
}
ROW = {"author": "A", "topic": 1}


def claim(**said: Any) -> Claim:
    return Claim.model_validate(
        {"sentence": "So.", "table": "shares", "row": ROW, "column": "share"} | said
    )


HOLDS: dict[str, dict[str, Any]] = {
    "value": {"value": 0.25, "tolerance": 0},
    "upper limit": {"value": 0.24, "tolerance": 0.01},
    "lower limit": {"value": 0.26, "tolerance": 0.01},
    "whole number": {"value": 0, "tolerance": 0.25},
    "at least": {"at_least": 0.25},
    "at most": {"at_most": 0.25},
    "negative limit": {"at_least": -1},
    "text": {"column": "author", "value": "A"},
    "true": {"column": "known", "value": True},
    "empty cell": {"column": "note", "value": ""},
    "row by false": {"row": {"known": False}, "column": "note", "value": "rare"},
    "row by a number as it is printed": {"row": {"author": "A B", "topic": 1}, "at_least": 0.5},
    "row by text like a number": {"row": {"author": "007"}, "value": 0.00001, "tolerance": 0},
    "row by an empty cell": {"row": {"author": "A", "note": ""}, "value": 0.25, "tolerance": 0},
    "row by a share": {"row": {"share": 0.5}, "column": "author", "value": "A B"},
}


@pytest.mark.parametrize("case", HOLDS)
def test_it_holds(case: str) -> None:
    verdict = check(claim(**HOLDS[case]), TABLES)
    assert verdict.holds, verdict.found


FAILS: dict[str, tuple[dict[str, Any], str]] = {
    "value": ({"value": 0.3, "tolerance": 0.01}, "share is 0.25"),
    "too small": ({"at_least": 0.2501}, "share is 0.25"),
    "too large": ({"at_most": 0.2499}, "share is 0.25"),
    "other text": ({"column": "author", "value": "a"}, "author is A"),
    "not true": ({"column": "known", "value": False}, "known is True"),
    "text where a number was claimed": ({"column": "author", "at_least": 0}, "author is A"),
    "nothing where a number was claimed": ({"row": {"topic": 2}, "at_most": 1}, "share is empty"),
    "number as text is held to the letter": ({"value": "0.250"}, "share is 0.25"),
    "no such table": ({"table": "share", "at_least": 0}, "no table 'share'; there: shares; empty; broken"),
    "no such column": (
        {"column": "shares", "at_least": 0},
        "no column 'shares' in shares; there: author; topic; known; share; note",
    ),
    "no such column in the row": ({"row": {"x": 1}, "at_least": 0}, "no column 'x' in shares"),
    "no such row": (
        {"row": {"author": "A", "topic": 3}, "at_least": 0},
        "no such row: topic is not '3'; there: 1; 2",
    ),
    "number for text": ({"row": {"author": 8}, "at_least": 0}, "no such row: author is not '8'"),
    "several rows": (
        {"row": {"author": "A"}, "at_least": 0},
        "2 such rows, not one; they differ in topic (2)",
    ),
    "all rows": ({"row": {}, "at_least": 0}, "4 such rows, not one; they differ in author (3)"),
    "a table without rows": (
        {"table": "empty", "row": {}, "column": "a", "at_least": 0},
        "empty has no rows",
    ),
    "a table that is none": ({"table": "broken", "at_least": 0}, "table 'broken' cannot be read"),
}


@pytest.mark.parametrize("case", FAILS)
def test_it_does_not_hold_and_what_was_found_is_told(case: str) -> None:
    said, found = FAILS[case]
    verdict = check(claim(**said), TABLES)
    assert not verdict.holds
    assert found in verdict.found


@given(st.integers(-10_000, 10_000), st.integers(-10_000, 10_000), st.integers(0, 10_000))
def test_limits_are_included_whatever_machines_make_of_decimals(
    cell: int, value: int, tolerance: int
) -> None:
    """In ten-thousandths, which have no rounding, the same decision."""
    tables = {"shares": f"share\n{cell / 10_000}\n".encode()}
    found = check(claim(row={}, value=value / 10_000, tolerance=tolerance / 10_000), tables)
    assert found.holds == (abs(cell - value) <= tolerance)
    assert check(claim(row={}, at_least=value / 10_000), tables).holds == (cell >= value)
    assert check(claim(row={}, at_most=value / 10_000), tables).holds == (cell <= value)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"value": 0.5, "tolerance": 0.01}, "0.5 ± 0.01"),
        ({"at_least": 2}, "at least 2"),
        ({"at_most": 0.05}, "at most 0.05"),
        ({"value": True}, "True"),
        ({"value": ""}, "empty"),
    ],
)
def test_what_is_claimed_in_words(said: dict[str, Any], told: str) -> None:
    assert wanted(claim(**said)) == told


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "says nothing": ({}, "one of value, at_least and at_most"),
    "says two things": ({"at_least": 0, "at_most": 1}, "one of value, at_least and at_most"),
    "no tolerance": ({"value": 1}, "needs a tolerance"),
    "tolerance of text": ({"value": "x", "tolerance": 0.1}, "tolerance goes with a number"),
    "tolerance of true": ({"value": True, "tolerance": 0.1}, "tolerance goes with a number"),
    "tolerance of a limit": ({"at_least": 1, "tolerance": 0.1}, "tolerance goes with a number"),
    "negative tolerance": ({"value": 1, "tolerance": -0.1}, "greater than or equal to 0"),
    "infinite tolerance": ({"value": 1, "tolerance": float("inf")}, "finite"),
    "no number": ({"value": float("nan"), "tolerance": 1}, "finite"),
    "a list": ({"value": [1]}, "number, true, false or text"),
    "a list in the row": ({"row": {"a": [1]}, "at_least": 1}, "number, true, false or text"),
    "a limit in words": ({"at_least": "1"}, "valid number"),
    "no sentence": ({"sentence": " ", "at_least": 1}, "pattern"),
    "unknown key": ({"at_least": 1, "cell": 1}, "not permitted"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_says_nothing_definite_is_refused(case: str) -> None:
    said, told = REFUSED[case]
    with pytest.raises(ValidationError, match=told) as caught:
        claim(**said)
    assert caught.value.error_count() == 1


def test_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    entry = "  - sentence: So.\n    table: t\n    row: {year: 2001-01-01}\n    column: c\n    at_least: 1\n"
    write(Project(tmp_path), {"outputs/claims.yaml": f"claims:\n{entry}"})
    with pytest.raises(ConfigError, match=r"line 4: claims\[1\]\.row\.year: must be a number") as caught:
        read_claims(Project(tmp_path))
    assert caught.value.where == "outputs/claims.yaml"


def test_a_project_may_claim_nothing(tmp_path: Path) -> None:
    assert read_claims(Project(tmp_path)).claims == []
