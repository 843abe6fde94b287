"""Samples of whole clusters, and the intervals they give."""

import hashlib

import numpy as np
import pandas as pd


def draws(strata: pd.Series, clusters: pd.Series, *, replicates: int, seed: int) -> np.ndarray:
    """How often each unit is drawn: in the sample as it is, then in bootstrap samples of whole clusters.

    `strata` and `clusters` name those of each unit; shape of the result: (1 + replicates) x units, the
    first row ones. In every replicate each stratum has as many clusters as it has (Davison & Hinkley
    1997, section 3.8).
    """
    draw = np.random.default_rng(seed)
    weights = np.ones((1 + replicates, len(strata)))
    for rows in pd.RangeIndex(len(strata)).groupby(strata.to_numpy()).values():
        codes, names = pd.factorize(clusters.to_numpy()[rows], sort=True)
        drawn = draw.multinomial(len(names), np.full(len(names), 1 / len(names)), size=replicates)
        weights[1:, rows] = drawn[:, codes]
    return weights


def percentiles(replicates: np.ndarray, *, confidence: float) -> tuple[float, float]:
    """The interval between the outer percentiles of those replicates that are known; NaN if none is.

    Too narrow for few clusters, and of no width where nothing differs: a sample without an error does
    not prove that there is none.
    """
    known = replicates[~np.isnan(replicates)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, [50 * (1 - confidence), 50 * (1 + confidence)])
    return float(low), float(high)


def seeded(seed: int, *names: str) -> np.random.Generator:
    """A generator of its own for what has these names: others that come or go change no draw of it."""
    told = hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass")).digest()
    return np.random.default_rng([seed, *np.frombuffer(told, dtype="<u4").tolist()])
