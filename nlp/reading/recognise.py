"""What a file is by its bytes, held against what its name says."""

from collections.abc import Iterable
from typing import NamedTuple

from nlp.errors import CorpusError


class Kind(NamedTuple):
    """What a file is, and the ending under which it can be read ("" if under none)."""

    words: str
    ending: str


_PDF = Kind("a PDF", ".pdf")
_RTF = Kind("an RTF file", ".rtf")
_HTML = Kind("a web page", ".html")
_DOCX = Kind("a Word document", ".docx")
_ODT = Kind("an OpenDocument text", ".odt")
_EPUB = Kind("an electronic book", ".epub")
_OFFICE = Kind("an old or encrypted Office file", "")
_ARCHIVE = Kind("a ZIP archive of another kind", "")
_CUT_OFF = Kind("an archive whose end is missing", "")
_COMPRESSED = Kind("a compressed file", "")
_PICTURE = Kind("a picture", "")

_STARTS = {
    b"%PDF-": _PDF,
    b"{\\rtf": _RTF,
    b"<!doctype html": _HTML,
    b"<html": _HTML,
    b"\xd0\xcf\x11\xe0": _OFFICE,
    b"\x1f\x8b": _COMPRESSED,
    b"7z\xbc\xaf": _COMPRESSED,
    b"rar!": _COMPRESSED,
    b"\x89png": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"gif8": _PICTURE,
    b"ii*\0": _PICTURE,
    b"mm\0*": _PICTURE,
}
_HEAD = 1024  # bytes in which a PDF may begin
_ZIP_STARTS, _ZIP_END = (b"PK\x03\x04", b"PK\x05\x06"), b"PK\x05\x06"
_ZIP_PARTS = {  # names stand unpacked in an archive
    b"mimetypeapplication/epub+zip": _EPUB,
    b"mimetypeapplication/vnd.oasis.opendocument.text": _ODT,
    b"mimetypeapplication/": _ARCHIVE,
    b"META-INF/container.xml": _EPUB,
    b"word/document": _DOCX,
}
_PLAIN, _WEB = (".txt", ".md"), (".html", ".htm", ".xhtml")
_HINTS = {
    _OFFICE: "open it in a word processor and save it as .docx, without a password",
    _CUT_OFF: "get the file again",
    _PICTURE: "run OCR and add the text",
}


def check_name(ending: str, content: bytes, where: str, endings: Iterable[str]) -> None:
    """CorpusError if the content is not what the file's ending says."""
    found = recognised(content)
    if _fits(ending, found, content):
        return
    hint = f"convert it to one of {', '.join(sorted(endings))}"
    if found is not None:
        hint = f"rename it to {found.ending}" if found.ending else _HINTS.get(found, hint)
    words = found.words if found else "something else"
    raise CorpusError(f"named {ending} but is {words}", where=where, hint=hint)


def _fits(ending: str, found: Kind | None, content: bytes) -> bool:
    if ending in _PLAIN:
        return found is None
    if ending in _WEB:
        return found in (None, _HTML)
    if ending == _PDF.ending:
        return b"%PDF-" in content[:_HEAD]
    return found is not None and found.ending == ending


def recognised(content: bytes) -> Kind | None:
    """What the bytes show a file to be; None for plain text, and for all that is not known here."""
    if content.startswith(_ZIP_STARTS):
        if _ZIP_END not in content[-65_557:]:  # a comment of at most 65,535 bytes may follow it
            return _CUT_OFF
        return next((kind for part, kind in _ZIP_PARTS.items() if part in content), _ARCHIVE)
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(b"<?xml") and b"<html" in head:
        return _HTML
    return next((kind for start, kind in _STARTS.items() if head.startswith(start.lower())), None)
