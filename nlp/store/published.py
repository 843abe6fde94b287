"""What a run publishes, as it lies in a folder or in a git revision: files by name, with their bytes."""

from collections.abc import Mapping
from typing import NamedTuple

from nlp.errors import CrossframeError
from nlp.store import revisions
from nlp.store.configs import CLAIMS
from nlp.store.project import Project

LOCK = "dvc.lock"
_TABLES = "outputs/tables/"


class Committed(NamedTuple):
    """Results to hold a run against, and where they are from."""

    files: Mapping[str, bytes]
    revision: revisions.Revision | None  # None: as they lie in the folder
    reason: str  # why they were taken from the folder


def on_disk(project: Project) -> dict[str, bytes]:
    """All published files and dvc.lock."""
    found = [*project.outputs.rglob("*"), project.root / LOCK]
    files = {project.shown(path): path for path in sorted(found) if path.is_file()}
    return {shown: path.read_bytes() for shown, path in files.items() if _is_published(shown)}


def at(project: Project, revision: revisions.Revision) -> dict[str, bytes]:
    """All published files and dvc.lock of a revision."""
    found = revisions.read(project, revision, ["outputs", LOCK])
    return {shown: content for shown, content in found.items() if _is_published(shown)}


def committed(project: Project) -> Committed:
    """The results at HEAD; where git has none, those in the folder.

    Raises CrossframeError if there are none at all.
    """
    try:
        revision = revisions.find(project, "HEAD")
        found = Committed(at(project, revision), revision, "")
        reason = "HEAD has no results"
    except revisions.GitError as error:
        found, reason = Committed({}, None, ""), error.problem
    if not _has_results(found.files):
        found = Committed(on_disk(project), None, reason)
    if not _has_results(found.files):
        raise _no_run(project)
    return found


def tables(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The tables among published files, as CSV, by name."""
    found = {shown.removeprefix(_TABLES): it for shown, it in files.items() if shown.startswith(_TABLES)}
    return {name[:-4]: it for name, it in found.items() if name.endswith(".csv") and "/" not in name}


def own_tables(project: Project) -> dict[str, bytes]:
    """The tables of this run, or CrossframeError if there has been none."""
    if found := tables(on_disk(project)):
        return found
    raise _no_run(project)


def tables_at(project: Project, revision: revisions.Revision) -> dict[str, bytes]:
    """The tables of a revision, or CrossframeError if it has none."""
    if found := tables(revisions.read(project, revision, [_TABLES])):
        return found
    raise CrossframeError(
        f"has no tables in {_TABLES}",
        where=f"revision {revision}",
        hint="name one in which results were committed: 'git log --oneline -- outputs/tables' lists them",
    )


def _is_published(shown: str) -> bool:
    hidden = shown.rpartition("/")[2].startswith(".")  # a .gitkeep, or what a killed writer left
    return not shown.startswith("outputs/work/") and shown != CLAIMS and not hidden


def _has_results(files: Mapping[str, bytes]) -> bool:
    return any(shown != LOCK for shown in files)


def _no_run(project: Project) -> CrossframeError:
    return CrossframeError(
        "no results yet", where=project.shown(project.outputs), hint="run 'crossframe run' first"
    )
