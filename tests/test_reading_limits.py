"""reading: what must not be read is refused with a reason; nothing else ever comes out of a bad file."""

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import LIMITS, SMALL, WHERE, reading

from nlp.engine import guarded
from nlp.errors import CorpusError
from nlp.reading import READERS, About, Reading, read

ZIPPED = (".docx", ".odt", ".epub")


def refusal(ending: str, content: bytes) -> CorpusError:
    """The error with which a file is refused; always with a place and a hint."""
    with pytest.raises(CorpusError) as caught:
        read(f"a{ending}", content, WHERE, LIMITS)
    assert caught.value.where == WHERE
    assert caught.value.hint
    return caught.value


# Names and sizes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("content", [b"", b" \r\n\t\n"], ids=["zero-byte", "white space"])
def test_empty_files_are_refused(ending: str, content: bytes) -> None:
    assert "empty" in refusal(ending, content).problem


@pytest.mark.parametrize("ending", READERS)
def test_files_beyond_the_limit_are_refused_unread(ending: str) -> None:
    error = refusal(ending, b"a" * (LIMITS.max_bytes + 1))
    assert error.problem == "1000001 bytes, more than 1000000"
    assert "corpus.max_bytes" in error.hint


@pytest.mark.parametrize("real", READERS)
@pytest.mark.parametrize("named", READERS)
def test_wrongly_named_files_are_refused_with_their_real_kind(named: str, real: str) -> None:
    plain, web = {".txt", ".md"}, {".html", ".htm", ".xhtml"}
    if named == real or {named, real} <= plain or {named, real} <= web or (named in web and real in plain):
        return
    error = refusal(named, SMALL[real])
    assert error.problem.startswith(f"named {named} but is ")
    if real not in plain:
        assert error.hint == f"rename it to {'.html' if real in web else real}"


@pytest.mark.parametrize(
    ("ending", "content", "problem"),
    [
        (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(500), "an old or encrypted Office file"),
        (".docx", samples.zipped({"xl/workbook.xml": "<x/>"}), "a ZIP archive of another kind"),
        (
            ".odt",
            samples.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "another kind",
        ),
        (".docx", SMALL[".docx"][:-100], "an archive whose end is missing"),
        (".txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff", "a picture"),
        (".txt", b"\x1f\x8b\x08\x00", "a compressed file"),
        (".html", b"\xff\xd8\xff\xe0", "a picture"),
        (".pdf", b"just text", "something else"),
    ],
)
def test_other_files_are_recognised(ending: str, content: bytes, problem: str) -> None:
    assert problem in refusal(ending, content).problem


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"\n\n", b"%!junk\n"])
def test_a_pdf_may_begin_with_other_bytes(start: bytes) -> None:
    assert read("a.pdf", start + SMALL[".pdf"], WHERE, LIMITS).text == reading(".pdf", SMALL[".pdf"]).text


@pytest.mark.parametrize("content", [bytes(range(256)) * 20, b"<html>" + b"\x00\x01\x02" * 100])
def test_a_web_page_of_binary_data_is_refused(content: bytes) -> None:
    assert "binary data" in refusal(".html", content).problem


# PDF ----------------------------------------------------------------------------------------------


def test_an_encrypted_pdf_is_refused() -> None:
    error = refusal(".pdf", samples.encrypted_pdf(SMALL[".pdf"], "secret"))
    assert (error.problem, error.hint) == ("encrypted", "save an unprotected copy and add that")


@pytest.mark.parametrize("lines", [[], ["stamp 7"]], ids=["no text", "hardly any"])
def test_a_scanned_pdf_is_refused(lines: list[str]) -> None:
    error = refusal(".pdf", samples.pdf(lines, lines, pictures=[1, 2]))
    assert error.problem == "no text on its 2 page(s)"
    assert "ocrmypdf" in error.hint


@pytest.mark.parametrize("share", [0.99, 0.9, 0.6, 0.3, 0.02])
def test_a_truncated_pdf_is_refused_or_read_with_warnings(share: float) -> None:
    whole = samples.pdf(*[[f"Line {line} of page {page}" for line in range(40)] for page in range(5)])
    try:
        found = reading(".pdf", whole[: int(len(whole) * share)])
    except CorpusError:
        return
    assert found.warnings
    assert found.text.strip()


# Archives -----------------------------------------------------------------------------------------


def with_entries(ending: str, entries: Mapping[str, str | bytes]) -> bytes:
    """A sound file with more entries in it."""
    return samples.zipped({**samples.unzipped(SMALL[ending]), **entries})


