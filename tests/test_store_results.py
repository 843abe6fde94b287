"""store.results: readers get faithful CSV, pages they can read, and the same bytes every time."""

import io
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from exhibited import HOSTILE
from lxml import html
from multimark import markdown_to_html

from nlp import tables
from nlp.errors import TableError, visible
from nlp.store import results
from nlp.store.project import Project

ODD = ["None", "NA", "", "a, b", 'a "b"', "a | b", "007", " a ", "Россия’s", "a\nb"]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def quality(*rows: tuple[int, str, float]) -> pd.DataFrame:
    """Table topic_quality from (topic, label, npmi)."""
    return tables.make("topic_quality", [(*row[:2], "a · b", 0.5, True, 0.5, row[2], 0.25) for row in rows])


def test_a_table_becomes_files_for_programs_and_a_page(project: Project) -> None:
    table = tables.make("duplicates", [("gas, pipe", "b", 0.123456), ("a | b", "c", 1 / 3)])
    csv, parquet, page = results.write_table(project, "duplicates", table)
    assert tuple(map(project.shown, (csv, parquet, page))) == results.table_files("duplicates")
    assert csv.read_bytes().decode() == ('doc_id,other,jaccard\na | b,c,0.3333\n"gas, pipe",b,0.1235\n')
    pd.testing.assert_frame_equal(pd.read_parquet(parquet), results.read_table(project, "duplicates"))
    assert page.read_bytes().decode().splitlines() == [
        "# duplicates",
        "",
        "Two texts that are nearly the same: in every figure they count twice.",
        "",
        "- `doc_id`: Name of a document.",
        "- `other`: Name of the other, later in the alphabet.",
        "- `jaccard`: Share of their runs of words that both have (0 to 1).",
        "",
        "| doc_id    | other   | jaccard   |",
        "|:----------|:--------|:----------|",
        "| a \\| b    | c       | 0.3333    |",
        "| gas, pipe | b       | 0.1235    |",
    ]


def test_what_a_run_remembers_is_what_the_last_one_published(project: Project) -> None:
    told = tables.check("topic_quality", quality(*((n, text, 0.5) for n, text in enumerate(ODD))))
    results.write_table(project, "topic_quality", told)
    results.write_table(project, "topic_changes", tables.make("topic_changes", []))
    last = results.read_last(project, ("topic_quality", "topic_changes"))
    assert last["topic_quality"].equals(told)
    assert last["topic_changes"].empty


