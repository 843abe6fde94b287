"""Characters: those nobody sees, those that stand for others, and those that were read wrongly."""

import re
import unicodedata
from collections.abc import Iterator

from nlp.clean.known import Known
from nlp.clean.trace import Change

_OUTSIDE_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_SEPARATE = re.compile(r"[\x80-\x84\x86-\x9f]")  # quotation marks of Windows; \x85 may be a line end
_WRONGLY_READ = re.compile(rf"[^\x00-\x7f]{{2,}}|{_SEPARATE.pattern}")
_UNSEEN = re.compile(
    r"((?<=[^\W\d_])\xad(?=[ \t]*[\n\f]))|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e"
    r"\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))


def line_ends(text: str, known: Known) -> Iterator[Change]:
    r"""`a\r\nb` -> `a\nb`; other line separators become line ends too. Page ends (form feeds) stay."""
    for found in re.finditer(r"\r\n?|[\v\x85\u2028\u2029]", text):
        yield Change(*found.span(), "\n")


def controls(text: str, known: Known) -> Iterator[Change]:
    """Drop characters that no reader sees: controls, soft hyphens, zero-width marks, lone surrogates.

    A soft hyphen at the end of a line was seen there and becomes a plain one.
    """
    for found in _UNSEEN.finditer(text):
        yield Change(*found.span(), "-" if found[1] else "")


def mojibake(text: str, known: Known) -> Iterator[Change]:
    """`donâ€™t` -> `don’t`: UTF-8 that was read as another encoding (ftfy, Speer 2019).

    Only runs of characters that such a reading gives are looked at, so quotation marks stay as they are.
    """
    import ftfy
    from ftfy.fixes import fix_c1_controls

    fixed: dict[str, str] = {}
    for found in _WRONGLY_READ.finditer(text):
        run = found[0]
        if run not in fixed:
            fixed[run] = fix_c1_controls(ftfy.fix_encoding(run))
        if fixed[run] != run:
            yield Change(*found.span(), fixed[run])


def ligatures(text: str, known: Known) -> Iterator[Change]:
    """`ﬁrst` -> `first`: letters that a font had joined to one."""
    for found in re.finditer("[ﬀ-ﬆ]", text):
        yield Change(*found.span(), _LIGATURES[found[0]])


def composed(text: str, known: Known) -> Iterator[Change]:
    """An `e` with a combining accent -> `é`: Unicode normal form NFC, in which equal words are equal."""
    if unicodedata.is_normalized("NFC", text):
        return
    for found in _OUTSIDE_ASCII.finditer(text):
        if (normal := unicodedata.normalize("NFC", found[0])) != found[0]:
            yield Change(*found.span(), normal)


def spaces(text: str, known: Known) -> Iterator[Change]:
    """One space for any run of blanks within a paragraph."""
    for found in re.finditer(r"[^\S\n]{2,}|(?! )[^\S\n]", text):
        yield Change(*found.span(), " ")
