"""Many tests at once."""

import numpy as np


def adjust(p: np.ndarray) -> np.ndarray:
    """p-values corrected for multiple tests under any dependence (Benjamini & Yekutieli 2001)."""
    from scipy.stats import false_discovery_control  # 0.4 s

    return false_discovery_control(p, method="by") if len(p) else p
