"""Codes of a sample of the sentences, as people bring them: lines of JSON in corpus/codings."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from nlp import tables
from nlp.codebook import PRESENT, Codebook
from nlp.errors import CodingError, listed
from nlp.manifest import ALL, Manifest
from nlp.store.project import Project

FILES = {"codings": "corpus/codings/frames.jsonl", "coded_mentions": "corpus/codings/entities.jsonl"}
MACHINES = frozenset({"machine", "cues"})  # coders of the pipeline itself
TAKEN = MACHINES | {ALL}


class Unit(BaseModel):
    """What every line says of the stretch of raw text that it is about."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    unit: str = Field(min_length=1)
    doc_id: str
    block: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(le=2**31)


class Coding(Unit):
    """A line of frames.jsonl: one unit with the codes of all its coders, and how they came about."""

    codebook: str = Field("", pattern=r"^([0-9a-f]{12})?$")  # hash of the codebook; "" if unknown
    coded: str = ""
    probability: float | None = Field(None, gt=0, le=1, allow_inf_nan=False)
    codes: dict[str, dict[str, str]]

    @field_validator("codes", mode="before")
    @classmethod
    def _frames_alone(cls, value: object) -> object:
        """Where there are no stances, a coder may list the frames that are there."""
        if not isinstance(value, dict):
            return value
        return {coder: _with_stance(codes) for coder, codes in value.items()}

    @field_validator("coded")
    @classmethod
    def _iso_date(cls, value: str) -> str:
        if value and date.fromisoformat(value).isoformat() != value:
            raise ValueError("write the date as YYYY-MM-DD")
        return value


def _with_stance(codes: object) -> object:
    named = isinstance(codes, list) and all(isinstance(frame, str) for frame in codes)
    return dict.fromkeys(codes, PRESENT) if isinstance(codes, list) and named else codes


class CodedMention(BaseModel):
    """A named entity in the text of its unit."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    start: int = Field(ge=0)
    end: int
    label: str = Field(min_length=1)
    entity: str = Field(min_length=1)


class MentionCoding(Unit):
    """A line of entities.jsonl: one unit with all its mentions."""

    text: str = Field(min_length=1)
    mentions: list[CodedMention]


Line = TypeVar("Line", bound=Unit)


def read_codings(project: Project, manifest: Manifest, codebook: Codebook) -> pd.DataFrame:
    """All codes of frames, a row for every unit, coder and frame: table `codings`.

    No file means no codes. CodingError names the lines that cannot be used.
    """
    lines = _units(project, manifest, "codings", Coding, lambda it: _check_codes(it, codebook))
    rows = (row for line in lines for row in _coding_rows(line, codebook))
    return tables.check("codings", tables.make("codings", rows))


def read_coded_mentions(project: Project, manifest: Manifest) -> pd.DataFrame:
    """All coded mentions of named entities: table `coded_mentions`. As for `read_codings`."""
    lines = _units(project, manifest, "coded_mentions", MentionCoding, _check_mentions)
    rows = (row for line in lines for row in _mention_rows(line))
    return tables.check("coded_mentions", tables.make("coded_mentions", rows))


def coded_lines(project: Project, doc_ids: Collection[str]) -> dict[str, int]:
    """How many lines of corpus/codings are about each of these documents, if any are."""
    paths = [path for shown in FILES.values() if (path := project.root / shown).exists()]
    lines = [line for path in paths for line in _lines(project, path)]
    found = Counter(doc_id for line in lines if (doc_id := _coded_document(line)))
    return {doc_id: found[doc_id] for doc_id in doc_ids if found[doc_id]}


def hashes(project: Project, manifest: Manifest, table: str) -> Iterator[str]:
    """What the content of a table of codes hangs on: its file, and the documents that there are."""
    path = project.root / FILES[table]
    yield hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    yield from (document.doc_id for document in manifest.documents)


def _units(
    project: Project,
    manifest: Manifest,
    table: str,
    model: type[Line],
    check: Callable[[Line], None],
) -> list[Line]:
    """The lines of a file of codes, each read strictly; all that are wrong are told at once."""
    path = project.root / FILES[table]
    known = {document.doc_id for document in manifest.documents}
    units: dict[tuple[str, str], Line] = {}
    problems: list[str] = []
    for number, line in enumerate(_lines(project, path) if path.exists() else [], start=1):
        if not line.strip():
            continue
        try:
            coded = model.model_validate(json.loads(line))
            _check_unit(coded, known)
            check(coded)
            if (coded.doc_id, coded.unit) in units:
                raise ValueError(f"unit {coded.unit!r} stands in an earlier line too")
            units[coded.doc_id, coded.unit] = coded
        except ValidationError as error:
            found = error.errors()[0]
            place = ".".join(map(str, found["loc"])) or "the line"
            problems.append(f"line {number}: {place}: {found['msg']}")
        except (ValueError, RecursionError) as error:
            problems.append(f"line {number}: {error}")
    if problems:
        raise CodingError(listed(problems), where=project.shown(path), hint="correct or remove these lines")
    return list(units.values())


def _lines(project: Project, path: Path) -> list[str]:
    """Lines end with a line feed only: other separators may be part of a sentence."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (UnicodeDecodeError, OSError) as error:
        raise CodingError(
            f"cannot be read ({error})", where=project.shown(path), hint="put a UTF-8 text file there"
        ) from None


