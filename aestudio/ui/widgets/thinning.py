"""Long curves as few points, which look the same where they are drawn. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

Point = tuple[float, float]
_value = itemgetter(1)


def thinned(points: Sequence[Point], first: float, last: float, columns: int) -> list[Point]:
    """Return at most two of the points (place, value) for each of so many ``columns`` of ``first`` to ``last``.

    They are the least and the greatest of their column, so that a line through them covers the pixels that one through
    all covers. Of what lies outside the ends stay, from and to which the line goes. Places ascend; where they go back
    there are points of both passes.
    """
    scale = columns / (last - first)

    def column(point: Point) -> int:
        at = point[0]
        if first <= at <= last:
            return min(int((at - first) * scale), columns - 1)
        return -1 if at < first else columns

    kept: list[Point] = []
    for number, group in groupby(points, column):
        part = list(group)
        if len(part) <= 2:
            kept += part
        elif 0 <= number < columns:
            # in the order of their places
            kept += sorted((min(part, key=_value), max(part, key=_value)))
        else:
            kept += part[0], part[-1]
    return kept
