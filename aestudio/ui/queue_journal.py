"""The journal of what is to be saved, kept in a thread of its own: disks are slow and the window never waits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from aestudio import paths
from aestudio.errors import StudioError

if TYPE_CHECKING:
    from aestudio.jobs.spec import Save
    from aestudio.jobs.waiting import Waiting

log = logging.getLogger(__name__)

Task = Callable[["Waiting"], object]


class QueueJournal(QObject):
    """Does what it is asked in order. Answers come as signals; where there is no journal, as if all were new.

    ``offered``: (still to be saved, of how many) that an earlier window left behind. ``unusable``: why nothing can
    be noted, once.
    """

    offered = Signal(int, int)
    adopted = Signal(list)
    changed_meanwhile = Signal(object)
    unusable = Signal(object)
    _answered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = _Thread(self)
        self._closed = False
        self._answered.connect(self._on_answered)
        self._thread.failed.connect(self.unusable)

    def enter(self, jobs: list[Save], again: bool, then: Callable[[object], None]) -> None:
        """Enter jobs; ``then`` gets a list of Entry, or None where there is no journal."""
        self._do(lambda waiting: waiting.enter(jobs, again), then)

    def finish(self, job: Save) -> None:
        """Note that a job is done."""

        def tell(unchanged: object) -> None:
            if unchanged is False:
                self.changed_meanwhile.emit(job)

        self._do(lambda waiting: waiting.finish(job), tell)

    def drop(self, jobs: list[Save]) -> None:
        """Note that nobody wants these jobs any more."""
        if jobs:
            self._do(lambda waiting: waiting.drop(jobs))

    def note_engine(self, pid: int) -> None:
        """Note the process that writes for this window."""
        if pid:
            self._do(lambda waiting: waiting.note_engine(pid))

    def look(self) -> None:
        """Ask what earlier windows left behind; ``offered`` follows where it is something."""

        def tell(found: object) -> None:
            if isinstance(found, tuple) and found[0]:
                self.offered.emit(*found)

        self._do(lambda waiting: waiting.orphans(), tell)

    def adopt(self) -> None:
        """Take over what earlier windows left behind; ``adopted`` follows."""
        self._do(lambda waiting: waiting.adopt(), lambda jobs: self.adopted.emit(jobs or []))

    def forget(self) -> None:
        """Give up what earlier windows left behind."""
        self._do(lambda waiting: waiting.forget_orphans())

    def close(self) -> None:
        """Do what was asked for, let go and end the thread; what is not saved is offered at the next start."""
        self._closed = True
        if self._thread.isRunning():
            self._thread.tasks.put(None)
            self._thread.wait()

    def _on_answered(self, then: Callable[[object], None], answer: object) -> None:
        if not self._closed:
            then(answer)

    def _do(self, task: Task, then: Callable[[object], None] = lambda _: None) -> None:
        if self._closed:
            return
        if not self._thread.isRunning():
            self._thread.start()
        self._thread.tasks.put((task, lambda answer: self._answered.emit(then, answer)))


class _Thread(QThread):
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("queueJournal")
        self.tasks: SimpleQueue[tuple[Task, Callable[[object], None]] | None] = SimpleQueue()

    def run(self) -> None:
        """Work until told to end (in the thread itself)."""
        import sqlite3

        waiting = self._open()
        while (entry := self.tasks.get()) is not None:
            task, answer = entry
            try:
                answer(task(waiting) if waiting is not None else None)
            except (OSError, sqlite3.Error) as error:
                log.warning("the journal cannot be used: %s", error)
                self.failed.emit(error)
                answer(None)
        if waiting is not None:
            waiting.close()

    def _open(self) -> Waiting | None:
        # numpy comes with the wire format, and the window starts without it and without a database
        import sqlite3

        from aestudio.jobs.journal import Journal
        from aestudio.jobs.waiting import Waiting

        try:
            journal = Journal(paths.journal_file())
            try:
                return Waiting(journal)
            except BaseException:
                journal.close()
                raise
        except (StudioError, OSError, sqlite3.Error) as error:
            log.warning("the journal cannot be used: %s", error)
            self.failed.emit(error)
            return None
