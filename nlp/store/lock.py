"""One writer at a time."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from nlp.errors import BusyError
from nlp.store.project import Project


@contextmanager
def writing(project: Project, name: str) -> Iterator[None]:
    """Hold the lock `name` of the outputs, or raise BusyError with the process that holds it.

    The operating system frees the lock when its holder dies, so a killed run never blocks the next.
    """
    from filelock import FileLock, Timeout

    project.work.mkdir(parents=True, exist_ok=True)
    owner = project.work / f".{name}.pid"
    try:
        with FileLock(project.work / f".{name}.lock", timeout=0):
            owner.write_text(str(os.getpid()), encoding="ascii")
            yield
    except Timeout:
        pid = owner.read_text(encoding="ascii").strip() if owner.exists() else "unknown"
        raise BusyError(
            f"another run is in progress (PID {pid})",
            where=project.shown(project.outputs),
            hint="wait for it to end, or stop it, then run again",
        ) from None


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Hold both locks, so that neither a run nor a single stage is at work; BusyError if one is."""
    with ExitStack() as locks:
        for name in ("run", "stage"):
            locks.enter_context(writing(project, name))
        yield
