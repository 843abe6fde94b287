"""What people have put into a project: its files with their hashes, and the versions they asked for."""

import re
from collections import defaultdict
from collections.abc import Iterator

from nlp.store import configs
from nlp.store.parts import file_hash
from nlp.store.project import Project

LOCK = "requirements.lock"
_FILES = (
    configs.PARAMS,
    *(shown for shown, _ in configs.CONFIGS.values()),
    configs.MANIFEST,
    LOCK,
)
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]*?))?\s*\\?$", re.MULTILINE)


def hashes(project: Project) -> Iterator[tuple[str, str]]:
    """Configuration, manifest, locked versions and all of corpus/codings, by name, each with its sha256."""
    coded = (path for path in (project.corpus / "codings").rglob("*") if not path.name.startswith("."))
    for path in [*(project.root / shown for shown in _FILES), *sorted(coded)]:
        if path.is_file():
            yield project.shown(path), file_hash(path)


def locked(project: Project) -> dict[str, list[tuple[str, str]]]:
    """By the normal form of a package's name: its versions in requirements.lock, and for whom each is.

    More than one where it hangs on the version of Python or on the system; none without the file.
    """
    path = project.root / LOCK
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if path.is_file():
        for name, version, where in _PINNED.findall(path.read_text(encoding="utf-8")):
            found[normal(name)].append((version, where))
    return dict(found)


def normal(name: str) -> str:
    """A package's name in its normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
