"""Pure numbers, without tables. Each function names its source and its weakness."""

from nlp.stats.association import npmi
from nlp.stats.bootstrap import draws, percentiles, seeded
from nlp.stats.contrasts import Contrast, Ground, contrast, ground
from nlp.stats.dispersion import deviation_of_proportions
from nlp.stats.distances import Distance, distance, distance_of_shares, divergence, from_draws, no_distance
from nlp.stats.diversity import ari, expected_types, lix, types_interval
from nlp.stats.intervals import Interval, clustered, wider, wilson
from nlp.stats.keyness import Keyness, keyness
from nlp.stats.means import mean_interval
from nlp.stats.multiplicity import adjust
from nlp.stats.quality import average_precision, calibration_error
from nlp.stats.ratios import mean_of_known, ratios
from nlp.stats.scaling import Map, classical_scaling
from nlp.stats.segments import GROUPS, TEXTS, Segments

__all__ = [
    "GROUPS",
    "TEXTS",
    "Contrast",
    "Distance",
    "Ground",
    "Interval",
    "Keyness",
    "Map",
    "Segments",
    "adjust",
    "ari",
    "average_precision",
    "calibration_error",
    "classical_scaling",
    "clustered",
    "contrast",
    "deviation_of_proportions",
    "distance",
    "distance_of_shares",
    "divergence",
    "draws",
    "expected_types",
    "from_draws",
    "ground",
    "keyness",
    "lix",
    "mean_interval",
    "mean_of_known",
    "no_distance",
    "npmi",
    "percentiles",
    "ratios",
    "seeded",
    "types_interval",
    "wider",
    "wilson",
]
