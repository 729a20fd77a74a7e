"""Who asked for which job: events find their way by job id, and the window knows when it is idle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aestudio.jobs.damaging import Degrade, Degraded
from aestudio.jobs.events import (
    ENDINGS,
    Encoded,
    EngineReady,
    Event,
    Failed,
    Loaded,
    MapReady,
    Measured,
    PicturesReady,
    SizeEstimated,
    ThumbnailReady,
)
from aestudio.jobs.mapping import (
    AlikeFound,
    Arrange,
    Arranged,
    EmbedFolder,
    FindAlike,
    FolderEmbedded,
    Survey,
    Surveyed,
)
from aestudio.jobs.spec import (
    Cancel,
    Configure,
    Decode,
    Encode,
    EstimateSize,
    Forget,
    Job,
    Look,
    Map,
    Measure,
    Sample,
    Thumbnail,
    View,
)
from aestudio.jobs.vectors import DecodeFile, VectorsRead
from aestudio.jobs.walks import EstimateWalk
from aestudio.ui.language import sentence

if TYPE_CHECKING:
    from aestudio.ui.worker_thread import WorkerThread

Handler = Callable[[Event], None]


def _answer_of(job: Job) -> type | None:
    """Return the kind of event that is a job's whole answer, or None where an ending follows."""
    match job:
        case Thumbnail():
            return ThumbnailReady
        case Measure():
            return Measured
        case Degrade():
            return Degraded
        case Map():
            return MapReady
        case EstimateSize() | EstimateWalk():
            return SizeEstimated
        case Encode():
            return Encoded
        case Survey():
            return Surveyed
        case DecodeFile():
            return VectorsRead
        case EmbedFolder():
            return FolderEmbedded
        case Arrange():
            return Arranged
        case FindAlike():
            return AlikeFound
        case Decode() | Sample():
            return PicturesReady
    return None


def _in_words(event: Event) -> Event:
    """Return an event with what it says to a person in the window's language."""
    match event:
        case Failed():
            return replace(event, what=sentence(event.what), advice=sentence(event.advice))
        case Loaded():
            return replace(event, notes=tuple(sentence(note) for note in event.notes))
    return event


class JobHub(QObject):
    """Sends jobs, routes their events, and keeps count of what the person waits for.

    An event whose job is unknown (dropped, superseded, ended) goes nowhere: stale tiles never show.
    """

    became_idle = Signal()
    became_busy = Signal()
    engine_ready = Signal(object)
    engine_failed = Signal(object)

    def __init__(self, worker: WorkerThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._handlers: dict[str, Handler] = {}
        self._answers: dict[str, type | None] = {}
        self._waited: set[str] = set()
        self._holds: set[str] = set()
        self._was_idle = True
        worker.event_arrived.connect(self._on_event)

    @property
    def idle(self) -> bool:
        """Whether nothing that the person waits for is under way."""
        return not self._waited and not self._holds

    def submit(self, job: Job, handler: Handler, waited: bool = True) -> str:
        """Send a job whose events go to ``handler``; return its id. ``waited``: it counts against ``idle``."""
        self._handlers[job.id] = handler
        self._answers[job.id] = _answer_of(job)
        if waited:
            self._waited.add(job.id)
            self._note_work()
        self._worker.submit(job)
        return job.id

    def look(self, job_id: str, view: View) -> None:
        """Tell a Restore job that the person looks somewhere else, and wait for that."""
        if job_id in self._handlers:
            self._waited.add(job_id)
            self._note_work()
            self._worker.submit(Look(job_id, view))

    def settle(self, job_id: str) -> None:
        """Wait no longer for a job that goes on in idle time."""
        self._waited.discard(job_id)
        self._check()

    def cancel(self, job_id: str) -> None:
        """Ask for a job to stop; its CancelledEvent still comes."""
        if job_id in self._handlers:
            self._worker.submit(Cancel(job_id))

    def drop(self, job_id: str) -> None:
        """Stop a job and hear no more of it."""
        if self._handlers.pop(job_id, None) is not None:
            self._worker.submit(Cancel(job_id))
        self._answers.pop(job_id, None)
        self._waited.discard(job_id)
        self._check()

    def forget(self, path: str) -> None:
        """Tell the engine to let go of a picture."""
        self._worker.submit(Forget(path))

    def configure(self, device: str, memory: int) -> None:
        """Have the engine use another device, or keep within another limit of memory (megabytes)."""
        self._worker.submit(Configure(device, memory))

    def hold(self, reason: str) -> None:
        """Be busy for a reason other than a job: a restart that is about to happen, a folder being read."""
        self._holds.add(reason)
        self._note_work()

    def release(self, reason: str) -> None:
        """End a hold."""
        self._holds.discard(reason)
        self._check()

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        handler = self._handlers.get(event.id)
        if isinstance(event, ENDINGS) or type(event) is self._answers.get(event.id):
            self._handlers.pop(event.id, None)
            self._answers.pop(event.id, None)
        event = _in_words(event)
        try:
            if isinstance(event, EngineReady):
                self.engine_ready.emit(event)
            elif handler is not None:
                handler(event)
            elif isinstance(event, Failed) and not event.id:
                self.engine_failed.emit(event)
        finally:
            if event.id not in self._handlers:
                self._waited.discard(event.id)
            self._check()

    def _note_work(self) -> None:
        if self._was_idle:
            self._was_idle = False
            self.became_busy.emit()

    def _check(self) -> None:
        if self.idle and not self._was_idle:
            self._was_idle = True
            self.became_idle.emit()
