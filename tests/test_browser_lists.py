"""The report in a browser: lists by their addresses, search, and what happens while files are loaded."""

import json
from pathlib import Path

import pytest
from browsing import FIGURE, exported, hash_of, heading, listed, mark, opened
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HOLD = """name => {
  const append = document.head.append.bind(document.head);
  window.held = [];
  document.head.append = it => it.src.endsWith(name) ? held.push(it) : append(it);
  window.letGo = () => { document.head.append = append; held.splice(0).forEach(it => append(it)) };
  window.letFail = () => held.splice(0).forEach(it => it.dispatchEvent(new Event("error")));
}"""
COUNT = "it => crossframe.count('?' + new URLSearchParams(it), 'sentences')"


def _count(page: Page, **query: str) -> int:
    return int(page.evaluate(COUNT, query))


def test_any_sign_can_be_searched_for(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page) as page:
        texts = page.evaluate("crossframe.find('?zone=body').then(it => it.map(it => it.sentence.text))")
        plain = [it.translate(str.maketrans("’‘–", "''-")) for it in texts]
        for sign in "!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":
            found = _count(page, text=f'"{sign}"', zone="body")
            assert found == sum(sign in it for it in plain), sign


def test_forms_of_apostrophes_hyphens_and_letters_are_one(
    browser: Browser, golden_page: Path, tmp_path: Path
) -> None:
    text = golden_page.read_text(encoding="utf-8")
    word = "treaty’s long‑term ΛΌΓΟΣ "
    assert '"text":"' in text
    (changed := tmp_path / "index.html").write_text(text.replace('"text":"', f'"text":"{word}'), "utf-8")
    with opened(browser, changed) as page:
        every = _count(page, text=word)
        assert every > 3
        for asked in ("treaty's", "long-term", "λόγος", "λογοσ", "“treaty's long-term”"):
            assert _count(page, text=asked) == every


def test_keys_may_be_repeated_for_or(browser: Browser, golden_page: Path) -> None:
    find = "it => crossframe.find(it).then(it => it.map(it => `${it.data.id}/${it.unit.n}`).sort())"
    with opened(browser, golden_page) as page:
        coded, machine, both, turned = (
            set(page.evaluate(find, it))
            for it in ("?by=coded", "?by=machine", "?by=coded&by=machine", "?by=machine&by=coded")
        )
        assert coded | machine == both == turned
        assert coded - machine


def test_what_an_address_asks_for_in_vain_is_told(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#?Author=Ash&zone=body") as page:
        listed(page)
        assert page.locator("#panel [role=alert]").inner_text() == "Not understood, and left out: Author"
        for place in ("nowhere/3", "Ash-2001/2"):
            page.evaluate("it => { location.hash = it }", place)
            page.wait_for_selector("#panel h2:has-text('No such sentence')")
        page.evaluate("location.hash = 'ash-2001/002'")
        page.wait_for_selector("#panel blockquote")


def test_what_was_stopped_is_tried_again(browser: Browser, golden_beside: Path) -> None:
    with opened(browser, golden_beside) as page:
        page.evaluate(HOLD, "evidence-2.js")
        page.evaluate("location.hash = '#?text=the'")
        page.get_by_role("button", name="Stop").click()
        page.keyboard.press("Escape")
        page.evaluate("letGo()")
        page.evaluate("location.hash = '#?text=the'")
        page.wait_for_selector("#panel .status:not(:has-text('so far'))")
        assert len(listed(page)) == _count(page, text="the")


def test_a_file_that_fails_late_disturbs_nobody(browser: Browser, golden_beside: Path) -> None:
    with opened(browser, golden_beside) as page:
        page.evaluate(HOLD, "evidence-2.js")
        page.evaluate("location.hash = '#birch-2003/1'")
        page.evaluate("location.hash = '#?author=Ash'")
        found = listed(page)
        page.evaluate("letFail()")
        page.wait_for_timeout(50)
        assert page.locator("#panel a.sentence").all_inner_texts() == found


def test_a_sentence_opened_early_learns_of_the_rest_of_its_list(
    browser: Browser, golden_beside: Path
) -> None:
    with opened(browser, golden_beside) as page:
        page.evaluate(HOLD, "evidence-2.js")
        page.evaluate("location.hash = '#?zone=body'")
        first = _count(page, zone="body", author="Ash")
        page.wait_for_selector(f"#panel .status:has-text('{first} sentences so far')")
        page.locator("#panel a.sentence").last.click()
        page.wait_for_selector("#panel .steps")
        assert page.locator("#panel a[data-step='1']").count() == 0
        page.evaluate("letGo()")
        page.wait_for_selector("#panel a[data-step='1']")
        assert f"of {_count(page, zone='body')}" in page.locator("#panel .steps").inner_text()


def test_a_closing_panel_moves_nothing(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page) as page:
        page.locator(FIGURE).first.click()
        listed(page)
        page.locator("#panel a.sentence").first.click()
        page.wait_for_selector("main .here")
        place = hash_of(page)
        top = "id => document.getElementById(id).getBoundingClientRect().top"
        before = page.evaluate(top, place)
        page.keyboard.press("Escape")
        assert page.locator("#panel").is_hidden()
        assert abs(page.evaluate(top, place) - before) < 2
        assert page.evaluate("document.activeElement.id") == place


def test_escape_in_a_field_leaves_the_field_alone(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        page.locator("#panel .marking > summary").click()
        page.locator("#panel textarea").fill("half a tho")
        page.keyboard.press("Escape")
        assert page.locator("#panel textarea").input_value() == "half a tho"
        page.keyboard.press("Escape")
        assert page.locator("#panel").is_hidden()


def test_a_list_says_what_it_is(browser: Browser, golden_page: Path) -> None:
    with opened(browser, golden_page, "#?author=Ash&by=coded&by=machine") as page:
        listed(page)
        assert heading(page) == "Ash · coded by the reference or by the machine"


def test_somebody_elses_codings_are_left(browser: Browser, golden_page: Path, tmp_path: Path) -> None:
    with opened(browser, golden_page, "#ash-2001/2") as page:
        mark(page, note="mine", name="Anna")
        mine = exported(page)
        line = json.loads(mine)
        other = line | {"codes": {"Bo": {}}, "comments": {"Bo": "his"}}
        (file := tmp_path / "marks.jsonl").write_text(f"{json.dumps(other)}\n", "utf-8")
        page.locator("#panel input[type=file]").set_input_files(file)
        page.wait_for_selector("#panel .saved:has-text('0 codings taken, 1 left: they are not yours')")
        assert exported(page) == mine
