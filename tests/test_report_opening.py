"""report: links from a figure to the sentences behind it."""

from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from reporting import EVIL

from nlp.report.opening import opens, query


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
