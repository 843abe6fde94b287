"""inventory: words where their capitals mean something, and texts that are nearly the same."""

import random
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import inventory, tables
from nlp.inventory.duplicates import bands, jaccard, near_duplicates, shingles
from nlp.inventory.words import WORD, count_words, plain, words_within
from nlp.params import InventoryParams

PARAMS = InventoryParams(min_jaccard=0.5, shingle_words=3, permutations=128)


def documents(*raws: str, lost: str = "") -> pd.DataFrame:
    rows = [
        (f"d{n}", "A", "", None, "", "", "essay", "en", "", "0", "text", "", None, lost, "", raw)
        for n, raw in enumerate(raws)
    ]
    return tables.make("documents", rows)


LINE = "a line of the page that ends with the name of the"

# ---- words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The union of Sarn", "union of Sarn"),
        ("We left. The union grew", "left union grew"),
        ("We left.” The union grew", "left union grew"),
        ("We left.12 The union [3] grew?\nThe end", "left union grew end"),
        ("He said: “The union” grew", "said union grew"),
        ("He said “soft power” grew", "said power grew"),
        ("a state’s well-being isn't", "state’s well-being isn't"),
        # lines
        (f"{LINE}\nLeague and ends", f"{LINE[2:]} League and ends"),
        (f"{LINE[:30]}\nLeague and ends", f"{LINE[2:30]} and ends"),
        ("A heading\nThe union grew", "heading union grew"),
        ("The union\n\nSarn grew", "union grew"),
        ("so SARN grew\nSARN AND TOLBY\nThe League grew", "SARN grew League grew"),
        ("# A heading\n\n- Salt and bread\n- Iron and Salt", "heading and bread and Salt"),
        # broken and joined
        ("an old inte-\ngration of post-\r\nSoviet states", "old of states"),
        ("an old inte\xad\ngration of so\xadft power", "old of soft power"),
        ("the e\ufb03cient cafe\u0301 in 1990s", "efficient café in s"),
        ("", ""),
    ],
)
def test_words_that_show_how_they_are_written(text: str, words: str) -> None:
    assert words_within(text) == words.split()


def test_occurrences_and_documents_are_counted() -> None:
    texts = [("we saw Sarn and saw Tolby", ""), ("they saw Sarn", "")]
    assert list(count_words(texts)) == [
        ("Sarn", 2, 2),
        ("Tolby", 1, 1),
        ("and", 1, 1),
        ("saw", 3, 2),
    ]


def test_damaged_letters_teach_no_case() -> None:
    texts = [("so nATO and eU saw Tolby", "NU"), ("so NATO saw", "")]
    assert [form for form, *_ in count_words(texts)] == ["NATO", "Tolby", "saw"]


texts = st.text("aB é’-.\n\xad", max_size=40)


@given(st.lists(texts, max_size=4))
def test_the_corpus_is_the_sum_of_its_texts(made: list[str]) -> None:
    whole = {form: (count, spread) for form, count, spread in count_words((it, "") for it in made)}
    each = [dict.fromkeys(words_within(it), 1) for it in made]
    assert sum(count for count, _ in whole.values()) == sum(len(words_within(it)) for it in made)
    assert whole.keys() == {form for found in each for form in found}
    for form, (count, spread) in whole.items():
        assert spread == sum(form in found for found in each) <= count


@given(texts)
def test_every_word_is_one_of_the_text(text: str) -> None:
    known = re.findall(WORD, plain(text).replace("\xad", ""))
    assert set(words_within(text)) <= set(known)


@pytest.mark.parametrize(
    "pattern", ["-", "a-", "a", "-\n", "\n", " ", ". ", ".", "a-\n", "'", "\xad", "“", "]"]
)
def test_no_pattern_takes_for_ever(pattern: str) -> None:
    text = pattern * 100_000
    assert len(words_within(f"a {text} b")) <= 100_002
    assert len(shingles(f"a {text} b", 5)) <= 100_002


# ---- near-duplicates --------------------------------------------------------------------------------


def words_of(seed: int, count: int) -> str:
    draw = random.Random(seed)
    return " ".join("".join(draw.choices("abcdefgh", k=5)) for _ in range(count))


