"""The pictures of a path's frames: decoded some at a time, kept within a bound, the oldest let go of first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import Event, Failed, PicturesReady
from aestudio.jobs.spec import Decode

if TYPE_CHECKING:
    from aestudio.engine.paths import Vectors
    from aestudio.imageio.halve import Pixels
    from aestudio.ui.job_hub import JobHub

AHEAD = 16
"""Frames that are decoded at a time, those that show next."""
MOST_BYTES = 128 * 2**20


class WalkFrames(QObject):
    """``arrived`` carries the numbers of frames whose pictures are there now, ``failed`` why there are none."""

    arrived = Signal(list)
    failed = Signal(object)

    def __init__(self, hub: JobHub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._pictures: dict[int, Pixels] = {}
        self._job, self._asked = "", [0]

    def picture(self, frame: int) -> Pixels | None:
        """Return a frame's picture, None while it is not there."""
        return self._pictures.get(frame)

    def decode(self, wanted: list[int], model: str, vectors: Vectors, labels: tuple[int, ...]) -> None:
        """Ask for the first of the ``wanted`` frames that are missing, unless others are under way.

        ``vectors`` (F, latent) are those of the whole path, ``labels`` (F,) their classes where there are any.
        """
        # while there is something to play, more than a few are no hurry
        needed = [frame for frame in dict.fromkeys(wanted) if frame not in self._pictures][:AHEAD]
        if self._job or not needed:
            return
        told = tuple(labels[frame] for frame in needed) if labels else ()
        job = Decode(model, tuple(tuple(vectors[frame].tolist()) for frame in needed), "walk", told)
        self._job, self._asked = job.id, needed
        self._hub.submit(job, self._on_event)

    def _on_event(self, event: Event) -> None:
        if event.id != self._job:
            return
        self._job = ""
        if isinstance(event, PicturesReady):
            self._trim(event.pixels[0].nbytes)
            self._pictures.update(zip(self._asked, event.pixels, strict=True))
            self.arrived.emit(self._asked)
        elif isinstance(event, Failed):
            self.failed.emit(event)

    def _trim(self, each: int) -> None:
        """Let go of the frames that were decoded longest ago."""
        while self._pictures and (len(self._pictures) + AHEAD) * each > MOST_BYTES:
            del self._pictures[next(iter(self._pictures))]

    def stop(self) -> None:
        """Decode nothing more."""
        if self._job:
            self._hub.drop(self._job)
            self._job = ""

    def clear(self) -> None:
        """Let go of all: the path is another."""
        self.stop()
        self._pictures.clear()
