"""Paragraphs where empty lines and two spaces show them, as the reader of PDFs writes."""

from pathlib import Path

import pytest

from nlp import clean
from nlp.clean.known import Known
from nlp.clean.lines import layout_of
from nlp.store.configs import read_params
from nlp.store.project import Project

KNOWN = Known(params=read_params(Project(Path(__file__).parents[1])).clean, language="en")

LINE = "The harbour towns of the north send grain and timber down the river"
FULL = f"{LINE}\n{LINE}\n{LINE} to us."  # nothing but its stop tells where it ends
WHOLE = FULL.replace("\n", " ")
START = f"  {FULL}\n\n  {FULL}\n\n  {FULL}\n\n"  # so that the two spaces are a habit


def paragraphs(raw: str) -> list[str]:
    """What follows the start."""
    return clean.clean(f"{START}{raw}", KNOWN).text.split("\n\n")[3:]


CASES = {
    "full line": (f"  {FULL}\n\n  {FULL}", [WHOLE, WHOLE]),
    "ragged lines": (f"  {LINE}.\nThe end.\nThe {LINE}.", [f"{LINE}. The end. The {LINE}."]),
    "all in brackets": (f"  {LINE}.\n(my italics)", [f"{LINE}. (my italics)"]),
    "small letters": (f"  {LINE},\n\n  so {FULL}", [f"{LINE},", f"so {WHOLE}"]),
    "a gap in a sentence": (f"  {LINE}\n\nand {FULL}", [f"{LINE} and {WHOLE}"]),
    "a gap after one": (f"  {FULL}\n\n{FULL}", [WHOLE, WHOLE]),
    "over the page": (f"  {FULL}\f{FULL}\n\n  {FULL}", [f"{WHOLE} {WHOLE}", WHOLE]),
    "page begins with one": (f"  {FULL}\f  {FULL}\n\n  {FULL}", [WHOLE, WHOLE, WHOLE]),
    "over a note": (f"  {LINE}.\n\n[^1]: A note.\n\n{FULL}", [f"{LINE}. {WHOLE}", "[^1]: A note."]),
    "two notes": (f"  {FULL}\n\n[^1]: A b\nc.\n\n[^2]: Ibid", [WHOLE, "[^1]: A b c.", "[^2]: Ibid"]),
    "page that shows nothing": (
        f"  {FULL}\f  {FULL}\nThe end.\n{FULL}",
        [WHOLE, f"{WHOLE} The end.", WHOLE],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_paragraphs_are_those_that_the_page_shows(case: str) -> None:
    raw, wanted = CASES[case]
    assert paragraphs(raw) == wanted


def test_two_spaces_are_a_sign_only_where_they_are_a_habit() -> None:
    assert layout_of(START).shown
    assert not layout_of(f"{FULL}\n\n  {FULL}\n\n{FULL}").shown
    assert not layout_of(START.replace("  ", "    ")).shown


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("the river\n—which is long", "the river—which is long"),
        ("the river—\nwhich is long", "the river—which is long"),
        ("the river\n— which is long", "the river — which is long"),
        ("the river —\nwhich is long", "the river — which is long"),
        ("in 1992-\n93", "in 1992-93"),
        ("in 1992-\nfloods", "in 1992-floods"),
    ],
)
def test_line_ends_at_dashes(raw: str, wanted: str) -> None:
    assert paragraphs(f"  {raw}") == [wanted]
