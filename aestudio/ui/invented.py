"""Where a result is likely to be wrong, as a layer of amber over it: asked for once the result in sight is there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from aestudio.jobs.events import (
    INVENTED_STEPS,
    CancelledEvent,
    Event,
    Failed,
    Finished,
    InventedReady,
    InventedTile,
)
from aestudio.jobs.spec import MapInvented, View
from aestudio.ui.widgets.tile_pyramid import LAYER_BYTES, Box, TilePyramid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aestudio.imageio.halve import Pixels
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.restorer import Restorer

LEVEL = 3
"""The map has a value for 2**LEVEL x 2**LEVEL pixels."""
DEBOUNCE = 200
"""Milliseconds that the view must rest before its map is asked for."""
FULL = 20.0
"""The likely error, in 8-bit units, from which on the amber grows no stronger."""
AMBER = (255, 176, 0)
OPACITY = 0.9


@lru_cache(maxsize=1)
def colours() -> Pixels:
    """Return the colours (256, 4) of a map's values: one amber, the more of it the larger the likely error."""
    import numpy as np

    table = np.empty((256, 4), np.uint8)
    table[:, :3] = AMBER
    table[:, 3] = np.rint(255 * OPACITY * np.clip(np.arange(256) / (FULL * INVENTED_STEPS), 0, 1))
    return table


class Invented(QObject):
    """Keeps a layer of likely errors over the result in sight while ``on``."""

    changed = Signal(int, int, int, int)
    """A piece of the picture (x, y, width, height) that can be painted anew."""
    told = Signal(object)
    """The InventedReady of what is in sight; None while that is not known."""
    layer_changed = Signal()
    failed = Signal(object, object)
    """The picture's path, and why its map could not be made."""

    def __init__(
        self,
        hub: JobHub,
        restorer: Restorer,
        in_sight: Callable[[], Box],
        max_pixels: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hub, self._restorer, self._in_sight, self._max_pixels = hub, restorer, in_sight, max_pixels
        self.layer: TilePyramid | None = None
        self.on = False
        self._tag = self._job = ""
        self._box: Box | None = None
        self._lost = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self._rested)
        restorer.stepped.connect(self.follow)
        restorer.shown.connect(self.follow)

    def set_on(self, on: bool) -> None:
        """Begin or end showing where the result is likely to be wrong."""
        if on != self.on:
            self.on = on
            self.follow()

    def follow(self, _: object = None) -> None:
        """Look again at what is shown: called as often as the view moves or the result changes."""
        canvas = self._restorer.canvas
        shown = canvas.shown if canvas is not None else None
        tag = f"{canvas.path}|{shown}|{canvas.tag}" if self.on and canvas is not None and shown is not None else ""
        if tag != self._tag:
            self._tag = tag
            self._anew()
        if self._lost and not self._restorer.current_result:
            # what failed with the result is asked for again with it
            self._lost, self._box = False, None
        if self._restorer.current_result and tag and self._in_sight() != self._box and not self._timer.isActive():
            self._hub.hold(self._name())
            self._timer.start()

    def again(self) -> None:
        """Ask anew after a failure."""
        self._lost, self._box = False, None
        self.follow()

    def close(self) -> None:
        """Stop everything."""
        self.on, self._tag = False, ""
        self._stop()

    def _anew(self) -> None:
        after = self._restorer.canvas.after if self._tag and self._restorer.canvas is not None else None
        self.layer = TilePyramid(after.width, after.height) if after is not None else None
        self._stop()
        self.told.emit(None)
        self.layer_changed.emit()

    def _stop(self) -> None:
        self._box = None
        self._timer.stop()
        self._drop()
        self._hub.release(self._name())

    def _drop(self) -> None:
        job, self._job = self._job, ""
        if job:
            self._hub.drop(job)

    def _rested(self) -> None:
        canvas, layer, box = self._restorer.canvas, self.layer, self._in_sight()
        if canvas is not None and canvas.shown is not None and layer is not None and self._restorer.current_result:
            self._drop()
            self._box = box
            tile = canvas.started.tile if canvas.started is not None else 0
            view = View(*box, LEVEL, layer.at_least(LEVEL, box, self._tag), tile)
            job, path = MapInvented(str(canvas.path), canvas.shown, view, self._max_pixels()), canvas.path
            self._job = self._hub.submit(job, lambda event: self._on_event(path, event))
        self._hub.release(self._name())

    def _on_event(self, path: Path, event: Event) -> None:
        match event:
            case InventedTile() if self.layer is not None:
                pixels, size = colours()[event.pixels[..., 0]], (event.width, event.height)
                self.layer.put(event.x, event.y, pixels, self._tag, LEVEL, size, event.number)
                self.layer.trim(LAYER_BYTES, self._in_sight())
                self.changed.emit(event.x, event.y, event.width, event.height)
            case InventedReady():
                self.told.emit(event)
            case Failed():
                self._job, self._lost = "", True
                self.failed.emit(path, event)
            case Finished() | CancelledEvent():
                self._job = ""

    def _name(self) -> str:
        return f"invented-{id(self)}"
