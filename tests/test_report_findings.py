"""report: the differences that the page begins with, and by which rule."""

from typing import Any

import pandas as pd
import pytest
from conftest import small_codebook
from exhibited import table
from reporting import authors, members, plain, reported, shares

from nlp import tables
from nlp.report.sections.findings import Findings, findings_of

BOOK = small_codebook({"flood": ["water"], "fire": ["smoke"]}, {"affirmed": [], "denied": []})
NAMES = ["Ada", "Bo"]
SURE = {"difference": 0.4, "low": 0.3, "high": 0.5, "p": 0.0001, "q": 0.004}
HOLDS = {"variants": 9, "same_sign": 1.0, "same_significance": 1.0}
Row = dict[str, Any]


def frame(author: str, other: str, name: str, stance: str = "any", **changed: Any) -> tuple[Row, Row]:
    """A difference of shares, and how robust it is."""
    about = {"author": author, "other": other, "stance": stance}
    same = {it: changed.pop(it) for it in HOLDS if it in changed}
    return (
        about | {"frame": name} | SURE | changed,
        about | {"kind": "frame", "feature": name} | HOLDS | same,
    )


def word(author: str, other: str, lemma: str, count: int, others: int, **changed: Any) -> tuple[Row, Row]:
    about = {"author": author, "other": other, "feature": lemma}
    sizes = {"count": count, "total": 1000, "other_count": others, "other_total": 4000}
    ratio = {"effect": 4.0, "low": 3.0, "high": 5.0, "p": 0.0001, "q": 0.004} | changed
    return (
        about | sizes | {"kind": "word", "label": lemma} | ratio,
        about | {"kind": "word", "stance": ""} | HOLDS,
    )


def made(frames: list[tuple[Row, Row]], words: list[tuple[Row, Row]] | None = None) -> dict[str, Any]:
    both = [*frames, *(words or [])]
    return {
        "frame_differences": table("frame_differences", [it for it, _ in frames]),
        "contrasts": table("contrasts", [it for it, _ in words or []]),
        "robustness": table("robustness", [it for _, it in both]),
    }


def found(frames: list[tuple[Row, Row]], words: list[tuple[Row, Row]] | None = None) -> Findings:
    nothing = {it: tables.make(it, []) for it in ("topic_differences", "prevalence", "topic_shares")}
    return findings_of(**made(frames, words) | nothing, codebook=BOOK)


def told(names: list[str], documents: int = 1, **given: pd.DataFrame) -> str:
    """What is to be read below the heading of the findings."""
    known = {
        "prevalence": shares(names, BOOK.frame_names, BOOK.split),
        "authors": authors(*names, documents=documents),
        "members": members({name: name for name in names}),
    }
    return plain(reported("overview", BOOK, **known | given).split("What is surest</h3>")[1])


# ---- which ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [
        {"q": 0.05},
        {"same_sign": 0.95},
        {"same_significance": 0.85},
        {"variants": 0},
        {"low": -0.01},
    ],
)
def test_what_is_not_sure_or_does_not_hold_is_no_finding(changed: Row) -> None:
    assert not found([frame("Ada", "Bo", "flood", **changed)]).shown
    assert len(found([frame("Ada", "Bo", "flood")]).shown) == 1


def test_what_holds_in_most_variants_comes_first_then_what_is_surely_larger() -> None:
    rows = [
        frame("Ada", "Bo", "flood", same_significance=0.95, low=0.39),
        frame("Ada", "Cy", "fire", low=0.1, high=0.9, difference=0.5),
        frame("Bo", "Cy", "fire", low=0.2, high=0.6, difference=0.4),
    ]
    shown = found(rows).shown
    assert [(it.label, it.author) for it in shown] == [("fire", "Bo"), ("flood", "Ada")]


def test_kinds_take_turns_and_nothing_is_told_twice() -> None:
    frames = [
        frame("Ada", "Bo", "flood"),
        frame("Ada", "Bo", "flood", "denied"),
        frame("Ada", "Bo", "fire"),
    ]
    words = [word("Ada", "rest", f"w{n}", 9, 1) for n in range(7)]
    shown = found(frames, words).shown
    assert [it.label for it in shown] == ["fire", "w0", "flood", "w1", "w2"]


