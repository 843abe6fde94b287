"""Decides what the report says of distinctive words and names."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from nlp.manifest import REST
from nlp.report.sections.contrast import from_more
from nlp.report.sections.limits import ACROSS, ROWS, strongest

_PAIRED = 5  # words and names shown of one of two authors, against the other

Row = Any  # of table `contrasts`, told from the author who has more


class Distinctive(NamedTuple):
    """A word or name that one author has more of than another, or than all others."""

    author: str
    others: list[str] | None  # whom the other count is of; None where they are too many to name
    row: Row


class Pair(NamedTuple):
    """What sets two authors apart, the words and names of each."""

    author: str
    other: str
    rows: list[Distinctive]


class Words(NamedTuple):
    """What each author has more often than all others, strongest evidence first, and pairs of authors."""

    words: list[tuple[str, list[Distinctive]]]  # by author
    names: list[tuple[str, list[Distinctive]]]
    pairs: list[Pair]
    tested: int  # rows of the table
    left_out: int  # with a higher rate than the others', and not shown

    @property
    def lemmas(self) -> set[str]:
        """Every word that stands there."""
        own = [it.row for _, rows in self.words for it in rows]
        paired = [it.row for pair in self.pairs for it in pair.rows if it.row.kind == "word"]
        return {str(row.feature) for row in [*own, *paired]}


def words_of(contrasts: pd.DataFrame, authors: Sequence[str], most: int) -> Words:
    """Of words and names each the strongest by p, `most` of an author at most."""
    table = contrasts.sort_values(["p", "statistic", "feature"], ascending=[True, False, True])
    more = (table["other"] == REST) & (table["effect"] > 0)
    against_rest = table[more & table["author"].isin(authors)]
    words, names = (
        strongest(against_rest[against_rest["kind"] == it], ["author"], each=most, most=ROWS // 2)
        for it in ("word", "entity")
    )
    return Words(
        words=_by_author(words, authors),
        names=_by_author(names, authors),
        pairs=_pairs(table[table["other"] != REST]),
        tested=len(table),
        left_out=len(against_rest) - len(words) - len(names),
    )


def _by_author(shown: pd.DataFrame, authors: Sequence[str]) -> list[tuple[str, list[Distinctive]]]:
    own = {str(author): rows for author, rows in shown.groupby("author")}
    return [
        (name, [Distinctive(name, _others(name, authors), it) for it in own[name].itertuples(index=False)])
        for name in authors
        if name in own
    ]


def _others(author: str, authors: Sequence[str]) -> list[str] | None:
    return [it for it in authors if it != author] if len(authors) <= ACROSS else None


def _pairs(table: pd.DataFrame) -> list[Pair]:
    """Of two authors the strongest of either, each told from the one who has more."""
    found: dict[tuple[str, str], list[Distinctive]] = {}
    sides = table.assign(more=table["effect"] >= 0)  # as `from_more` tells it
    shown = strongest(sides, ["author", "other", "kind", "more"], each=_PAIRED, most=len(sides))
    shown = shown.sort_values(["author", "other", "more", "kind"], ascending=[True, True, False, False])
    for row in shown.itertuples(index=False):
        told = from_more(row)
        found.setdefault((row.author, row.other), []).append(Distinctive(told.author, [told.other], told))
    return [Pair(author, other, rows) for (author, other), rows in found.items()]
