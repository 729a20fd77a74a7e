"""Which tile of a result comes next: those in sight from the middle outwards, then the nearest of the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aestudio.jobs.spec import View

Box = tuple[float, float, float, float]


class Showing:
    """What one job has sent of a grid of tiles, each a box (left, top, right, bottom) of the result.

    ``tile`` names the grid; ``before`` is how many tiles the job had sent of an earlier grid.
    """

    def __init__(self, boxes: Sequence[Box], tile: int, before: int = 0) -> None:
        self.tile = tile
        self._boxes, self._before = boxes, before
        self._sent: list[tuple[int, int]] = []
        self._view: View | None = None
        self._mark = 0

    @property
    def count(self) -> int:
        """How many tiles the job has sent so far, of every grid."""
        return self._before + len(self._sent)

    def next_in(self, view: View) -> int | None:
        """Return the tile nearest the middle of ``view`` that is in it and neither there nor on its way, or None."""
        if view is not self._view:
            self._view, self._mark = view, len(self._sent)
        there = set(view.have) if view.tile == self.tile else set()
        # what was sent for this very view counts as there, whatever an engine that died had sent before
        on_the_way = self._sent[min(max(0, view.seen - self._before), self._mark) :]
        there |= {number for number, level in on_the_way if level <= view.level}
        return self._nearest(view, lambda n: n not in there and touches(self._boxes[n], view))

    def nearest(self, view: View, missing: Callable[[int], bool]) -> int | None:
        """Return the tile nearest the middle of ``view`` that is ``missing``, or None."""
        return self._nearest(view, missing)

    def note(self, number: int, level: int) -> None:
        """Remember that a tile was sent, shrunk 2**level times."""
        self._sent.append((number, level))

    def _nearest(self, view: View, wanted: Callable[[int], bool]) -> int | None:
        x, y = (view.left + view.right) / 2, (view.top + view.bottom) / 2

        def distance(number: int) -> float:
            left, top, right, bottom = self._boxes[number]
            # from the box itself, then from its middle: the tile under the middle comes first
            away = max(left - x, 0, x - right) ** 2 + max(top - y, 0, y - bottom) ** 2
            return away + 1e-6 * (((left + right) / 2 - x) ** 2 + ((top + bottom) / 2 - y) ** 2)

        return min(filter(wanted, range(len(self._boxes))), key=distance, default=None)


def touches(box: Box, view: View) -> bool:
    """Return whether a box is in sight, if only in part."""
    left, top, right, bottom = box
    return left < view.right and right > view.left and top < view.bottom and bottom > view.top
