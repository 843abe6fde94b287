"""What the exhibits show: which rows, in which words."""

from typing import Any

import pandas as pd
import pytest
from conftest import small_codebook
from exhibited import CODEBOOK, HOSTILE, NAN, PARAMS, Compared, compared, empty, table
from hypothesis import given
from hypothesis import strategies as st

from nlp import exhibits
from nlp.codebook import Codebook
from nlp.exhibits import digits
from nlp.exhibits.exhibit import Exhibit
from nlp.exhibits.setting import setting_of
from nlp.params import ExhibitsParams

GROUPS = ["Ada", "Bo", "Cy"]


def shown(
    given: Compared, *, codebook: Codebook = CODEBOOK, params: ExhibitsParams = PARAMS
) -> dict[str, Exhibit]:
    setting = setting_of(given["members"], given["authors"], codebook, params)
    return {it.id: it for it in exhibits.exhibits_of(given, setting)}


def rows(exhibit: Exhibit) -> list[list[str]]:
    return [list(row) for group in exhibit.groups for row in group.rows]


def headings(exhibit: Exhibit) -> list[str]:
    return [it.heading for it in exhibit.columns]


def notes(exhibit: Exhibit) -> str:
    return " ".join(exhibit.notes)


def test_rows_of_texts_are_told_where_not_every_group_is_one_text() -> None:
    given = compared(GROUPS)
    several = pd.concat([given["members"], given["members"].assign(doc_id="more")])
    found = shown(given | {"members": several})
    number = (given["contrasts"].query("kind == 'word' and other == 'rest'")).shape[0]
    assert f"In {number} of {number} rows (scope: texts)" in notes(found["words"])
    assert "(scope: texts)" in notes(found["distances"])
    assert "(scope: texts)" not in notes(shown(given)["words"])
    drawn = {name: given[name].assign(scope="groups") for name in ("contrasts", "distances")}
    assert "(scope: texts)" not in notes(shown(given | {"members": several} | drawn)["words"])


@pytest.mark.parametrize(
    ("said", "number", "text"),
    [
        (digits.count, 12345, "12,345"),
        (digits.percent, 0.1234, "12"),
        (digits.percent, 0.0, "0"),
        (digits.percent, 0.001, "<1"),
        (digits.percent, 0.999, ">99"),
        (digits.percent, 1.0, "100"),
        (digits.points, -0.034, "−3"),
        (digits.points, 0.034, "+3"),
        (digits.points, -0.001, "0"),
        (digits.signed, -1.234, "−1.23"),
        (digits.rate, 3.456, "3.46"),
        (digits.rate, 34.56, "34.6"),
        (digits.tenth, -5.04, "−5.0"),
        (digits.p_value, 0.0123, ".012"),
        (digits.p_value, 0.0009, "<.001"),
        (digits.p_value, 0.99999, "1"),
    ],
)
def test_numbers_are_printed_as_in_a_paper(said: Any, number: float, text: str) -> None:
    assert said(number) == text
    assert said(NAN) == "–"


@given(st.floats(0, 1))
def test_a_share_is_told_to_a_point(share: float) -> None:
    said = digits.percent(share)
    bounds = {"<1": (0, 0.01), ">99": (0.99, 1)}
    low, high = bounds.get(said) or (float(said) / 100 - 0.00501, float(said) / 100 + 0.00501)
    assert low <= share <= high
    assert (said == "0") == (share == 0)
    assert (said == "100") == (share == 1)


def test_an_interval_stands_behind_its_number() -> None:
    assert digits.bounded(0.12, 0.08, 0.17, digits.percent) == "12 [8, 17]"
    assert digits.bounded(0.12, NAN, NAN, digits.percent) == "12"
    assert digits.bounded(NAN, 0.1, 0.2, digits.percent) == "–"


