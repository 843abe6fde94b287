r"""bibliography: a line of BibTeX or CSL-JSON in, an entry out; the same work gives the same entry."""

import json
import logging
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.bibliography.bibtex import read_bibtex
from nlp.bibliography.csl import read_csl
from nlp.bibliography.entries import Entry, plain_doi, year_in
from nlp.bibliography.people import person
from nlp.errors import ConfigError


def bibtex(fields: str, type_: str = "article") -> Entry:
    return read_bibtex(f"@{type_}{{key, {fields}}}", "x.bib").entries[0]


def csl(**said: Any) -> Entry:
    return read_csl(json.dumps([{"id": "key", "type": "article-journal", **said}]), "x.json").entries[0]


SAME: dict[str, tuple[str, dict[str, Any]]] = {
    "article in BibTeX": (
        r"""@article{m15, author = {M{\"u}ller, J{\"o}rg and Jan van der Berg},
            journal = {Bridges \& Roads}, title = {The {NATO} bridge: 50\% of it},
            year = 2015, doi = {10.1/AB.c}, langid = {english}}""",
        {
            "id": "m15",
            "type": "article-journal",
            "author": [
                {"family": "Müller", "given": "Jörg"},
                {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            ],
            "container-title": "Bridges & Roads",
            "title": "The NATO bridge: 50% of it",
            "issued": {"date-parts": [["2015", 3]]},
            "DOI": "https://doi.org/10.1/AB.c",
            "language": "english",
        },
    ),
    "chapter in BibLaTeX": (
        r"""@incollection{c, author = {Le\'on, Jos\'{e}}, title = {Fords}, subtitle = {A study},
            booktitle = {The River}, publisher = {Mill Press}, date = {2003-05/2004},
            editor = {Ash, Ada}}""",
        {
            "id": "c",
            "type": "chapter",
            "author": [{"family": "León", "given": "José"}],
            "editor": [{"family": "Ash", "given": "Ada"}],
            "title": "Fords: A study",
            "container-title": "The River",
            "publisher": "Mill Press",
            "issued": {"raw": "May 2003"},
        },
    ),
    "edited book": (
        r"@collection{e, editor={Ash, Ada}, title={The \emph{River}}, publisher={Mill Press}, year={1999}}",
        {
            "id": 7,
            "citation-key": "e",
            "type": "book",
            "editor": [{"family": "Ash", "given": "Ada"}],
            "title": "The <i>River</i>",
            "publisher": "Mill Press",
            "issued": "1999",
        },
    ),
    "web page by an institution": (
        r"""@online{w, author = {{Bank of Rivers and Lakes}}, title = {Water}, titleaddon = {Riverside},
            url = {https://a.org/b_c%20d}}""",
        {
            "id": "w",
            "type": "webpage",
            "author": [{"literal": "Bank of Rivers and Lakes"}],
            "title": "Water",
            "container-title": "Riverside",
            "URL": "https://a.org/b_c%20d",
        },
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_both_forms_give_the_same_entry(case: str) -> None:
    bib, item = SAME[case]
    (one,) = read_bibtex(bib, "x.bib").entries
    (other,) = read_csl(json.dumps([item]), "x.json").entries
    assert one == other


def test_an_entry_with_everything() -> None:
    entry = read_bibtex(SAME["article in BibTeX"][0], "x.bib").entries[0]
    assert entry.authors == ("Jörg Müller", "Jan van der Berg")
    assert [person.family for person in entry.people] == ["Müller", "van der Berg"]
    assert entry.title == "The NATO bridge: 50% of it"
    assert (entry.year, entry.venue, entry.kind) == (2015, "Bridges & Roads", "journal article")
    assert (entry.doi, entry.language) == ("10.1/ab.c", "english")


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"Gr{\o}nland", "Grønland"),
        (r"Erd\H{o}s and \v{S}kvorck\'y", "Erdős and Škvorcký"),
        (r"{\'\i}le -- d'Or\'{e}e", "íle – d'Orée"),
        ("``Quoted'' --- 50% of \n it", "“Quoted” — 50% of it"),
        (r"\emph{A} {B}ridge\ldots", "A Bridge…"),
        ("Мост и река", "Мост и река"),
        ("{" * 20 + "deep" + "}" * 20, "deep"),
    ],
)
def test_latex_becomes_plain_text(latex: str, plain: str) -> None:
    assert bibtex(f"title = {{{latex}}}").title == plain


