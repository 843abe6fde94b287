"""What the layout of a PDF's pages tells: paragraphs, notes, columns. One page in, one text out."""

import re
import unicodedata
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from samples import reading

SAMPLE = Path(__file__).with_name("pdf") / "justified.pdf"  # set by LibreOffice, without its fonts
LEADING = 12.0
LINE = "The harbour towns of the north send grain and timber down the river,"
LAST = "and they have done so for as long as anyone there can tell the tale."


def put(text: str, x: float = 72, y: float = 700, size: float = 10, font: str = "F1") -> str:
    """Operators that set a text in one place."""
    return f"BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET"


def column(*lines: str, x: float = 72, y: float = 700, size: float = 10, font: str = "F1") -> str:
    """Lines below one another; each `>` before a line moves it right by 15 points, each `^` down by 8."""
    drawn = []
    for line in lines:
        signs, text = re.fullmatch(r"([>^]*)(.*)", line).groups()  # type: ignore[union-attr]
        y -= 8 * signs.count("^")
        drawn.append(put(text, x + 15 * signs.count(">"), y, size, font))
        y -= LEADING
    return "\n".join(drawn)


def noted(text: str, number: str, x: float = 72, y: float = 700) -> str:
    """A line with a raised number at its end."""
    return f"{put(text, x, y)}\n{put(number, x + 3 * len(text), y + 3.5, 6)}"


def read(*pages: str, **form: str) -> str:
    return reading(".pdf", samples.drawn_pdf(*pages, **form)).text


def plainly(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


# ---- paragraphs ---------------------------------------------------------------------------------------

PARAGRAPH = [f">{LINE}", LINE, LAST]  # all of its lines are full
SHOWN = f"  {LINE}\n{LINE}\n{LAST}"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([*PARAGRAPH, *PARAGRAPH, *PARAGRAPH], f"{SHOWN}\n\n{SHOWN}\n\n{SHOWN}"),
        ([LINE, LAST, f"^{LINE}", LAST, f"^{LINE}", LAST], "\n\n  ".join([f"{LINE}\n{LAST}"] * 3)),
        (
            [*PARAGRAPH, ">It is so.", *PARAGRAPH, *PARAGRAPH],
            f"{SHOWN}\n\n  It is so.\n\n{SHOWN}\n\n{SHOWN}",
        ),
        (
            [*PARAGRAPH, *PARAGRAPH, f">>{LINE}", f">>{LAST}", *PARAGRAPH],
            f"{SHOWN}\n\n{SHOWN}\n\n  {LINE}\n{LAST}\n\n{SHOWN}",
        ),
        (
            [
                *PARAGRAPH,
                *PARAGRAPH,
                *PARAGRAPH[:-1],
                "or so they say,",
                ">>so that it is",
                ">>thus.",
                *PARAGRAPH,
            ],
            f"{SHOWN}\n\n{SHOWN}\n\n  {LINE}\n{LINE}\nor so they say,\n\n  so that it is\nthus.\n\n{SHOWN}",
        ),
        (
            ["Holt, A., The river", ">and its towns, a book", ">of many pages.", "Ibsen, B., The", ">sea."]
            * 2,
            "\n\n  ".join(
                ["Holt, A., The river\nand its towns, a book\nof many pages.", "Ibsen, B., The\nsea."] * 2
            ),
        ),
        (
            ["1. The first of them is", ">>long, and the second", ">>is not."],
            "1. The first of them is\nlong, and the second\nis not.",
        ),
        ([LINE, f"^{LAST}"], f"{LINE}\n\n{LAST}"),
        (["The  towns   are    many"], "The towns are many"),
    ],
    ids=[
        "indented",
        "apart",
        "one line",
        "quotation",
        "small quotation",
        "hanging",
        "item",
        "gap in a sentence",
        "spaces",
    ],
)
def test_paragraphs(lines: list[str], wanted: str) -> None:
    assert read(column(*lines)) == wanted


@pytest.mark.parametrize(("size", "font"), [(10, "F2"), (14, "F1")])
def test_a_heading_of_two_lines_stands_apart(size: float, font: str) -> None:
    drawn = [
        column(*PARAGRAPH, *PARAGRAPH),
        column("The Towns of the North", ">>>and the River", y=628, size=size, font=font),
        column(LINE, LAST, y=604),
    ]
    assert (
        read("\n".join(drawn))
        == f"{SHOWN}\n\n{SHOWN}\n\n  The Towns of the North\nand the River\n\n  {LINE}\n{LAST}"
    )


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    first = column(*PARAGRAPH, f">{LINE}", f"{LINE}.")
    right = column(f"{LINE}.", LAST, *PARAGRAPH, LINE, x=330)
    page = f"{first}\n{right}"
    going_on = f"  {LINE}\n{LINE}.\n{LINE}.\n{LAST}"
    assert (
        read(page, column(f"{LAST}", *PARAGRAPH))
        == f"{SHOWN}\n\n{going_on}\n\n{SHOWN}\n{LINE}\f{LAST}\n\n{SHOWN}"
    )


