"""Lines of a page become paragraphs; words that a line end has broken become whole."""

import pytest
from cleaning import BLOCK, FULL, LINE, LONG, cleaned, one_step, page
from hypothesis import given
from hypothesis import strategies as st

from nlp.clean.lines import layout_of

WHOLE = " ".join(BLOCK)


def split(raw: str) -> list[str]:
    return cleaned(raw).split("\n\n")


# ---- broken words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        # a word of the language
        ("inte-\ngration", "integration"),
        ("inte- \n  gration", "integration"),
        ("inte‐\ngration", "integration"),
        ("Inte-\ngration", "Integration"),
        ("north-ern inte-\ngration", "north-ern integration"),
        ("inte-\fgration", "integration"),
        ("inte-\n\v\ngration", "integration"),
        ("govern-\nment, with-\nout it", "government, without it"),
        ("state-\nhood, leader-\nship, geo-\npolitical", "statehood, leadership, geopolitical"),
        ("post-commu-\nnist", "post-communist"),
        # the text knows better
        ("co-\noperation and co-operation", "co-operation and co-operation"),
        ("coop-\neration and cooperation", "cooperation and cooperation"),
        ("co-\nop, co-op and coop", "coop, co-op and coop"),
        ("long-\nterm and longterm", "longterm and longterm"),
        ("Velm-\nstad in Velmstad", "Velmstad in Velmstad"),
        ("velm-\nstad in Velmstad", "velmstad in Velmstad"),
        ("long-\nterm; a long road, a term", "long-term; a long road, a term"),
        # no broken words
        ("the 1990-\nteens", "the 1990-teens"),
        ("mid-\n1990s", "mid-1990s"),
        ("a dash -\nthen more", "a dash -\nthen more"),
        ("inte-\n\ngration", "inte-\n\ngration"),
        ("inte-gration", "inte-gration"),
        ("-\ngration", "-\ngration"),
        ("inte--\ngration", "inte--\ngration"),
    ],
)
def test_hyphens(raw: str, wanted: str) -> None:
    assert one_step("hyphens", raw) == wanted


# Many write some of them as one word, by mistake.
ADJECTIVES = ["long-term", "so-called", "low-cost", "short-lived", "war-torn", "state-led", "right-wing"]
NOUNS = ["self-help", "decision-making", "post-Roman", "Jean-Pierre", "non-river", "Aist-upan"]


@pytest.mark.parametrize("compound", [*ADJECTIVES, *NOUNS, "state-of-the-art", "vis-a-vis"])
def test_compounds_keep_their_hyphens(compound: str) -> None:
    assert one_step("hyphens", "-\n".join(compound.rsplit("-", 1))) == compound


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ({}, "Velm-stad"),
        ({"Velmstad": 1}, "Velmstad"),
        ({"Velmstad": 1, "Velm-stad": 2}, "Velm-stad"),
        ({"velmstad": 2, "Velm-stad": 2}, "Velmstad"),
    ],
)
def test_the_corpus_knows_words_that_the_language_does_not(words: dict[str, int], wanted: str) -> None:
    assert one_step("hyphens", "Velm-\nstad", words=words) == wanted


def test_of_an_unknown_language_only_the_texts_tell() -> None:
    assert one_step("hyphens", "inte-\ngration", language="xx") == "inte-gration"
    assert one_step("hyphens", "inte-\ngration integration", language="xx") == "integration integration"


def test_a_word_broken_in_double_spaced_text() -> None:
    lines = [*[LINE] * 12, "The inte-", "gration of a post-", "Roman town ends here."]
    assert cleaned("\n\n".join(lines)).endswith("The integration of a post-Roman town ends here.")


# ---- pages --------------------------------------------------------------------------------------------