@pytest.mark.parametrize(
    "groups", [[], ["Ada"], GROUPS, [HOSTILE, "=1", "a|b"], [f"g{n}" for n in range(30)]]
)
def test_every_row_has_a_cell_for_every_column(groups: list[str]) -> None:
    for exhibit in shown(compared(groups, word=HOSTILE)).values():
        assert all(len(row) == len(exhibit.columns) for row in rows(exhibit)), exhibit.id
        assert all(isinstance(cell, str) for row in rows(exhibit) for cell in row)
        assert exhibit.notes
        assert "nan" not in " ".join(cell for row in rows(exhibit) for cell in row)


def test_every_table_that_is_shown_is_published() -> None:
    assert {name for it in shown(empty()).values() for name in it.sources} <= set(empty())


def test_a_comparison_of_single_documents_is_said_to_be_one_of_texts() -> None:
    told = "Every author has one document: the comparison is of these texts, not of their authors."
    single = shown(compared(GROUPS))
    for name in ("frames", "frame_differences", "topics", "words", "distances", "robustness"):
        assert told in single[name].notes
    assert "have one document" not in notes(shown(compared(GROUPS, documents=2))["frames"])
    mixed = compared(GROUPS, documents=2)
    mixed["members"] = mixed["members"].drop(index=0)
    assert "1 of 3 authors have one document" in notes(shown(mixed)["frames"])


def test_with_one_group_there_is_nothing_to_compare() -> None:
    assert "One author only: there is nothing to compare." in notes(shown(compared(["Ada"]))["frames"])
    assert not rows(shown(compared(["Ada"]))["distances"])


def test_shares_stand_by_frame_group_and_stance() -> None:
    frames = shown(compared(GROUPS))["frames"]
    assert [it.heading for it in frames.groups] == ["peace", "war"]
    assert headings(frames) == [
        "Author",
        "Sentences",
        "Coded",
        "Any stance",
        "held",
        "denied",
        "Machine alone",
    ]
    first, second, _ = frames.groups[0].rows
    assert list(first) == ["Ada", "1", "1", *["12 [8, 17]"] * 3, "12"]
    assert list(second) == ["Bo", "1", "1", *["not estimable"] * 3, "12"]


def test_a_single_stance_splits_nothing() -> None:
    plain = small_codebook({"peace": ["calm"]}, {})
    frames = shown(compared(GROUPS, codebook=plain), codebook=plain)["frames"]
    assert headings(frames)[3:] == ["Any stance", "Machine alone"]


def test_differences_come_with_how_robust_they_are() -> None:
    found = shown(compared(GROUPS))["frame_differences"]
    assert list(found.groups[0].rows[0]) == [
        *["Ada", "Bo"],
        *["+10 [−1, +21]", ".040", ".200", "100 % (22)", "50 %"],
    ]
    assert ["Cy", "all other authors"] in [list(row[:2]) for row in found.groups[0].rows]
    assert "on the same side of 0.1 " in notes(found)


def test_the_strongest_differences_are_shown_and_counted() -> None:
    given = compared(GROUPS)
    differs = [
        {
            "author": "Ada",
            "other": f"x{n:02}",
            "frame": "war",
            "stance": "any",
            "difference": 0.1,
            "p": n / 99,
        }
        for n in range(40)
    ]
    hidden = {
        "author": "Ada",
        "other": "Zoe",
        "frame": "war",
        "stance": "any",
        "p": 0.0,
        "estimable": False,
    }
    given["frame_differences"] = table("frame_differences", [*differs[::-1], hidden])
    found = shown(given)["frame_differences"]
    assert [row[1] for row in rows(found)] == [f"x{n:02}" for n in range(PARAMS.top_rows)]
    assert "10 of 40 differences: those with the strongest evidence; the table has all." in found.notes
    assert "1 differences are not estimable." in found.notes


