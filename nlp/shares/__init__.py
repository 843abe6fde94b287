"""Shares in a finite population, from a coded sample of blocks and predictions for every unit.

Three steps: `estimate` each author's shares; learn from all of them together how alike the units of a
block are (`block_correlation`), for a few blocks of one author cannot tell; give the `intervals`.
"""

from nlp.shares.estimation import Cells, estimate, estimates
from nlp.shares.intervals import (
    Correlation,
    Difference,
    Shares,
    block_correlation,
    difference,
    enough,
    first_units,
    intervals,
    intervals_of_sources,
    more_units,
    text_correlation,
)
from nlp.shares.moments import Moments, Sample, moments, others

__all__ = [
    "Cells",
    "Correlation",
    "Difference",
    "Moments",
    "Sample",
    "Shares",
    "block_correlation",
    "difference",
    "enough",
    "estimate",
    "estimates",
    "first_units",
    "intervals",
    "intervals_of_sources",
    "moments",
    "more_units",
    "others",
    "text_correlation",
]
