"""reading: bytes in, text out. One structure of a format in, its lines out."""

import codecs
from typing import Any

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from samples import LIMITS, SMALL, WHERE, reading

from nlp.errors import CorpusError
from nlp.reading import READERS, About, read
from nlp.reading.about import about
from nlp.reading.characters import valid

TEXT = "Россия and “soft power”: naïve?\r\n\r\nA second – paragraph.\n"


# Every format -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", READERS)
def test_every_reader_reads(ending: str) -> None:
    found = reading(ending, SMALL[ending])
    assert "mall" in found.text
    assert found.text == found.text.strip("\n") or ending == ".pdf"
    library = {"text": "", "markdown": "", "odt": "lxml 6", "epub": "lxml 6"}
    assert found.version.startswith(library.get(found.reader, ""))
    assert bool(found.version) == (ending not in (".txt", ".md"))
    assert found.pages == (2 if ending == ".pdf" else None)


@pytest.mark.parametrize("ending", READERS)
def test_a_process_of_its_own_reads_the_same(ending: str) -> None:
    found = read(f"texts/a{ending.upper()}", SMALL[ending], WHERE, LIMITS)
    assert found == reading(ending, SMALL[ending])


@pytest.mark.parametrize("file", ["texts/essay.xyz", "texts/essay", "texts.txt/essay"])
def test_an_unknown_ending_is_refused_by_name(file: str) -> None:
    with pytest.raises(CorpusError, match="no reader") as caught:
        read(file, b"text", f"corpus/{file}", LIMITS)
    assert caught.value.where == f"corpus/{file}"
    assert all(ending in caught.value.hint for ending in READERS)


@pytest.mark.parametrize("file", ["a.txt", "a.TXT", "deep/er/a.txt", "a.b.txt"])
def test_the_ending_chooses_the_reader(file: str) -> None:
    assert read(file, b"text", WHERE, LIMITS).reader == "text"


# Characters ---------------------------------------------------------------------------------------


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
    found = reading(".txt", content)
    assert (found.text, found.warnings) == (TEXT, ())


@pytest.mark.parametrize(
    ("content", "text", "warning"),
    [
        ("Russia’s".encode("cp1252"), "Russia’s", "not UTF-8 at byte 6: read as cp1252"),
        ("naïve – “so”".encode("cp1252"), "naïve – “so”", "not UTF-8 at byte 2: read as cp1252"),
        (b"a\0" + b"b" * 2000, "a" + "b" * 2000, "1 NUL character(s) left out"),
        ("a \ufffd".encode(), "a \ufffd", "1 character(s) that cannot be read, shown as \ufffd"),
    ],
)
def test_other_files_are_read_with_a_warning(content: bytes, text: str, warning: str) -> None:
    found = reading(".txt", content)
    assert (found.text, found.warnings) == (text, (warning,))


@given(st.text().filter(lambda text: text.strip() and text.isprintable() and "\ufffd" not in text))
def test_utf8_text_survives_unchanged(text: str) -> None:
    assert reading(".txt", text.encode())[:5] == (text, "text", "", None, ())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\x01\x02\x03 plain", "binary"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "binary"),
        (b"caf\x81", "neither UTF-8 nor cp1252"),
    ],
)
def test_files_without_text_are_refused_by_name(content: bytes, problem: str) -> None:
    with pytest.raises(CorpusError, match=problem) as caught:
        read("texts/scan.txt", content, "corpus/texts/scan.txt", LIMITS)
    assert caught.value.where == "corpus/texts/scan.txt"
    assert caught.value.hint


def test_an_unknown_fallback_encoding_is_named() -> None:
    with pytest.raises(CorpusError, match="klingon"):
        reading(".txt", b"caf\xe9", LIMITS._replace(fallback_encoding="klingon"))


@given(st.text(st.characters()), st.lists(st.sampled_from(["\ud83d", "\ude00", "\0", "x"]), max_size=5))
def test_any_text_becomes_valid_unicode(text: str, odd: list[str]) -> None:
    made, warnings = valid(text + "".join(odd))
    assert made.encode("utf-8").decode("utf-8") == made
    assert "\0" not in made
    assert bool(warnings) == ("\ufffd" in made or "\0" in text + "".join(odd))


