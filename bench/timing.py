"""What all measurements share: a clock, and the tables of a run."""

import statistics
import time
from collections.abc import Callable, Sequence

import pandas as pd

from nlp.last_run import read_table
from nlp.store.project import Project

REPEATS = 5


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def report(name: str, times: Sequence[float]) -> None:
    print(f"{name:<28} {statistics.median(times):8.2f} s", flush=True)


def report_speed(name: str, sentences: int, times: Sequence[float]) -> None:
    print(f"{name:<28} {sentences / statistics.median(times):8.0f} sentences/s", flush=True)


def table(project: Project, name: str) -> pd.DataFrame:
    """All parts of a table that a run has written."""
    return read_table(project, name, where="bench")
