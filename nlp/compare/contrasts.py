"""Each author against all others."""

import pandas as pd

from nlp import tables
from nlp.params import CompareParams
from nlp.stats import adjust, keyness


def contrast(counts: pd.DataFrame, params: CompareParams) -> pd.DataFrame:
    """Evidence and size of every difference between an author and the rest: table `contrasts`.

    Features rarer than `min_count` in the whole corpus are left out. Empty with a single author.
    Counts enter the test at the size that they are worth (Rao & Scott 1992), which differs from the
    count itself for frames only: their sentences were drawn in blocks.
    """
    known = counts[(counts["total"] > 0) & (counts["size"] > 0)]
    rows = known.assign(worth_count=known["share"] * known["size"], worth_total=known["size"])
    for column in ("count", "total", "worth_count", "worth_total"):
        sums = rows.groupby(["kind", "feature"])[column].transform("sum")
        rows[f"other_{column}"] = sums - rows[column]
    together = rows["count"] + rows["other_count"]
    rows = rows[(together >= params.min_count) & (rows["other_total"] > 0)]
    numbers = ("worth_count", "worth_total", "other_worth_count", "other_worth_total")
    found = keyness(*(rows[it].to_numpy(dtype=float) for it in numbers), confidence=params.confidence)
    rows = rows.assign(rate=rows["share"], **found._asdict())
    rows["q"] = rows.groupby("kind")["p"].transform(lambda p: adjust(p.to_numpy()))
    return tables.take("contrasts", rows)
