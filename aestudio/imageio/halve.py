"""Pictures at half, a quarter, an eighth of their size: what a zoomed-out view shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # numpy takes a tenth of a second to load: the window is painted without it
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]


def half(pixels: Pixels) -> Pixels:
    """Return (ceil(H/2), ceil(W/2), C) means of 2x2 pixels; an odd last row or column counts twice."""
    import numpy as np

    height, width, _ = pixels.shape
    if height % 2 or width % 2:
        pixels = np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    rows = pixels[0::2].astype(np.uint16)
    rows += pixels[1::2]
    total = rows[:, 0::2] + rows[:, 1::2]
    total += 2
    total >>= 2
    return total.astype(np.uint8)


def at_level(pixels: Pixels, level: int) -> Pixels:
    """Return the pixels halved ``level`` times, but for sides of one pixel."""
    for _ in range(level):
        if max(pixels.shape[:2]) == 1:
            break
        pixels = half(pixels)
    return pixels
