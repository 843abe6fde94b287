"""show: a document as people read it, and every change in its place."""

import re
import subprocess
import sys
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import tables
from nlp.cli import main
from nlp.errors import visible
from nlp.pipeline import BY_NAME
from nlp.runner import run_stage
from nlp.show import edit_lines, text_lines
from nlp.store.project import Project

Edit = tuple[int, str, str] | tuple[int, str, str, bool]


def found(
    raw: str,
    text: str = "",
    *,
    edits: Sequence[Edit] = (),
    zones: Sequence[tuple[int, int, str]] = (),
    pages: Sequence[tuple[int, int]] = (),
) -> dict[str, pd.DataFrame]:
    """A document's tables; edits are (raw start, before, after), with True if moved."""
    about = ("d", "A", "", None, "", "", "essay", "en", "", "0", "text", "", None, "", "")
    rows = [
        (
            "d",
            edit[0],
            edit[0] + len(edit[1]),
            "rule",
            edit[1],
            edit[2],
            len(raw) if len(edit) == 4 else None,
        )
        for edit in edits
    ]
    return {
        "documents": tables.make("documents", [(*about, raw)]),
        "texts": tables.make("texts", [("d", "A", "en", text)]),
        "edits": tables.make("edits", rows),
        "zones": tables.make("zones", [("d", number, *zone) for number, zone in enumerate(zones)]),
        "pages": tables.make("pages", [("d", number, *page) for number, page in enumerate(pages, start=1)]),
    }


def lines_of(made: dict[str, pd.DataFrame], *, edits: bool = False, width: int = 60) -> list[str]:
    return list((edit_lines if edits else text_lines)(made, width, colour=False))


# ---- the text ---------------------------------------------------------------------------------------


def test_paragraphs_stand_beside_their_zones() -> None:
    text = "A title\n\nThe first paragraph of this text is longer than a line can be."
    made = found(text, text, zones=[(0, 7, "title"), (9, len(text), "body")])
    assert lines_of(made) == [
        "    title  A title",
        "",
        "     body  The first paragraph of this text is longer than a",
        "           line can be.",
        "",
    ]


def test_pages_are_told_where_a_paragraph_begins_on_another() -> None:
    text = "One.\n\nTwo.\n\nThree."
    made = found(
        "One.\fTwo.\fThree.",
        text,
        edits=[(4, "\f", "\n\n"), (9, "\f", "\n\n")],
        zones=[(0, 4, "body"), (6, 10, "body"), (12, 18, "body")],
        pages=[(0, 9), (10, 16)],
    )
    told = [line.strip() for line in lines_of(made) if line]
    assert told == ["- p. 1 -", "body  One.", "body  Two.", "- p. 2 -", "body  Three."]


def test_an_empty_text_shows_nothing() -> None:
    assert lines_of(found("x", "")) == []


# ---- the changes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "edit", "told"),
    [
        ("inte-\ngration", (4, "-\n", ""), "inte[--⏎-]gration"),
        ("free  trade", (4, "  ", " "), "free[-··-]{+·+}trade"),
        ("one\rtwo", (3, "\r", "\n\n"), "one[-␍-]{+⏎⏎+}two"),
        ("so\xadft", (2, "\xad", ""), "so[-<U+00AD>-]ft"),
        ("nATO", (0, "n", "N"), "[-n-]{+N+}ATO"),
        ("1 A note. Text.", (0, "1 A note. ", "", True), "[~1 A note. ~] (moved to the end)Text."),
        ("Text", (4, "", "."), "Text{+.+}"),
    ],
)
def test_one_change(raw: str, edit: Edit, told: str) -> None:
    lines = lines_of(found(raw, edits=[edit]), edits=True)
    assert lines[:3] == [f"{edit[0]} rule", f"    {told}", ""]


def test_context_is_cut_and_pages_are_told() -> None:
    raw = f"{'a' * 60} x {'b' * 60}"
    made = found(raw, edits=[(61, "x", "y")], pages=[(0, 30), (31, len(raw))])
    lines = lines_of(made, edits=True, width=200)
    assert lines[0] == "61 (p. 2) rule"
    assert lines[1] == f"    …{'a' * 39} [-x-]{{+y+}} {'b' * 39}…"


