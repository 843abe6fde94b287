"""Rates with intervals."""

import numpy as np
import pandas as pd

from nlp import tables
from nlp.stats import wilson


def rate(counts: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """The share of every author and feature, with its interval, or else Wilson's: table `rates`.

    Nothing is known of an author's rate out of nothing: it is missing, not 0.
    """
    share, total = (counts[name].to_numpy(dtype=float) for name in ("share", "size"))
    size = np.where(total > 0, total, np.nan)
    plain = wilson(share * size, size, confidence=confidence)
    low, high = (
        counts[name].where(counts[name].notna(), end)
        for name, end in zip(("low", "high"), plain, strict=True)
    )
    columns = [counts[name] for name in ("author", "kind", "feature", "count", "total")]
    return tables.make("rates", zip(*columns, share, low, high, strict=True))
