"""lexicon and lost_capitals: how often words and capitals are to be expected, and when they are lost."""

import random
from math import exp

import pytest

from nlp import lexicon
from nlp.corpus.capitals import lost_capitals

SOME = lexicon.Lexicon({"River": -6.0, "river": -5.0, "in": -3.0, "In": -5.0, "I": -2.0, "rare": -18.0})


def running_text(words: int, seed: int = 1) -> str:
    """Words as frequent as they are in English, in sentences of 14, with abbreviations among them."""
    english = lexicon.load("en")
    forms = [form for form in english._log_probs if form.isalpha() and form.isascii()]
    shares = [exp(english.log_prob(form)) for form in forms]
    drawn = random.Random(seed).choices(forms, shares, k=words)
    for number in range(14, words, 14):
        drawn[number - 1] += "."
        drawn[number] = drawn[number][0].upper() + drawn[number][1:]
        drawn[number - 7] = (
            random.Random(number).choice(["e.g. ", "et al. ", "vs. "]) + drawn[number - 7].lower()
        )
    return " ".join(drawn)


def damaged(text: str, letters: str) -> str:
    return "".join(sign.lower() if sign in letters else sign for sign in text)


TEXT = running_text(8000)


@pytest.mark.parametrize("seed", range(1, 5))
def test_sound_text_has_lost_nothing(seed: int) -> None:
    assert lost_capitals(running_text(3000, seed), "en") == ""


@pytest.mark.parametrize("letters", ["CINP", "ABT", "HMOSTW", "IT"])
def test_damaged_text_has_lost_these_letters(letters: str) -> None:
    assert lost_capitals(damaged(TEXT, letters), "en") == letters


def test_a_few_capitals_may_be_left() -> None:
    assert lost_capitals(f"{damaged(TEXT, 'CINP')} In Prose and Paris.", "en") == "CINP"


def test_rare_letters_of_which_few_were_to_be_expected_do_not_count() -> None:
    assert lost_capitals(damaged(TEXT, "CINPQXZ"), "en") == "CINP"


def test_one_letter_alone_may_be_chance() -> None:
    assert lost_capitals(damaged(TEXT, "N"), "en") == ""


def test_a_short_text_tells_nothing() -> None:
    assert lost_capitals(damaged(TEXT, "CINP")[:2000], "en") == ""
    assert lost_capitals("", "en") == ""


def test_without_sentences_that_begin_small_nothing_was_lost() -> None:
    """Such as a text that seldom begins with these letters, but for what follows an abbreviation."""
    rare = " ".join(word for word in TEXT.split() if word[0] not in "BW")
    assert lost_capitals(rare, "en") == ""
    assert lost_capitals(rare + " Smith et al. were, Inc. was, vs. boys, e.g. boats." * 5, "en") == ""


def test_a_text_without_any_capitals_has_lost_all_that_count() -> None:
    assert set("ABCDEFGHILMNOPRSTW") <= set(lost_capitals(TEXT.lower(), "en"))


def test_a_text_of_capitals_has_lost_none() -> None:
    assert lost_capitals(TEXT.upper(), "en") == ""


@pytest.mark.parametrize("language", ["en", "ru", "xx", ""])
def test_of_another_script_or_an_unknown_language_nothing_is_known(language: str) -> None:
    assert lost_capitals("Это было в городе. там жили люди. они ели. " * 40, language) == ""
    if language not in ("en", "ru"):
        assert lost_capitals(damaged(TEXT, "CINP"), language) == ""


# ---- the lexicon --------------------------------------------------------------------------------------


def test_forms_are_told_apart_by_their_capitals() -> None:
    english = lexicon.load("en-GB")
    assert english is lexicon.load("en")
    assert english.log_prob("China") > english.log_prob("china") > english.floor
    assert english.log_prob("the") > english.log_prob("integration") > english.log_prob("xqzzq")
    assert "integration" in english
    assert "xqzzq" not in english


def test_what_was_never_seen_is_at_the_floor() -> None:
    assert SOME.log_prob("unseen") == SOME.floor == -19.0
    assert lexicon.load("xx").log_prob("the") == lexicon.load("xx").floor


def test_capitals_to_be_expected_for_a_small_letter() -> None:
    rates = SOME.capital_rates()
    assert rates["i"] == pytest.approx(exp(-5) / (exp(-3) + exp(-5) + exp(-6)))  # without the word I
    assert rates["r"] == pytest.approx(exp(-6) / (2 * exp(-5) + exp(-6)))  # no rare words
    assert "a" not in rates
