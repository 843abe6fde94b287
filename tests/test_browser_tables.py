"""The report in a browser: what the cells of tables open, and how they are sorted and copied."""

import csv
import io
from pathlib import Path

import pytest
from browsing import heading, listed, opened
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FIGURE = '<a class="opens" href="#texts" data-find="?author=Ash">{}</a>'
COLUMN = "() => [...document.querySelectorAll('#made tbody tr')].map(it => it.cells[0].textContent)"


def with_table(golden_page: Path, folder: Path, *rows: str) -> Path:
    """The page with one more table, of rows of cells."""
    cells = "".join(f"<tr>{row}</tr>" for row in rows)
    heads = "<th>One</th>" * rows[0].count("</t")
    made = f"<div><table id='made'><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table></div>"
    page = folder / "index.html"
    page.write_text(golden_page.read_text(encoding="utf-8").replace("</main>", f"{made}</main>"), "utf-8")
    return page


# ---- cells ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("column", "opens"), [(0, True), (1, True), (2, False), (3, True)])
def test_a_cell_opens_its_own_figure_or_the_one_that_it_says_more_of(
    browser: Browser, golden_page: Path, tmp_path: Path, column: int, opens: bool
) -> None:
    """A zero in a column of figures opens no other one's sentences."""
    row = f"<td>{FIGURE.format(7)}</td><td>p</td><td>0</td><td>q</td>"
    other = f"<td>{FIGURE.format(7)}</td><td>p</td><td>{FIGURE.format(2)}</td><td>q</td>"
    with opened(browser, with_table(golden_page, tmp_path, row, other)) as page:
        cell = page.locator("#made tbody tr").first.locator("td").nth(column)
        cell.hover()
        assert (cell.evaluate("it => getComputedStyle(it).cursor") == "pointer") is opens
        cell.click(position={"x": 2, "y": 2})
        page.wait_for_timeout(100)
        assert page.locator("#panel").is_visible() is opens
        assert not opens or heading(page) == "Ash"


def test_what_stands_before_all_figures_of_a_row_opens_nothing(
    browser: Browser, golden_page: Path, tmp_path: Path
) -> None:
    with opened(
        browser, with_table(golden_page, tmp_path, f"<td>0.82</td><td>{FIGURE.format(7)}</td>")
    ) as page:
        page.locator("#made td").first.click()
        page.wait_for_timeout(100)
        assert "?" not in page.url


# ---- order ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "largest_first",
    [
        ["34.8 to 50", "−0.2 to 3", "−3.8 to 34.8"],
        ["16.4 points", "9.8 points", "−2 points"],
        ["67 of 68", "9 of 10", "1 of 20"],
        ["84 / 163", "9 / 10", "–"],
        ["60.0 %", "8 %", "too few"],
        ["0.012", "0.001", "< 0.001"],
    ],
)
def test_numbers_are_sorted_by_size_however_they_are_told(
    browser: Browser, golden_page: Path, tmp_path: Path, largest_first: list[str]
) -> None:
    rows = [f"<td>{it}</td>" for it in (largest_first[1], largest_first[2], largest_first[0])]
    with opened(browser, with_table(golden_page, tmp_path, *rows)) as page:
        page.locator("#made thead button").click()
        assert page.evaluate(COLUMN) == largest_first


# ---- copies -----------------------------------------------------------------------------------------


def copied(page: Page) -> list[list[str]]:
    page.locator("#made + .table-tools button:has-text('Copy CSV')").click()
    page.wait_for_selector("button:has-text('Copied')")
    return list(csv.reader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))[1:]


@pytest.mark.parametrize(
    ("cell", "copy"),
    [
        ("31.8 <small>26.8–37.6</small>", ["31.8", "26.8–37.6"]),
        ("3<br><small>−5 to 1</small><br><small>2 missed</small>", ["3", "−5 to 1 2 missed"]),
        ("in → In <small>18×</small>, ciS → CIS <small>11×</small>", ["in → In 18×, ciS → CIS 11×"]),
        ("−3.8 to 34.8", ["-3.8 to 34.8"]),
        ("−136 +18 in 12", ["−136 +18 in 12"]),
        ("-2+cmd|x", ["'-2+cmd|x"]),
    ],
)
def test_small_print_is_copied_beside_its_figure_and_numbers_stay_numbers(
    browser: Browser, golden_page: Path, tmp_path: Path, cell: str, copy: list[str]
) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    page_with = with_table(golden_page, tmp_path, f"<td>{cell}</td>")
    with opened(browser, page_with, permissions=allowed) as page:
        assert copied(page) == [copy]


# ---- words ------------------------------------------------------------------------------------------


def test_parts_of_compounds_are_marked_as_words(browser: Browser, demonstration: Path) -> None:
    with opened(browser, demonstration, "#?author=Busygina+%26+Filippov&word=soviet") as page:
        assert len(listed(page)) > 10
        assert page.locator("#panel li:not(:has(mark.word))").count() == 0
        assert set(page.locator("#panel mark.word").all_inner_texts()) <= {"Soviet", "soviet"}
