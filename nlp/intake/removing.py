"""`crossframe remove`: entries go out of corpus.yaml, and the copies that `add` has made with them."""

import difflib
from collections.abc import Sequence
from contextlib import nullcontext
from typing import NamedTuple

from nlp.errors import CorpusError, listed
from nlp.manifest import Document
from nlp.store import codings, entries
from nlp.store.lock import alone
from nlp.store.parts import file_hash
from nlp.store.project import Project


class Removal(NamedTuple):
    """A text that goes out; `kept` says why its file stays, and is empty if it goes too."""

    document: Document
    kept: str


def remove(project: Project, doc_ids: Sequence[str], *, dry_run: bool = False) -> list[Removal]:
    """Undo `add`: take the entries out of corpus.yaml and delete the copies; with `dry_run`, only say so.

    A file that `add` has not put there, or that has changed since, is nobody's copy and stays. Raises
    CorpusError for unknown ids and for documents that have codes; nothing has changed then.
    """
    with nullcontext() if dry_run else alone(project):
        before = entries.read_text(project)
        known = {document.doc_id: document for document in entries.documents(before)}
        _check_known(doc_ids, list(known))
        _check_uncoded(project, doc_ids)
        removals = [_removal(project, known[doc_id]) for doc_id in dict.fromkeys(doc_ids)]
        after = entries.without_entries(before, doc_ids)
        if dry_run:
            return removals
        entries.write(project, before=before, after=after)
        return [_deleted(project, removal) for removal in removals]


def _check_known(doc_ids: Sequence[str], known: list[str]) -> None:
    problems = []
    for doc_id in doc_ids:
        if doc_id not in known:
            near = difflib.get_close_matches(doc_id, known, cutoff=0.5)
            problems.append(f"no document {doc_id!r}" + (f" (near: {', '.join(near)})" if near else ""))
    if problems:
        raise CorpusError(listed(problems), where=entries.SHOWN, hint="name documents by their doc_id")


def _check_uncoded(project: Project, doc_ids: Sequence[str]) -> None:
    if counts := codings.coded_lines(project, doc_ids):
        told = ", ".join(f"{count} about {doc_id}" for doc_id, count in sorted(counts.items()))
        raise CorpusError(
            f"has lines with codes of what is to be removed: {told}",
            where="corpus/codings",
            hint="take these lines out first: without the document they would stop the next run",
        )


def _removal(project: Project, document: Document) -> Removal:
    path = project.corpus / document.file
    if not document.reader:
        return Removal(document, "not put there by crossframe add")
    if path.is_file() and file_hash(path) != document.sha256:
        return Removal(document, "changed since it was added")
    return Removal(document, "")


def _deleted(project: Project, removal: Removal) -> Removal:
    """Delete the copy; where that cannot be done it is a file that nobody lists, which harms no run."""
    if removal.kept:
        return removal
    try:
        (project.corpus / removal.document.file).unlink(missing_ok=True)
    except OSError as error:
        return removal._replace(kept=f"could not be deleted: {error.strerror}")
    return removal
