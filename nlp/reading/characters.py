"""From bytes to characters, and from whatever a library returns to valid Unicode."""

import codecs
import re

from nlp.errors import CorpusError

_INVISIBLE = re.compile(r"[\s\x00-\x1f\xad\u200b\u2060\ufeff]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PAIR = re.compile("([\ud800-\udbff])([\udc00-\udfff])")
_PHRASE = 300  # characters
_LONE = re.compile("[\ud800-\udfff]")


def decode(content: bytes, where: str, fallback: str, declared: str = "") -> tuple[str, str]:
    """The text of the bytes, and a warning or "".

    UTF-8 or, by its byte order mark, UTF-16; then the encoding that the file declares; otherwise the
    fallback, with a warning. Encodings are not guessed: guessers turn short texts into other languages.
    Raises CorpusError if the bytes are in none of them.
    """
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise binary(where) from None
        position = error.start
    if (text := _decoded(content, declared)) is not None:
        return text, ""
    try:
        return content.decode(fallback), f"not UTF-8 at byte {position}: read as {fallback}"
    except (UnicodeError, LookupError) as error:
        raise CorpusError(
            f"neither UTF-8 nor {fallback} ({error})", where=where, hint="save the file as UTF-8"
        ) from None


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding) if encoding else None
    except (UnicodeError, LookupError):
        return None


def binary(where: str) -> CorpusError:
    return CorpusError("binary data, not text", where=where, hint="convert the file to plain text")


def check_text(text: str, where: str) -> None:
    """CorpusError for text that is none: binary data, or nothing that can be seen."""
    if len(_CONTROLS.findall(text)) > len(text) / 1000:
        raise binary(where)
    if not is_visible(text):
        raise CorpusError("empty: no text in the file", where=where, hint="replace or remove the file")


def is_visible(text: str) -> bool:
    return bool(_INVISIBLE.sub("", text))


def valid(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without NULs, with surrogate pairs joined and lone ones replaced; and what was unusual."""
    nuls = text.count("\0")
    text = _PAIR.sub(_joined, text.replace("\0", ""))
    text = _LONE.sub("\ufffd", text)
    counts = {
        "NUL character(s) left out": nuls,
        "character(s) that cannot be read, shown as \ufffd": text.count("\ufffd"),
    }
    return text, tuple(f"{count} {what}" for what, count in counts.items() if count)


def phrase(text: str) -> str:
    """What a library says of a file, fit for one line of a message."""
    words = " ".join(valid(text)[0].split())
    return words if len(words) <= _PHRASE else f"{words[: _PHRASE - 1]}…"


def _joined(pair: re.Match[str]) -> str:
    return chr(0x10000 + ((ord(pair[1]) - 0xD800) << 10) + ord(pair[2]) - 0xDC00)
