"""`crossframe diff`: what has changed in the tables, and how that is told."""

import re
from pathlib import Path

import pandas as pd
import pytest
from history import begin, commit, write
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.changes.comparison import Changes, Estimate, Moved, Row, compare, compare_all, value_column
from nlp.changes.drawing import page, text
from nlp.cli import main
from nlp.store.project import Project
from nlp.store.results import text_table

HEAD = "author,grouping,name,count,total,rate,low,high\n"  # as of an older actor_groups


def rates(*rows: str) -> bytes:
    return (HEAD + "".join(f"{row}\n" for row in rows)).encode()


def changes(old: bytes, new: bytes, name: str = "actor_groups") -> Changes | None:
    return compare(name, text_table(old), text_table(new))


def test_an_interval_belongs_to_the_column_before_it() -> None:
    """The convention by which estimates are found, in tables of this form and of older ones."""
    found = []
    for name, schema in tables.SCHEMAS.items():
        columns = list(schema.to_schema().columns)
        if {"low", "high"} & set(columns):
            at = columns.index("low")
            assert columns[at + 1] == "high", name
            types = {
                str(it.dtype.type) for it in list(schema.to_schema().columns.values())[at - 1 : at + 2]
            }
            assert types == {"float64"}, name
            assert value_column(columns) not in tables.KEYS[name]
            found.append(name)
    assert {"prevalence", "actor_groups", "contrasts"} <= set(found)


@pytest.mark.parametrize("columns", [[], ["a"], ["low", "high"], ["a", "low"], ["a", "high"]])
def test_without_an_interval_there_is_no_such_column(columns: list[str]) -> None:
    assert value_column(columns) == ""


def test_rows_come_and_go_and_estimates_leave_their_interval() -> None:
    old = rates("A,k,one,1,9,0.1,0.05,0.2", "A,k,two,2,9,0.2,0.1,0.3", "B,k,one,3,9,0.3,0.1,0.5")
    new = rates("A,k,one,1,9,0.21,0.1,0.3", "A,k,two,2,9,0.3,0.1,0.3", "C,k,one,5,9,0.3,0.1,0.5")
    found = changes(old, new)
    assert found is not None
    assert found.appeared == [Row(("k", "one", "C"), Estimate("0.3", "0.1", "0.5"))]
    assert found.vanished == [Row(("k", "one", "B"), Estimate("0.3", "0.1", "0.5"))]
    was, now = Estimate("0.1", "0.05", "0.2"), Estimate("0.21", "0.1", "0.3")
    assert found.moved == [Moved(("k", "one", "A"), was, now)]
    assert found.within == 1  # 0.3 is the end of its interval, and in it
    assert found.columns == {"low": 1, "high": 1}
    assert found.rows == 1


def test_the_farthest_comes_first() -> None:
    old = rates("A,k,one,1,9,0.5,0.4,0.6", "A,k,two,1,9,0.5,0.1,0.9", "A,k,three,1,9,0.5,0.5,0.5")
    new = rates("A,k,one,1,9,0.7,0.4,0.6", "A,k,two,1,9,1,0.1,0.9", "A,k,three,1,9,0.4999,0.5,0.5")
    found = changes(old, new)
    assert found is not None
    assert [it.key[1] for it in found.moved] == ["three", "one", "two"]


CELL = st.sampled_from(["", "0.1", "0.25", "0.3", "0.50", "1", "1.0", "-0.0", "x", "inf"])
ROW = st.tuples(st.sampled_from("ABC"), st.sampled_from(["one", "None", "007"]), CELL, CELL, CELL, CELL)


def table(rows: list[tuple[str, ...]]) -> pd.DataFrame:
    columns = ["author", "name", "count", "rate", "low", "high"]
    made = pd.DataFrame(rows, columns=columns, dtype="str").drop_duplicates(["author", "name"])
    return made.assign(grouping="k", total="9")


@given(st.lists(ROW))
def test_nothing_has_changed_since_itself(rows: list[tuple[str, ...]]) -> None:
    assert compare("actor_groups", table(rows), table(rows)) is None


@given(st.lists(ROW), st.lists(ROW))
def test_there_and_back(one: list[tuple[str, ...]], other: list[tuple[str, ...]]) -> None:
    """What is new one way has vanished the other way, and every row that is in both is counted."""
    old, new = table(one), table(other)
    there, back = compare("actor_groups", old, new), compare("actor_groups", new, old)
    if there is None or back is None:
        assert there == back
        return
    assert there.appeared == back.vanished
    assert there.vanished == back.appeared
    both = len(old.merge(new, on=["grouping", "name", "author"]))
    assert len(there.appeared) == len(new) - both
    assert len(there.moved) + there.within <= both


