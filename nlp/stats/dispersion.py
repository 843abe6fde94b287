"""How evenly a feature is strewn over the parts of a corpus."""

import numpy as np
from scipy import sparse


def deviation_of_proportions(counts: sparse.csr_array, sizes: np.ndarray) -> np.ndarray:
    """Normalised deviation of proportions (Gries 2008; Lijffijt & Gries 2012), of each feature.

    `counts` is parts x features, `sizes` the words of the parts. 0: each part has the share of the
    occurrences that it has of the words; 1: all are in the smallest part. Before it is normalised, it is
    the share of the occurrences that would have to be elsewhere to be spread evenly; a measure by
    Kullback-Leibler divergence, which Gries took up later, ranks words much alike but has no such
    reading. Rare features cannot but be uneven: compare only those of like counts. Unknown (NaN) for
    what is not found, and with a single part.
    """
    known = sizes > 0
    counts, share = sparse.csr_array(counts)[known], sizes[known] / sizes.sum()
    if len(share) < 2:
        return np.full(counts.shape[1], np.nan)
    total = counts.sum(axis=0).astype(float)
    entries = counts.tocoo()
    expected = share[entries.row]
    off = np.abs(entries.data / total[entries.col] - expected) - expected
    deviation = (1 + np.bincount(entries.col, off, counts.shape[1])) / 2
    return np.where(total > 0, deviation / (1 - share.min()), np.nan)
