"""tables: one schema per table, explained and keyed; a table that does not fit is refused by name."""

from collections.abc import Callable

import pandas as pd
import pytest

from nlp import tables
from nlp.errors import TableError

ROWS = [("b", 0, 0, 9, "title"), ("a", 1, 4, 8, "body"), ("a", 0, 0, 2, "heading")]


def zones() -> pd.DataFrame:
    return tables.make("zones", ROWS)


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_every_table_is_explained_and_keyed(name: str) -> None:
    columns = tables.SCHEMAS[name].to_schema().columns
    assert tables.SCHEMAS[name].__doc__
    assert all(column.description for column in columns.values())
    assert set(tables.KEYS[name]) <= set(columns)


def test_keys_are_for_tables_that_there_are() -> None:
    assert list(tables.KEYS) == list(tables.SCHEMAS)


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_no_rows_make_a_table_that_fits(name: str) -> None:
    empty = tables.make(name, [])
    assert len(tables.check(name, empty)) == 0
    assert list(empty.columns) == list(tables.SCHEMAS[name].to_schema().columns)


def test_a_checked_table_is_in_the_order_of_its_key() -> None:
    expected = tables.make("zones", [ROWS[2], ROWS[1], ROWS[0]])
    pd.testing.assert_frame_equal(tables.check("zones", zones()), expected)
    pd.testing.assert_frame_equal(tables.check("zones", zones()[::-1]), expected)


def test_checking_leaves_the_table_alone() -> None:
    table = zones()
    tables.check("zones", table)
    pd.testing.assert_frame_equal(table, zones())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda table: table.drop(columns="zone"), "column_in_dataframe ('zone')"),
        (lambda table: table.assign(colour="red"), "column_in_schema ('colour')"),
        (lambda table: table[table.columns[::-1]], "column_ordered ('zone')"),
        (lambda table: table.assign(start=table["start"].astype(str)), "start: dtype('int64') ('str')"),
        (lambda table: table.assign(start=table["start"] + 0.0), "start: dtype('int64') ('float64')"),
        (lambda table: table.assign(start=-1), "start: greater_than_or_equal_to(0) (-1)"),
        (lambda table: table.assign(zone="footer"), "zone: isin("),
        (lambda table: table.assign(doc_id=pd.array([None] * 3, dtype="str")), "doc_id: not_nullable"),
        (
            lambda table: table.assign(doc_id="a", paragraph=7),
            "two rows for {'doc_id': 'a', 'paragraph': 7}",
        ),
    ],
    ids=["missing", "unknown", "order", "text", "float", "bound", "word", "null", "doubled"],
)
def test_a_table_that_does_not_fit_is_refused(
    change: Callable[[pd.DataFrame], pd.DataFrame], told: str
) -> None:
    with pytest.raises(TableError) as caught:
        tables.check("zones", change(zones()))
    assert told in caught.value.problem
    assert caught.value.where == "table zones"
    assert "delete outputs/work and run again" in caught.value.hint


def test_all_wrong_columns_are_told_at_once() -> None:
    with pytest.raises(TableError, match=r"start: greater_than.*; zone: isin"):
        tables.check("zones", zones().assign(start=-1, zone="footer"))


def test_unknown_years_stay_unknown() -> None:
    row = (
        "d",
        "A",
        "A",
        None,
        "Title",
        "",
        "essay",
        "en",
        "free",
        "0" * 64,
        "txt",
        "",
        12,
        "",
        "",
        "Text.",
    )
    table = tables.check("documents", tables.make("documents", [row]))
    assert table["year"].isna().all()
    assert table["pages"].tolist() == [12]
