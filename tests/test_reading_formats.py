"""reading: one structure of a format in, its lines out."""

from collections.abc import Callable
from typing import Any

import pytest
import samples
from samples import WHERE, reading, w_p, w_r

from nlp.errors import CorpusError

LONG = "The river is long and wide, and it has been so for as long as people remember in the valley. "


def lines(ending: str, content: bytes) -> list[str]:
    """The paragraphs of a file: one line each, with an empty line between."""
    return reading(ending, content).text.split("\n\n")


# Word ---------------------------------------------------------------------------------------------


def add_styles(document: Any) -> None:
    document.add_heading("Title", 0)
    document.add_heading("One", 1)
    document.add_heading("Deep", 9)
    document.add_paragraph("Quoted.", style="Quote")
    document.add_paragraph("Quoted more.", style="Intense Quote")
    document.add_paragraph("First", style="List Bullet")
    document.add_paragraph("Second", style="List Number")
    document.styles.add_style("My heading", 1).base_style = document.styles["Heading 2"]
    document.add_paragraph("Mine", style="My heading")


def add_tables(document: Any) -> None:
    document.add_paragraph("Before.")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Year", "Length", "1900", ""], strict=True):
        cell.text = text
    table.cell(0, 1).add_paragraph("in km")
    document.add_paragraph("After.")
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "Framed."
    frame.add_paragraph("Framed too.")


def add_high_style(document: Any) -> None:
    document.styles.add_style("High", 2).font.superscript = True
    document.styles.add_style("Quotations", 1)


RAISED = '<w:vertAlign w:val="superscript"/>'
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
TEXT_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent>"
    f"{w_p('In the box.')}</w:txbxContent></wps:txbx></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>"
    f"{w_p('In the box.')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        (
            add_styles,
            [
                "# Title",
                "# One",
                "###### Deep",
                "> Quoted.",
                "> Quoted more.",
                "- First",
                "- Second",
                "## Mine",
            ],
        ),
        (add_tables, ["Before.", "Year | Length in km", "1900", "After.", "Framed.", "Framed too."]),
    ],
    ids=["styles", "tables"],
)
def test_word_styles_and_tables(build: Callable[[Any], None], expected: list[str]) -> None:
    assert lines(".docx", samples.docx(build)) == expected


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (w_p("One ", "line", "."), "One line."),
        (w_p("a<w:br/>b".replace("<w:br/>", ""), "<w:r><w:br/></w:r>", "c"), "ab c"),
        (w_p("a", "<w:r><w:tab/></w:r>", "b"), "a b"),
        (w_p("long", "<w:r><w:noBreakHyphen/></w:r>", "lived"), "long-lived"),
        (w_p("Level two", settings='<w:outlineLvl w:val="1"/>'), "## Level two"),
        (w_p("Body", settings='<w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/>'), "Body"),
        (w_p("Item", settings=NUMBERED), "- Item"),
        (w_p("Quoted", settings='<w:pStyle w:val="Quotations"/>'), "> Quoted"),
        (w_p("Head", settings=f'<w:pStyle w:val="Heading1"/>{NUMBERED}'), "# Head"),
        (
            w_p(
                "Kept ",
                f"<w:ins>{w_r('in')}</w:ins>",
                "<w:del><w:r><w:delText>out</w:delText></w:r></w:del>",
            ),
            "Kept in",
        ),
        (
            w_p("To ", f"<w:moveTo>{w_r('here')}</w:moveTo>", f"<w:moveFrom>{w_r('there')}</w:moveFrom>"),
            "To here",
        ),
        (w_p("A ", f"<w:hyperlink>{w_r('link')}</w:hyperlink>", "."), "A link."),
        (w_p(w_r("Page "), "<w:r><w:instrText> PAGEREF x </w:instrText></w:r>", "3"), "Page 3"),
        (w_p("Seen", w_r(" hidden", "<w:vanish/>"), w_r(" shown", '<w:vanish w:val="0"/>')), "Seen shown"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{w_p('In a control.')}</w:sdtContent></w:sdt>", "In a control."),
        (w_p("An anchor", TEXT_BOX, " goes on."), "An anchor goes on.\n\nIn the box."),
        (w_p("\u00a0"), "Rest."),
        (w_p("km", w_r("2", RAISED), " of land.", w_r("1, 2", RAISED)), "km² of land.¹, ²"),
        (w_p("5", w_r("th", RAISED), " CO", w_r("2", '<w:vertAlign w:val="subscript"/>')), "5th CO2"),
        (w_p("land", w_r("3", '<w:rStyle w:val="High"/>')), "land³"),
        (w_p("1 Start", settings='<w:pStyle w:val="TOC1"/>'), "1 Start"),  # the style is not in the file
    ],
)
def test_word_paragraphs(xml: str, expected: str) -> None:
    text = reading(".docx", samples.docx(add_high_style, xml=xml + w_p("Rest."))).text
    assert text == (expected if expected == "Rest." else f"{expected}\n\nRest.")