def pairs(*raws: str, params: InventoryParams = PARAMS) -> list[tuple[str, str, float]]:
    return list(near_duplicates({f"d{n}": raw for n, raw in enumerate(raws)}, params))


LONG = words_of(1, 400)


def test_another_edition_is_found_and_another_text_is_not() -> None:
    assert pairs(LONG, words_of(2, 400)) == []
    assert pairs(LONG, LONG.upper(), f"Journal of Salt 12\n\n{LONG}\n\nReferences")[0] == ("d0", "d1", 1.0)
    assert len(pairs(LONG, LONG.upper(), f"Journal of Salt 12\n\n{LONG}\n\nReferences")) == 3
    assert pairs(LONG, LONG[: len(LONG) // 3]) == []


def test_line_ends_do_not_matter() -> None:
    broken = re.sub(r"(\w{3})(\w+) ", "\\1-\r\n\\2 ", LONG, count=50)
    assert broken != LONG
    assert pairs(LONG, broken, LONG.replace(" ", "\n"))[0] == ("d0", "d1", 1.0)


def test_the_index_is_exact() -> None:
    one, other = "a b c d e f", "a b c d e g"
    assert sorted(shingles(one, 3)) == ["a b c", "b c d", "c d e", "d e f"]
    assert jaccard(shingles(one, 3), shingles(other, 3)) == 3 / 5
    assert pairs(one, other) == [("d0", "d1", 0.6)]


@pytest.mark.parametrize(
    ("raws", "found"),
    [
        (["Salt.", "salt", "bread"], [("d0", "d1", 1.0)]),
        (["salt", "salt and bread and more"], []),
        (["", "...", "\n"], []),
        ([LONG], []),
        ([], []),
    ],
)
def test_short_texts_are_near_only_if_their_words_are_the_same(
    raws: list[str], found: list[tuple[str, str, float]]
) -> None:
    assert pairs(*raws) == found


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=8).map(" ".join), max_size=6))
def test_all_that_is_found_is_so(raws: list[str]) -> None:
    sets = [shingles(raw, PARAMS.shingle_words) for raw in raws]
    for one, other, shared in pairs(*raws):
        assert one < other
        assert shared == jaccard(sets[int(one[1:])], sets[int(other[1:])]) >= PARAMS.min_jaccard


@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.8, 0.95, 1.0])
def test_few_pairs_at_the_threshold_are_missed(threshold: float) -> None:
    count, rows = bands(threshold, 128)
    assert count * rows <= 128
    assert (1 - threshold**rows) ** count <= 0.01


def test_pairs_just_above_the_threshold_are_found() -> None:
    """One text in 40 neighbours, each with another two fifths replaced: Jaccard index about 0.6."""
    halves = [f"{LONG} {words_of(seed, 130)}" for seed in range(10, 30)]
    alone = [pairs(half, f"{LONG} {words_of(99, 130)}") for half in halves]
    assert all(len(found) == 1 and 0.55 < found[0][2] < 0.65 for found in alone)


def test_the_order_of_the_texts_does_not_matter() -> None:
    raws = {"b": LONG, "a": LONG + " more salt", "c": words_of(3, 50)}
    assert list(near_duplicates(raws, PARAMS)) == list(
        near_duplicates(dict(reversed(raws.items())), PARAMS)
    )
    assert [pair[:2] for pair in near_duplicates(raws, PARAMS)] == [("a", "b")]


# ---- the stage --------------------------------------------------------------------------------------


def test_near_duplicates_are_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    result = inventory.run(PARAMS, documents=documents("Salt and bread.", "salt, and bread", "Iron"))
    expected = tables.make("duplicates", [("d0", "d1", 1.0)])
    pd.testing.assert_frame_equal(tables.check("duplicates", result.duplicates), expected)
    assert caplog.messages == ["d0 and d1 are nearly the same text (Jaccard index 1.00)"]


def test_damage_is_taken_from_the_table() -> None:
    result = inventory.run(PARAMS, documents=documents("so nATO saw Sarn", lost="N"))
    assert tables.check("words", result.words)["form"].tolist() == ["saw"]  # Sarn has an n
