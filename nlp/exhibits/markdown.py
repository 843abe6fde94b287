"""Exhibits as pages of GitHub's Markdown."""

import re
from collections.abc import Sequence

from nlp.exhibits.exhibit import Column, Exhibit
from nlp.markdown import escaped

_LEADING = re.compile(r"^(\d{1,9})([.)])|^()([-+=#!>])")  # of a list, a heading, a line


def to_markdown(exhibit: Exhibit) -> str:
    """A heading, the table, with a row in bold type above each group of rows, and the notes."""
    lines = [f"# {escaped(exhibit.title)}", "", _line([it.heading for it in exhibit.columns])]
    lines.append("| " + " | ".join(map(_rule, exhibit.columns)) + " |")
    for group in exhibit.groups:
        if group.heading:
            blank = [""] * (len(exhibit.columns) - 1)
            lines.append(_joined([f"**{escaped(group.heading)}**", *blank]))
        lines += [_line(row) for row in group.rows]
    return "\n".join(
        [*lines, "", *(f"- {_begun(escaped(it))}" for it in exhibit.notes), sources(exhibit), ""]
    )


def sources(exhibit: Exhibit) -> str:
    """Where the numbers are from, as the last of the notes."""
    links = [f"[{name}](../tables/{name}.md)" for name in exhibit.sources]
    return f"- {'Table' if len(links) == 1 else 'Tables'}: {', '.join(links)}"


def contents(exhibits: Sequence[Exhibit], figures: Sequence[str], workbook: str) -> str:
    """The page that lists all: every exhibit in its formats, the figures and the workbook."""
    lines = [
        "# Exhibits",
        "",
        "| exhibit | to read | for the web | for LaTeX |",
        "| --- | --- | --- | --- |",
    ]
    for it in exhibits:
        files = [f"[{it.id}.{ending}]({it.id}.{ending})" for ending in ("md", "html", "tex")]
        lines.append(_joined([escaped(it.title), *files]))
    lines += ["", f"All tables in one workbook, with what their columns mean: [{workbook}]({workbook})", ""]
    lines += ["Figures:", "", *(f"- [{name}](../figures/{name})" for name in figures), ""]
    lines += [
        "The LaTeX files need the packages booktabs and longtable, and XeLaTeX or LuaLaTeX where names"
    ]
    return "\n".join([*lines, "are in other than Latin letters.", ""])


def _begun(line: str) -> str:
    """The line, not taken for a list, a heading or a rule by how it begins."""
    return _LEADING.sub(r"\1\3\\\2\4", line)


def _line(cells: Sequence[str]) -> str:
    return _joined([escaped(it) for it in cells])


def _joined(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(column: Column) -> str:
    return "---:" if column.figures else ":---"
