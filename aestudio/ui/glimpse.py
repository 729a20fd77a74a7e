"""Looks at what version a file is, off Qt's thread: a drive that sleeps or a network that hangs holds nothing up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from aestudio.jobs.stamps import seen

if TYPE_CHECKING:
    from aestudio.ui.job_hub import JobHub

PATIENCE = 1_000
"""Milliseconds after which an answer is no longer waited for; it still counts when it comes."""


class Glimpse(QObject):
    """One look at each file at a time; ``told`` carries its path and its stamp, or MISSING where there is none."""

    told = Signal(object, object)
    _answer = Signal(object, object)

    def __init__(self, hub: JobHub, parent: QObject) -> None:
        super().__init__(parent)
        self._hub = hub
        self._looking: dict[Path, list[_Waiting]] = {}
        self._asked: dict[Path, list[_Waiting]] = {}
        self._closed = False
        self._answer.connect(self._on_answer)

    def look(self, path: Path, then: Callable[[], None] = lambda: None) -> None:
        """Look at a file, and go on with ``then`` once it is known what it is, or when that takes too long."""
        if self._closed:
            return
        waiting = _Waiting(self._hub, then, self)
        self._asked.setdefault(path, []).append(waiting)
        self._begin(path)

    def close(self) -> None:
        """Look at nothing any more; nobody waits, and who did does not go on."""
        self._closed = True
        for one in [one for waiting in (*self._looking.values(), *self._asked.values()) for one in waiting]:
            one.give_up()
        self._looking.clear()
        self._asked.clear()

    def _begin(self, path: Path) -> None:
        # who asks while an older look is under way may know of a change that it has missed
        if path in self._looking or path not in self._asked:
            return
        self._looking[path] = self._asked.pop(path)
        threading.Thread(target=self._look, args=(path,), name="glimpse", daemon=True).start()

    def _look(self, path: Path) -> None:
        stamp = seen(path)
        try:
            self._answer.emit(path, stamp)
        except RuntimeError:
            # the window was closed meanwhile
            return

    def _on_answer(self, path: Path, stamp: object) -> None:
        if self._closed:
            return
        waiting = self._looking.pop(path)
        self.told.emit(path, stamp)
        for one in waiting:
            one.go_on()
        self._begin(path)


class _Waiting(QTimer):
    """Who waits for an answer: the window is not idle, and goes on once, with the answer or without."""

    def __init__(self, hub: JobHub, then: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._hub, self._then = hub, then
        self._name, self._waits = f"glimpse-{id(self)}", True
        hub.hold(self._name)
        self.setSingleShot(True)
        self.timeout.connect(self.go_on)
        self.start(PATIENCE)

    def go_on(self) -> None:
        """Go on, unless that has happened."""
        if self._waits:
            self._waits = False
            self._then()
            self.give_up()

    def give_up(self) -> None:
        """Wait no longer, and do not go on."""
        self._waits = False
        self.stop()
        self._hub.release(self._name)
        self.deleteLater()
