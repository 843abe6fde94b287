"""The report: how long it takes to make and to open, for the corpus as it is and for 1,000 documents.

Opened as people do, from disk, by a browser without a cache of it. Needs Chromium.
"""

import multiprocessing
import os
import shutil
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd
from copies import Copies, copies_of, multiplied
from timing import REPEATS, table

from nlp import provenance, report
from nlp.codebook import Codebook
from nlp.params import ReportParams
from nlp.pipeline import BY_NAME, WRITER
from nlp.registry import Registry
from nlp.store import configs
from nlp.store.project import Project

DOCUMENTS = 1000
GROUPS = (20, 200)
WORDS = "the policy"  # two words that are in many sentences
MINUTES = 5  # to wait for an answer of the page
PAGE = "index.html"
NAMES = ("chromium", "chromium-browser", "google-chrome")  # as in the tests; $CHROMIUM goes before
_CELL = "#frames td a.opens, #codes a.opens"
_LIST = ".panel-body li"
_TIMES = """() => {
  const [opened] = performance.getEntriesByType("navigation");
  const [painted] = performance.getEntriesByName("first-contentful-paint");
  return [painted ? painted.startTime : NaN, opened.domContentLoadedEventEnd];
}"""


class Corpus(NamedTuple):
    """What the stage is given."""

    name: str
    copies: Copies | None  # None: the corpus as it is


class Made(NamedTuple):
    """What making the report took, in seconds and MB, and its files in bytes."""

    seconds: float
    memory: float
    sizes: Mapping[str, int]


class Opened(NamedTuple):
    """Seconds from the start of loading, or from a click, to what is to be seen; NaN if it never was."""

    first: float
    loaded: float
    listed: float
    found: float


def measure(project: Project) -> None:
    """All three corpora one below the other; ratios are to the corpus as it is."""
    members = table(project, "members")
    made = [copies_of(members, DOCUMENTS, number) for number in GROUPS]
    corpora = [Corpus("report as it is", None)]
    corpora += [
        Corpus(f"report, {DOCUMENTS} in {number} groups", it)
        for number, it in zip(GROUPS, made, strict=True)
    ]
    first: tuple[Made, Opened] | None = None
    for corpus in corpora:
        with TemporaryDirectory() as folder:
            found = _made(project, corpus.copies, Path(folder)), _opened(Path(folder) / PAGE)
        first = first or found
        _tell(corpus.name, found, first)


def _tell(name: str, found: tuple[Made, Opened], first: tuple[Made, Opened]) -> None:
    made, opened = found
    sizes = {"page": made.sizes[PAGE], "all files": sum(made.sizes.values())}
    beside = max((size for it, size in made.sizes.items() if it != PAGE), default=0)
    rows = [
        ("made", made.seconds, first[0].seconds, "s"),
        ("memory", made.memory, first[0].memory, "MB"),
        ("page", sizes["page"] / 1e6, first[0].sizes[PAGE] / 1e6, "MB"),
        ("all files", sizes["all files"] / 1e6, sum(first[0].sizes.values()) / 1e6, "MB"),
        ("first view", opened.first, first[1].first, "s"),
        ("page loaded", opened.loaded, first[1].loaded, "s"),
        ("from a cell to its list", opened.listed, first[1].listed, "s"),
        ("full-text search", opened.found, first[1].found, "s"),
    ]
    print(f"{name}: {len(made.sizes)} files, the largest beside the page {beside / 1e6:.1f} MB")
    for what, value, before, unit in rows:
        print(f"  {what:<26} {value:8.2f} {unit:<2}  x {value / before:.1f}", flush=True)


# ---- making -----------------------------------------------------------------------------------------


def _made(project: Project, copies: Copies | None, folder: Path) -> Made:
    """The stage in a process of its own, which tells its memory; the files are written into the folder."""
    context = multiprocessing.get_context("spawn")  # a fork would begin with this one's memory
    with context.Pool(1) as pool:
        return pool.apply(_make, (project, copies, folder))


def _make(project: Project, copies: Copies | None, folder: Path) -> Made:
    given = _given(project)
    given = multiplied(given, copies) if copies else given
    params: ReportParams = configs.read_params(project).report
    codebook, registry = (configs.read_config(project, name) for name in ("codebook", "registry"))
    assert isinstance(codebook, Codebook)
    assert isinstance(registry, Registry)
    started, before = time.perf_counter(), _memory("VmRSS")
    files = report.run(params, **given, codebook=codebook, registry=registry).report
    seconds, grown = time.perf_counter() - started, _memory("VmHWM") - before
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return Made(seconds, grown, {path.name: path.stat().st_size for path in folder.iterdir()})


def _given(project: Project) -> dict[str, pd.DataFrame]:
    stage = BY_NAME["report"]
    written = {name: table(project, name) for name in stage.reads if name in WRITER}
    return written | {"provenance": provenance.read(project, configs.read_manifest(project))}


def _memory(what: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(f"{what}:")[1].split()[0]) / 1024


# ---- opening ----------------------------------------------------------------------------------------


def _opened(page: Path) -> Opened:
    """Medians of several openings, each by a browser that was started for it."""
    found = [_once(page) for _ in range(REPEATS)]
    return Opened(*(statistics.median(times) for times in zip(*found, strict=True)))


def _once(path: Path) -> Opened:
    with _browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(MINUTES * 60_000)
        page.goto(path.as_uri(), wait_until="load")
        first, loaded = (it / 1000 for it in page.evaluate(_TIMES))
        cell = page.locator(_CELL).locator("visible=true").first
        listed = _until_listed(page, cell.click)
        page.goto(f"{path.as_uri()}#")
        found = _until_listed(page, lambda: _search(page))
    return Opened(first, loaded, listed, found)


def _search(page: Any) -> None:
    page.evaluate("words => { location.hash = '?' + new URLSearchParams({text: words}) }", WORDS)


def _until_listed(page: Any, act: Any) -> float:
    """Seconds until the list is there; NaN where the page has no script that makes one."""
    if not page.locator("script:not([type])").count():
        return float("nan")
    started = time.perf_counter()
    act()
    page.wait_for_selector(_LIST)
    return time.perf_counter() - started


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
