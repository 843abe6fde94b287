"""What stands on a page beside its text: taken out, but never the text itself."""

from typing import Any

import pytest
from cleaning import BLOCK, LINE, LONG, cleaned, one_step, page, traced
from hypothesis import given
from hypothesis import strategies as st

LETTERS = str.maketrans("0123456789", "abcdefghij")
ABOUT: dict[str, Any] = {
    "title": "Grain, Timber and the European Union in the Age of Rivers",
    "authors": ("Mira V. Holt", "Jón Ásgeirsson"),
    "venue": "Journal of River Studies",
}
PAGE = [LINE] * 12


def prose(number: int) -> list[str]:
    """A dozen lines, other ones on every page, by words made of their numbers."""
    return [f"{LINE} {number * 100 + line}".translate(LETTERS) for line in range(12)]


def running_heads(text: str) -> str:
    return one_step("running_heads", text, **ABOUT).replace("\v", "@")


def page_numbers(text: str) -> str:
    return one_step("page_numbers", text, **ABOUT).replace("\v", "@")


def on_page(line: str) -> str:
    return page(PAGE, [line], PAGE)


# ---- running heads: by their names --------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "M. V. HOLT AND J. ÁSGEIRSSON 113",
        "112 M. Holt & J. Asgeirsson",
        "Holt et al.   7",
        "Holt – 1234",
        "JOURNAL OF RIVER STUDIES 14",
        "14 Grain, Timber and the European Union",
        "European Union in the Age of Rivers 15",
    ],
)
def test_a_head_with_a_page_number_names_author_title_or_venue(head: str) -> None:
    assert running_heads(on_page(head)) == on_page("@")


@pytest.mark.parametrize(
    "line",
    [
        "M. V. Holt and J. Ásgeirsson",  # no page number: a byline
        "Holt, M. V. 2013.",  # a year: the beginning of a reference
        "Ásgeirsson (1999)",
        "the European Union in 1999.",
        "Grain, Timber and the European Union",
        "Holt went to the river 14",
        "Timber 12",
        "and 12",
        "M. V. 12",
        "Studies of rivers 14",
        "12",
    ],
)
def test_other_lines_are_no_heads(line: str) -> None:
    assert running_heads(on_page(line)) == on_page(line)


def test_a_line_is_left_alone_where_nothing_is_known() -> None:
    assert one_step("running_heads", on_page("M. HOLT 113")) == on_page("M. HOLT 113")


# ---- running heads: because they repeat ---------------------------------------------------------------


def paged(*pages: list[str]) -> str:
    return "\f".join("\n".join(lines) for lines in pages)


def test_lines_that_repeat_at_the_edges_of_pages_are_heads_and_feet() -> None:
    text = paged(*([f"Chapter {n}", *prose(n), f"River Press, p. {n}"] for n in range(1, 5)))
    assert running_heads(text) == paged(*(["@", *prose(n), "@"] for n in range(1, 5)))


def test_left_and_right_pages_may_have_heads_of_their_own() -> None:
    heads = ["Of Rivers", "Part One"] * 3
    text = paged(*([head, *prose(n)] for n, head in enumerate(heads)))
    assert running_heads(text) == paged(*(["@", *prose(n)] for n in range(6)))


@pytest.mark.parametrize(
    "pages",
    [
        [["Of Rivers", *prose(n)] for n in range(2)],  # twice may be chance
        [["Of Rivers", *prose(n)] if n < 3 else prose(n) for n in range(11)],  # on few of the pages
        [[*prose(n), "Of Rivers", *prose(n + 1)] for n in range(6)],  # not at the edge
        [["Of Rivers", *prose(n)[:5]] for n in range(6)],  # short pages are all edge
        [[f"{LINE} {LINE}", *prose(n)] for n in range(6)],  # too long for a head
    ],
    ids=["twice", "few", "inside", "short", "long"],
)
def test_lines_that_repeat_otherwise_stay(pages: list[list[str]]) -> None:
    assert running_heads(paged(*pages)) == paged(*pages)


@pytest.mark.parametrize("lines", [2, 5, 8, 9])
def test_the_text_of_short_and_repetitive_pages_is_never_eaten(lines: int) -> None:
    """A measured trap: such lines would be three quarters of the text."""
    text = paged(*[["The same line on every page of this."] * lines] * 8)
    assert running_heads(text) == text


