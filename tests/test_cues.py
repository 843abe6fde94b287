"""cues: all lists of words in one walk over a text find what each would find by itself."""

import re
from collections.abc import Mapping, Sequence

import pytest
from conftest import small_codebook
from hypothesis import given
from hypothesis import strategies as st

from nlp.cues import Finder, Hit, Source

SOURCE = Source("threat", "")


def found(cues: Sequence[str], text: str) -> list[str]:
    return [text[it.start : it.end] for it in Finder({SOURCE: cues}).find(text)]


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("trust", "Trust, mistrust and TRUST; trusted.", ["Trust", "TRUST"]),
        ("annex*", "annex, Annexed, re-annexation, reannexed", ["annex", "Annexed", "annexation"]),
        (
            "gas cut*",
            "gas cuts, gas-cutting, gas\ncut, gas–cut",
            ["gas cuts", "gas-cutting", "gas\ncut", "gas–cut"],
        ),
        ("gas-cut", "gas cut, gas - cut, gas cuts", ["gas cut", "gas - cut"]),
        ("gas cut*", "gascut, biogas cut, gas, cut", []),
        (
            "provi* security",
            "provides security, provider-security",
            ["provides security", "provider-security"],
        ),
        ("u.s.", "u.s. uxsx U.S.", ["u.s.", "U.S."]),
        ("?", "Is it? No.", ["?"]),
        ("c++", "c++ c+ cc", ["c++"]),
        (
            "ranchers' growth",
            "the ranchers’ growth, the ranchers' growth",
            ["ranchers’ growth", "ranchers' growth"],
        ),
        ("ranchers’ growth", "the ranchers' growth", ["ranchers' growth"]),
        ("größe*", "GRÖSSE, GRÖßE, Größen", ["GRÖßE", "Größen"]),
        ("власт*", "Власть и ВЛАСТИ", ["Власть", "ВЛАСТИ"]),
    ],
)
def test_a_cue_finds(cue: str, text: str, expected: list[str]) -> None:
    assert found([cue], text) == expected


@pytest.mark.parametrize("cues", [[], ["trust"]])
def test_nothing_is_found_in_nothing(cues: list[str]) -> None:
    assert found(cues, "") == found(cues, "…") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İİ threat", ["threat"]),
        ("THE İZMİR THREAT, threats", ["THREAT", "threats"]),
        ("ﬁnal ŒUVRE ẞ THREAT", ["THREAT"]),
    ],
)
def test_places_are_those_of_the_text_though_its_small_letters_are_more(
    text: str, expected: list[str]
) -> None:
    assert found(["threat*"], text) == expected


@pytest.mark.parametrize(
    ("cues", "text", "expected"),
    [
        (["war", "war crime*"], "war crimes and war", ["war crimes", "war"]),
        (["war crime*", "crimes of war"], "war crimes of war", ["war crimes"]),
        (["a b", "b c", "c"], "a b c", ["a b", "c"]),
        (["wa*", "war", "war"], "war", ["war"]),
    ],
)
def test_of_hits_that_overlap_the_first_counts_and_there_the_longest(
    cues: list[str], text: str, expected: list[str]
) -> None:
    assert found(cues, text) == expected


def test_names_do_not_hide_each_other() -> None:
    cues = {
        Source("denied", "never"): ["no"],
        Source("threat", ""): ["no threat"],
        Source("hope", ""): ["threat"],
    }
    assert Finder(cues).find("No threat") == [
        Hit(Source("threat", ""), 0, 9),
        Hit(Source("denied", "never"), 0, 2),
        Hit(Source("hope", ""), 3, 9),
    ]


def test_groups_of_a_name_share_its_words() -> None:
    cues = {Source("denied", "verbs"): ["den*"], Source("denied", "all"): ["denies that"]}
    assert Finder(cues).find("He denies that he denied.") == [
        Hit(Source("denied", "all"), 3, 14),
        Hit(Source("denied", "verbs"), 18, 24),
    ]


def test_the_cues_of_a_codebook_are_those_of_its_frames_and_stances() -> None:
    book = small_codebook({"threat": ["threat*"], "hope": ["hope"]}, {"affirmed": [], "denied": ["not"]})
    assert Finder.of(book).find("Not hope, threats") == [
        Hit(Source("denied", ""), 0, 3),
        Hit(Source("hope", ""), 4, 8),
        Hit(Source("threat", ""), 10, 17),
    ]


# ---- laws -------------------------------------------------------------------------------------------

HYPHENS = "‐‑–-"
words = st.sampled_from(["a", "ab", "b", "aab", "a*", "b*", "ba*", ".", "'"])
cues = st.lists(st.tuples(words, st.sampled_from([" ", "-"])), min_size=1, max_size=3).map(
    lambda pairs: "".join(word + gap for word, gap in pairs).rstrip(" -")
)
lists = st.dictionaries(st.sampled_from(["threat", "hope", "denied"]), st.lists(cues, max_size=4))
texts = st.text("abAB .'’-–İ\n", max_size=25)


def pattern(cue: str) -> re.Pattern[str]:
    """One cue as a regular expression: whole words, with white space or hyphens between them."""
    parts = [
        rf"(?<!\w){it[:-1]}\w*"
        if it.endswith("*")
        else rf"(?<!\w){it}(?!\w)"
        if it.isalpha()
        else re.escape(it)
        for it in re.split(rf"[\s{HYPHENS}]+", cue)
    ]
    return re.compile(rf"[\s{HYPHENS}]*".join(parts), re.IGNORECASE)


def naively(cues: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Places from left to right: at each the longest of all cues, and on from its end."""
    at, places = 0, []
    patterns = [pattern(cue) for cue in cues]
    while at < len(text):
        ends = [it.end() for each in patterns if (it := each.match(text.replace("’", "'"), at))]
        if ends:
            places.append((at, max(ends)))
        at = max([*ends, at + 1])
    return places


@given(lists, texts)
def test_every_list_finds_what_its_regular_expressions_find(
    lists: Mapping[str, list[str]], text: str
) -> None:
    hits = Finder({Source(name, ""): cues for name, cues in lists.items()}).find(text)
    assert hits == sorted(hits, key=lambda it: (it.start, -it.end, it.source))
    for name, own in lists.items():
        assert [(it.start, it.end) for it in hits if it.source.name == name] == naively(own, text)


@given(lists, st.lists(texts, max_size=3))
def test_a_finder_remembers_nothing_of_other_texts(
    lists: Mapping[str, list[str]], texts: list[str]
) -> None:
    sources = {Source(name, ""): cues for name, cues in lists.items()}
    used = Finder(sources)
    assert [used.find(it) for it in [*texts, *texts]] == 2 * [Finder(sources).find(it) for it in texts]


@given(st.lists(st.text("abxyz.+(?[", min_size=1, max_size=3), min_size=1, max_size=3))
def test_every_cue_finds_itself_in_any_capitals(parts: list[str]) -> None:
    text = " ".join(parts)
    assert found([text], text.swapcase()) == [text.swapcase()]
    spread = "-\n ".join(parts)
    assert found([text], spread) == [spread]
