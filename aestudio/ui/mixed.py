"""The result as it is mixed into the original: a layer that the window makes of before and after by itself."""

from __future__ import annotations

import time
import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from aestudio.imageio.mix import Mix, blend8
from aestudio.ui.widgets.tile_pyramid import LAYER_BYTES, Box, Piece, TilePyramid, level_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from aestudio.imageio.mix import Floats, Pixels
    from aestudio.ui.job_hub import JobHub

TURN = 0.008
"""Seconds of making pieces before the window has its turn again."""


class Mixed(QObject):
    """Keeps a layer in step with two others of one size while ``on``: what is in sight, as large as it is seen."""

    changed = Signal(int, int, int, int)
    """A piece of the picture (x, y, width, height) that can be painted anew."""

    def __init__(self, hub: JobHub, sight: Callable[[], tuple[Box, float]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub, self._sight = hub, sight
        self.layer: TilePyramid | None = None
        self._before: TilePyramid | None = None
        self._after: TilePyramid | None = None
        self._texture: TilePyramid | None = None
        self._on, self._mix = False, Mix()
        self._edition = 0
        self._made: dict[tuple[int, int], tuple[weakref.ref[Piece], int]] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    def make(self, before: Pixels, after: Pixels, texture: Pixels | None, weights: Floats | None) -> Pixels:
        """Return what is shown of a piece, uint8 like its pixels; ``weights`` are the mask's."""
        return blend8(before, after, texture, self._mix, weights)

    def set_layers(
        self, before: TilePyramid | None, after: TilePyramid | None, texture: TilePyramid | None = None
    ) -> None:
        """Follow these layers."""
        if before is not self._before or after is not self._after:
            self._before, self._after, self._texture = before, after, texture
            self._anew()
        elif self.layer is not None and after is not None:
            self.layer.keep_like(after)
            self.look()

    def set_on(self, on: bool) -> None:
        """Begin or end making pieces."""
        if on != self._on:
            self._on = on
            self._anew()

    def close(self) -> None:
        """Stop, for good."""
        self._on, self.layer = False, None
        self._timer.stop()
        self._hub.release(self._name())

    def set_mix(self, mix: Mix) -> None:
        """Mix otherwise from now on."""
        if mix != self._mix:
            self._mix = mix
            self.renew()

    def renew(self) -> None:
        """Make every piece again; what was made shows until then."""
        self._edition += 1
        self.look()

    def look(self) -> None:
        """Make what has come, or has come into sight."""
        if not self._timer.isActive() and self._next() is not None:
            self._hub.hold(self._name())
            self._timer.start()

    def _anew(self) -> None:
        after = self._after
        self.layer = TilePyramid(after.width, after.height) if self._on and after is not None else None
        self._made.clear()
        self.look()

    def _next(self) -> tuple[Piece, int, Pixels, Pixels, Pixels | None] | None:
        """Return a piece of the result in sight that is not made as it should be: its level and pixels."""
        if self.layer is None or self._before is None or self._after is None:
            return None
        box, zoom = self._sight()
        wanted = level_for(zoom)
        for piece in self._after.within(*box):
            level, after = piece.level(wanted)
            own, source = self.layer.at(piece.x, piece.y), self._before.at(piece.x, piece.y)
            made, edition = self._made.get((piece.x, piece.y), (None, -1))
            current = made is not None and made() is piece and edition == self._edition
            if source is None or (current and own is not None and own.finest <= level):
                continue
            other, before = source.level(level)
            if other == level and before.shape == after.shape:
                return piece, level, before, after, self._texture_of(piece, level)
        return None

    def _turn(self) -> None:
        until = time.monotonic() + TURN
        while time.monotonic() < until:
            found = self._next()
            if found is None:
                self._timer.stop()
                self._hub.release(self._name())
                return
            self._make_one(*found)

    def _texture_of(self, piece: Piece, level: int) -> Pixels | None:
        fine = self._texture.at(piece.x, piece.y) if self._texture is not None else None
        if fine is None:
            return None
        there, pixels = fine.level(level)
        return pixels if there == level else None

    def _make_one(self, piece: Piece, level: int, before: Pixels, after: Pixels, texture: Pixels | None) -> None:
        assert self.layer is not None
        size, mask = (piece.width, piece.height), self._mix.mask
        shape, whole = after.shape[:2], (self.layer.width, self.layer.height)
        weights = None if mask is None else mask.weights(piece.x, piece.y, (shape[0], shape[1]), whole, level)
        pixels = self.make(before, after, texture, weights)
        self._made[piece.x, piece.y] = weakref.ref(piece), self._edition
        self.layer.put(piece.x, piece.y, pixels, piece.job, level, size, piece.number)
        self.layer.trim(LAYER_BYTES, self._sight()[0])
        self.changed.emit(piece.x, piece.y, *size)

    def _name(self) -> str:
        return f"mixed-{id(self)}"
