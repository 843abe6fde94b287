"""Case repair: capitals that a font has lost come back where there is evidence for them.

Only letters that the document has lost (`Known.lost_capitals`) are ever raised, so sound documents stay
as they are. Each word is weighed like a truecaser does (Lita et al. 2003, doi:10.3115/1075096.1075116):
how much more frequent is the form with a capital, in the language, in the sound words of the corpus and
among the names of the registry, and what do its neighbours say.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from nlp.clean.known import Known
from nlp.clean.lines import is_closed
from nlp.clean.trace import Change

_WORD = re.compile(r"[^\W\d_]+")
_CLOSES = re.compile(
    r"[.!?…][\"'”’»)\]]*\s+[\"'“‘«(\[]*$|\n\n[\"'“‘«(\[]*$|^\s*[\"'“‘«(\[]*$|[,:]\s+[\"“«]$"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:i\.e|e\.g|cf|vs|al|etc|pp?|nos?|vol|ed|eds|ch|fig|ca|c|approx|incl)|\b[^\W\d_])\.[\"'”’»)\]]*\s+[(\[]*$",
    re.IGNORECASE,
)
_CITED = re.compile(r"\(([^()]{3,300})\)")
_CITATION = re.compile(r"(?:^|;)\s*((?:(?!\d)[^;])*?)[\s,]+(?:1[5-9]|20)\d\d[a-z]?\b")
_NARRATIVE = re.compile(
    r"((?:[^\W\d_]+(?:,| and| &| et al\.)? ){1,3}|[^\W\d_]+[’']s )\((?:1[5-9]|20)\d\d[a-z]?[,;)\]:]"
)
_DEFINED = re.compile(r"\(([^\W\d_]{2,10})\)")

# What speaks for a capital, in natural logarithms of odds; below zero speaks against it.
_SEEN = 2.0  # the corpus, or the document itself, writes the word with a capital only
_LISTED = 4.0  # the registry has it as a name
_CITED_NAME = 4.0  # it stands where a citation has its author
_INSTITUTION = 2.5  # beside a common noun with a capital: `customs Union`
_BEFORE_NAME = 1.0  # before a proper name: `president Lukashenko`
_MARGIN = 0.5  # what must speak for a capital: people write some words with one by mood
_FUNCTION_WORD = -8.0  # log probability: more frequent words are never part of names by themselves


def case(text: str, known: Known) -> Iterator[Change]:
    """Raise the letters that have lost their capitals; nothing in documents that have lost none."""
    if not known.lost_capitals:
        return
    page = _Page(text, known)
    repaired = page.repaired()
    for found in page.words:
        start, word = found.start(), found[0]
        if (better := repaired[start]) != word:
            yield from (
                Change(start + at, start + at + 1, new)
                for at, (old, new) in enumerate(zip(word, better, strict=True))
                if old != new
            )


@dataclass(frozen=True)
class _Page:
    """A damaged text with all that tells about its words."""

    text: str
    known: Known

    @cached_property
    def lost(self) -> frozenset[str]:
        return frozenset(self.known.lost_capitals.lower())

    @cached_property
    def words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.text))

    @cached_property
    def own(self) -> "Counter[str]":
        """Words of running text; in headings all words may have capitals."""
        running = [line for line in self.text.split("\n\n") if is_closed(line)]
        return Counter(word for line in running for word in _WORD.findall(line))

    def repaired(self) -> dict[int, str]:
        """The right form of every word, by where it starts."""
        better = {found.start(): self._acronym(found[0]) for found in self.words}
        better |= dict((*self._listed(), *self._defined(better)))
        cited = set(self._cited())
        # From the end, so that what a word stands before is already right.
        for number in range(len(self.words) - 1, -1, -1):
            found = self.words[number]
            word = better[found.start()]
            if (
                word[0] in self.lost
                and word[1:].islower() | (len(word) == 1)
                and self._wants_capital(number, better, cited)
            ):
                better[found.start()] = word[0].upper() + word[1:]
        return better

    def _acronym(self, word: str) -> str:
        """`nATO` -> `NATO`: if only letters without capitals are small, and it has a capital inside."""
        stem, plural = (
            (word[:-1], "s")
            if word.endswith("s") and "s" not in self.lost and not word.islower()
            else (word, "")
        )
        small = {letter for letter in stem if letter.islower()}
        if not small or not small <= self.lost or stem.islower():
            return word
        if stem[1:].islower():  # `Un` may be a word or an acronym
            lexicon = self.known.lexicon
            if (
                lexicon.log_prob(stem.upper()) < lexicon.log_prob(stem) + 1
                and stem.upper() not in self.known.names
            ):
                return word
        return stem.upper() + plural

    def _listed(self) -> Iterator[tuple[int, str]]:
        """Words within names of several words that the registry lists."""
        by_damaged = {self._damaged(name): name for name in sorted(self.known.names) if " " in name}
        firsts = {name.split()[0] for name in by_damaged}
        most = max((name.count(" ") for name in by_damaged), default=0) + 1
        for number, found in enumerate(self.words):
            if self._damaged(found[0]) in firsts:
                for length in range(min(most, len(self.words) - number), 1, -1):
                    span = self.words[number : number + length]
                    stretch = self._damaged(" ".join(self.text[span[0].start() : span[-1].end()].split()))
                    if name := by_damaged.get(stretch):
                        parts = [it[0] for it in _WORD.finditer(name)]
                        yield from ((it.start(), part) for it, part in zip(span, parts, strict=True))
                        break

    def _damaged(self, word: str) -> str:
        """What the font would have made of it."""
        return "".join(c.lower() if c.lower() in self.lost else c for c in word)

    def _defined(self, better: dict[int, str]) -> Iterator[tuple[int, str]]:
        """The words before an acronym that they spell: `customs Union (CU)` (Schwartz & Hearst 2003)."""
        starts = [found.start() for found in self.words]
        number_at = {start: number for number, start in enumerate(starts)}
        for found in _DEFINED.finditer(self.text):
            letters = better[found.start(1)]
            if not letters.isupper():
                continue
            left = list(letters.lower())
            for number in range(
                number_at[found.start(1)] - 1, max(-1, number_at[found.start(1)] - 2 * len(letters) - 2), -1
            ):
                word = better[starts[number]]
                if not left:
                    break
                if word[0].lower() == left[-1]:
                    left.pop()
                    if word[0] in self.lost:
                        yield starts[number], word[0].upper() + word[1:]
                elif word.lower() not in {"and", "of", "for", "the", "in", "on"}:
                    break

    def _cited(self) -> Iterator[int]:
        """Where words stand that are authors of citations: `(naumkin and ivanov 2013)`."""
        for group in _CITED.finditer(self.text):
            for citation in _CITATION.finditer(group[1]):
                if len(citation[1].split()) <= 8:
                    for word in _WORD.finditer(citation[1]):
                        yield group.start(1) + citation.start(1) + word.start()
        for found in _NARRATIVE.finditer(self.text):
            last = list(_WORD.finditer(found[1]))
            names = [word for word in last if word[0] != "s"][-1:]
            yield from (found.start(1) + word.start() for word in names)

    def _wants_capital(self, number: int, better: dict[int, str], cited: set[int]) -> bool:
        found = self.words[number]
        word = found[0]
        if self._begins_sentence(found.start()):
            return True
        odds = self._odds(word) + self._neighbours(number, better) + _CITED_NAME * (found.start() in cited)
        return odds > _MARGIN and not self._is_abbreviated(found)

    def _is_abbreviated(self, found: re.Match[str]) -> bool:
        """The letters of `i.e.` are no words."""
        return len(found[0]) == 1 and self.text[found.end() : found.end() + 1] == "."

    def _begins_sentence(self, start: int) -> bool:
        before = self.text[max(0, start - 20) : start] if start > 20 else "\n\n" + self.text[:start]
        return bool(_CLOSES.search(before)) and not _ABBREVIATED.search(before)

    def _odds(self, word: str) -> float:
        """Logarithm of how much more often the word is written with a capital, outside this place."""
        lexicon, capital = self.known.lexicon, word[0].upper() + word[1:]
        odds = lexicon.log_prob(capital) - lexicon.log_prob(word)
        if word not in lexicon and capital not in lexicon:
            odds = 1.0  # an unknown word is a name rather than not
        with_capital = self.known.words.get(capital, 0) + self.own[capital]
        without = self.known.words.get(word, 0)
        if with_capital and not without:
            odds += _SEEN
        elif without > 1 and not with_capital:
            odds -= _SEEN
        return odds + _LISTED * (capital in self.known.names)

    def _neighbours(self, number: int, better: dict[int, str]) -> float:
        word = self.words[number]
        if self.known.lexicon.log_prob(word[0]) > _FUNCTION_WORD:
            return 0.0
        after = self.words[number + 1] if number + 1 < len(self.words) else None
        if after is None or self.text[word.end() : after.start()] != " ":
            return 0.0
        form = better[after.start()]
        if not form[0].isupper():
            return 0.0
        lexicon = self.known.lexicon
        is_name = lexicon.log_prob(form) >= lexicon.log_prob(form.lower())
        return _BEFORE_NAME if is_name else _INSTITUTION
