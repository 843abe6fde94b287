"""report: whom the authors name, their network, and how well names are found."""

import re
from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from conftest import small_codebook
from naming import REGISTRY, Texts, corpus, renamed
from reporting import EVIL, authors, members, opened, plain, reported, shares

from nlp import tables
from nlp.compare.actors import count_actors, count_groups, roll_up
from nlp.compare.network import count_together
from nlp.report.kinds import kinds_of
from nlp.report.sections.network import Drawing, Node, draw

TEXTS: Texts = {
    "a1": [["Tolby met Sarn", "Orrin met Sarn Sarn"], ["Tolby", "nothing", "nothing @Holt"]],
    "b1": [["Sarn and Tolby and League"], ["League"], ["nothing", "Tolbian press"]],
}
QUALITY = [
    ("pipeline", "strict", "GPE", "f1", 0.9, 0.85, 0.95, 40),
    ("pipeline", "strict", "all", "f1", 0.8, 0.75, 0.85, 60),
    ("pipeline", "strict", "all", "precision", 0.82, None, None, 60),
    ("pipeline", "strict", "all", "recall", 0.78, None, None, 60),
    ("pipeline", "linking", "all", "accuracy", 0.97, 0.91, 0.99, 47),
    ("model", "strict", "all", "f1", 0.6, 0.55, 0.65, 60),
]
Made = dict[str, pd.DataFrame]


def counted(texts: Texts, **called: str) -> Made:
    """What compare says of the texts, with some entities by other names."""
    found = corpus(texts)
    names = sorted(set(found.author))
    ground = found.ground
    rolled_up = renamed(roll_up(found.mentions, REGISTRY), called)
    return {
        "actors": count_actors(found.mentions, rolled_up, ground),
        "actor_groups": count_groups(rolled_up, REGISTRY, ground),
        "comentions": count_together(rolled_up, found.author, found.sentences, 1),
        "members": members(dict(found.author)),
        "prevalence": shares(names, ["frame"], ["affirmed"]),
        "authors": authors(*names),
    }


def section(made: Made, quality: list[Any] | None = None, checked: list[Any] | None = None) -> str:
    """The part of the page on names; of all else there is nothing."""
    rated = {
        "entity_quality": tables.make("entity_quality", quality or []),
        "checked_names": tables.make("checked_names", checked or []),
    }
    return reported("entities", small_codebook({"frame": ["cue"]}, {"affirmed": []}), **made | rated)


# ---- tables -----------------------------------------------------------------------------------------


def test_a_row_has_the_rates_of_an_actor_and_leads_to_the_first_mention() -> None:
    html = section(counted(TEXTS))
    row = html.split(">Tolby <")[1].split("</tr>")[0]
    assert '<span class="tag">state</span>' in "<" + row
    links = [opened(it) for it in re.findall(r"<a .*?</a>", row)]
    assert links == [
        ("272.7", "a1/0", "?author=Ada&actor=tolby&kind=state", "3"),  # of eleven words
        ("222.2", "b1/0", "?author=Bo&actor=tolby&kind=state", "2"),  # of nine
    ]


def test_who_is_not_named_by_an_author_has_a_rate_of_zero_without_a_link() -> None:
    row = section(counted(TEXTS)).split(">River League <")[1].split("</tr>")[0]
    zero, some = re.findall(r'<td class="rate">(.*?)</td>', row)
    assert plain(zero).startswith("0.0 0.0–")
    assert "<a" not in zero
    assert opened(some)[1] == "b1/0"


def test_kinds_and_groups_have_their_tables() -> None:
    text = plain(section(counted(TEXTS)))
    kinds, groups = text.split("By kind")[1].split("By group of the registry")
    assert re.search(r"state 545\.5 [\d.]+–[\d.]+ 85\.7 % 333\.3 [\d.]+–[\d.]+ 60\.0 %", kinds)
    assert "cited author 90.9" in kinds
    assert groups.index("Valley states") < groups.index("Allies")  # by rate
    assert "Coast" not in groups  # nobody of it is named