@given(*[st.integers(0, 100)] * 4)
def test_moved_is_outside_of_the_old_interval(value: int, low: int, high: int, now: int) -> None:
    low, high = sorted((low, high))
    old = rates(f"A,k,one,1,9,{value / 100},{low / 100},{high / 100}")
    found = changes(old, rates(f"A,k,one,1,9,{now / 100},{low / 100},{high / 100}"))
    if found is None:
        assert value == now
    else:
        assert bool(found.moved) is not (low <= now <= high)
        assert found.within == (low <= now <= high)


SAME = {
    "zeros": ("A,k,one,1,9,0.5,0.40,1", "A,k,one,1,9,0.50,0.4,1.0"),
    "beyond the digits": ("A,k,one,1,9,0.50001,0.4,1", "A,k,one,1,9,0.5,0.4,1"),
    "a count beside a missing one": ("A,k,one,1,9,0.5,0.4,1", "A,k,one,1.0,9,0.5,0.4,1"),
    "zero and minus zero": ("A,k,one,1,9,0.0,-0.00001,1", "A,k,one,1,9,-0.0,0.0,1"),
    "missing and missing": ("A,k,one,1,9,,,", "A,k,one,1,9,,,"),
}


@pytest.mark.parametrize("case", SAME)
def test_what_is_printed_alike_is_the_same(case: str) -> None:
    old, new = SAME[case]
    assert changes(rates(old), rates(new)) is None


DIFFERENT = {
    "an author 007": ("007,k,one,1,9,0.5,0.4,1", "7,k,one,1,9,0.5,0.4,1", 2, {}),
    "an author None": ("None,k,one,1,9,0.5,0.4,1", ",k,one,1,9,0.5,0.4,1", 2, {}),
    "a number that is text now": ("A,k,one,1,9,0.5,0.4,1", "A,k,one,1,9,many,0.4,1", 0, {"rate": 1}),
    "an estimate that is missing now": ("A,k,one,1,9,0.5,0.4,1", "A,k,one,1,9,,0.4,1", 0, {"rate": 1}),
    "no interval before": ("A,k,one,1,9,0.5,,", "A,k,one,1,9,0.7,,", 0, {"rate": 1}),
    "a count": ("A,k,one,1,9,0.5,0.4,1", "A,k,one,2,9,0.5,0.4,1", 0, {"count": 1}),
}


@pytest.mark.parametrize("case", DIFFERENT)
def test_what_is_printed_otherwise_is_not(case: str) -> None:
    old, new, one_sided, columns = DIFFERENT[case]
    found = changes(rates(old), rates(new))
    assert found is not None
    assert len(found.appeared) + len(found.vanished) == one_sided
    assert found.columns == columns
    assert not found.moved


def test_an_older_form_is_compared_by_its_common_columns() -> None:
    old = b"author,grouping,name,share,rate\nA,k,one,0.5,0.1\n"
    found = changes(old, rates("A,k,one,1,9,0.9,0.4,1"))
    assert found is not None
    assert found.told == ["new columns: count, total, low, high", "gone columns: share"]
    assert found.columns == {"rate": 1}
    assert not found.moved


def test_other_columns_alone_are_told() -> None:
    found = changes(b"author,grouping,name\nA,k,one\n", rates("A,k,one,1,9,0.9,0.4,1"))
    assert found is not None
    assert (found.rows, found.told) == (0, ["new columns: count, total, rate, low, high"])


INCOMPARABLE = {
    "key not there": ("actor_groups", b"author,rate\nA,1\n", "the old table has no column grouping, name"),
    "key not unique": (
        "actor_groups",
        rates(*["A,k,one,1,9,1,1,1"] * 2),
        "has two rows for 'k'; 'one'; 'A'",
    ),
    "unknown table": ("mine", b"a,b\n1,2\n", "this version writes no such table"),
    "empty file": ("actor_groups", b"", "the old table cannot be read"),
    "no UTF-8": ("actor_groups", HEAD.encode() + b"\xff,k,one,1,9,1,1,1\n", "the old table cannot be read"),
}


@pytest.mark.parametrize("case", INCOMPARABLE)
def test_what_cannot_be_compared_is_told_with_the_reason(case: str) -> None:
    name, old, problem = INCOMPARABLE[case]
    (found,) = compare_all({name: old}, {name: rates("A,k,one,1,9,0.9,0.4,1")})
    assert found.told[-1].startswith("cannot be compared: ")
    assert problem in found.told[-1]