def test_a_paragraph_begins_at_the_top_of_a_page() -> None:
    pages = [column(*PARAGRAPH, *PARAGRAPH)] * 2
    assert read(*pages) == f"{SHOWN}\n\n{SHOWN}\f{SHOWN}\n\n{SHOWN}"


def test_an_initial_is_part_of_its_word() -> None:
    beside = column("he harbour towns of the north send", "grain and timber down.", x=100)
    page = f"{put('T', 72, 686, 34)}\n{beside}\n{column(LINE, LAST, y=676)}"
    assert read(page) == f"The harbour towns of the north send\ngrain and timber down.\n{LINE}\n{LAST}"


ROWS = [
    (f"The {n} harbour towns of the north", f"and the {n} barges on the river") for n in range(100, 112)
]


def rows(*cells: tuple[str, str]) -> str:
    """Lines side by side, row by row."""
    places = [(72, 700 - LEADING * n, 300) for n in range(len(cells))]
    sides = zip(places, cells, strict=True)
    return "\n".join(f"{put(left, x, y)}\n{put(right, to, y)}" for (x, y, to), (left, right) in sides)


def test_columns_that_are_set_row_by_row_are_read_one_after_the_other() -> None:
    title = put(
        "The Towns of the North and the River, by Anna Holt and others, for all who live there", 72, 730
    )
    text = read(f"{title}\n{rows(*ROWS)}\n{column(LINE, LAST, y=520)}")
    left, right = ("\n".join(side) for side in zip(*ROWS, strict=True))
    assert text.split("\n\n")[1:] == [f"  {left}\n{right}", f"  {LINE}\n{LAST}"]


@pytest.mark.parametrize("cells", [ROWS[:9], [("Northtown", "110")] * 12], ids=["few", "table"])
def test_few_rows_and_tables_stay_in_rows(cells: list[tuple[str, str]]) -> None:
    assert read(rows(*cells)).split("\n") == [" ".join(it) for it in cells]


# ---- margins ------------------------------------------------------------------------------------------


def test_what_stands_in_the_margins_of_pages_stays_there() -> None:
    text = column(*PARAGRAPH, *PARAGRAPH)
    pages = [f"{put(str(n), 300, 40)}\n{text}\n{put(f'Towns {n}', 72, 740)}" for n in (7, 8, 9)]
    assert read(*pages).split("\f") == [f"  Towns {n}\n\n{SHOWN}\n\n{SHOWN}\n\n  {n}" for n in (7, 8, 9)]


# ---- notes --------------------------------------------------------------------------------------------

TEXT = column(*PARAGRAPH, *PARAGRAPH, y=688)


def foot(*notes: str, y: float = 120, size: float = 8) -> str:
    """Small print at the foot of a page; what stands before `|` is a run of its own, before `!` raised."""
    drawn = []
    for line in notes:
        number, sign, text = re.fullmatch(r"(?:([^|!]*)([|!]))?(.*)", line).groups()  # type: ignore[union-attr]
        if sign:
            drawn.append(put(number, 72, y + 3 * (sign == "!"), size - 3 * (sign == "!")))
        drawn.append(put(text, 72 + 6 * bool(sign), y, size))
        y -= 1.2 * size
    return "\n".join(drawn)


@pytest.mark.parametrize(
    "note", ["1|See Holt,", "1!See Holt,", "1. See Holt,", "1 See Holt,", "[1] See Holt,"]
)
def test_small_print_at_the_foot_is_a_note_if_the_text_calls_it(note: str) -> None:
    page = f"{noted('So it is.', '1')}\n{TEXT}\n{foot(note, 'who says so.', note.replace('1', '2'))}"
    called = f"So it is.[^1]\n\n{SHOWN}\n\n{SHOWN}\n\n[^1]: See Holt,\nwho says so."
    assert read(page).startswith(called)
    assert (read(page) == f"{called}\n\n[^2]: See Holt,") == (note[1] in "|!")  # 2 is not called


