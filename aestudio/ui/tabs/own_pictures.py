"""A person's own pictures in a latent space: encoded one by one, kept among the samples, each with what is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import Encoded, Event, Failed
from aestudio.jobs.spec import Encode
from aestudio.ui.widgets.sample_grid import Drawn

if TYPE_CHECKING:
    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub


class OwnPictures(QObject):
    """``encoded`` carries a picture as a sample, and the one before it of those that were opened together, or None.

    ``failed`` carries why one could not be; ``changed``: fewer or more wait. ``settings`` say how large one may be.
    """

    encoded = Signal(object, object)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, hub: JobHub, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub, self._settings = hub, settings
        self._waiting: dict[str, Path] = {}
        self._takers: dict[str, Callable[[Drawn], None]] = {}
        self._found: dict[tuple[float, ...], Encoded] = {}
        self._before: Drawn | None = None

    @property
    def busy(self) -> bool:
        """Whether pictures are being encoded."""
        return bool(self._waiting)

    def open(self, files: list[Path], model: str, into: Callable[[Drawn], None] | None = None) -> None:
        """Encode pictures by a model; they go ``into`` what asks for them, else among the samples."""
        if not self.busy:
            self._before = None
        for path in files:
            job = Encode(model, str(path.absolute()), max_pixels=self._settings.max_pixels)
            self._waiting[job.id] = path
            if into is not None:
                self._takers[job.id] = into
            self._hub.submit(job, self._on_event)
        self.changed.emit()

    @property
    def found(self) -> dict[tuple[float, ...], Encoded]:
        """What is known of each, by its vector."""
        return self._found

    def bring_back(self, found: dict[tuple[float, ...], Encoded]) -> None:
        """Know again what was known before another model was looked at."""
        self._found = found

    def find(self, sample: Drawn) -> Encoded | None:
        """Return what is known of a sample that is one's own picture."""
        return self._found.get(sample.vector)

    def stop(self) -> None:
        """Encode no more."""
        for job_id in self._waiting:
            self._hub.drop(job_id)
        self._waiting.clear()
        self._takers.clear()

    def forget(self) -> None:
        """Let go of everything: another model is looked at."""
        self.stop()
        self._found = {}

    def _on_event(self, event: Event) -> None:
        path, into = self._waiting.pop(event.id, None), self._takers.pop(event.id, None)
        if path is None:
            return
        if isinstance(event, Encoded):
            self._found[event.vector] = event
            sample = Drawn(event.reconstruction, event.vector, event.label, path.name, kept=True)
            if into is not None:
                into(sample)
            else:
                before, self._before = self._before, sample
                self.encoded.emit(sample, before)
        elif isinstance(event, Failed):
            self.failed.emit(event)
        self.changed.emit()
