"""report: shares of frames, and how far authors differ."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from conftest import small_codebook
from hypothesis import given
from hypothesis import strategies as st
from reporting import EVIL, authors, members, plain, reported, rows_of, shares

from nlp import tables
from nlp.report.sections.frame_drawing import frame_bars
from nlp.report.sections.frames import differences_of, frames_of
from nlp.report.sections.limits import ROWS

BOOK = small_codebook({"flood": ["water"], "fire": ["smoke"]}, {"affirmed": [], "denied": []})
PLAIN_BOOK = small_codebook({"flood": ["water"]}, {})
NAMES = ["Ada", "Bo"]
Row = tuple[Any, ...]


def frames(
    book: Any = BOOK, *, documents: int = 1, names: Sequence[str] = NAMES, **made: pd.DataFrame
) -> str:
    """The section on frames; nothing is known but what is given."""
    known = {
        "prevalence": shares(list(names), book.frame_names, book.split),
        "authors": authors(*names, documents=documents),
        "members": members({name: name for name in names}),
    }
    return reported("frames", book, **known | made)


def compared(*rows: Row) -> pd.DataFrame:
    return tables.make("frame_differences", rows)


CLEAR = ("Ada", "Bo", "flood", "any", -0.25, -0.4, -0.1, 0.0004, 0.004, True)
UNCLEAR = ("Ada", "Bo", "flood", "denied", 0.02, -0.05, 0.1, 0.3, 0.9, True)
UNKNOWN = ("Ada", "Bo", "fire", "any", None, None, None, None, None, False)


# ---- shares -----------------------------------------------------------------------------------------


def test_what_is_not_estimable_is_said() -> None:
    html = frames(PLAIN_BOOK)
    assert rows_of(html)[:1] == ["Ada not estimable 0 / 0 unknown"]
    assert "not estimable from 0 coded sentences" in html


def test_bars_are_as_long_as_shares_are_large() -> None:
    book = small_codebook({"flood": ["water"]}, {"affirmed": [], "denied": []})
    names = [f"A{n}" for n in range(50)]
    table = shares(names, ["flood"], ["affirmed", "denied"])
    known = {"any": 0.5, "affirmed": 0.25, "denied": 0.25}
    own = (table["author"] == "A0") & (table["method"] == "corrected")
    table.loc[own, "estimate"] = table.loc[own, "stance"].map(known)
    table.loc[own, ["low", "high"]] = 0.25, 0.75
    table.loc[own, "estimable"] = True
    (section,) = frames_of(table, {}, names, book)
    picture = frame_bars(section, [("affirmed", "Affirmed"), ("denied", "Denied")])
    first, second, *_ = picture.bars
    place = {share: x for x, share in picture.ticks}
    assert [(it.x, it.x + it.width) for it in first.pieces] == [
        (place[0], pytest.approx(place[25], abs=1)),
        (pytest.approx(place[25], abs=1), place[50]),
    ]
    assert (first.low, first.high) == (place[25], place[75])
    assert not second.pieces
    assert len(picture.bars) == 40


def test_more_to_code_is_told_of_the_corrected_share() -> None:
    table = shares(["Ada"], ["flood"], [])
    table.loc[table["method"] == "corrected", "more_coded"] = 41
    table.loc[table["method"] == "coded", "more_coded"] = 54
    row, _ = rows_of(frames(PLAIN_BOOK, names=["Ada"], prevalence=table))
    assert row.endswith("0 / 0 41")


def test_a_share_stands_with_its_interval_by_each_method() -> None:
    table = shares(["Ada"], ["flood"], [])
    known = table.assign(
        estimate=table["method"].map({"corrected": 0.3, "coded": 0.25, "machine": 0.4}),
        low=0.125,
        high=0.5,
        estimable=True,
        n_sentences=80,
        n_coded=20,
    )
    corrected, alone = rows_of(frames(PLAIN_BOOK, names=["Ada"], prevalence=known))
    assert corrected == "Ada 30.0 % 12.5–50.0 20 / 80 –"
    assert alone == "Ada 25.0 % 12.5–50.0 40.0 % 12.5–50.0"


# ---- differences ------------------------------------------------------------------------------------


def differences(html: str) -> str:
    return html.split('<h3 id="differences">')[1]


def test_clear_differences_come_first_told_from_the_larger_share() -> None:
    html = differences(frames(frame_differences=compared(UNCLEAR, CLEAR, UNKNOWN)))
    clear, others = html.split("<details>")
    assert "1 of 2 comparisons of the corrected shares of two authors, or of one and" in plain(clear)
    assert "all others together, have a q below 0.05" in plain(clear)
    assert "1 more cannot be made" in plain(clear)
    assert rows_of(clear) == ["flood Any stance Bo Ada 25.0 10.0 to 40.0 < 0.001 0.004"]
    assert "Other comparisons, without a clear difference: 1" in plain(others)
    assert rows_of(others) == ["flood denied Ada Bo 2.0 −5.0 to 10.0 0.300 0.900"]


def test_they_stand_by_frame_any_stance_first_and_by_size() -> None:
    rows = [
        ("Ada", "Bo", frame, stance, size, 0.0, 0.9, 0.001, 0.01, True)
        for size, frame, stance in [
            (0.5, "fire", "any"),
            (0.1, "flood", "any"),
            (0.4, "flood", "denied"),
            (0.3, "flood", "affirmed"),
        ]
    ]
    larger = ("Ada", "Cy", "flood", "any", -0.2, -0.3, -0.1, 0.001, 0.01, True)
    found = differences_of(compared(*rows, larger), pd.Series([1, 1, 1]), BOOK).notable
    assert [(it.frame, it.stance, it.estimate) for it in found] == [
        ("flood", "Any stance", 0.2),
        ("flood", "Any stance", 0.1),
        ("flood", "affirmed", 0.3),
        ("flood", "denied", 0.4),
        ("fire", "Any stance", 0.5),
    ]


def test_of_too_many_differences_the_surest_are_shown_and_all_are_counted() -> None:
    rows = [
        ("Ada", f"Bo {n:04}", "flood", "any", 0.1, 0.0, 0.2, p, 0.01 if p < 0.01 else 0.9, True)
        for n, p in enumerate([0.5] * ROWS + [0.1, 0.2, 0.001])
    ]
    found = differences_of(compared(*rows), pd.Series([1]), BOOK)
    assert (found.passed, found.compared) == (1, ROWS + 3)
    assert len(found.others) == ROWS
    assert {"Bo 1200", "Bo 1201"} <= {it.less for it in found.others}


SHARE = st.floats(-1, 1, allow_subnormal=False)


@given(SHARE, st.floats(0, 0.5), st.floats(0, 0.5))
def test_who_has_more_does_not_hang_on_who_is_named_first(share: float, below: float, above: float) -> None:
    rest = ("flood", "any")
    one = compared(("Ada", "Bo", *rest, share, share - below, share + above, 0.1, 0.2, True))
    other = compared(("Bo", "Ada", *rest, -share, -share - above, -share + below, 0.1, 0.2, True))
    documents = pd.Series([1, 1])
    (mine,), (yours,) = (differences_of(it, documents, BOOK).others for it in (one, other))
    assert mine.low <= mine.estimate <= mine.high
    assert mine.estimate == abs(share)
    assert mine == yours or share == 0


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        (1, "Each author has a single document here: it is these texts that differ"),
        (2, "Where an author has a single document, it is this text that differs."),
    ],
)
def test_it_is_said_what_a_difference_holds_for(documents: int, said: str) -> None:
    assert said in plain(frames(documents=documents, frame_differences=compared(CLEAR)))


def test_without_estimable_shares_nothing_is_compared() -> None:
    html = differences(frames(frame_differences=compared(UNKNOWN)))
    assert "No shares are estimable" in html
    assert "<table" not in html


def test_a_single_author_is_compared_with_nobody() -> None:
    assert "Differences between authors" not in frames(names=["Ada"])


def test_without_stances_no_column_tells_of_them() -> None:
    html = frames(PLAIN_BOOK, frame_differences=compared(CLEAR))
    assert "stance" not in plain(html).lower()
    assert rows_of(differences(html)) == ["flood Bo Ada 25.0 10.0 to 40.0 < 0.001 0.004"]


def test_no_author_becomes_markup() -> None:
    rows = compared((EVIL, "Bo", *CLEAR[2:]))
    html = frames(names=["Bo", EVIL], frame_differences=rows)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in differences(html)


def test_a_page_on_other_groups_says_by_what_they_are_made() -> None:
    by_year = members({"a1": "2001", "c1": "2002"}, "year")
    known = {
        "prevalence": shares(["2001", "2002"], BOOK.frame_names, BOOK.split),
        "authors": authors("2001", "2002"),
        "members": by_year,
    }
    said = plain(reported("overview", BOOK, **known))
    assert "Documents are compared by year." in said
    assert "Year Documents" in said  # the head of the table
    known |= {"members": members({"a1": "2001", "c1": "2002"})}
    assert "compared by" not in plain(reported("overview", BOOK, **known))


def test_the_rest_is_called_all_others() -> None:
    rest = ("Ada", "rest", "flood", "any", -0.25, -0.4, -0.1, 0.0004, 0.004, True)
    assert "Any stance all others Ada 25.0" in plain(frames(frame_differences=compared(rest)))
