"""Four short texts by two authors, from source to report, in memory."""

import re
from html import unescape
from typing import Any

import pandas as pd
import pytest
from conftest import GOLDEN, Tables, run_in_memory

from nlp import tables as schemas
from nlp.store.project import Project

# Table -> the rows that are fixed; of the many figures of quality only one kind.
FIXED = {
    "authors": "",
    "prevalence": "",
    "confusion": "",
    "coder_quality": "author == 'all' and measure == 'f1'",
}


@pytest.mark.parametrize("name", FIXED)
def test_tables_are_those_last_read_and_found_right(
    name: str, golden: tuple[Tables, dict[str, Any]], request: pytest.FixtureRequest
) -> None:
    made = schemas.check(name, golden[0][name]).round(4)
    made = made.query(FIXED[name]).reset_index(drop=True) if FIXED[name] else made
    path = GOLDEN / "expected" / f"{name}.csv"
    if request.config.getoption("--update-golden"):
        made.to_csv(path, index=False, lineterminator="\n")
    expected = pd.read_csv(path, keep_default_na=False, na_values=[""]).astype(made.dtypes.to_dict())
    pd.testing.assert_frame_equal(made, expected, check_dtype=False, atol=1e-3)


def test_every_table_fits_its_schema(golden: tuple[Tables, dict[str, Any]]) -> None:
    for name, table in golden[0].items():
        assert len(schemas.check(name, table)) == len(table)


def test_the_two_authors_frame_in_opposite_ways(golden: tuple[Tables, dict[str, Any]]) -> None:
    shares = golden[0]["prevalence"].query("method == 'corrected'")
    share = shares.set_index(["author", "frame", "stance"])["estimate"]
    assert share["Ash", "attraction", "affirmed"] > share["Birch", "attraction", "affirmed"]
    assert share["Birch", "attraction", "denied"] > share["Ash", "attraction", "denied"]
    assert share["Birch", "pressure", "affirmed"] > share["Ash", "pressure", "affirmed"]


def test_stances_add_up_to_the_frame(golden: tuple[Tables, dict[str, Any]]) -> None:
    wide = golden[0]["prevalence"].pivot_table(
        index=["author", "frame", "method"], columns="stance", values="estimate"
    )
    stances = wide.drop(columns="any").sum(axis=1)
    assert (stances - wide["any"]).abs().max() < 1e-9


def test_every_sentence_points_to_its_words_in_the_source(golden: tuple[Tables, dict[str, Any]]) -> None:
    raw = golden[0]["documents"].set_index("doc_id")["raw"]
    text = golden[0]["texts"].set_index("doc_id")["text"]
    for row in golden[0]["sentences"].itertuples():
        assert text[row.doc_id][row.start : row.end] == row.text
        source = raw[row.doc_id][row.raw_start : row.raw_end]
        assert source.replace("-\n", "").replace("\n", " ") == row.text


def test_every_mention_points_to_its_words_in_the_source(golden: tuple[Tables, dict[str, Any]]) -> None:
    raw = golden[0]["documents"].set_index("doc_id")["raw"]
    for row in golden[0]["entities"].itertuples():
        assert raw[row.doc_id][row.raw_start : row.raw_end] == row.text


def test_the_registry_names_what_it_lists(golden: tuple[Tables, dict[str, Any]]) -> None:
    found = golden[0]["entities"].drop_duplicates("text").set_index("text")["entity"]
    assert found["Holt"] == "Mira Holt"
    assert found["League"] == "River League"
    assert found["Sarn"] == "Sarn"


def test_the_report_shows_the_sentences_behind_a_figure(golden: tuple[Tables, dict[str, Any]]) -> None:
    page = golden[1]["report.report"]["index.html"]
    index = page.split('id="codes-pressure-2"')[1].split("<h4")[0]
    assert 'href="#birch-2003/1"' in index
    sentence = page.split('id="birch-2003/1"')[1].split(">", 1)[1].split("</span>")[0]
    assert "Northland threatens every state on the Velm." in re.sub("<[^>]*>", "", sentence)


def test_the_report_asks_nothing_of_the_network(golden: tuple[Tables, dict[str, Any]]) -> None:
    page = golden[1]["report.report"]["index.html"]
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r"""<[^>]+\s(src|href|action|data)=["'](https?:)?//|url\(|@import""", page)


def test_a_second_run_gives_the_same(golden: tuple[Tables, dict[str, Any]]) -> None:
    again = run_in_memory(Project(GOLDEN))
    for name, table in golden[0].items():
        pd.testing.assert_frame_equal(table, again[0][name])
    assert again[1] == golden[1]
