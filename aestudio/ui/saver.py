"""Writes results: one Save job per file, a few at a time, failures listed and the others done."""

from __future__ import annotations

import dataclasses
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import CancelledEvent, Event, Failed, Finished, Progress
from aestudio.jobs.spec import Save, new_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from aestudio.ui.job_hub import JobHub

IN_FLIGHT = 3
"""Enough that decoding, computing and writing overlap in the engine."""


@dataclass
class Tally:
    """How a round of saving stands."""

    total: int = 0
    saved: list[Path] = field(default_factory=list)
    failed: list[tuple[Path, Failed]] = field(default_factory=list)
    failed_jobs: list[Save] = field(default_factory=list)
    stopped: int = 0

    @property
    def ended(self) -> int:
        """Files that are over, whichever way."""
        return len(self.saved) + len(self.failed) + self.stopped

    def retry(self, saver: Saver) -> Callable[[], None]:
        """Return what saves the failed ones again."""
        return lambda: saver.save([dataclasses.replace(job, id=new_id()) for job in self.failed_jobs])


class Saver(QObject):
    """Signals carry the source's path; ``round_ended`` carries the Tally once the last one is over."""

    began = Signal(object)
    saved = Signal(object, str)
    failed = Signal(object, object)
    stopped = Signal(object)
    progressed = Signal(object)
    round_ended = Signal(object)

    def __init__(self, hub: JobHub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._queue: deque[Save] = deque()
        self._running: dict[str, Save] = {}
        self.tally = Tally()
        self.progress: Progress | None = None
        self.paused = False

    def is_saving(self, path: Path) -> bool:
        """Whether a file is being saved right now."""
        return any(Path(job.path) == path for job in self._running.values())

    @property
    def busy(self) -> bool:
        """Whether anything is being saved or waits for it."""
        return bool(self._queue or self._running)

    def save(self, jobs: list[Save]) -> None:
        """Write these, after what is already being written."""
        if not self.busy:
            self.tally = Tally()
        self.tally.total += len(jobs)
        self._queue.extend(jobs)
        self._ask()

    def pause(self, paused: bool) -> None:
        """Begin no further file, or go on; files that are being written are finished."""
        self.paused = paused
        self._ask()

    def cancel(self) -> None:
        """Stop: what waits is dropped, what runs ends between two tiles; finished files stay."""
        self.paused = False
        waiting, self._queue = list(self._queue), deque()
        self.tally.stopped += len(waiting)
        for job in waiting:
            self.stopped.emit(Path(job.path))
        for job_id in list(self._running):
            self._hub.cancel(job_id)
        self._check()

    def _ask(self) -> None:
        while self._queue and len(self._running) < IN_FLIGHT and not self.paused:
            job = self._queue.popleft()
            self._running[job.id] = job
            self._hub.submit(job, self._on_event)
            self.began.emit(Path(job.path))

    def _on_event(self, event: Event) -> None:
        if isinstance(event, Progress):
            self.progress = event
            self.progressed.emit(event)
            return
        if not isinstance(event, (Finished, Failed, CancelledEvent)):
            return
        job = self._running.pop(event.id, None)
        if job is None:
            return
        path = Path(job.path)
        if isinstance(event, Finished):
            self.tally.saved.append(Path(event.output or job.target))
            self.saved.emit(path, event.output or job.target)
        elif isinstance(event, Failed):
            self.tally.failed.append((path, event))
            self.tally.failed_jobs.append(job)
            self.failed.emit(path, event)
        else:
            self.tally.stopped += 1
            self.stopped.emit(path)
        self._ask()
        self._check()

    def _check(self) -> None:
        if not self.busy and self.tally.total and self.tally.ended >= self.tally.total:
            tally, self.tally, self.progress, self.paused = self.tally, Tally(), None, False
            self.round_ended.emit(tally)