@pytest.mark.parametrize(
    "notes",
    [
        foot("See Holt."),
        foot("1 See Holt.", size=10),
        foot("7|See Holt."),
        f"{foot('1|See Holt.')}\n{column(LINE, LINE, LAST, y=90)}",
    ],
    ids=["no number", "usual print", "another number", "not at the foot"],
)
def test_other_lines_are_no_notes(notes: str) -> None:
    text = read(f"{noted('So it is.', '1')}\n{notes}")
    assert text.startswith("So it is.¹") and "[^" not in text and "See Holt." in text


def test_what_of_a_note_stands_on_the_next_page_follows_it() -> None:
    first = f"{noted('So it is.', '1')}\n{TEXT}\n{foot('1|See Holt.')}"
    both = f"{TEXT}\n{noted('So it was.', '2', y=600)}\n{foot('And Ibsen.', '2|Ibid.')}"
    rest = f"{TEXT}\n{foot('And Lie.')}"
    pages = read(first, both, rest, TEXT).split("\f")
    assert pages[0].endswith("\n\n[^1]: See Holt.\nAnd Ibsen.")
    assert pages[1].endswith("So it was.[^2]\n\n[^2]: Ibid.\nAnd Lie.")
    assert pages[2].endswith(SHOWN)


def test_numbers_that_begin_anew_on_each_page_are_counted_through() -> None:
    pages = [f"{noted('So it is.', '1')}\n{TEXT}\n{foot('1|See Holt.')}"] * 2
    first, second = read(*pages).split("\f")
    assert first.startswith("So it is.[^1]") and first.endswith("[^1]: See Holt.")
    assert second.startswith("So it is.[^2]") and second.endswith("[^2]: See Holt.")


def test_notes_at_the_end_belong_to_their_calls() -> None:
    page = "\n".join(noted("So it is.", str(n), y=700 - LEADING * n) for n in range(1, 5))
    notes = read(f"{page}\n{TEXT}", foot("1 See Holt,", "2 a book.", "2 Ibid.", "3 Ibid.", "4 Ibid."))
    assert notes.endswith("\f[^1]: See Holt,\n\n[^2]: a book.\n2 Ibid.\n\n[^3]: Ibid.\n\n[^4]: Ibid.")


def test_a_note_with_a_sign() -> None:
    page = f"{noted('By Anna Holt.', '*')}\n{TEXT}\n{foot('*|With thanks.')}"
    assert read(page) == f"By Anna Holt.[^*]\n\n{SHOWN}\n\n{SHOWN}\n\n[^*]: With thanks."


def test_what_stands_below_the_text_of_the_first_page_is_a_note_to_all_of_it() -> None:
    page = f"{column(*PARAGRAPH * 4)}\n{foot('12 Harbour Street, Northtown')}"
    first, second = read(page, page.replace("12 Harbour", "Old")).split("\f")
    assert first.endswith(f"{SHOWN}\n\n[^*]: 12 Harbour Street, Northtown")
    assert second.endswith(f"{SHOWN}\n\n  Old Street, Northtown")


@pytest.mark.parametrize(
    ("before", "number", "wanted"),
    [
        ("So it is.", "3", "So it is.³"),
        ("ten km", "2", "ten km²"),
        ("So it is", "1,2", "So it is¹,²"),
        ("in 10", "-6", "in 10-6"),
        ("the 19", "th", "the 19th"),
        ("Anna Holt", "*", "Anna Holt*"),
    ],
)
def test_raised_numbers_without_notes_stay_raised(before: str, number: str, wanted: str) -> None:
    assert read(noted(before, number)) == wanted


def test_an_exponent_calls_no_note() -> None:
    calls = f"{noted('ten km', '2', y=712)}\n{noted('So it is', '1,2')}"
    assert read(f"{calls}\n{TEXT}\n{foot('1|See Holt.', '2|Ibid.')}").startswith(
        "ten km²\nSo it is[^1][^2]\n"
    )


@pytest.mark.parametrize(
    "drawn",
    [
        "/F1 1 Tf 10 0 0 10 72 700 Tm (So it is.) Tj 6 0 0 6 99 703 Tm (1) Tj 9 0 0 9 102 700 Tm ( Or) Tj",
        "/F1 10 Tf 72 700 Td (So it is.) Tj /F1 6 Tf 3.5 Ts (1) Tj /F1 10 Tf 0 Ts ( Or) Tj",
        "/F1 10 Tf 72 700 Td (So it is.) Tj /F1 6 Tf 3.5 Ts (1) Tj 0 Ts /F1 10 Tf ( Or) Tj",
    ],
    ids=["matrix", "rise", "rise ends first"],
)
def test_ways_to_raise_a_number(drawn: str) -> None:
    assert read(f"BT {drawn} ET\n{TEXT}\n{foot('1|See Holt.')}").startswith("So it is.[^1] Or\n")


