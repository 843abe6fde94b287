"""Tables between stages: folders of Parquet parts, and the record that says whether a part is current."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from nlp import tables
from nlp.errors import TableError
from nlp.store.project import Project

DECIMALS = 6  # below this, two machines may differ


def folder(project: Project, stage: str, table: str) -> Path:
    return project.work / stage / table


def part_file(project: Project, stage: str, table: str, part: str) -> Path:
    return folder(project, stage, table) / f"{part}.parquet"


def part_names(project: Project, stage: str, table: str) -> list[str]:
    return sorted(path.stem for path in folder(project, stage, table).glob("*.parquet"))


def read(project: Project, stage: str, table: str, parts: Iterable[str]) -> pd.DataFrame:
    """The named parts as one checked table."""
    files = [part_file(project, stage, table, part) for part in parts]
    found = [_read_file(project, path) for path in files]
    return tables.check(table, pd.concat(found, ignore_index=True) if found else tables.make(table, []))


def _read_file(project: Project, path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise TableError(
            f"cannot be read ({type(error).__name__})",
            where=project.shown(path),
            hint="delete outputs/work and run again",
        ) from None


def write(project: Project, stage: str, table: str, part: str, content: pd.DataFrame) -> Path:
    """Check the table and put the part in place in one step, so that no half-written part is ever seen."""
    path = part_file(project, stage, table, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = tables.check(table, content).round(DECIMALS)
    with replacing(path) as temporary:
        rounded.to_parquet(temporary, index=False)
    return path


class replacing:
    """`with replacing(path) as temporary:` - `path` is the old file until the block ends well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")

    def __enter__(self) -> Path:
        return self.temporary

    def __exit__(self, kind: object, error: object, _: object) -> None:
        if kind is None:
            self.temporary.replace(self.path)
            return
        self.temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and not error.filename:  # the system does not say what it wrote
            error.filename = str(self.path)


def file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def key(ingredients: object) -> str:
    """Hash of everything that a part depends on."""
    text = json.dumps(ingredients, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _record_file(project: Project, stage: str, part: str) -> Path:
    return project.work / ".parts" / stage / f"{part}.json"


def is_current(project: Project, stage: str, part: str, wanted: str) -> bool:
    """Whether the part was made from just this, and its files are as they were written."""
    return _recorded(project, stage, part, "key", wanted)


def made_with(project: Project, stage: str, table: str, means: str) -> Iterator[tuple[str, str]]:
    """Name and hash of the table's parts that were made with these means, from whatever inputs.

    What was made by other code or with other parameters is left out, and so is what has changed since.
    """
    for part in part_names(project, stage, table):
        if _recorded(project, stage, part, "means", means):
            yield part, file_hash(part_file(project, stage, table, part))


def _recorded(project: Project, stage: str, part: str, what: str, wanted: str) -> bool:
    try:
        record = json.loads(_record_file(project, stage, part).read_text(encoding="utf-8"))
        return record[what] == wanted and all(
            file_hash(project.root / shown) == written for shown, written in record["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def record(
    project: Project, stage: str, part: str, made_from: str, files: Iterable[Path], *, means: str
) -> None:
    """Remember a finished part; written last, so that an interrupted part counts as not done.

    `made_from` is the hash of all that the part depends on, `means` of all but its inputs.
    """
    content: Mapping[str, object] = {
        "key": made_from,
        "means": means,
        "files": {project.shown(path): file_hash(path) for path in files},
    }
    path = _record_file(project, stage, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(content, indent=1), encoding="utf-8")


def drop_others(project: Project, stage: str, table_names: Iterable[str], keep: set[str]) -> None:
    """Remove the parts of documents that are no longer in the corpus, and what killed runs left."""
    for table in table_names:
        for path in folder(project, stage, table).glob(".*.tmp"):
            path.unlink()
        for part in set(part_names(project, stage, table)) - keep:
            part_file(project, stage, table, part).unlink()
    for path in (project.work / ".parts" / stage).glob("*.json"):
        if path.stem not in keep:
            path.unlink()
