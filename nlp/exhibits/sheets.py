"""What stands in the workbook: a page on how to read it, a codebook, and every tidy table in full."""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.exhibits.setting import Setting
from nlp.tables import SCHEMAS

MAX_ROWS = 1_048_575  # of a sheet in Excel, below the row of headings
MAX_CHARACTERS = 32_767  # of a cell
MAX_NAME = 31  # characters of a sheet's name
_TYPES = {
    "str": "text",
    "int64": "whole number",
    "Int64": "whole number",
    "float64": "number",
    "bool": "true or false",
}
DECIMALS = 4  # as in the published tables


class Sheet(NamedTuple):
    name: str
    headings: list[str]
    rows: pd.DataFrame


def sheets_of(tables: Mapping[str, pd.DataFrame], codebook: Codebook, setting: Setting) -> list[Sheet]:
    """All sheets in their order. What a spreadsheet cannot hold is cut, and the first sheet says so."""
    cut = {name: _fitted(table) for name, table in tables.items()}
    notes = [f"{name}: {note}" for name, (_, told) in cut.items() for note in told]
    data = [Sheet(name[:MAX_NAME], list(rows.columns), rows) for name, (rows, _) in cut.items()]
    return [_readme(tables, notes, setting), _codebook(tables, codebook), *data]


def _fitted(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows that a sheet can hold, with what had to be cut."""
    rows, notes = table.head(MAX_ROWS).round(DECIMALS), []
    if len(rows) < len(table):
        notes.append(f"the first {len(rows):,} of {len(table):,} rows; outputs/tables has all.")
    for column in rows.select_dtypes("str"):
        size = rows[column].map(characters)
        if (size > MAX_CHARACTERS).any():
            notes.append(f"{(size > MAX_CHARACTERS).sum():,} cells of column {column} are cut in length.")
            rows[column] = rows[column].map(_cut)
    return rows, notes


def characters(text: str) -> int:
    """Length as Excel counts it, where signs beyond the basic plane count twice."""
    return len(text) if len(text) < MAX_CHARACTERS // 2 else len(text.encode("utf-16-le", "replace")) // 2


def _cut(text: str) -> str:
    if characters(text) <= MAX_CHARACTERS:
        return text
    return text.encode("utf-16-le", "replace")[: 2 * MAX_CHARACTERS - 2].decode("utf-16-le", "ignore") + "…"


def _readme(tables: Mapping[str, pd.DataFrame], notes: list[str], setting: Setting) -> Sheet:
    return _sheet("README", ["about", "what it says"], _about(tables, notes, setting))


def _about(
    tables: Mapping[str, pd.DataFrame], notes: list[str], setting: Setting
) -> Iterator[tuple[str, str]]:
    yield "what this is", "The comparison tables of a run of crossframe, in full, one sheet for each."
    yield (
        "how it was made",
        (
            "By `crossframe run` on the texts in corpus/, with configs/params.yaml,"
            " codebook.yaml and entities.yaml. The same input gives the same file."
        ),
    )
    yield (
        "groups",
        f"Texts are grouped by {setting.by}: {setting.known:,} groups. In the tables: column author.",
    )
    for note in setting.scope:
        yield "what the comparison is of", note
    yield "intervals", f"Columns low and high: {setting.interval}; sheet codebook says of what."
    for note in setting.any_stance:
        yield "stances", note
    yield "missing values", "An empty cell: the value could not be computed or estimated."
    yield "numbers", f"Rounded to {DECIMALS} decimals. No cell has a formula."
    yield "codebook", "What every table and column means, and the frames and stances."
    for name, table in tables.items():
        yield name, f"{len(table):,} rows. {_first_line(name)}"
    for note in notes:
        yield "cut to fit", note


def _first_line(name: str) -> str:
    return inspect.cleandoc(str(SCHEMAS[name].__doc__)).split("\n\n")[0].replace("\n", " ")


def _codebook(tables: Mapping[str, pd.DataFrame], codebook: Codebook) -> Sheet:
    headings = ["kind", "name", "column or label", "type", "may be missing", "meaning"]
    return _sheet("codebook", headings, [*_columns(tables), *_definitions(codebook)])


def _columns(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[Any, ...]]:
    for name in tables:
        yield "table", name, "", "", None, " ".join(str(SCHEMAS[name].__doc__).split())
        for column, it in SCHEMAS[name].to_schema().columns.items():
            yield "column", name, column, _TYPES[str(it.dtype.type)], bool(it.nullable), str(it.description)


def _definitions(codebook: Codebook) -> Iterator[tuple[Any, ...]]:
    yield "unit", "unit", codebook.unit, "", None, codebook.scope
    for frame in codebook.frames:
        yield "frame", frame.name, frame.label, "", None, frame.definition
    for stance in codebook.stances:
        yield "stance", stance.name, stance.label, "", None, stance.definition
    for rule in codebook.rules:
        yield "rule", "", "", "", None, rule


def _sheet(name: str, headings: list[str], rows: Any) -> Sheet:
    return Sheet(name, headings, pd.DataFrame(list(rows), columns=headings, dtype=object))
