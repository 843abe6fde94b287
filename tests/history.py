"""A project in a git repository of its own, which may be in a folder above."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from nlp.store.project import Project

# Nothing of the settings of who runs the tests.
_OWN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
_AUTHOR = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *_AUTHOR, *arguments]
    environment = {**os.environ, **_OWN}
    return subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout


def write(project: Project, files: Mapping[str, str | bytes]) -> None:
    for shown, content in files.items():
        path = project.root / shown
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def commit(project: Project, files: Mapping[str, str | bytes]) -> str:
    """Write the files, commit all that is in the project, and return the commit's hash."""
    write(project, files)
    git(project.root, "add", "--all", "--force", ".")
    git(project.root, "commit", "--quiet", "--allow-empty", "--message=results")
    return git(project.root, "rev-parse", "HEAD").strip()


def begin(repository: Path, project: Project) -> None:
    project.root.mkdir(parents=True, exist_ok=True)
    git(repository, "init", "--quiet")
