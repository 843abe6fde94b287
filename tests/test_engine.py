"""engine: however work is spread, outcomes are the same, in the order of the items; limits hold."""

import math
import multiprocessing
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import workloads
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from nlp import errors
from nlp.engine import LimitError, guarded, spread
from nlp.errors import ConfigError, CorpusError, CrossframeError
from nlp.store.project import open_project

ERRORS = [it for it in vars(errors).values() if isinstance(it, type) and issubclass(it, CrossframeError)]


@given(st.lists(st.integers()), st.integers(0, 1))
def test_one_worker_works_in_order(items: list[int], workers: int) -> None:
    assert list(spread(str, items, workers=workers)) == [str(item) for item in items]


@pytest.mark.parametrize(
    "items", [[], [3], [5, 3, 0, 4]], ids=["no item", "one item", "more items than workers"]
)
def test_processes_give_what_one_worker_gives(items: list[int]) -> None:
    assert list(spread(math.factorial, items, workers=2)) == list(spread(math.factorial, items, workers=1))


def test_work_is_done_when_its_outcome_is_asked_for() -> None:
    done: list[int] = []
    outcomes = spread(done.append, [1, 2], workers=1)
    next(outcomes)
    assert done == [1]


@pytest.mark.parametrize("error", ERRORS)
def test_errors_travel_between_processes(error: type[CrossframeError]) -> None:
    sent = error("no text", where="corpus/a.txt", hint="add some")
    received = pickle.loads(pickle.dumps(sent))
    assert (type(received), str(received)) == (error, "corpus/a.txt: no text\n  -> add some")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_a_worker_keeps_its_words(workers: int, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no configs/params\.yaml here\n  -> change to"):
        list(spread(open_project, [tmp_path, tmp_path], workers=workers))


linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold the memory limit")
LIMITS: dict[str, Any] = {"memory_mb": 1024, "seconds": 30}


def test_guarded_work_gives_what_it_gives_unguarded() -> None:
    assert guarded(math.gcd, 12, 18, **LIMITS) == 6


def test_guarded_work_loads_no_heavy_library() -> None:
    loaded = guarded(workloads.loaded_modules, **LIMITS)
    assert "nlp.engine" in loaded
    assert not loaded & {"numpy", "pandas", "pandera", "spacy", "pydantic", "lxml"}


def test_guarded_work_is_not_heard(capfd: pytest.CaptureFixture[str]) -> None:
    assert guarded(workloads.chatter, "done", **LIMITS) == "done"
    assert capfd.readouterr() == ("", "")


def test_an_error_of_guarded_work_is_raised_as_it_is() -> None:
    with pytest.raises(CorpusError, match="no text") as caught:
        guarded(workloads.refuse, **LIMITS)
    assert (caught.value.where, caught.value.hint) == ("corpus/a.pdf", "run OCR")


@pytest.mark.parametrize(
    ("work", "arguments", "said"),
    [
        (workloads.sleep, [60], "took longer than 1 seconds"),
        (workloads.spin, [], "took longer than 1 seconds"),
        pytest.param(workloads.allocate, [2000], "took more than 1024 MB of memory", marks=linux),
        (workloads.die, [signal.SIGKILL], "was killed, as happens when memory runs out"),
        (workloads.die, [signal.SIGSEGV], r"crashed \(exit code -11\)"),
        (workloads.leave, [3], r"crashed \(exit code 3\)"),
        (workloads.unpicklable, [], r"crashed \(exit code 1\)"),
        (workloads.fail, [], r"failed \(ValueError: unforeseen\)"),
    ],
)
def test_what_stops_guarded_work_is_told(work: Any, arguments: list[int], said: str) -> None:
    seconds = 1 if "longer" in said else 30
    started = time.monotonic()
    with pytest.raises(LimitError, match=said):
        guarded(work, *arguments, memory_mb=1024, seconds=seconds)
    assert time.monotonic() - started < 20


def test_guarded_work_leaves_no_process_behind() -> None:
    with pytest.raises(LimitError):
        guarded(workloads.sleep, 60, memory_mb=1024, seconds=0.5)
    assert not multiprocessing.active_children()


def test_large_arguments_and_outcomes_pass() -> None:
    assert guarded(bytes.upper, b"a" * 5_000_000, **LIMITS) == b"A" * 5_000_000


def test_workers_may_guard_their_work() -> None:
    assert list(spread(workloads.guarded_in_a_worker, ["a", "b"], workers=2)) == ["A", "B"]
    assert set(spread(workloads.killed_in_a_worker, [1, 2], workers=2)) == {
        "was killed, as happens when memory runs out"
    }


@pytest.mark.parametrize("start", [["-c"], ["script"]])
def test_programs_may_guard_their_work(start: list[str], tmp_path: Path) -> None:
    code = "import math\nfrom nlp.engine import guarded\n"
    code += "if __name__ == '__main__': print(guarded(math.gcd, 12, 18, memory_mb=1024, seconds=30))"
    script = tmp_path / "program"  # as the command `crossframe`, without an ending
    script.write_text(code, encoding="utf-8")
    command = [sys.executable, *(["-c", code] if start == ["-c"] else [str(script)])]
    done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("6\n", "")
