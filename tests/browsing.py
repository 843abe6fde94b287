"""Pages opened in a real browser: what the tests of the report's script share."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import GOLDEN, ROOT, Tables
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from nlp import report
from nlp.pipeline import BY_NAME
from nlp.report import inline
from nlp.store import configs
from nlp.store.project import Project

NAMES = ("chromium", "chromium-browser", "google-chrome")
READY = "html[data-ready]"
FIGURE = "#frames a.opens[data-count]:not([data-count='0'])"
MISMATCHES = """async () => {
  const wrong = [];
  for (const it of document.querySelectorAll("a.opens[data-count]")) {
    const { find, of, count } = it.dataset;
    const found = await crossframe.count(find, of);
    if (found !== Number(count)) wrong.push([find, of, count, found]);
  }
  return wrong;
}"""
Golden = tuple[Tables, dict[str, Any]]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, as it is installed. Without it these tests fail: the page is not tested by reading it."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail(
            "Chromium is missing: install it ('apt-get install chromium' on Debian), or set $CHROMIUM"
        )
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def golden_page(golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the golden corpus, as one file."""
    return written(report_of(golden), tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="session")
def golden_beside(golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the golden corpus with its evidence in files beside the page."""
    return written(report_of(golden, max_bytes=100_000), tmp_path_factory.mktemp("beside"))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed report of the demonstration corpus, with the script and the style of today."""
    page = (ROOT / "outputs" / "report" / "index.html").read_text(encoding="utf-8")
    style = f"<style>{inline.style()}</style>"
    script = f"<script>{inline.script()}</script>\n</body>"
    policy = f'Content-Security-Policy" content="{escape(inline.policy(scripted=True, beside=False))}"'
    page = re.sub(r"<style>.*?</style>", lambda _: style, page, count=1, flags=re.DOTALL)
    page = re.sub(
        r"<script>const crossframe.*?</script>\s*</body>", lambda _: script, page, flags=re.DOTALL
    )
    page = re.sub(r'Content-Security-Policy" content="[^"]*"', lambda _: policy, page, count=1)
    return written({"index.html": page}, tmp_path_factory.mktemp("demonstration"))


def report_of(golden: Golden, *, max_bytes: int = 50_000_000, **changed: pd.DataFrame) -> Mapping[str, str]:
    """The files of the report made from the golden tables, some of them changed."""
    stage, project = BY_NAME["report"], Project(GOLDEN)
    params = configs.read_params(project).report.model_copy(update={"max_bytes": max_bytes})
    known: dict[str, Any] = {name: configs.read_config(project, name) for name in stage.configs}
    given = {name: golden[0][name] for name in stage.reads} | changed | known
    found: Mapping[str, str] = report.run(params, **given).report
    return found


def written(files: Mapping[str, str], folder: Path) -> Path:
    """The page among its files on disk."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "index.html"


@contextmanager
def opened(browser: Browser, path: Path, at: str = "", **options: Any) -> Iterator[Page]:
    """The page in a window of its own, closed after; nothing may fail in it or come from elsewhere."""
    context = browser.new_context(
        **{"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce"} | options
    )
    try:
        with watched(context, path) as page:
            page.goto(f"{path.as_uri()}{at}")
            if options.get("java_script_enabled", True):
                page.wait_for_selector(READY)
            yield page
    finally:
        context.close()


@contextmanager
def watched(context: BrowserContext, path: Path) -> Iterator[Page]:
    """A page of which every error and every request for anything but the report's files is told."""
    page = context.new_page()
    wrong: list[str] = []
    home = path.parent.as_uri()
    page.on("console", lambda it: wrong.append(it.text) if it.type in ("error", "warning") else None)
    page.on("pageerror", lambda it: wrong.append(str(it)))
    page.on("request", lambda it: None if it.url.startswith((home, "blob:")) else wrong.append(it.url))
    yield page
    assert wrong == []


def heading(page: Page) -> str:
    return page.locator("#panel-heading").inner_text()


def listed(page: Page) -> list[str]:
    """The sentences of the list in the panel, once all texts are looked through."""
    page.wait_for_selector("#panel .status:not(:empty)")
    page.wait_for_selector("#panel .progress:empty", state="attached")
    return page.locator("#panel a.sentence").all_inner_texts()


def in_view(page: Page, element_id: str) -> bool:
    """Whether an element is to be seen, whole, in the window."""
    return bool(
        page.evaluate(
            "id => { const box = document.getElementById(id).getBoundingClientRect();"
            " return box.top >= 0 && box.bottom <= innerHeight && box.height > 0 }",
            element_id,
        )
    )


def reloaded(page: Page) -> None:
    """The page anew; under load Chromium can give it what was stored before the last change."""
    page.wait_for_timeout(500)
    page.reload()


def focused(page: Page) -> str:
    """What has the focus, as it is read."""
    told = "it.ariaLabel || it.closest('label')?.firstChild.textContent || it.textContent || it.localName"
    return str(page.evaluate(f"(it => {told})(document.activeElement)"))


def hash_of(page: Page) -> str:
    return page.url.partition("#")[2]


# ---- marks ---------------------------------------------------------------------------------------------


def open_form(page: Page) -> None:
    page.wait_for_selector("#panel .marking")
    page.locator("#panel .marking > summary").click()


def mark(page: Page, *, note: str, name: str | None = None) -> dict[str, str]:
    """Codes the first frame otherwise than shown; what is then said of all frames."""
    open_form(page)
    first = page.locator("#panel .mark-form select").first
    values = first.locator("option").evaluate_all("them => them.map(it => it.value)")
    first.select_option(next(it for it in values if it != first.input_value()))
    page.locator("#panel textarea").fill(note)
    if name is not None:
        page.locator("#panel input[required]").fill(name)
    page.locator("#panel .mark-form button[type=submit]").click()
    page.wait_for_selector("#panel .saved:not(:empty)")
    chosen: dict[str, str] = page.locator("#panel .mark-form select").evaluate_all(
        "them => Object.fromEntries(them.map(it => [it.name, it.value]).filter(it => it[1]))"
    )
    return chosen


def exported(page: Page) -> str:
    page.locator("a.marks").click()
    listed(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def sampled(page: Page) -> str:
    """The address of a unit of the sample."""
    return str(
        page.evaluate("crossframe.find('?by=sample').then(it => `#${it[0].data.id}/${it[0].unit.n}`)")
    )
