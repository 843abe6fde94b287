"""The report in a browser: on small screens, in forced colours, on paper, and drawn twice alike."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Golden, listed, opened, report_of, written
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STYLE = (
    "([css, name, on]) => { const it = document.querySelector(css); return getComputedStyle(it, on)[name] }"
)


@pytest.mark.parametrize("width", [320, 390])
def test_a_page_of_long_names_does_not_scroll_sideways(
    browser: Browser, demonstration: Path, width: int
) -> None:
    with opened(browser, demonstration, viewport={"width": width, "height": 844}) as page:
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
        assert page.evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize(("width", "height"), [(640, 400), (320, 256), (390, 844)])
def test_bar_and_sheet_leave_the_text_half_of_an_enlarged_page(
    browser: Browser, demonstration: Path, width: int, height: int
) -> None:
    """1280 by 1024 at 200 and 400 per cent; on a phone, a third."""
    with opened(browser, demonstration, "#?by=sample", viewport={"width": width, "height": height}) as page:
        listed(page)
        page.locator("#panel a.sentence").first.press("Enter")
        page.wait_for_selector("main .here")
        top, bottom, sheet, bar = page.evaluate(
            "() => { const [here, panel, bar] = ['main .here', '#panel', '.bar']"
            ".map(it => document.querySelector(it).getBoundingClientRect());"
            " return [here.top, here.bottom, panel.top, bar.bottom] }"
        )
        above = max(0, bar)
        assert above <= top < min(bottom, top + 24) <= sheet
        assert sheet - above > (height / 2 if height < 480 else height / 4)
        assert page.evaluate("document.querySelector('#panel').scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_what_colours_say(browser: Browser, golden_page: Path, scheme: str) -> None:
    with opened(browser, golden_page, "#ash-2001/2", forced_colors="active", color_scheme=scheme) as page:
        page.wait_for_selector("main .here")
        keys, bars = page.locator("#frames p .key"), page.locator("#frames :is(.s0, .s1)")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shown = keys.evaluate_all("them => them.map(it => getComputedStyle(it).backgroundColor)")
        assert len(set(shown)) == len(shown) > 1
        filled = bars.evaluate_all("them => them.map(it => getComputedStyle(it).fill)")
        assert set(filled) == set(shown[:2])
        for css in ("main .here", "mark.by-presence", "mark.hit"):
            assert page.evaluate(STYLE, [css, "backgroundColor", None]) not in (paper, "rgba(0, 0, 0, 0)")
        assert page.evaluate(STYLE, ["mark.by-stance", "textDecorationLine", None]) == "underline"
        assert page.locator("#panel mark.name").count() > 0
        for css in ("#panel mark.name", "mark.by-presence", "mark.by-stance", "mark.hit", "main .here"):
            ink, ground = (page.evaluate(STYLE, [css, it, None]) for it in ("color", "backgroundColor"))
            assert ink != ground
        found = Axe().run(page).response["violations"]
        assert [(it["id"], it["nodes"][0]["html"][:200]) for it in found] == []


def test_paper_has_the_colours_of_legends(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        page.wait_for_selector("main .here")
        page.emulate_media(media="print")
        for css in ("#frames .key", "main .here"):
            assert page.evaluate(STYLE, [css, "printColorAdjust", None]) == "exact"


def test_nothing_moves_of_itself(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2", reduced_motion="no-preference") as page:
        page.wait_for_selector("main .here")
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate(STYLE, ["html", "scrollBehavior", None]) == "auto"


ARTICLE = """it => [...it.querySelectorAll("h3, p, span, i")].map(it => [
  it.localName, it.className.replace(" here", "").replace("here", ""), it.title, it.dir, it.id,
  it.textContent.replace(/\\s+/g, " ").trim(),
])"""


def test_a_text_is_drawn_as_it_is_written(browser: Browser, golden: Golden, tmp_path: Path) -> None:
    """In files beside the page a text is drawn by script: equal to that in the page, pages included."""
    sentences = golden[0]["sentences"]
    paged = sentences.assign(page=(sentences["sent_id"] // 2 + 1).astype("Int64"))
    for name in ("inline", "beside"):
        (tmp_path / name).mkdir()
    inline = written(report_of(golden, sentences=paged), tmp_path / "inline")
    beside = written(report_of(golden, max_bytes=100_000, sentences=paged), tmp_path / "beside")
    for doc_id in ("ash-2001", "birch-2003"):
        with opened(browser, inline, f"#{doc_id}/2") as page:
            page.wait_for_selector("main .here")
            expected = page.locator(f"[id='text-{doc_id}']").evaluate(ARTICLE)
        with opened(browser, beside, f"#{doc_id}/2") as page:
            page.wait_for_selector("main .here")
            assert page.locator("article.drawn").evaluate(ARTICLE) == expected
        assert any(it[1] == "page" and it[-1] == "p. 2" for it in expected)
        assert any(it[0] == "i" and it[2] for it in expected)