@pytest.mark.parametrize(
    ("name", "full", "family"),
    [
        ("Ada Ash", "Ada Ash", "Ash"),
        ("Ash, Ada", "Ada Ash", "Ash"),
        ("Ludwig van Beethoven", "Ludwig van Beethoven", "van Beethoven"),
        ("García Márquez, Gabriel", "Gabriel García Márquez", "García Márquez"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr.", "King"),
        ("{World Bank}", "World Bank", "World Bank"),
        ("United Nations", "United Nations", "United Nations"),
        ("Council on River Relations", "Council on River Relations", "Council on River Relations"),
        ("House, Ann", "Ann House", "House"),
        ("Siobhán Ní Bhriain", "Siobhán Ní Bhriain", "Ní Bhriain"),
        ("Ann Mac Donald", "Ann Mac Donald", "Mac Donald"),
        ("Juan De La Cruz", "Juan De La Cruz", "De La Cruz"),
        ("Ben Jonson", "Ben Jonson", "Jonson"),
        ("von Hayek", "von Hayek", "von Hayek"),
        ("Plato", "Plato", "Plato"),
        ("Иван Иванов", "Иван Иванов", "Иванов"),
        (" ", "", ""),
    ],
)
def test_names(name: str, full: str, family: str) -> None:
    assert person(name) == (full, family)


@pytest.mark.parametrize("text", ["A\x1b[31m red\x07", "\u202eA\0 \x85 red\x9b"])
def test_controls_do_not_come_in(text: str) -> None:
    assert csl(title=text).title == csl(author=[{"literal": text}]).authors[0] == "A red"


def test_others_is_nobody() -> None:
    assert bibtex("author = {Ash, Ada and others}").authors == ("Ada Ash",)


@pytest.mark.parametrize(
    ("field", "paths"),
    [
        ("Ash - 2001.pdf", ("Ash - 2001.pdf",)),
        ("Full Text:files/12/Ash - 2001.pdf:application/pdf", ("files/12/Ash - 2001.pdf",)),
        (":a.pdf:PDF;Snapshot:b/c.html:text/html", ("a.pdf", "b/c.html")),
        ("files/12/a.pdf:application/pdf", ("files/12/a.pdf",)),
        (r"Text:C\:\\new\\a\;b.pdf:application/pdf", (r"C:\new\a;b.pdf",)),
        (r"C:\new\a.pdf", (r"C:\new\a.pdf",)),
        ("/home/ada/a_b%c.pdf;/home/ada/d.pdf", ("/home/ada/a_b%c.pdf", "/home/ada/d.pdf")),
        ("", ()),
    ],
)
def test_files_of_an_entry(field: str, paths: tuple[str, ...]) -> None:
    assert bibtex(f"file = {{{field}}}").files == paths


@pytest.mark.parametrize(
    ("type_", "fields", "kind", "venue"),
    [
        ("misc", "url = {https://a.org}, howpublished = {https://a.org}", "web article", ""),
        ("misc", "howpublished = {Leaflet}", "document", "Leaflet"),
        (
            "article",
            "entrysubtype = {newspaper}, journaltitle = {The Post}",
            "newspaper article",
            "The Post",
        ),
        ("PhdThesis", "School = {Mill College}", "thesis", "Mill College"),
        ("patent", "", "patent", ""),
    ],
)
def test_kinds_and_venues(type_: str, fields: str, kind: str, venue: str) -> None:
    entry = bibtex(fields, type_)
    assert (entry.kind, entry.venue) == (kind, venue)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2014-05-03/2015", 2014),
        ("c. 1999", 1999),
        ("[1789]", 1789),
        ("-0380", -380),
        ("in press", None),
        ("20145", None),
        ("", None),
    ],
)
def test_years(text: str, year: int | None) -> None:
    assert year_in(text) == year
    assert csl(issued={"literal": text}).year == year


