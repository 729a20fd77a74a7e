"""Brings the original's pixels in sight, where the small whole picture does not suffice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import ENDINGS, BeforeTile, Event
from aestudio.jobs.spec import CELL, Peek, View
from aestudio.ui.canvas import Canvas

if TYPE_CHECKING:
    from aestudio.ui.in_sight import InSight
    from aestudio.ui.job_hub import JobHub


class Peeks(QObject):
    """``arrived``: (canvas, x, y, width, height) of pixels of an original; ``changed``: (canvas, stamp) of a file that
    is another one than the canvas shows. ``room`` is how many bytes of an original's pixels are kept.
    """

    arrived = Signal(object, int, int, int, int)
    changed = Signal(object, object)

    def __init__(
        self, hub: JobHub, in_sight: InSight, max_pixels: Callable[[], int], room: int, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._hub, self._in_sight, self._max_pixels, self._room = hub, in_sight, max_pixels, room
        self._jobs: set[str] = set()

    def peek(self, canvas: Canvas) -> None:
        """Ask for what is in sight of a canvas and not there."""
        base = canvas.base
        if base is None:
            return
        box, level = self._in_sight.box(canvas, base), self._in_sight.level(canvas, base)
        preview = base.preview
        if preview is not None and preview.shape[1] * 2**level >= base.width:
            return
        have = base.at_least(level, box, "")
        if not base.complete(level, box, ""):
            job = Peek(str(canvas.path), View(*box, level, have, CELL), self._max_pixels(), f"peek-{id(self)}")
            self._jobs.add(job.id)
            self._hub.submit(job, lambda event: self._on_event(canvas, event))

    def close(self) -> None:
        """Ask for nothing any more, and hear of nothing."""
        for job in self._jobs:
            self._hub.drop(job)

    def _on_event(self, canvas: Canvas, event: Event) -> None:
        if isinstance(event, ENDINGS):
            self._jobs.discard(event.id)
        if not isinstance(event, BeforeTile):
            return
        if event.stamp != canvas.stamp:
            self.changed.emit(canvas, event.stamp)
        elif canvas.base is not None:
            size = (event.width, event.height)
            piece = canvas.base.put(event.x, event.y, event.pixels, "", event.level, size, event.number)
            canvas.base.trim(self._room, self._in_sight.box(canvas, canvas.base))
            self.arrived.emit(canvas, piece.x, piece.y, piece.width, piece.height)
