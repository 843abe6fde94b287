"""Readers: the bytes of a file -> its text. One function per format, listed in READERS."""

import codecs
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from nlp.errors import CorpusError


class Reading(NamedTuple):
    """A file's text, its number of pages if the format has pages, and what was unusual."""

    text: str
    pages: int | None
    warning: str


Reader = Callable[[bytes, str, str], Reading]
_INVISIBLE = re.compile(r"[\s\x00-\x1f\xad\u200b\u2060\ufeff]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def plain_text(content: bytes, where: str, fallback_encoding: str) -> Reading:
    """UTF-8 or, by its byte order mark, UTF-16; otherwise the fallback, with a warning.

    Encodings are not guessed: guessers turn short texts into other languages. Raises CorpusError for
    binary and empty files.
    """
    text, warning = _decode(content, where, fallback_encoding)
    if len(_CONTROLS.findall(text)) > len(text) / 1000:
        raise CorpusError("binary data, not text", where=where, hint="convert the file to plain text")
    if not _INVISIBLE.sub("", text):
        raise CorpusError("empty: no text in the file", where=where, hint="replace or remove the file")
    return Reading(text, None, warning)


def _decode(content: bytes, where: str, fallback_encoding: str) -> tuple[str, str]:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise CorpusError(
                "binary data, not text", where=where, hint="convert the file to plain text"
            ) from None
        position = error.start
    try:
        warning = f"not UTF-8 at byte {position}: read as {fallback_encoding}"
        return content.decode(fallback_encoding), warning
    except (UnicodeError, LookupError) as error:
        raise CorpusError(
            f"neither UTF-8 nor {fallback_encoding} ({error})",
            where=where,
            hint="save the file as UTF-8",
        ) from None


READERS: dict[str, tuple[str, Reader]] = {".txt": ("text", plain_text), ".md": ("text", plain_text)}


def reader_for(file: str) -> tuple[str, Reader]:
    """Name and function of the reader for this kind of file, or CorpusError."""
    suffix = PurePosixPath(file).suffix.lower()
    if suffix not in READERS:
        raise CorpusError(
            f"no reader for {suffix or 'files without an ending'}",
            where=f"corpus/{file}",
            hint=f"convert it to one of {', '.join(sorted(READERS))}",
        )
    return READERS[suffix]
