"""Which documents are compared with which."""

import numpy as np
import pandas as pd

from nlp import tables
from nlp.manifest import ALL, REST

UNKNOWN = "not given"
_FIELDS = {"document": "doc_id"}  # elsewhere the parameter is the column's name
_TWO = 2  # groups: the rest of one is the other


def members_of(documents: pd.DataFrame, group_by: str) -> pd.DataFrame:
    """The documents of each group: table `members`.

    A text by several authors belongs to the label of its manifest entry. Names that tables use for all
    groups or for the rest are put in quotation marks.
    """
    given = documents[_FIELDS.get(group_by, group_by)]
    label = given.astype("str")
    known = label.where(given.notna() & (label.str.strip() != ""), UNKNOWN)
    known = known.where(~known.isin([ALL, REST]), "“" + known + "”")
    return tables.take("members", documents.assign(author=known, grouped_by=group_by))


def groups_of(members: pd.DataFrame) -> pd.Series:
    """The group of every document, by doc_id."""
    return members.set_index("doc_id")["author"]


def pairs_of(groups: int, max_paired: int, *, rest_of_two: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the groups to compare: every two, and each with the rest, which has `groups` + its number.

    Of more than `max_paired` groups, each with the rest alone. Of two groups the other one is the rest,
    and is told as such only if wanted.
    """
    alone = np.arange(groups)
    one, other = every_two(groups, max_paired)
    if groups < _TWO or (groups == _TWO and not rest_of_two):
        return one, other
    return np.append(one, alone), np.append(other, groups + alone)


def every_two(groups: int, max_paired: int) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of every two of so many groups; of more than `max_paired` (and two) groups none."""
    return np.triu_indices(groups if groups <= max(max_paired, _TWO) else 0, 1)
