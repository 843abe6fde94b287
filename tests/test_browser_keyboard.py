"""The report in a browser: all of it can be worked by keyboard, and the focus is never lost."""

import re
from pathlib import Path

import pytest
from browsing import focused, hash_of, heading, listed, mark, opened
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LOST = "document.activeElement === document.body"
PLACE = "[...document.querySelectorAll('#panel a.sentence')].indexOf(document.activeElement)"
HOLD = """() => {
  const append = document.head.append.bind(document.head);
  document.head.append = it => it.src.endsWith("evidence-1.js") && append(it);
}"""
TEXT = "#panel .filters input[type=search]"


def _in_view_of_panel(page: Page) -> bool:
    return bool(
        page.evaluate(
            "() => { const [it, panel] = [document.activeElement, document.getElementById('panel')]"
            ".map(it => it.getBoundingClientRect()); return it.top >= panel.top && it.top < panel.bottom }"
        )
    )


# ---- filters -------------------------------------------------------------------------------------------


def test_a_filter_keeps_the_focus_while_it_is_changed(browser: Browser, golden_page: Path) -> None:
    """And trying its values one after the other is one step for Back."""
    with opened(browser, golden_page, "#?by=machine") as page:
        listed(page)
        field = page.locator("#panel .filters select").first
        field.focus()
        for value in field.locator("option").evaluate_all("them => them.slice(1).map(it => it.value)"):
            page.keyboard.press("ArrowDown")
            page.wait_for_function("it => location.hash.includes(`author=${it}`)", arg=value)
            listed(page)
            assert focused(page) == "Author"
            assert value in heading(page)
        page.go_back()
        page.wait_for_timeout(100)
        assert hash_of(page) == "?by=machine"
        assert focused(page) == "Author"
        assert field.input_value() == ""


def test_a_name_can_be_typed_into_a_filter(browser: Browser, demonstration: Path) -> None:
    """Letter by letter, though each letter draws a list."""
    with opened(browser, demonstration, "#?by=best") as page:
        listed(page)
        field = page.locator("#panel label:has-text('Name') select").first
        labels = field.locator("option").all_inner_texts()
        wanted = next(it for it in labels[40:] if len(it) > 4 and it.isalpha())
        field.focus()
        page.keyboard.type(wanted, delay=100)
        page.wait_for_timeout(200)
        assert field.evaluate("it => it.selectedOptions[0].textContent") == wanted
        assert focused(page) == "Name"


