"""store.parts: what is written is read again, whole or not at all, and a changed part is noticed."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.errors import TableError
from nlp.store import parts
from nlp.store.project import Project

STAGE, TABLE = "frames", "frame_codes"


def codes(*doc_ids: str, score: float = 0.25) -> pd.DataFrame:
    rows = [(doc_id, n, "threat", "machine", score, n == 0, "", 1.0) for doc_id in doc_ids for n in (1, 0)]
    return tables.make(TABLE, rows)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def write(project: Project, part: str, content: pd.DataFrame) -> Path:
    return parts.write(project, STAGE, TABLE, part, content)


def read(project: Project, *names: str) -> pd.DataFrame:
    return parts.read(project, STAGE, TABLE, names)


def files(folder: Path) -> list[str]:
    return sorted(it.relative_to(folder).as_posix() for it in folder.rglob("*") if it.is_file())


# -- tables ----------------------------------------------------------------------------------------


def test_parts_are_files_named_after_them(project: Project) -> None:
    for part in ("b.2", "a"):
        write(project, part, codes(part))
    assert files(project.work) == ["frames/frame_codes/a.parquet", "frames/frame_codes/b.2.parquet"]
    assert parts.part_names(project, STAGE, TABLE) == ["a", "b.2"]


def test_split_and_read_together_is_the_whole(project: Project) -> None:
    whole = codes("c", "a", "b")
    for part in "bca":
        write(project, part, whole[whole["doc_id"] == part])
    pd.testing.assert_frame_equal(read(project, "c", "a", "b"), tables.check(TABLE, whole))


def test_empty_parts_and_no_parts_are_empty_tables(project: Project) -> None:
    write(project, "empty", codes())
    write(project, "a", codes("a"))
    pd.testing.assert_frame_equal(read(project, "empty", "a"), tables.check(TABLE, codes("a")))
    pd.testing.assert_frame_equal(read(project, "empty"), codes())
    pd.testing.assert_frame_equal(read(project), codes())


@pytest.mark.parametrize("year", [None, 2015])
def test_unknown_numbers_and_odd_texts_survive(project: Project, year: int | None) -> None:
    raw = "“Да”,\r\nnone\ttab \ufeff\U0001f30a\x00"
    row = (
        "d",
        "None",
        "A; B",
        year,
        "",
        "NA",
        "essay",
        "en",
        "free",
        "0" * 64,
        "txt",
        "",
        None,
        "",
        "",
        raw,
    )
    table = tables.make("documents", [row])
    parts.write(project, "corpus", "documents", "d", table)
    pd.testing.assert_frame_equal(parts.read(project, "corpus", "documents", ["d"]), table)


def test_the_same_table_is_the_same_bytes(project: Project) -> None:
    first, second = write(project, "a", codes("a", "b")), write(project, "b", codes("a", "b")[::-1])
    assert first.read_bytes() == second.read_bytes()


def test_what_two_machines_may_compute_differently_is_rounded_off(project: Project) -> None:
    first = write(project, "a", codes("a", score=0.1 + 0.2))
    second = write(project, "b", codes("a", score=0.3))
    assert first.read_bytes() == second.read_bytes()


def test_a_wrong_table_leaves_the_old_part_in_place(project: Project) -> None:
    write(project, "a", codes("a"))
    with pytest.raises(TableError, match=r"^table frame_codes: score: less_than_or_equal_to\(1\).*\n  -> "):
        write(project, "a", codes("a", score=1.5))
    pd.testing.assert_frame_equal(read(project, "a"), tables.check(TABLE, codes("a")))
    assert files(project.work) == ["frames/frame_codes/a.parquet"]


@pytest.mark.parametrize("content", [None, b"", b"PAR1 no table"], ids=["missing", "empty", "broken"])
def test_a_part_that_cannot_be_read_is_named(project: Project, content: bytes | None) -> None:
    file = write(project, "a", codes("a"))
    file.unlink() if content is None else file.write_bytes(content)
    with pytest.raises(TableError) as caught:
        read(project, "a")
    assert caught.value.problem.startswith("cannot be read")
    assert caught.value.where == "outputs/work/frames/frame_codes/a.parquet"
    assert caught.value.hint == "delete outputs/work and run again"


def test_a_part_of_another_version_is_refused(project: Project) -> None:
    file = write(project, "a", codes("a"))
    codes("a").drop(columns="coder").to_parquet(file)
    with pytest.raises(TableError, match=r"^table frame_codes: .*coder"):
        read(project, "a")


# -- replacing -------------------------------------------------------------------------------------


def test_a_file_is_the_old_one_until_the_new_one_is_done(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("old")
    with parts.replacing(file) as temporary:
        temporary.write_text("new")
        assert file.read_text() == "old"
    assert file.read_text() == "new"
    assert files(tmp_path) == ["page.txt"]


def test_a_failed_writer_leaves_no_trace(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("old")
    with pytest.raises(KeyboardInterrupt), parts.replacing(file) as temporary:
        temporary.write_text("ne")
        raise KeyboardInterrupt
    assert file.read_text() == "old"
    assert files(tmp_path) == ["page.txt"]


# -- records ---------------------------------------------------------------------------------------

ingredients = st.dictionaries(
    st.text(max_size=2), st.lists(st.integers() | st.text(max_size=2)), max_size=3
)


@given(ingredients, ingredients)
def test_keys_are_equal_where_ingredients_are(
    first: dict[str, list[object]], second: dict[str, list[object]]
) -> None:
    assert parts.key(first) == parts.key(dict(reversed(first.items())))
    assert (parts.key(first) == parts.key(second)) == (first == second)


@pytest.fixture
def done(project: Project) -> Path:
    """The file of a finished part `a`, made from `key`."""
    file = write(project, "a", codes("a"))
    parts.record(project, STAGE, "a", "key", [file], means="means")
    return file


def test_a_finished_part_is_current(project: Project, done: Path) -> None:
    assert parts.is_current(project, STAGE, "a", "key")
    write(project, "a", codes("a"))
    assert parts.is_current(project, STAGE, "a", "key")


@pytest.mark.parametrize(
    ("stage", "part", "key"), [("topics", "a", "key"), (STAGE, "b", "key"), (STAGE, "a", "")]
)
def test_a_part_with_no_such_record_is_not_current(
    project: Project, done: Path, stage: str, part: str, key: str
) -> None:
    assert not parts.is_current(project, stage, part, key)


@pytest.mark.parametrize("content", [None, b"", b"other"], ids=["missing", "cut off", "changed"])
def test_a_part_whose_file_has_changed_is_not_current(
    project: Project, done: Path, content: bytes | None
) -> None:
    done.unlink() if content is None else done.write_bytes(content)
    assert not parts.is_current(project, STAGE, "a", "key")


def test_parts_are_known_by_what_they_were_made_with(project: Project, done: Path) -> None:
    assert list(parts.made_with(project, STAGE, TABLE, "means")) == [("a", parts.file_hash(done))]
    assert not list(parts.made_with(project, STAGE, TABLE, "other means"))
    assert not list(parts.made_with(project, STAGE, "no such table", "means"))
    done.write_bytes(b"changed")
    assert not list(parts.made_with(project, STAGE, TABLE, "means"))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"key": "key"}',
        '{"key": "key", "files": 1}',
    ],
)
def test_a_part_with_a_broken_record_is_not_current(project: Project, done: Path, content: str) -> None:
    (project.work / ".parts" / STAGE / "a.json").write_text(content)
    assert not parts.is_current(project, STAGE, "a", "key")


def test_a_record_holds_paths_of_no_machine(project: Project, done: Path) -> None:
    record = json.loads((project.work / ".parts" / STAGE / "a.json").read_text())
    assert record == {
        "key": "key",
        "means": "means",
        "files": {"outputs/work/frames/frame_codes/a.parquet": parts.file_hash(done)},
    }


def test_only_the_parts_of_other_documents_are_dropped(project: Project, done: Path) -> None:
    for part in ("a.2", "b", "b.2"):
        parts.record(project, STAGE, part, "key", [write(project, part, codes(part))], means="means")
    parts.write(project, "coder", TABLE, "b", codes("b"))
    parts.drop_others(project, STAGE, [TABLE], {"a", "b.2", "z"})
    assert files(project.work) == [
        ".parts/frames/a.json",
        ".parts/frames/b.2.json",
        "coder/frame_codes/b.parquet",
        "frames/frame_codes/a.parquet",
        "frames/frame_codes/b.2.parquet",
    ]