def test_word_notes_stand_where_they_are_called_and_at_the_end() -> None:
    end, foot = '<w:r><w:endnoteReference w:id="1"/></w:r>', '<w:r><w:footnoteReference w:id="%d"/></w:r>'
    xml = w_p("First", foot % 2, " and ", end, "second", foot % 1, ".") + w_p("Again", foot % 2, foot % 9)
    found = samples.docx(xml=xml, footnotes=["one", "two", "never called"], endnotes=["last"])
    assert lines(".docx", found) == [
        "First[^1] and [^2]second[^3].",
        "Again[^1]",
        "[^1]: two",
        "[^2]: last",
        "[^3]: one",
    ]


def test_word_margins_contents_and_hidden_text_are_told() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Running head"
        document.sections[0].footer.paragraphs[0].text = "12"
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("1 Start", style="toc 1")
        document.add_paragraph("Text.")

    found = reading(".docx", samples.docx(build, xml=w_p(w_r("secret", "<w:vanish/>"))))
    assert found.text == "Text."
    assert found.warnings == (
        "table of contents left out",
        "hidden text left out",
        "headers and footers left out: 'Running head'",
    )


# OpenDocument -------------------------------------------------------------------------------------


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


NOTE = (
    "<text:note><text:note-citation>%d</text:note-citation><text:note-body>%s</text:note-body></text:note>"
)
AUTOMATIC = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
for _name, _position in {"T1": "super 58%", "T2": "33% 58%", "T3": "sub 58%"}.items():
    AUTOMATIC += (
        f'<style:style style:name="{_name}" style:family="text">'
        f'<style:text-properties style:text-position="{_position}"/></style:style>'
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<text:h text:outline-level="2">Two</text:h><text:h>One</text:h>', ["## Two", "# One"]),
        (p("Titled", "Title") + p("Sub", "Subtitle"), ["# Titled", "## Sub"]),
        (p("Quoted.", "Quotations") + p("By hand.", "P1"), ["> Quoted.", "> By hand."]),
        (p("a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d"), ["a b c d"]),
        (p("<text:span>a</text:span> <text:a>b</text:a>"), ["a b"]),
        (
            f"<text:list><text:list-item>{p('One')}{p('goes on')}<text:list><text:list-item>{p('in')}"
            f"</text:list-item></text:list></text:list-item><text:list-item><text:h>H</text:h></text:list-item></text:list>",
            ["- One", "goes on", "- in", "# H"],
        ),
        (
            "<table:table><table:table-row>"
            + "".join(f"<table:table-cell>{p(it)}</table:table-cell>" for it in ("Year", "Length"))
            + "</table:table-row></table:table>",
            ["Year | Length"],
        ),
        (
            p("A" + NOTE % (1, p("one") + p("more")) + " b" + NOTE % (2, p("two")) + "."),
            ["A[^1] b[^2].", "[^1]: one more", "[^2]: two"],
        ),
        (f"<text:tracked-changes>{p('deleted')}</text:tracked-changes>" + p("Kept."), ["Kept."]),
        (p("Kept.<office:annotation><text:p>remark</text:p></office:annotation>"), ["Kept."]),
        (
            p(
                'km<text:span text:style-name="T1">2</text:span> land.<text:span text:style-name="T2">1'
                '</text:span> CO<text:span text:style-name="T3">2</text:span>'
                ' 5<text:span text:style-name="T1">th</text:span>'
            ),
            ["km² land.¹ CO2 5th"],
        ),
        (p("Page <text:page-number>3</text:page-number>"), ["Page 3"]),
        (
            p(
                f"An anchor<draw:frame><draw:text-box>{p('In the box.')}</draw:text-box>"
                "<svg:desc>no</svg:desc></draw:frame> goes on."
            ),
            ["An anchor goes on.", "In the box."],
        ),
    ],
)
def test_odt_structures(body: str, expected: list[str]) -> None:
    assert lines(".odt", samples.odt(body, automatic=AUTOMATIC)) == expected


