"""Exhibits as LaTeX tables with booktabs; long ones go over several pages."""

import re
from collections.abc import Iterator, Sequence

from nlp.exhibits.exhibit import Exhibit, plain

_LONG = 40  # rows from which a table does not fit on a page
_SPECIALS = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    "−": r"\ensuremath{-}",
    "⏎": r"\textbackslash{}n",
}
_LIGATURE = re.compile(r"(?<=-)-|(?<=,),|(?<=')'")  # two signs that would become one
_LEADING = re.compile(r"^[\[*]")  # after the end of a row it would change the space below it
_SPECIAL = re.compile("|".join(map(re.escape, _SPECIALS)))


def to_latex(exhibit: Exhibit) -> str:
    r"""A table to be put into a paper with `\input`; its label is `tab:` and the id."""
    rows = sum(len(group.rows) for group in exhibit.groups)
    kind = _long if rows > _LONG else _short
    first = r"% needs \usepackage{booktabs}" + (r" and \usepackage{longtable}" if rows > _LONG else "")
    return "\n".join([first, *kind(exhibit), ""])


def _short(exhibit: Exhibit) -> Iterator[str]:
    yield from (r"\begin{table}", r"\centering", r"\footnotesize", _caption(exhibit))
    yield from (rf"\begin{{tabular}}{{{_alignment(exhibit)}}}", r"\toprule", _heading(exhibit), r"\midrule")
    yield from _body(exhibit)
    yield from (r"\bottomrule", r"\end{tabular}", *_notes(exhibit), r"\end{table}")


def _long(exhibit: Exhibit) -> Iterator[str]:
    yield from (r"\begingroup", r"\footnotesize", rf"\begin{{longtable}}{{{_alignment(exhibit)}}}")
    yield from (_caption(exhibit) + r"\\", r"\toprule", _heading(exhibit), r"\midrule", r"\endfirsthead")
    yield from (r"\toprule", _heading(exhibit), r"\midrule", r"\endhead", r"\bottomrule", r"\endlastfoot")
    yield from _body(exhibit)
    yield from (r"\end{longtable}", *_notes(exhibit), r"\endgroup")


def _caption(exhibit: Exhibit) -> str:
    return rf"\caption{{{escaped(exhibit.title)}}}\label{{tab:{exhibit.id}}}"


def _alignment(exhibit: Exhibit) -> str:
    return "@{}" + "".join("r" if it.figures else "l" for it in exhibit.columns) + "@{}"


def _heading(exhibit: Exhibit) -> str:
    return row([it.heading for it in exhibit.columns])


def _body(exhibit: Exhibit) -> Iterator[str]:
    for number, group in enumerate(exhibit.groups):
        if group.heading:
            if number:
                yield r"\addlinespace"
            heading = rf"\textit{{{escaped(group.heading)}}}"
            yield rf"\multicolumn{{{len(exhibit.columns)}}}{{@{{}}l@{{}}}}{{{heading}}} \\"
        yield from map(row, group.rows)


def _notes(exhibit: Exhibit) -> Iterator[str]:
    named = ", ".join(rf"\texttt{{{escaped(f'outputs/tables/{name}.csv')}}}" for name in exhibit.sources)
    yield from (r"\par\smallskip", r"\begin{minipage}{\linewidth}", r"\footnotesize\raggedright")
    yield from (rf"{escaped(note)}\par" for note in exhibit.notes)
    yield from (rf"{'Table' if len(exhibit.sources) == 1 else 'Tables'}: {named}.", r"\end{minipage}")


def row(cells: Sequence[str]) -> str:
    """Cells as a row of a table."""
    return " & ".join(map(escaped, cells)) + r" \\"


def escaped(text: str) -> str:
    """The text as LaTeX prints it: every special sign as itself, in one line."""
    signs = _SPECIAL.sub(lambda found: _SPECIALS[found[0]], plain(text))
    return _LIGATURE.sub(r"{}\g<0>", _LEADING.sub(r"{\g<0>}", signs))
