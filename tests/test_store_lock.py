"""store.lock: one writer at a time, whoever it is and however it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nlp.errors import BusyError
from nlp.store.lock import writing
from nlp.store.project import Project

HOLDER = """
import sys
from pathlib import Path
from nlp.store.lock import writing
from nlp.store.project import Project

with writing(Project(Path(sys.argv[1])), "run"):
    sys.stdout.write("held\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_a_second_writer_is_told_who_is_at_work(project: Project) -> None:
    with writing(project, "run"), pytest.raises(BusyError) as caught, writing(project, "run"):
        pass
    assert caught.value.problem == f"another run is in progress (PID {os.getpid()})"
    assert caught.value.where == "outputs"
    assert caught.value.hint.startswith("wait for it to end, or stop it")


def test_the_lock_is_free_after_its_block(project: Project) -> None:
    for _ in range(2):
        with writing(project, "run"):
            assert project.work.is_dir()


def test_the_lock_is_free_after_an_error(project: Project) -> None:
    with pytest.raises(ValueError, match="no such frame"), writing(project, "run"):
        raise ValueError("no such frame")
    with writing(project, "run"):
        assert project.work.is_dir()


def test_locks_of_other_names_and_projects_are_free(project: Project) -> None:
    with writing(project, "run"), writing(project, "stage"), writing(Project(project.root / "b"), "run"):
        assert project.work.is_dir()


def test_a_killed_process_frees_its_lock(project: Project) -> None:
    command = [sys.executable, "-c", HOLDER, str(project.root)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=rf"PID {holder.pid}\)"), writing(project, "run"):
            pass
        holder.kill()
    with writing(project, "run"):
        assert holder.returncode != 0
