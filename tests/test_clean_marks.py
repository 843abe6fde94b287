"""Note marks are cut; numbers that mean something stay."""

from collections.abc import Iterable

import pytest
from cleaning import cleaned, one_step
from hypothesis import given
from hypothesis import strategies as st

NOUNS = ["grain", "timber", "rivers", "towns", "harbours", "plains", "markets", "mills", "barges", "floods"]


def marked(numbers: Iterable[int], mark: str = "{}") -> str:
    """Sentences, each with a mark glued to its last word."""
    return " ".join(
        f"Of {NOUNS[n % 10]}, {NOUNS[n // 2 % 10]} and of {NOUNS[n * 3 % 10]}{mark.format(n)}."
        for n in numbers
    )


def unmarked(numbers: Iterable[int]) -> str:
    return marked(numbers, mark="")


BEFORE, AFTER = range(1, 20), range(21, 25)


def amid(sentence: str) -> str:
    """The sentence between the marks 19 and 21."""
    return f"{marked(BEFORE)} {sentence} {marked(AFTER)}"


def cut(text: str) -> str:
    return one_step("note_marks", text)


# ---- raised marks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("the river.¹ The", "the river. The"),
        ("the river¹², which", "the river, which"),
        ("the “river”³ and (so)⁴ it", "the “river” and (so) it"),
        ("the river ¹ and", "the river and"),
        ("in 2013⁴ they", "in 2013 they"),
        ("the river³ , which", "the river, which"),
        ("*River*⁵ and", "*River* and"),
        ("rivers¹,² and towns³–⁵.", "rivers and towns."),
        ("the NATO²", "the NATO"),
        ("the river[^3] and[^12].", "the river and."),
        ("the river[^*] and[^††].", "the river and."),
        ("the river [^3] and", "the river and"),
    ],
)
def test_raised_marks(raw: str, wanted: str) -> None:
    assert cut(raw) == wanted


UNITS = ["100 km²", "5 m³ of it", "cm², dm³", "500 ft²", "3 mi² of", "9.8 m/s²", "10⁶ and 2¹⁰"]
SYMBOLS = ["x² + y³", "E=mc²", "CO₂", "a²", "1990s²x", "²³⁸U"]
OTHERS = ["¹ at first", "river¹²³⁴ and", "[^1]: A note", "[^a] and [^1234]", "12 013⁴"]


@pytest.mark.parametrize("kept", UNITS + SYMBOLS + OTHERS)
def test_raised_numbers_that_are_no_marks(kept: str) -> None:
    assert cut(kept) == kept


@given(st.lists(st.sampled_from("¹²³⁴⁵⁶⁷⁸⁹⁰"), min_size=1, max_size=3).map("".join))
def test_any_raised_number_behind_a_sentence_is_cut(mark: str) -> None:
    assert cut(f"They wrote of timber.{mark} And of grain{mark}.") == "They wrote of timber. And of grain."


# ---- plain marks --------------------------------------------------------------------------------------


@given(st.integers(5, 120))
def test_marks_that_count_on_are_cut(last: int) -> None:
    assert cut(marked(range(1, last + 1))) == unmarked(range(1, last + 1))


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Much of the situations20.", "Much of the situations."),
        ("In the year 201320 it", "In the year 2013 it"),
        ("A big exercise20. Then", "A big exercise. Then"),
        ("The members 20 , who", "The members, who"),
        ("The members20 , who", "The members, who"),
        ("The members 20. Then", "The members. Then"),
        ("The members. 20 Then", "The members. Then"),
        ("The League of Towns (LoT)20 met", "The League of Towns (LoT) met"),
        ("the river’s20, so", "the river’s, so"),
        ("“of the river”20 and", "“of the river” and"),
        ("of the NATO20. Then", "of the NATO. Then"),
        ("of the river.20 Then", "of the river. Then"),
        ("in 2013.20 Then", "in 2013. Then"),
        ("the G20 met; the G2020 was", "the G20 met; the G20 was"),
        ("the river²⁰ and", "the river and"),
    ],
)
def test_forms_of_plain_marks(raw: str, wanted: str) -> None:
    assert cut(amid(raw)) == f"{unmarked(BEFORE)} {wanted} {unmarked(AFTER)}"