def test_words_narrow_a_list_on_enter_and_the_focus_stays(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#?zone=body") as page:
        listed(page)
        page.locator(TEXT).press_sequentially("the")
        assert "text=" not in hash_of(page)
        page.keyboard.press("Enter")
        page.wait_for_function("location.hash.includes('text=the')")
        listed(page)
        assert focused(page) == "Words or “a phrase”"
        page.keyboard.type("re")
        page.locator("main h2").first.click()
        page.wait_for_function("location.hash.includes('text=there')")


@pytest.mark.parametrize("way", ["click", "Tab"])
def test_words_that_are_left_for_a_sentence_do_not_take_it_away(
    browser: Browser, golden_page: Path, way: str
) -> None:
    with opened(browser, golden_page, "#?zone=body") as page:
        listed(page)
        page.locator(TEXT).press_sequentially("Zzyzx")
        first = page.locator("#panel a.sentence").first
        if way == "click":
            first.click()
        else:
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        page.wait_for_selector("#panel blockquote")
        page.go_back()
        assert listed(page)
        assert page.locator(TEXT).input_value() == ""


@pytest.mark.parametrize("way", ["Escape", "back"])
def test_words_that_were_not_asked_for_bring_no_list_back(
    browser: Browser, golden_page: Path, way: str
) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        page.evaluate("location.hash = '#?zone=body'")
        page.wait_for_selector("#panel .items")
        page.locator(TEXT).press_sequentially("Zzyzx")
        if way == "Escape":
            page.keyboard.press("Escape")
            page.wait_for_timeout(100)
            assert page.locator(TEXT).input_value() == ""
            page.keyboard.press("Escape")
        else:
            page.go_back()
        page.wait_for_timeout(200)
        assert "?" not in page.url
        assert page.locator("#panel").is_hidden() == (way == "Escape")


def test_filters_are_open_where_there_is_room_until_the_reader_folds_them(
    browser: Browser, golden_page: Path
) -> None:
    with opened(browser, golden_page, "#?by=machine") as page:
        assert page.locator("#panel .filters[open]").count() == 1
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate("location.hash = '#?by=best'")
        page.wait_for_selector("#panel .filters:not([open])")
        page.locator("#panel .filters summary").click()
        page.evaluate("location.hash = '#?by=machine'")
        page.wait_for_function("document.querySelector('#panel h2').textContent.includes('by the machine')")
        assert page.locator("#panel .filters[open]").count() == 1


# ---- the focus after what is pressed goes away ---------------------------------------------------------


def test_the_focus_stays_in_the_form_of_a_coding(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        page.wait_for_selector("#panel .marking")
        page.evaluate("window.told = document.querySelector('#panel .saved')")
        mark(page, note="", name="Anna")
        assert focused(page) == "Save again"
        assert page.locator("#panel .marking summary").inner_text() == "Your coding"
        assert page.evaluate("told.isConnected && told.textContent.startsWith('Coded ')")
        page.get_by_role("button", name="Remove").press("Enter")
        assert focused(page) == "Save"
        assert page.locator("#panel .marking summary").inner_text() == "Code it otherwise"
        assert page.evaluate("told.isConnected && told.textContent") == "Your coding is removed."


def test_a_coding_taken_back_leaves_the_list_and_its_number(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        mark(page, note="", name="Anna")
        page.evaluate("location.hash = '#birch-2003/1'")
        page.wait_for_selector("#panel .marking:not([open])")
        mark(page, note="")
        page.locator("a.marks").click()
        first, second = listed(page)
        page.get_by_role("button", name="Remove").first.press("Enter")
        assert focused(page) == second
        assert page.locator("#panel .status").inner_text().startswith("1 ")
        page.get_by_role("button", name="Remove").press("Enter")
        assert "nothing in these texts" in focused(page)
        assert page.locator("#panel .status").inner_text().startswith("0 ")
        assert first != second


def test_the_focus_goes_from_stop_to_what_was_found(browser: Browser, golden_beside: Path) -> None:
    with opened(browser, golden_beside) as page:
        page.evaluate(HOLD)
        page.evaluate("location.hash = '#?text=the'")
        page.get_by_role("button", name="Stop").press("Enter")
        assert focused(page).endswith("in the texts looked through")


def test_the_last_more_leads_on_to_what_it_drew(browser: Browser, demonstration: Path) -> None:
    with opened(browser, demonstration, "#?by=sample") as page:
        listed(page)
        total = int(page.locator("#panel .status").inner_text().split()[0])
        assert total > 100
        drawn = 50
        while drawn < total:
            page.locator("#panel .more").press("Enter")
            assert not page.evaluate(LOST)
            before, drawn = drawn, page.locator("#panel .item").count()
        assert page.evaluate(PLACE) == before


# ---- long lists ----------------------------------------------------------------------------------------


def test_j_goes_on_behind_what_is_drawn_and_back_leads_there(browser: Browser, demonstration: Path) -> None:
    with opened(browser, demonstration, "#?by=sample") as page:
        listed(page)
        page.locator("#panel a.sentence").nth(49).focus()
        page.keyboard.press("j")
        assert page.evaluate(PLACE) == 50
        assert page.locator("#panel .item").count() == 100
        page.locator("#panel a.sentence").nth(99).press("Enter")
        page.wait_for_selector("#panel blockquote")
        page.keyboard.press("j")
        page.wait_for_selector("#panel .steps:has-text('101 of')")
        page.get_by_role("link", name="Back to the list").press("Enter")
        page.wait_for_selector("#panel .items")
        assert page.evaluate(PLACE) == 100
        assert _in_view_of_panel(page)


# ---- tables --------------------------------------------------------------------------------------------


def test_tools_are_told_apart_by_their_tables(browser: Browser, demonstration: Path) -> None:
    with opened(browser, demonstration) as page:
        groups = page.locator("main .table-tools")
        assert groups.count() == page.locator("main table").count() > 20
        names = groups.evaluate_all("them => them.map(it => [it.role, it.ariaLabel])")
        assert all(role == "group" and name.startswith("Table: ") for role, name in names)
        assert len({name for _, name in names}) == len(names)
        unnamed = "main .scroll[role=group]:is([aria-label=Table], [aria-label=Figure])"
        assert page.locator(unnamed).count() == 0


def test_the_nearest_heading_names_a_table(browser: Browser, golden_page: Path, tmp_path: Path) -> None:
    table = "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    folded = f"<details><summary>Folded <b>up</b></summary>{table}</details>"
    under = f"<h3>Over it</h3><p></p>{folded}<div class='scroll'>{table}</div>"
    more = f"<section id='more'><h2>Over all</h2>{table}{under}</section></main>"
    (page_file := tmp_path / "index.html").write_text(
        golden_page.read_text(encoding="utf-8").replace("</main>", more), "utf-8"
    )
    with opened(browser, page_file) as page:
        names = page.locator("#more [role=group]").evaluate_all("them => them.map(it => it.ariaLabel)")
        assert names == [
            "Table: Over all",
            "Table: Folded up",
            "Table: Over it",  # what can be scrolled
            "Table: Over it",  # its tools
        ]


def test_the_last_page_of_a_table_keeps_the_focus(browser: Browser, demonstration: Path) -> None:
    with opened(browser, demonstration) as page:
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
        tools = page.locator(".table-tools:has(button:has-text('Next'))").first
        following = tools.get_by_role("button", name="Next")
        following.focus()
        for _ in range(40):
            page.keyboard.press("Enter")
        assert focused(page) == "Next"
        assert following.get_attribute("aria-disabled") == "true"
        first, last, total = map(int, re.findall(r"\d+", tools.inner_text())[:3])
        assert first <= last == total
