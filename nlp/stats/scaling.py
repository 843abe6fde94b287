"""A map of distances."""

from typing import NamedTuple

import numpy as np

_SAME = 1e-6  # eigenvalues as close as this, beside the largest, are one
_CLEAR = 1e-3  # length from which a direction counts as one
_AXES = 2


class Map(NamedTuple):
    """Points in a plane; those without distances are unknown (NaN)."""

    points: np.ndarray  # groups x 2
    stress: float  # how far distances on the map are off (0 to 1)
    shown: float  # share of the variance of the points that the plane shows (0 to 1)


def classical_scaling(distances: np.ndarray) -> Map:
    """Points in a plane that are as far apart as `distances` (groups x groups) say, about.

    Torgerson (1952); `stress` is stress-1 (Kruskal 1964) with the distances as they are; `shown` is the
    part of the two largest eigenvalues in the sum of all, without signs (Mardia, Kent & Bibby 1979,
    eq. 14.4.7). Axes have no meaning. Each is turned so that the first point off its centre lies on the
    positive side; equal eigenvalues leave the axes open and then follow the order of the groups: the
    same map everywhere. Groups without any known distance have no place.
    """
    known = np.flatnonzero(~np.isnan(distances).all(axis=1))
    within = distances[np.ix_(known, known)]
    points = np.full((len(distances), _AXES), np.nan)
    if not len(known) or np.isnan(within).any():
        return Map(points, float("nan"), float("nan"))
    values, axes = _axes(within)
    points[known] = axes * np.sqrt(np.maximum(values[:_AXES], 0))
    total = np.abs(values).sum()
    shown = float(np.maximum(values[:_AXES], 0).sum() / total) if total > 0 else 1.0
    return Map(points, _stress(within, points[known]), shown)


def _axes(distances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eigenvalues, the largest first (two at least), and the first two eigenvectors, points x 2."""
    n = len(distances)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-centre @ distances**2 @ centre / 2)
    values, vectors = values[::-1], vectors[:, ::-1]
    near = _SAME * max(abs(values[0]), abs(values[-1]))
    values = np.where(np.abs(values) <= near, 0.0, values)
    groups = np.append(0, np.cumsum(np.diff(values) < -near))
    found = [_basis(vectors[:, groups == it]) for it in range(groups[-1] + 1)]
    axes = np.zeros((n, _AXES))
    both = np.concatenate(found, axis=1)[:, :_AXES]
    axes[:, : both.shape[1]] = both
    return np.append(values, np.zeros(max(_AXES - n, 0))), axes


def _basis(vectors: np.ndarray) -> np.ndarray:
    """The one basis of a space of eigenvectors that follows the order of the points."""
    found: list[np.ndarray] = []
    for column in (vectors @ vectors.T).T:
        rest = column - sum((it * (it @ column) for it in found), np.zeros(len(column)))
        if (length := np.linalg.norm(rest)) > _CLEAR and len(found) < vectors.shape[1]:
            found.append(rest / length)
    return np.stack(found, axis=1)


def _stress(distances: np.ndarray, points: np.ndarray) -> float:
    mapped = np.linalg.norm(points[:, None] - points[None], axis=2)
    squares = (mapped**2).sum()
    return float(np.sqrt(((distances - mapped) ** 2).sum() / squares)) if squares > 0 else 0.0