def test_it_is_counted_what_there_was_to_choose_from() -> None:
    rows = [
        frame("Ada", "Bo", "flood"),
        frame("Ada", "Bo", "fire", q=0.5),
        frame("Ada", "Bo", "fire", "denied", same_sign=0.5),
    ]
    assert found(rows)[1:4] == (3, 2, 1)


# ---- how they are told ------------------------------------------------------------------------------


def test_a_frame_is_told_from_who_has_more_with_both_shares() -> None:
    table_of = shares(NAMES, BOOK.frame_names, BOOK.split)
    corrected = (table_of["method"] == "corrected") & (table_of["frame"] == "flood")
    for name, share in (("Ada", 0.05), ("Bo", 0.45)):
        own = corrected & (table_of["author"] == name) & (table_of["stance"] == "affirmed")
        table_of.loc[own, ["estimate", "low", "high"]] = [share, share - 0.03, share + 0.04]
        table_of.loc[own, "estimable"] = True
    turned = frame("Ada", "Bo", "flood", "affirmed", difference=-0.4, low=-0.5, high=-0.3)
    text = told(NAMES, prevalence=table_of, **made([turned]))
    assert text.startswith(
        "With Bo the frame flood , affirmed, stands in 45 of 100 sentences (42 to 49), and with Ada in"
        " 5 of 100 sentences (2 to 9): 40 points more (interval 30 to 50, q = 0.004). It holds in all 9"
        " other ways to do the analysis."
    )


def test_against_all_others_it_is_told_from_the_author_also_with_less() -> None:
    table_of = shares(NAMES, BOOK.frame_names, BOOK.split)
    table_of[["estimate", "low", "high", "estimable"]] = [0.05, 0.02, 0.09, True]
    less = frame(
        "Ada", "rest", "flood", difference=-0.4, low=-0.5, high=-0.3, same_significance=8 / 9 + 0.02
    )
    text = told(NAMES, prevalence=table_of, **made([less]))
    assert "With Ada the frame flood stands in 5 of 100 sentences (2 to 9)" in text
    assert ": 40 points less than with all others together (interval 30 to 50, q = 0.004)" in text
    assert "It holds in 8 of 9 other ways" in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            word("Ada", "rest", "oak", 12, 6),
            "With Ada the word oak is found 12 times in 1000 words, with all others together 6 times in"
            " 4000 words: 16 times as often (interval 8.0 to 32, q = 0.004)",
        ),
        (
            word("Ada", "rest", "oak", 12, 3),
            "With Ada the word oak is found 12 times in 1000 words, with all others together 3 times in"
            " 4000 words: at least 8.0 times as often, by the lower end of the"
            " interval (q = 0.004)",
        ),
        (
            word("Ada", "Bo", "oak", 0, 12, effect=-4.0, low=-5.0, high=-3.0),
            "With Bo the word oak is found 12 times in 4000 words, with Ada never in 1000 words: at least"
            " 8.0 times as often, by the lower end of the interval (q = 0.004)",
        ),
    ],
)
def test_a_word_is_told_with_its_counts(given: tuple[Row, Row], said: str) -> None:
    assert told(NAMES, **made([], [given])).startswith(said)


@pytest.mark.parametrize(
    ("names", "frames", "said"),
    [
        (["Ada"], [], "With one group there is nothing to compare."),
        (NAMES, [], "Nothing could be compared: no sentences are coded, and neither topics nor words"),
        (NAMES, [frame("Ada", "Bo", "flood", q=0.3)], "Of 1 comparisons none have a q below 0.05."),
        (NAMES, [frame("Ada", "Bo", "flood", same_sign=0.5)], "1 has a q below 0.05, and none of these"),
    ],
)
def test_where_nothing_is_sure_it_is_said(names: list[str], frames: Any, said: str) -> None:
    assert said in told(names, **made(frames))


def test_of_single_texts_nothing_is_claimed_for_their_authors() -> None:
    given = made([], [word("Ada", "rest", "oak", 12, 3)])
    assert "it is these texts that differ" in told(NAMES, **given)
    assert "it is these texts that differ" not in told(NAMES, documents=4, **given)
