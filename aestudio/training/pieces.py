"""Pieces of pictures: what is kept of a picture that is read while the network learns."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aestudio.training.data import shrink

Pixels = NDArray[np.uint8]
# A picture as it is to become, and the network's input of it where that has a file of its own.
Loaded = tuple[Pixels, Pixels | None]

# A slot of the ring takes pieces of this side, in pixels, where a patch needs no more.
SLOT_SIDE = 512
_MOST_PIECES = 4
# Where the small twin of a piece is cut from a larger one: bicubic's kernel reaches two small pixels.
_MARGIN = 3


@dataclass(frozen=True)
class Cut:
    """How pieces are cut: ``pixels`` of a slot, the shorter side that a picture must have, and the twin's scale."""

    pixels: int
    smallest: int
    scale: int = 1

    def pieces(self, loaded: Loaded, chance: random.Random) -> list[Loaded]:
        """Return up to four pieces of a picture and what the network gets of them; none where it is too small.

        A larger picture gives more, as the root of its area. Without a file of its own the small one is made by
        bicubic, where there is a scale.
        """
        large, small = loaded
        scale = self.scale
        height, width = (n // scale * scale for n in large.shape[:2])
        if min(height, width) < self.smallest:
            return []
        count = min(_MOST_PIECES, max(1, round((height * width / self.pixels) ** 0.5)))
        return [self._piece(large[:height, :width], small, chance) for _ in range(count)]

    def _piece(self, large: Pixels, small: Pixels | None, chance: random.Random) -> Loaded:
        scale = self.scale
        height, width = large.shape[:2]
        side = int(self.pixels**0.5)
        tall = min(height, max(side, self.pixels // width)) // scale * scale
        wide = min(width, self.pixels // tall) // scale * scale
        top, left = (chance.randrange((room) // scale + 1) * scale for room in (height - tall, width - wide))
        piece = np.ascontiguousarray(large[top : top + tall, left : left + wide])
        y, x = top // scale, left // scale
        if small is not None:
            return piece, np.ascontiguousarray(small[y : y + tall // scale, x : x + wide // scale])
        if scale == 1:
            return piece, None
        # the twin is that of the whole picture: its border sees what lies beyond the piece's
        up, before = min(y, _MARGIN), min(x, _MARGIN)
        far = _MARGIN * scale
        around = large[top - up * scale : top + tall + far, left - before * scale : left + wide + far]
        twin = shrink(around, scale)[up : up + tall // scale, before : before + wide // scale]
        return piece, np.ascontiguousarray(twin)
