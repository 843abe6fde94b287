"""report: words and names that set groups apart."""

from itertools import combinations
from typing import Any

from conftest import small_codebook
from exhibited import table
from reporting import EVIL, authors, members, opened, plain, reported, rows_of, shares

from nlp.report.sections.limits import ROWS
from nlp.report.sections.words import words_of

BOOK = small_codebook({"flood": ["water"]}, {})
NAMES = ["Ada", "Bo", "Cy"]
Row = dict[str, Any]


def contrast(author: str, other: str, feature: str, **changed: Any) -> Row:
    usual = {"kind": "word", "label": feature, "count": 9, "other_count": 2, "documents": 1}
    figures = {"other_documents": 2, "effect": 2.0, "low": -0.5, "high": 4.5, "z": 3.0, "dispersion": 0.25}
    return (
        {"author": author, "other": other, "feature": feature, "p": 0.01, "q": 0.2}
        | usual
        | figures
        | changed
    )


def section(rows: list[Row], names: list[str] = NAMES) -> str:
    known = {
        "prevalence": shares(names, BOOK.frame_names, BOOK.split),
        "authors": authors(*names),
        "members": members({name: name for name in names}),
        "contrasts": table("contrasts", rows),
    }
    return reported("words", BOOK, **known)


def test_a_word_stands_with_all_its_figures_and_its_counts_open() -> None:
    html = section([contrast("Ada", "rest", "oak")])
    assert rows_of(html) == ["oak 9 1 2 2 2.0 −0.5 to 4.5 3.0 0.25 0.010 0.200"]
    assert opened(html) == ("9", "texts", "?author=Ada&word=oak", "9")
    assert opened(html.split("</a>", 1)[1]) == ("2", "texts", "?author=Bo&author=Cy&word=oak", "2")


def test_what_cannot_be_tested_has_dashes() -> None:
    unknown = dict.fromkeys(["low", "high", "p", "q", "dispersion"], float("nan"))
    assert rows_of(section([contrast("Ada", "rest", "oak", **unknown)])) == ["oak 9 1 2 2 2.0 3.0 – – –"]


def test_names_stand_apart_from_words_and_open_mentions() -> None:
    html = section([contrast("Ada", "rest", "oak-1", kind="entity", label="The Oak")])
    assert rows_of(html.split("<h3>Names</h3>")[1])[0].startswith("The Oak 9")
    assert 'data-of="mentions"' in html


def test_the_smallest_p_comes_first_and_what_others_use_more_is_left_out() -> None:
    rows = [
        contrast("Ada", "rest", "elm", p=0.2),
        contrast("Ada", "rest", "oak", p=0.1),
        contrast("Ada", "rest", "ash", effect=-2.0),
    ]
    found = words_of(table("contrasts", rows), NAMES, 9)
    assert [[it.row.feature for it in rows] for _, rows in found.words] == [["oak", "elm"]]


def test_no_pair_is_left_out() -> None:
    pairs = list(combinations([f"A{n:02}" for n in range(40)], 2))
    rows = [contrast(*pair, word) for pair in pairs for word in ("oak", "elm")]
    assert len(rows) > ROWS
    assert [(it.author, it.other) for it in words_of(table("contrasts", rows), NAMES, 9).pairs] == pairs


def test_pairs_are_told_from_who_has_more() -> None:
    html = section([contrast("Ada", "Bo", "elm", effect=-2.0, low=-4.0, high=-1.0, count=2, other_count=9)])
    assert rows_of(html.split("Two by two")[1]) == ["Bo elm 9 2 2 1 2.0 1.0 to 4.0 −3.0 – 0.010 0.200"]


def test_all_words_shown_are_known_to_the_evidence() -> None:
    rows = [
        contrast("Ada", "rest", "oak"),
        contrast("Ada", "Bo", "elm"),
        contrast("Ada", "rest", "x", kind="entity"),
    ]
    assert words_of(table("contrasts", rows), NAMES, 9).lemmas == {"oak", "elm"}


def test_of_many_groups_all_words_stand_in_one_table_of_bounded_length() -> None:
    many = [f"A{at:03}" for at in range(100)]
    rows = [contrast(name, "rest", f"w{n}") for name in many for n in range(7)]
    html = section(rows, many)
    assert len(rows_of(html)) == 600
    assert "100 more words and names" in plain(html)
    assert "author=A001&amp;author" not in html  # the others are too many to be asked for


def test_words_of_groups_that_are_not_shown_take_no_room() -> None:
    rows = [contrast(f"A{at:03}", "rest", "oak", p=0.001) for at in range(700)]
    found = words_of(table("contrasts", [*rows, contrast("Bo", "rest", "elm")]), ["Bo"], 9)
    assert [name for name, _ in found.words] == ["Bo"]


def test_one_group_and_no_words_are_said() -> None:
    assert "no comparison possible" in section([], ["Ada"])
    assert "None: no word is frequent enough" in section([])


def test_no_word_becomes_markup() -> None:
    html = section([contrast("Ada", "rest", EVIL), contrast("Ada", "Bo", EVIL)])
    assert "<script" not in html
