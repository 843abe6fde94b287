"""Draws as they were made: who could be drawn, with which probability, and who was."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nlp.errors import CodingError
from nlp.store.parts import replacing
from nlp.store.project import Project

FOLDER = "corpus/codings/draws"
NAME = r"draw-\d{3,}"
DECIMALS = 6  # of an uncertainty; probabilities are written in full, for they must add up


class Draw(BaseModel):
    """How a draw was made: `<name>.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    draw: str = Field(pattern=f"^{NAME}$")
    size: int = Field(ge=1)
    seed: int = Field(ge=0)
    by: Literal["equal", "uncertainty"]
    scores: str  # whose scores the uncertainty was taken from; empty if none
    floor: Annotated[float, Field(gt=0, le=1)]
    least_per_author: int
    authors: list[str]  # those drawn from
    again: str  # the coder whose units were drawn anew; empty for sentences without codes
    codebook: str  # hash


class Stretch(BaseModel):
    """A row of `<name>.csv`: a stretch of a document that could be drawn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc_id: str
    unit: str
    author: str
    start: int  # in the raw text
    end: int
    uncertainty: float
    probability: Annotated[float, Field(gt=0, le=1)]
    task: str  # id of the task that it became; empty if it was not drawn
    before: str  # from here on empty if it was not drawn
    text: str
    after: str


def names(project: Project) -> list[str]:
    """The recorded draws, oldest first."""
    found = (path.stem for path in (project.root / FOLDER).glob("draw-*.csv"))
    return sorted((it for it in found if re.fullmatch(NAME, it)), key=lambda name: (len(name), name))


def read_draw(project: Project, name: str) -> Draw:
    path = _path(project, name, "json")
    try:
        return Draw.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _broken(project, path, error) from None


def read_stretches(project: Project, name: str) -> Iterator[Stretch]:
    """All stretches of a draw, in its order."""
    path = _path(project, name, "csv")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from (Stretch.model_validate(row) for row in csv.DictReader(file))
    except (OSError, ValueError, csv.Error) as error:
        raise _broken(project, path, error) from None


def write(project: Project, draw: Draw, stretches: Sequence[Stretch]) -> Path:
    """Record a draw. It counts as made when the last of its two files is in place."""
    columns = list(Stretch.model_fields)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([getattr(it, column) for column in columns] for it in stretches)
    said = json.dumps(draw.model_dump(), indent=1, ensure_ascii=False) + "\n"
    _put(_path(project, draw.draw, "json"), said)
    return _put(_path(project, draw.draw, "csv"), out.getvalue())


def _put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="")
    return path


def _path(project: Project, name: str, ending: str) -> Path:
    return project.root / FOLDER / f"{name}.{ending}"


def _broken(project: Project, path: Path, error: Exception) -> CodingError:
    told = str(error).splitlines()[0]
    if isinstance(error, ValidationError):
        found = error.errors()[0]
        told = f"{'.'.join(map(str, found['loc']))}: {found['msg']}"
    return CodingError(
        f"cannot be read ({told})",
        where=project.shown(path),
        hint="restore it with git; without it nobody knows with which probabilities was drawn",
    )
