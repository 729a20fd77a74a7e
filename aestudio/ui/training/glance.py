"""A quick look into folders, off Qt's thread: whether there are pictures at all, and about how many."""

from __future__ import annotations

import os
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from aestudio.imageio.simple import SUFFIXES

DIGITS = {"train-images-idx3-ubyte.gz": 60_000, "t10k-images-idx3-ubyte.gz": 10_000}
"""Files that hold many pictures each: MNIST as it is handed out."""
SHOWN = 24
"""How many pictures are named."""
ENTRIES = 20_000
SECONDS = 1.5
"""What a look may take; a folder of a hundred thousand pictures, or one far away, is not read through."""


@dataclass(frozen=True)
class Glance:
    """What there is in folders: ``pictures``, at least so many where it is not the ``whole``."""

    folders: tuple[Path, ...]
    pictures: int
    whole: bool
    first: tuple[Path, ...] = ()
    """Some of the pictures, to look at."""
    there: bool = True
    """Whether each of the folders is one."""


def glance(folders: tuple[Path, ...], entries: int = ENTRIES, seconds: float = SECONDS) -> Glance:
    """Return what a look of bounded length into folders and their subfolders finds. What cannot be read is empty."""
    waiting, found, seen, end = deque(folders), 0, 0, time.monotonic() + seconds
    first: list[Path] = []
    there = all(map(os.path.isdir, folders))
    while waiting:
        try:
            with os.scandir(waiting.popleft()) as inside:
                for entry in inside:
                    seen += 1
                    if seen > entries or time.monotonic() > end:
                        return Glance(folders, found, False, tuple(first), there)
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    else:
                        is_picture = os.path.splitext(entry.name)[1].lower() in SUFFIXES
                        found += DIGITS.get(entry.name, is_picture)
                        if is_picture and len(first) < SHOWN:
                            first.append(Path(entry.path))
        except OSError:
            continue
    return Glance(folders, found, True, tuple(first), there)


class _Told(QObject):
    seen = Signal(object)


class _Look(QRunnable):
    def __init__(self, folders: tuple[Path, ...], told: _Told) -> None:
        super().__init__()
        self._folders, self._told = folders, told

    def run(self) -> None:
        result = glance(self._folders)
        try:
            self._told.seen.emit(result)
        except RuntimeError:
            # who asked is gone
            return


class Looker(QObject):
    """Looks where it is asked to; ``seen`` carries the newest Glance only."""

    seen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[Path, ...] = ()
        self._told = _Told(self)
        self._told.seen.connect(self._on_seen)
        self.latest: Glance | None = None

    def look(self, folders: tuple[Path, ...]) -> None:
        """Look into other folders; what is known of earlier ones is forgotten."""
        self._wanted, self.latest = folders, None
        if folders:
            QThreadPool.globalInstance().start(_Look(folders, self._told))

    def _on_seen(self, result: Glance) -> None:
        if result.folders == self._wanted:
            self.latest = result
            self.seen.emit(result)
