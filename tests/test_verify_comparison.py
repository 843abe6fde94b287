"""The results of two runs, held against each other file by file."""

import io
import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.verify import locks
from nlp.verify.comparison import (
    ALIKE,
    BETWEEN,
    DIFFERS,
    DRAWN,
    IDENTICAL,
    NOT_COMMITTED,
    NOT_MADE,
    File,
    compare,
)

Files = dict[str, bytes]
TABLE, PAGE, METRICS, PARQUET = (
    "outputs/tables/a.csv",
    "outputs/r.html",
    "outputs/m.json",
    "outputs/a.parquet",
)


def states(committed: Files, made: Files) -> dict[str, str]:
    return {file.shown: file.state for file in compare(committed, made)}


def parquet(**columns: Any) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(columns).to_parquet(buffer, index=False)
    return buffer.getvalue()


ALIKE_CASES: dict[str, tuple[str, bytes, bytes]] = {
    "last digits": (TABLE, b"a,b\nx,0.1234\n", b"a,b\nx,0.1236\n"),
    "last digits of a large number": (TABLE, b"a\n5000.1\n", b"a\n5004.9\n"),
    "zeros": (TABLE, b"a\n0.5\n", b"a\n0.50\n"),
    "quotes": (TABLE, b'a\n"x"\n', b"a\nx\n"),
    "metrics": (METRICS, b'{"a": {"b": [0.5, 1]}}', b'{"a": {"b": [0.5001, 1]}}'),
    "order of metrics": (METRICS, b'{"a": 1, "b": 2}', b'{"b": 2, "a": 1}'),
    "Parquet": (PARQUET, parquet(a=[0.5, None], b=["x", "y"]), parquet(a=[0.5001, None], b=["x", "y"])),
}


@pytest.mark.parametrize("case", ALIKE_CASES)
def test_other_last_digits_agree(case: str) -> None:
    shown, committed, made = ALIKE_CASES[case]
    assert compare({shown: committed}, {shown: made}) == [File(shown, ALIKE)]
    assert compare({shown: made}, {shown: committed}) == [File(shown, ALIKE)]


DIFFERENT: dict[str, tuple[str, bytes, bytes, str]] = {
    "number": (TABLE, b"a,b\nx,0.1\n", b"a,b\nx,0.2\n", "line 2: '0.1' -> '0.2'"),
    "count": (TABLE, b"a\n1000000\n", b"a\n1000001\n", "line 2: '1000000' -> '1000001'"),
    "word": (TABLE, b"a\nx\n", b"a\ny\n", "line 2: 'x' -> 'y'"),
    "missing": (TABLE, b"a,b\nx,0.1\n", b"a,b\nx,\n", "line 2: '0.1' -> ''"),
    "column": (TABLE, b"a,b\n1,1\n", b"a\n1\n", "line 1: 2 cells committed, 1 made"),
    "row": (TABLE, b"a\n1\n2\n", b"a\n1\n", "3 lines committed, 2 made"),
    "no text": (TABLE, b"a\n1\n", b"a\n\xff\n", "cannot be read"),
    "a cell without end": (TABLE, b"a\n1\n", b'a\n"' + b"x" * 140_000, "cannot be read (no CSV"),
    "metric": (METRICS, b'{"a": {"b": [0.5]}}', b'{"a": {"b": [0.6]}}', "a.b[1]: 0.5 -> 0.6"),
    "metric missing": (METRICS, b'{"a": 0.5}', b'{"a": null}', "a: 0.5 -> None"),
    "metric true": (METRICS, b'{"a": 1}', b'{"a": true}', "a: 1 -> True"),
    "count in metrics": (METRICS, b'{"a": 1000000}', b'{"a": 1000001}', "a: 1000000 -> 1000001"),
    "no JSON": (METRICS, b"{}", b"{", "cannot be read"),
    "Parquet number": (PARQUET, parquet(a=[0.5, 1]), parquet(a=[0.5, 2]), "row 2, a: 1.0 -> 2.0"),
    "Parquet type": (PARQUET, parquet(a=[1]), parquet(a=["1"]), "columns a (int64) -> a (str)"),
    "Parquet rows": (PARQUET, parquet(a=[1]), parquet(a=[1, 2]), "1 rows committed, 2 made"),
    "Parquet missing": (PARQUET, parquet(a=[0.5]), parquet(a=[float("nan")]), "row 1, a: 0.5 -> nan"),
    "no Parquet": (PARQUET, parquet(a=[1]), b"PAR1", "cannot be read"),
}


@pytest.mark.parametrize("case", DIFFERENT)
def test_all_else_differs_and_the_place_is_told(case: str) -> None:
    shown, committed, made, told = DIFFERENT[case]
    (found,) = compare({shown: committed}, {shown: made})
    assert found.state == DIFFERS
    assert found.places[0].startswith(told)


def test_the_first_places_are_told() -> None:
    (found,) = compare({TABLE: b"a\nb\nc\nd\n"}, {TABLE: b"1\n2\n3\n4\n"})
    assert [it[:6] for it in found.places] == ["line 1", "line 2", "line 3", "..."]