# ---- a whole text -------------------------------------------------------------------------------------


def test_a_justified_text_with_notes_over_page_ends() -> None:
    """Paragraphs are put together as the contract says: one goes on where none is shown to begin."""
    found = reading(".pdf", SAMPLE.read_bytes())
    text: list[str] = []
    notes: list[str] = []
    for block in re.split(r"\n\n|\f", found.text):
        line = " ".join(block.split())
        if line.startswith("[^"):
            notes.append(line)
        elif block.startswith("  ") or not text:
            text += [line] * (not line.startswith("Rivers of the North"))
        else:
            text[-1] += f" {line}"
    assert [*text, *notes] == SAMPLE.with_suffix(".txt").read_text("utf-8").strip().split("\n\n")
    assert found.pages == 5


def test_a_stumbling_layout_does_not_cost_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.reading.pdf.layout.sheets", lambda _: 1 / 0)
    found = reading(".pdf", SAMPLE.read_bytes())
    assert found.text == "\f".join(plainly(SAMPLE.read_bytes()))
    assert "paragraphs and notes not told by layout (ZeroDivisionError" in found.warnings[0]


# ---- what cannot be told ------------------------------------------------------------------------------


def test_text_in_a_form_stands_where_the_form_stands() -> None:
    """Its lines lie close together in the form, and the page draws it twice as large, further down."""
    form = "\n".join(
        [put(LINE, 43.5, 300, 5), put(LAST, 36, 294, 5), put(LINE, 43.5, 288, 5), put(LAST, 36, 282, 5)]
    )
    text = read(
        f"{column(*PARAGRAPH)}\nq 1 0 0 1 0 64 cm /Fm Do Q", form=form, settings="/Matrix [2 0 0 2 0 0]"
    )
    assert text == "\n\n".join([SHOWN, f"  {LINE}\n{LAST}", f"  {LINE}\n{LAST}"])


TURNED = f"BT /F1 10 Tf 0 1 -1 0 300 100 Tm ({LINE}) Tj 0 -12 Td ({LAST}) Tj ET"


def test_a_turned_page_is_read_as_pypdf_reads_it() -> None:
    content = samples.drawn_pdf(TURNED, TURNED)
    assert reading(".pdf", content).text == "\f".join(plainly(content))


def test_a_turned_page_among_others_is_a_paragraph_of_its_own() -> None:
    pages = read(column(*PARAGRAPH, LINE), TURNED, column(LAST, *PARAGRAPH)).split("\f")
    assert pages[1] == f"  {LINE}\n{LAST}"
    assert pages[2].startswith(f"  {LAST}\n\n")


@pytest.mark.parametrize("fault", ["/Fx Do", "BT /F9 x Tf ET", "1 0 cm", "BT (no font) Tj ET", "/Fm Do"])
def test_faults_in_a_page_cost_no_text(fault: str) -> None:
    content = samples.drawn_pdf(f"{column(*PARAGRAPH)}\n{fault}\n{TEXT}", form="BT (within) Tj")
    assert letters(reading(".pdf", content).text) == letters("".join(plainly(content)))


def letters(text: str) -> Counter[str]:
    return Counter(it for it in unicodedata.normalize("NFKC", text) if it.isalnum())


WORDS = st.sampled_from(
    ["The towns", "and grain.", "1", "23", "*", "  ", "See Holt,", "2 Ibid.", "\\(so\\)", "T", "¹"]
)
PLACES = st.tuples(WORDS, st.integers(4, 30), st.integers(40, 75), st.sampled_from([6, 8, 10, 10, 14]))
DRAWN = st.lists(st.lists(PLACES, max_size=12), min_size=1, max_size=3)


@given(DRAWN)
def test_no_letter_is_lost_wherever_the_words_stand(pages: list[list[tuple[str, int, int, int]]]) -> None:
    drawn = ["\n".join(put(text, 10 * x, 10 * y, size) for text, x, y, size in page) for page in pages]
    drawn[0] += f"\n{put('Page')}"
    content = samples.drawn_pdf(*drawn)
    found = reading(".pdf", content).text
    assert found.count("\f") == len(pages) - 1
    assert not re.search(r"\S {2}", found)
    wanted, given = letters("".join(plainly(content))), letters(found)
    assert {it: n for it, n in given.items() if it.isalpha()} == {
        it: n for it, n in wanted.items() if it.isalpha()
    }
    if "[^" not in found:  # labels may be counted anew
        assert given == wanted
