"""Which documents are compared with which."""

import pandas as pd

from nlp import tables
from nlp.manifest import ALL, REST

UNKNOWN = "not given"
_FIELDS = {"document": "doc_id"}  # elsewhere the parameter is the column's name


def members_of(documents: pd.DataFrame, group_by: str) -> pd.DataFrame:
    """The documents of each group: table `members`.

    A text by several authors belongs to the label of its manifest entry. Names that tables use for all
    groups or for the rest are put in quotation marks.
    """
    label = documents[_FIELDS.get(group_by, group_by)].astype("str")
    known = label.where(documents[_FIELDS.get(group_by, group_by)].notna() & (label != ""), UNKNOWN)
    known = known.where(~known.isin([ALL, REST]), "“" + known + "”")
    return tables.take("members", documents.assign(author=known, grouped_by=group_by))


def groups_of(members: pd.DataFrame) -> pd.Series:
    """The group of every document, by doc_id."""
    return members.set_index("doc_id")["author"]