def test_of_many_groups_the_largest_are_shown_and_counted() -> None:
    groups = [f"g{n:04}" for n in range(2000)]
    members = table("members", [{"author": it, "doc_id": it, "grouped_by": "year"} for it in groups])
    authors = table("authors", [{"author": it, "words": at} for at, it in enumerate(groups)])
    found = shown(empty() | {"members": members, "authors": authors})["corpus"]
    assert [row[0] for row in rows(found)] == groups[-PARAMS.top_groups :]
    assert headings(found)[0] == "Year"
    assert "12 of 2,000 years, those with the most words; the table has all." in found.notes


def test_actors_are_the_most_frequent_of_each_group() -> None:
    given = compared(GROUPS)
    other = {"author": "Ada", "entity": "Holt", "count": 99, "entity_id": "holt"}
    given["actors"] = pd.concat(
        [
            given["actors"],
            table("actors", [other | {"counted": "rolled up", "kind": "cited author"}]),
            table("actors", [other | {"counted": "named", "kind": "person"}]),
        ]
    )
    found = shown(given)["actors"]
    assert [it.heading for it in found.groups] == GROUPS
    assert [row[0] for row in found.groups[0].rows] == ["river", *(f"Actor {n}" for n in range(1, 10))]
    assert list(found.groups[0].rows[0])[1:] == ["state", "20", "2.50 [1.50, 3.50]", "12"]
    assert "30 of 45 actors that a author names" not in notes(found)
    assert "30 of 45 actors named: the most frequent; the table has all." in found.notes


def test_words_are_those_that_a_group_uses_more_than_the_rest() -> None:
    found = shown(compared(GROUPS))["words"]
    assert [row[0] for row in found.groups[0].rows] == ["river", "word1", "word2"]  # word3: used less
    assert [it.heading for it in found.groups] == GROUPS
    assert list(found.groups[0].rows[0])[1:4] == ["20", "5", "+2.50 [+1.50, +3.50]"]


def test_distances_stand_beside_what_chance_makes_of_them() -> None:
    found = shown(compared(GROUPS))["distances"]
    assert [it.heading for it in found.groups] == ["Frames", "Topics", "Actors", "Words"]
    assert list(found.groups[0].rows[0])[:5] == [
        *["Ada", "Bo"],
        *["0.40 [0.35, 0.45]", "0.10", "0.30 [0.10, 0.10]"],
    ]


def test_actors_of_a_frame_come_with_stances() -> None:
    found = shown(compared(GROUPS))["frame_actors"]
    assert [it.heading for it in found.groups][:2] == ["peace · Ada", "peace · Bo"]
    assert list(found.groups[0].rows[0]) == ["river", "4", "10 [10, 10]", "10", "4", "4", "2 of 5"]


def test_the_course_has_a_column_for_every_part() -> None:
    found = shown(compared(["Ada", "Bo"]))["course"]
    assert headings(found) == ["Text", "Author", "1", "2", "3"]
    assert rows(found)[0] == ["0-0", "Ada", "10", "20", "30"]


def test_robustness_is_summed_up() -> None:
    found = shown(compared(["Ada", "Bo"]))["robustness"]
    told = "Frames: of 18 contrasts with p below 0.1, 18 keep their sign in all variants and 0 also"
    assert told in notes(found)
    assert rows(found)[0][:5] == ["Ada", "Bo", "peace", "any", "+10"]


def test_the_result_lists_all_its_files() -> None:
    result = exhibits.run(PARAMS, **compared(GROUPS, word=HOSTILE), codebook=CODEBOOK)
    ids = [it.id for it in shown(compared(GROUPS)).values()]
    files = {f"{name}.{ending}" for name in ids for ending in ("md", "html", "tex")}
    assert set(result.exhibits) == files | {"README.md", "crossframe.xlsx"}
    page = str(result.exhibits["README.md"])
    assert all(f"({name})" in page for name in files)
    assert "(../figures/frames.svg)" in page


def test_a_run_without_anything_makes_all_files() -> None:
    result = exhibits.run(PARAMS, **empty(), codebook=CODEBOOK)
    assert "group only: there is nothing to compare" in str(result.exhibits["frames.md"])
