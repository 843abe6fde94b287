"""What differs between two states of a table: rows, and cells that have left their interval."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.errors import listed
from nlp.store.results import DECIMALS, text_table

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")


class Estimate(NamedTuple):
    """A value and its interval, as they are printed."""

    value: str
    low: str
    high: str


class Row(NamedTuple):
    """A row: the cells of its key, and what it estimates where it has an interval."""

    key: tuple[str, ...]
    estimate: Estimate | None


class Moved(NamedTuple):
    """An estimate that now lies outside the interval it had."""

    key: tuple[str, ...]
    old: Estimate
    new: Estimate


class Changes(NamedTuple):
    """How a table differs; `told` is said of the table as a whole, where rows are not compared, too."""

    table: str
    told: Sequence[str] = ()
    key: Sequence[str] = ()
    value: str = ""  # the column with intervals, if there is one
    appeared: Sequence[Row] = ()
    vanished: Sequence[Row] = ()
    moved: Sequence[Moved] = ()  # those that went farthest, in widths of their interval, first
    within: int = 0  # cells that have changed and stayed within their interval
    columns: Mapping[str, int] = {}  # of other columns: in how many rows they have changed
    rows: int = 0  # in how many rows one of these has changed


def compare_all(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[Changes]:
    """What differs between two sets of tables (CSV by name), table by table; equal tables are left out."""
    names = sorted({**old, **new})
    differing = [name for name in names if old.get(name) != new.get(name)]
    found = [_of_files(name, old.get(name), new.get(name)) for name in differing]
    return [it for it in found if it is not None]


def _of_files(name: str, old: bytes | None, new: bytes | None) -> Changes | None:
    read: list[pd.DataFrame | None] = []
    for content, which in ((old, "the old table"), (new, "the table")):
        try:
            read.append(None if content is None else text_table(content))
        except ValueError as error:
            return Changes(name, [f"cannot be compared: {which} cannot be read ({error})"])
    before, after = read
    if before is None:
        return Changes(name, [f"is new: {len(after) if after is not None else 0} rows"])
    if after is None:
        return Changes(name, [f"is gone: {len(before)} rows"])
    return compare(name, before, after)


def compare(name: str, old: pd.DataFrame, new: pd.DataFrame) -> Changes | None:
    """What differs between two states of a table whose cells are text; None if nothing does.

    Rows are told by the key of the table, columns compared are those of both. Numbers are equal if they
    are printed alike (4 decimals). An estimate has moved if it lies outside its old interval.
    """
    old, new = _printed(name, old), _printed(name, new)
    if old.equals(new):
        return None
    told = _columns_told(old, new)
    if problem := _problem(name, old, new):
        return Changes(name, [*told, f"cannot be compared: {problem}"])
    key, value = tables.KEYS[name], value_column(new.columns)
    value = value if value == value_column(old.columns) else ""
    found = _rows(name, key, value, old.set_index(key), new.set_index(key))
    return found._replace(told=told) if told or _differs(found) else None


def value_column(columns: Sequence[str]) -> str:
    """The column that `low` and `high` are the interval of, which stands before `low`; or empty."""
    names = list(columns)
    at = names.index("low") if {"low", "high"} <= set(names) else 0
    return names[at - 1] if at else ""


def _printed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Numbers as they are printed: whole ones are equal to those with zeros behind the point."""
    known = tables.SCHEMAS[name].to_schema().columns if name in tables.SCHEMAS else {}
    texts = {column for column, it in known.items() if str(it.dtype.type) == "str"}
    numbers = [column for column in table.columns if column not in texts]
    return table.assign(**{column: table[column].map(_as_printed).astype("str") for column in numbers})


def _as_printed(cell: str) -> str:
    if cell.lstrip("-").isdecimal() or not _NUMBER.fullmatch(cell):
        return cell
    text = f"{float(cell):.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _columns_told(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    cases = {"new": [it for it in new if it not in old], "gone": [it for it in old if it not in new]}
    return [f"{which} columns: {', '.join(names)}" for which, names in cases.items() if names]


def _problem(name: str, old: pd.DataFrame, new: pd.DataFrame) -> str:
    """Why rows cannot be told by the key of the table; empty if they can."""
    if name not in tables.KEYS:
        return "this version writes no such table, so nothing tells its rows apart"
    key = tables.KEYS[name]
    for table, which in ((old, "the old table"), (new, "the table")):
        if missing := [column for column in key if column not in table]:
            return f"{which} has no column {', '.join(missing)}, which tells its rows apart"
        doubled = table.loc[table.duplicated(key), key]
        if not doubled.empty:
            return f"{which} has two rows for {listed([repr(it) for it in doubled.iloc[0]])}"
    return ""


def _rows(name: str, key: Sequence[str], value: str, old: pd.DataFrame, new: pd.DataFrame) -> Changes:
    """`old` and `new` have the key as index."""
    both = new.index[new.index.isin(old.index)]
    columns = [column for column in new.columns if column in old.columns]
    before, after = old.loc[both, columns], new.loc[both, columns]
    changed = before.ne(after)
    judged = _judged(before, after, value) & changed[value] if value else pd.Series(False, index=both)
    outside = judged & _distance(before, after, value).gt(0) if value else judged
    if value:
        changed[value] &= ~judged
    counts = changed.sum()
    return Changes(
        name,
        key=key,
        value=value,
        appeared=_told(new[~new.index.isin(old.index)], value),
        vanished=_told(old[~old.index.isin(new.index)], value),
        moved=_moved(before[outside], after[outside], value),
        within=int((judged & ~outside).sum()),
        columns={str(column): int(count) for column, count in counts.items() if count},
        rows=int(changed.any(axis=1).sum()),
    )


def _differs(found: Changes) -> bool:
    return any((found.appeared, found.vanished, found.moved, found.within, found.rows))


def _numbers(column: pd.Series) -> pd.Series:
    """Cells as numbers; what is none, or missing, is NaN."""
    return column.map(lambda cell: float(cell) if _NUMBER.fullmatch(cell) else math.nan).astype(float)


def _judged(before: pd.DataFrame, after: pd.DataFrame, value: str) -> pd.Series:
    """Where there was an estimate with an interval, and there is an estimate now."""
    old = [_numbers(before[column]).notna() for column in (value, "low", "high")]
    return old[0] & old[1] & old[2] & _numbers(after[value]).notna()


def _distance(before: pd.DataFrame, after: pd.DataFrame, value: str) -> pd.Series:
    """How far a value is outside its old interval, in widths of it; 0 within."""
    now, low, high = _numbers(after[value]), _numbers(before["low"]), _numbers(before["high"])
    beyond = (low - now).clip(lower=0) + (now - high).clip(lower=0)
    return beyond / (high - low).clip(lower=10**-DECIMALS)


def _moved(before: pd.DataFrame, after: pd.DataFrame, value: str) -> list[Moved]:
    if before.empty:
        return []
    order = _distance(before, after, value).to_numpy().argsort(kind="stable")[::-1]
    pairs = zip(_told(before.iloc[order], value), _told(after.iloc[order], value), strict=True)
    return [
        Moved(old.key, old.estimate, new.estimate) for old, new in pairs if old.estimate and new.estimate
    ]


def _told(rows: pd.DataFrame, value: str) -> list[Row]:
    keys = [it if isinstance(it, tuple) else (it,) for it in rows.index]
    if not value:
        return [Row(key, None) for key in keys]
    cells = rows[[value, "low", "high"]].itertuples(index=False, name=None)
    return [Row(key, Estimate(*it)) for key, it in zip(keys, cells, strict=True)]
