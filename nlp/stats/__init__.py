"""Pure numbers, without tables. Each function names its source and its weakness."""

from nlp.stats.association import npmi
from nlp.stats.bootstrap import draws, percentiles
from nlp.stats.intervals import Interval, clustered, wider, wilson
from nlp.stats.keyness import Keyness, keyness
from nlp.stats.multiplicity import adjust
from nlp.stats.quality import average_precision, calibration_error
from nlp.stats.ratios import mean_of_known, ratios

__all__ = [
    "Interval",
    "Keyness",
    "adjust",
    "average_precision",
    "calibration_error",
    "clustered",
    "draws",
    "keyness",
    "mean_of_known",
    "npmi",
    "percentiles",
    "ratios",
    "wider",
    "wilson",
]
