"""Source texts as people bring them."""

import hashlib
import logging
import zlib
from collections.abc import Iterator, Sequence

import pandas as pd

from nlp import tables
from nlp.errors import CorpusError, listed
from nlp.manifest import Document, Manifest
from nlp.store.project import Project

log = logging.getLogger("crossframe")


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


def hashes(manifest: Manifest, doc_ids: Sequence[str]) -> Iterator[str]:
    """What the content of table `sources` hangs on: manifest entries, with the hashes of their files."""
    wanted = set(doc_ids)
    yield from (it.model_dump_json() for it in manifest.documents if it.doc_id in wanted)