def test_whole_tables_come_and_go() -> None:
    found = compare_all({"a": b"x\n1\n2\n", "c": b"x\n"}, {"b": b"x\n", "c": b"x\n"})
    assert found == [Changes("a", ["is gone: 2 rows"]), Changes("b", ["is new: 0 rows"])]


def test_an_empty_table_fills() -> None:
    found = changes(rates(), rates("A,k,one,1,9,0.5,,"))
    assert found is not None
    assert page([found], "HEAD (abc)", most=5) == [
        "# What has changed since HEAD (abc)",
        "",
        "## actor_groups",
        "",
        "1 row new:",
        "",
        "| grouping | name | author | rate |",
        "| --- | --- | --- | --- |",
        "| k | one | A | 0.5 |",
    ]


def test_a_page_tells_so_many_rows_of_each_kind() -> None:
    old = [f"A,k,f{it},1,9,0.5,0.4,0.6" for it in range(9)]
    new = [f"A,k,f{it},1,9,0.7,0.4,0.6" for it in range(4)] + [f"B,k,f{it},1,9,1,1,1" for it in range(2)]
    found = changes(rates(*old), rates(*new))
    assert found is not None
    told = page([found], "HEAD", most=2)
    assert [it for it in told if it.startswith("...")] == ["... and 3 more.", "... and 2 more."]
    assert "5 rows vanished:" in told
    assert "4 rows with rate beyond its old interval:" in told
    assert "| k | f3 | A | 0.5 (0.4 to 0.6) | 0.7 (0.4 to 0.6) |" in told


def test_counts_are_told_in_lines() -> None:
    told = page([Changes("t", within=2, value="share_x", columns={"a|b": 1, "q": 3}, rows=3)], "x", most=1)
    assert told[-2:] == [
        "- 2 rows with another share_x within its old interval",
        "- 3 rows with changes in: a\\|b (1), q (3)",
    ]


def test_nothing_is_one_line() -> None:
    assert page([], "HEAD (abc)", most=5) == ["No table differs from HEAD (abc)."]


HOSTILE = {
    "a|b": "a\\|b",
    "a\nb\x1b[31m": "a⏎b<U+001B>\\[31m".replace("<", "\\<"),
    "<b>&amp; Co & Sons": "\\<b>\\&amp; Co & Sons",
    "*a* _b_ c_d `e`": "\\*a\\* \\_b\\_ c_d \\`e\\`",
    "a\\|b": "a\\\\\\|b",
    "[x](y)": "\\[x\\](y)",
    "": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_markdown_and_the_terminal_show_names_as_they_are(name: str) -> None:
    assert text(name) == HOSTILE[name]


@given(st.lists(st.text(), min_size=3, max_size=3))
def test_a_row_stays_a_row_of_so_many_cells(cells: list[str]) -> None:
    drawn = page(
        [Changes("actor_groups", key=["a", "b", "c"], appeared=[Row(tuple(cells), None)])], "x", most=1
    )
    line = drawn[-1]
    assert line.isprintable()
    unescaped = re.sub(r"\\.", "", line)
    assert unescaped.count("|") == 4
    shown = re.sub(r"\\(.)", r"\1", line)
    assert shown.isprintable()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path / "study")
    begin(tmp_path, found)
    write(found, {"configs/params.yaml": "{}"})
    return found


def diff(project: Project, *arguments: str) -> int:
    return main(["--project", str(project.root), "diff", *arguments])


def test_the_command_prints_markdown(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    first = commit(project, {"outputs/tables/actor_groups.csv": rates("A,k,one,1,9,0.5,0.4,0.6")})
    assert diff(project) == 0
    assert capsys.readouterr().out == f"No table differs from HEAD ({first[:10]}).\n"
    commit(project, {"outputs/tables/actor_groups.csv": rates("A,k,one,1,9,0.7,0.4,0.6")})
    assert diff(project, "HEAD~1", "--top", "3") == 0
    said = capsys.readouterr().out
    assert said.startswith(
        f"# What has changed since HEAD\\~1 ({first[:10]})\n\n## actor_groups\n\n1 row with rate beyond"
    )
    assert said.endswith("| k | one | A | 0.5 (0.4 to 0.6) | 0.7 (0.4 to 0.6) |\n")


def test_the_command_says_what_is_missing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    commit(project, {})
    assert diff(project) == 2
    assert capsys.readouterr().err == "error: outputs: no results yet\n  -> run 'crossframe run' first\n"
    write(project, {"outputs/tables/actor_groups.csv": rates()})
    assert diff(project) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: revision HEAD (")
    assert "has no tables in outputs/tables/\n  -> name one in which results were committed" in said
    assert diff(project, "nope") == 2
    assert "git knows no revision 'nope'" in capsys.readouterr().err
