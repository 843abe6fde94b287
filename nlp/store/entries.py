"""corpus.yaml as text: documents are put in and taken out, and every other byte stays as it was."""

import re
from collections.abc import Collection, Sequence

from nlp.errors import ConfigError
from nlp.manifest import Document, Manifest
from nlp.store import yaml_list
from nlp.store.configs import checked
from nlp.store.project import Project
from nlp.store.yaml_list import Sheet

SHOWN = "corpus/corpus.yaml"
EMPTY = "documents: []\n"
_NONE = re.compile(r"documents: *(\[ *\])? *(#.*)?")


def read_text(project: Project) -> str:
    """The manifest as it stands, with its own line ends; an empty one where there is none yet."""
    return yaml_list.read_text(project, SHOWN) if (project.root / SHOWN).exists() else EMPTY


def documents(text: str) -> list[Document]:
    """The entries of a manifest that, unlike that of a run, may have none yet."""
    told = [line for line in text.removeprefix("\ufeff").splitlines() if not re.match(r"\s*(#|$)", line)]
    if len(told) == 1 and _NONE.fullmatch(told[0]):
        return []
    return checked(text.removeprefix("\ufeff"), SHOWN, Manifest).documents


def with_entries(text: str, added: Sequence[Document]) -> str:
    """The manifest with further entries after its last one. ConfigError if that cannot be done as text."""
    known = documents(text)
    return _verified(_sheet(text).with_entries([_lines(it) for it in added]), [*known, *added])


def without_entries(text: str, doc_ids: Collection[str]) -> str:
    """The manifest without these entries, the comments directly above them and the blank lines before."""
    known = documents(text)
    gone = {number for number, document in enumerate(known) if document.doc_id in doc_ids}
    left = [document for number, document in enumerate(known) if number not in gone]
    return _verified(_sheet(text).without(gone), left)


def write(project: Project, *, before: str, after: str) -> None:
    """Put the new manifest in place in one step, if the old one is still as it was read."""
    if read_text(project) != before:
        raise yaml_list.changed(SHOWN)
    yaml_list.replace(project, SHOWN, after)


def _sheet(text: str) -> Sheet:
    return Sheet.of(text, "documents", apart=True)


def _verified(text: str, wanted: list[Document]) -> str:
    """The text, after reading it back as a run would; nothing is written that says something else."""
    try:
        found = documents(text)
    except ConfigError:
        found = None
    if found != wanted:
        raise yaml_list.not_editable(SHOWN, "'- doc_id: ...'")
    return text


def _lines(document: Document) -> list[str]:
    """Keys and values in the order of the model; optional ones only where they say something."""
    required = {name for name, field in Document.model_fields.items() if field.is_required()}
    said = document.model_dump().items()
    told = ((key, it) for key, it in said if key in required or it not in (None, []))
    return [f"{key}: {yaml_list.value(it)}" for key, it in told]
