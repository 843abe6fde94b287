"""The workbook holds every tidy table in full, as a spreadsheet can hold it."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from conftest import ROOT
from exhibited import CODEBOOK, HOSTILE, PARAMS, Compared, compared, empty
from lxml import etree

from nlp import tables
from nlp.exhibits import sheets
from nlp.exhibits.setting import setting_of
from nlp.exhibits.sheets import Sheet, characters, sheets_of
from nlp.exhibits.workbook import to_xlsx

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
KINDS: dict[str, Callable[[str], Any]] = {"b": lambda text: text == "1", "n": float, "str": str}


def made(given: Compared) -> list[Sheet]:
    return sheets_of(given, CODEBOOK, setting_of(given["members"], given["authors"], CODEBOOK, PARAMS))


def read(book: bytes) -> dict[str, list[list[Any]]]:
    """Values by sheet, read without the library that wrote them."""
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        listed = etree.fromstring(file.read("xl/workbook.xml")).iter(f"{M}sheet")
        names = [sheet.get("name") for sheet in listed]
        return {
            name: _rows(etree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml")))
            for number, name in enumerate(names, 1)
        }


def _rows(page: etree._Element) -> list[list[Any]]:
    return [[_value(cell) for cell in row] for row in page.iter(f"{M}row")]


def _value(cell: etree._Element) -> Any:
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext())
    return KINDS[cell.get("t", "n")](cell.findtext(f"{M}v"))


def test_every_table_has_a_sheet_behind_what_explains_them() -> None:
    given = compared(["Ada", "Bo"])
    book = read(to_xlsx(made(given)))
    assert list(book) == ["README", "codebook", *given]
    for name, table in given.items():
        assert book[name][0] == list(table.columns)
        assert len(book[name]) == 1 + len(table)


def test_values_keep_their_type() -> None:
    page = Sheet(
        "data",
        ["text", "number", "whole", "maybe", "truth"],
        pd.DataFrame(
            {
                "text": ["007", ""],
                "number": [1.5, float("nan")],
                "whole": [3, -4],
                "maybe": pd.array([None, 2], dtype="Int64"),
                "truth": [True, False],
            }
        ),
    )
    assert read(to_xlsx([page]))["data"][1:] == [["007", 1.5, 3, True], [-4, 2, False]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "http://a.b", "12", HOSTILE, "a\x00b", "\ud7ff"]
)
def test_words_stay_words(text: str) -> None:
    book = to_xlsx([Sheet("data", ["text"], pd.DataFrame({"text": [text]}))])
    [[_], [found]] = read(book)["data"]
    assert found == text.replace("\x00", "_x0000_")
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        everything = b"".join(file.read(name) for name in file.namelist() if "worksheets" in name)
    assert b"<f>" not in everything
    assert b"<hyperlink" not in everything


def test_a_sheet_has_its_headings_in_view_and_filters() -> None:
    with zipfile.ZipFile(io.BytesIO(to_xlsx(made(compared(["Ada", "Bo"]))))) as file:
        page = etree.fromstring(file.read("xl/worksheets/sheet3.xml"))
    assert page.find(f".//{M}pane").get("state") == "frozen"
    assert page.find(f"{M}autoFilter").get("ref") == "A1:H3"


def test_the_codebook_says_what_everything_means() -> None:
    given = compared(["Ada", "Bo"])
    rows = read(to_xlsx(made(given)))["codebook"]
    columns = {(row[1], row[2]) for row in rows if row[0] == "column"}
    assert columns == {(name, it) for name in given for it in tables.SCHEMAS[name].to_schema().columns}
    assert ["frame", "peace", "peace"] in [row[:3] for row in rows]
    assert ["stance", "denied", "denied"] in [row[:3] for row in rows]


def test_the_first_sheet_says_what_the_comparison_is_of() -> None:
    said = dict(map(tuple, read(to_xlsx(made(compared(["Ada", "Bo"]))))["README"][1:]))
    assert said["what the comparison is of"].endswith("of these texts, not of their authors.")
    assert "90 % interval" in said["intervals"]
    assert said["authors"].startswith("2 rows.")
    assert "cut to fit" not in said


def test_what_does_not_fit_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    monkeypatch.setattr(sheets, "MAX_CHARACTERS", 10)
    given = compared(["Ada", "Bo"], word="a river 🙂🙂🙂")
    book = read(to_xlsx(made(given)))
    notes = [row[1] for row in book["README"] if row[0] == "cut to fit"]
    assert f"actors: the first 3 of {len(given['actors'])} rows; outputs/tables has all." in notes
    assert "actors: 1 cells of column entity are cut in length." in notes
    assert len(book["actors"]) == 4
    assert "a river …" in book["actors"][1]


def test_signs_beyond_the_basic_plane_count_twice() -> None:
    assert characters("🙂" * 20_000) == 40_000
    assert characters("a" * 20_000) == 20_000


def test_a_run_without_anything_makes_a_workbook() -> None:
    assert all(len(rows) == 1 for name, rows in read(to_xlsx(made(empty()))).items() if name in empty())


def test_the_workbook_has_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib, test_workbook as it;"
        "print(hashlib.sha256(it.to_xlsx(it.made(it.compared(['Ada', 'Bo'])))).hexdigest())"
    )
    run = [sys.executable, "-c", code]
    found = {
        subprocess.run(run, env={**os.environ, **env}, capture_output=True, text=True, check=True).stdout
        for env in (
            {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PYTHONHASHSEED": "1", "TZ": "UTC"},
            {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"},
        )
    }
    assert len(found) == 1
