"""How many sentences are drawn of each stratum, with which probabilities, and which ones.

Sources: Tillé, Sampling Algorithms (2006); Deville & Tillé, Unequal probability sampling without
replacement through a splitting method, Biometrika 85 (1998); Hesterberg, Weighted average importance
sampling and defensive mixture distributions, Technometrics 37 (1995).
"""

from collections.abc import Mapping

import numpy as np

_CERTAIN = 1 - 1e-12  # a probability from here on is 1 but for rounding


def allocate(sizes: Mapping[str, int], count: int, *, least: int) -> dict[str, int]:
    """Units to draw from each stratum: in proportion to its size, but at least `least` of each.

    A stratum with fewer units gives all it has; where `count` does not suffice for `least` of each,
    the same lower number holds for all. Rounded by largest remainders, so that they add up to `count`.
    Raises ValueError if there are fewer units than `count`.
    """
    if not 0 <= count <= sum(sizes.values()):
        raise ValueError(f"cannot draw {count} of {sum(sizes.values())}")
    size = np.array(list(sizes.values()), dtype=int)
    floor = np.minimum(_affordable(size, count, least), size)
    share = _shares(size, floor, count)
    whole = np.floor(share + 1e-9).astype(int)
    order = np.argsort(whole - share, kind="stable")
    whole[order[: count - whole.sum()]] += 1
    return dict(zip(sizes, whole.tolist(), strict=True))


def _affordable(size: np.ndarray, count: int, least: int) -> int:
    return max(it for it in range(least + 1) if np.minimum(it, size).sum() <= count)


def _shares(size: np.ndarray, floor: np.ndarray, count: int) -> np.ndarray:
    """Shares of `count` in proportion to size, none below its floor."""
    raised = np.zeros(len(size), dtype=bool)
    while True:
        left = count - floor[raised].sum()
        share = np.where(raised, floor, size * left / max(size[~raised].sum(), 1))
        low = (share < floor) & ~raised
        if not low.any():
            return share
        raised |= low


def mixture(uncertainty: np.ndarray, *, floor: float) -> np.ndarray:
    """Weights of mean 1: `floor` of them alike, the rest in proportion to `uncertainty` (>= 0).

    So no unit's weight is below `floor`, however sure the machine is of it: a defensive mixture
    (Hesterberg 1995). Where nothing is uncertain, all weights are 1.
    """
    mean = uncertainty.mean() if len(uncertainty) else 0.0
    if not mean:
        return np.ones(len(uncertainty))
    return floor + (1 - floor) * uncertainty / mean


def inclusion(weights: np.ndarray, count: int) -> np.ndarray:
    """Probabilities of being among `count` drawn, in proportion to weights > 0; they add up to `count`.

    Where that would take a unit above 1, it is certain to be drawn and the others share the rest
    (Tillé 2006, section 2.10).
    """
    certain = np.full(len(weights), count == len(weights))
    while True:
        left, rest = count - certain.sum(), weights[~certain].sum()
        found = np.where(certain, 1.0, weights * (left / rest if rest else 0.0))
        above = (found >= _CERTAIN) & ~certain
        if not above.any():
            return found
        certain |= above


def pivotal(probabilities: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Which units are drawn (bool), each with just its probability; always as many as these add up to.

    The pivotal method (Deville & Tillé 1998) on units in random order: two units at a time, one of
    them is decided and the other goes on with what is left of both probabilities. With equal
    probabilities this is simple random sampling without replacement.
    """
    left = probabilities.astype(float)
    order = [it for it in random.permutation(len(left)).tolist() if left[it] < _CERTAIN]
    chances = random.random(len(left)).tolist()
    going = order[0] if order else 0
    for chance, other in zip(chances, order[1:], strict=False):
        going = _fight(left, going, other, chance)
    return left > 0.5


def _fight(left: np.ndarray, one: int, other: int, chance: float) -> int:
    """Decide one of two units, and return the undecided one."""
    both = left[one] + left[other]
    if both <= 1:  # one of them is out, the other takes over its probability
        stays, goes = (other, one) if chance * both < left[other] else (one, other)
        left[goes], left[stays] = 0.0, both
    else:  # one of them is drawn, the other keeps the rest
        stays, goes = (other, one) if chance * (2 - both) < 1 - left[other] else (one, other)
        left[goes], left[stays] = 1.0, both - 1
    return stays
