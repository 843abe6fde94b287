"""Divisions and means that know what is unknown."""

import numpy as np


def ratios(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Part / whole, element by element; unknown (NaN) where there is nothing to divide by."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    return np.divide(part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole != 0)


def mean_of_known(values: np.ndarray) -> np.ndarray:
    """Mean over the first axis of what is known; NaN where nothing is."""
    known = ~np.isnan(values)
    return ratios(np.where(known, values, 0.0).sum(axis=0), known.sum(axis=0))