def test_a_doi_is_found_in_its_address() -> None:
    assert plain_doi("https://doi.org/10.1016/S0140-6736(05)67846-5") == "10.1016/s0140-6736(05)67846-5"
    assert plain_doi("none") == ""


BROKEN = """@string{r = {Riverside}}
@article{good, title = {Good}, journal = r}
@article{twin, title = {One}}
@article{twin, title = {Two}}
@article{copy, title = {Copy}}
@article{copy, title = {Copy}}
@book{open, title = {No end
@misc{double, title = {A}, title = {B}}
@comment{jabref-meta: x}
@misc{last, title = {Last}}
"""


def test_broken_and_doubled_entries_are_told_and_the_rest_is_read(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    library = read_bibtex(BROKEN, "x.bib")
    assert [entry.key for entry in library.entries] == ["good", "twin", "copy", "last"]
    assert library.entries[0].venue == "Riverside"
    assert library.doubled == {"twin"}
    told = "\n".join(library.problems)
    assert "line 7 (open): the entry is broken" in told
    assert "(double): the field 'title' stands twice" in told
    assert "two different entries have the key 'twin'" in told
    assert not caplog.records  # told once


@pytest.mark.parametrize(
    "fields",
    [
        r"""author="O'Brien, Jos\'e" title="Three", date={2014}""",
        "author={O'Brien, José} title={Three}, date={2014}",
        "author={O'Brien, José}\n  title = 7",
        "date = 2014 title = {Three}",
    ],
)
def test_a_missing_comma_is_told(fields: str) -> None:
    library = read_bibtex(f"@misc{{a}}\n@article{{f3, {fields}}}", "x.bib")
    assert [entry.key for entry in library.entries] == ["a"]
    assert library.problems == ("line 2 (f3): a comma is missing before 'title'",)


def test_equals_signs_and_quotes_in_a_value_are_no_missing_comma() -> None:
    assert bibtex('title = {A "mark" at x = "2" and y={3}}').title == 'A "mark" at x = "2" and y=3'


def test_a_bad_item_of_csl_is_told_and_the_rest_is_read() -> None:
    items = [
        {"id": "a", "type": "book", "title": "A"},
        {"type": "book"},
        {"id": "c", "type": "book", "title": 3},
    ]
    library = read_csl(json.dumps({"items": items}), "x.json")
    assert [entry.key for entry in library.entries] == ["a"]
    assert library.problems[0].startswith("entry 2: id")
    assert library.problems[1] == "entry 3: title: Input should be a valid string"


@pytest.mark.parametrize("text", ["", "no entries", "[]"])
def test_no_bibtex(text: str) -> None:
    with pytest.raises(ConfigError, match=r"x\.bib: no BibTeX entries\n.*--csl"):
        read_bibtex(text, "x.bib")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"id": 1},\n]', "not valid JSON in line 2"),
        ("@article{a}", "not valid JSON in line 1"),
        ("{}", "no list of entries"),
        ("[]", "no list of entries"),
        ("[" * 100_000, "no list of entries"),
    ],
)
def test_no_csl(text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=f"x.json: {told}"):
        read_csl(text, "x.json")


@settings(max_examples=100)
@given(st.text(st.sampled_from('@article{}(),="\\ \nab1&%$~é-:;#')))
def test_any_text_gives_a_library_or_a_clear_error(text: str) -> None:
    for head in ("", "@misc{k, author = {", "@misc{k, file = ", "@misc{k, title = {"):
        try:
            library = read_bibtex(head + text, "x.bib")
        except ConfigError:
            continue
        assert library.entries or library.problems


@settings(max_examples=50)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5), lambda it: st.lists(it, max_size=3)
    ).flatmap(
        lambda value: st.sampled_from(["title", "author", "issued", "id", "type", "DOI"]).map(
            lambda key: {"id": "k", "type": "book", key: value}
        )
    )
)
def test_any_item_gives_an_entry_or_a_problem(item: dict[str, object]) -> None:
    library = read_csl(json.dumps([item]), "x.json")
    assert len(library.entries) + len(library.problems) == 1
