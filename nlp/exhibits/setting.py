"""What all exhibits of a run have in common: the groups they show, and the words for them."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from nlp.codebook import Codebook
from nlp.manifest import REST
from nlp.params import ExhibitsParams

_TEXTS = "texts"  # in column `scope` of tables


class Setting(NamedTuple):
    by: str  # what groups are made by: author, year ...
    groups: tuple[str, ...]  # those that are shown, in their order
    known: int  # groups in all
    single: int  # those of one document
    unit: str  # what is coded: sentence, paragraph or document
    frames: Mapping[str, str]  # name -> label, in the codebook's order
    stances: Mapping[str, str]  # those by which tables split a frame
    params: ExhibitsParams

    @property
    def heading(self) -> str:
        return self.by.capitalize()

    @property
    def interval(self) -> str:
        return f"{100 * self.params.confidence:g} % interval"

    @property
    def scope(self) -> tuple[str, ...]:
        """Of what the comparison holds, where that is less than one might think."""
        if self.known < 2:
            return (f"One {self.by} only: there is nothing to compare.",)
        if self.by == "document":
            return ("Every group is one document: the comparison is of these texts.",)
        if self.single == self.known:
            told = f"Every {self.by} has one document"
            return (f"{told}: the comparison is of these texts, not of their {self.by}s.",)
        if self.single:
            told = f"{self.single:,} of {self.known:,} {self.by}s have one document"
            return (f"{told}: what is said of them holds for these texts.",)
        return ()

    def of_texts(self, table: pd.DataFrame) -> tuple[str, ...]:
        """Of which rows the comparison is one of texts, where `scope` does not say so of all groups."""
        rows = int((table["scope"] == _TEXTS).sum())
        if not rows or self.single == self.known:
            return ()
        return (
            f"In {rows:,} of {len(table):,} rows (scope: texts) a side has too few documents to show how"
            f" they differ: interval, p and q take portions of these texts as drawn, not the texts.",
        )

    @property
    def left_out(self) -> tuple[str, ...]:
        """A note that not all groups are shown, if so."""
        if len(self.groups) == self.known:
            return ()
        told = f"{len(self.groups):,} of {self.known:,} {self.by}s"
        return (f"{told}, those with the most words; the table has all.",)

    def name(self, group: str) -> str:
        """The group, or words for all others together."""
        return f"all other {self.by}s" if group == REST else group

    def within(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of groups that are shown, in the order of these."""
        order = {group: at for at, group in enumerate(self.groups)}
        rows = table[table["author"].isin(self.groups)]
        return rows.sort_values("author", key=lambda them: them.map(order), kind="stable")


def setting_of(
    members: pd.DataFrame, authors: pd.DataFrame, codebook: Codebook, params: ExhibitsParams
) -> Setting:
    """What is to be shown. Of more than `top_groups` groups those with the most words."""
    documents = members.groupby("author").size()
    largest = authors.sort_values(["words", "author"], ascending=[False, True])["author"]
    shown = set(largest.head(params.top_groups))
    return Setting(
        by=str(members["grouped_by"].iloc[0]) if len(members) else "group",
        groups=tuple(it for it in authors["author"] if it in shown),
        known=len(authors),
        single=int((documents == 1).sum()),
        unit=codebook.unit,
        frames={frame.name: frame.label for frame in codebook.frames},
        stances={it.name: it.label for it in codebook.stances if it.name in codebook.split},
        params=params,
    )
