"""The pictures that are open, shared by the restoring tabs, and their thumbnails."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import Event, Failed, ThumbnailReady
from aestudio.jobs.spec import Thumbnail

if TYPE_CHECKING:
    from aestudio.jobs.events import Pixels
    from aestudio.ui.job_hub import JobHub

IN_FLIGHT = 4
WAITED = 64
"""Thumbnails of so many pictures count as work the person waits for; the rest fill in idle time."""


@dataclass
class OpenPicture:
    """A file in the list; ``failure`` says why it cannot be read, where it cannot."""

    path: Path
    thumbnail: Pixels | None = None
    width: int = 0
    height: int = 0
    failure: Failed | None = None


class Pictures(QObject):
    """The open files in their order. Thumbnails are asked for a few at a time, newest wish first."""

    added = Signal(list)
    removed = Signal(object)
    changed = Signal(object)

    def __init__(self, hub: JobHub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._open: dict[Path, OpenPicture] = {}
        self._queue: deque[Path] = deque()
        self._running: dict[str, Path] = {}

    def __len__(self) -> int:
        return len(self._open)

    def __contains__(self, path: object) -> bool:
        return path in self._open

    def __getitem__(self, path: Path) -> OpenPicture:
        return self._open[path]

    def paths(self) -> list[Path]:
        """Return the open files in the order in which they came."""
        return list(self._open)

    def pixels_of(self, path: Path) -> int:
        """Return how many pixels a file has; 0 where that is not known yet."""
        picture = self._open.get(path)
        return picture.width * picture.height if picture is not None else 0

    def add(self, files: list[Path]) -> list[Path]:
        """Open files that are not open yet; return those that are new."""
        new = [p for p in dict.fromkeys(f.absolute() for f in files) if p not in self._open]
        for path in new:
            self._open[path] = OpenPicture(path)
        self._queue.extend(new)
        if new:
            self.added.emit(new)
            self._ask()
        return new

    def remove(self, path: Path) -> None:
        """Close a file; the engine forgets what it holds of it."""
        if self._open.pop(path, None) is None:
            return
        if path in self._queue:
            self._queue.remove(path)
        for job_id in [i for i, p in self._running.items() if p == path]:
            del self._running[job_id]
            self._hub.drop(job_id)
        self.removed.emit(path)
        self._hub.forget(str(path))
        self._ask()

    def failed(self, path: Path, failure: Failed | None) -> None:
        """Note why a file cannot be read, or (None) that it can again."""
        if path in self._open and self._open[path].failure != failure:
            self._open[path].failure = failure
            self.changed.emit(path)

    def retry(self, path: Path) -> None:
        """Ask again for the thumbnail of a file that failed."""
        self.failed(path, None)
        if path in self._open and self._open[path].thumbnail is None and path not in self._running.values():
            self._queue.appendleft(path)
            self._ask()

    def _ask(self) -> None:
        while self._queue and len(self._running) < IN_FLIGHT:
            path = self._queue.popleft()
            if path in self._open:
                job = Thumbnail(str(path))
                self._running[job.id] = path
                self._hub.submit(job, self._on_event, waited=len(self._open) <= WAITED)

    def _on_event(self, event: Event) -> None:
        path = self._running.pop(event.id, None)
        picture = self._open.get(path) if path is not None else None
        if picture is not None:
            if isinstance(event, ThumbnailReady):
                picture.thumbnail, picture.width, picture.height = event.pixels, event.width, event.height
                picture.failure = None
            elif isinstance(event, Failed):
                picture.failure = event
            self.changed.emit(path)
        self._ask()
