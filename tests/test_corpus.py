"""corpus: bytes in, text out; nothing is changed, and what cannot be read says which file it is."""

import codecs

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import corpus, tables
from nlp.corpus.readers import READERS, plain_text
from nlp.errors import CorpusError
from nlp.params import CorpusParams

TEXT = "Россия and “soft power”: naïve?\r\n\r\nA second – paragraph.\n"
PARAMS = CorpusParams(part_characters=1000, fallback_encoding="cp1252")


def sources(*contents: bytes, file: str = "texts/essay.txt") -> pd.DataFrame:
    return tables.make(
        "sources",
        [
            (f"d{n}", file, "A", "A; B", None, "Title", "", "essay", "en", "free", "0" * 64, content)
            for n, content in enumerate(contents)
        ],
    )


def read(content: bytes, *, file: str = "texts/essay.txt") -> pd.Series:
    documents = corpus.run(PARAMS, sources=sources(content, file=file)).documents
    return tables.check("documents", documents).iloc[0]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with BOM", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_unicode_files_are_read_as_they_are(content: bytes) -> None:
    document = read(content)
    assert (document.raw, document.warning) == (TEXT, "")


@pytest.mark.parametrize(
    ("content", "raw", "warning"),
    [
        ("Russia’s".encode("cp1252"), "Russia’s", "not UTF-8 at byte 6: read as cp1252"),
        ("naïve – “so”".encode("cp1252"), "naïve – “so”", "not UTF-8 at byte 2: read as cp1252"),
    ],
)
def test_other_files_are_read_with_the_fallback_and_a_warning(
    content: bytes, raw: str, warning: str, caplog: pytest.LogCaptureFixture
) -> None:
    document = read(content)
    assert (document.raw, document.warning) == (raw, warning)
    assert caplog.messages == [f"corpus/texts/essay.txt: {warning}"]


@given(st.text().filter(lambda text: text.strip() and text.isprintable()))
def test_utf8_text_survives_unchanged(text: str) -> None:
    assert plain_text(text.encode(), "corpus/x.txt", "cp1252") == (text, None, "")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff", "binary"),
        (b"PK\x03\x04\x14\x00\x06\x00" * 20, "binary"),
        (b"\x01\x02\x03 plain", "binary"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "binary"),
        (b"caf\x81", "neither UTF-8 nor cp1252"),
    ],
)
def test_files_without_text_are_refused_by_name(content: bytes, problem: str) -> None:
    with pytest.raises(CorpusError, match=problem) as caught:
        read(content, file="texts/scan.txt")
    assert caught.value.where == "corpus/texts/scan.txt"
    assert caught.value.hint


@pytest.mark.parametrize("file", ["texts/essay.xyz", "texts/essay", "texts.txt/essay"])
def test_an_unknown_ending_is_refused_by_name(file: str) -> None:
    with pytest.raises(CorpusError, match="no reader") as caught:
        read(b"text", file=file)
    assert caught.value.where == f"corpus/{file}"
    assert all(ending in caught.value.hint for ending in READERS)


@pytest.mark.parametrize("file", ["a.txt", "a.TXT", "deep/er/a.md", "a.b.txt"])
def test_the_ending_chooses_the_reader(file: str) -> None:
    assert read(b"text", file=file).reader == "text"


def test_an_unknown_fallback_encoding_is_named() -> None:
    with pytest.raises(CorpusError, match="klingon"):
        plain_text(b"caf\xe9", "corpus/x.txt", "klingon")


def test_what_the_manifest_says_is_kept() -> None:
    table = sources(b"text").assign(year=pd.array([2014], dtype="Int64"), venue="Riddle")
    document = corpus.run(PARAMS, sources=table).documents.iloc[0]
    kept = list(set(table.columns) & set(tables.make("documents", []).columns))
    assert document[kept].to_dict() == table.iloc[0][kept].to_dict()


def test_split_is_whole() -> None:
    table = sources(b"one", TEXT.encode("utf-16"), "três".encode("cp1252"))
    parts = [corpus.run(PARAMS, sources=table.iloc[[row]]).documents for row in range(len(table))]
    whole = corpus.run(PARAMS, sources=table).documents
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)
