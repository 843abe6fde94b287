"""Rates with intervals."""

import pandas as pd

from nlp import tables
from nlp.stats import wilson


def rate(counts: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Count / total for every author and feature, with Wilson's interval: table `rates`."""
    known = counts[counts["total"] > 0]
    count, total = (known[column].to_numpy(dtype=float) for column in ("count", "total"))
    low, high = wilson(count, total, confidence=confidence)
    columns = [known[name] for name in ("author", "kind", "feature", "count", "total")]
    return tables.make("rates", zip(*columns, count / total, low, high, strict=True))
