"""store.sources: what people bring is checked against the manifest, line by line."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from conftest import small_codebook
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.errors import CodingError, CorpusError
from nlp.manifest import Document, Manifest
from nlp.store import sources
from nlp.store.project import Project

CODEBOOK = small_codebook({"threat": ["threat"], "chance": ["chance"]}, {"affirmed": [], "denied": []})
LONG = 100  # characters that make a part of their own
sizes = st.dictionaries(st.text("abc", min_size=1, max_size=4), st.integers(1, 2 * LONG), max_size=12)


def words(doc_id: str) -> bytes:
    return f"Text of {doc_id}.".encode()


def document(doc_id: str, content: bytes | None = None) -> Document:
    return Document(
        doc_id=doc_id,
        file=f"texts/{doc_id}.txt",
        authors=["A. Miller", "B. Weber"],
        author="Miller & Weber",
        year=None,
        title="On floods",
        venue=None,
        kind="essay",
        language="en",
        rights="free",
        sha256=hashlib.sha256(content or words(doc_id)).hexdigest(),
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for folder in ("texts", "codings"):
        (tmp_path / "corpus" / folder).mkdir(parents=True)
    for doc_id in "ab":
        (tmp_path / "corpus" / "texts" / f"{doc_id}.txt").write_bytes(words(doc_id))
    return Project(tmp_path)


@pytest.fixture
def manifest() -> Manifest:
    return Manifest(documents=[document("b"), document("a")])


# -- source files ----------------------------------------------------------------------------------


def test_sources_are_the_named_documents_with_their_bytes(project: Project, manifest: Manifest) -> None:
    told = ("Miller & Weber", "A. Miller; B. Weber", None, "On floods", "", "essay", "en", "free")
    rows = [(it, f"texts/{it}.txt", *told, document(it).sha256, words(it)) for it in "ab"]
    expected = tables.make("sources", rows)
    pd.testing.assert_frame_equal(sources.read_sources(project, manifest, ["b", "a"]), expected)
    pd.testing.assert_frame_equal(sources.read_sources(project, manifest, ["a"]), expected[:1])


def test_a_corpus_as_listed_is_silent(
    project: Project, manifest: Manifest, caplog: pytest.LogCaptureFixture
) -> None:
    (project.corpus / "texts" / ".DS_Store").touch()
    sources.check_sources(project, manifest)
    assert caplog.messages == []


def test_missing_and_changed_files_are_told_together(project: Project, manifest: Manifest) -> None:
    (project.corpus / "texts" / "a.txt").unlink()
    (project.corpus / "texts" / "b.txt").write_bytes(b"Text!")
    with pytest.raises(CorpusError) as caught:
        sources.check_sources(project, manifest)
    found = hashlib.sha256(b"Text!").hexdigest()
    assert caught.value.problem.split("; ") == [
        f"b: corpus/texts/b.txt has sha256 {found}, not the one listed",
        "a: file corpus/texts/a.txt is missing",
    ]
    assert caught.value.where == "corpus/corpus.yaml"
    assert caught.value.hint.startswith("put the file there, or correct its entry")


def test_a_stray_file_is_named_in_a_warning(
    project: Project, manifest: Manifest, caplog: pytest.LogCaptureFixture
) -> None:
    (project.corpus / "texts" / "more").mkdir()
    (project.corpus / "texts" / "more" / "c.txt").touch()
    sources.check_sources(project, manifest)
    assert caplog.messages == ["corpus/texts/more/c.txt: not in corpus/corpus.yaml, so it is not read"]


# -- parts -----------------------------------------------------------------------------------------


def group(root: Path, sizes: dict[str, int]) -> dict[str, list[str]]:
    project = Project(root)
    (project.corpus / "texts").mkdir(parents=True, exist_ok=True)
    for doc_id, size in sizes.items():
        (project.corpus / "texts" / f"{doc_id}.txt").write_bytes(b"x" * size)
    manifest = Manifest.model_construct(documents=[document(doc_id) for doc_id in sizes])
    return sources.group_documents(project, manifest, LONG)


@given(sizes)
def test_every_document_is_in_one_part_named_after_its_first(
    tmp_path_factory: pytest.TempPathFactory, sizes: dict[str, int]
) -> None:
    groups = group(tmp_path_factory.getbasetemp(), sizes)
    assert sorted(doc_id for part in groups.values() for doc_id in part) == sorted(sizes)
    assert all(part == sorted(part) and name == part[0] for name, part in groups.items())


@given(sizes)
def test_the_order_of_the_manifest_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, sizes: dict[str, int]
) -> None:
    root = tmp_path_factory.getbasetemp()
    assert group(root, sizes) == group(root, dict(reversed(sizes.items())))


@given(sizes)
def test_a_long_document_is_a_part_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, sizes: dict[str, int]
) -> None:
    groups = group(tmp_path_factory.getbasetemp(), sizes)
    assert all(groups[doc_id] == [doc_id] for doc_id, size in sizes.items() if size >= LONG)


def test_short_documents_share_parts_of_about_the_wanted_size(tmp_path: Path) -> None:
    groups = group(tmp_path, {f"d{n:03}": LONG // 10 for n in range(300)})
    assert len(groups) == pytest.approx(300 / 10, rel=0.5)


@given(sizes, st.text("abc", min_size=1, max_size=4), st.integers(1, LONG - 1))
def test_a_short_document_changes_at_most_the_part_it_falls_into(
    tmp_path_factory: pytest.TempPathFactory, sizes: dict[str, int], doc_id: str, size: int
) -> None:
    root = tmp_path_factory.getbasetemp()
    before = group(root, {key: it for key, it in sizes.items() if key != doc_id}).values()
    after = group(root, {**sizes, doc_id: size}).values()
    assert len([part for part in before if part not in after]) <= 1


@given(sizes, st.text("abc", min_size=1, max_size=4))
def test_a_long_document_changes_no_other_part(
    tmp_path_factory: pytest.TempPathFactory, sizes: dict[str, int], doc_id: str
) -> None:
    root = tmp_path_factory.getbasetemp()
    before = group(root, {key: it for key, it in sizes.items() if key != doc_id})
    assert group(root, {**sizes, doc_id: LONG}) == {**before, doc_id: [doc_id]}


# -- codes -----------------------------------------------------------------------------------------


def line(**changes: object) -> str:
    """One coded unit as it stands in the file."""
    unit = {"unit": "a-1", "doc_id": "a", "block": "a-b0", "start": 0, "end": 5}
    codes = {"codes": {"anna": {"threat": "denied"}, "ben": {}}}
    return json.dumps({**unit, **codes, **changes}, ensure_ascii=False)


def read(
    project: Project, manifest: Manifest, lines: Sequence[str], encoding: str = "utf-8"
) -> pd.DataFrame:
    file = project.corpus / "codings" / "frames.jsonl"
    file.write_bytes("".join(f"{it}\n" for it in lines).encode(encoding))
    return sources.read_codings(project, manifest, CODEBOOK)


def test_no_file_means_no_codes(project: Project, manifest: Manifest) -> None:
    pd.testing.assert_frame_equal(
        sources.read_codings(project, manifest, CODEBOOK), tables.make("codings", [])
    )


def test_a_line_gives_a_row_for_every_coder_and_frame(project: Project, manifest: Manifest) -> None:
    place = ("a-1", "a", "a-b0", 0, 5)
    expected = [
        (*place, "anna", "chance", ""),
        (*place, "anna", "threat", "denied"),
        (*place, "ben", "chance", ""),
        (*place, "ben", "threat", ""),
    ]
    found = read(project, manifest, [line()])
    pd.testing.assert_frame_equal(found, tables.make("codings", expected))


def test_what_else_a_line_says_is_left_out(project: Project, manifest: Manifest) -> None:
    found = read(project, manifest, [line(text="A flood.", unsure=True)])
    pd.testing.assert_frame_equal(found, read(project, manifest, [line()]))


@pytest.mark.parametrize("space", ["\u2028", "\u2029", "\x85"])
def test_only_a_line_feed_ends_a_line(project: Project, manifest: Manifest, space: str) -> None:
    assert len(read(project, manifest, [line(text=f"A{space}flood.")])) == 4


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ('{"unit": "a-1"', "Expecting ',' delimiter"),
        ("[]", "Input should be a valid dictionary"),
        (line(doc_id="z"), "document 'z' is not in corpus/corpus.yaml"),
        (line(codes={"anna": {"storm": "denied"}}), "unknown frame 'storm'"),
        (line(codes={"anna": {"threat": "feared"}}), "unknown stance 'feared'"),
        (line(codes={"anna": {"threat": ""}}), "unknown stance ''"),
        (line(codes={"anna": ["threat"]}), "codes.anna: Input should be a valid dictionary"),
        (line(start=5), "unit 'a-1' ends at 5, before it starts"),
        (line(start=-1), "start: Input should be greater than or equal to 0"),
        (line(end="5"), "end: Input should be a valid integer"),
        (line(block=None), "block: Input should be a valid string"),
    ],
)
def test_a_bad_line_is_told_with_its_number(
    project: Project, manifest: Manifest, bad: str, told: str
) -> None:
    with pytest.raises(CodingError) as caught:
        read(project, manifest, [line(), bad, line(unit="a-2")])
    assert caught.value.problem.startswith("line 2: ")
    assert told in caught.value.problem
    assert caught.value.where == "corpus/codings/frames.jsonl"
    assert caught.value.hint.startswith("correct or remove these lines")


def test_all_bad_lines_are_told_at_once(project: Project, manifest: Manifest) -> None:
    with pytest.raises(CodingError, match=r"frames\.jsonl: line 1: .*; line 3: .*\n  -> correct"):
        read(project, manifest, ["{", line(), line(doc_id="z")])


def test_a_unit_that_is_there_twice_is_told(project: Project, manifest: Manifest) -> None:
    with pytest.raises(CodingError, match=r"frames\.jsonl: line 2: unit 'a-1'"):
        read(project, manifest, [line(), line()])


def test_units_of_two_documents_may_share_a_name(project: Project, manifest: Manifest) -> None:
    assert len(read(project, manifest, [line(), line(doc_id="b")])) == 8


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_holds_no_codes(project: Project, manifest: Manifest, content: str) -> None:
    assert read(project, manifest, [content]).empty


def test_a_file_in_another_encoding_is_told(project: Project, manifest: Manifest) -> None:
    with pytest.raises(CodingError, match=r"frames\.jsonl: cannot be read .*\n.*UTF-8"):
        read(project, manifest, [line(text="Überflutung")], encoding="cp1252")


# -- hashes ----------------------------------------------------------------------------------------


def test_a_part_hangs_on_the_entries_of_its_own_documents(project: Project, manifest: Manifest) -> None:
    def hashes(*documents: Document) -> list[str]:
        return list(sources.hashes(project, Manifest(documents=list(documents)), "sources", ["a"]))

    assert hashes(document("a"), document("b")) == hashes(document("a"))
    assert hashes(document("a"), document("b")) != hashes(document("a", b"Text!"), document("b"))


def test_codes_hang_on_their_file_and_the_listed_documents(project: Project, manifest: Manifest) -> None:
    def hashes(manifest: Manifest) -> tuple[str, ...]:
        return tuple(sources.hashes(project, manifest, "codings", []))

    absent = hashes(manifest)
    read(project, manifest, [line()])
    present = hashes(manifest)
    read(project, manifest, [line(unit="a-2")])
    assert len({absent, present, hashes(manifest), hashes(Manifest(documents=[document("a")]))}) == 4
