"""Where a result counts: a coarse grey picture spread over the fine one, the same for files and on the screen."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # numpy takes a tenth of a second to load: the window is painted without it
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

LONGEST = 1024
"""Points along the longer side of a mask: fine enough for a brush, and its edge is smooth in between."""
WIDEST_FEATHER = 0.1
COARSE = 2
"""Points of a soft edge's reach from which half as many do."""


@dataclass(frozen=True)
class Mask:
    """``data`` is ``height`` rows of ``width`` grey values, zlib-compressed: 255 where a result counts.

    ``feather`` is how soft its edge is, in shares of the longer side (0..0.1); ``inverted`` turns inside out.
    """

    width: int
    height: int
    data: bytes
    feather: float = 0.01
    inverted: bool = False

    def __post_init__(self) -> None:
        if not (0 < self.width <= LONGEST and 0 < self.height <= LONGEST and 0 <= self.feather <= WIDEST_FEATHER):
            raise ValueError("not a mask")

    def rows(self) -> bytes:
        """Return the grey values, row by row. Raises ValueError where they are damaged."""
        size = self.width * self.height
        try:
            # no more than is wanted, whatever a file claims
            values = zlib.decompressobj().decompress(self.data, size + 1)
        except zlib.error as cause:
            raise ValueError("not a mask") from cause
        if len(values) != size:
            raise ValueError("not a mask")
        return values

    def to_plain(self) -> dict[str, Any]:
        """Return the mask as JSON can hold it."""
        return {**vars(self), "data": base64.b64encode(self.data).decode("ascii")}

    @classmethod
    def from_plain(cls, values: object) -> Mask | None:
        """Return the mask in a file, or None where it is none."""
        try:
            assert isinstance(values, dict)
            mask = cls(**{**values, "data": base64.b64decode(values["data"], validate=True)})
            mask.rows()
        except (AssertionError, KeyError, TypeError, ValueError):
            return None
        return mask

    def weights(self, x: int, y: int, shape: tuple[int, int], size: tuple[int, int], level: int = 0) -> Floats:
        """Return how much the result counts, 0..1, for a piece at (x, y) of a picture of ``size`` (width, height).

        ``shape`` is the piece's (height, width), shrunk 2**level times; the answer is (height, width, 1), linear
        between the points of the mask.
        """
        import numpy as np

        plane = _soft(self)
        for axis, (start, count, length) in enumerate(((y, shape[0], size[1]), (x, shape[1], size[0]))):
            points = plane.shape[axis]
            at = (start + (np.arange(count) + 0.5) * 2**level) / length * points - 0.5
            at = np.clip(at, 0, points - 1)
            first = np.minimum(at.astype(np.intp), max(0, points - 2))
            share = (at - first).astype(np.float32).reshape((-1, 1) if axis == 0 else (1, -1))
            low, high = (np.take(plane, n, axis=axis) for n in (first, np.minimum(first + 1, points - 1)))
            plane = low + share * (high - low)
        return plane[..., None]


@lru_cache(maxsize=4)
def _soft(mask: Mask) -> Floats:
    """Return the mask's values (height, width), 0..1, with its soft edge: three means are nearly a Gaussian."""
    import numpy as np

    plane = np.frombuffer(mask.rows(), np.uint8).reshape(mask.height, mask.width).astype(np.float32) / np.float32(255)
    radius = mask.feather * max(mask.width, mask.height) / 2
    while radius >= COARSE and min(plane.shape) > 1:
        # what is made smooth needs fewer points
        plane, radius = _half(plane), radius / 2
    for _ in range(3):
        plane = _mean(_mean(plane, round(radius)).T, round(radius)).T
    return 1 - plane if mask.inverted else plane


def _half(plane: Floats) -> Floats:
    """Return the means of 2 x 2 points; an odd last row or column counts twice."""
    import numpy as np

    height, width = plane.shape
    even = np.pad(plane, ((0, height % 2), (0, width % 2)), mode="edge")
    rows = even[0::2] + even[1::2]
    means = (rows[:, 0::2] + rows[:, 1::2]) / np.float32(4)
    return means.astype(np.float32, copy=False)


def _mean(plane: Floats, radius: int) -> Floats:
    """Return the mean of each point and ``radius`` others above and below it; the first and last rows go on."""
    import numpy as np

    if not radius:
        return plane
    total = np.cumsum(np.pad(plane, ((radius + 1, radius), (0, 0)), mode="edge"), axis=0, dtype=np.float32)
    mean = (total[2 * radius + 1 :] - total[: -2 * radius - 1]) / np.float32(2 * radius + 1)
    return mean.astype(np.float32, copy=False)
