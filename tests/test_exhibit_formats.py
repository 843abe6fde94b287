"""Markdown, HTML and LaTeX show just the words of an exhibit, whatever these are."""

import re
from collections.abc import Iterator

import pytest
from exhibited import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from multimark import markdown_to_html

from nlp.errors import visible
from nlp.exhibits import latex, markdown
from nlp.exhibits.exhibit import Exhibit, RowGroup, figures, words
from nlp.exhibits.html import to_html
from nlp.markdown import escaped

NASTY = ["|", "\\", "`", "*", "_", "[x](y)", "<b>", "&amp;", "$a$", "{", "}", "%", "~~", "^", "\n", "\t"]
LEADING = [
    "=1+1",
    "+",
    "-",
    "1. a",
    "# a",
    "> a",
    "@",
    "* a",
    "[8, 17]",
    "−3 [−10, 4]",
    "<.001",
    "http://a.b",
]
texts = st.lists(st.sampled_from([*NASTY, *LEADING, HOSTILE, "a", "“é”", " "]) | st.text(max_size=3)).map(
    "".join
)
GFM = ["table", "strikethrough", "autolink", "tagfilter", "tasklist"]


def exhibit(heading: str, first: str, cell: str, note: str) -> Exhibit:
    """Two groups of the same name, with two rows each."""
    rows = [[first, cell], [cell, first]]
    columns = words(heading) + figures(heading)
    groups = (RowGroup(f"x{heading}", rows), RowGroup(f"x{heading}", rows))
    return Exhibit("it", note, ("authors", "members"), columns, groups, (note,))


exhibits = st.builds(exhibit, texts, texts, texts, texts)


def shown(text: str) -> str:
    """What a reader is to see of a text; pages run spaces together."""
    return " ".join(visible(text.strip()).split())


def expected(it: Exhibit) -> list[list[str]]:
    """All rows as a reader is to see them, headings first."""
    rows = [[column.heading for column in it.columns]]
    for group in it.groups:
        rows += [[group.heading], *(list(row) for row in group.rows)]
    return [[shown(cell) for cell in row] for row in rows]


def seen(page: html.HtmlElement) -> list[list[str]]:
    """The rows of a page's table."""
    return [[" ".join(cell.text_content().split()) for cell in row] for row in page.iter("tr")]


@given(exhibits)
def test_markdown_shows_the_words_and_nothing_else(it: Exhibit) -> None:
    """As the parser of GitHub understands it."""
    source = markdown.to_markdown(it)
    page = html.fragment_fromstring(
        markdown_to_html(source, extensions=GFM, unsafe=True), create_parent=True
    )
    assert seen(page) == [[*row, *[""] * (len(it.columns) - len(row))] for row in expected(it)]
    assert shown(page.findtext("h1") or "") == shown(it.title)
    assert shown(next(page.iter("li")).text_content()) == shown(it.notes[0])
    markup = {element.tag for element in page.iter()} - {"div"}
    assert markup <= {"h1", "table", "thead", "tbody", "tr", "th", "td", "strong", "ul", "li", "a"}
    assert [link.get("href") for link in page.iter("a")] == ["../tables/authors.md", "../tables/members.md"]


@settings(max_examples=30)
@given(exhibits)
def test_html_shows_the_words_and_nothing_else(it: Exhibit) -> None:
    page = html.document_fromstring(to_html(it))
    assert seen(page) == expected(it)
    assert shown(page.findtext(".//h1")) == shown(it.title)
    assert not list(page.iter("script", "b", "img"))


def test_html_is_a_page_that_everybody_can_read() -> None:
    page = html.document_fromstring(to_html(exhibit("a", "b", "c", "d")))
    assert page.get("lang") == "en"
    assert page.findtext(".//title") == "d"
    assert page.findtext(".//caption") == "d"
    assert [len(list(page.iter(tag))) for tag in ("main", "h1", "table")] == [1, 1, 1]
    assert all(cell.get("scope") in {"col", "row", "colgroup"} for cell in page.iter("th"))
    assert all(cell.text_content().strip() for cell in page.iter("th"))


