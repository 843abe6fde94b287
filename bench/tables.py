"""Comparison tables: how long they and the exhibits take, and what longer texts of the same words cost."""

import multiprocessing
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
from timing import REPEATS, report, seconds, table

from nlp import counts, runner
from nlp.compare.contrasts import contrasts
from nlp.compare.distances import distances
from nlp.params import CompareParams
from nlp.pipeline import BY_NAME
from nlp.store import configs
from nlp.store.project import Project

LENGTHS = (1, 4, 16)  # each text so many times after itself
STEP = 1_000_000  # more than any place in a text


def measure(project: Project) -> None:
    for name in ("compare", "exhibits"):
        report(f"stage {name}", [seconds(lambda: _again(project, name)) for _ in range(REPEATS)])  # noqa: B023
    for length in LENGTHS:
        _longer(project, length)


def _again(project: Project, name: str) -> None:
    shutil.rmtree(project.work / ".parts" / name)
    runner.run_stage(project, BY_NAME[name])


def _longer(project: Project, length: int) -> None:
    """Counts of longer texts, and memory of the words' contrasts and distances made from them."""
    inputs = {name: _repeated(table(project, name), length) for name in ("sentences", "tokens", "entities")}
    params = configs.read_params(project)
    found = counts.run(params.counts, **inputs)
    words = found.counts[found.counts["kind"] == "word"]
    author = table(project, "texts").set_index("doc_id")["author"]
    others = ("passages", "topic_weights", "topic_shares")
    nothing = [
        *(table(project, name)[:0] for name in others),
        table(project, "prevalence")[:0].assign(size=1.0),
    ]
    said = f"{len(inputs['tokens'])} tokens, {words['feature'].nunique()} words, {len(words)} counts"
    grown = _memory(author, found.measures, words, nothing, params.compare)
    print(f"{f'memory, texts x {length}':<28} {grown:8.0f} MB  ({said})", flush=True)


def _repeated(rows: pd.DataFrame, times: int) -> pd.DataFrame:
    """The table of texts that go on with themselves."""
    places = [it for it in ("sent_id", "paragraph", "start", "end", "head") if it in rows]
    copies = [rows.assign(**{it: rows[it] + n * STEP for it in places}) for n in range(times)]
    return pd.concat(copies, ignore_index=True)


def _memory(*given: Any) -> float:
    """By how many MB a new process grows that compares, the tables that it is given included."""
    context = multiprocessing.get_context("spawn")  # a fork would begin with this one's memory
    with context.Pool(1) as pool:
        before: float = pool.apply(_peak)
        pool.apply(_compare, given)
        return pool.apply(_peak) - before


def _peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")  # getrusage also knows the parent's
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _compare(
    author: pd.Series,
    measures: pd.DataFrame,
    words: pd.DataFrame,
    nothing: list[pd.DataFrame],
    params: CompareParams,
) -> None:
    contrasts(author, measures, words, pd.Series(dtype="str"), params)
    passages, weights, topics, frames = nothing
    distances(author, measures, words, passages, weights, topics, frames, params)
