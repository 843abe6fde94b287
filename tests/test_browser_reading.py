"""The report in a browser: from a figure to the sentences behind it, and on to their text."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from browsing import FIGURE, MISMATCHES, hash_of, heading, in_view, listed, opened, reloaded
from conftest import ROOT
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SECTIONS = [
    "overview",
    "frames",
    "entities",
    "topics",
    "words",
    "distances",
    "course",
    "validation",
    "robustness",
    "corpus",
    "provenance",
    "codes",
    "texts",
]
HOLD = """() => {
  const append = document.head.append.bind(document.head);
  window.held = [];
  document.head.append = it => it.src.endsWith("evidence-1.js") ? append(it) : held.push(() => append(it));
}"""


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_is_there_and_in_the_bar(browser: Browser, golden_page: Path, name: str) -> None:
    with opened(browser, golden_page) as page:
        assert page.locator(f"section#{name} h2").first.is_visible()
        page.locator(f".bar nav a[href='#{name}']").click()
        page.wait_for_selector(f".bar nav a[href='#{name}'][aria-current]")
        assert page.locator(".bar nav a[aria-current]").count() == 1


def test_every_figure_opens_as_many_as_it_says(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page) as page:
        assert page.locator("a.opens[data-count]").count() > 100
        assert page.evaluate(MISMATCHES) == []


def test_every_figure_opens_as_many_with_evidence_in_other_files(
    browser: Browser, golden_beside: Path
) -> None:
    with opened(browser, golden_beside) as page:
        assert page.evaluate(MISMATCHES) == []


def test_every_figure_of_the_demonstration_opens_as_many_as_it_says(browser: Browser) -> None:
    committed = ROOT / "outputs" / "report" / "index.html"
    with opened(browser, committed) as page:
        assert page.evaluate(MISMATCHES) == []
    assert committed.stat().st_size < 5_000_000


def test_two_clicks_lead_from_a_figure_to_the_sentence_in_its_text(
    browser: Browser, golden_page: Path
) -> None:
    with opened(browser, golden_page) as page:
        figure = page.locator(FIGURE).first
        count = int(figure.get_attribute("data-count") or 0)
        figure.click()
        assert len(listed(page)) == count
        page.locator("#panel a.sentence").first.click()
        page.wait_for_selector("main .here")
        place = hash_of(page)
        assert re.fullmatch(r"[a-z0-9-]+/\d+", place)
        assert in_view(page, place)
        assert page.locator("#panel blockquote strong").inner_text() == page.evaluate(
            "id => document.getElementById(id).innerText", place
        )
        assert page.locator("#panel .code-of").count() > 0


def test_two_clicks_lead_there_with_evidence_in_other_files(browser: Browser, golden_beside: Path) -> None:
    with opened(browser, golden_beside) as page:
        assert page.locator("script[src]").count() == 0
        page.locator(FIGURE).first.click()
        assert listed(page)
        assert page.locator("script[src]").count() == 1  # the author's own file, and no other
        page.locator("#panel a.sentence").first.click()
        page.wait_for_selector("main .here")
        assert in_view(page, hash_of(page))


def test_a_sentence_can_be_cited(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        page.wait_for_selector("#panel blockquote")
        assert in_view(page, "ash-2001/2")
        assert "index.html#ash-2001/2" in page.locator("#panel section", has_text="Cite").inner_text()


def test_words_that_moved_the_machine_are_marked(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#?by=machine") as page:
        listed(page)
        first = page.locator("#panel mark.by-presence").first
        assert re.search(r"presence: .+ [+−]\d\.\d\d", first.get_attribute("title") or "")


def test_an_empty_list_says_so(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#?text=Zzyzx") as page:
        assert listed(page) == []
        assert "nothing in these texts" in page.locator("#panel .status").inner_text()


def test_a_search_through_other_files_can_be_stopped(browser: Browser, golden_beside: Path) -> None:
    with opened(browser, golden_beside) as page:
        page.evaluate(HOLD)
        page.evaluate("location.hash = '#?text=the'")
        page.get_by_role("button", name="Stop").click()
        found = listed(page)
        page.evaluate("held.forEach(it => it())")
        assert "in the texts looked through" in page.locator("#panel .status").inner_text()
        assert 0 < len(found) < page.evaluate("crossframe.count('?text=the', 'sentences')")


def _narrowed(page: Page, label: str, value: str) -> None:
    page.locator(f"#panel label:has-text('{label}') select").first.select_option(value)
    page.wait_for_timeout(50)


def test_filters_change_the_address_and_back_returns(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#?by=machine") as page:
        everything = listed(page)
        _narrowed(page, "Author", "Ash")
        narrowed = listed(page)
        assert "author=Ash" in hash_of(page)
        assert 0 < len(narrowed) < len(everything)
        assert set(narrowed) <= set(everything)
        page.go_back()
        page.wait_for_timeout(100)
        assert listed(page) == everything


def test_search_finds_all_words_and_phrases_without_case_and_accents(
    browser: Browser, golden_page: Path
) -> None:
    with opened(browser, golden_page) as page:
        words = str(page.evaluate("crossframe.find('?zone=body').then(it => it[0].sentence.text)")).split()
        page.keyboard.press("/")
        page.keyboard.type(f'"{words[1]} {words[2]}"'.upper())
        page.keyboard.press("Enter")
        found = listed(page)
        assert found
        assert all(f"{words[1]} {words[2]}".lower() in it.lower() for it in found)
        assert page.locator("#panel mark.hit").count() >= len(found)
        assert page.evaluate("crossframe.count('?text=Zzyzx', 'sentences')") == 0
        count = "it => crossframe.count(`?text=${it}`, 'sentences')"
        assert page.evaluate(count, "thé") == page.evaluate(count, "THE") > 0


def test_the_keyboard_leads_through_a_list_and_back(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page) as page:
        page.locator(FIGURE).first.focus()
        page.keyboard.press("Enter")
        listed(page)
        opened_list = hash_of(page)
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel blockquote")
        first = hash_of(page)
        if page.locator("#panel a[data-step='1']").count():
            page.keyboard.press("j")
            page.wait_for_timeout(100)
            assert hash_of(page) != first
        page.locator("#panel .steps a").first.click()
        page.wait_for_timeout(100)
        assert hash_of(page) == opened_list
        page.keyboard.press("Escape")
        assert page.locator("#panel").is_hidden()
        page.keyboard.press("?")
        assert page.locator("#help").is_visible()


def test_escape_returns_the_focus_to_the_figure(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page) as page:
        figure = page.locator(FIGURE).first
        figure.focus()
        page.keyboard.press("Enter")
        listed(page)
        before = page.evaluate("document.activeElement.id")
        assert before == "panel-heading"
        page.keyboard.press("Escape")
        assert figure.evaluate("it => it === document.activeElement")


def test_an_interval_opens_what_its_figure_opens(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page) as page:
        row = page.locator("#words tbody tr:has(a.opens)").first
        row.locator("td").last.click()
        shown = row.locator("a.opens").last.get_attribute("data-find")
        assert page.evaluate("decodeURIComponent(location.hash)").endswith(unquote(str(shown)))


def test_an_opening_panel_moves_nothing(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page) as page:
        figure = page.locator(FIGURE).first
        figure.scroll_into_view_if_needed()
        before = figure.bounding_box()
        figure.click()
        listed(page)
        after = figure.bounding_box()
        assert before is not None
        assert after is not None
        assert abs(before["y"] - after["y"]) < 2


def _row(at: int) -> str:
    share = "–" if at % 10 == 3 else f"{(at * 37) % 101 - 50} %".replace("-", "−")
    text = f'=1+{at}, "quoted" | <br><small>small</small>'
    return f"<tr><th scope='row'>row {at}</th><td>{share}</td><td class='text'>{text}</td></tr>"


def _with_table(golden_page: Path, folder: Path) -> Path:
    """The page with a long table more."""
    heads = "".join(f"<th scope='col'>{it}</th>" for it in ("Name", "Share", "Text"))
    rows = "".join(map(_row, range(120)))
    table = (
        f"<div class='scroll'><table id='long'><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )
    page = folder / "index.html"
    page.write_text(golden_page.read_text(encoding="utf-8").replace("</main>", f"{table}</main>"), "utf-8")
    return page


COLUMN = """() => [...document.querySelectorAll("#long tbody tr:not([hidden]) td:nth-child(2)")]
  .map(it => it.textContent)"""


def test_tables_are_sorted_by_their_numbers(browser: Browser, golden_page: Path, tmp_path: Path) -> None:
    with opened(browser, _with_table(golden_page, tmp_path)) as page:
        page.locator("button:has-text('All rows')").last.click()
        head = page.locator("#long thead th").nth(1)
        for way in ("descending", "ascending"):
            head.locator("button").click()
            assert head.get_attribute("aria-sort") == way
            shown = page.evaluate(COLUMN)
            assert shown[-12:] == ["–"] * 12
            numbers = [int(it.replace("−", "-").rstrip(" %")) for it in shown[:-12]]
            assert numbers == sorted(numbers, reverse=way == "descending")


def test_long_tables_are_paged_and_filtered(browser: Browser, golden_page: Path, tmp_path: Path) -> None:
    with opened(browser, _with_table(golden_page, tmp_path)) as page:
        tools = page.locator("#long").locator("xpath=../following-sibling::*[1]")
        assert len(page.evaluate(COLUMN)) == 50
        tools.get_by_role("button", name="Next").click()
        tools.get_by_role("button", name="Next").click()
        assert len(page.evaluate(COLUMN)) == 20
        assert "Rows 101–120 of 120" in tools.inner_text()
        tools.get_by_role("searchbox").fill('"row 11"')
        assert len(page.evaluate(COLUMN)) == 11  # row 11 and rows 110 to 119
        tools.get_by_role("searchbox").fill("quoted 37")
        assert len(page.evaluate(COLUMN)) == 5  # with 37 as a share, or in the text


def test_a_table_is_copied_whole(browser: Browser, golden_page: Path, tmp_path: Path) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(browser, _with_table(golden_page, tmp_path), permissions=allowed) as page:
        tools = page.locator("#long").locator("xpath=../following-sibling::*[1]")
        tools.get_by_role("button", name="Copy CSV").click()
        page.wait_for_selector("button:has-text('Copied')")
        rows = list(csv.reader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
        assert rows[0] == ["Name", "Share", "Text", "Text: small print"]
        assert len(rows) == 121
        assert rows[4] == ["row 3", "–", '\'=1+3, "quoted" |', "small"]
        assert {it[1] for it in rows[1:]} >= {"-50 %", "37 %"}
        tools.get_by_role("button", name="Copy Markdown").click()
        page.wait_for_timeout(100)
        lines = page.evaluate("navigator.clipboard.readText()").splitlines()
        assert lines[0].startswith("**Table")
        assert lines[7] == '| row 3 | – | =1+3, "quoted" \\| small |'


def test_every_table_of_the_page_can_be_copied(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page) as page:
        tables = page.locator("main table").count()
        assert page.locator("main button:has-text('Copy CSV')").count() == tables > 5


def test_the_theme_is_kept(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, color_scheme="light") as page:
        paper = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(paper)
        page.get_by_role("button", name="Theme").click()
        page.get_by_role("button", name="Theme").click()
        assert page.get_by_role("button", name="Theme: dark").is_visible()
        dark = page.evaluate(paper)
        assert light != dark
        reloaded(page)
        assert page.evaluate(paper) == dark


def test_on_paper_all_is_open_and_the_panel_away(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#?by=machine") as page:
        assert page.locator("main details:not([open])").count() > 0
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("main details:not([open])").count() == 0
        assert page.locator("#panel").is_hidden()
        assert page.locator(".bar").is_hidden()


def test_on_a_narrow_screen_the_panel_is_a_sheet(browser: Browser, golden_page: Path) -> None:
    narrow = {"width": 390, "height": 844}
    with opened(browser, golden_page, viewport=narrow) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator(FIGURE).first.click()
        listed(page)
        page.locator("#panel a.sentence").first.click()
        page.wait_for_selector("main .here")
        place = page.locator("main .here").first.bounding_box()
        sheet = page.locator("#panel").bounding_box()
        assert place is not None
        assert sheet is not None
        assert 0 < place["y"] < sheet["y"]


def test_nobody_is_led_to_a_sentence_that_is_not_there(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/9999") as page:
        page.wait_for_selector("#panel:not([hidden])")
        assert heading(page) == "No such sentence"
