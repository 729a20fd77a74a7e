"""What a restoration took away, made visible: the difference of before and after, amplified around grey."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from aestudio.ui.widgets.tile_pyramid import LAYER_BYTES, Box, TilePyramid

if TYPE_CHECKING:
    from collections.abc import Callable

    from aestudio.imageio.halve import Pixels
    from aestudio.ui.job_hub import JobHub

GAINS = (2, 4, 8, 16, 32)


def difference(before: Pixels, after: Pixels, gain: float) -> Pixels:
    """Return 128 + gain * (before - after), clipped: grey where nothing was removed, uint8 like both."""
    import numpy as np

    amplified = np.subtract(before, after, dtype=np.float32)
    amplified *= gain
    amplified += 128.5
    return np.clip(amplified, 0, 255, out=amplified).astype(np.uint8)


class Removed(QObject):
    """Keeps a layer of differences in step with two layers while ``on``; one piece a turn, so that nothing waits."""

    changed = Signal(int, int, int, int)
    """A piece of the picture (x, y, width, height) that can be painted anew."""

    def __init__(self, hub: JobHub, in_sight: Callable[[], Box], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub, self._in_sight = hub, in_sight
        self.layer: TilePyramid | None = None
        self._before: TilePyramid | None = None
        self._after: TilePyramid | None = None
        self._on, self._gain, self._strength = False, 8.0, 1.0
        self._waiting: deque[tuple[int, int]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._make_one)

    def set_layers(self, before: TilePyramid | None, after: TilePyramid | None) -> None:
        """Follow these two layers of one size."""
        if before is not self._before or after is not self._after:
            self._before, self._after = before, after
            self._anew()
        elif self.layer is not None and after is not None:
            self.layer.keep_like(after)

    def set_on(self, on: bool) -> None:
        """Begin or end making differences."""
        if on != self._on:
            self._on = on
            self._anew()

    def set_gain(self, gain: float) -> None:
        """Amplify differences by ``gain``."""
        self._gain = gain
        self._refresh()

    def set_strength(self, strength: float) -> None:
        """Show what a result blended by ``strength`` (0..1) takes away."""
        self._strength = strength
        self._refresh()

    def tile_came(self, x: int, y: int) -> None:
        """Make the piece at (x, y) anew."""
        if self._on and self.layer is not None:
            self._waiting.append((x, y))
            self._begin()

    def _anew(self) -> None:
        after = self._after
        self.layer = TilePyramid(after.width, after.height) if self._on and after is not None else None
        self._waiting.clear()
        self._refresh()

    def _refresh(self) -> None:
        if self.layer is not None and self._after is not None:
            whole = (0.0, 0.0, float(self._after.width), float(self._after.height))
            self._waiting = deque((piece.x, piece.y) for piece in self._after.within(*whole))
            self._begin()

    def _begin(self) -> None:
        self._hub.hold(f"removed-{id(self)}")
        self._timer.start()

    def _make_one(self) -> None:
        if not self._waiting or self.layer is None or self._before is None or self._after is None:
            self._waiting.clear()
            self._timer.stop()
            self._hub.release(f"removed-{id(self)}")
            return
        x, y = self._waiting.popleft()
        old, new = self._before.at(x, y), self._after.at(x, y)
        if old is None or new is None:
            return
        finest = max(old.finest, new.finest)
        (level, before), (other, after) = old.level(finest), new.level(finest)
        if level == other and before.shape == after.shape:
            pixels = difference(before, after, self._gain * self._strength)
            self.layer.put(x, y, pixels, new.job, level, (new.width, new.height), new.number)
            self.layer.trim(LAYER_BYTES, self._in_sight())
            self.changed.emit(x, y, new.width, new.height)
