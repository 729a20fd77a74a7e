"""A picture in pieces, each with its half-size versions: what the canvas paints. Qt-free.

Pieces are kept as they arrive (no copy into a whole picture), so that a tile shows the moment it
comes and a zoomed-out view reads a small level instead of every pixel. A piece may come at any level;
where all of them together are too large, fine levels out of sight go first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aestudio.imageio.halve import half

if TYPE_CHECKING:
    from aestudio.imageio.halve import Pixels

SMALLEST_SIDE = 16
COARSE_LEVEL = 3
"""What is left of a piece out of sight where room is needed: an eighth of its size."""
LAYER_BYTES = 96 * 2**20
"""Pixels of one layer that are kept; what is out of sight is dropped first and asked for again."""

Box = tuple[float, float, float, float]


@dataclass
class Piece:
    """One tile: its place and size in the picture, its levels from ``finest`` on, and what it belongs to.

    Level n is the pixels shrunk 2**n times; ``number`` is the tile's own in its grid, or -1 of a part of one.
    """

    x: int
    y: int
    width: int
    height: int
    finest: int
    levels: list[Pixels]
    job: str
    number: int = -1

    def level(self, number: int) -> tuple[int, Pixels]:
        """Return (n, pixels) of the level asked for, or of the nearest that is there."""
        index = min(max(number - self.finest, 0), len(self.levels) - 1)
        return self.finest + index, self.levels[index]

    def coarsen(self, number: int) -> None:
        """Drop the levels finer than ``number``; the coarsest stays."""
        drop = min(max(number - self.finest, 0), len(self.levels) - 1)
        self.levels, self.finest = self.levels[drop:], self.finest + drop

    def touches(self, box: Box) -> bool:
        """Return whether the piece lies in (left, top, right, bottom) of the picture, if only in part."""
        left, top, right, bottom = box
        return self.x < right and self.x + self.width > left and self.y < bottom and self.y + self.height > top

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

    def put(
        self,
        x: int,
        y: int,
        pixels: Pixels,
        job: str = "",
        level: int = 0,
        size: tuple[int, int] | None = None,
        number: int = -1,
    ) -> Piece:
        """Keep the piece whose top left is (x, y); it replaces one of the same place. Returns it.

        ``pixels`` are shrunk 2**level times; ``size`` is the piece's (width, height) in the picture, which
        is that of the pixels at level 0.
        """
        # All levels are made now, a few milliseconds a tile, so that no later paint has to make hundreds.
        levels = [pixels if pixels.flags.c_contiguous else pixels.copy()]
        while min(levels[-1].shape[:2]) > SMALLEST_SIDE:
            levels.append(half(levels[-1]))
        width, height = size or (pixels.shape[1], pixels.shape[0])
        piece = Piece(x, y, width, height, level, levels, job, number)
        if number >= 0:
            self._drop_parts(piece)
        # Taken out first, so that the newest is painted last where two grids overlap.
        self._pieces.pop((x, y), None)
        self._pieces[x, y] = piece
        return piece

    def _drop_parts(self, whole: Piece) -> None:
        """Let go of what came ahead of a piece, and is a part of it."""
        for key, piece in list(self._pieces.items()):
            x, y = piece.x - whole.x, piece.y - whole.y
            inside = x >= 0 and y >= 0 and x + piece.width <= whole.width and y + piece.height <= whole.height
            if piece.number < 0 and piece.job == whole.job and inside:
                del self._pieces[key]

    def at(self, x: int, y: int) -> Piece | None:
        """Return the piece whose top left is (x, y), or None."""
        return self._pieces.get((x, y))

    def keep_only(self, job: str) -> None:
        """Drop the pieces of other jobs: their grid or settings are of the past."""
        self._pieces = {k: p for k, p in self._pieces.items() if p.job == job}

    def keep_like(self, other: TilePyramid) -> None:
        """Drop the pieces that ``other`` does not have of the same job."""
        kept = ((k, p, other.at(*k)) for k, p in self._pieces.items())
        self._pieces = {k: p for k, p, its in kept if its is not None and its.job == p.job}

    def clear(self) -> None:
        """Drop all pieces; the preview stays."""
        self._pieces.clear()

    def trim(self, limit: int, view: Box) -> None:
        """Come below ``limit`` bytes, if that can be: what is out of ``view`` is coarsened, then dropped."""
        total = self.nbytes
        outside = [(k, p) for k, p in self._pieces.items() if not p.touches(view)]
        for _, piece in outside:
            if total <= limit:
                return
            total -= piece.nbytes
            piece.coarsen(COARSE_LEVEL)
            total += piece.nbytes
        for key, piece in outside:
            if total <= limit:
                return
            total -= piece.nbytes
            del self._pieces[key]

    def complete(self, level: int, box: Box, job: str) -> bool:
        """Return whether pieces of ``job``, as fine as ``level``, fill ``box``."""
        return self.covers(*box) and all(p.finest <= level and p.job == job for p in self.within(*box))

    def at_least(self, level: int, box: Box, job: str) -> tuple[int, ...]:
        """Return the numbers of the pieces of ``job`` in ``box`` that are as fine as ``level``."""
        return tuple(p.number for p in self.within(*box) if p.finest <= level and p.job == job)

    def within(self, left: float, top: float, right: float, bottom: float) -> Iterator[Piece]:
        """Yield the pieces that touch a rectangle, oldest first."""
        box = (left, top, right, bottom)
        return (piece for piece in self._pieces.values() if piece.touches(box))

    def covers(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Return whether pieces fill every pixel that a rectangle touches (exact where pieces do not overlap)."""
        x0, y0 = max(math.floor(left), 0), max(math.floor(top), 0)
        x1, y1 = min(math.ceil(right), self.width), min(math.ceil(bottom), self.height)
        area = 0
        for p in self.within(x0, y0, x1, y1):
            area += (min(x1, p.x + p.width) - max(x0, p.x)) * (min(y1, p.y + p.height) - max(y0, p.y))
        return area >= max(x1 - x0, 0) * max(y1 - y0, 0)


def level_for(zoom: float) -> int:
    """Return the level to paint at ``zoom`` screen pixels per picture pixel: the smallest that is not enlarged."""
    level = 0
    while zoom <= 0.5:
        zoom *= 2
        level += 1
    return level
