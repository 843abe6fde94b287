"""Files as a git revision has them: the only place that calls git."""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.errors import CrossframeError
from nlp.store.project import Project

_COMMIT = re.compile(r"[0-9a-f]{40,64}")


class Revision(NamedTuple):
    """A commit: as it was asked for, and by its hash."""

    name: str
    commit: str

    def __str__(self) -> str:
        return f"{self.name} ({self.commit[:10]})"


class GitError(CrossframeError):
    """No git here, or a revision that it does not know."""


def find(project: Project, name: str) -> Revision:
    """The commit that a name stands for.

    Raises GitError where git or a repository is missing, or the name is that of no single commit: an
    option, a range, a path and `REV:path` are none.
    """
    _repository(project)
    asked = ["rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"]
    found = "" if name.startswith("-") or "\0" in name else _run(project, asked).stdout.decode().strip()
    if not _COMMIT.fullmatch(found):
        raise GitError(
            f"git knows no revision {name!r}",
            where=project.root,
            hint="name a commit, a branch or a tag: 'git log --oneline' lists commits",
        )
    return Revision(name, found)


def read(project: Project, revision: Revision, paths: Sequence[str]) -> dict[str, bytes]:
    """All files of a revision at or below the paths, which are those of the project, with their bytes.

    The project may be any folder of the repository. What is not there is left out; links and
    submodules are no files.
    """
    listed = _answer(project, ["ls-tree", "-r", "-z", revision.commit, "--", *paths])
    found = [entry.split(b"\t", 1) for entry in listed.split(b"\0") if entry]
    blobs = {os.fsdecode(path): about.split() for about, path in found}
    hashes = {path: about[2] for path, about in blobs.items() if about[0].startswith(b"100")}
    told = _answer(project, ["cat-file", "--batch"], given=b"".join(it + b"\n" for it in hashes.values()))
    return dict(zip(hashes, _contents(project, told), strict=True))


def changed(project: Project, paths: Sequence[str]) -> list[str]:
    """The files at or below the paths that are on disk otherwise than at HEAD, new and deleted ones too."""
    asked = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *paths]
    told = _answer(project, asked).split(b"\0")
    prefix = _answer(project, ["rev-parse", "--show-prefix"]).rstrip(b"\n")
    return sorted(os.fsdecode(entry[3:].removeprefix(prefix)) for entry in told if entry)


def _contents(project: Project, told: bytes) -> Iterator[bytes]:
    """What `git cat-file --batch` tells: `<hash> blob <size>`, the bytes, a line feed, and so on."""
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        about = told[at:end].split()
        if len(about) != 3:
            raise GitError(
                f"an object is missing: {told[at:end].decode(errors='replace')}",
                where=project.root,
                hint="fetch the whole repository (git fetch --unshallow), then try again",
            )
        size = int(about[2])
        yield told[end + 1 : end + 1 + size]
        at = end + size + 2


def _repository(project: Project) -> None:
    done = _run(project, ["rev-parse", "--git-dir"])
    if done.returncode:
        raise GitError(
            f"no git repository to look into: {_words(done)}",
            where=project.root,
            hint="this needs the project's history: use a clone, not a download of its files",
        )


def _answer(project: Project, arguments: Sequence[str], *, given: bytes = b"") -> bytes:
    done = _run(project, arguments, given=given)
    if done.returncode:
        raise GitError(
            f"git {arguments[0]} failed: {_words(done)}",
            where=project.root,
            hint="see whether 'git status' and 'git fsck' work here, then try again",
        )
    return done.stdout


def _run(
    project: Project, arguments: Sequence[str], *, given: bytes = b""
) -> "subprocess.CompletedProcess[bytes]":
    command = ["git", "--literal-pathspecs", "--no-replace-objects", *arguments]
    # Without optional locks `git status` writes nothing, not even what it has learnt of files' times.
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            command, cwd=project.root, env=environment, input=given, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise GitError(
            "git is not installed", where=project.root, hint="install git, then try again"
        ) from None


def _words(done: "subprocess.CompletedProcess[bytes]") -> str:
    return " ".join(done.stderr.decode(errors="replace").split()) or f"exit code {done.returncode}"