def lying(content: bytes, name: str, size: int) -> bytes:
    """The archive, whose directory says that an entry has this size."""
    place = content.rindex(name.encode()) - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    return content[: place + 24] + size.to_bytes(4, "little") + content[place + 28 :]


def encrypted_entry(content: bytes) -> bytes:
    """The archive, whose directory says that its last entry is encrypted."""
    place = content.rindex(b"PK\x01\x02")
    return content[: place + 8] + bytes([content[place + 8] | 1]) + content[place + 9 :]


@pytest.mark.parametrize("ending", ZIPPED)
@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ({"big": bytes(LIMITS.max_unpacked_bytes + 1)}, "more than corpus.max_unpacked_bytes"),
        ({"big": bytes(15_000_000)}, "times its size"),
        ({f"e{number}": "" for number in range(5_001)}, "more than 5000 entries"),
        ({"../out": "x"}, "leads out of the archive"),
        ({"/out": "x"}, "leads out of the archive"),
        ({"a/..\\..\\out": "x"}, "leads out of the archive"),
        ({"C:/out": "x"}, "leads out of the archive"),
    ],
    ids=["size", "ratio", "count", "up", "root", "backslash", "drive"],
)
def test_archives_made_to_do_harm_are_refused(ending: str, entries: dict[str, bytes], problem: str) -> None:
    with pytest.raises(CorpusError, match=problem):
        reading(ending, with_entries(ending, entries))


@pytest.mark.parametrize("ending", ZIPPED)
@pytest.mark.parametrize("size", [1, 19_000_000])
def test_declared_sizes_are_not_believed(ending: str, size: int) -> None:
    part = {".docx": "word/document.xml", ".odt": "content.xml", ".epub": "OEBPS/text/c1.xhtml"}[ending]
    with pytest.raises(CorpusError, match=r"damaged|ZIP bomb|times its size"):
        reading(ending, lying(SMALL[ending], part, size))


def test_unpacking_stops_at_the_limit() -> None:
    limits = LIMITS._replace(max_unpacked_bytes=100)
    with pytest.raises(CorpusError, match="max_unpacked_bytes"):
        reading(".odt", SMALL[".odt"], limits)


@pytest.mark.parametrize("ending", ZIPPED)
def test_encrypted_archives_are_refused(ending: str) -> None:
    with pytest.raises(CorpusError, match="encrypted"):
        reading(ending, encrypted_entry(SMALL[ending]))


def test_an_encrypted_opendocument_text_is_refused() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(CorpusError, match="encrypted"):
        reading(".odt", with_entries(".odt", {"META-INF/manifest.xml": manifest}))


@pytest.mark.parametrize(
    ("algorithm", "is_refused"),
    [("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True), ("http://www.idpf.org/2008/embedding", False)],
)
def test_a_protected_book_is_refused_but_not_for_its_fonts(algorithm: str, is_refused: bool) -> None:
    encryption = (
        '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        f'<e:EncryptionMethod Algorithm="{algorithm}"/></e:EncryptedData></encryption>'
    )
    content = with_entries(".epub", {"META-INF/encryption.xml": encryption})
    if not is_refused:
        assert reading(".epub", content) == reading(".epub", SMALL[".epub"])
        return
    with pytest.raises(CorpusError, match="rights management"):
        reading(".epub", content)


@pytest.mark.parametrize(
    ("ending", "part"),
    [
        (".docx", "[Content_Types].xml"),
        (".docx", "word/document.xml"),
        (".odt", "content.xml"),
        (".epub", "META-INF/container.xml"),
        (".epub", "OEBPS/book.opf"),
    ],
)
def test_archives_without_their_parts_are_refused(ending: str, part: str) -> None:
    parts = samples.unzipped(SMALL[ending])
    del parts[part]
    assert "damaged" in refusal(ending, samples.zipped({**parts, f"other/{part}": "<x/>"})).problem


# XML ----------------------------------------------------------------------------------------------


def with_doctype(ending: str, doctype: str, reference: str) -> bytes:
    """A sound file whose text begins with a document type and has a reference in it."""
    part = {".docx": "word/document.xml", ".odt": "content.xml", ".epub": "OEBPS/text/c1.xhtml"}.get(
        ending, ""
    )
    if not part:
        return f"{doctype}<html><body><p>A small text. {reference}</p></body></html>".encode()
    parts = samples.unzipped(SMALL[ending])
    body = parts[part].decode().partition("?>\n")[2] or parts[part].decode()
    return samples.zipped(
        {**parts, part: doctype + body.replace("A small text.", f"A small text. {reference}")}
    )


@pytest.mark.parametrize("ending", [*ZIPPED, ".html"])
def test_entities_never_bring_in_another_file(ending: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET", encoding="utf-8")
    doctype = f'<!DOCTYPE html [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    found = reading(ending, with_doctype(ending, doctype, "&leak;"))
    assert "SECRET" not in found.text
    assert "A small text." in found.text


@pytest.mark.parametrize("ending", [*ZIPPED, ".html"])
def test_a_billion_laughs_are_not_heard(ending: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]>'
    started = time.monotonic()
    try:
        assert len(reading(ending, with_doctype(ending, doctype, "&l9;")).text) < 2000
    except CorpusError as error:
        assert "damaged" in error.problem
    assert time.monotonic() - started < 5


def test_front_matter_cannot_laugh_either() -> None:
    laughs = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 10))
    text = f"---\nl0: &l0 [ha]\n{laughs}title: *l9\nauthor: *l9\n---\nText."
    assert reading(".md", text.encode()).about == About("", (), None)


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".docx", with_entries(".docx", {"word/document.xml": "<a>" * 5_000 + "</a>" * 5_000})),
        (
            ".odt",
            samples.odt("<text:section>" * 5_000 + "<text:p>Deep.</text:p>" + "</text:section>" * 5_000),
        ),
        (".epub", samples.epub("<div>" * 5_000 + "Deep." + "</div>" * 5_000)),
        (".html", samples.page("<div>" * 5_000 + "<p>Deep.</p>" + "</div>" * 5_000)),
        (".rtf", samples.rtf("{" * 50_000 + "Deep." + "}" * 50_000)),
        (".pdf", SMALL[".pdf"].replace(b"/MediaBox [0 0 612 792]", b"/X " + b"[" * 5_000 + b"]" * 5_000)),
    ],
)
def test_deep_nesting_does_no_harm(ending: str, content: bytes) -> None:
    try:
        assert reading(ending, content).text
    except CorpusError as error:
        assert "damaged" in error.problem or "no text" in error.problem


