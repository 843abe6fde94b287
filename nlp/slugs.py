"""Names as ids: ASCII letters, digits and hyphens."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def slug(text: str) -> str:
    """Small ASCII letters and digits with single hyphens: "Çelik & O’Brien" -> "celik-obrien"."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    letters = re.sub(r"['’ʼ]", "", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
