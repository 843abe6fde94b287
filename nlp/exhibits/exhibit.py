"""What an exhibit is: a table for a paper, with every cell decided. What draws it knows no theme."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from nlp.errors import visible


class Column(NamedTuple):
    """A heading, and whether figures stand below it (to the right) or words (to the left)."""

    heading: str
    figures: bool = True


class RowGroup(NamedTuple):
    """Rows that belong together; without a heading where an exhibit has no parts. Cells are as shown."""

    heading: str
    rows: Sequence[Sequence[str]]


class Exhibit(NamedTuple):
    """A table for a paper. The first cell of a row names it."""

    id: str  # stable: names its files, the label in LaTeX and the ids in HTML
    title: str
    sources: tuple[str, ...]  # names of the tidy tables that it is made from, the main one first
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    notes: tuple[str, ...]


def plain(text: str) -> str:
    """The text as every format shows it: in one line, with signs for what is not seen."""
    return visible(text.strip())


def words(*headings: str) -> tuple[Column, ...]:
    """Columns of words."""
    return tuple(Column(it, figures=False) for it in headings)


def figures(*headings: str) -> tuple[Column, ...]:
    """Columns of figures."""
    return tuple(Column(it) for it in headings)


def parts(rows: Iterable[tuple[str, Sequence[str]]]) -> tuple[RowGroup, ...]:
    """Rows with the heading under which they stand, as groups, in the order of first appearance."""
    found: dict[str, list[Sequence[str]]] = {}
    for heading, row in rows:
        found.setdefault(heading, []).append(row)
    return tuple(RowGroup(heading, them) for heading, them in found.items())


def strongest(table: pd.DataFrame, effect: str, by: Sequence[str], most: int) -> pd.DataFrame:
    """Within each part the rows with the smallest p, then the largest effect; at most so many."""
    ranked = table.assign(_size=-table[effect].abs()).sort_values(["p", "_size"], kind="stable")
    return ranked.groupby(list(by), sort=False).head(most).drop(columns="_size")


def told(shown: int, known: int, what: str) -> tuple[str, ...]:
    """A note that rows are left out, if they are: `20 of 300 words: those with the strongest evidence.`"""
    return (f"{shown:,} of {known:,} {what}; the table has all.",) if shown < known else ()