@pytest.mark.parametrize("heading", ["a", HOSTILE, "", "a b"])
def test_html_has_stable_ids_of_its_own(heading: str) -> None:
    page = html.document_fromstring(to_html(exhibit(heading, heading, "c", "d")))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {"it", "it-caption", "it-c0", "it-c1", "it-g1", "it-g2", "it-stub-1", "it-stub-4"} <= set(ids)
    assert all(re.fullmatch(r"it(-\w+)*", it) for it in ids)
    named = {name for cell in page.xpath("//@headers") for name in cell.split()}
    assert named <= set(ids)


def test_html_asks_nothing_of_the_network() -> None:
    page = to_html(exhibit("http://a.b", "b", "c", "d"))
    assert "default-src 'none'" in page
    assert not re.search(r"url\(|@import|src=|<link", page)


@settings(max_examples=10)
@given(exhibits)
def test_an_exhibit_has_the_same_bytes_at_every_call(it: Exhibit) -> None:
    assert to_html(it) == to_html(it)
    assert latex.to_latex(it) == latex.to_latex(it)


TOKEN = re.compile(
    r"\\textbackslash\{\}|\\text(?:asciitilde|asciicircum|less|greater|bar|asciigrave)\{\}|\\ensuremath\{-\}"
    r"|\\[&%$#_{}]|(?<!.)\{[\[*]\}|\{\}|(?<=.)[\[*]|[^\\&%$#_{}~^<>|`\[*]"
)
MEANING = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\textasciigrave{}": "`",
    r"\ensuremath{-}": "−",
    "{}": "",
}


def _tokens(source: str) -> Iterator[str]:
    at = 0
    while at < len(source):
        found = TOKEN.match(source, at)
        assert found, source[at:]
        at = found.end()
        yield found[0]


@given(texts)
def test_latex_prints_every_sign_as_itself(text: str) -> None:
    source = latex.escaped(text)
    told = "".join(
        MEANING.get(it) or (it[-1] if it[0] == "\\" else it.strip("{}")) for it in _tokens(source)
    )
    assert told == visible(text.strip()).replace("⏎", "\\n")
    assert not re.search(r"--|,,|''", source)


@given(exhibits)
def test_latex_has_a_cell_for_every_column(it: Exhibit) -> None:
    source = latex.to_latex(it)
    rows = [line for line in source.splitlines() if line.endswith(r"\\") and "multicolumn" not in line]
    assert len(rows) == 5
    assert all(len(re.findall(r"(?<!\\)&", row)) == 1 for row in rows)
    assert _depth(source) == 0
    assert source.count(r"\multicolumn{2}") == 2
    assert r"\label{tab:it}" in source


def _depth(source: str) -> int:
    """Braces that are open at the end; never fewer than none on the way."""
    depth = 0
    for sign in re.findall(r"(?<!\\)(?:\\\\)*([{}])", source):
        depth += 1 if sign == "{" else -1
        assert depth >= 0
    return depth


@pytest.mark.parametrize(("rows", "kind"), [(40, "tabular"), (41, "longtable")])
def test_latex_lets_a_long_table_go_over_pages(rows: int, kind: str) -> None:
    it = exhibit("a", "b", "c", "d")._replace(groups=(RowGroup("", [["x", "y"]] * rows),))
    source = latex.to_latex(it)
    assert rf"\begin{{{kind}}}" in source
    assert source.count(r"\begin{") == source.count(r"\end{")


def test_an_exhibit_without_rows_is_a_table_of_headings() -> None:
    it = Exhibit("it", "Nothing", ("authors",), words("A") + figures("B"), (), ())
    assert seen(html.document_fromstring(to_html(it))) == [["A", "B"]]
    assert "| A | B |" in markdown.to_markdown(it)
    assert r"A & B \\" in latex.to_latex(it)


def test_intervals_stay_legible_in_the_source() -> None:
    assert escaped("−3 [−10, 4]") == "−3 [−10, 4]"
    assert escaped("+1.5") == "+1.5"
    assert latex.escaped("12 [8, 17]") == "12 [8, 17]"
    assert latex.escaped("[8, 17]") == "{[}8, 17]"
    assert escaped("[a](b)") == r"\[a](b)"
    assert escaped("[8, 17](b)") == r"\[8, 17](b)"
