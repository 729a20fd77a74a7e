"""What is in sight of a picture and its layers, and what of it is not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aestudio.jobs.spec import View
from aestudio.ui.widgets.tile_pyramid import Box, TilePyramid, level_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from aestudio.jobs.spec import Restoration
    from aestudio.ui.canvas import Canvas

Sight = tuple[Box, float]
"""What is in sight of the picture on the canvas, in its pixels, and screen pixels for each of them."""


class InSight:
    """``sight`` says what is in sight of the picture that ``front`` gives; others are looked at as a whole.

    ``serial`` is the number of the last :meth:`view` that was made, which tells answers to older ones apart.
    """

    def __init__(self, sight: Callable[[], Sight], front: Callable[[], Canvas | None]) -> None:
        self._sight, self._front = sight, front
        self.serial = 0

    def box(self, canvas: Canvas, layer: TilePyramid) -> Box:
        """Return what is in sight in a layer's own pixels; all of it while that is not known."""
        (left, top, right, bottom), _ = self._sight()
        whole = layer if canvas.after is None else canvas.after
        if canvas is not self._front() or right <= left or bottom <= top:
            return 0.0, 0.0, float(layer.width), float(layer.height)
        x, y = layer.width / whole.width, layer.height / whole.height
        return left * x, top * y, min(right * x, float(layer.width)), min(bottom * y, float(layer.height))

    def level(self, canvas: Canvas, layer: TilePyramid) -> int:
        """Return the level at which a layer is looked at."""
        _, zoom = self._sight()
        whole = layer if canvas.after is None else canvas.after
        return level_for(zoom * whole.width / layer.width)

    def lacks(self, canvas: Canvas, restoration: Restoration) -> bool:
        """Return whether something in sight of a result is not there, or too coarse."""
        after = canvas.after
        if after is None or canvas.shown != restoration:
            return True
        return not after.complete(self.level(canvas, after), self.box(canvas, after), str(canvas.tag))

    def view(self, canvas: Canvas, seen: int) -> View:
        """Return what is in sight of the result, as the engine wants to know it; ``seen`` tiles of it came so far."""
        after = canvas.after
        assert after is not None
        box, level = self.box(canvas, after), self.level(canvas, after)
        tile = canvas.started.tile if canvas.started is not None else 0
        self.serial += 1
        return View(*box, level, after.at_least(level, box, str(canvas.tag)), tile, seen, self.serial)
