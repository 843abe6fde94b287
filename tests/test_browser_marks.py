"""The report in a browser: a reviewer's marks are kept, exported, and imported."""

import json
from datetime import date
from pathlib import Path

import pytest
from browsing import exported, focused, listed, mark, open_form, opened, reloaded, sampled
from conftest import copy_golden
from playwright.sync_api import Browser, Page

from nlp.labelling.importing import Given, import_lines
from nlp.store import code_lines

pytestmark = pytest.mark.browser

REFUSED = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"


def test_a_mark_survives_a_reload(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        chosen = mark(page, note="Quoted, not said.", name="Anna Ö.")
        reloaded(page)
        page.wait_for_selector("#panel .marking[open]")
        assert page.locator("#panel textarea").input_value() == "Quoted, not said."
        assert page.locator("a.marks").inner_text() == "Marks (1)"
        page.locator("a.marks").click()
        assert len(listed(page)) == 1
        page.locator("#panel a.sentence").click()
        page.wait_for_selector("#panel .marking[open]")
        shown = page.locator("#panel .mark-form select").first.input_value()
        assert shown == next(iter(chosen.values()), "")
        page.get_by_role("button", name="Remove").click()
        assert page.locator("a.marks").inner_text() == "Marks"


def test_the_export_is_imported_by_crossframe(browser: Browser, golden_page: Path, tmp_path: Path) -> None:
    with opened(browser, golden_page) as page:
        page.goto(f"{golden_page.as_uri()}{sampled(page)}")
        first = mark(page, note='Says "no" – 可', name="Anna")
        page.goto(f"{golden_page.as_uri()}#birch-2003/1")
        page.wait_for_timeout(100)
        second = mark(page, note="")
        text = exported(page)
    lines = [json.loads(it) for it in text.splitlines()]
    assert [it["codes"] for it in lines] == [{"Anna": first}, {"Anna": second}]
    assert lines[0]["comments"] == {"Anna": 'Says "no" – 可'}
    project = copy_golden(tmp_path / "project")
    (file := tmp_path / "marks.jsonl").write_text(text, encoding="utf-8")
    before = len(code_lines.parse(code_lines.read_text(project)))
    given = Given([], None, date.today().isoformat(), codebook_changed=False)
    said = "\n".join(import_lines(project, file, given, dry_run=False))
    assert "2 rows" in said
    kept = code_lines.read_text(project)
    assert '"Anna"' in kept
    assert len(code_lines.parse(kept)) >= before + 1


def test_an_exported_file_can_be_taken_in_again(
    browser: Browser, golden_page: Path, tmp_path: Path
) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        mark(page, note="Why not?", name="Anna")
        text = exported(page)
    (file := tmp_path / "marks.jsonl").write_text(text + '{"doc_id": "nowhere"}\n', encoding="utf-8")
    with opened(browser, golden_page, "#?marked=1") as page:
        listed(page)
        page.locator("#panel input[type=file]").set_input_files(file)
        page.wait_for_selector("#panel .saved:has-text('1 coding taken, 1 left')")
        assert len(listed(page)) == 1
        assert exported(page) == text


def test_a_mark_on_another_version_of_a_text_is_exported_and_not_shown(
    browser: Browser, golden_page: Path
) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        mark(page, note="", name="Anna")
        page.evaluate(STORED, page.evaluate(KEPT).replace('"text":"', '"text":"Once, '))
        reloaded(page)
        page.wait_for_selector("#panel .marking:not([open])")
        assert len(exported(page).splitlines()) == 1
        assert not listed(page)
        page.wait_for_selector("#panel .about:has-text('1 more coding made on another version')")
        page.get_by_role("button", name="Remove them").click()
        assert page.locator("a.marks").inner_text() == "Marks"


def test_marks_are_made_where_nothing_may_be_kept(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page) as page:
        page.add_init_script(REFUSED)
        page.goto("about:blank")
        page.goto(f"{golden_page.as_uri()}#ash-2001/2")
        mark(page, note="", name="Anna")
        assert "not kept by this browser" in page.locator("#panel .saved").inner_text()
        assert len(exported(page).splitlines()) == 1


@pytest.mark.parametrize("name", ["machine", "all", " ", "a\u0007b"])
def test_no_name_is_taken_that_cannot_be_imported(browser: Browser, golden_page: Path, name: str) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        open_form(page)
        page.locator("#panel input[required]").fill(name)
        page.locator("#panel .mark-form button[type=submit]").click()
        assert page.locator("a.marks").inner_text() == "Marks"


KEPT = "() => Object.entries(localStorage).find(([key]) => /:.*:/.test(key))[1]"
FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') } }"
STORED = (
    "it => { for (const key of Object.keys(localStorage)) if (/:.*:/.test(key)) localStorage[key] = it }"
)


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "[]",
        "{}",
        '{"marks": [1]}',
        '{"coder": 3, "marks": {"ash-2001/2": null, "ash-2001/0-9": {"doc_id": "ash-2001"}, "x": {}}}',
    ],
)
def test_what_another_version_left_does_no_harm(browser: Browser, golden_page: Path, stored: str) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        mark(page, note="", name="Anna")
        page.evaluate(STORED, stored)
        reloaded(page)
        assert page.locator("a.marks").inner_text() == "Marks"
        chosen = mark(page, note="", name="Anna")
        reloaded(page)
        assert [json.loads(it)["codes"] for it in exported(page).splitlines()] == [{"Anna": chosen}]


