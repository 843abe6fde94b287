"""CSV for a spreadsheet: a column for each frame, to be filled with a stance or left empty."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO

from nlp.codebook import Codebook
from nlp.labelling.formats.rows import Row, said
from nlp.store.draws import Draw, Stretch

DONE, COMMENT = "done", "comment"
_SHOWN = ("task", "before", "text", "after")
_LAST = ("unit", "doc_id", "start", "end", "codebook", "probability")  # to the right: they tell the author
_FRAME = "frame:"  # in the heading, so that no frame is taken for another column
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_DELIMITERS = ",;\t"


def written(draw: Draw, tasks: Sequence[Stretch], codebook: Codebook) -> Mapping[str, str]:
    """In UTF-8 with a mark, so that spreadsheets know it; a cell that looks like a formula is quoted."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    frames = [f"{_FRAME}{name}" for name in codebook.frame_names]
    writer.writerow([*_SHOWN, *frames, DONE, COMMENT, *_LAST])
    empty = [""] * (len(frames) + 2)
    for it in tasks:
        row = {**it.model_dump(), "codebook": draw.codebook}
        writer.writerow(
            [*(_quoted(row[name]) for name in _SHOWN), *empty, *(_quoted(row[name]) for name in _LAST)]
        )
    return {".csv": f"\ufeff{out.getvalue()}"}


def read(text: str, codebook: Codebook) -> list[Row]:
    """Rows are counted as a spreadsheet does. A row is coded if it names a stance or is marked as done.

    Raises ValueError for a heading without the columns of a frame, or of the text.
    """
    heading = text.partition("\n")[0]
    stances = codebook.stance_names
    delimiter = max(_DELIMITERS, key=heading.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [it.strip() for it in next(rows, [])]
        _check(columns)
        return [
            _row(f"row {number}", dict(zip(columns, map(_plain, cells), strict=False)), stances)
            for number, cells in enumerate(rows, start=2)
            if any(map(str.strip, cells))
        ]
    except csv.Error as error:
        raise ValueError(f"row {rows.line_num}: {error}") from None


def _check(columns: Sequence[str]) -> None:
    if "text" not in columns or not any(it.startswith(_FRAME) for it in columns):
        raise ValueError(f"no heading with the columns 'text' and '{_FRAME}...' in its first row")
    if doubled := {it for it in columns if it and columns.count(it) > 1}:
        raise ValueError(f"two columns are called {min(doubled)!r}")


def _row(place: str, cells: Mapping[str, str], stances: Sequence[str]) -> Row:
    frames = {name.removeprefix(_FRAME): it for name, it in cells.items() if name.startswith(_FRAME)}
    codes = {frame: _stance(it, stances) for frame, it in frames.items() if it.strip()}
    coded = bool(codes or cells.get(DONE, "").strip())
    return Row(
        place,
        said(cells),
        codes=codes if coded else None,
        comment=cells.get(COMMENT, "").strip(),
    )


def _stance(cell: str, stances: Sequence[str]) -> str:
    """What is written, in small letters; where there is one stance, an x stands for it."""
    written = cell.strip().lower()
    return stances[0] if written == "x" and len(stances) == 1 else written


def _quoted(cell: object) -> str:
    """Spreadsheets run what begins like a formula; an apostrophe before it makes it a text."""
    text = str(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
