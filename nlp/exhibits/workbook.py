"""Sheets as one XLSX file: no formulas, and the same bytes at every call."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from nlp.exhibits.sheets import Sheet

_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2000, 1, 1)  # any, as long as it is always the same
_WIDEST = 60  # characters
_CHUNK = 10_000
_MEASURED = 200  # rows that a column's width is made for


def to_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """The workbook. Rows go to temporary files one by one, so that memory does not grow with the tables."""
    import xlsxwriter

    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"constant_memory": True, **_PLAIN}) as book:
        book.set_properties({"title": "Comparison tables", "author": "crossframe", "created": _CREATED})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, styles)
    return written.getvalue()


def _fill(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    explains = sheet.name in ("README", "codebook")
    page.freeze_panes(1, 0)
    if len(sheet.rows):
        page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    for at, heading in enumerate(sheet.headings):
        page.set_column(
            at, at, _width(heading, sheet.rows.iloc[:, at]), styles["text"] if explains else None
        )
    for at, heading in enumerate(sheet.headings):
        page.write_string(0, at, heading, styles["head"])
    write = {
        str: page.write_string,
        bool: page.write_boolean,
        int: page.write_number,
        float: page.write_number,
    }
    for number, row in enumerate(_rows(sheet.rows), 1):
        for at, value in enumerate(row):
            if value is not None and value != "":
                write[type(value)](number, at, value)


def _rows(table: pd.DataFrame) -> Iterator[tuple[str | bool | int | float | None, ...]]:
    """Rows of plain values, made some thousand at a time."""
    for start in range(0, len(table), _CHUNK):
        chunk = table.iloc[start : start + _CHUNK]
        yield from zip(*(_cells(chunk.iloc[:, at]) for at in range(chunk.shape[1])), strict=True)


def _cells(column: pd.Series) -> list[str | bool | int | float | None]:
    """Values as Python has them; None for what is missing, and words for what is infinite."""
    values = column.astype(object).where(column.notna(), None).tolist()
    return [str(it) if isinstance(it, float) and not np.isfinite(it) else it for it in values]


def _width(heading: str, column: pd.Series) -> int:
    longest = column.head(_MEASURED).map(lambda it: 0 if it is None else len(str(it))).max()
    return min(_WIDEST, max(len(heading), 0 if pd.isna(longest) else int(longest)) + 2)