def test_marks_beyond_what_can_be_kept_are_exported(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        mark(page, note="", name="Anna")
        page.evaluate(FULL)
        page.evaluate("location.hash = '#birch-2003/1'")
        page.wait_for_selector("#panel .marking:not([open])")
        mark(page, note="kept?")
        assert "not kept by this browser" in page.locator("#panel .saved").inner_text()
        assert len(exported(page).splitlines()) == 2


def test_lines_that_are_no_codings_are_left(browser: Browser, golden_page: Path, tmp_path: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        mark(page, note="", name="constructor")
        line = json.loads(exported(page))
    del line["coded"]
    bad = [None, 5, [], line | {"codes": {"Bo": 5}}, line | {"codes": {"machine": {}}}, line | {"text": ""}]
    (file := tmp_path / "marks.jsonl").write_text(
        "".join(f"{json.dumps(it)}\n" for it in [*bad, line]), "utf-8"
    )
    with opened(browser, golden_page, "#?marked=1") as page:
        listed(page)
        page.locator("#panel input[type=file]").set_input_files(file)
        page.wait_for_selector("#panel .saved:has-text('1 coding taken, 6 left')")
        taken = json.loads(exported(page))
    assert date.fromisoformat(taken.pop("coded"))
    assert taken == line


def test_what_is_not_saved_waits_for_the_reader(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        open_form(page)
        page.locator("#panel textarea").fill("Half a thought")
        assert page.locator("#panel .saved").inner_text() == "Not saved yet."
        page.evaluate("location.hash = '#birch-2003/1'")
        page.wait_for_selector("#panel .marking:not([open])")
        page.go_back()
        page.wait_for_selector("#panel .marking[open]")
        assert page.locator("#panel textarea").input_value() == "Half a thought"
        assert page.locator("a.marks").inner_text() == "Marks"
        page.get_by_role("button", name="Discard changes").click()
        assert page.locator("#panel textarea").input_value() == ""
        assert focused(page) == "Save"
        assert asks_before_leaving(page) is False


def test_the_browser_asks_before_a_draft_is_lost(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        open_form(page)
        note = page.locator("#panel textarea")
        note.fill("x")
        assert asks_before_leaving(page) is True
        note.fill("")
        assert asks_before_leaving(page) is False
        note.fill("x")
        page.locator("#panel input[required]").fill("Anna")
        page.locator("#panel .mark-form button[type=submit]").click()
        assert page.locator("#panel .saved").inner_text().startswith("Coded ")
        assert asks_before_leaving(page) is False


def asks_before_leaving(page: Page) -> bool:
    told = "dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    return not page.evaluate(told)


def test_removing_a_coding_leaves_what_was_not_saved(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        mark(page, note="Saved", name="Anna")
        page.locator("#panel textarea").fill("Not saved")
        page.get_by_role("button", name="Remove").click()
        assert page.locator("a.marks").inner_text() == "Marks"
        assert page.locator("#panel textarea").input_value() == "Not saved"
        assert page.locator("#panel .saved").inner_text() == "Not saved yet."


def test_a_name_alone_is_nothing_to_be_saved(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        open_form(page)
        page.locator("#panel input[required]").fill("Anna")
        assert asks_before_leaving(page) is False


def test_two_windows_do_not_overwrite_each_other(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        other = page.context.new_page()
        other.goto(page.url)
        open_form(other)
        other.locator("#panel input[required]").fill("Bert")
        other.locator("#panel textarea").fill("Mine")
        mark(page, note="First", name="Anna")
        other.locator("#panel .mark-form button[type=submit]").click()
        assert "another window" in other.locator("#panel .saved").inner_text()
        assert other.locator("#panel textarea").input_value() == "Mine"
        other.locator("#panel .mark-form button[type=submit]").click()
        assert "by Anna" in other.locator("#panel .saved").inner_text()
        assert json.loads(exported(other))["comments"] == {"Anna": "Mine"}


def test_a_list_goes_on_after_another_window_has_removed_a_mark(
    browser: Browser, golden_page: Path
) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        mark(page, note="", name="Anna")
        page.goto(f"{golden_page.as_uri()}#?marked=1")
        assert len(listed(page)) == 1
        stored = page.evaluate(KEPT)
        page.evaluate(STORED, json.dumps(json.loads(stored) | {"marks": {}}))
        page.evaluate("location.hash = '#ash-2001/2'")
        page.go_back()
        assert listed(page) == []
