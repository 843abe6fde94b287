"""Each author against all others."""

import pandas as pd

from nlp import tables
from nlp.params import CompareParams
from nlp.stats import adjust, keyness


def contrast(counts: pd.DataFrame, params: CompareParams) -> pd.DataFrame:
    """Evidence and size of every difference between an author and the rest: table `contrasts`.

    Features rarer than `min_count` in the whole corpus are left out. Empty with a single author.
    """
    sums = counts.groupby(["kind", "feature"])[["count", "total"]].transform("sum")
    others = sums - counts[["count", "total"]]
    rows = counts.assign(other_count=others["count"], other_total=others["total"])
    rows = rows[(sums["count"] >= params.min_count) & (rows["total"] > 0) & (rows["other_total"] > 0)]
    numbers = ("count", "total", "other_count", "other_total")
    found = keyness(*(rows[name].to_numpy(dtype=float) for name in numbers), confidence=params.confidence)
    rows = rows.assign(rate=rows["count"] / rows["total"], **found._asdict())
    rows["q"] = rows.groupby("kind")["p"].transform(lambda p: adjust(p.to_numpy()))
    order = list(tables.SCHEMAS["contrasts"].to_schema().columns)
    return tables.make("contrasts", rows[order].itertuples(index=False))
