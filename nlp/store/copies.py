"""A project's copy in a temporary folder, with all that a run needs and nothing that one has made."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from nlp.store.lock import alone
from nlp.store.project import Project

# tests/test_architecture.py holds dvc.yaml against this.
NEEDED = ("corpus", "configs", "nlp", "dvc.yaml", ".dvc/config", ".dvcignore", "requirements.lock")
_MADE = shutil.ignore_patterns("__pycache__", "*.pyc", ".*.tmp")


@contextmanager
def temporary(project: Project, given: Mapping[str, bytes]) -> Iterator[Project]:
    """What a run needs, as it is on disk, and the given files; removed when the block ends.

    Raises BusyError if a command that writes is at work here: what is copied must be whole.
    """
    with TemporaryDirectory(prefix="crossframe-", ignore_cleanup_errors=True) as folder:
        copy = Project(Path(folder).resolve())
        # Who writes makes outputs/work first; without it nobody does, and nothing is to be made here.
        with alone(project) if project.work.is_dir() else nullcontext():
            for shown in NEEDED:
                _copy(project.root / shown, copy.root / shown)
        for shown, content in given.items():
            _make_folder(copy.root / shown)
            (copy.root / shown).write_bytes(content)
        yield copy


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=_MADE, copy_function=shutil.copyfile)
    elif source.is_file():
        _make_folder(target)
        shutil.copyfile(source, target)


def _make_folder(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
