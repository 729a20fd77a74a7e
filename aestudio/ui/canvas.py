"""One picture on the canvas: its facts, its layers of pixels and what they show."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from aestudio.jobs.events import Failed, Judged, Loaded, Started, TileReady
from aestudio.jobs.spec import Restoration
from aestudio.jobs.stamps import Stamp
from aestudio.ui.widgets.tile_pyramid import TilePyramid

KEPT_BYTES = 200 * 2**20
"""Pixels of pictures that are not on the canvas, kept so that going back to them is instant."""


@dataclass
class Canvas:
    """What is known and shown of one picture.

    ``done`` is the restoration that the engine holds wholly; ``shown`` is the one that ``after`` shows, whose
    pieces carry ``tag``; ``pace`` is how many seconds a megapixel of the picture took in each of them. ``failed`` is
    the one that ended in ``failure``; None where the file could not be loaded. ``stamp`` is that of the file which is
    shown or being read, where it is known.
    """

    path: Path
    stamp: Stamp | None = None
    facts: Loaded | None = None
    base: TilePyramid | None = None
    before: TilePyramid | None = None
    after: TilePyramid | None = None
    texture: TilePyramid | None = None
    loaded: bool = False
    started: Started | None = None
    judged: Judged | None = None
    done: Restoration | None = None
    shown: Restoration | None = None
    tag: int = 0
    pace: list[float] = field(default_factory=list)
    stopped: Restoration | None = None
    failure: Failed | None = None
    failed: Restoration | None = None

    @property
    def nbytes(self) -> int:
        """Bytes of pixels held."""
        return sum(layer.nbytes for layer in (self.base, self.before, self.after, self.texture) if layer is not None)

    def forgive(self, wanted: Restoration | None) -> bool:
        """Let go of a failure of other settings than are wanted now, and say so: these may well work."""
        if self.failure is None or not self.loaded or wanted == self.failed:
            return False
        self.failure = None
        return True

    def size_layers(self, size: tuple[int, int]) -> bool:
        """Make layers for a result of that size, and say so; those that fit stay, and with them what they show."""
        if self.after is not None and (self.after.width, self.after.height) == size:
            return False
        self.after, self.before, self.texture = TilePyramid(*size), TilePyramid(*size), TilePyramid(*size)
        return True

    def put(self, tile: TileReady) -> list[TilePyramid]:
        """Put a tile of the result into the layers that it has pixels for; return those."""
        place = (tile.level, (tile.width, tile.height), tile.number)
        pieces = ((self.before, tile.before), (self.texture, tile.texture), (self.after, tile.after))
        filled = []
        for layer, pixels in pieces:
            if layer is not None and pixels is not None:
                layer.put(tile.x, tile.y, pixels, str(self.tag), *place)
                filled.append(layer)
        return filled

    def note_pace(self, tile: TileReady, restoration: Restoration) -> None:
        """Remember how long a tile took, where it was computed for this look."""
        if tile.seconds > 0 and self.facts is not None:
            scale = restoration.factor(self.facts.width, self.facts.height)
            megapixels = tile.width * tile.height / scale**2 / 1e6
            self.pace.append(tile.seconds / megapixels)

    def drop_stale(self) -> None:
        """Let go of the pieces of earlier results."""
        for layer in (self.before, self.texture, self.after):
            if layer is not None:
                layer.keep_only(str(self.tag))


def make_room(canvases: dict[Path, Canvas], front: Canvas) -> None:
    """Let go of the pictures that were shown longest ago, but for the one in front, where all are too large."""
    total = sum(canvas.nbytes for canvas in canvases.values())
    for path, canvas in list(canvases.items()):
        if total <= KEPT_BYTES or canvas is front:
            return
        total -= canvas.nbytes
        del canvases[path]