def _coded_document(line: str) -> str:
    """The document that a line is about; "" for a line that the next run will refuse anyway."""
    try:
        return str(json.loads(line)["doc_id"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _check_unit(coded: Unit, known: set[str]) -> None:
    if coded.doc_id not in known:
        raise ValueError(f"document {coded.doc_id!r} is not in corpus/corpus.yaml")
    if coded.end <= coded.start:
        raise ValueError(f"unit {coded.unit!r} ends at {coded.end}, before it starts")


def _check_codes(coding: Coding, codebook: Codebook) -> None:
    if taken := set(coding.codes) & TAKEN:
        raise ValueError(f"a coder cannot be called {min(taken)!r}: the tables use that name")
    for codes in coding.codes.values():
        if unknown := set(codes) - set(codebook.frame_names):
            raise ValueError(f"unknown frame {min(unknown)!r}: not in configs/codebook.yaml")
        if unknown := set(codes.values()) - set(codebook.stance_names):
            listed_only = " (only a codebook without stances does with a list of frames)"
            told = listed_only if PRESENT in unknown else ""
            raise ValueError(f"unknown stance {min(unknown)!r}: not in configs/codebook.yaml{told}")


def _check_mentions(coding: MentionCoding) -> None:
    starts = [mention.start for mention in coding.mentions]
    if len(set(starts)) < len(starts):
        raise ValueError(f"unit {coding.unit!r} has two mentions that start at the same place")
    for it in coding.mentions:
        if not it.start < it.end <= len(coding.text):
            raise ValueError(f"a mention from {it.start} to {it.end} does not fit into its text")


def _coding_rows(coding: Coding, codebook: Codebook) -> Iterator[tuple[object, ...]]:
    for coder, codes in coding.codes.items():
        for frame in codebook.frame_names:
            stance = codes.get(frame, "")
            yield (
                coding.unit,
                coding.doc_id,
                coding.block,
                coding.start,
                coding.end,
                coder,
                frame,
                stance,
                coding.codebook,
                coding.coded,
                coding.probability,
            )


def _mention_rows(coding: MentionCoding) -> Iterator[tuple[object, ...]]:
    unit = (coding.unit, coding.doc_id, coding.block, coding.start, coding.end, coding.text)
    yield from ((*unit, it.start, it.end, it.label, it.entity) for it in coding.mentions)
    if not coding.mentions:
        yield *unit, None, None, "", ""
