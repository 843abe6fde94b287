"""report: contrasts in other ways to do the analysis."""

from typing import Any

import pytest
from conftest import small_codebook
from exhibited import table
from reporting import EVIL, authors, members, plain, reported, rows_of, shares

from nlp.report.sections.robustness import robustness_of

BOOK = small_codebook({"flood": ["water"]}, {"affirmed": [], "denied": []})
NAMES = ["Ada", "Bo"]
Row = dict[str, Any]

ABOUT: Row = {"kind": "frame", "author": "Ada", "other": "Bo", "feature": "flood", "stance": "denied"}
CONTRAST = ABOUT | {
    "difference": -0.3,
    "p": 0.01,
    "variants": 4,
    "same_sign": 1.0,
    "same_significance": 0.75,
}
VARIANTS = [
    ABOUT | {"variant": name, "difference": size, "low": size - 0.1, "high": size + 0.1}
    for name, size in [("threshold: +0.1", -0.28), ("threshold: -0.1", -0.32), ("without: b1", -0.05)]
]


def section(rows: list[Row], variants: list[Row], **made: Any) -> str:
    known = {
        "prevalence": shares(NAMES, BOOK.frame_names, BOOK.split),
        "authors": authors(*NAMES),
        "members": members({name: name for name in NAMES}),
        "robustness": table("robustness", rows),
        "variants": table("variants", variants),
    }
    return reported("robustness", BOOK, **known | made)


def test_a_contrast_is_told_from_who_has_more() -> None:
    html = section([CONTRAST], VARIANTS)
    assert rows_of(html) == ["flood denied Bo Ada 30.0 points 0.010 4 of 4 3 of 4"]
    said = plain(html)
    assert "threshold (2), without (1)" in said
    assert "Frames: of 1 contrasts 1 has p below 0.05 (not corrected), and 0 of these keep sign" in said


def test_names_of_variants_end_before_their_picture() -> None:
    html = section([CONTRAST], VARIANTS)
    (kind,) = robustness_of(
        table("robustness", [CONTRAST]), table("variants", VARIANTS), {}, BOOK, 0.05
    ).kinds
    forest = kind.contrasts[0].forest
    assert forest
    assert f'<text class="small" x="{forest.left}"' in html
    assert forest.left < min(it.low for it in forest.marks)


def test_without_stances_nothing_is_said_of_them() -> None:
    book = small_codebook({"flood": ["water"]}, {})
    made = {
        "robustness": table("robustness", [CONTRAST | {"stance": "any"}]),
        "variants": table("variants", [it | {"stance": "any"} for it in VARIANTS]),
        "authors": authors(*NAMES),
        "members": members({name: name for name in NAMES}),
        "prevalence": shares(NAMES, book.frame_names, []),
    }
    html = reported("robustness", book, **made)
    assert "flood: Bo more than Ada: every variant" in plain(html)
    assert "any stance" not in html


def test_words_go_by_name_and_log_ratio() -> None:
    word = CONTRAST | {
        "kind": "entity",
        "feature": "oak-1",
        "stance": "",
        "other": "rest",
        "difference": 2.54,
    }
    named = table("contrasts", [{"kind": "entity", "feature": "oak-1", "label": "The Oak"}])
    assert rows_of(section([word], [], contrasts=named)) == [
        "The Oak Ada all others 2.5 0.010 4 of 4 3 of 4"
    ]


def test_the_smallest_p_comes_first_and_what_was_not_measured_is_left_out() -> None:
    rows = [
        CONTRAST | {"p": p, "stance": it} for p, it in [(0.2, "any"), (0.01, "denied"), (0.1, "affirmed")]
    ]
    unmeasured = CONTRAST | {"p": 0.0, "other": "rest", "variants": 0}
    (kind,) = robustness_of(
        table("robustness", [*rows, unmeasured]), table("variants", []), {}, BOOK, 0.05
    ).kinds
    assert [it.row.p for it in kind.contrasts] == [0.01, 0.1, 0.2]
    assert (kind.known, kind.passed) == (3, 1)


def test_variants_are_drawn_so_that_the_same_sign_stands_on_the_right() -> None:
    (kind,) = robustness_of(
        table("robustness", [CONTRAST]), table("variants", VARIANTS), {}, BOOK, 0.05
    ).kinds
    forest = kind.contrasts[0].forest
    assert forest
    assert [it.name for it in forest.marks] == ["threshold: +0.1", "threshold: -0.1", "without: b1"]
    assert all(it.low <= it.x <= it.high for it in forest.marks)
    assert all(it.x > forest.zero for it in forest.marks)
    assert forest.marks[1].x > forest.main > forest.marks[0].x
    assert all(it.low >= 0 and it.high <= forest.width for it in forest.marks)
    assert [value for _, value in forest.ticks] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4], abs=0.051)


def test_without_variants_it_is_said() -> None:
    assert "No contrast was measured in another way" in section([], [])


def test_no_name_becomes_markup() -> None:
    evil = [it | {"author": EVIL} for it in (CONTRAST, *VARIANTS)]
    html = section(evil[:1], [it | {"variant": EVIL} for it in evil[1:]])
    assert "<script" not in html
    assert "&lt;script" in html
