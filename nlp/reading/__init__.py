"""reading: the bytes of a file -> its text. One reader per format, listed in READERS."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from nlp.engine import LimitError, guarded
from nlp.errors import CorpusError, CrossframeError
from nlp.reading import characters, docx, epub, html, odt, pdf, plain, rtf
from nlp.reading.contract import About, Limits, Reading
from nlp.reading.recognise import check_name

__all__ = ["READERS", "About", "Limits", "Reader", "Reading", "extract", "read"]


class Reader(NamedTuple):
    """A function for one format, and whether it is run in a process of its own."""

    read: Callable[[bytes, str, Limits], Reading]
    noun: str  # what it reads, for error messages
    guarded: bool = True


_HTML = Reader(html.read_html, "a web page")
READERS: dict[str, Reader] = {
    ".txt": Reader(plain.read_text, "plain text", guarded=False),
    ".md": Reader(plain.read_markdown, "Markdown", guarded=False),
    ".pdf": Reader(pdf.read_pdf, "a PDF"),
    ".docx": Reader(docx.read_docx, "a Word document"),
    ".odt": Reader(odt.read_odt, "an OpenDocument text"),
    ".epub": Reader(epub.read_epub, "an electronic book"),
    ".rtf": Reader(rtf.read_rtf, "an RTF file"),
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
}


def read(file: str, content: bytes, where: str, limits: Limits) -> Reading:
    """The text of a file; its name's ending chooses the reader, `where` is for error messages.

    Plain text is read here, everything else in a process with limits. Raises CorpusError for a file
    that cannot be read, or should not be: empty, too large, wrongly named, encrypted, scanned,
    damaged, or made to do harm.
    """
    ending = _ending(file, where)
    _check_size(content, where, limits)
    check_name(ending, content, where, READERS)
    if not READERS[ending].guarded:
        return extract(ending, content, where, limits)
    try:
        return guarded(
            extract, ending, content, where, limits, memory_mb=limits.memory_mb, seconds=limits.seconds
        )
    except LimitError as error:
        raise CorpusError(
            f"cannot be read: {error}",
            where=where,
            hint="save it anew with another program, or raise the limits of corpus in configs/params.yaml",
        ) from None


def extract(ending: str, content: bytes, where: str, limits: Limits) -> Reading:
    """What `read` does in the process that reads: the reading with valid Unicode, or CorpusError."""
    reader = READERS[ending]
    try:
        reading = reader.read(content, where, limits)
    except (CrossframeError, MemoryError, ImportError):
        raise
    except Exception as error:  # libraries promise no kind of error for damaged files
        if _is_lack_of_memory(error):
            raise MemoryError from None
        raise _damaged(reader, error, where) from None
    text, unusual = characters.valid(reading.text)
    if not characters.is_visible(text):
        raise CorpusError("empty: no text in the file", where=where, hint="replace or remove the file")
    warnings = (*map(characters.phrase, reading.warnings), *unusual)
    return reading._replace(text=text, warnings=warnings)


def _ending(file: str, where: str) -> str:
    ending = PurePosixPath(file).suffix.lower()
    if ending not in READERS:
        raise CorpusError(
            f"no reader for {ending or 'files without an ending'}",
            where=where,
            hint=f"convert it to one of {', '.join(sorted(READERS))}",
        )
    return ending


def _check_size(content: bytes, where: str, limits: Limits) -> None:
    if len(content) > limits.max_bytes:
        raise CorpusError(
            f"{len(content)} bytes, more than {limits.max_bytes}",
            where=where,
            hint="split it, or raise corpus.max_bytes in configs/params.yaml",
        )
    if not content.strip():
        raise CorpusError("empty: no text in the file", where=where, hint="replace or remove the file")


def _is_lack_of_memory(error: Exception) -> bool:
    """libxml2 has no words for it: an error of a file it can explain."""
    return type(error).__module__ == "lxml.etree" and "unknown error" in str(error)


def _damaged(reader: Reader, error: Exception, where: str) -> CorpusError:
    said = characters.phrase(f"{type(error).__name__}: {error}")
    return CorpusError(
        f"cannot be read: damaged, or not really {reader.noun} ({said})",
        where=where,
        hint="get the file again, or save it anew with another program",
    )