def test_surrogates_are_joined_or_replaced_one_by_one() -> None:
    assert valid("a\ud83d\ude00b\ude00\ud83dc")[0] == "a😀b\ufffd\ufffdc"


# What files say of themselves ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (("A Title", ["Ann Ash"], "2015-03-04"), About("A Title", ("Ann Ash",), 2015)),
        (
            (" A\n title ", ["Ann Ash; Bo Birch"], "D:20150304101010Z"),
            About("A title", ("Ann Ash", "Bo Birch"), 2015),
        ),
        (("x", ["Ann Ash, Bo Birch"], "04.03.2015"), About("x", ("Ann Ash", "Bo Birch"), 2015)),
        (("x", ["Ash, Ann"], "March 2015"), About("x", ("Ash, Ann",), 2015)),
        (("x", ["Ann Ash and Bo Birch", "Ann Ash"], "20150304"), About("x", ("Ann Ash", "Bo Birch"), 2015)),
        (("Microsoft Word - essay.doc", ["admin"], "12345"), About("", (), None)),
        (("untitled", ["Unknown"], ""), About("", (), None)),
        (("essay_final.docx", ["python-docx"], "n.d."), About("", (), None)),
        (("a\ud800", ["\0b\udc00"], ""), About("a\ufffd", ("b\ufffd",), None)),
        (("Word Document", ["ann@example.org"], "0015"), About("", (), None)),
    ],
)
def test_only_what_can_be_meant_is_taken(said: tuple[str, list[str], str], meant: About) -> None:
    assert about(*said) == meant


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (
            ".md",
            b"---\ntitle: A title\nauthor:\n - Ann Ash\n - name: Bo Birch\ndate: 2015-03-04\n---\n\nText.",
        ),
        (".md", b'---\r\ntitle: "A title"\r\nauthors: Ann Ash and Bo Birch\r\nyear: 2015\r\n---\r\nText.'),
        (
            ".pdf",
            samples.pdf(
                ["Text."],
                info={"Title": "A title", "Author": "Ann Ash, Bo Birch", "CreationDate": "D:2015"},
            ),
        ),
        (
            ".odt",
            samples.odt(
                "<text:p>Text.</text:p>",
                meta="<dc:title>A title</dc:title><dc:creator>Else</dc:creator>"
                "<meta:initial-creator>Ann Ash; Bo Birch</meta:initial-creator>"
                "<meta:creation-date>2015-03-04</meta:creation-date>",
            ),
        ),
        (
            ".epub",
            samples.epub(
                "<p>Text.</p>",
                meta="<dc:title>A title</dc:title><dc:creator>Ann Ash</dc:creator>"
                "<dc:creator>Bo Birch</dc:creator><dc:date>2015-03-04</dc:date>",
            ),
        ),
        (
            ".rtf",
            samples.rtf(
                r"Text.\par",
                head=r"{\info{\title A title}{\author Ann Ash; Bo Birch}{\creatim\yr2015\mo3\dy4}}",
            ),
        ),
        (
            ".html",
            samples.page(
                "<p>Text.</p>",
                head='<meta property="og:title" content="A title">'
                '<meta name="author" content="Ann Ash; Bo Birch">'
                '<meta property="article:published_time" content="2015-03-04T10:00:00Z">',
            ),
        ),
    ],
)
def test_title_authors_and_year_of_publication_are_told(ending: str, content: bytes) -> None:
    """When a file was made (PDF, ODT, RTF, DOCX) is not when its text came out."""
    year = None if ending in {".pdf", ".odt", ".rtf"} else 2015
    found = reading(ending, content)
    assert found.about == About("A title", ("Ann Ash", "Bo Birch"), year)
    assert found.text.strip() == "Text."


def test_core_properties_of_a_word_document_are_told() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Text.")
        document.core_properties.title = "A title"
        document.core_properties.author = "Ann Ash & Bo Birch"

    assert reading(".docx", samples.docx(build)).about == About("A title", ("Ann Ash", "Bo Birch"), None)


@pytest.mark.parametrize(
    "text",
    ["---\nno: [yaml\n---\nText", "---\njust a line\n---\nText", "--- a dash", "---\ntitle: x\nno end"],
)
def test_two_lines_do_not_make_front_matter(text: str) -> None:
    found = reading(".md", text.encode())
    assert (found.text, found.about) == (text, About("", (), None))