def test_odt_margins_contents_and_hidden_text_are_told() -> None:
    body = f"<text:table-of-content>{p('1 Start')}</text:table-of-content>"
    body += f'<text:section text:display="none">{p("secret")}</text:section>' + p("Text.")
    margins = f"<style:header>{p('Running head')}</style:header><style:footer>{p('12')}</style:footer>"
    found = reading(".odt", samples.odt(body, margins=margins))
    assert found.text == "Text."
    assert found.warnings == (
        "table of contents left out",
        "hidden text left out",
        "headers and footers left out: 'Running head'",
    )


def test_of_many_margins_two_are_shown_and_their_beginnings() -> None:
    heads = "".join(
        f"<style:{kind}>{p(f'{text} {LONG}')}</style:{kind}>"
        for kind, text in {"header": "First", "footer": "Second", "footer-left": "Third"}.items()
    )
    found = reading(".odt", samples.odt(p("Text."), margins=heads))
    assert found.warnings == (
        "headers and footers left out: 'First The river is long and wide, and i…';"
        " 'Second The river is long and wide, and …'; and 1 more",
    )


# Electronic books ---------------------------------------------------------------------------------

ASIDE = '<aside id="n" epub:type="footnote"><p>%s</p></aside>'
CALL = '<a epub:type="noteref" href="%s#n">1</a>'


@pytest.mark.parametrize(
    ("chapters", "expected"),
    [
        (["<h1>One</h1><p>a</p>", "<h2>Two</h2><p>b</p>"], ["# One", "a", "## Two", "b"]),
        (["<blockquote><p>Quoted.</p>More.</blockquote>"], ["> Quoted.", "> More."]),
        (["<ul><li>a<ol><li>b</li></ol></li><li><p>c</p><p>d</p></li></ul>"], ["- a", "- b", "- c", "d"]),
        (["<p>a&nbsp;b&eacute; &amp; &lt;c&gt;</p>"], ["a\u00a0bé & <c>"]),
        (["<p>a<br/>b <i>c</i><!-- no -->d</p><style>p {}</style>"], ["a b cd"]),
        (["<table><tr><td>a</td><td>b</td></tr></table>"], ["a | b"]),
        (["<p>Not <b>well <i>formed</b></p><p>at all"], ["Not well formed", "at all"]),
        ([f"<p>So{CALL % ''}.</p>{ASIDE % '1. Note.'}"], ["So[^1].", "[^1]: Note."]),
        (
            [f"<p>So{CALL % 'c2.xhtml'}.</p>", '<p id="n"><a href="c1.xhtml#x">1</a> A note.</p>'],
            ["So[^1].", "[^1]: A note."],
        ),
        (
            [f"<p>a{CALL % ''}</p>{ASIDE % 'One.'}", f"<p>b{CALL % ''}</p>{ASIDE % 'Two.'}"],
            ["a[^1]", "b[^2]", "[^1]: One.", "[^2]: Two."],
        ),
        (
            [
                f"<p>x<sup>2</sup>, CO<sub>2</sub>, 5<sup>th</sup>, so{CALL % ''}.</p>"
                f"{ASIDE % '<sup>1</sup> km<sup>2</sup>.'}"
            ],
            ["x², CO2, 5th, so[^1].", "[^1]: km²."],
        ),
        (['<p><a href="#c">1</a> A chapter</p><p id="c">Text.</p>'], ["1 A chapter", "Text."]),
    ],
)  # fmt: skip
def test_epub_structures(chapters: list[str], expected: list[str]) -> None:
    assert lines(".epub", samples.epub(*chapters)) == expected