# Processes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "ending", "content", "problem"),
    [
        (
            {"seconds": 1},
            ".rtf",  # a table of fonts that striprtf searches again for each of them
            rb"{\rtf1{\fonttbl" + rb"\f1" * 200_000 + b"}Text.}",
            "took longer than 1 seconds",
        ),
        pytest.param(
            {"memory_mb": 100},
            ".odt",
            samples.odt("<text:p/>" * 1_000_000 + "<text:p>Text.</text:p>"),
            "took more than 100 MB of memory",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such limit"),
        ),
    ],
)
def test_the_limits_of_the_process_are_told(
    limit: dict[str, Any], ending: str, content: bytes, problem: str
) -> None:
    with pytest.raises(CorpusError, match=problem) as caught:
        read(f"a{ending}", content, WHERE, LIMITS._replace(**limit))
    assert "limits of corpus" in caught.value.hint


def test_reading_needs_no_pandas() -> None:
    assert guarded(_loaded_by_reading, memory_mb=2048, seconds=30) == set()


def _loaded_by_reading() -> set[str]:
    for ending, content in SMALL.items():
        reading(ending, content)
    return set(sys.modules) & {"pandas", "pandera", "spacy", "sklearn", "gensim", "pydantic"}


# Whatever the bytes -------------------------------------------------------------------------------


def check_outcome(ending: str, content: bytes) -> None:
    try:
        found = reading(ending, content)
    except CorpusError as error:
        assert error.where == WHERE
        assert error.hint
        return
    assert isinstance(found, Reading)
    assert found.text.encode("utf-8")
    assert "\0" not in found.text
    assert found.text.strip()
    assert found.pages is None or found.text.count("\f") == found.pages - 1


each_format = pytest.mark.parametrize("ending", [it for it in READERS if it not in (".htm", ".xhtml")])
few = settings(max_examples=20)


@each_format
@few
@given(content=st.binary(max_size=300))
def test_random_bytes_are_read_or_refused(ending: str, content: bytes) -> None:
    check_outcome(ending, content)


@each_format
@few
@given(cut=st.floats(0, 1))
def test_truncated_files_are_read_or_refused(ending: str, cut: float) -> None:
    check_outcome(ending, SMALL[ending][: int(len(SMALL[ending]) * cut)])


@each_format
@few
@given(
    places=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8
    )
)
def test_files_with_flipped_bytes_are_read_or_refused(ending: str, places: list[tuple[float, int]]) -> None:
    content = bytearray(SMALL[ending])
    for place, byte in places:
        content[int(place * len(content))] = byte
    check_outcome(ending, bytes(content))
