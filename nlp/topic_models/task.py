"""What is given to a topic model, and what it says of passages."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Array = NDArray[np.float64]


class Task(NamedTuple):
    """What a model is fitted to, and how."""

    counts: sparse.csr_array  # passages x terms: how often each term is found
    idf: Array  # inverse document frequency of each term
    n_topics: int
    seed: int
    passes: int  # over the passages; not for nmf, which goes on until nothing changes
    guides: tuple[NDArray[np.int64], ...] = ()  # of the first topics: the columns of their seed words
    guide_weight: float = 0.0  # of the seed words of a topic together, beside all words of the passages


class Mixtures(NamedTuple):
    """Of which topics passages are made: passages x topics."""

    weights: Array  # rows sum to 1, or are 0 where no topic has any of the passage's terms
    variances: Array  # of the weights' posterior distribution; 0 where a model has none
