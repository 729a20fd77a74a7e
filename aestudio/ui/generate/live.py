"""Latent vectors decoded while they change: the newest only, one at a time, so that the picture never lags behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import Event, Failed, PicturesReady
from aestudio.jobs.spec import Decode

if TYPE_CHECKING:
    from aestudio.ui.job_hub import JobHub

Vector = tuple[float, ...]


class LiveDecoder(QObject):
    """``decoded`` carries a vector and its picture, ``failed`` why there is none."""

    decoded = Signal(object, object)
    failed = Signal(object)

    def __init__(self, hub: JobHub, stream: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub, self._stream = hub, stream
        self._job = ""
        self._asked: Vector = ()
        self._next: tuple[str, Vector, int] | None = None

    def show(self, model: str, vector: Vector, label: int = -1) -> None:
        """Decode a vector, of a class where the model has any; what waits still is passed over."""
        self._next = model, vector, label
        if not self._job:
            self._ask()

    def stop(self) -> None:
        """Decode nothing more."""
        self._next = None
        if self._job:
            self._hub.drop(self._job)
            self._job = ""

    def _ask(self) -> None:
        assert self._next is not None
        (model, self._asked, label), self._next = self._next, None
        job = Decode(model, (self._asked,), self._stream, (label,) if label >= 0 else ())
        self._job = job.id
        self._hub.submit(job, self._on_event)

    def _on_event(self, event: Event) -> None:
        if event.id != self._job:
            return
        self._job = ""
        if isinstance(event, PicturesReady):
            self.decoded.emit(self._asked, event.pixels[0])
        elif isinstance(event, Failed):
            self._next = None
            self.failed.emit(event)
        if self._next is not None and not self._job:
            self._ask()
