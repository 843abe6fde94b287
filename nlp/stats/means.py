"""Intervals of means whose parts come in segments."""

import numpy as np
from scipy import special

from nlp.stats.intervals import Interval
from nlp.stats.segments import Segments, drawn, spread


def mean_interval(segments: Segments, *, min_documents: int, confidence: float) -> Interval:
    """Interval of the mean of each feature, sums over sizes, in one group: words in a sentence, say.

    `counts` are the sums of each segment, `sizes` what they are means over. Linearised variance of a
    ratio (Cochran 1977, section 6.4) with a t quantile, over segments within documents or, from
    `min_documents` on, over documents. A little too narrow for few segments and skewed sums. Unknown
    (NaN) where no stratum has two units.
    """
    units, stratum, _ = drawn(segments, np.unique(segments.group), min_documents=min_documents)
    found = spread(units, stratum)
    if len(units.sizes) == 0 or found.freedom[-1] < 1:
        return Interval(*np.full((2, segments.counts.shape[1]), np.nan))
    total, shown = np.asarray(units.counts.sum(axis=0)), found.counts[[-1]].toarray()[0]
    # Documents of a single segment show no variance; they are taken to vary as the others do.
    scale = np.divide(total, shown, out=np.ones_like(total), where=shown > 0)
    error = np.sqrt(found.variance[[-1]].toarray()[0] * scale)
    half = -special.stdtrit(found.freedom[-1], (1 - confidence) / 2) * error / units.sizes.sum()
    mean = total / units.sizes.sum()
    return Interval(np.maximum(mean - half, 0), mean + half)