def test_files_in_one_of_the_two() -> None:
    assert states({TABLE: b"a\n"}, {PAGE: b""}) == {TABLE: NOT_MADE, PAGE: NOT_COMMITTED}


@pytest.mark.parametrize(
    ("table", "state"),
    [(b"a\n0.5\n", DIFFERS), (b"a\n0.5001\n", DRAWN), (b"a\n0.6\n", DIFFERS)],
    ids=["tables the same", "tables alike", "tables differ"],
)
def test_a_drawing_is_judged_by_the_tables(table: bytes, state: str) -> None:
    made = {TABLE: table, METRICS: b"{}", PAGE: b"new"}
    assert states({TABLE: b"a\n0.5\n", METRICS: b"{}", PAGE: b"old"}, made)[PAGE] == state


@pytest.mark.parametrize(
    ("changed", "states_of"),
    [
        ({"outputs/work/c": "1"}, (BETWEEN, DRAWN)),
        ({TABLE: "1"}, (DIFFERS, DIFFERS)),  # the table is the same, and its hash is not
        ({"outputs/work/c": "1", "nlp/store": "1"}, (DIFFERS, DIFFERS)),
    ],
)
def test_a_drawing_is_judged_by_tables_between_stages_too(
    changed: dict[str, str], states_of: tuple[str, str]
) -> None:
    locks_of = [json.dumps(it).encode() for it in (lock(), lock(**changed))]
    committed, made = ({TABLE: b"a\n0.5\n", "dvc.lock": it} for it in locks_of)
    found = states({**committed, PAGE: b"old"}, {**made, PAGE: b"new"})
    assert (found["dvc.lock"], found[PAGE]) == states_of


def test_a_drawing_is_not_excused_by_a_table_that_is_not_made() -> None:
    committed = {TABLE: b"a\n0.5\n", METRICS: b"{}", PAGE: b"old"}
    assert states(committed, {TABLE: b"a\n0.5001\n", PAGE: b"new"})[PAGE] == DIFFERS


FILES = st.dictionaries(
    st.sampled_from([TABLE, PAGE, METRICS, "dvc.lock"]), st.sampled_from([b"", b"1", b"0.5", b"{}"])
)


@given(FILES, FILES)
def test_every_file_of_both_is_told_once_and_the_same_bytes_agree(committed: Files, made: Files) -> None:
    found = compare(committed, made)
    assert [it.shown for it in found] == sorted({*committed, *made})
    for file in found:
        same = committed.get(file.shown) == made.get(file.shown)
        assert (file.state == IDENTICAL) == same
        assert file.agrees or not same


def lock(**changed: Any) -> dict[str, Any]:
    """A dvc.lock with one stage; `changed` are hashes by path, and the parameter `seed`."""
    entries = {
        kind: [{"path": path, "md5": changed.get(path, "0")} for path in paths]
        for kind, paths in {
            "deps": ["nlp/store", "outputs/work/b"],
            "outs": ["outputs/work/c", TABLE],
        }.items()
    }
    params = {"params": {"configs/params.yaml": {"a": {"seed": changed.get("seed", 1)}}}}
    return {"schema": "2.0", "stages": {"a": {"cmd": "crossframe a", **entries, **params}}}


@pytest.mark.parametrize(
    ("changed", "identical", "told"),
    [
        ({}, [TABLE], []),
        ({"outputs/work/b": "1", "outputs/work/c": "1"}, [TABLE], []),
        ({TABLE: "1"}, [], []),
        ({TABLE: "1"}, [TABLE], [f"a: outs {TABLE}"]),
        ({"nlp/store": "1"}, [TABLE], ["a: deps nlp/store"]),
        ({"seed": 2}, [TABLE], ["a: params configs/params.yaml"]),
    ],
)
def test_of_a_lock_hashes_of_results_may_differ(
    changed: dict[str, Any], identical: list[str], told: list[str]
) -> None:
    assert list(locks.differences(lock(), lock(**changed), identical=identical)) == told


def test_of_a_lock_stages_and_entries_may_not() -> None:
    more, less = lock(), lock()
    more["stages"]["b"] = {"cmd": "crossframe b"}
    less["stages"]["a"]["outs"].pop()
    assert list(locks.differences(lock(), more, identical=[])) == ["b: cmd"]
    assert list(locks.differences(lock(), less, identical=[])) == [f"a: outs {TABLE}"]


@pytest.mark.parametrize(
    "content", [b"", b"1", b"stages: 1", b"stages: {a: 1}", b"a: [", b"<<<<<<< HEAD\n"]
)
def test_what_is_no_lock_differs(content: bytes) -> None:
    good = json.dumps(lock()).encode()
    for pair in ((content, good), (good, content)):
        (found,) = compare({"dvc.lock": pair[0]}, {"dvc.lock": pair[1]})
        assert found.state == DIFFERS
        assert found.places[0].startswith("cannot be read (")


def test_a_lock_in_another_order_agrees() -> None:
    turned = json.dumps(lock(), sort_keys=True, indent=1).encode()
    assert states({"dvc.lock": json.dumps(lock()).encode()}, {"dvc.lock": turned}) == {"dvc.lock": ALIKE}
