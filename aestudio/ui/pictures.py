"""The pictures that are open, shared by the restoring tabs, and their thumbnails."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import Event, Failed, ThumbnailReady
from aestudio.jobs.spec import Thumbnail
from aestudio.jobs.stamps import Stamp

if TYPE_CHECKING:
    from aestudio.jobs.events import Pixels
    from aestudio.ui.job_hub import JobHub

IN_FLIGHT = 4
WAITED = 64
"""Thumbnails of so many pictures count as work the person waits for; the rest fill in idle time."""
DEATHS = 2
"""So many engines may end while they make a picture's thumbnail before it counts as failed."""
EAGER = 1000
"""In longer lists only what is in sight gets a thumbnail, and the oldest are let go of."""


@dataclass
class OpenPicture:
    """A file in the list; ``failure`` says why it cannot be read, where it cannot. ``stamp`` is that of the file which
    the window shows, where it is known.
    """

    path: Path
    thumbnail: Pixels | None = None
    width: int = 0
    height: int = 0
    failure: Failed | None = None
    stamp: Stamp | None = None


class Pictures(QObject):
    """The open files in their order. Thumbnails are asked for a few at a time, those in sight first.

    ``added``: (new ones, whether the first of them is to be shown), after ``returning`` where they were closed and come
    back as they were; ``moved``: (which, the rows where they stand now, ascending). ``renewed``: (path, stamp) of a
    file that is another one now; ``resized``: and has another size.
    """

    added = Signal(list, bool)
    returning = Signal(list)
    removed = Signal(list)
    moved = Signal(list, list)
    changed = Signal(object)
    renewed = Signal(object, object)
    resized = Signal(object)

    def __init__(self, hub: JobHub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._open: dict[Path, OpenPicture] = {}
        self._wanted: dict[Path, None] = {}
        self._shown: dict[Path, None] = {}
        self._running: dict[str, Path] = {}
        self._deaths: dict[Path, int] = {}

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

    def add(self, files: list[Path], show: bool = True) -> list[Path]:
        """Open files that are not open yet, and ``show`` the first; return those that are new."""
        new = [p for p in dict.fromkeys(f.absolute() for f in files) if p not in self._open]
        for path in new:
            self._open[path] = OpenPicture(path)
        if len(self._open) <= EAGER:
            self._wanted.update(dict.fromkeys(new))
        if new:
            self.added.emit(new, show)
            self._ask()
        return new

    def put_back(self, paths: list[Path], order: list[Path]) -> None:
        """Open files again that were closed, where they stood in ``order``."""
        self.returning.emit(paths)
        self.add(paths)
        places = {path: number for number, path in enumerate(order)}
        moved, mixed = set(paths), []
        back = sorted(moved, key=lambda p: places[p], reverse=True)
        for path in self._open:
            if path not in moved:
                # before the first that stood after it
                while back and places[back[-1]] < places.get(path, len(order)):
                    mixed.append(back.pop())
                mixed.append(path)
        self._arrange(mixed + back[::-1], moved)

    def look(self, paths: list[Path]) -> None:
        """Get the thumbnails of these first: they are in sight."""
        first = [p for p in paths if p in self._open and self._open[p].thumbnail is None and not self._open[p].failure]
        running = set(self._running.values())
        rest = self._wanted if len(self._open) <= EAGER else {}
        self._wanted = {**dict.fromkeys(p for p in first if p not in running), **rest}
        for path in paths:
            if path in self._shown:
                self._shown[path] = self._shown.pop(path)
        self._ask()

    def move(self, paths: list[Path], row: int) -> None:
        """Let these files stand together before the one that is at ``row`` now."""
        moved = set(paths)
        order = list(self._open)
        before = sum(p not in moved for p in order[:row])
        rest = [p for p in order if p not in moved]
        self._arrange(rest[:before] + paths + rest[before:], moved)

    def _arrange(self, order: list[Path], moved: set[Path]) -> None:
        if order != list(self._open):
            self._open = {p: self._open[p] for p in order}
            rows = [row for row, p in enumerate(order) if p in moved]
            self.moved.emit([order[row] for row in rows], rows)

    def remove(self, *paths: Path) -> None:
        """Close files; the engine forgets what it holds of them."""
        gone = [path for path in paths if self._open.pop(path, None) is not None]
        if not gone:
            return
        for path in gone:
            self._wanted.pop(path, None)
            self._deaths.pop(path, None)
            self._shown.pop(path, None)
        self._stop(set(gone))
        self.removed.emit(gone)
        for path in gone:
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
        self._deaths.pop(path, None)
        if path in self._open and self._open[path].thumbnail is None and path not in self._running.values():
            self._wanted = {path: None, **self._wanted}
            self._ask()

    def note(self, path: Path, stamp: Stamp) -> None:
        """Take notice of the stamp of a file that was read, or is about to be; another one than before is news."""
        picture = self._open.get(path)
        if picture is None:
            return
        earlier, picture.stamp = picture.stamp, stamp
        if earlier not in (None, stamp):
            picture.thumbnail = picture.failure = None
            self._deaths.pop(path, None)
            self._stop({path})
            self._wanted = {path: None, **self._wanted}
            self._ask()
            self.changed.emit(path)
            self.renewed.emit(path, stamp)

    def _stop(self, paths: set[Path]) -> None:
        """Hear no more of thumbnails that were asked for."""
        for job_id in [i for i, p in self._running.items() if p in paths]:
            del self._running[job_id]
            self._hub.drop(job_id)

    def _ask(self) -> None:
        while self._wanted and self._may_begin(path := next(iter(self._wanted))):
            del self._wanted[path]
            if path in self._open:
                job = Thumbnail(str(path))
                self._running[job.id] = path
                self._hub.submit(job, self._on_event, waited=len(self._open) <= WAITED)

    def _may_begin(self, path: Path) -> bool:
        """Return whether there is room; a file at which an engine ended is alone, so that none is lost with it."""
        suspects = any(other in self._deaths for other in (path, *self._running.values()))
        return len(self._running) < (1 if suspects else IN_FLIGHT)

    def _on_event(self, event: Event) -> None:
        path = self._running.pop(event.id, None)
        picture = self._open.get(path) if path is not None else None
        if picture is not None:
            if isinstance(event, ThumbnailReady):
                self._take(picture, event)
            elif isinstance(event, Failed) and not self._put_back(picture.path, event):
                picture.failure = event
            self.changed.emit(path)
        self._ask()

    def _take(self, picture: OpenPicture, event: ThumbnailReady) -> None:
        earlier, size = (picture.width, picture.height), (event.width, event.height)
        picture.thumbnail, (picture.width, picture.height) = event.pixels, size
        picture.failure = None
        self._deaths.pop(picture.path, None)
        self._keep(picture.path)
        if earlier not in ((0, 0), size):
            self.resized.emit(picture.path)
        self.note(picture.path, event.stamp)

    def _put_back(self, path: Path, failure: Failed) -> bool:
        """Ask again for a thumbnail that an engine left behind when it ended; return whether it is asked for."""
        if failure.kind != "engine":
            return False
        self._deaths[path] = self._deaths.get(path, 0) + 1
        if self._deaths[path] >= DEATHS:
            return False
        # after those that have ended none
        self._wanted[path] = None
        return True

    def _keep(self, path: Path) -> None:
        """Note that a thumbnail came; let go of those that were in sight longest ago."""
        self._shown[path] = None
        while len(self._shown) > EAGER:
            oldest = next(iter(self._shown))
            del self._shown[oldest]
            self._open[oldest].thumbnail = None
            self.changed.emit(oldest)
