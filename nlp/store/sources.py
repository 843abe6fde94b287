"""What people bring: source texts, and codes of a sample of their sentences."""

import hashlib
import json
import logging
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nlp import tables
from nlp.codebook import Codebook
from nlp.errors import CodingError, CorpusError, listed
from nlp.manifest import Document, Manifest
from nlp.store.project import Project

log = logging.getLogger("crossframe")
MACHINES = frozenset({"machine", "cues"})  # coders of the pipeline itself


def read_sources(project: Project, manifest: Manifest, doc_ids: Sequence[str]) -> pd.DataFrame:
    """The named documents with the bytes of their files: table `sources`."""
    wanted = [document for document in manifest.documents if document.doc_id in set(doc_ids)]
    return tables.check("sources", tables.make("sources", (_source(project, it) for it in wanted)))


def _source(project: Project, document: Document) -> tuple[object, ...]:
    content = (project.corpus / document.file).read_bytes()
    return (
        document.doc_id,
        document.file,
        document.author,
        "; ".join(document.authors),
        document.year,
        document.title,
        document.venue or "",
        document.kind,
        document.language,
        document.rights,
        document.sha256,
        content,
    )


def check_sources(project: Project, manifest: Manifest) -> None:
    """Compare manifest and folder: CorpusError for missing or changed files, a warning for strays."""
    problems = [told for document in manifest.documents if (told := _problem(project, document))]
    if problems:
        raise CorpusError(
            listed(problems),
            where="corpus/corpus.yaml",
            hint="put the file there, or correct its entry (sha256sum FILE prints the hash)",
        )
    known = {document.file for document in manifest.documents}
    for path in sorted((project.corpus / "texts").rglob("*")):
        file = path.relative_to(project.corpus).as_posix()
        if path.is_file() and not path.name.startswith(".") and file not in known:
            log.warning("corpus/%s: not in corpus/corpus.yaml, so it is not read", file)


def _problem(project: Project, document: Document) -> str | None:
    path = project.corpus / document.file
    if not path.is_file():
        return f"{document.doc_id}: file corpus/{document.file} is missing"
    if not path.resolve().is_relative_to(project.corpus.resolve()):
        return f"{document.doc_id}: corpus/{document.file} leads out of the corpus folder"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != document.sha256:
        return f"{document.doc_id}: corpus/{document.file} has sha256 {found}, not the one listed"
    return None


def group_documents(project: Project, manifest: Manifest, part_characters: int) -> dict[str, list[str]]:
    """Which documents share a part, by the part's name (its first document).

    A document of at least `part_characters` bytes is a part of its own. Shorter ones share parts of
    about that size, whose borders hang on the documents' names, so that a new document changes at
    most the part it falls into.
    """
    groups: dict[str, list[str]] = {}
    open_group: list[str] = []
    for document in sorted(manifest.documents, key=lambda it: it.doc_id):
        size = (project.corpus / document.file).stat().st_size
        if size >= part_characters:
            groups[document.doc_id] = [document.doc_id]
            continue
        if not open_group:
            groups[document.doc_id] = open_group
        open_group.append(document.doc_id)
        if zlib.crc32(document.doc_id.encode()) % part_characters < size:
            open_group = []
    return groups


class Coding(BaseModel):
    """A line of corpus/codings/frames.jsonl: one unit with the codes of all its coders."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    unit: str = Field(min_length=1)
    doc_id: str
    block: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(le=2**31)
    codes: dict[str, dict[str, str]]


def read_codings(project: Project, manifest: Manifest, codebook: Codebook) -> pd.DataFrame:
    """All codes of corpus/codings/frames.jsonl, a row for every unit, coder and frame: table `codings`.

    No file means no codes. CodingError names the lines that cannot be used.
    """
    path = project.corpus / "codings" / "frames.jsonl"
    if not path.exists():
        return tables.make("codings", [])
    rows: list[tuple[object, ...]] = []
    problems: list[str] = []
    known = {document.doc_id for document in manifest.documents}
    units: set[tuple[str, str]] = set()
    for number, line in enumerate(_lines(project, path), start=1):
        if not line.strip():
            continue
        try:
            coding = Coding.model_validate(json.loads(line))
            _check_coding(coding, known, codebook)
            if (unit := (coding.doc_id, coding.unit)) in units:
                raise ValueError(f"unit {coding.unit!r} stands in an earlier line too")
            units.add(unit)
            rows.extend(_coding_rows(coding, codebook))
        except ValidationError as error:
            found = error.errors()[0]
            place = ".".join(map(str, found["loc"])) or "the line"
            problems.append(f"line {number}: {place}: {found['msg']}")
        except (ValueError, RecursionError) as error:
            problems.append(f"line {number}: {error}")
    if problems:
        raise CodingError(
            listed(problems),
            where=project.shown(path),
            hint="correct or remove these lines; frames and stances must be those of configs/codebook.yaml",
        )
    return tables.check("codings", tables.make("codings", rows))


def coded_lines(project: Project, doc_ids: Collection[str]) -> dict[str, int]:
    """How many lines of corpus/codings/frames.jsonl are about each of these documents, if any are."""
    path = project.corpus / "codings" / "frames.jsonl"
    lines = _lines(project, path) if path.exists() else []
    found = Counter(doc_id for line in lines if (doc_id := _coded_document(line)))
    return {doc_id: found[doc_id] for doc_id in doc_ids if found[doc_id]}


def _coded_document(line: str) -> str:
    """The document that a line is about; "" for a line that the next run will refuse anyway."""
    try:
        return str(json.loads(line)["doc_id"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _lines(project: Project, path: Path) -> list[str]:
    """Lines end with a line feed only: other separators may be part of a sentence."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (UnicodeDecodeError, OSError) as error:
        raise CodingError(
            f"cannot be read ({error})", where=project.shown(path), hint="put a UTF-8 text file there"
        ) from None


def _check_coding(coding: Coding, known: set[str], codebook: Codebook) -> None:
    if coding.doc_id not in known:
        raise ValueError(f"document {coding.doc_id!r} is not in corpus/corpus.yaml")
    if coding.end <= coding.start:
        raise ValueError(f"unit {coding.unit!r} ends at {coding.end}, before it starts")
    if taken := set(coding.codes) & MACHINES:
        raise ValueError(f"a coder cannot be called {min(taken)!r}: that is the machine's name")
    for codes in coding.codes.values():
        if unknown := set(codes) - set(codebook.frame_names):
            raise ValueError(f"unknown frame {min(unknown)!r}")
        if unknown := set(codes.values()) - set(codebook.stance_names):
            raise ValueError(f"unknown stance {min(unknown)!r}")


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
            )


def hashes(project: Project, manifest: Manifest, table: str, doc_ids: Sequence[str]) -> Iterator[str]:
    """What a source table's content hangs on: manifest entries (with sha256), or the file of codes."""
    if table == "sources":
        wanted = set(doc_ids)
        yield from (it.model_dump_json() for it in manifest.documents if it.doc_id in wanted)
        return
    path = project.corpus / "codings" / "frames.jsonl"
    yield hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    yield from (document.doc_id for document in manifest.documents)