def test_a_missing_chapter_is_told() -> None:
    parts = samples.unzipped(samples.epub("<p>One.</p>", "<p>Two.</p>"))
    del parts["OEBPS/text/c2.xhtml"]
    found = reading(".epub", samples.zipped(parts))
    assert (found.text, found.warnings) == ("One.", ("OEBPS/text/c2.xhtml is missing in the file",))


# Web pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>One</h1>{A}<h3>Three</h3>{B}", ["# One", "A", "### Three", "B"]),
        ("{A}<blockquote><p>Q.</p><p>R.</p></blockquote>{B}", ["A", "> Q.", "> R.", "B"]),
        ("{A}<ul><li>First</li><li>Second</li></ul>{B}", ["A", "- First", "- Second", "B"]),
        ("{A}<table><tr><td>1900</td><td>12 km</td></tr></table>{B}", ["A", "1900 | 12 km", "B"]),
        ("{A}<p>A * star, [a] _b_ # c\\d.<br>More.</p>{B}", ["A", "A * star, [a] _b_ # c\\d. More.", "B"]),
        (
            "{A}<p>Ten x<sup>2</sup> and <a href='#s'>3</a></p><p id='s'>Four.</p>{B}",
            ["A", "Ten x² and 3", "Four.", "B"],
        ),
        (
            '<p>So<sup><a href="#f" id="r">1</a></sup>.</p>{A}{B}'
            '<ol><li id="f"><p>1. Note, see <a href="#g">5</a>. <a href="#r">↩</a></p></li></ol>',
            ["So[^1].", "A", "B", "[^1]: Note, see 5."],
        ),
        (
            '<p>So<sup id="r1">[<a href="http://x.org/p#n1">1</a>]</sup>.</p>{A}{B}'
            '<p><a id="n1" href="#r1">[1]</a> Note one.</p>',
            ["So[^1].", "A", "B", "[^1]: Note one."],
        ),
    ],
)  # fmt: skip
def test_html_structures(body: str, expected: list[str]) -> None:
    long = {"A": f"{LONG}One.", "B": f"{LONG}Two."}
    source = body.format(**{name: f"<p>{text}</p>" for name, text in long.items()})
    found = lines(".html", samples.page(f"<article>{source}</article>"))
    assert found == [long.get(it, it) for it in expected]


@pytest.mark.parametrize(
    ("head", "body", "year"),
    [
        ("", "<p>Written in May 2011, they say (2026-04-14).</p>", None),
        ('<meta name="date" content="2015-03-04">', "", 2015),
        ("", '<time datetime="2015-03-04" pubdate>4 March</time>', 2015),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "2015-03-04"}'
            "</script>",
            "",
            2015,
        ),
    ],
)
def test_a_page_is_of_the_year_that_it_tells_programs(head: str, body: str, year: int | None) -> None:
    found = reading(".html", samples.page(f"<article><p>{LONG * 3}</p>{body}</article>", head=head))
    assert found.about.year == year


def test_web_furniture_and_scripts_are_no_text() -> None:
    found = reading(
        ".html",
        samples.page(
            f"<nav><a href='/'>Home</a></nav><article><h1>Rivers</h1><p>{LONG * 3}</p><p>{LONG[::-1]}</p>"
            "<script>var evil = 'script';</script></article><aside>Related: buy now</aside>"
            "<footer>All rights</footer>",
            head="<style>p {color: red}</style><script type='application/ld+json'>"
            '{"@type": "Article", "articleBody": "' + "Hidden. " * 100 + '"}</script>',
        ),
    )
    assert found.text.startswith("# Rivers\n\nThe river")
    assert not {word for word in ("Home", "evil", "buy", "rights", "color", "Hidden") if word in found.text}


