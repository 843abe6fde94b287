"""report: which topics there are and why, whose they are, and the passages that show them."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from conftest import small_codebook
from hypothesis import given
from hypothesis import strategies as st
from reporting import EVIL, authors, members, plain, reported, rows_of, shares

from nlp import tables
from nlp.report.sections.contrast import Share
from nlp.report.sections.limits import ACROSS, GROUPS
from nlp.report.sections.topic_drawings import bars_of, chart_of
from nlp.report.sections.topics import topics_of

BOOK = small_codebook({"flood": ["water"]}, {})
NAMES = ["Ada", "Bo"]
TOLD = ["quality", "terms", "choice", "shares", "differences", "passages", "changes"]
LABELS = {0: "water · river", 1: "harvest · field"}
Row = tuple[Any, ...]
Made = dict[str, pd.DataFrame]

NMF = ("nmf", 4, 8, 0.67, 0.05, 0.1, 0.8, 0.97, 0.74, -6.27, True, True, "")
MORE = ("nmf", 5, 8, 0.66, 0.05, 0.1, 0.75, 0.96, 0.70, -6.24, True, False, "")
LDA = ("lda", 4, 8, 0.45, 0.05, 0.1, 0.6, 0.92, 0.30, -6.31, False, False, "")
UNTRIED = ("nmf", 9, 0, *7 * [None], False, False, "40 passages are fewer than 10 for each topic")
CLEAR = ("Ada", "Bo", 0, -0.25, -0.4, -0.1, 0.0004, 0.004, 0.9375, 64, True)
LASTING = ("Ada", "Bo", 1, 0.31, 0.02, 0.5, 0.02, 0.08, 0.90625, 64, True)
UNCLEAR = ("Ada", "Cy", 0, 0.1, -0.2, 0.3, 0.4, 0.9, 0.25, 64, True)
UNKNOWN = ("Bo", "Cy", 0, *5 * [None], None, 64, False)


def quality(labels: Mapping[int, str], stable: bool = True) -> pd.DataFrame:
    rows = [(it, label, "a · b", 0.82, stable, 0.51, 0.1, 0.69) for it, label in labels.items()]
    return tables.make("topic_quality", rows)


def topic_shares(
    labels: Mapping[int, str], names: Sequence[str], *, frozen: bool = False, share: float = 0.25
) -> pd.DataFrame:
    rows = [
        (name, topic, label, share, 0.125, 0.5, None if frozen else 0.01, 8.0, 20, 0.7, True)
        for name in names
        for topic, label in labels.items()
    ]
    return tables.make("topic_shares", rows)


def compared(*rows: Row) -> pd.DataFrame:
    """Table `topic_differences`, without labels."""
    return tables.make("topic_differences", [(*it[:3], "label", *it[3:], "texts") for it in rows])


def written_by(names: Sequence[str]) -> Made:
    """Authors of whom nothing else is known."""
    return {
        "authors": authors(*names),
        "prevalence": shares(list(names), ["flood"], []),
        "members": members({name: name for name in names}),
    }


def known(labels: Mapping[int, str] = LABELS, names: Sequence[str] = NAMES) -> Made:
    """Two topics of two authors, chosen from two models."""
    terms = [
        (topic, label, ranking, rank, f"{ranking}{rank}", 1.0)
        for topic, label in labels.items()
        for ranking in ("frex", "relevance")
        for rank in (2, 1)
    ]
    return written_by(names) | {
        "topic_quality": quality(labels),
        "topic_terms": tables.make("topic_terms", terms),
        "topic_choice": tables.make("topic_choice", [NMF, LDA]),
        "topic_shares": topic_shares(labels, names),
    }


def topics(made: Made | None = None, **changed: pd.DataFrame) -> str:
    return reported("topics", BOOK, **(known() if made is None else made) | changed)


def part(html: str, heading: str) -> str:
    return html.split(f"{heading}</h3>")[1].split("<h3")[0]


# ---- the model and its topics -----------------------------------------------------------------------


def test_it_is_said_which_model_was_chosen_from_how_many_and_why() -> None:
    choice = tables.make("topic_choice", [LDA, NMF, MORE, UNTRIED])
    text = plain(topics(topic_choice=choice))
    assert "2 topics, found by non-negative matrix factorisation (NMF) in 40 passages." in text
    assert "This model was chosen from 3, each fitted 8 times" in text
    assert "most stable of those whose coherence is within one standard error of the best" in text
    assert "All of them are stable" in text


def test_a_model_that_was_not_chosen_is_not_called_so() -> None:
    text = plain(topics(topic_choice=tables.make("topic_choice", [NMF])))
    assert "No other kind of model or number of topics was tried." in text
    assert "chosen from" not in text


def test_a_topic_stands_with_its_terms_its_quality_and_its_shares() -> None:
    first, second = rows_of(topics())[:2]
    shares = "25.0 % 12.5–50.0 25.0 % 12.5–50.0"
    assert first == f"0 water · river relevance1, relevance2 0.82 0.51 0.69 {shares}"
    assert second == f"1 harvest · field relevance1, relevance2 0.82 0.51 0.69 {shares}"


def test_bars_are_made_for_as_many_authors_as_are_drawn() -> None:
    many = [f"A{n:02}" for n in range(ACROSS + 1)]
    for names, drawn in ((many[:-1], True), (many, False)):
        made = known(names=names)
        told = {it: made.get(f"topic_{it}", tables.make(f"topic_{it}", [])) for it in TOLD}
        found = topics_of(**told, documents=made["authors"]["documents"], names=names)
        assert bool(found.bars) is drawn
        assert ("Shares of topics by author" in topics(made)) is drawn


def test_a_share_stands_beside_its_author_where_not_all_authors_are_shown() -> None:
    names = [f"A{n:03}" for n in range(GROUPS + 5)]
    made = known(names=names)
    made["authors"] = made["authors"].assign(words=range(len(names)))  # the first five are the shortest
    made["topic_shares"]["share"] = made["topic_shares"]["author"].str[1:].astype(int) / 1000
    rows = [it.split() for it in rows_of(topics(made)) if it.startswith("A")]
    assert {it[0] for it in rows} == set(names[5:])
    assert all(f"{int(it[0][1:]) / 10:.1f}" == it[1] for it in rows)


def test_unstable_topics_are_marked_wherever_they_are_named() -> None:
    table = quality(LABELS)
    table["stable"] = [False, True]
    html = topics(topic_quality=table, topic_differences=compared(CLEAR), topic_passages=passages())
    assert "1 of the topics is marked as unstable" in plain(html)
    unstable = [row for row in rows_of(html) if "unstable" in row]
    assert [row.split(" unstable")[0] for row in unstable] == ["0 water · river"] * 2
    assert "0 water · river unstable 1 harvest · field" in plain(html)  # legend
    assert "0 water · river unstable : 2 passages" in plain(html)


def test_of_an_author_with_too_few_passages_it_is_said() -> None:
    table = topic_shares(LABELS, NAMES)
    bo = table["author"] == "Bo"
    table.loc[bo, ["share", "low", "high", "between_runs"]] = float("nan")
    html = topics(topic_shares=table.assign(passages=3, estimable=~bo))
    assert rows_of(html)[0].endswith("25.0 % 12.5–50.0 not estimable")
    assert "not estimable from 3 passages" in html


def test_an_author_without_passages_has_a_dash() -> None:
    html = topics(topic_shares=topic_shares(LABELS, ["Ada"]))
    assert rows_of(html)[0].endswith("25.0 % 12.5–50.0 –")
    assert "not estimable from 0 passages" in html


def test_a_frozen_model_is_said_to_be_one() -> None:
    differences = compared((*CLEAR[:-3], None, 0, True))
    html = topics(topic_shares=topic_shares(LABELS, NAMES, frozen=True), topic_differences=differences)
    assert "the model is that of an earlier run, kept as it was (topics.frozen" in plain(html)
    assert "nothing is known of what other runs would say" in plain(html)
    assert "survives in at least" not in plain(html)
    assert rows_of(part(html, "Differences in topics between authors"))[0].endswith("0.004 –")
    assert "kept as it was" not in topics()


@pytest.mark.parametrize(
    ("rows", "said"),
    [([UNTRIED], f"No topics were estimated: {UNTRIED[-1]}."), ([], "No topics were estimated.")],
)
def test_without_topics_the_reason_is_given(rows: list[Row], said: str) -> None:
    html = topics(written_by(NAMES), topic_choice=tables.make("topic_choice", rows))
    assert said in plain(html)
    assert "<svg" not in html
    assert rows_of(html) == [f"{it[0]} {it[1]} not tried: {it[-1]}" for it in rows]


# ---- the shares as a picture ------------------------------------------------------------------------


def classes(html: str) -> list[str]:
    return re.findall(r'class="(?:key )?(n\d)"', html)


def test_a_topic_has_the_colour_of_its_number() -> None:
    html = topics(known({3: "stone", 7: "bread"}))
    picture = html.split("<svg")[1].split("</svg>")[0]
    assert classes(picture) == ["n3", "n7", "n3", "n7"]
    assert classes(html.split("<svg")[0]) == ["n3", "n7"] * 2  # of the table and the legend
    assert "share a colour" not in html


def test_more_than_ten_topics_are_told_apart_by_number() -> None:
    html = topics(known({it: f"topic {it}" for it in range(12)}))
    picture = html.split("<svg")[1].split("</svg>")[0]
    assert classes(picture)[9:12] == ["n9", "n0", "n1"]
    assert "their numbers tell them apart" in html
    assert re.findall(r'text-anchor="end">(\d+)<', picture) == [str(it) for it in range(12)] * 2


def test_bars_and_intervals_are_as_long_as_they_are_large() -> None:
    bars = bars_of([("topic", 0, [Share(0.5, 0.25, 0.75, True)])], ["Ada"], {"Ada": 9})
    (bar,) = bars.groups[0].bars
    end = bars.ticks[-1]
    assert end[1] == "80 %"
    assert bar.width / (end[0] - bars.left) == pytest.approx(0.5 / 0.8, abs=0.001)
    assert (bar.low - bars.left, bar.high - bars.left) == pytest.approx(
        (bar.width / 2, bar.width * 1.5), abs=1
    )


SHARES = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted)


@given(st.lists(SHARES, min_size=1, max_size=12), st.lists(st.text(max_size=99), min_size=1, max_size=4))
def test_no_bar_leaves_the_picture_or_covers_another(numbers: list[list[float]], names: list[str]) -> None:
    known = [("topic", 0, [Share(mid, low, high, True)] * len(names)) for low, mid, high in numbers]
    bars = bars_of(known, names, {})
    placed = [bar for group in bars.groups for bar in group.bars]
    assert len(placed) == len(numbers) * len(names)
    assert all(later.y - bar.y >= 16 for bar, later in pairwise(placed))
    assert all(bar.y >= 0 and bar.y + 16 <= bars.bottom < bars.height for bar in placed)
    assert all(bars.left <= bar.low <= bar.high <= bars.width for bar in placed)
    assert all(isinstance(it, int) for bar in placed for it in (bar.y, bar.width, bar.low, bar.high))


# ---- differences ------------------------------------------------------------------------------------


def test_notable_and_lasting_differences_come_by_evidence_told_from_the_larger_share() -> None:
    table = compared(UNCLEAR, LASTING, UNKNOWN, CLEAR)
    html = part(topics(topic_differences=table), "Differences in topics between authors")
    assert rows_of(html) == [
        "0 water · river Bo Ada 25.0 10.0 to 40.0 0.004 60 of 64 runs",
        "1 harvest · field Ada Bo 31.0 2.0 to 50.0 0.080 58 of 64 runs",
    ]
    assert "1 of 3 comparisons of the shares of two authors, or of one and all others" in plain(html)
    assert "together, has a q below 0.05" in plain(html)
    assert "Listed, too: 1 that survives in at least 90 % of 64 runs" in plain(html)
    assert "1 more cannot be made" in plain(html)


def test_where_no_difference_is_notable_it_is_said() -> None:
    html = part(topics(topic_differences=compared(UNCLEAR)), "Differences in topics between authors")
    assert "None of 1 comparison of the shares of two authors, or of one and all others" in plain(html)
    assert "together, have a q below 0.05" in plain(html)
    assert "Listed, too" not in plain(html)
    assert "<table" not in html


def test_of_many_differences_those_with_the_strongest_evidence_are_shown() -> None:
    rows = [("Ada", f"B{it}", 0, 0.2, 0.1, 0.3, it / 1e4, 0.01, 1.0, 64, True) for it in range(30)]
    html = part(topics(topic_differences=compared(*rows[::-1])), "Differences in topics between authors")
    assert [row.split()[5] for row in rows_of(html)] == [f"B{it}" for it in range(20)]
    assert "30 of 30 comparisons" in plain(html)
    assert "Shown are the 20 with the strongest evidence." in plain(html)


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        (1, "Each author has a single document here: it is these texts that differ"),
        (2, "Where an author has a single document, it is this text that differs."),
    ],
)
def test_it_is_said_what_a_difference_holds_for(documents: int, said: str) -> None:
    made = topics(authors=authors(*NAMES, documents=documents), topic_differences=compared(CLEAR))
    assert said in plain(made)


def test_without_estimable_shares_nothing_is_compared() -> None:
    html = part(topics(topic_differences=compared(UNKNOWN)), "Differences in topics between authors")
    assert "No shares are estimable" in html


def test_a_single_author_is_compared_with_nobody() -> None:
    html = topics(known(names=["Ada"]))
    assert "Differences in topics" not in html
    assert rows_of(html)[0] == "0 water · river relevance1, relevance2 0.82 0.51 0.69 25.0 % 12.5–50.0"


# ---- the choice -------------------------------------------------------------------------------------


def test_all_models_tried_are_listed_with_what_was_measured() -> None:
    choice = tables.make("topic_choice", [NMF, MORE, LDA, UNTRIED])
    html = part(topics(topic_choice=choice), "How topics were chosen")
    assert "Models that were tried: 3" in plain(html)
    assert rows_of(html) == [
        "nmf 4 0.67 ± 0.05 0.74 0.80 0.97 −6.27 chosen",
        "nmf 5 0.66 ± 0.05 0.70 0.75 0.96 −6.24 eligible",
        "lda 4 0.45 ± 0.05 0.30 0.60 0.92 −6.31",
        "nmf 9 not tried: 40 passages are fewer than 10 for each topic",
    ]
    assert "outputs/figures/topic_choice.svg" in html


def test_the_chart_has_a_line_for_each_kind_and_rings_what_was_chosen() -> None:
    chart = chart_of(tables.make("topic_choice", [NMF, MORE, LDA, UNTRIED]))
    assert chart is not None
    assert chart.kinds == ["lda", "nmf"]
    coherence, stability = chart.panels
    assert [number for _, number in coherence.numbers] == [4, 5]
    assert [len(line.points) for line in coherence.lines] == [1, 2]
    chosen, other = coherence.lines[1].points
    assert chosen.about.chosen
    assert chosen.high < chosen.y < chosen.low
    assert chosen.y < other.y
    assert all(point.low == point.high for line in stability.lines for point in line.points)
    assert [label for _, label in coherence.scale] == ["0.4", "0.5", "0.6", "0.7", "0.8"]
    html = part(topics(topic_choice=tables.make("topic_choice", [NMF, MORE])), "How topics were chosen")
    assert html.count('class="chosen"') == 2


def test_a_single_number_of_topics_makes_no_line() -> None:
    html = part(topics(), "How topics were chosen")
    assert "<svg" not in html
    assert len(rows_of(html)) == 2


# ---- passages ---------------------------------------------------------------------------------------


def passages(text: str = "The river rose.", doc_id: str = "bo-1") -> pd.DataFrame:
    rows = [(0, "label", "Bo", rank, doc_id, 6, 0, 9, 47, weight, text) for rank, weight in _WEIGHTS]
    return tables.make("topic_passages", rows)


_WEIGHTS = [(1, 0.9336), (2, 0.5)]


def test_typical_passages_stand_by_topic_and_author_and_lead_to_their_place() -> None:
    html = topics(topic_passages=passages())
    shown = part(html, "Typical passages")
    first, second = re.findall(r"<li>(.*?)</li>", shown, re.DOTALL)
    assert plain(first) == "The river rose. 93.4 % · bo-1/47"
    assert plain(second) == "The river rose. 50.0 % · bo-1/47"
    assert 'href="#bo-1/47"' in first
    assert "0 water · river: 2 passages" in plain(shown)
    assert "harvest" not in shown


def test_a_share_leads_to_the_passages_that_show_it() -> None:
    html = topics(topic_passages=passages())
    assert '<h4 id="topic-0-1">Bo</h4>' in html
    assert re.findall(r'href="(#topic-[^"]*)"', html) == ["#topic-0-1"]


# ---- changes ----------------------------------------------------------------------------------------


def test_what_has_changed_is_told() -> None:
    rows = [
        (0, "water · river", "moved", 0.7134, "dam · lock", "flood"),
        (1, "harvest · field", "appeared", None, "", ""),
        (2, "stone", "same", 1.0, "", ""),
        (14, "bread", "vanished", None, "", ""),
    ]
    html = part(topics(topic_changes=tables.make("topic_changes", rows)), "since the last topics")
    assert rows_of(html) == [
        "1 harvest · field appeared –",
        "14 bread vanished –",
        "0 water · river moved 0.71 dam · lock flood",
    ]
    assert classes(html) == ["n1", "n4", "n0"]
    assert "With the same terms as before: 1." in plain(html)


def test_topics_that_stay_the_same_are_no_news() -> None:
    rows = [(0, "water · river", "same", 1.0, "", "")]
    assert "since the last topics" not in topics(topic_changes=tables.make("topic_changes", rows))


# ---- the whole --------------------------------------------------------------------------------------


def everything() -> Made:
    return known() | {
        "topic_choice": tables.make("topic_choice", [NMF, MORE, LDA, UNTRIED]),
        "topic_differences": compared(CLEAR, LASTING),
        "topic_passages": passages(),
        "topic_changes": tables.make("topic_changes", [(9, "bread", "vanished", None, "", "")]),
    }


def test_the_order_of_rows_changes_nothing() -> None:
    made = everything()
    kept = (*written_by(NAMES), "topic_choice")  # whose order is that of the page
    turned = {name: it if name in kept else it.iloc[::-1] for name, it in made.items()}
    assert topics(turned) == topics(made)


def test_no_word_becomes_markup() -> None:
    made = known({0: EVIL, 1: EVIL}, ["Ada", EVIL])
    made["topic_terms"] = made["topic_terms"].assign(term=EVIL)
    made["topic_choice"] = tables.make("topic_choice", [NMF, MORE, (*UNTRIED[:-1], EVIL)])
    made["topic_differences"] = compared(("Ada", EVIL, *CLEAR[2:]))
    made["topic_passages"] = passages(EVIL, EVIL).assign(author=EVIL)
    made["topic_changes"] = tables.make("topic_changes", [(0, EVIL, "moved", 0.5, EVIL, EVIL)])
    html = topics(made)
    assert "<script" not in html
    assert not re.search(r"<[^>]*[\"'] onmouseover=", html)
    assert html.count("&lt;script&gt;alert(1)") > 20


def test_it_is_told_what_passages_are_worth() -> None:
    html = topics(topic_shares=topic_shares(LABELS, NAMES))
    assert f"{NAMES[0]} 8.0 of 20, " in html
    missing = topic_shares(LABELS, NAMES).assign(estimable=False)
    assert "drawn one by one" not in topics(topic_shares=missing)
