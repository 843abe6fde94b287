"""Rates with intervals."""

import numpy as np
import pandas as pd

from nlp import tables
from nlp.stats import wilson


def rate(counts: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Count / total for every author and feature, with Wilson's interval: table `rates`.

    Nothing is known of an author's rate out of nothing: it is missing, not 0.
    """
    known = counts["total"] > 0
    total = counts["total"].where(known, np.nan).to_numpy(dtype=float)
    size = counts["size"].where(counts["size"] > 0, np.nan).to_numpy(dtype=float)
    share = counts["count"].to_numpy(dtype=float) / total
    low, high = wilson(share * size, size, confidence=confidence)
    columns = [counts[name] for name in ("author", "kind", "feature", "count", "total")]
    return tables.make("rates", zip(*columns, share, low, high, strict=True))
