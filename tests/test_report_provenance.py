"""The section of the report that tells what it was made with."""

import re
from collections.abc import Sequence

import pandas as pd
from conftest import small_codebook
from reporting import EVIL, plain, reported, rows_of

from nlp import tables

BOOK = small_codebook({"flood": ["water"]}, {})
Rows = Sequence[tuple[str, str, str, str, str]]


def section(rows: Rows = (), **made: pd.DataFrame) -> str:
    return reported("provenance", BOOK, provenance=tables.make("provenance", rows), **made)


def codes(*rows: tuple[int, str, str, str]) -> pd.DataFrame:
    """Number of the unit, coder, codebook and day; every unit is coded for two frames."""
    made = [
        ("doc", number, coder, frame, "b", False, "", codebook, day, None)
        for number, coder, codebook, day in rows
        for frame in ("fire", "flood")
    ]
    return tables.make("coded_sentences", made)


def test_files_stand_with_their_hashes_and_rights() -> None:
    html = section(
        [
            ("text", "corpus/texts/a.txt", "aa11", "Public domain", "corpus"),
            ("input", "configs/codebook.yaml", "bb22", "", "coder, frames"),
            ("input", "corpus/corpus.yaml", "cc33", "", "all"),
            ("input", "corpus/codings/draw.csv", "dd44", "", ""),
        ]
    )
    assert rows_of(html) == [
        "corpus/texts/a.txt Public domain aa11",
        "configs/codebook.yaml coder, frames bb22",
        "corpus/corpus.yaml all cc33",
        "corpus/codings/draw.csv – dd44",
    ]


def test_a_text_without_rights_has_none() -> None:
    assert rows_of(section([("text", "corpus/texts/a.txt", "aa11", "", "corpus")])) == [
        "corpus/texts/a.txt – aa11"
    ]


def test_software_and_models_stand_with_versions_and_licences() -> None:
    html = section(
        [
            ("software", "crossframe", "0.1.0", "MIT", "all"),
            ("software", "gensim", "4.4.0", "LGPL-2.1-only", "topics, mixtures"),
            ("model", "small-words", "1.0", "", "embed"),
            ("citation", "author", "The Makers", "", ""),
            ("citation", "title", "Compare things.", "", ""),
            ("citation", "version", "0.1.0", "", ""),
        ]
    )
    assert rows_of(html) == [
        "crossframe 0.1.0 MIT all",
        "gensim 4.4.0 LGPL-2.1-only topics, mixtures",
        "Models",
        "small-words 1.0 – embed",
    ]
    assert "The Makers. crossframe , version 0.1.0: Compare things. Software." in plain(html)


def test_parameters_stand_in_the_order_of_their_file() -> None:
    html = section(
        [
            ("parameter", "coder.seed", "13", "A seed.", "coder"),
            ("parameter", "coder.reference", "final", "Whom to believe.", "coder"),
            ("parameter", "annotate.batch_size", "64", "Texts at once.", "annotate"),
        ]
    )
    assert rows_of(html) == [
        "batch_size 64 Texts at once.",
        "reference final Whom to believe.",
        "seed 13 A seed.",
    ]
    assert re.findall(r"<summary>(.*?)</summary>", html) == ["annotate: 1 parameter", "coder: 2 parameters"]


def test_coders_stand_with_their_part_and_what_they_judged() -> None:
    coded = codes(
        (0, "final", BOOK.hash, "2024-05-02"),
        (1, "final", BOOK.hash, "2024-05-01"),
        (1, "ann", "", ""),
        (2, "ann", "0123456789ab", "2024-04-01"),
    )
    given = [
        ("parameter", "coder.reference", "final", "", "coder"),
        ("parameter", "coder.adjudicators", '["final"]', "", "coder"),
    ]
    html = section(given, coded_sentences=coded)
    assert rows_of(html)[:2] == [
        "ann – 2 0 1 2024-04-01",
        "final reference, adjudicator 2 2 0 2024-05-01 to 2024-05-02",
    ]
    assert 'data-find="?coder=final" data-count="2" data-of="units"' in html
    assert "Coded by a lamp." in html
    assert f"Version 1, of hash {BOOK.hash} ," in plain(html)


def test_without_anything_it_says_so() -> None:
    html = section()
    assert "Nobody: there is no coded sample." in html
    for heading in ("Files", "Software", "Parameters"):
        assert f"<h3>{heading}" not in html


def test_nothing_in_it_becomes_markup() -> None:
    html = section([("text", EVIL, EVIL, EVIL, EVIL), ("software", EVIL, EVIL, EVIL, EVIL)])
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 7
