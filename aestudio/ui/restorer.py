"""Keeps the picture on the canvas loaded and restored with the settings in force. No widgets here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from aestudio.jobs.events import (
    BeforeTile,
    CancelledEvent,
    Event,
    Failed,
    Finished,
    Loaded,
    PreviewReady,
    Progress,
    Started,
    TileReady,
)
from aestudio.jobs.spec import Load, Restoration, Restore
from aestudio.ui.widgets.tile_pyramid import TilePyramid

if TYPE_CHECKING:
    from aestudio.ui.job_hub import JobHub

DEBOUNCE = 250
"""Milliseconds that a changed setting must rest before the picture is restored anew."""
KEPT_BYTES = 400 * 2**20
"""Pixels of pictures that are not on the canvas, kept so that going back to them is instant."""


@dataclass
class Canvas:
    """What is known and shown of one picture. ``done`` is the restoration that ``after`` is whole of."""

    path: Path
    facts: Loaded | None = None
    base: TilePyramid | None = None
    before: TilePyramid | None = None
    after: TilePyramid | None = None
    loaded: bool = False
    started: Started | None = None
    done: Restoration | None = None
    stopped: Restoration | None = None
    failure: Failed | None = None

    @property
    def nbytes(self) -> int:
        """Bytes of pixels held."""
        return sum(layer.nbytes for layer in (self.base, self.before, self.after) if layer is not None)


class Restorer(QObject):
    """Drives Load and Restore for one picture at a time; a change of settings supersedes what runs.

    ``shown`` says that layers or facts changed, ``tile_arrived`` (layer's x, y, width, height and
    whether it is a result's tile) that some pixels did, ``stepped`` that work began, moved or ended.
    """

    shown = Signal()
    tile_arrived = Signal(int, int, int, int, bool)
    stepped = Signal(object)
    load_failed = Signal(object, object)

    def __init__(
        self,
        hub: JobHub,
        wanted: Callable[[], Restoration | None],
        max_pixels: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hub, self._wanted, self._max_pixels = hub, wanted, max_pixels
        self._canvases: dict[Path, Canvas] = {}
        self.canvas: Canvas | None = None
        self.active = False
        self._job = ""
        self._loading = False
        self._job_restoration: Restoration | None = None
        self.progress: Progress | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self._rested)

    @property
    def busy(self) -> bool:
        """Whether the picture is being loaded or restored, or is about to be."""
        return bool(self._job) or self._timer.isActive()

    @property
    def loading(self) -> bool:
        """Whether the picture is being loaded."""
        return bool(self._job) and self._loading

    @property
    def current_result(self) -> bool:
        """Whether the result on the canvas is whole and of the settings in force."""
        return self.canvas is not None and self.canvas.done is not None and self.canvas.done == self._wanted()

    def show(self, path: Path | None) -> None:
        """Put a picture on the canvas (None: none) and begin what is missing."""
        if self.canvas is not None and path == self.canvas.path:
            return
        # Held, so that the window does not count as idle between the old picture's work and the new one's.
        self._hold()
        self._abandon(release=False)
        self.canvas = None
        if path is not None:
            self.canvas = self._canvases.pop(path, None) or Canvas(path)
            self._canvases[path] = self.canvas
            self._make_room()
        self.shown.emit()
        self.resume()
        self._release()

    def forget(self, path: Path) -> None:
        """Let go of a closed picture."""
        self._canvases.pop(path, None)
        if self.canvas is not None and self.canvas.path == path:
            self._abandon()
            self.canvas = None
            self.shown.emit()

    def set_active(self, active: bool) -> None:
        """Work only while the tab is in front."""
        self.active = active
        if active:
            self.resume()
        else:
            self._abandon()

    def settings_changed(self) -> None:
        """Restore anew once the settings rest; what runs with the old ones ends now."""
        if self.canvas is None or not self.active:
            return
        self._hold()
        if self._job and not self._loading and self._job_restoration != self._wanted():
            self._end_job()
        self._timer.start()
        self.stepped.emit(None)

    def resume(self) -> None:
        """Begin what is missing: loading, then restoring, unless the person stopped exactly that."""
        canvas = self.canvas
        if canvas is None or not self.active or self._job or canvas.failure is not None:
            return
        if not canvas.loaded:
            self._load(canvas)
            return
        wanted = self._wanted()
        if wanted is not None and wanted not in (canvas.done, canvas.stopped):
            self._restore(canvas, wanted)

    def run(self) -> None:
        """Compute what is missing, also after a stop or a failure; where all is there, compute again."""
        canvas = self.canvas
        if canvas is None:
            return
        if canvas.done is not None and canvas.done == self._wanted():
            canvas.done = None
        canvas.failure = canvas.stopped = None
        self.resume()
        self.stepped.emit(None)

    def cancel(self) -> None:
        """Stop on the person's request; nothing starts by itself until settings change or ``run``."""
        self._timer.stop()
        self._release()
        if self._job:
            self._hub.cancel(self._job)

    def close(self) -> None:
        """Stop everything."""
        self._abandon()

    # Jobs.

    def _load(self, canvas: Canvas) -> None:
        job = Load(str(canvas.path), max_pixels=self._max_pixels())
        self._begin(job.id, loading=True)
        self._hub.submit(job, lambda event: self._on_load(canvas, event))

    def _restore(self, canvas: Canvas, restoration: Restoration) -> None:
        job = Restore(str(canvas.path), restoration, max_pixels=self._max_pixels())
        canvas.done = canvas.stopped = None
        self._size_layers(canvas, restoration, self._result_size(canvas, restoration))
        self._job_restoration = restoration
        self._begin(job.id, loading=False)
        self._hub.submit(job, lambda event: self._on_restore(canvas, restoration, event))

    def _begin(self, job_id: str, loading: bool) -> None:
        self._job, self._loading, self.progress = job_id, loading, None
        self.stepped.emit(None)

    @staticmethod
    def _result_size(canvas: Canvas, restoration: Restoration) -> tuple[int, int]:
        assert canvas.facts is not None
        scale = restoration.scale if restoration.task == "upscale" else 1.0
        return max(1, round(canvas.facts.width * scale)), max(1, round(canvas.facts.height * scale))

    def _size_layers(self, canvas: Canvas, restoration: Restoration, size: tuple[int, int]) -> None:
        """Make layers for a result of that size; those that fit stay, and with them what they show."""
        if canvas.after is None or (canvas.after.width, canvas.after.height) != size:
            canvas.after = TilePyramid(*size)
            canvas.before = TilePyramid(*size) if restoration.task == "upscale" else None
            self.shown.emit()

    def _on_load(self, canvas: Canvas, event: Event) -> None:
        match event:
            case Loaded():
                canvas.facts = event
                canvas.base = TilePyramid(event.width, event.height)
                self.shown.emit()
            case PreviewReady() if canvas.base is not None:
                canvas.base.preview = event.pixels
                self.shown.emit()
            case BeforeTile() if canvas.base is not None:
                piece = canvas.base.put(event.x, event.y, event.pixels)
                self.tile_arrived.emit(piece.x, piece.y, piece.width, piece.height, False)
            case Finished():
                canvas.loaded = True
                self._ended(event)
            case Failed() | CancelledEvent():
                self._ended(event)

    def _on_restore(self, canvas: Canvas, restoration: Restoration, event: Event) -> None:
        match event:
            case Started():
                canvas.started = event
                self._size_layers(canvas, restoration, (event.width, event.height))
                self.stepped.emit(event)
            case TileReady() if canvas.after is not None:
                if canvas.before is not None:
                    canvas.before.put(event.x, event.y, event.before, event.id)
                piece = canvas.after.put(event.x, event.y, event.after, event.id)
                self.tile_arrived.emit(piece.x, piece.y, piece.width, piece.height, True)
            case Progress():
                self.progress = event
                self.stepped.emit(event)
            case Finished():
                canvas.done = restoration
                for layer in (canvas.before, canvas.after):
                    if layer is not None:
                        layer.keep_only(event.id)
                self.shown.emit()
                self._ended(event)
            case CancelledEvent():
                canvas.stopped = restoration
                self._ended(event)
            case Failed():
                self._ended(event)

    def _ended(self, event: Event) -> None:
        was_loading = self._loading
        self._job, self._job_restoration, self.progress = "", None, None
        canvas = self.canvas
        if isinstance(event, Failed) and canvas is not None:
            canvas.failure = event
            if was_loading:
                self.load_failed.emit(canvas.path, event)
        elif not (was_loading and isinstance(event, CancelledEvent)):
            self.resume()
        self.stepped.emit(event)

    # Superseding.

    def _rested(self) -> None:
        canvas = self.canvas
        if canvas is not None and canvas.failure is not None and canvas.loaded:
            # Other settings may well work where the last ones failed.
            canvas.failure = None
        self.resume()
        self._release()
        self.stepped.emit(None)

    def _end_job(self) -> None:
        job, self._job, self._job_restoration, self.progress = self._job, "", None, None
        if job:
            self._hub.drop(job)

    def _abandon(self, release: bool = True) -> None:
        self._timer.stop()
        self._end_job()
        if release:
            self._release()

    def _hold_name(self) -> str:
        return f"restart-{id(self)}"

    def _hold(self) -> None:
        self._hub.hold(self._hold_name())

    def _release(self) -> None:
        self._hub.release(self._hold_name())

    def _make_room(self) -> None:
        """Let go of the pictures that were shown longest ago where together they are too large."""
        total = sum(c.nbytes for c in self._canvases.values())
        for path, canvas in list(self._canvases.items()):
            if total <= KEPT_BYTES or canvas is self.canvas:
                return
            total -= canvas.nbytes
            del self._canvases[path]