def test_cited_authors_stand_in_a_list_of_their_own() -> None:
    html = section(counted(TEXTS))
    before, cited = html.split("Whose works they cite")
    assert "Mira Holt" not in before
    assert opened(cited) == ("Mira Holt", "a1/4", "?author=Ada&actor=holt&kind=cited author", "1")


def test_nobody_named_and_nobody_grouped_is_said() -> None:
    html = section(counted({"a1": [["nothing"], ["nothing"]]}))
    assert "Nobody: no names were found." in html
    assert "No two actors are named together often enough." in html
    assert "Whose works they cite" not in html


def test_unknown_intervals_are_left_out() -> None:
    html = section(counted({"a1": [["Tolby met Sarn"]]}))
    assert ">333.3</a></td>" in html
    assert "nan" not in html


# ---- quality ----------------------------------------------------------------------------------------


CHECKED = [
    ("u0", "a1", 0, 0, 0, 5, "Tolby", "GPE", "Tolby", "Tolby", "right", "right"),
    ("u0", "a1", 1, 0, 10, 14, "Sarn", "ORG", "Sarn", "Sarnia", "mislinked", "missed"),
    ("u0", "a1", 2, 0, None, None, "", "GPE", "Orrin", "", "missed", "missed"),
    ("u0", "a1", 3, 0, 6, 9, "met", "ORG", "", "", "", "false"),
]


def test_the_pipeline_stands_beside_the_model_all_labels_first() -> None:
    html = section(counted(TEXTS), QUALITY, CHECKED).split("How well names are found")[1]
    every, places = re.findall(r'<tr><th scope="row">(.*?)</tr>', html)
    told = "all 3 80.0 % 75.0–85.0 82.0 % 78.0 % 1 missed 97.0 % 91.0–99.0 1 wrong 60.0 % 55.0–65.0 – –"
    assert plain(every) == told
    assert plain(places) == "GPE 2 90.0 % 85.0–95.0 – – – – – –"
    assert "Coded by a lamp." in html


def test_figures_open_the_names_that_they_are_shares_of() -> None:
    html = section(counted(TEXTS), QUALITY, CHECKED).split("How well names are found")[1]
    found = [opened(it) for it in re.findall(r"<a .*?</a>", html)]
    whole = "?checked=right&checked=mislinked&checked=missed"
    assert [it[2:] for it in found if it[0] == "2"] == [(f"{whole}&label=GPE", "2")]
    assert [it[2:] for it in found if it[0] == "3"] == [(whole, "3")]
    assert [it[2:] for it in found if it[0] == "1 wrong"] == [("?checked=mislinked", "1")]
    assert (
        "60.0 %",
        "texts",
        "?checked=model-right&checked=model-missed&checked=model-false",
        "4",
    ) in found


def test_without_coded_names_nothing_is_known_of_errors() -> None:
    html = section(counted(TEXTS))
    assert "No names were coded" in html
    assert "Coded by a lamp." not in html


# ---- the network ------------------------------------------------------------------------------------


def drawing(texts: Texts, most: int = 30) -> Drawing:
    made = counted(texts)
    kinds = kinds_of(made["actor_groups"])
    return draw(made["comentions"], made["actors"], list(made["authors"]["author"]), kinds, most)


def test_the_drawing_has_the_ties_that_are_no_chance() -> None:
    found = drawing(TEXTS)
    assert [(it.source.name, it.target.name, it.row.count, it.counts) for it in found.edges] == [
        ("Sarn", "Tolby", 3, [2, 1]),
        ("River League", "Sarn", 1, [0, 1]),
    ]
    assert [(it.name, it.mentions) for it in found.nodes] == [
        ("Tolby", 5),
        ("Sarn", 4),
        ("River League", 2),
    ]
    assert found.kinds == ["state", "international organisation"]
    assert [it.colour for it in found.nodes] == [0, 0, 1]


