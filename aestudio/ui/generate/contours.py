"""Where points are dense: a smoothed count, and lines around shares of the points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

BINS = 96
BLUR = 2.0
"""The standard deviation of the smoothing, in bins."""
# Corners of a cell are numbered anticlockwise from its lower left; edge n goes from corner n to the next. For each
# pattern of corners above the level (bit n for corner n), the pairs of edges that its lines join.
_LINES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),),
    2: ((0, 1),),
    3: ((3, 1),),
    4: ((1, 2),),
    5: ((3, 0), (1, 2)),
    6: ((0, 2),),
    7: ((3, 2),),
    8: ((2, 3),),
    9: ((2, 0),),
    10: ((0, 1), (2, 3)),
    11: ((2, 1),),
    12: ((1, 3),),
    13: ((1, 0),),
    14: ((0, 3),),
}


def density(places: NDArray[np.float32], box: Box, bins: int = BINS, blur: float = BLUR) -> Floats:
    """Return how dense points (N, 2) are, (bins, bins), rows upwards: a histogram smoothed by a Gaussian.

    Its sum is the number of points within ``box`` (left, bottom, right, top), less what the blur moves over the edge.
    """
    left, bottom, right, top = box
    counts, _, _ = np.histogram2d(places[:, 1], places[:, 0], bins, ((bottom, top), (left, right)))
    reach = int(np.ceil(3 * blur))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / blur) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        counts = np.apply_along_axis(np.convolve, axis, counts, kernel, "same")
    return counts


def level_around(field: Floats, share: float) -> float:
    """Return the value above which a ``share`` (0..1) of a density's whole lies; infinite where there is nothing."""
    values = np.sort(field.ravel())[::-1]
    total = values.sum()
    if total <= 0:
        return float("inf")
    return float(values[min(int(np.searchsorted(values.cumsum(), share * total)), len(values) - 1)])


def isolines(field: Floats, level: float, box: Box) -> Floats:
    """Return the segments (M, 2, 2) of the lines at which a field (rows, columns) passes a level, by marching squares.

    A field's values lie in the middles of the cells that ``box`` is cut into; ends are (x, y), linear between values.
    """
    above = field > level
    corners = above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1]
    pattern = np.stack([corner.astype(np.uint8) << n for n, corner in enumerate(corners)]).sum(0)
    segments = []
    for number, lines in _LINES.items():
        rows, columns = np.nonzero(pattern == number)
        if len(rows):
            for one, other in lines:
                ends = [_crossing(field, level, rows, columns, edge) for edge in (one, other)]
                segments.append(np.stack(ends, axis=1))
    if not segments:
        return np.zeros((0, 2, 2))
    left, bottom, right, top = box
    height, width = field.shape
    scale = np.array([(right - left) / width, (top - bottom) / height])
    placed: Floats = (np.concatenate(segments) + 0.5) * scale + np.array([left, bottom])
    return placed


def _crossing(field: Floats, level: float, rows: NDArray[np.intp], columns: NDArray[np.intp], edge: int) -> Floats:
    """Return where (column, row) the line crosses an edge of each cell."""
    (row, column), (row2, column2) = (((0, 0), (0, 1), (1, 1), (1, 0))[n % 4] for n in (edge, edge + 1))
    start, end = field[rows + row, columns + column], field[rows + row2, columns + column2]
    share = (level - start) / (end - start)
    return np.stack([columns + column + share * (column2 - column), rows + row + share * (row2 - row)], axis=1)
