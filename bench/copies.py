"""The tables of a run as those of a larger corpus: its documents over and over, under other names.

Each document belongs to the group of some copies of one text, so what compares groups is that of their
texts; there are too many groups to compare each with each other. People have coded the first copies alone.
"""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from nlp import tables
from nlp.pipeline import SOURCES

_CODED = frozenset({"coded_sentences", "validation", "mistakes"})  # about the coded sample
_SUMS = {
    "authors": ["documents", "paragraphs", "sentences", "words", "mentions"],
    "author_zones": ["sentences", "words"],
}  # what grows with the documents of a group


class Copies(NamedTuple):
    """What the copies of documents are called, and the groups that they are in."""

    documents: pd.DataFrame  # doc_id (of the text), copy, group; a row for each copy
    groups: pd.DataFrame  # author (of the texts), group, size: its documents


def copies_of(members: pd.DataFrame, documents: int, groups: int) -> Copies:
    """So many documents in so many groups, each of copies of one text, dealt out evenly."""
    known = list(members[["doc_id", "author"]].itertuples(index=False, name=None))
    rows = [
        (*known[number % groups % len(known)], f"copy-{number:04}", f"Author {number % groups + 1:03}")
        for number in range(documents)
    ]
    dealt = pd.DataFrame(rows, columns=["doc_id", "author", "copy", "group"])
    sizes = dealt.groupby(["author", "group"], as_index=False).agg(size=("copy", "size"))
    return Copies(dealt[["doc_id", "copy", "group"]], sizes)


def multiplied(given: Mapping[str, pd.DataFrame], copies: Copies) -> dict[str, pd.DataFrame]:
    """All tables that the report reads, as a run on the larger corpus would write them."""
    return {name: _checked(name, table, copies) for name, table in given.items()}


def _checked(name: str, table: pd.DataFrame, copies: Copies) -> pd.DataFrame:
    if name in SOURCES or name == "duplicates":
        return table
    made = _by_document(name, table, copies) if "doc_id" in table else _by_group(name, table, copies)
    return tables.check(name, tables.take(name, made))


def _by_document(name: str, table: pd.DataFrame, copies: Copies) -> pd.DataFrame:
    """Rows about documents: those of all copies, of one for each group, or of the coded ones."""
    wanted = copies.documents
    if name in _CODED:
        wanted = wanted.drop_duplicates("doc_id")
    elif "doc_id" not in tables.KEYS[name]:
        wanted = wanted.drop_duplicates("group")
    found = table.merge(wanted, on="doc_id").assign(doc_id=lambda it: it["copy"])
    return found.assign(author=found["group"]) if "author" in table else found


def _by_group(name: str, table: pd.DataFrame, copies: Copies) -> pd.DataFrame:
    """Rows about groups: those of the texts' authors, and what is said of all together as it is."""
    if "author" not in table:
        return table
    authors = set(copies.groups["author"])
    together = table[~table["author"].isin(authors)]
    own = table.merge(copies.groups, on="author")
    for column in _SUMS.get(name, ()):
        own[column] = own[column] * own["size"]
    own = own.assign(author=own["group"])
    alone = own[~own["other"].isin(authors)] if "other" in own else own
    return pd.concat([together, alone], ignore_index=True)
