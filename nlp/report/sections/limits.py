"""How much of a table the page shows: it must stay readable, however large the corpus."""

from collections.abc import Sequence

import pandas as pd

ACROSS = 12  # groups that stand in columns; more go down the rows
GROUPS = 100  # groups shown at most, those with the most words
ROWS = 1200  # of a list that is as long as the corpus is large


def strongest(ranked: pd.DataFrame, by: Sequence[str], *, each: int, most: int = ROWS) -> pd.DataFrame:
    """The first rows of each part, `each` at most, and of these the first `most`; in the order given."""
    return ranked.groupby(list(by), sort=False).head(each).head(most)