@given(st.lists(st.lists(st.sampled_from(["one line", "another", "Holt 3", "4"]), max_size=12), max_size=9))
def test_heads_are_never_more_than_a_small_part(pages: list[list[str]]) -> None:
    text = paged(*pages)
    for step in ("running_heads", "page_numbers"):
        assert sum(row[2] for row in traced(text, **ABOUT).tally if row[0] == step) <= 0.15 * len(text)


def test_the_sentence_goes_on_over_a_head() -> None:
    text = page(*[BLOCK] * 3, [LINE, "M. HOLT 113", "and back again."], BLOCK)
    assert f"{LINE} and back again." in cleaned(text, **ABOUT)


# ---- page numbers -------------------------------------------------------------------------------------


def test_numbers_that_interrupt_sentences_and_count_on_are_page_numbers() -> None:
    text = page(*([*PAGE, f"{n}"] for n in range(7, 12)), PAGE)
    assert page_numbers(text) == page(*([*PAGE, "@"] for _ in range(5)), PAGE)


@pytest.mark.parametrize("form", ["{}", "- {} -", "[{}]", "p. {}", "Page {} of 20", "{}/20"])
def test_forms_of_page_numbers(form: str) -> None:
    text = paged(*([*PAGE, form.format(n)] for n in range(1, 5)))
    assert page_numbers(text) == paged(*[[*PAGE, "@"]] * 4)


def test_numbers_at_the_edges_of_pages_count_the_pages() -> None:
    text = paged(["9", *PAGE], PAGE, ["11", *PAGE], [*PAGE, "1990"], [*PAGE, "45"], ["2", *PAGE])
    wanted = paged(["@", *PAGE], PAGE, ["@", *PAGE], [*PAGE, "1990"], [*PAGE, "45"], ["2", *PAGE])
    assert page_numbers(text) == wanted


def test_numbered_chapters_are_no_pages() -> None:
    text = "\n\n".join(f"{n}\n\n{LONG}\n\n{' '.join([LONG] * 8)}" for n in range(1, 7))
    assert page_numbers(text) == text


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "2", "3", "4", "5"],
        ["12", "40", "7"],
        ["2010", "2011", "2012", "2013"],
        ["10%", "3.5", "1,000"],
    ],
)
def test_number_only_cells_of_a_table_stay(cells: list[str]) -> None:
    text = page(PAGE, cells, PAGE)
    assert page_numbers(text) == text
    assert page_numbers(paged([*PAGE, cells[0]], [*PAGE, cells[-1]])).count("@") == 0


def test_one_number_alone_is_no_page_number() -> None:
    assert page_numbers(paged(PAGE, [*PAGE, "12"])) == paged(PAGE, [*PAGE, "12"])


# ---- stamps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stamp",
    [
        "Downloaded by [River Library] at 10:51 29 August 2015",
        "DOWNLOADED FROM THE RIVER LIBRARY",
        "© 2013 River Press",
        "To cite this article: Holt, M. (2013)",
        "https://doi.org/10.1000/xyz",
        "doi:10.1000/xyz",
        "ISSN: 1234-5678",
        "All rights reserved.",
    ],
)
def test_stamps_are_taken_out(stamp: str) -> None:
    assert one_step("stamps", on_page(stamp)) == on_page("\v")


@pytest.mark.parametrize(
    "line",
    [
        "published online in the year of the flood and read by many people",
        "downloaded from the river library, which is why we know it at all",
        "We see that it was Downloaded by them",
        "The report was Published online",
    ],
)
def test_a_sentence_may_use_the_same_words(line: str) -> None:
    assert one_step("stamps", on_page(line)) == on_page(line)


def test_a_stamp_may_have_lost_its_capital() -> None:
    damaged = on_page("downloaded by the River Library")
    assert one_step("stamps", damaged, lost_capitals="CD") == on_page("\v")


def test_a_text_of_stamps_is_left_alone() -> None:
    assert one_step("stamps", "© 2013 River Press\nA few words.") == "© 2013 River Press\nA few words."


# ---- the search box -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("SearchDr Smith of the river office", "Dr Smith of the river office"),
        ("\n MenuThe river", "\n The river"),
        ("Searchlight on the river", "Searchlight on the river"),
        ("SearchDR", "SearchDR"),
        ("Search Dr Smith", "Search Dr Smith"),
        ("Research", "Research"),
        ("Dr Smith\nSearchDr Smith", "Dr Smith\nSearchDr Smith"),
        ("Search", "Search"),
        ("SearchD", "SearchD"),
    ],
)
def test_search_box(raw: str, wanted: str) -> None:
    assert one_step("search_box", raw) == wanted
