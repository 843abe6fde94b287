"""Figures are valid SVG that says in words what it shows, the same in every process."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest
from conftest import ROOT, small_codebook
from exhibited import CODEBOOK, HOSTILE, PARAMS, Compared, compared, empty
from lxml import etree

from nlp import drawing
from nlp.codebook import Codebook
from nlp.exhibits.figures import course, distances, shares, stances
from nlp.exhibits.setting import Setting, setting_of

SVG = "{http://www.w3.org/2000/svg}"
FIGURES: Mapping[str, Callable[[Compared, Setting], str]] = {
    "frames": lambda given, setting: shares.frames(given["prevalence"], setting),
    "stances": lambda given, setting: stances.stances(given["prevalence"], setting),
    "topics": lambda given, setting: shares.topics(given["topic_shares"], setting),
    "distances": lambda given, setting: distances.distances(given["distance_map"], setting),
    "course": lambda given, setting: course.course(given["frame_course"], setting),
}
SIZES = {
    "none": [],
    "one": ["Ada"],
    "five": ["Ada", "Bo", HOSTILE, "$x$ & \\frac{1}{2} <b>", "a" * 300],
    "sixty": [f"g{n:02}" for n in range(60)],
}


def drawn(name: str, given: Compared, codebook: Codebook = CODEBOOK) -> str:
    return FIGURES[name](given, setting_of(given["members"], given["authors"], codebook, PARAMS))


def words(svg: str) -> str:
    return "\n".join(element.text or "" for element in etree.fromstring(svg.encode()).iter(f"{SVG}text"))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("groups", SIZES.values(), ids=SIZES)
def test_a_figure_is_valid_and_told_in_words(name: str, groups: list[str]) -> None:
    svg = drawn(name, compared(groups, word=HOSTILE) if groups else empty())
    root = etree.fromstring(svg.encode())
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == root.get("aria-label")
    assert root.findtext(f"{SVG}desc")
    assert re.search(r"Tables?: outputs/tables/\w+\.csv", words(svg))
    assert not re.search(r"nan|inf\b", re.sub(r"<(title|desc|text|defs).*?</\1>", "", svg, flags=re.S))
    assert "dc:date" not in svg
    assert not re.search(r"<script|<image|href=\"http", svg)


@pytest.mark.parametrize("name", ["frames", "stances", "topics", "distances"])
def test_groups_are_named_as_they_are_written(name: str) -> None:
    """Dollar signs, backslashes and braces are no formulas."""
    found = words(drawn(name, compared(["Ada", "Bo", "$x$ & \\frac{1}{2} <b>"])))
    assert "$x$ & \\frac{1}{2} <b>" in found


@pytest.mark.parametrize("name", ["frames", "stances", "topics", "distances", "course"])
def test_of_many_groups_the_largest_are_drawn(name: str) -> None:
    found = words(drawn(name, compared(SIZES["sixty"])))
    assert "12 of 60 authors, those with the most words; the table has all." in found
    assert "g59" in found
    assert "g00" not in found


def test_what_cannot_be_estimated_says_so() -> None:
    svg = drawn("frames", compared(["Ada", "Bo"]))
    assert words(svg).count("not estimable") == 2
    assert "Bo not estimable" in svg


def test_the_description_has_the_numbers() -> None:
    assert "peace: Ada 12 [8, 17], Bo not estimable" in drawn("frames", compared(["Ada", "Bo"]))
    assert "peace, Ada: held 12, denied 12" in drawn("stances", compared(["Ada", "Bo"]))
    assert "Frames (90 % shown, stress 0.10): Ada at 0.00, 0.00" in drawn(
        "distances", compared(["Ada", "Bo"])
    )


def test_stances_can_be_told_apart_without_colour() -> None:
    svg = drawn("stances", compared(["Ada", "Cy", "Bo"]))
    assert len(set(zip(drawing.SHADES, drawing.HATCHES, strict=True))) == len(drawing.HATCHES)
    assert "<pattern" in svg


def test_a_codebook_without_stances_has_none_to_draw() -> None:
    plain = small_codebook({"peace": ["calm"]}, {})
    found = words(drawn("stances", compared(["Ada", "Bo"], codebook=plain), plain))
    assert "The codebook has no stances to tell apart." in found


def test_names_beside_points_do_not_cover_each_other() -> None:
    boxes = [next(distances._places(0, 0, "Ada")), next(distances._places(100, 0, "Ada"))]
    assert distances._overlap(boxes[0][0], boxes[1][0]) == 0
    assert distances._overlap(boxes[0][0], boxes[0][0]) > 0


def test_lines_below_a_figure_fit() -> None:
    svg = drawing.draw(lambda it: None, size=(3, 2), title="it", description="", below=["word " * 30])
    below = [it for it in re.findall(r"<text[^>]*>([^<]*)</text>", svg) if "word" in it]
    assert " ".join(below).split() == ["word"] * 30
    assert max(map(len, below)) <= 48


def test_long_names_are_cut() -> None:
    assert len(drawing.short("a" * 300)) == 28
    assert drawing.title("one two " * 20).count("\n") == 1
    assert drawing.title("a\nb") == "a⏎b"


def test_a_figure_has_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib, test_figures as it;"
        "given = it.compared(['Ada', 'Bo', it.HOSTILE]);"
        "print([hashlib.sha256(it.drawn(name, given).encode()).hexdigest() for name in it.FIGURES])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
