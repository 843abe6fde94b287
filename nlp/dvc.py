"""`dvc repro` for people: progress in lines, errors that say what to do, and no need for git."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from nlp.errors import BusyError, CrossframeError
from nlp.store.project import Project

_BUSY = re.compile(r"(?:blocked by|busy).*?PID (\d+)|Unable to acquire lock", re.DOTALL)
_COMPLAINTS = ("error: ", "warning: ", "  -> ")
_SKIPPED = re.compile(r"Stage '(\w+)' didn't change, skipping")
_CHATTER = re.compile(
    r"\s*(?:Running stage '\w+':|> crossframe|Updating lock file|"
    r"Use `dvc push`|Data and pipelines are up to date|To track the changes|git add|Verifying data|"
    r"Generating lock file|To enable auto staging|dvc config core.autostage|$)"
)


def reproduce(
    project: Project,
    *,
    say: Callable[[str], None],
    complain: Callable[[str], None],
    skipped: Callable[[str], None],
) -> int:
    """Run what has changed, and pass on what stages `say` and `complain`; name those `skipped`.

    Returns the exit code: 0, or 2 if a stage has failed.

    Raises BusyError if DVC is at work here already, CrossframeError if it cannot run at all.
    """
    _allow_missing_git(project)
    with subprocess.Popen(
        # DVC's own store of earlier results would bring back outputs without the stages' records.
        [sys.executable, "-m", "dvc", "repro", "--no-run-cache"],
        cwd=project.root,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            if found := _SKIPPED.match(line):
                skipped(found[1])
            elif line.startswith("ERROR: "):
                told.append(line)
            elif not _CHATTER.match(line):
                tell = complain if line.startswith(_COMPLAINTS) else say
                tell(line.rstrip("\n"))
    if process.returncode:
        _explain(project, "".join(told))
    return 2 if process.returncode else 0


def _explain(project: Project, told: str) -> None:
    if found := _BUSY.search(told):
        raise BusyError(
            f"another run is in progress (PID {found[1] or 'unknown'})",
            where=project.shown(project.outputs),
            hint="wait for it to end, or stop it, then run again",
        )
    if not re.search(r"failed to reproduce", told):
        raise CrossframeError(
            f"DVC could not run: {told[-500:].strip() or 'see above'}",
            where="dvc.yaml",
            hint="restore dvc.yaml and .dvc with git, or run the stages one by one (crossframe corpus ...)",
        )


def _allow_missing_git(project: Project) -> None:
    """A download without .git is a project too: tell DVC so, in its local settings."""
    if any((folder / ".git").exists() for folder in (project.root, *project.root.parents)):
        return
    settings = project.root / ".dvc" / "config.local"
    if not settings.exists():
        settings.write_text("[core]\n    no_scm = true\n", encoding="utf-8")


def _environment() -> dict[str, str]:
    """Stages are started by name, so the folder of this interpreter comes first on the path."""
    own = str(Path(sys.executable).parent)
    path = os.pathsep.join([own, os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "DVC_NO_ANALYTICS": "1"}
