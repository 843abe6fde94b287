"""A table document by document, without looking through all of it for each."""

from collections.abc import Sequence

import pandas as pd


class ByDocument:
    """`found[doc_id]` has the rows of a document in their order, maybe none; all columns unless told."""

    def __init__(self, table: pd.DataFrame, columns: Sequence[str] | None = None) -> None:
        self._table = table if columns is None else table[list(columns)]
        self._rows = table.groupby("doc_id", sort=False).indices

    def __getitem__(self, doc_id: str) -> pd.DataFrame:
        return self._table.iloc[self._rows.get(doc_id, [])]
