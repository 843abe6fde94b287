"""Whether what a paper claims is in the tables."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from nlp.claims import Claim, Value, is_number
from nlp.errors import listed
from nlp.store.results import DECIMALS, text_table

_FUZZ = 1e-9  # 0.51 - 0.5 is more than 0.01, for a machine
_NAMES = 40  # told where a name is unknown


class Verdict(NamedTuple):
    """A claim, whether it holds, and what was found."""

    claim: Claim
    holds: bool
    found: str


class _NotFoundError(Exception):
    """No cell to look at; the words say why."""


def check(claim: Claim, tables: Mapping[str, bytes]) -> Verdict:
    """Look for the claim's cell in the tables (CSV by name); no such row, or several, is a failure."""
    try:
        cell = _cell(claim, tables)
    except _NotFoundError as error:
        return Verdict(claim, False, str(error))
    return Verdict(claim, _holds(claim, cell), f"{claim.column} is {cell or 'empty'}")


def wanted(claim: Claim) -> str:
    """What the claim says of its cell: `0.5 ± 0.01`, `at least 2`."""
    if claim.at_least is not None:
        return f"at least {claim.at_least:.10g}"
    if claim.at_most is not None:
        return f"at most {claim.at_most:.10g}"
    if claim.tolerance is not None:
        return f"{claim.value:.10g} ± {claim.tolerance:.10g}"
    return _written(claim.value) or "empty"


def _holds(claim: Claim, cell: str) -> bool:
    if not (is_number(claim.value) or claim.value is None):
        return cell == _written(claim.value)
    number = _number(cell)
    if number is None:
        return False
    if claim.at_least is not None:
        return number >= claim.at_least - _FUZZ
    if claim.at_most is not None:
        return number <= claim.at_most + _FUZZ
    assert claim.tolerance is not None
    return abs(number - float(claim.value or 0)) <= claim.tolerance + _FUZZ


def _cell(claim: Claim, tables: Mapping[str, bytes]) -> str:
    table = _table(claim.table, tables)
    for column in (*claim.row, claim.column):
        _known(column, table.columns, f"no column {column!r} in {claim.table}")
    rows = table
    for column, value in claim.row.items():
        there = rows[column].unique()
        rows = rows[rows[column].map(lambda cell, value=value: _matches(cell, value))]
        if rows.empty:
            raise _NotFoundError(_names(f"no such row: {column} is not {_written(value)!r}", there))
    if len(rows) != 1:
        raise _NotFoundError(_several(rows, claim.table))
    return str(rows[claim.column].iloc[0])


def _table(name: str, tables: Mapping[str, bytes]) -> pd.DataFrame:
    _known(name, tables, f"no table {name!r}")
    try:
        return text_table(tables[name])
    except ValueError as error:
        raise _NotFoundError(f"table {name!r} cannot be read ({error})") from None


def _known(name: str, names: Iterable[str], problem: str) -> None:
    there = list(names)
    if name not in there:
        raise _NotFoundError(_names(problem, there))


def _names(problem: str, there: Iterable[str]) -> str:
    return f"{problem}; there: {listed([it or '(empty)' for it in there], _NAMES) or 'nothing'}"


def _several(rows: pd.DataFrame, table: str) -> str:
    """So many rows, with the first columns that tell them apart."""
    if rows.empty:
        return f"{table} has no rows"
    differ = [f"{column} ({rows[column].nunique()})" for column in rows if rows[column].nunique() > 1]
    return f"{len(rows)} such rows, not one; they differ in {', '.join(differ[:4]) or 'nothing'}"


def _matches(cell: str, value: Value) -> bool:
    """Numbers match as they are printed, all else to the letter."""
    if not is_number(value):
        return cell == _written(value)
    number = _number(cell)
    return number is not None and round(number - float(value), DECIMALS) == 0


def _written(value: Value | None) -> str:
    """As a table writes it: True, False, 12, text."""
    return "" if value is None else str(value)


def _number(cell: str) -> float | None:
    try:
        found = float(cell)
    except ValueError:
        return None
    return None if found != found else found
