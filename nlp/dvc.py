"""`dvc repro` for people: progress in lines, errors that say what to do, and no need for git."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nlp.errors import BusyError, CrossframeError
from nlp.store.project import Project

_SECONDS_TO_STOP = 10
_BUSY = re.compile(r"(?:blocked by|busy|rwlock).*?PID (\d+)|Unable to acquire lock", re.DOTALL)
_COMPLAINTS = ("error: ", "warning: ", "  -> ")
_SKIPPED = re.compile(r"Stage '(\w+)' didn't change, skipping")
_CHATTER = re.compile(
    r"\s*(?:Running stage '\w+':|> crossframe|Updating lock file|"
    r"Use `dvc push`|Data and pipelines are up to date|To track the changes|git add|Verifying data|"
    r"Generating lock file|To enable auto staging|dvc config core.autostage|"
    r"WARNING: '.*' is empty|WARNING: Process .* had been killed|$)"
)


def reproduce(
    project: Project,
    *,
    say: Callable[[str], None],
    complain: Callable[[str], None],
    skipped: Callable[[str], None],
    own_code: bool = False,
) -> int:
    """Run what has changed, and pass on what stages `say` and `complain`; name those `skipped`.

    With `own_code` stages run the program as it lies in the project, whichever is installed. Returns the
    exit code: 0, or 2 if a stage has failed.

    Raises BusyError if DVC is at work here already, CrossframeError if it cannot run at all.
    """
    _allow_missing_git(project)
    _keep_empty_folders(project)
    explained = False
    told: list[str] = []  # what DVC says from its first error on
    with _start(project, own_code) as process, _ended(process):
        assert process.stdout is not None
        for line in process.stdout:
            if found := _SKIPPED.match(line):
                skipped(found[1])
            elif told or line.startswith("ERROR: "):
                told.append(line)
            elif line.startswith(_COMPLAINTS):
                explained = explained or line.startswith("error: ")
                complain(line.rstrip("\n"))
            elif not _CHATTER.match(line):
                say(line.rstrip("\n"))
    if process.returncode and not explained:
        raise _explanation(project, "".join(told).strip())
    return 2 if process.returncode else 0


@contextmanager
def _ended(process: "subprocess.Popen[str]") -> Iterator[None]:
    """After Ctrl-C, which reaches the stages, too, leave the block only when DVC has ended."""
    try:
        yield
    except KeyboardInterrupt:
        try:
            process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


def _start(project: Project, own_code: bool) -> "subprocess.Popen[str]":
    # DVC's own store of earlier results would bring back outputs without the stages' records.
    return subprocess.Popen(
        [sys.executable, "-m", "dvc", "repro", "--no-run-cache"],
        cwd=project.root,
        env=_environment(project.root if own_code else None),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def _explanation(project: Project, told: str) -> CrossframeError:
    if found := _BUSY.search(told):
        return BusyError(
            f"another run is in progress (PID {found[1] or 'unknown'})",
            where=project.shown(project.outputs),
            hint="wait for it to end, or stop it, then run again",
        )
    return CrossframeError(
        f"DVC could not finish: {told or 'see above'}",
        where="dvc.yaml",
        hint="if a stage was killed, there may be too little memory; if dvc.yaml, dvc.lock or .dvc are"
        " damaged, restore them with git; then run again",
    )


def _keep_empty_folders(project: Project) -> None:
    """A project without codes has an empty folder for them, which git does not keep but DVC asks for."""
    (project.corpus / "codings").mkdir(parents=True, exist_ok=True)


def _allow_missing_git(project: Project) -> None:
    """A download without .git is a project too: tell DVC so, in its local settings."""
    if (project.root / ".git").exists():
        return
    settings = project.root / ".dvc" / "config.local"
    if not settings.exists():
        settings.write_text("[core]\n    no_scm = true\n", encoding="utf-8")


def _environment(code: Path | None) -> dict[str, str]:
    """Stages are started by name, so the folder of this interpreter comes first on the path."""
    first = {"PATH": str(Path(sys.executable).parent), **({"PYTHONPATH": str(code)} if code else {})}
    paths = {name: os.pathsep.join(filter(None, [it, os.environ.get(name)])) for name, it in first.items()}
    return {**os.environ, **paths, "DVC_NO_ANALYTICS": "1"}
