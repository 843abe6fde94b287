"""Case repair: capitals that a font has lost come back where there is evidence for them.

Only letters that the document has lost (`Known.lost_capitals`) are ever raised, so sound documents stay
as they are. Each word is weighed like a truecaser does (Lita et al. 2003, doi:10.3115/1075096.1075116):
how much more frequent is the form with capitals, in the language, in the sound words of the corpus and
among the names of the registry; and what do the words beside it and the place say.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from nlp.clean.forms import Forms
from nlp.clean.known import Known
from nlp.clean.lines import is_closed
from nlp.clean.patterns import WORD, YEAR
from nlp.clean.trace import Change

_BEGINS = re.compile(r"(?:^|\n\n|[.!?…][\"'”’»)\]]*\s+)[\"'“‘«(\[]*$|[,:]\s+[\"“«]$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:i\.e|e\.g|cf|vs|al|etc|pp?|nos?|vol|eds?|ch|fig|ca|c|approx|incl)|\b[^\W\d_])\.[\"'”’»)\]]*\s+[(\[]*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\(([^()]{3,300})\)")
_CITATION = re.compile(rf"(?:^|;)\s*((?:(?!\d)[^;])*?)[\s,]+{YEAR}[a-z]?\b")
_NARRATIVE = re.compile(rf"([^\W\d_]+)(?:[’']s| et al\.)? \({YEAR}[a-z]?[,;)\]:]")
_NO_AUTHORS = frozenset({"al", "cf", "e", "ed", "eds", "et", "g"})
_DEFINED = re.compile(r"\(([^\W\d_]{2,10})\)")
_LINKS = frozenset({"and", "of", "for", "the", "in", "on"})
_NOT = re.compile(r"[’']t\b")
_LONGEST_INITIAL = 1

# What speaks for a capital, in natural logarithms of odds.
_MARGIN = 0.5  # so much must: people write some words with a capital by mood
_CITED = 4.0  # it stands where a citation has its author
_INSTITUTION = 2.5  # before a common noun with a capital: `customs Union`
_BEFORE_NAME = 1.0  # before a proper name: `president Nixon`


def case(text: str, known: Known) -> Iterator[Change]:
    """Raise the letters that have lost their capitals; nothing in documents that have lost none."""
    if not known.lost_capitals:
        return
    for start, before, after in _Page(text, known).repairs():
        letters = enumerate(zip(before, after, strict=True), start)
        yield from (Change(at, at + 1, new) for at, (old, new) in letters if old != new)


class _Page:
    """A damaged text with all that tells about its words."""

    def __init__(self, text: str, known: Known) -> None:
        self.text = text
        self.words = list(WORD.finditer(text))
        self.forms = Forms(known, self._running())

    def repairs(self) -> Iterator[tuple[int, str, str]]:
        """Start, form and better form of the words to be changed."""
        better = self.repaired()
        for found in self.words:
            if better[found.start()] != found[0]:
                yield found.start(), found[0], better[found.start()]

    def repaired(self) -> dict[int, str]:
        """The right form of every word, by where it starts."""
        better = {found.start(): self.forms.acronym(found[0]) for found in self.words}
        better |= dict((*self._titles(), *self._listed(), *self._defined(better)))
        # From the end, so that what a word stands before is already right.
        for number in reversed(range(len(self.words))):
            better[self.words[number].start()] = self._best(number, better)
        return better

    def _running(self) -> "Counter[str]":
        """Words of running text: in headings all words may have capitals."""
        paragraphs = (it for it in self.text.split("\n\n") if is_closed(it))
        return Counter(word for paragraph in paragraphs for word in WORD.findall(paragraph))

    def _best(self, number: int, better: dict[int, str]) -> str:
        found = self.words[number]
        word = better[found.start()]
        if word != found[0] or not self.forms.is_damaged(word):
            return word
        if self._begins_sentence(found.start()) or self._is_initial(number, better):
            return max(
                self.forms.capitals(word), key=lambda form: self.forms.odds(word, form), default=word
            )
        if _is_part(word, self.text[found.end() : found.end() + 3]):
            return word
        odds = {form: self.forms.odds(word, form) for form in self.forms.capitals(word)}
        if (capital := word[0].upper() + word[1:]) in odds:
            odds[capital] += self._neighbours(number, better) + _CITED * (found.start() in self._cited)
        best = max(odds, key=odds.__getitem__, default=word)
        return best if odds.get(best, 0) > _MARGIN else word

    def _begins_sentence(self, start: int) -> bool:
        before = self.text[max(0, start - 20) : start] if start > 20 else "\n\n" + self.text[:start]
        return bool(_BEGINS.search(before)) and not _ABBREVIATED.search(before)

    def _is_initial(self, number: int, better: dict[int, str]) -> bool:
        """A letter with a stop before a name: `v. Woolf`."""
        found, after = self.words[number], self._after(number)
        if after is None or len(found[0]) > _LONGEST_INITIAL:
            return False
        between = self.text[found.end() : after.start()]
        return (
            between == ". "
            and better[after.start()][0].isupper()
            and self.forms.is_name(better[after.start()])
        )

    def _neighbours(self, number: int, better: dict[int, str]) -> float:
        word, after = self.words[number], self._after(number)
        joined = self.text[word.start() - 1 : word.start()] == "-"
        if after is None or joined or self.text[word.end() : after.start()] != " ":
            return 0.0
        form = better[after.start()]
        if not form[0].isupper() or self.forms.is_function_word(word[0]):
            return 0.0
        return _BEFORE_NAME if self.forms.is_name(form) else _INSTITUTION

    def _after(self, number: int) -> "re.Match[str] | None":
        return self.words[number + 1] if number + 1 < len(self.words) else None

    def _titles(self) -> Iterator[tuple[int, str]]:
        """Words of headings in title case, as far as they are not function words."""
        done = 0
        for paragraph in self.text.split("\n\n"):
            if not is_closed(paragraph):
                words = list(WORD.finditer(self.text, done, done + len(paragraph)))
                long = [it[0] for it in words if len(it[0]) > 3 and not self.forms.is_lost(it[0][0])]
                if len(long) > 1 and sum(word[0].isupper() for word in long) >= 0.8 * len(long):
                    for it in words:
                        if self.forms.is_lost(it[0][0]) and not self.forms.is_function_word(it[0]):
                            yield it.start(), it[0][0].upper() + it[0][1:]
            done += len(paragraph) + 2

    def _listed(self) -> Iterator[tuple[int, str]]:
        """Words within names of several words that the registry lists."""
        for number in range(len(self.words)):
            for length in self.forms.lengths_of_names(self.words[number][0]):
                span = self.words[number : number + length]
                stretch = " ".join(self.text[span[0].start() : span[-1].end()].split())
                if name := self.forms.listed_name(stretch):
                    parts = (it[0] for it in WORD.finditer(name))
                    yield from ((it.start(), part) for it, part in zip(span, parts, strict=True))
                    break

    def _defined(self, better: dict[int, str]) -> Iterator[tuple[int, str]]:
        """The words before an acronym that they spell: `customs Union (CU)` (Schwartz & Hearst 2003)."""
        number_at = {found.start(): number for number, found in enumerate(self.words)}
        for found in _DEFINED.finditer(self.text):
            letters, last = better[found.start(1)], number_at[found.start(1)]
            if all(map(str.isupper, letters)):
                before = self.words[max(0, last - 2 * len(letters) - 2) : last]
                for number in _spelling(letters.lower(), [it[0].lower() for it in before]):
                    start, first = before[number].start(), before[number][0][0]
                    if self.forms.is_lost(first) and before[number][0] not in _LINKS:
                        yield start, first.upper() + better[start][1:]

    @cached_property
    def _cited(self) -> frozenset[int]:
        """Where words stand that are authors of citations: `(nolan and price 2013)`."""
        found: set[int] = {it.start(1) for it in _NARRATIVE.finditer(self.text)}
        for group in _BRACKETED.finditer(self.text):
            for citation in _CITATION.finditer(group[1]):
                first = group.start(1) + citation.start(1)
                words = list(WORD.finditer(self.text, first, first + len(citation[1])))
                if len(words) <= 8:
                    found |= {it.start() for it in words if self._may_be_author(it[0].lower())}
        return frozenset(found)

    def _may_be_author(self, word: str) -> bool:
        return word not in _NO_AUTHORS and not self.forms.is_function_word(word)


def _is_part(word: str, after: str) -> bool:
    """The letters of `i.e.` are no words, nor is the beginning of `don’t`."""
    return (len(word) == _LONGEST_INITIAL and after[:1] == ".") or bool(_NOT.match(after))


def _spelling(letters: str, words: Sequence[str]) -> list[int]:
    """Which of the words spell all the letters, up to the last; `of` and the like only if they must."""
    for skipping in (True, False):
        found: list[int] = []
        for number in range(len(words) - 1, -1, -1):
            if len(found) == len(letters):
                break
            linking = words[number] in _LINKS
            if words[number][0] == letters[-1 - len(found)] and not (linking and skipping):
                found.append(number)
            elif not linking:
                break
        if len(found) == len(letters):
            return found
    return []