def test_changes_are_summed_by_rule() -> None:
    made = found("a  b note", edits=[(1, "  ", " "), (4, " ", ""), (5, "note", "", True)])
    assert [line.split() for line in lines_of(made, edits=True)[-2:]] == [
        ["rule", "changes", "removed", "added", "moved"],
        ["rule", "3", "3", "1", "4"],
    ]
    assert lines_of(found("a"), edits=True) == ["rule   changes   removed     added     moved"]


anything = st.text(max_size=80)


@given(anything, anything.filter(bool), anything)
def test_every_changed_character_is_shown_and_no_line_is_too_wide(
    kept: str, before: str, after: str
) -> None:
    raw = kept + before
    lines = lines_of(found(raw, edits=[(len(kept), before, after)]), edits=True, width=50)
    assert all(len(line) <= 50 and line.isprintable() for line in lines[:-2])
    shown = "".join("".join(lines[:-2]).split())
    for side, (left, right) in ((before, "[]"), (after, "{}")):
        if side.strip():
            sign = "-" if left == "[" else "+"
            assert f"{left}{sign}{''.join(visible(side).split())}{sign}{right}" in shown


def test_colours_last_over_lines_and_are_taken_back() -> None:
    made = found("x" * 10 + " word" * 20, edits=[(10, " word" * 20, "")])
    coloured = list(edit_lines(made, 50, colour=True))
    plain = [re.sub(r"\x1b\[\d+m", "", line).rstrip() for line in coloured]
    assert plain == lines_of(made, edits=True, width=50)
    assert "\x1b" not in "".join(plain)
    assert all(line.startswith("\x1b[31m") and line.endswith("\x1b[0m") for line in coloured[2:4])
    assert "\x1b" not in coloured[-1]


# ---- the command ------------------------------------------------------------------------------------


@pytest.fixture
def cleaned(project: Project) -> Project:
    for name in ("corpus", "inventory", "clean"):
        run_stage(project, BY_NAME[name])
    return project


def show(project: Project, *arguments: str) -> int:
    return main(["--project", str(project.root), "show", *arguments])


def test_show_prints_one_document(cleaned: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert show(cleaned, "birch-2003") == 0
    said = capsys.readouterr().out
    assert said.startswith("    title  The iron hand of Northland\n\n     body  Northland threatens")
    assert "Ash" not in said
    assert "\x1b" not in said


def test_show_prints_the_changes(cleaned: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert show(cleaned, "birch-2003", "--edits") == 0
    said = capsys.readouterr().out
    assert "pres[--⏎-]sure" in said
    assert re.search(r"^rule +changes +removed +added +moved$", said, re.MULTILINE)


def test_an_unknown_document_is_named_with_its_neighbours(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert show(project, "birch-2004") == 2
    said = capsys.readouterr().err
    assert said.startswith(
        "error: corpus/corpus.yaml: no document 'birch-2004'\n  -> did you mean birch-200"
    )
    assert show(project, "xyz") == 2
    assert "it lists ash-2001; ash-2004" in capsys.readouterr().err


def test_a_document_that_is_not_cleaned_yet(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("", "corpus"):
        if name:
            run_stage(project, BY_NAME[name])
        assert show(project, "ash-2001") == 2
        assert "document ash-2001: not cleaned yet" in (said := capsys.readouterr().err)
        assert "crossframe run" in said


def test_a_document_that_was_changed_since(cleaned: Project, capsys: pytest.CaptureFixture[str]) -> None:
    part = cleaned.work / "corpus" / "documents" / "birch-2003.parquet"
    table = pd.read_parquet(part)
    table.assign(raw="x" + table["raw"]).to_parquet(part, index=False)
    assert show(cleaned, "birch-2003") == 2
    assert "not as it is now" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_error(cleaned: Project) -> None:
    command = [sys.executable, "-m", "nlp", "--project", str(cleaned.root), "show", "birch-2003", "--edits"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as shown:
        assert shown.stdout is not None
        assert shown.stderr is not None
        shown.stdout.close()
        assert shown.stderr.read() == ""
    assert shown.returncode == 0
