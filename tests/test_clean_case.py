"""Case repair: only letters that were lost come back, and only where something speaks for them."""

from typing import Any

import pytest
from cleaning import LONG, cleaned, one_step, traced
from hypothesis import given
from hypothesis import strategies as st

LOST = "ACDEGIMNOPSTUV"
KNOWN: dict[str, Any] = {
    "words": {"Velm": 3, "Holt": 4, "mill": 2, "court": 3, "Court": 1},
    "names": frozenset({"NATO", "UN", "Sarn", "Customs Union of Sarn", "Order of the River", "PeoPle"}),
}


def repaired(text: str, lost: str = LOST) -> str:
    return one_step("case", text, lost_capitals=lost, **KNOWN)


# The right text; what it has lost is small in the damaged one.
RIGHT = {
    "sentences": "In the prelude it rained. Then it did not! And so on? Eat. (So it is.)",
    "quotations": "“It rains,” he said, “In spring.” “And in autumn”",
    "paragraphs": "It ended.\n\nSuch is life",
    "names": "It was April in England, and President Obama was there",
    "names of the corpus": "It was Velm, and Velm’s river",
    "names of the registry": "It was Sarn and the Customs Union of Sarn, or the Customs\nUnion of Sarn",
    "names in part": "It was the Order of the River",
    "the pronoun": "He says that I am, and I’m",
    "citations": "So it is (Naumkin and Ivanov 2013; see Oates et al. 1999; Upton, Ames and Pope 2001)",
    "citations in sentences": "So says Naumkin (2013), so do Upton and Ames (2014), Oates et al. (2009)",
    "a view": "This is Oates’s (2009) view",
    "acronyms spelled out": "The Union of Mills (UM) met the Organisation of Mill Towns (OMT)",
    "little words spelled out": "The Mill of Towns (MT) and the Mill of Towns (MOT)",
}


@pytest.mark.parametrize("right", RIGHT.values(), ids=RIGHT)
def test_lost_capitals_come_back(right: str) -> None:
    damaged = "".join(
        c.lower() if c in LOST and right[at + 1 : at + 2] not in (*LOST, ")") else c
        for at, c in enumerate(right)
    )
    assert damaged != right
    assert repaired(damaged) == right


@pytest.mark.parametrize(
    ("damaged", "wanted"),
    [
        ("It is nATO and the uN, gDP but wTo", "It is NATO and the UN, GDP but wTo"),
        ("It is mH17 and the eU’s g20", "It is MH17 and the EU’s G20"),
        ("The nGOs and a cEO", "The NGOs and a CEO"),
    ],
)
def test_acronyms_of_which_only_lost_letters_are_small(damaged: str, wanted: str) -> None:
    assert repaired(damaged, LOST.replace("S", "")) == wanted


@pytest.mark.parametrize(
    "sound",
    [
        "It is certain that the union met in the court of the city and saw the mill",
        "It rose, e.g. in spring, cf. tables, vs. towns, i.e. upstream, etc. and so on",
        "He’s certain, don’t and isn’t, he’d and they’re, it’s the town’s",
        "It is 2014c and 1990s, a 3d map, the 2nd and 4th of 10m",
        "So it is (in 2013), and in all (as of 2014), (see also 2015) or (i.e. here)",
        "It was the people",  # the registry raises nothing within a word
        "It was holt",  # H is not lost
        "So says the mill (XM), said a person (PQ) and a mill (M)",
    ],
)
def test_what_was_small_stays_small(sound: str) -> None:
    assert repaired(sound) == sound


def test_a_letter_that_was_not_lost_stays_small() -> None:
    assert repaired("in april nATO met in england. then it ended.", lost="N") == (
        "in april NATO met in england. then it ended."
    )


DAMAGED = "in the prelude nATO met in england. the customs union (cU) did not (obama 2013)."
signs = st.text("acdeghimnoprstuvACN .,:(“”)’‘\n-1920", max_size=60)


@given(st.one_of(signs, st.just(DAMAGED), st.text(max_size=40)))
def test_nothing_changes_in_a_text_that_lost_nothing(text: str) -> None:
    assert repaired(text, lost="") == text


@given(signs, st.sets(st.sampled_from("ACDEGIN")).map("".join))
def test_only_lost_letters_change_and_only_to_their_capitals(text: str, lost: str) -> None:
    for old, new in zip(text, repaired(text, lost), strict=True):
        assert old == new or (old.islower() and new == old.upper() and new in lost)


@given(signs)
def test_every_changed_letter_is_one_edit_in_its_place(text: str) -> None:
    trace = traced(text, lost_capitals=LOST)
    for edit in trace.edits():
        if edit.rule == "case":
            assert edit.before.upper() == edit.after


@given(st.sampled_from(["Order of the River", "order of the river", "ORDER of the rIVER"]))
def test_the_registry_never_makes_a_letter_small(text: str) -> None:
    names = frozenset({"Order of the river", "order of The river"})
    made = one_step("case", text, lost_capitals="ORIT", names=names)
    assert all(new.isupper() or new == old for old, new in zip(text, made, strict=True))


def test_words_in_titles_prove_no_names() -> None:
    """In a heading all words may have capitals; the running text tells."""
    heading = "\n\nThe Prelude of the Aistup\n\n"
    lower = f"It was the prelude.{heading}It was the prelude, and the prelude. {LONG}"
    assert cleaned(lower, lost_capitals="P") == lower


def test_nothing_is_known_of_the_words_of_an_unknown_language() -> None:
    """Then names are told from words by the corpus and the registry alone."""
    text = one_step("case", "Es war der sarn in der stadt.", language="xx", lost_capitals="S", **KNOWN)
    assert "Sarn" in text
