"""report: frames over the course of texts."""

from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from conftest import small_codebook
from hypothesis import given
from hypothesis import strategies as st
from reporting import EVIL, authors, members, opened, plain, reported, rows_of, shares

from nlp import tables
from nlp.report.sections.course import course_of

BOOK = small_codebook({"flood": ["water"]}, {"affirmed": [], "denied": []})


def followed(counts: dict[str, list[tuple[int, int]]], of: int = 10) -> pd.DataFrame:
    """Table `frame_course`: for each text affirmed and denied units of each part."""
    rows = [
        (f"By {doc_id}", doc_id, "flood", stance, part, of, count, count / of if of else None, 0.0, 1.0)
        for doc_id, parts in counts.items()
        for part, (yes, no) in enumerate(parts, 1)
        for stance, count in (("affirmed", yes), ("denied", no), ("any", yes + no))
    ]
    return tables.make("frame_course", rows)


def section(table: pd.DataFrame, **made: Any) -> str:
    names = sorted(set(table["author"])) or ["Ada"]
    known = {
        "prevalence": shares(names, BOOK.frame_names, BOOK.split),
        "authors": authors(*names),
        "members": members({name: name for name in names}),
    }
    return reported("course", BOOK, **known | {"frame_course": table} | made)


def test_a_row_is_a_text_and_its_cells_open() -> None:
    html = section(followed({"a1": [(2, 1), (0, 0)]}))
    assert rows_of(html) == ["a1 By a1 flood 3 / 10 0 / 10"]
    assert opened(html) == ("3", "text-a1", "?doc=a1&frame=flood&part=1&by=machine", "3")
    assert html.count('class="opens"') == 1  # there is nothing behind a 0


def test_only_the_longest_texts_are_drawn_and_all_are_told() -> None:
    table = followed({f"t{at:02}": [(1, 0)] for at in range(14)})
    table["n_sentences"] += table["doc_id"].str[1:].astype(int)
    found = course_of(table, BOOK)
    assert found.picture
    assert [it.doc_id for it in found.picture.blocks[0].texts] == [f"t{at:02}" for at in range(2, 14)]
    assert len(found.rows) == found.shown == found.known == 14
    assert "Drawn are the 12 longest of 14 texts." in plain(section(table))


def test_of_very_many_texts_the_table_has_the_longest_and_says_so() -> None:
    table = followed({f"t{at:03}": [(1, 0)] for at in range(320)})
    found = course_of(table, BOOK)
    assert (found.shown, found.known) == (300, 320)
    assert "Shown are the 300 longest of 320 texts." in section(table)


def test_a_part_without_units_has_no_bar() -> None:
    found = course_of(followed({"a1": [(0, 0)]}, of=0), BOOK)
    assert found.picture
    assert found.picture.blocks[0].texts[0].panels[0].bars == []


@given(st.lists(st.integers(0, 5), min_size=1, max_size=5))
def test_the_pieces_of_a_bar_stand_on_one_another_and_within_its_room(counts: list[int]) -> None:
    book = small_codebook({"flood": ["water"]}, {f"s{at}": [] for at in range(len(counts))})
    total = 25
    stances = [*(f"s{at}" for at in range(len(counts))), "any"]
    rows = [
        ("Ada", "a1", "flood", stance, 1, total, n, n / total, 0.0, 1.0)
        for stance, n in zip(stances, [*counts, sum(counts)], strict=True)
    ]
    picture = course_of(tables.make("frame_course", rows), book).picture
    assert picture
    (panel,) = picture.blocks[0].texts[0].panels
    below = panel.base
    assert panel.top == panel.base - 44
    for _, y, height in panel.bars[0].pieces:
        assert y + height == below
        below = y
    assert panel.base - below == round(44 * sum(counts) / total)


@pytest.mark.parametrize("frames", [1, 6, 7, 12, 32])
def test_of_however_many_frames_every_bar_can_be_seen(frames: int) -> None:
    names = [f"f{at}" for at in range(frames)]
    rows = [
        (f"By {doc}", doc, name, "any", part, 10, 5, 0.5, 0.0, 1.0)
        for doc in ("a1", "b1")
        for name in names
        for part in range(1, 11)
    ]
    picture = course_of(
        tables.make("frame_course", rows), small_codebook({it: ["w"] for it in names}, {})
    ).picture
    assert picture
    lines = [line for block in picture.blocks for line in block.texts]
    panels = [panel for line in lines for panel in line.panels]
    assert len(panels) == 2 * frames
    assert [line.y for line in lines] == sorted({line.y for line in lines})
    for panel in panels:
        ends = [(bar.x, bar.x + bar.width) for bar in panel.bars]
        assert all(end <= start for (_, end), (start, _) in pairwise(ends))
        assert all(end - start >= 5 for start, end in ends)
        assert panel.left <= ends[0][0]
        assert ends[-1][1] <= panel.right <= picture.width
        assert panel.base <= picture.height


def test_without_codes_it_is_said() -> None:
    assert "Nothing to show" in section(tables.make("frame_course", []))


def test_no_text_becomes_markup() -> None:
    table = followed({"a1": [(1, 1)]}).assign(author=EVIL)
    assert "<script" not in section(table)
