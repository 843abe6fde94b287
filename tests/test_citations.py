"""annotate.citations: names of authors before a year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.annotate.citations import in_brackets, in_sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(Nye 2004)", ["Nye"]),
        ("(see also Nye 2004a, p. 12)", ["Nye"]),
        ("(Nye, 2004; Lake and Morgan 1997)", ["Nye", "Lake", "Morgan"]),
        ("(Nye & Welch 2013: 4–5)", ["Nye", "Welch"]),
        ("(Buzan, Waever, and de Wilde 1998)", ["Buzan", "Waever", "de Wilde"]),
        ("(Stone et al. 2011)", ["Stone"]),
        ("(World Bank [1990] 2015)", ["World Bank"]),
        ("(D. Lane 2014)", ["D. Lane"]),
        ("(March 2014)", []),
        ("(in spring 2014)", []),
        ("(2014)", []),
        ("(Nye 204; Nye 20045)", []),
        ("Nye 2004", []),
        ("(Wilson 1887, cited in Stone 2011)", ["Wilson", "Stone"]),
        ("(Smith 2009, Jones 2010 and Brown 2011)", ["Smith", "Jones", "Brown"]),
        ("(See Smith 2010)", ["Smith"]),
        ("(Smith R. 2010)", ["Smith R."]),
        ("(Jan Stone 2006; Ernest May 1973)", ["Jan Stone", "Ernest May"]),
        ("(d’Ancona 2010; al-Rasheed 2011)", ["d’Ancona", "al-Rasheed"]),
        ("(Chapter 2010; Ibid. 2014)", []),
        ("(Interview, Sarn, May 2014)", []),
        ("(Stone 1931–2007)", []),
    ],
)
def test_names_in_brackets(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in in_brackets(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("then Lake and Morgan (1997) wrote", ["Lake", "Morgan"]),
        ("in Stone’s (2011, 5) view", ["Stone’s"]),
        ("as van der Pijl et al. (2006) say", ["van der Pijl"]),
        ("in Georgia (2008)", ["Georgia"]),
        ("after May (2011)", []),
        ("a war (2008)", []),
        ("Boris Holt (1931–2007)", []),
        ("Ada Holt (2005-21) ruled", []),
        ("Nye (a scholar)", []),
    ],
)
def test_names_before_a_year_in_brackets(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in in_sentences(text)] == found


@given(st.text(st.sampled_from("(AB b19;,&.’ "), max_size=80))
def test_citations_lie_within_the_text(text: str) -> None:
    for start, end in [*in_brackets(text), *in_sentences(text)]:
        assert text[start:end].strip() == text[start:end] != ""


@pytest.mark.parametrize(
    "text",
    [
        "A" * 100_000,
        "A-" * 50_000,
        "A " * 50_000,
        "A, " * 30_000 + "(2011)",
        "Aa and " * 15_000,
        "van " * 25_000,
        "(" * 100_000,
        "(A " * 30_000 + "2011",
        "(in 1990, " * 10_000,
        "(" + "2010 " * 20_000,
        "A (2010" * 15_000,
    ],
    ids=lambda text: text[:8],
)
def test_long_runs_are_read_quickly(text: str) -> None:
    assert len(list(in_brackets(text))) + len(list(in_sentences(text))) <= 6
