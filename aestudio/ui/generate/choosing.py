"""Which points are meant: those within a line, those nearest to another, those of a name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float32]
Numbers = NDArray[np.intp]
_ROWS = 256


def within(places: Places, polygon: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
    """Return which points (N, 2) lie within a closed line, by the even-odd rule; fewer than three corners hold none."""
    inside = np.zeros(len(places), bool)
    if len(polygon) < 3:
        return inside
    corners = np.array(polygon, np.float64)
    low, high = corners.min(0), corners.max(0)
    near = np.flatnonzero(((places >= low) & (places <= high)).all(1))
    x, y = places[near, 0].astype(np.float64), places[near, 1].astype(np.float64)
    odd = np.zeros(len(near), bool)
    for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y0 != y1:
            crosses = (y0 > y) != (y1 > y)
            odd ^= crosses & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    inside[near] = odd
    return inside


def nearest(vectors: NDArray[np.float32], vector: NDArray[np.float32], count: int) -> tuple[Numbers, Places]:
    """Return the numbers of the vectors (N, D) nearest to one (D,), nearest first, and their distances."""
    distances = np.sqrt(np.square(vectors - vector).sum(1))
    count = min(count, len(vectors))
    if count == 0:
        return np.zeros(0, np.intp), np.zeros(0, np.float32)
    found = np.argpartition(distances, count - 1)[:count]
    found = found[np.argsort(distances[found], kind="stable")]
    return found, distances[found].astype(np.float32)


def closest(vectors: NDArray[np.float32], wanted: NDArray[np.float32]) -> Numbers:
    """Return, for each of the wanted vectors (M, D), the number of the one of the vectors (N, D) nearest to it; N > 0.

    By products of matrices, some hundred rows at a time: thousands against thousands take no memory that counts.
    """
    # about their mean, where the differences of large numbers lose least
    middle = vectors.mean(0)
    own = vectors - middle
    lengths = np.square(own).sum(1)
    parts = np.array_split(wanted - middle, range(_ROWS, len(wanted), _ROWS))
    return np.concatenate([(lengths - 2 * (part @ own.T)).argmin(1) for part in parts])


def blend(places: Places, vectors: NDArray[np.float32], x: float, y: float, count: int = 6) -> NDArray[np.float32]:
    """Return the vector of a place between points whose plane stands for nothing itself.

    The mean of those of the nearest points, weighted by the inverse square of the distance (Shepard 1968).
    """
    found, distances = nearest(places, np.array([x, y], np.float32), count)
    weights = 1 / np.maximum(distances.astype(np.float64), 1e-9) ** 2
    mixed: NDArray[np.float32] = ((weights / weights.sum()) @ vectors[found]).astype(np.float32)
    return mixed


def named_like(names: Sequence[str], words: str) -> Numbers:
    """Return the numbers of the names that have every one of the words in them, upper or lower case."""
    wanted = words.casefold().split()
    if not wanted:
        return np.zeros(0, np.intp)
    return np.array([n for n, name in enumerate(names) if all(w in name.casefold() for w in wanted)], np.intp)
