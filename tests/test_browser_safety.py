"""The report in a browser: nothing in a text does harm, and everybody can read the page."""

from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import FIGURE, Golden, in_view, listed, opened, report_of, written
from playwright.sync_api import Browser

from nlp.pipeline import BY_NAME

pytestmark = pytest.mark.browser

LONG = "a" * 5000
EVIL = (
    "</script><script>document.title = 'harmed'</script><!-- "
    "<img src=x onerror=\"document.title='harmed'\">"
    f" \u202eturned\u202c \u2067again \u2028 ]]> &lt;b&gt; {{{{ 1 }}}} {LONG} \U0001f600"
)


@pytest.fixture(scope="module", params=[50_000_000, 100_000], ids=["whole", "beside"])
def hostile(
    request: pytest.FixtureRequest, golden: Golden, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A page whose texts, titles, authors and names would do harm if they could."""
    made = golden[0]
    changed = {
        name: made[name].replace({"author": {"Ash": EVIL[:300]}, "other": {"Ash": EVIL[:300]}})
        for name in BY_NAME["report"].reads
        if {"author", "other"} & set(made[name].columns)
    }
    for name in ("sentences", "units"):
        changed[name] = _worse(changed.get(name, made[name]))
    documents = changed.get("documents", made["documents"])
    changed["documents"] = documents.assign(title=EVIL, authors=EVIL, raw=documents["raw"] + EVIL)
    return written(
        report_of(golden, max_bytes=request.param, **changed), tmp_path_factory.mktemp("hostile")
    )


def _worse(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(text=table["text"].where(table["sent_id"] % 5 > 0, table["text"] + EVIL))


@pytest.mark.parametrize("at", ["", "#?zone=body", "#?by=machine", "#?text=turned", "#ash-2001/0"])
def test_texts_do_no_harm(browser: Browser, hostile: Path, at: str) -> None:
    with opened(browser, hostile, at) as page:
        if at:
            page.wait_for_selector("#panel:not([hidden])")
        if at.startswith("#?"):
            assert any("<script>" in it and "<U+202E>turned" in it for it in listed(page))
        page.wait_for_timeout(200)
        assert page.title() != "harmed"
        assert page.locator("img").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert "\u202e" not in page.locator("body").inner_text()


def test_addresses_do_no_harm(browser: Browser, golden_page: Path) -> None:
    for at in (
        "#?author=<img src=x onerror=alert(1)>",
        "#?text=%22([",
        "#%E0%A4%A",
        "#?part=x&doc=__proto__",
        "#?nothing=1",
    ):
        with opened(browser, golden_page, at) as page:
            page.wait_for_timeout(100)
            assert page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("at", ["", "#?by=best", "#ash-2001/2", "#?marked=1"])
def test_the_page_is_accessible(browser: Browser, golden_page: Path, scheme: str, at: str) -> None:
    with opened(browser, golden_page, at, color_scheme=scheme) as page:
        page.wait_for_timeout(300)
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
        found = Axe().run(page).response["violations"]
        assert [(it["id"], it["nodes"][0]["html"][:200]) for it in found] == []


def test_the_page_is_accessible_on_a_narrow_screen(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#?by=best", viewport={"width": 390, "height": 844}) as page:
        listed(page)
        found = Axe().run(page).response["violations"]
        assert [(it["id"], it["nodes"][0]["html"][:200]) for it in found] == []


def test_without_script_figures_lead_to_sentences(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, java_script_enabled=False) as page:
        assert page.locator("noscript").inner_text().startswith("Without JavaScript")
        assert page.locator("#panel, .tools, .table-tools, .sort").count() == 0
        page.locator(FIGURE).first.click()
        heading = page.url.partition("#")[2]
        assert heading.startswith("codes-")
        page.locator(f"[id='{heading}'] ~ p a").first.click()
        assert in_view(page, page.url.partition("#")[2])


def test_without_script_texts_in_other_files_can_be_read(browser: Browser, golden_beside: Path) -> None:
    with opened(browser, golden_beside, java_script_enabled=False) as page:
        page.locator("#texts li a").first.click()
        page.wait_for_selector("article")
        assert "texts-1.html" in page.url
        assert page.locator("article span[id]").count() > 3


def test_a_missing_file_is_told(browser: Browser, golden_beside: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(golden_beside.read_text(encoding="utf-8"), "utf-8")
    told = ""
    with (
        pytest.raises(AssertionError, match="ERR_FILE_NOT_FOUND"),  # the browser tells it, too
        opened(browser, tmp_path / "index.html", "#?author=Ash") as page,
    ):
        page.wait_for_selector("#panel [role=alert]")
        told = page.locator("#panel [role=alert]").inner_text()
    assert told == "evidence-1.js is missing: it belongs into the folder of this page."


def test_a_file_of_another_run_is_told(browser: Browser, golden_beside: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(golden_beside.read_text(encoding="utf-8"), "utf-8")
    data = (golden_beside.parent / "evidence-1.js").read_text(encoding="utf-8")
    start, stamp, rest = data.partition('"')[0], *data.split('"', 2)[1:]
    assert start == "crossframe.take("
    (tmp_path / "evidence-1.js").write_text(f'{start}"{stamp[::-1]}"{rest}', "utf-8")
    with opened(browser, tmp_path / "index.html", "#?author=Ash") as page:
        page.wait_for_selector("#panel [role=alert]")
        assert "it is of another run" in page.locator("#panel [role=alert]").inner_text()
        assert "in the texts looked through" in page.locator("#panel [role=status]").first.inner_text()


@pytest.mark.parametrize("asked", ["?by=constructor&frame=attraction", "?outcome=toString"])
def test_names_that_objects_have_ask_for_nothing_else(
    browser: Browser, golden_page: Path, asked: str
) -> None:
    with opened(browser, golden_page, f"#{asked}") as page:
        listed(page)
        heading = page.locator("#panel h2").inner_text()
        assert "native code" not in heading
        best = page.evaluate("crossframe.count('?frame=attraction', 'units')")
        assert best > 0
        assert page.evaluate("it => crossframe.count(it, 'units')", asked) == (best if "by" in asked else 0)