TRUST = "Grain and Trust"
LONG_HEADING = "The Harbour Towns of the North and Their Grain in the Age"
PAGES = {
    "short last line": (BLOCK * 3, [WHOLE] * 3),
    "empty line": ([*BLOCK, "", *BLOCK, "", "", *BLOCK], [WHOLE] * 3),
    "heading": ([*BLOCK, TRUST, *BLOCK], [WHOLE, TRUST, WHOLE]),
    "heading after a full line": ([*BLOCK, *FULL, TRUST, *BLOCK], [WHOLE, " ".join(FULL), TRUST, WHOLE]),
    "heading between": ([*BLOCK, "", TRUST, "", *BLOCK], [WHOLE, TRUST, WHOLE]),
    "heading of capitals": ([*BLOCK, TRUST.upper(), *BLOCK], [WHOLE, TRUST.upper(), WHOLE]),
    "heading of two lines": (
        [*FULL, *FULL, LONG_HEADING, "of the Rivers", "", *BLOCK],
        [" ".join(FULL + FULL), f"{LONG_HEADING} of the Rivers", WHOLE],
    ),
    "aside": ([*BLOCK, "(in bold)", *BLOCK], [WHOLE, "(in bold)", WHOLE]),
    "joined line": (
        [*BLOCK, LINE, f"{LINE} inte-", f"gration. {LINE}", *BLOCK],
        [WHOLE, f"{LINE} {LINE} integration. {LINE} {WHOLE}"],
    ),
    "end of a page within a sentence": (
        [*BLOCK, LINE, LINE, f"\f{LINE}", "ends.", *BLOCK],
        [WHOLE, f"{LINE} {LINE} {LINE} ends.", WHOLE],
    ),
    "empty line within a sentence": (
        [*BLOCK, *[LINE] * 3, "", "goes on over the page.", *[LINE] * 3, "ends."],
        [WHOLE, f"{LINE} {LINE} {LINE} goes on over the page.", f"{LINE} {LINE} {LINE} ends."],
    ),
    "end of a page after a sentence": (
        [*FULL, *FULL, f"\f{LINE}", *BLOCK],
        [" ".join(FULL + FULL), f"{LINE} {WHOLE}"],
    ),
    "quotation mark at the end": (
        [*FULL[:2], "“every year.”", *BLOCK, *BLOCK],
        [f"{LINE} {LINE} “every year.”", WHOLE, WHOLE],
    ),
    "note mark at the end": (
        [*FULL[:2], "every year.12", *BLOCK, *BLOCK],
        [f"{LINE} {LINE} every year.12", WHOLE, WHOLE],
    ),
}


@pytest.mark.parametrize(("lines", "wanted"), PAGES.values(), ids=PAGES)
def test_lines_of_a_page_become_paragraphs(lines: list[str], wanted: list[str]) -> None:
    assert split(page(lines)) == wanted


def test_double_spaced_lines_of_a_page_become_paragraphs() -> None:
    lines = [*BLOCK, *BLOCK, LINE, f"{LINE}, and so on, and so", "on and on."]
    assert split("\n\n".join(lines)) == [WHOLE, WHOLE, f"{LINE} {LINE}, and so on, and so on and on."]


def test_a_letter_that_lost_its_capital_does_not_tell_that_a_line_goes_on() -> None:
    lines = [*BLOCK, *BLOCK, LINE, "in the north", "in the spring the towns send grain again."]
    assert "in the north in the spring" in cleaned(page(lines))
    assert "in the north\n\n" in cleaned(page(lines), lost_capitals="I").lower()


# ---- texts with a paragraph on each line --------------------------------------------------------------


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n \n\n", "\r"])
def test_web_text_has_a_paragraph_on_each_line(gap: str) -> None:
    lines = [LONG, "A heading", LONG, "and one that starts small", LONG] * 3
    assert split(gap.join(lines)) == lines


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_short_paragraphs_of_a_web_text_stay_apart(gap: str) -> None:
    lines = [
        "The harbour office presented a new plan to the towns on Monday.",
        "The towns said that they would wait and see.",
    ]
    assert split(gap.join(lines * 6)) == lines * 6


def test_a_few_lines_say_too_little_to_be_joined() -> None:
    assert split("\n".join([LINE] * 5)) == [LINE] * 5


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        (LONG[:-1], "and so on.", True),
        (LONG[:-1], "Harbour Office and so on.", True),
        (LONG, "and so on.", False),
        ("A heading", "The towns.", False),
        ("A heading", "of the towns.", True),
        (f"{LONG[:-1]}, as Holt writes:", "The towns.", False),
        (f"{LONG[:-1]},", "The towns.", True),
        (f"{LONG[:-1]}, as Holt has written,", "The towns.", False),
    ],
)
def test_a_paragraph_goes_on_over_what_was_taken_out(before: str, after: str, joined: bool) -> None:
    """Where a page ends, and where a footnote or a stamp was."""
    gap = " " if joined else "\n\n"
    for between in ("\f", "\n\n© 2013 River Press\n\n"):
        text = cleaned(f"{LONG}\n{before}{between}{after}\n{LONG}\n{LONG}")
        assert text == f"{LONG}\n\n{before}{gap}{after}\n\n{LONG}\n\n{LONG}"


# ---- layout -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wrapped", "double_spaced"),
    [
        (page(BLOCK * 4), True, False),
        ("\n\n".join(BLOCK * 4), True, True),
        (page([LONG] * 20), False, False),
        (page([f"{LONG} {LONG}"] * 20), False, False),
        (page(["A short line"] * 40), False, False),  # verse, or a list
        (page(BLOCK), False, False),  # too little to tell
        ("", False, False),
    ],
)
def test_layout(text: str, wrapped: bool, double_spaced: bool) -> None:
    assert layout_of(text)[:2] == (wrapped, double_spaced)


@given(st.lists(st.sampled_from([LINE, f"{LINE}.", "every year.", TRUST, "", "\f"]), max_size=40))
def test_only_white_space_changes(lines: list[str]) -> None:
    assert one_step("paragraphs", page(lines)).split() == page(lines).split()
