"""The words of the corpus as they are written, where their capitals mean something."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff"))
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_HEADING = 40  # characters; a line as short as this may be one, so that a sentence may follow
_MARKS = "#>*•-"  # of headings, quotations and lists

# Words are tried from their beginning only, or a long one would take for ever.
_BROKEN = re.compile(r"(?<![\w'’-])[\w'’-]*\w[-‐\xad][ \t]*\n[ \t\n]*\w[\w'’-]*")
_FIRST = re.compile(
    r"(?:[.!?…:][\"'”’»)\]\[\d¹²³⁰⁴-⁹]*\s+[\"'“‘«(\[¿¡]*|[\"“„«‘])"
    + WORD  # after a stop, or in a quotation
)


def count_words(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int, int]]:
    """Form, occurrences and documents of every word; from each document's raw text and lost capitals.

    Only occurrences count that show how a word is written: not those at the start of a sentence (or
    of what may be one) or in a line of capitals. Words broken at a line's end are left out, and where
    letters have lost their capitals, so are the words with these letters.
    """
    occurrences: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for text, lost in texts:
        found = Counter(words_within(text))
        damaged = set(lost.casefold())
        sound = {form: count for form, count in found.items() if damaged.isdisjoint(form.casefold())}
        occurrences.update(sound)
        documents.update(sound.keys())
    for form in sorted(occurrences):
        yield form, occurrences[form], documents[form]


def words_within(text: str) -> list[str]:
    """The words of one text that count, in order; without soft hyphens and ligatures."""
    lines = [line.strip() for line in plain(text).splitlines()]
    whole = _BROKEN.sub("0", "\n".join(lines)).replace("\xad", "")
    running = "\n".join(_with_stops(whole.split("\n")))
    return re.findall(WORD, _FIRST.sub(" ", running))


def plain(text: str) -> str:
    """Letters composed, ligatures apart, nothing invisible but soft hyphens."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_LIGATURES)


def _with_stops(lines: Iterable[str]) -> Iterator[str]:
    """Lines of lower-case text, with a stop before each that may begin a sentence."""
    begins = True
    for line in lines:
        if not line or line.isupper():
            begins = True
            continue
        yield f". {line.lstrip(_MARKS + ' ')}" if begins or line[0] in _MARKS else line
        begins = len(line) < _HEADING
