"""A picture in pieces, each with its half-size versions: what the canvas paints. Qt-free.

Pieces are kept as they arrive (no copy into a whole picture), so that a tile shows the moment it
comes and a zoomed-out view reads a small level instead of every pixel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # numpy takes a tenth of a second to load: the window is painted without it, and it is
    # there by the time that the first tile is
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

SMALLEST_SIDE = 16


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


@dataclass
class Piece:
    """One tile: its place in the picture, its levels (0: every pixel), the job that it came from."""

    x: int
    y: int
    width: int
    height: int
    levels: list[Pixels]
    job: str

    def level(self, number: int) -> Pixels:
        """Return the pixels shrunk 2**number times, or the smallest there is."""
        return self.levels[min(number, len(self.levels) - 1)]

    @property
    def nbytes(self) -> int:
        """Bytes of all levels."""
        return sum(level.nbytes for level in self.levels)


class TilePyramid:
    """The pieces of one picture of ``width`` x ``height`` pixels, and a small whole of it for the gaps."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.preview: Pixels | None = None
        self._pieces: dict[tuple[int, int], Piece] = {}

    def __len__(self) -> int:
        return len(self._pieces)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return sum(p.nbytes for p in self._pieces.values()) + (0 if self.preview is None else self.preview.nbytes)

    def put(self, x: int, y: int, pixels: Pixels, job: str = "") -> Piece:
        """Keep the piece whose top left is (x, y); it replaces one of the same place. Returns it."""
        # All levels are made now, a few milliseconds a tile, so that no later paint has to make hundreds.
        levels = [pixels if pixels.flags.c_contiguous else pixels.copy()]
        while min(levels[-1].shape[:2]) > SMALLEST_SIDE:
            levels.append(half(levels[-1]))
        height, width = pixels.shape[:2]
        piece = Piece(x, y, width, height, levels, job)
        # Taken out first, so that the newest is painted last where two grids overlap.
        self._pieces.pop((x, y), None)
        self._pieces[x, y] = piece
        return piece

    def keep_only(self, job: str) -> None:
        """Drop the pieces of other jobs: their grid or settings are of the past."""
        self._pieces = {k: p for k, p in self._pieces.items() if p.job == job}

    def clear(self) -> None:
        """Drop all pieces; the preview stays."""
        self._pieces.clear()

    def within(self, left: float, top: float, right: float, bottom: float) -> Iterator[Piece]:
        """Yield the pieces that touch a rectangle, oldest first."""
        for piece in self._pieces.values():
            if piece.x < right and piece.x + piece.width > left and piece.y < bottom and piece.y + piece.height > top:
                yield piece

    def covers(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Return whether pieces fill a rectangle of the picture (exact where pieces do not overlap)."""
        left, top = max(left, 0), max(top, 0)
        right, bottom = min(right, self.width), min(bottom, self.height)
        area = 0.0
        for p in self.within(left, top, right, bottom):
            area += (min(right, p.x + p.width) - max(left, p.x)) * (min(bottom, p.y + p.height) - max(top, p.y))
        return area >= (right - left) * (bottom - top) - 1e-6


def level_for(zoom: float) -> int:
    """Return the level to paint at ``zoom`` screen pixels per picture pixel: the smallest that is not enlarged."""
    level = 0
    while zoom <= 0.5:
        zoom *= 2
        level += 1
    return level
