"""Texts whose capitals were lost: some fonts leave `nATO`, `ciS` and `paris` behind."""

import re
from collections import Counter

from nlp import lexicon

# Behind a word of four letters at least: `et al.`, `vs.` and their like end no sentences.
_SMALL_START = re.compile(r"[^\W\d_]{4}[.!?][\"'”’»)\]]*\s+([^\W\d_])")
_MIN_STARTS = 3  # sentences that begin with a small letter: fewer are abbreviations or slips
_MIN_EXPECTED = 5  # capitals that a letter should have had: fewer tell nothing
_BY_LOSS = 0.7  # of the small beginnings so many are of lost letters: else the author writes so
_LEFT = 0.1  # of the capitals to be expected, at most this share is left


def lost_capitals(text: str, language: str) -> str:
    """The letters of which hardly any capitals are left, as capitals: `CINPVY`; empty for sound text.

    A letter counts as lost if a tenth at most of the capitals to be expected in this language are
    there. A text is damaged if that holds for two letters and sentences begin with small ones.
    """
    starts = Counter(start for start in _SMALL_START.findall(text) if start.islower())
    if starts.total() < _MIN_STARTS:
        return ""
    lost = {
        letter
        for letter, rate in lexicon.load(language).capital_rates().items()
        if (expected := rate * text.count(letter)) >= _MIN_EXPECTED
        and text.count(letter.upper()) <= _LEFT * expected
    }
    small = sum(starts[letter] for letter in lost)
    damaged = len(lost) > 1 and small >= max(_MIN_STARTS, _BY_LOSS * starts.total())
    return "".join(sorted(lost)).upper() if damaged else ""
