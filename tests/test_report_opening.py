"""report: links from a figure to the sentences behind it."""

from html import unescape
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup
from reporting import EVIL

from nlp.report.opening import leads, opens, query


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1), min_size=1))
def test_whatever_is_asked_for_can_be_read_back(facets: dict[str, str]) -> None:
    asked = parse_qs(query(facets)[1:], strict_parsing=True)
    assert {key: value[0] for key, value in asked.items()} == facets


def test_a_figure_is_a_link_with_its_count() -> None:
    link = html.fragment_fromstring(opens("12 %", count=3, of="units", author="Ash", stance=None))
    assert (link.text, link.get("href"), link.get("data-find")) == ("12 %", "#texts", "?author=Ash")
    assert (link.get("data-count"), link.get("data-of")) == ("3", "units")


def test_names_do_no_harm() -> None:
    link = html.fragment_fromstring(opens(EVIL, author=EVIL))
    assert link.text == EVIL
    assert len(link) == 0
    assert set(link.attrib) == {"class", "href", "data-find"}


def test_what_is_shown_turns_no_words_around_it() -> None:
    assert "><U+202E>flood</a>" in unescape(opens("\u202eflood", frame="flood"))
    assert "><U+2067>a1/3</a>" in unescape(leads("\u2067a1", 3))
    assert opens(Markup("<b>12</b>")).endswith("><b>12</b></a>")


def test_a_sentence_in_another_file_is_led_to_there() -> None:
    pages = {"a1": "texts-2.html"}
    assert 'href="texts-2.html#a1/3"' in opens("12 %", to="a1/3", pages=pages, author="Ash")
    assert 'href="#a2/3"' in opens("12 %", to="a2/3", pages=pages, author="Ash")
    assert 'href="#codes-a1-1"' in opens("12 %", to="codes-a1-1", pages=pages, author="Ash")
    assert leads("a1", 3, pages=pages) == '<a href="texts-2.html#a1/3" data-place="a1/3">a1/3</a>'
    assert leads("a1", 3) == '<a href="#a1/3" data-place="a1/3">a1/3</a>'