def test_a_page_without_a_main_text_is_read_as_a_whole_with_a_warning() -> None:
    found = reading(
        ".html",
        samples.page("<h1>Short</h1><nav>Menu</nav><blockquote>Quoted.</blockquote><ul><li>a</li></ul>"),
    )
    assert found.text == "# Short\n\n> Quoted.\n\n- a"
    assert found.warnings == ("no main text found: the text of the whole page was taken",)


def test_headings_and_lists_that_the_main_text_lacks_are_told() -> None:
    texts = f"<h1>A river</h1><p>{LONG}</p><p>Second paragraph of a short text on this river.</p>"
    rest = "<h2>References</h2><ul><li>Ash, A. On Rivers.</li></ul>"
    found = reading(".html", samples.page(f"{texts}{rest}<div><h2>More to read</h2></div>"))
    assert "References" not in found.text  # what trafilatura does with short pages
    assert found.warnings == ("left out of the main text, compare it: 'References'; 'Ash, A. On Rivers.'",)
    found = reading(".html", samples.page(f"<article><p>{LONG * 9}</p>{texts}{rest}</article>"))
    assert "References" in found.text
    assert found.warnings == ()


@pytest.mark.parametrize(
    "body",
    [
        "<div id='app'></div><script>document.write('much text')</script>",
        "<noscript>You need to enable JavaScript to run this app.</noscript>",
        "<nav>Home</nav><img src='x.png'>",
    ],
)
def test_a_page_that_a_script_would_fill_has_no_text(body: str) -> None:
    with pytest.raises(CorpusError, match="no text"):
        reading(".html", samples.page(body))


@pytest.mark.parametrize(
    ("encoding", "head", "warnings"),
    [
        ("utf-8", "", ()),
        ("utf-16", "", ()),
        ("cp1251", "<meta charset=windows-1251>", ()),
        ("koi8-r", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', ()),
        ("cp1252", '<meta charset="iso-8859-1">', ()),
        ("cp1252", "", ("not UTF-8 at byte 73: read as cp1252",)),
        ("cp1252", '<meta charset="utf-8">', ("not UTF-8 at byte 95: read as cp1252",)),
        ("cp1252", '<meta charset="klingon">', ("not UTF-8 at byte 97: read as cp1252",)),
    ],
)
def test_pages_are_decoded(encoding: str, head: str, warnings: tuple[str, ...]) -> None:
    word = "“naïve”" if encoding not in ("cp1251", "koi8-r") else "Река"
    source = samples.page(f"<article><p>{word} {LONG * 5}</p></article>", head=head)
    found = reading(".html", source.decode().encode(encoding))
    assert found.text.startswith(f"{word} The river")
    assert found.warnings == warnings


# RTF ----------------------------------------------------------------------------------------------

SHEET = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\b heading 1;}{\s5\li720 \sbasedon0 Quote;}}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"One.\par Two\line goes on.\par", ["One.", "Two goes on."]),
        (r"na\'efve \ldblquote so\rdblquote  \u1056?\u1077?\u1082?\u1072?\par", ["naïve “so” Река"]),
        (r"{\f1 \'d0\'e5\'ea\'e0}\par", ["Река"]),
        (r"A \u-10179?\u-8704? smile\par", ["A 😀 smile"]),
        (r"\pard\s1\outlinelevel0 H\par\pard\outlinelevel1\b I\par\pard J\par", ["# H", "## I", "J"]),
        (r"\pard\s5\li720 Quoted.\par\pard\s50 Not.\par", ["> Quoted.", "Not."]),
        (r"\pard{\listtext\tab 1.\tab}Item\par{\pntext\'b7\tab}Other\par", ["- Item", "- Other"]),
        (r"Here{\super\chftn{\footnote\pard\chftn  A {\i note}.\par More.}} it is.\par Next.\par",
         ["Here[^1] it is.", "Next.", "[^1]: A note. More."]),
        (r"\trowd\cellx1 Year\cell Size\par in km\cell\row\pard So.\par", ["Year | Size in km", "So."]),
        (r'A {\field{\*\fldinst{HYPERLINK "http://x.org"}}{\fldrslt{link}}}.\par', ["A link."]),
        (r"{\shp{\*\shpinst{\shptxt Box.\par}}{\shprslt{\dptxbxtext Box.}}}Text.\par", ["Box.", "Text."]),
        (r"{\pict\bin4 {{}}}Text.\par", ["Text."]),
        (r"Cut off", ["Cut off"]),
        (r"km{\super 2} land.{\f1\super\lang9 1,2} x\super 3\nosupersub  5{\super th}.\par",
         ["km² land.¹,² x³ 5th."]),
    ],
)  # fmt: skip
def test_rtf_structures(body: str, expected: list[str]) -> None:
    assert lines(".rtf", samples.rtf(body, head=SHEET)) == expected


