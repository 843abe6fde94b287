"""language: the same text always gives the same code, and a short one none."""

import pytest

from nlp.language import LETTERS, code_of, detect

SENTENCES = {
    "en": "The bridge was built by the people who lived beside the river, and they kept it well. ",
    "de": "Die Brücke wurde von den Menschen gebaut, die am Fluss wohnten, und sie hielten sie gut. ",
    "fr": "Le pont a été construit par les gens qui habitaient près du fleuve, et ils en prenaient soin. ",
    "ru": "Мост построили люди, которые жили у реки, и они хорошо за ним ухаживали много лет. ",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_the_language_of_a_text(code: str) -> None:
    assert detect(SENTENCES[code] * 4) == code
    assert detect(SENTENCES[code].upper() * 4) == code


def test_most_of_a_long_text_counts_not_its_ends() -> None:
    assert detect(SENTENCES["de"] * 20 + SENTENCES["en"] * 800 + SENTENCES["fr"] * 20) == "en"


@pytest.mark.parametrize("text", ["", "12 34 " * 500, "a" * (LETTERS - 1), "\n - 7 \f" * 500])
def test_too_few_letters_say_nothing(text: str) -> None:
    assert detect(text) is None


def test_a_lone_surrogate_is_no_obstacle() -> None:
    assert detect("\ud800" + SENTENCES["en"] * 4) == "en"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("EN_gb", "en"),
        ("English", "en"),
        ("ngerman", "de"),
        ("rus", "ru"),
        ("русский", "ru"),
        ("Klingon", None),
        ("", None),
    ],
)
def test_codes_for_what_people_write(name: str, code: str | None) -> None:
    assert code_of(name) == code
