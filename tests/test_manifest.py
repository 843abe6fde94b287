"""manifest: every entry is complete, its id is a plain file name, its file lies inside the corpus."""

import re
from contextlib import suppress
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from nlp.manifest import Document, Manifest, check_doc_id

ENTRY: dict[str, Any] = {
    "doc_id": "miller-2015",
    "file": "texts/miller-2015.txt",
    "authors": ["A. Miller", "B. Weber"],
    "author": "Miller & Weber",
    "year": 2015,
    "title": "On bridges",
    "venue": "Journal of Bridges",
    "kind": "journal article",
    "language": "en",
    "rights": "The authors",
    "sha256": "0f" * 32,
}


@pytest.mark.parametrize(
    "doc_id", ["a", "7", "miller-2015", "Miller_2015.v2", "x" * 80, "connor", "com", "com10", "nullify.txt"]
)
def test_plain_ids_are_taken_as_they_are(doc_id: str) -> None:
    assert check_doc_id(doc_id) == doc_id


@pytest.mark.parametrize(
    "doc_id",
    ["", "x" * 81, "-rf", ".hidden", "..", "a..b", "a/b", "a\\b", "a b", "a:b", "a\n", "müller"],
)
def test_ids_that_are_no_plain_file_name_are_refused(doc_id: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"doc_id {doc_id!r} must be up to 80 letters")):
        check_doc_id(doc_id)


@pytest.mark.parametrize("doc_id", ["con", "NUL", "AUX.txt", "Lpt1.2015", "com9"])
def test_ids_that_windows_keeps_for_itself_are_refused(doc_id: str) -> None:
    with pytest.raises(ValueError, match=f"^doc_id '{doc_id}' is a reserved file name on Windows"):
        check_doc_id(doc_id)


@given(st.text(st.sampled_from("aN1._-:/\\ \n"), max_size=4))
def test_an_accepted_id_is_one_step_of_a_path_on_every_system(doc_id: str) -> None:
    with suppress(ValueError):
        accepted = check_doc_id(doc_id)
        assert PurePosixPath(accepted).parts == PureWindowsPath(accepted).parts == (doc_id,)


@pytest.mark.parametrize("name", ENTRY)
def test_every_key_of_an_entry_is_required(name: str) -> None:
    entry = {key: value for key, value in ENTRY.items() if key != name}
    with pytest.raises(ValidationError, match=f"{name}\n  Field required"):
        Document.model_validate(entry)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("doc_id", "../miller"),
        ("file", ""),
        ("file", "/etc/passwd"),
        ("file", "texts/../../secret.txt"),
        ("file", "texts\\miller.txt"),
        ("authors", []),
        ("authors", "A. Miller"),
        ("author", ""),
        ("year", "2015"),
        ("year", True),
        ("title", None),
        ("sha256", "0f" * 31),
        ("sha256", "0F" * 32),
        ("publisher", "Springer"),
    ],
)
def test_wrong_values_are_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(ValidationError, match=f"^1 validation error for Document\n{name}\n"):
        Document.model_validate({**ENTRY, name: value})


def test_what_the_reader_has_said_may_be_recorded() -> None:
    plain = Document.model_validate(ENTRY)
    assert (plain.reader, plain.pages, plain.warnings) == (None, None, [])
    told = {"reader": "pypdf 7.1.0", "pages": 12, "warnings": ["no capitals"]}
    document = Document.model_validate({**ENTRY, **told})
    assert {key: getattr(document, key) for key in told} == told


@pytest.mark.parametrize(
    ("name", "value"), [("reader", ""), ("pages", -1), ("pages", "12"), ("warnings", "odd")]
)
def test_wrong_records_of_the_reader_are_refused(name: str, value: object) -> None:
    with pytest.raises(ValidationError, match=f"^1 validation error for Document\n{name}\n"):
        Document.model_validate({**ENTRY, name: value})


@pytest.mark.parametrize("name", ["year", "venue"])
def test_year_and_venue_may_be_unknown(name: str) -> None:
    assert getattr(Document.model_validate({**ENTRY, name: None}), name) is None


def test_a_corpus_has_documents() -> None:
    with pytest.raises(ValidationError, match="documents\n  List should have at least 1 item"):
        Manifest(documents=[])


def test_ids_differ_by_more_than_capitals() -> None:
    entries = [{**ENTRY, "doc_id": doc_id} for doc_id in ("b", "A", "B", "c", "a")]
    told = "documents[2] 'A' and documents[5] 'a'; documents[1] 'b' and documents[3] 'B' "
    with pytest.raises(ValidationError, match=r"doc_id used twice \(.*\): " + re.escape(told)):
        Manifest.model_validate({"documents": entries})


def test_documents_keep_the_order_of_the_manifest() -> None:
    entries = [
        {**ENTRY, "doc_id": doc_id, "file": f"{doc_id}.txt", "sha256": doc_id * 64}
        for doc_id in ("b", "c", "a")
    ]
    manifest = Manifest.model_validate({"documents": entries})
    assert [document.doc_id for document in manifest.documents] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("changed", "same"), [({"file": "x.txt"}, "sha256"), ({"sha256": "f" * 64}, "file")]
)
def test_the_same_text_under_two_names_is_refused(changed: dict[str, str], same: str) -> None:
    entries = [ENTRY, {**ENTRY, "doc_id": "other", **changed}]
    with pytest.raises(ValidationError, match=rf"documents\[2\] 'other' are the same text \(same {same}\)"):
        Manifest.model_validate({"documents": entries})
