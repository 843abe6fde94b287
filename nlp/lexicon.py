"""How frequent a form of a word is in a language: the word probabilities that come with spaCy."""

import gzip
import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from math import exp
from pathlib import Path

_COMMON = -14.0  # log probability from which a form is common enough to tell about letters


class Lexicon:
    """Log probabilities of word forms, `China` apart from `china`; empty for an unknown language."""

    def __init__(self, log_probs: Mapping[str, float]) -> None:
        self._log_probs = log_probs
        self.floor = min(log_probs.values(), default=0.0) - 1  # for forms never seen

    def __contains__(self, form: str) -> bool:
        return form in self._log_probs

    def log_prob(self, form: str) -> float:
        """Natural logarithm of the form's share in running text; `floor` if it was never seen."""
        return self._log_probs.get(form, self.floor)

    def capital_rates(self) -> dict[str, float]:
        """For every small letter, how many capitals stand for one small one in running text.

        Words of one letter are left out: some kinds of text never say `I`.
        """
        small: dict[str, float] = defaultdict(float)
        capital: dict[str, float] = defaultdict(float)
        for form, log_prob in self._log_probs.items():
            if log_prob > _COMMON and len(form) > 1:
                share = exp(log_prob)
                for letter in form:
                    (small if letter.islower() else capital)[letter.lower()] += share
        return {letter: capital[letter] / small[letter] for letter in small if letter.isalpha()}


def load(language: str) -> Lexicon:
    """The lexicon of a language (`en`, `en-GB`). Takes half a second and 150 MB; kept."""
    return _load(language.split("-")[0].lower())


@cache
def _load(code: str) -> Lexicon:
    package = find_spec("spacy_lookups_data")
    if package is None or package.origin is None:
        return Lexicon({})
    path = Path(package.origin).parent / "data" / f"{code}_lexeme_prob.json.gz"
    if not path.is_file():
        return Lexicon({})
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return Lexicon(json.load(file))
