"""store.sources: the files that people bring are checked against the manifest."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.errors import CorpusError
from nlp.manifest import Document, Manifest
from nlp.store import sources
from nlp.store.project import Project

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


# -- hashes ----------------------------------------------------------------------------------------


def test_a_part_hangs_on_the_entries_of_its_own_documents() -> None:
    def hashes(*documents: Document) -> list[str]:
        return list(sources.hashes(Manifest(documents=list(documents)), ["a"]))

    assert hashes(document("a"), document("b")) == hashes(document("a"))
    assert hashes(document("a"), document("b")) != hashes(document("a", b"Text!"), document("b"))