def test_an_unlisted_name_of_two_kinds_is_drawn_once_as_what_it_mostly_is() -> None:
    made = counted(TEXTS)
    actors = made["actors"]
    league = actors["entity_id"].eq("league") & actors["counted"].eq("rolled up")
    other = actors[league].assign(kind="person", count=1)
    found = draw(made["comentions"], pd.concat([actors, other]), ["Ada", "Bo"], ["person"], 30)
    nodes = {it.name: (it.kind, it.mentions) for it in found.nodes}
    assert nodes["River League"] == ("international organisation", 4)
    assert len(found.nodes) == len(nodes) == 3


def test_area_stands_for_mentions_and_width_for_sentences() -> None:
    found = drawing(TEXTS)
    most, *rest = found.nodes
    for node in rest:
        assert node.radius**2 / most.radius**2 == pytest.approx(node.mentions / most.mentions, abs=0.05)
    assert [it.width for it in found.edges] == [10, 3]


@pytest.mark.parametrize(("most", "names"), [(3, 3), (2, 2), (1, 0)])
def test_only_so_many_actors_are_drawn(most: int, names: int) -> None:
    assert len(drawing(TEXTS, most).nodes) == names


CROWD = [f"Committee number {n} of the upper and of the lower river" for n in range(30)]


def crowd() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Thirty actors with long names in two circles that have nothing to do with each other."""
    ids = [f"{n:02}" for n in range(30)]
    pairs = [(one, other) for one, other in combinations(ids, 2) if (int(other) - int(one)) in (2, 28)]
    actors = [
        ("Ada", "rolled up", it, name, "group", 1 + n, 1.0, 1.0, 1.0, 0.1, "a1", 0)
        for n, (it, name) in enumerate(zip(ids, CROWD, strict=True))
    ]
    rows = [
        (author, "sentence", *pair, *(CROWD[int(it)] for it in pair), 2, 3, 3, 0.1, 0.5)
        for pair in pairs
        for author in ("all", "Ada")
    ]
    return tables.make("comentions", rows), tables.make("actors", actors)


def box(node: Node) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of circle and label, letters taken as six pixels wide."""
    half = max(node.radius, 3 * max(map(len, node.lines)))
    return node.x - half, node.y - node.radius, node.x + half, node.y + node.radius + 15 * len(node.lines)


def test_labels_stay_in_the_picture_and_apart() -> None:
    found = draw(*crowd(), ["Ada"], ["group"], 30)
    assert len(found.nodes) == 30
    boxes = [box(node) for node in found.nodes]
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= found.width
        assert 0 <= top < bottom <= found.height
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_the_drawing_is_always_the_same() -> None:
    comentions, actors = crowd()
    turned = [it.sample(frac=1, random_state=1) for it in (comentions, actors)]
    more = ["Ada"], ["group"], 30
    assert draw(turned[0], turned[1], *more) == draw(comentions, actors, *more)


def test_the_picture_says_in_words_what_it_shows() -> None:
    html = section(counted(TEXTS))
    picture = html.split("<svg")[1].split("</svg>")[0]
    assert 'role="group" aria-labelledby="network-title network-text"' in picture
    assert "3 actors and 2 ties" in picture
    assert "Sarn and Tolby (3), River League and Sarn (1)" in picture
    assert picture.count("<circle") == 3
    ties = html.split("The ties as a table")[1]
    row = ties.split("Sarn – Tolby</th>")[1]
    assert opened(row) == ("3", "a1/0", "?actor=sarn&actor=tolby", "3")


def test_no_name_turns_the_words_around_it() -> None:
    turned = "\u202eTurned"
    made = counted(TEXTS, tolby=turned, holt=turned)
    made["actor_groups"] = made["actor_groups"].replace({"Allies": turned})
    html = section(made)
    assert turned not in html
    assert ">&lt;U+202E&gt;Turned</a>" in html.split("Whose works they cite")[1]


def test_no_name_becomes_markup() -> None:
    made = counted(TEXTS, tolby=EVIL, holt=EVIL)
    made["actor_groups"] = made["actor_groups"].replace({"Allies": EVIL, "state": EVIL})
    for name in made:
        made[name] = made[name].replace({"Ada": f"Ada {EVIL}", "league": EVIL})
    html = section(made, [("model", "strict", EVIL, "f1", 0.6, 0.55, 0.65, 60)])
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)") > 12
