"""Results for readers: tables as CSV, Parquet and Markdown, metrics as JSON, pages and figures."""

import inspect
import io
import json
import logging
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from pandera.pandas import Column

from nlp import tables
from nlp.errors import TableError
from nlp.markdown import escaped
from nlp.store.parts import replacing
from nlp.store.project import Project

log = logging.getLogger("crossframe")
DECIMALS = 4
MAX_ROWS = 300  # of a Markdown page; the CSV has all
_RANKED = {"p": True, "statistic": False, "count": False}  # what rows are ranked by: from the smallest on?


def table_files(name: str) -> tuple[str, str, str]:
    """The files that a published table becomes, from the project folder: for programs, and to read."""
    path = f"outputs/tables/{name}"
    return f"{path}.csv", f"{path}.parquet", f"{path}.md"


def write_table(project: Project, name: str, content: pd.DataFrame) -> list[Path]:
    """The table as faithful CSV (UTF-8, LF), as Parquet and as a page to read, all to 4 decimals."""
    rounded = tables.check(name, content).round(DECIMALS)
    csv, parquet, page = table_files(name)
    return [
        _write(project, csv, rounded.to_csv(index=False, lineterminator="\n").encode()),
        _write(project, parquet, rounded.to_parquet(index=False)),
        _write(project, page, markdown(name, rounded).encode()),
    ]


def read_table(project: Project, name: str) -> pd.DataFrame:
    """A published table. Only an empty field is missing: authors may be called None or 007."""
    columns = tables.SCHEMAS[name].to_schema().columns
    texts = {column: "str" for column, it in columns.items() if _is_text(it)}
    path = project.root / table_files(name)[0]
    return pd.read_csv(path, dtype=texts, keep_default_na=False, na_values=[""])


def text_table(content: bytes) -> pd.DataFrame:
    """A table of whatever form, from its CSV: every cell as it is written, and missing ones empty.

    Raises ValueError if this is no table.
    """
    return pd.read_csv(io.BytesIO(content), dtype="str", na_filter=False, index_col=False).fillna("")


def read_last(project: Project, names: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Tables as the last run published them; all empty if one is missing or (with a warning) another."""
    found = {name: _read_last(project, name) for name in names}
    known = {name: it for name, it in found.items() if it is not None}
    return known if len(known) == len(found) else {name: tables.make(name, []) for name in names}


def _read_last(project: Project, name: str) -> pd.DataFrame | None:
    try:
        return _as_published(name, read_table(project, name))
    except FileNotFoundError:
        return None
    except (TableError, ValueError, TypeError, KeyError):
        told = "%s is not as this version writes it: the last run is not remembered (git can restore it)"
        log.warning(told, table_files(name)[0])
        return None


def _as_published(name: str, found: pd.DataFrame) -> pd.DataFrame:
    columns = tables.SCHEMAS[name].to_schema().columns
    texts = {column: "" for column, it in columns.items() if not it.nullable and _is_text(it)}
    return tables.check(name, tables.take(name, found.fillna(texts)))


def _is_text(column: Column) -> bool:
    return str(column.dtype.type) == "str"


def markdown(name: str, content: pd.DataFrame) -> str:
    """Heading, what a row and every column is, then the rows."""
    schema = tables.SCHEMAS[name].to_schema()
    shown = _shown(content).map(_cell)
    lines = [f"# {name}", "", inspect.cleandoc(str(tables.SCHEMAS[name].__doc__)), ""]
    lines += [f"- `{column}`: {it.description}" for column, it in schema.columns.items()]
    if len(content) > len(shown):
        first = f", those first by {', '.join(ranks)}" if (ranks := _ranks(content)) else ""
        lines += ["", f"{len(shown)} of {len(content)} rows{first}; `{name}.csv` has them all."]
    if "author" in schema.columns and content["author"].nunique() < 2:
        lines += ["", "**Only one group: no comparison possible.**"]
    return "\n".join([*lines, "", shown.to_markdown(index=False, disable_numparse=True), ""])


def _shown(content: pd.DataFrame) -> pd.DataFrame:
    """The rows of a page: where they are too many, of each kind those with most evidence or counts."""
    ranks = _ranks(content)
    if len(content) <= MAX_ROWS or not ranks:
        return content.head(MAX_ROWS)
    ranked = content.sort_values(ranks, ascending=[_RANKED[it] for it in ranks], kind="stable")
    if "kind" not in content.columns:
        return ranked.head(MAX_ROWS)
    most = MAX_ROWS // content["kind"].nunique()
    return ranked.sort_values("kind", kind="stable").groupby("kind", sort=False).head(most)


def _ranks(content: pd.DataFrame) -> list[str]:
    return [it for it in _RANKED if it in content.columns]


def _cell(value: object) -> str:
    if pd.isna(value):
        return ""
    text = f"{value:.{DECIMALS}f}" if isinstance(value, float) else str(value)
    return escaped(text.replace("\n", " "))


def write(project: Project, shown: str, content: str | Mapping[str, Any]) -> list[Path]:
    """A page as it is; nested numbers as JSON; or, where there is no ending, a folder of files by name."""
    if isinstance(content, str):
        return [_write(project, shown, content.encode())]
    if not Path(shown).suffix:
        return _write_folder(project, shown, content)
    return [_write(project, shown, _metrics(content).encode())]


def _write_folder(project: Project, shown: str, files: Mapping[str, str | bytes]) -> list[Path]:
    """Just these files, for what an earlier run has left would pass for a result of this one."""
    for path in (project.root / shown).glob("*"):
        if path.name not in files:
            path.unlink()
    contents = {name: it.encode() if isinstance(it, str) else it for name, it in files.items()}
    return [_write(project, f"{shown}/{name}", it) for name, it in contents.items()]


def _metrics(metrics: Mapping[str, object]) -> str:
    """Nested numbers in stable order, to 4 decimals."""
    return json.dumps(_rounded(metrics), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _rounded(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0 if math.isfinite(value) else None
    return value


def _write(project: Project, shown: str, content: bytes) -> Path:
    path = project.root / shown
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return path