@pytest.mark.parametrize(
    ("content", "text", "warnings"),
    [
        (samples.rtf("Text.") + b"\r\n\0", "Text.", ()),
        (samples.rtf("Text.")[:-1], "Text.", ("the end of the file is missing",)),
        (samples.rtf("Text.}More."), "Text.", ("what follows the end of the document is left out",)),
    ],
)
def test_rtf_that_is_cut_off_is_told(content: bytes, text: str, warnings: tuple[str, ...]) -> None:
    found = reading(".rtf", content)
    assert (found.text, found.warnings) == (text, warnings)


def test_rtf_margins_and_deletions_are_told() -> None:
    found = reading(
        ".rtf", samples.rtf(r"{\header Running head\par}{\footer 12\par}Text {\deleted gone}.\par")
    )
    assert found.text == "Text gone."
    assert found.warnings == (
        "headers and footers left out: 'Running head'",
        "passages deleted on track are still in the text",
    )


# PDF ----------------------------------------------------------------------------------------------


def test_pages_are_separated_by_form_feeds() -> None:
    found = reading(".pdf", samples.pdf(["One.", "Two."], [], ["Three."]))
    assert [page.splitlines() for page in found.text.split("\f")] == [["One.", "Two."], [], ["Three."]]
    assert found.pages == 3
    assert found.warnings == (
        "no text on page(s) 2 of 3: empty, or scanned"
        " (then run OCR first, for example with ocrmypdf, and add the result)",
    )


@pytest.mark.parametrize("lacking", [[2], [1, 2, 3, 5]])
def test_scanned_pages_are_named(lacking: list[int]) -> None:
    texts = [["stamp 7"] if number in lacking else [LONG] for number in range(1, 7)]
    found = reading(".pdf", samples.pdf(*texts, pictures=lacking))
    assert found.warnings[0].startswith(f"no text on page(s) {'2' if lacking == [2] else '1-3, 5'} of 6: ")


def test_little_text_is_text_where_there_is_no_picture() -> None:
    assert reading(".pdf", samples.pdf(["Short."])).warnings == ()


def test_a_file_that_anybody_may_read_is_read() -> None:
    found = reading(".pdf", samples.encrypted_pdf(samples.SMALL[".pdf"], ""))
    assert found == reading(".pdf", samples.SMALL[".pdf"])


def test_repairs_of_a_pdf_are_counted() -> None:
    damaged = samples.SMALL[".pdf"].replace(b"startxref\n", b"startxref\n1")
    found = reading(".pdf", damaged)
    assert found.text == reading(".pdf", samples.SMALL[".pdf"]).text
    assert "pypdf had to make sense of" in found.warnings[0]


def test_missing_pages_are_counted() -> None:
    found = reading(".pdf", samples.SMALL[".pdf"].replace(b"/Count 2", b"/Count 9"))
    assert found.warnings == ("only 2 of 9 pages found",)
    assert WHERE not in found.text
