"""Forms of a word with and without capitals, and what is known of them."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from nlp.clean.known import Known
from nlp.clean.patterns import WORD

_SEEN = 2.0  # the corpus, or the document itself, writes the word with a capital only
_LISTED = 4.0  # the registry has it as a name
_UNKNOWN = 1.0  # a word the language does not know is a name rather than not ...
_DERIVED = re.compile(
    r"(?:i[sz]ations?|i[sz](?:e[sd]?|ing)|isms?|ists?|ness|ity|ities|ically|ic(?:al)?|ary|ous|ive|able|ful|ly|ing|ed)$"
)  # ... unless it is made like a common one
_LONGEST_ACRONYM = 6  # letters; longer ones only if they are listed
_FUNCTION_WORD = -8.0  # log probability: more frequent words are no part of names by themselves


class Forms:
    """The forms that a word of a damaged document may have had, and what speaks for each."""

    def __init__(self, known: Known, own: "Counter[str]") -> None:
        self._known = known
        self._own = own
        self._lost = frozenset(known.lost_capitals.lower())

    def is_lost(self, letter: str) -> bool:
        return letter in self._lost

    def is_damaged(self, word: str) -> bool:
        """Whether it may have lost a capital."""
        return not self._lost.isdisjoint(word)

    def damaged(self, text: str) -> str:
        """What the font would have made of a text."""
        return "".join(c.lower() if c.lower() in self._lost else c for c in text)

    def capitals(self, word: str) -> Collection[str]:
        """All forms with more capitals that the word may have had."""
        forms = set(self._by_damaged.get(word, ()))
        if word[0] in self._lost:
            forms.add(word[0].upper() + word[1:])
        if self._lost.issuperset(word) and 1 < len(word) <= _LONGEST_ACRONYM:
            forms.add(word.upper())
        return sorted(form for form in forms - {word} if len(form) == len(word))

    def odds(self, word: str, form: str) -> float:
        """Logarithm of how much more often it is `form` than `word`; in running text, anywhere."""
        lexicon, words = self._known.lexicon, self._known.words
        odds = lexicon.log_prob(form) - lexicon.log_prob(word)
        if word not in lexicon and form not in lexicon and form[1:].islower():
            odds = -_UNKNOWN if _DERIVED.search(word) else _UNKNOWN
        if words.get(form, 0) + self._own[form] and not words.get(word, 0):
            odds += _SEEN
        elif words.get(word, 0) > 1 and not words.get(form, 0) + self._own[form]:
            odds -= _SEEN
        return odds + _LISTED * (form in self._known.names)

    def is_name(self, form: str) -> bool:
        """Whether a word with a capital is more frequent than without."""
        lexicon = self._known.lexicon
        return lexicon.log_prob(form) >= lexicon.log_prob(form.lower())

    def is_function_word(self, word: str) -> bool:
        return self._known.lexicon.log_prob(word.lower()) > _FUNCTION_WORD

    def acronym(self, word: str) -> str:
        """`nATO` -> `NATO`: if only letters without capitals are small, and it has a capital inside."""
        plural = "s" if word[-1] == "s" and "s" not in self._lost and len(word) > 2 else ""
        stem = word[: len(word) - len(plural)]
        small = {letter for letter in stem if letter.islower()}
        if not small or stem.islower() or not small <= self._lost:
            return word
        if stem[1:].islower() and not self._is_acronym(stem):
            return word
        return stem.upper() + plural

    def _is_acronym(self, stem: str) -> bool:
        """`Un` may be a word or an acronym."""
        lexicon, upper = self._known.lexicon, stem.upper()
        return upper in self._known.names or lexicon.log_prob(upper) > lexicon.log_prob(stem) + 1

    def lengths_of_names(self, first: str) -> list[int]:
        """How many words the listed names have that begin with this word, the longest first."""
        return self._lengths.get(self.damaged(first), [])

    def listed_name(self, stretch: str) -> str | None:
        """The listed name of several words that this stretch was, if a capital or its words say so."""
        name = self._long_names.get(stretch)
        if name is None or any(map(str.isupper, stretch)):
            return name
        pairs = zip(stretch.split(), name.split(), strict=True)
        return name if sum(self.odds(word, form) for word, form in pairs if word != form) > 0 else None

    @cached_property
    def _by_damaged(self) -> Mapping[str, set[str]]:
        """Forms with capitals inside that corpus or registry write, by what became of them."""
        found: dict[str, set[str]] = defaultdict(set)
        for form in (*self._known.names, *self._known.words, *self._own):
            if not form[1:].islower() and form.isalpha() and (damaged := self.damaged(form)) != form:
                found[damaged].add(form)
        return found

    @cached_property
    def _long_names(self) -> Mapping[str, str]:
        return {self.damaged(name): name for name in sorted(self._known.names) if " " in name}

    @cached_property
    def _lengths(self) -> Mapping[str, list[int]]:
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self._long_names:
            if words := WORD.findall(name):
                lengths[words[0]].add(len(words))
        return {first: sorted(found, reverse=True) for first, found in lengths.items()}
