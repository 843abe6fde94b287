"""report: distances, their maps, and what sets two groups apart."""

from itertools import combinations
from typing import Any

import pytest
from conftest import small_codebook
from exhibited import table
from reporting import EVIL, authors, members, opened, plain, reported, rows_of, shares

from nlp.report.sections.distances import distances_of

BOOK = small_codebook({"flood": ["water"]}, {"affirmed": [], "denied": []})
NAMES = ["Ada", "Bo", "Cy"]
APART = {"distance": 0.6, "low": 0.5, "high": 0.7, "expected": 0.4, "beyond": 0.49, "p": 0.001, "q": 0.01}
Row = dict[str, Any]


def pairs(names: list[str], **more: Any) -> list[Row]:
    return [{"author": one, "other": other} | more for one, other in combinations(names, 2)]


def section(names: list[str] = NAMES, **rows: list[Row]) -> str:
    known = {
        "prevalence": shares(names, BOOK.frame_names, BOOK.split),
        "authors": authors(*names),
        "members": members({name: name for name in names}),
        "distances": table("distances", pairs(names, space="words", **APART)),
    }
    return reported("distances", BOOK, **known | {name: table(name, them) for name, them in rows.items()})


def test_a_cell_has_the_distance_beyond_chance_and_what_it_is_made_of() -> None:
    first, *_ = rows_of(section())
    cell = "0.49 0.10–0.10 0.60; chance 0.40 q = 0.010"
    assert first == f"Ada – {cell} {cell}"


def test_of_many_groups_there_is_no_matrix() -> None:
    many = [f"A{at:02}" for at in range(13)]
    html = section(many)
    assert "All pairs one by one: 78" in plain(html)
    assert len(rows_of(html)) == 78 + 78  # what sets them apart, and one by one


def test_of_very_many_pairs_every_space_has_its_farthest() -> None:
    many = [f"A{at:02}" for at in range(17)]
    spaces = [
        it | {"beyond": at / 1000}
        for space in ("frames", "words")
        for at, it in enumerate(pairs(many, **APART, space=space))
    ]
    html = section(many, distances=spaces)
    assert "The pairs farthest apart one by one: 240" in plain(html)
    assert "32 more pairs are not shown." in html
    shown = rows_of(html.split("farthest apart one by one")[1])
    assert [row.split()[0] for row in shown] == ["Frames"] * 120 + ["Words"] * 120
    assert shown[120].startswith("Words A15 A16 0.14")


@pytest.mark.parametrize(
    ("names", "said"), [(["Ada"], "Only one author"), (NAMES, "No distances were measured")]
)
def test_without_distances_it_is_said_why(names: list[str], said: str) -> None:
    assert said in section(names, distances=[])


def test_what_sets_two_apart_is_the_smallest_p_and_opens() -> None:
    differs = [
        {"author": "Ada", "other": "Bo", "frame": "flood", "stance": "any", "difference": 0.2, "p": 0.2},
        {
            "author": "Ada",
            "other": "Bo",
            "frame": "flood",
            "stance": "denied",
            "difference": -0.3,
            "p": 0.01,
        },
    ]
    words = [
        {"kind": "word", "author": "Ada", "other": "Bo", "feature": it, "label": it, "effect": effect}
        | {"count": 9, "other_count": 2, "p": p}
        for it, effect, p in [("oak", 2.0, 0.01), ("elm", 3.0, 0.2), ("ash", -1.0, 0.3)]
    ]
    html = section(frame_differences=differs, contrasts=words).split("most apart</h3>")[1]
    row, *_ = rows_of(html)
    assert row.startswith(
        "Ada – Bo flood , denied Bo, 30.0 points, q = 0.100 – oak Ada, 9000.0 : 2000.0, q = 0.100"
        " ash Bo, 2000.0 : 9000.0, q = 0.100 –"
    )
    assert opened(html)[1:3] == ("codes-flood-1", "?author=Ada&author=Bo&frame=flood&stance=denied")


def test_of_two_groups_the_rest_is_the_other() -> None:
    word = {
        "kind": "word",
        "author": "Ada",
        "other": "rest",
        "feature": "oak",
        "label": "oak",
        "effect": 2.0,
    }
    html = section(["Ada", "Bo"], contrasts=[word | {"count": 9, "other_count": 2}])
    assert "oak Ada, 9000.0 : 2000.0, q = 0.100" in plain(html)


def test_the_rest_is_the_other_one_only_where_there_are_two() -> None:
    """Also where of three groups one is too short to be compared, so that one pair is left."""
    word = {"author": "Ada", "other": "rest", "kind": "word", "feature": "oak", "label": "oak", "p": 0.01}
    row = word | {"effect": 2.0, "count": 9, "total": 1000, "other_count": 1, "other_total": 1000, "q": 0.1}
    one = [{"author": "Ada", "other": "Bo", "space": "words"} | APART]
    for names, told in ((["Ada", "Bo"], True), (NAMES, False)):
        html = section(names, distances=one, contrasts=[row])
        assert ("oak Ada, 9.0 : 1.0" in plain(html)) is told


def test_of_very_many_pairs_the_farthest_are_told_apart() -> None:
    many = [f"A{at:02}" for at in range(17)]
    rows = [it | {"beyond": at / 1000, "space": "words"} for at, it in enumerate(pairs(many, **APART))]
    html = section(many, distances=rows)
    assert "Of the 120 pairs farthest apart, of 136, the contrast" in plain(html)
    assert "A00 – A01" not in plain(html)


def test_labels_on_a_map_do_not_cover_one_another() -> None:
    names = [f"Author {at}" for at in range(9)]
    rows = [{"space": "words", "author": it, "x": 0.01 * at, "y": 0.0} for at, it in enumerate(names)]
    known = table("distances", pairs(names, space="words", **APART))
    frames, topics, words = (
        table(it, []) for it in ("frame_differences", "topic_differences", "contrasts")
    )
    (space,) = distances_of(known, table("distance_map", rows), frames, topics, words, names, BOOK).spaces
    assert space.map
    for one, other in combinations(space.map.places, 2):
        a, b = ((it.x - 63 if it.at_end else it.x, it.label_y) for it in (one, other))
        assert abs(a[0] - b[0]) >= 56 or abs(a[1] - b[1]) >= 15
    assert all(0 <= it.x <= space.map.width and it.label_y < space.map.height for it in space.map.places)


def test_a_map_with_much_stress_is_not_to_be_trusted() -> None:
    rows = [{"space": "words", "author": it, "x": 0.1, "y": 0.1} for it in NAMES]
    for stress, said in ((0.1, False), (0.3, True)):
        html = section(distance_map=[it | {"stress": stress} for it in rows])
        assert ("too much to trust the picture" in html) is said


def test_no_label_turns_the_words_around_it() -> None:
    topic = {"author": "Ada", "other": "Bo", "topic": 1, "label": "\u2067oak", "difference": 0.2, "p": 0.1}
    assert "Ada – Bo – <U+2067>oak Ada, 20.0 points" in plain(section(topic_differences=[topic]))


def test_no_group_becomes_markup() -> None:
    html = section(
        [EVIL, "Bo", "Cy"], distance_map=[{"space": "words", "author": it} for it in (EVIL, "Bo")]
    )
    assert "<script" not in html