def test_a_run_remembers_nothing_where_a_table_is_missing(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    results.write_table(project, "topic_quality", quality((0, "a", 0.5)))
    last = results.read_last(project, ("topic_quality", "topic_changes"))
    assert [len(it) for it in last.values()] == [0, 0]
    assert not caplog.text


def test_a_table_of_another_version_is_told_and_not_remembered(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    csv, *_ = results.write_table(project, "topic_quality", quality((0, "a", 0.5)))
    csv.write_text("topic,label\n0,a\n", encoding="utf-8")
    assert results.read_last(project, ("topic_quality",))["topic_quality"].empty
    assert "topic_quality.csv is not as this version writes it" in caplog.text


def test_only_the_table_that_is_damaged_is_told(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    results.write_table(project, "topic_quality", quality((0, "a", 0.5)))
    csv, *_ = results.write_table(project, "topic_changes", tables.make("topic_changes", []))
    csv.write_bytes(b"\xff\x00")
    last = results.read_last(project, ("topic_quality", "topic_changes"))
    assert last["topic_quality"].empty
    assert "topic_changes.csv" in caplog.text
    assert "topic_quality.csv" not in caplog.text


def test_csv_keeps_every_text_as_it_is(project: Project) -> None:
    table = quality(*((n, text, 0.0) for n, text in enumerate(ODD)))
    csv, *_ = results.write_table(project, "topic_quality", table)
    read = pd.read_csv(io.BytesIO(csv.read_bytes()), dtype=str, keep_default_na=False, lineterminator="\n")
    assert read["label"].tolist() == ODD


@pytest.mark.parametrize("order", [1, -1])
def test_the_same_table_is_the_same_bytes(project: Project, order: int) -> None:
    table = quality((0, "a", 0.1 + 0.2), (1, "b", 0.5))
    first = [file.read_bytes() for file in results.write_table(project, "topic_quality", table)]
    table = quality((0, "a", 0.3), (1, "b", 0.5))[::order]
    assert [file.read_bytes() for file in results.write_table(project, "topic_quality", table)] == first


def test_a_wrong_table_leaves_the_old_files_in_place(project: Project) -> None:
    files = results.write_table(project, "topic_quality", quality((0, "a", 0.1)))
    before = [file.read_bytes() for file in files]
    with pytest.raises(TableError, match=r"^table topic_quality: topic: greater_than.*\n  -> "):
        results.write_table(project, "topic_quality", quality((-1, "a", 0.1)))
    assert [file.read_bytes() for file in files] == before


def test_a_page_leaves_unknown_cells_empty_and_rows_on_one_line() -> None:
    figures = ("f1", math.nan, 0.5, math.nan, 0, 7)
    row = ("author", "cues", "presence", "two\nlines", "any", "all", *figures)
    page = results.markdown("coder_quality", tables.make("coder_quality", [row]))
    cells = [cell.strip() for cell in page.splitlines()[-1].split("|")]
    told = ["author", "cues", "presence", "two lines", "any", "all", "f1"]
    assert cells == ["", *told, "", "0.5000", "", "0", "7", ""]


def test_a_page_shows_names_as_they_are_without_any_markup() -> None:
    names = [
        HOSTILE,
        "a\\",
        "\\|",
        "&amp;",
        "[x](javascript:a)",
        "<script>a</script>",
        "_a_ b_c",
        "~~a~~",
        "$a$",
    ]
    page = results.markdown("topic_quality", quality(*((n, it, 0.0) for n, it in enumerate(names))))
    drawn = html.fragment_fromstring(
        markdown_to_html(page, extensions=["table", "strikethrough", "autolink"], unsafe=True),
        create_parent=True,
    )
    rows = [[cell.text_content() for cell in row.iter("td")] for row in drawn.iter("tr")][1:]
    assert [row[1] for row in rows] == [visible(name.replace("\n", " ")) for name in names]
    assert {it.tag for it in drawn.iter("script", "b", "i", "em", "strong", "a", "del", "code", "img")} <= {
        "code"
    }
    assert not list(drawn.find(".//table").iter("code"))


@pytest.mark.parametrize("more", [0, 1])
def test_a_page_of_a_long_table_says_where_the_rest_is(more: int) -> None:
    rows = results.MAX_ROWS + more
    page = results.markdown("topic_quality", quality(*((n, "a", 0.0) for n in range(rows))))
    notice = f"{results.MAX_ROWS} of {rows} rows; `topic_quality.csv` has them all."
    assert (notice in page) == bool(more)
    assert sum(line.startswith("| ") for line in page.splitlines()) == results.MAX_ROWS + 1


def test_a_page_of_a_long_table_shows_something_of_every_kind() -> None:
    rows = [
        ("Ann", "named", f"{kind} {n}", "x", kind, n, 0.0, 0.0, 1.0, 0.0, "", None)
        for kind in ("person", "state")
        for n in range(400)
    ]
    page = results.markdown("actors", tables.make("actors", rows))
    shown = [line.split("|")[5].strip() for line in page.splitlines() if line.startswith("| Ann")]
    assert shown == ["person"] * (results.MAX_ROWS // 2) + ["state"] * (results.MAX_ROWS // 2)
    assert "person 399" in page
    assert "person 0 " not in page
    assert "300 of 800 rows, those first by count; `actors.csv` has them all." in page


def test_a_page_of_a_long_table_shows_the_strongest_evidence() -> None:
    rows = [
        ("frame", "Ann", "Bob", f"f{n:03}", "any", 0.1, n / 1000, 1, 1.0, 1.0) for n in range(400, 0, -1)
    ]
    page = results.markdown("robustness", tables.make("robustness", rows))
    shown = [line.split("|")[4].strip() for line in page.splitlines() if line.startswith("| frame")]
    assert shown == [f"f{n:03}" for n in range(1, results.MAX_ROWS + 1)]


@pytest.mark.parametrize(("names", "alone"), [(["Ann"], True), (["Ann", "Ben"], False)])
def test_a_table_of_one_author_says_that_nothing_can_be_compared(names: list[str], *, alone: bool) -> None:
    rows = [(name, "body", True, 1, 1) for name in names]
    page = results.markdown("author_zones", tables.make("author_zones", rows))
    assert ("no comparison possible" in page) == alone


def test_a_folder_holds_just_what_the_last_run_has_made(project: Project) -> None:
    results.write(project, "outputs/exhibits", {"old.md": "old", "kept.md": "old"})
    files = results.write(project, "outputs/exhibits", {"kept.md": "new\n", "book.xlsx": b"\x00\r\n"})
    assert sorted((project.outputs / "exhibits").iterdir()) == sorted(files)
    assert [path.read_bytes() for path in files] == [b"new\n", b"\x00\r\n"]


def test_metrics_are_json_in_stable_order_to_four_decimals(project: Project) -> None:
    metrics = {
        "f1": {"war": 1 / 3, "peace": math.nan},
        "count": 3,
        "author": "Müller",
        "all": np.float64(0.5),
    }
    (file,) = results.write(project, "outputs/metrics/frames.json", metrics)
    assert file == project.outputs / "metrics" / "frames.json"
    assert file.read_bytes().decode() == (
        '{\n  "all": 0.5,\n  "author": "Müller",\n  "count": 3,\n'
        '  "f1": {\n    "peace": null,\n    "war": 0.3333\n  }\n}\n'
    )


def test_a_page_is_written_as_it_is(project: Project) -> None:
    (file,) = results.write(project, "outputs/report/index.html", "<p>“да”</p>\n")
    assert file.read_bytes() == "<p>“да”</p>\n".encode()


def test_numbers_are_written_as_json(project: Project) -> None:
    (file,) = results.write(project, "outputs/metrics/topics.json", {"topics": 6})
    assert json.loads(file.read_bytes()) == {"topics": 6}
