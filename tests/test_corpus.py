"""corpus: bytes in, text out; nothing is changed, and what cannot be read says which file it is."""

import pandas as pd
import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from nlp import corpus, tables
from nlp.corpus.pages import page_spans
from nlp.errors import CorpusError
from nlp.params import CorpusParams

TEXT = "Россия and “soft power”: naïve?\r\n\r\nA second – paragraph.\n"
PARAMS = CorpusParams(part_characters=1000, language="en", **samples.LIMITS._asdict())


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
    assert (document.raw, document.warnings) == (raw, warning)
    assert caplog.messages == [f"corpus/texts/essay.txt: {warning}"]


@pytest.mark.parametrize("file", ["texts/scan.txt", "texts/essay.xyz"])
def test_what_cannot_be_read_is_refused_by_name(file: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read(b" ", file=file)
    assert caught.value.where == f"corpus/{file}"


EN = "The council met in spring and spoke of trade and of peace. " * 10
DE = "Der Rat trat im Frühjahr zusammen und sprach über den Handel. " * 10


@pytest.mark.parametrize(
    ("text", "listed", "warnings"),
    [
        (EN, "en", ""),
        (EN, "en-GB", ""),
        (DE, "en", "the text looks like de, but corpus.yaml says en"),
        (DE, "de", "its language is de, but the pipeline is made for en"),
        (
            EN,
            "de",
            "its language is de, but the pipeline is made for en; "
            "the text looks like en, but corpus.yaml says de",
        ),
        ("Der Rat trat zusammen.", "en", ""),  # too short to tell
    ],
)
def test_another_language_is_a_warning(text: str, listed: str, warnings: str) -> None:
    table = sources(text.encode()).assign(language=listed)
    assert corpus.run(PARAMS, sources=table).documents["warnings"][0] == warnings


def test_a_warning_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    table = sources(DE.encode("cp1252"))
    corpus.raw_texts(PARAMS, sources=table)  # as a run does first, to check the codes
    warnings = corpus.run(PARAMS, sources=table).documents["warnings"][0].split("; ")
    assert len(warnings) == 2
    assert caplog.messages == [f"corpus/texts/essay.txt: {warning}" for warning in warnings]


@pytest.mark.parametrize(
    ("text", "count", "pages"),
    [
        ("no pages", None, []),
        ("one page", 1, ["one page"]),
        ("a\fb", None, ["a", "b"]),
        ("a\fb\f\n", None, ["a", "b"]),  # plain text often ends its last page too
        ("a\fb\f\n", 3, ["a", "b", "\n"]),
        ("\f\fc", 3, ["", "", "c"]),
    ],
)
def test_pages_stand_between_form_feeds(text: str, count: int | None, pages: list[str]) -> None:
    assert [text[start:end] for start, end in page_spans(text, count)] == pages


@given(st.lists(st.text("ab \n"), min_size=1))
def test_a_form_feed_parts_two_pages_and_belongs_to_none(pages: list[str]) -> None:
    text = "\f".join(pages)
    assert [text[start:end] for start, end in page_spans(text, len(pages))] == pages


def test_pages_are_counted_and_kept_for_each_document() -> None:
    result = corpus.run(PARAMS, sources=sources(b"one\ftwo", b"none"))
    assert result.documents["pages"].fillna(0).tolist() == [2, 0]
    expected = [("d0", 1, 0, 3), ("d0", 2, 4, 7)]
    pd.testing.assert_frame_equal(tables.check("pages", result.pages), tables.make("pages", expected))


def test_raw_texts_are_those_of_the_documents() -> None:
    table = sources(b"one\ftwo", TEXT.encode("utf-16"))
    raw = corpus.run(PARAMS, sources=table).documents[["doc_id", "raw"]]
    pd.testing.assert_frame_equal(corpus.raw_texts(PARAMS, sources=table), raw)


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
