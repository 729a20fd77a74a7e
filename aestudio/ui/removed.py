"""What a restoration took away, made visible: the difference of before and after, amplified around grey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aestudio.ui.mixed import Mixed

if TYPE_CHECKING:
    from aestudio.imageio.mix import Floats, Pixels

GAINS = (2, 4, 8, 16, 32)


def difference(before: Pixels, after: Pixels, gain: float) -> Pixels:
    """Return 128 + gain * (before - after), clipped: grey where nothing was removed, uint8 like both."""
    import numpy as np

    amplified = np.subtract(before, after, dtype=np.float32)
    amplified *= gain
    amplified += 128.5
    return np.clip(amplified, 0, 255, out=amplified).astype(np.uint8)


class Removed(Mixed):
    """A layer of what the mixed result takes away from the original."""

    _gain = 8.0

    def set_gain(self, gain: float) -> None:
        """Amplify differences by ``gain``."""
        self._gain = gain
        self.renew()

    def make(self, before: Pixels, after: Pixels, texture: Pixels | None, weights: Floats | None) -> Pixels:
        return difference(before, super().make(before, after, texture, weights), self._gain)