NAMES = [
    "the G20 met",
    "the Iskander-M",
    "the F-16",
    "COVID-19",
    "Mir24",
    "MH17",
    "the U20s",
    "the A20 to town",
]
YEARS = ["the 1990s", "in 2014", "(Smith 1920)", "as Smith (2001, 20) says", "pp. 20–22"]
AMOUNTS = [
    "3.5 and 0.20",
    "1,000",
    "50%",
    "20%",
    "1.20 metres",
    "10:20 and 4:20",
    "km² and 10⁶",
    "20-year-old",
]
COUNTS = [
    "Of the 20 towns one",
    "all of the 20",
    "(20)",
    "No. 20",
    "numbered [20]",
    "1. a 2. b 3. c",
    "20th",
]


@pytest.mark.parametrize("kept", NAMES + YEARS + AMOUNTS + COUNTS)
def test_numbers_that_mean_something_stay(kept: str) -> None:
    assert cut(amid(f"It is {kept} here.")) == f"{unmarked(BEFORE)} It is {kept} here. {unmarked(AFTER)}"


@pytest.mark.parametrize("order", ["It rose20. The G20 met.", "The G20 met. It rose20."])
def test_of_two_that_fit_the_one_that_looks_like_a_mark_is_cut(order: str) -> None:
    assert cut(amid(order)) == f"{unmarked(BEFORE)} {order.replace('rose20', 'rose')} {unmarked(AFTER)}"


@pytest.mark.parametrize(
    "text",
    [
        marked(range(1, 5)),  # too few to be sure
        marked(range(20, 50)),  # not from the beginning
        marked([1, 5, 9, 14, 20, 33]),  # most are missing
        "We test H1 and H2, then H3 and H4, at last H5, H6 and H7.",
        "In Q1 and Q2, in Q3, Q4 and in Q5.",
        " ".join(f"We look at SDG{n} first." for n in range(1, 18)),
        " ".join(f"See Fig.{n} for more." for n in range(1, 9)),
        " ".join(f"In work package WP{n} we rest." for n in range(1, 9)),
        "There are six: 1. a 2. b 3. c 4. d 5. e 6. f.",
        "1. Of rivers\n2. Of towns\n3. Of mills\n4. Of floods\n5. Of grain\n6. Of timber",
        "It is so [1], and so [2], and [3], and [4], and [5], and [6]. See [7].",
        "So it is (Smith 2001; Lake 2002), in 2003, 2004, 2005 and 2006.",
        "At 1:30, 2:15, 3:45, 4:10, 5:05 and 6:00.",
        "1.1 Of rivers 1.2 Of towns 1.3 Of mills 1.4 Of floods 1.5 Of grain 1.6 Of timber",
        "It rose by 1.2, 2.3, 3.4, 4.5, 5.6 and 6.7 points.",
    ],
)
def test_no_chain_of_marks(text: str) -> None:
    assert cut(text) == text


def test_few_marks_are_enough_where_the_notes_are_listed() -> None:
    notes = "\n\nNotes\n\n1. See Holt.\n\n2. Ibid."
    assert cut(f"{marked([1, 2])}{notes}") == f"{unmarked([1, 2])}{notes}"
    assert cut(f"{marked([1, 2, 3])}{notes}") == f"{marked([1, 2, 3])}{notes}"


def test_few_marks_are_enough_where_notes_have_moved_to_the_end() -> None:
    notes = "\n\n1 See Holt.\n\n2 Ibid."
    assert cut(f"{marked([1, 2])}{notes}") == f"{unmarked([1, 2])}{notes}"


def test_labelled_names_do_not_end_a_chain_of_marks() -> None:
    text = f"{marked(range(1, 10))} We look at SDG10. We look at SDG11 and SDG12."
    assert cut(text).endswith("We look at SDG10. We look at SDG11 and SDG12.")
    assert cut(text).startswith(unmarked(range(1, 10)))


def test_the_labels_of_notes_at_their_beginnings_stay() -> None:
    text = cleaned("The river.¹ It rose.² So it is.\n\n¹ See Holt.\n\n² Ibid.")
    assert text == "The river. It rose. So it is.\n\n¹ See Holt.\n\n² Ibid."
