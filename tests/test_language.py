"""language: what a text is written in, told only where there is enough of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.language import LETTERS, detect

SENTENCES = {
    "en": "The council met in spring and spoke of trade and of peace. ",
    "de": "Der Rat trat im Frühjahr zusammen und sprach über den Handel. ",
    "fr": "Le conseil s'est réuni au printemps et a parlé du commerce. ",
    "ru": "Совет собрался весной и говорил о торговле и о мире. ",
    "zh": "理事会春天开会，谈到了贸易与和平。",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_long_text_tells_its_language(code: str) -> None:
    assert detect(SENTENCES[code] * 30) == code


def test_too_few_letters_tell_nothing() -> None:
    word = "peace "
    assert detect(word * (LETTERS // 5)) is not None
    assert detect(word * (LETTERS // 5 - 1)) is None
    assert detect("1917, 1945, 1991. " * 100) is None
    assert detect("") is None


def test_letters_without_language_tell_nothing() -> None:
    assert detect("x" * 1000) is None


@settings(max_examples=30)
@given(st.text(st.characters(codec=None, exclude_categories=()), min_size=LETTERS))
def test_any_text_gets_the_same_answer_twice(text: str) -> None:
    assert detect(text) == detect(text)
