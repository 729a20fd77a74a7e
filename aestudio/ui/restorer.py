"""Keeps the picture on the canvas loaded and restored with the settings in force. No widgets here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from aestudio.jobs.events import (
    CancelledEvent,
    Event,
    Failed,
    Finished,
    Judged,
    Loaded,
    PreviewReady,
    Progress,
    Started,
    TileReady,
    ViewReady,
)
from aestudio.jobs.spec import Load, Restoration, Restore
from aestudio.jobs.stamps import MISSING, Stamp
from aestudio.ui import battery
from aestudio.ui.canvas import Canvas, make_room
from aestudio.ui.glimpse import Glimpse
from aestudio.ui.in_sight import InSight, Sight
from aestudio.ui.peeks import Peeks
from aestudio.ui.widgets.tile_pyramid import LAYER_BYTES, TilePyramid

if TYPE_CHECKING:
    from aestudio.ui.job_hub import JobHub

DEBOUNCE = 250
"""Milliseconds that a changed setting must rest before the picture is restored anew."""
THROTTLE = 30
"""Milliseconds between two looks at where a picture that is being moved has come to."""


class Restorer(QObject):
    """Drives Load and Restore for one picture at a time; a change of settings supersedes what runs.

    ``shown`` says that layers or facts changed, ``tile_arrived`` (layer's x, y, width, height and
    whether it is a result's tile) that some pixels did, ``stepped`` that work began, moved or ended. ``read`` carries
    the path and the stamp of a file that is read from now on. With ``fill`` the rest of a picture is computed in idle
    time; ``layer_bytes`` is what each layer may hold.
    """

    shown = Signal()
    tile_arrived = Signal(int, int, int, int, bool)
    stepped = Signal(object)
    read = Signal(object, object)
    load_failed = Signal(object, object)

    def __init__(
        self,
        hub: JobHub,
        wanted: Callable[[], Restoration | None],
        max_pixels: Callable[[], int],
        sight: Callable[[], Sight],
        parent: QObject | None = None,
        fill: bool = True,
        layer_bytes: int = LAYER_BYTES,
    ) -> None:
        super().__init__(parent)
        self._fill, self._layer_bytes = fill, layer_bytes
        self._hub, self._wanted, self._max_pixels = hub, wanted, max_pixels
        self._in_sight = InSight(sight, lambda: self.canvas)
        self._canvases: dict[Path, Canvas] = {}
        self.canvas: Canvas | None = None
        self.active = False
        self._job = ""
        self._peeks = Peeks(hub, self._in_sight, max_pixels, layer_bytes, self)
        self._peeks.arrived.connect(self._on_arrived)
        self._peeks.changed.connect(self._change)
        self._glimpse = Glimpse(hub, self)
        self._glimpse.told.connect(self._on_told)
        self._loading = False
        self._filling = False
        self._seen = 0
        self._job_restoration: Restoration | None = None
        self.progress: Progress | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self._rested)
        self._throttle = QTimer(self)
        self._throttle.setSingleShot(True)
        self._throttle.setInterval(THROTTLE)
        self._throttle.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether what is looked at is being loaded or restored, or is about to be."""
        return (bool(self._job) and not self._filling) or self._timer.isActive()

    @property
    def filling(self) -> bool:
        """Whether what is looked at is there, and the rest is being computed in idle time."""
        return bool(self._job) and self._filling

    @property
    def path(self) -> Path | None:
        """The picture on the canvas."""
        return self.canvas.path if self.canvas is not None else None

    @property
    def loading(self) -> bool:
        """Whether the picture is being loaded."""
        return bool(self._job) and self._loading

    @property
    def current_result(self) -> bool:
        """Whether the result on the canvas is that of the settings in force, as far as it is looked at."""
        canvas = self.canvas
        if canvas is None or self.busy:
            return False
        there = (self.filling or canvas.done is not None) and canvas.shown == self._wanted()
        return there and canvas.shown is not None and not self._in_sight.lacks(canvas, canvas.shown)

    def looked(self) -> None:
        """Bring what has come into sight; called as often as the view moves."""
        if self.canvas is not None and self.active and not self._throttle.isActive():
            self._hub.hold(self._look_name())
            self._throttle.start()

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
            make_room(self._canvases, self.canvas)
        self.shown.emit()
        self.check()
        self.resume()
        self._release()

    def check(self, then: Callable[[], None] = lambda: None) -> None:
        """Look whether the file on the canvas is the one that was read; where it is another, that is read instead.

        Else go on with ``then``, if there is a picture. What is shown of a file that is gone stays.
        """
        canvas = self.canvas
        if canvas is not None:
            self._glimpse.look(canvas.path, lambda: then() if self._canvases.get(canvas.path) is canvas else None)

    def renew(self, path: Path, stamp: Stamp) -> None:
        """Let go of what is shown of a file, unless it is that of its ``stamp``, and read it again."""
        canvas = self._canvases.get(path)
        if canvas is None or canvas.stamp == stamp:
            return
        self._canvases[path] = Canvas(path, stamp)
        if canvas is self.canvas:
            self.canvas = None
            self.show(path)

    def forget(self, path: Path) -> None:
        """Let go of a closed picture."""
        self._canvases.pop(path, None)
        if self.canvas is not None and self.canvas.path == path:
            self._abandon()
            self.canvas = None
            self.shown.emit()

    def start_over(self) -> None:
        """Take no result for done: another device computes from now on, and its pixels may differ a little."""
        self._end_job()
        for canvas in self._canvases.values():
            canvas.done = canvas.shown = canvas.failure = None
        self.resume()
        self.stepped.emit(None)

    def set_active(self, active: bool) -> None:
        """Work only while the tab is in front."""
        self.active = active
        if active:
            self.check()
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
        if canvas is None or not self.active or self._job:
            return
        if canvas.forgive(self._wanted()):
            self.stepped.emit(None)
        if canvas.failure is not None:
            return
        if not canvas.loaded:
            self._load(canvas)
            return
        wanted = self._wanted()
        self._peeks.peek(canvas)
        if (
            wanted is not None
            and wanted != canvas.stopped
            and (wanted != canvas.done or self._in_sight.lacks(canvas, wanted))
        ):
            self._restore(canvas, wanted)

    def run(self) -> None:
        """Compute what is missing, also after a stop or a failure; where all is there, compute again."""
        canvas = self.canvas
        if canvas is None:
            return
        if not self._job and canvas.done is not None and canvas.done == self._wanted():
            canvas.done = canvas.shown = None
        canvas.failure = canvas.stopped = None
        self.resume()
        self.stepped.emit(None)

    def cancel(self) -> None:
        """Stop on the person's request; nothing starts by itself until settings change or ``run``."""
        self._timer.stop()
        self._release()
        if self._job and not self._filling:
            self._hub.cancel(self._job)

    def close(self) -> None:
        """Stop everything, and hear of nothing any more."""
        self._abandon()
        self._throttle.stop()
        self._hub.release(self._look_name())
        self._peeks.close()
        self._glimpse.close()

    # Jobs.

    def _load(self, canvas: Canvas) -> None:
        job = Load(str(canvas.path), max_pixels=self._max_pixels(), tiles=False)
        self._begin(job.id, loading=True)
        self._hub.submit(job, lambda event: self._on_load(canvas, event))

    def _restore(self, canvas: Canvas, restoration: Restoration) -> None:
        canvas.stopped = None
        if canvas.shown != restoration:
            canvas.shown, canvas.done, canvas.judged = restoration, None, None
            canvas.tag += 1
            canvas.pace.clear()
        assert canvas.facts is not None
        self._size_layers(canvas, restoration.result_size(canvas.facts.width, canvas.facts.height))
        self._job_restoration, self._seen = restoration, 0
        job = Restore(
            str(canvas.path),
            restoration,
            max_pixels=self._max_pixels(),
            view=self._in_sight.view(canvas, self._seen),
            fill=self._fill and not battery.on_battery(),
        )
        self._begin(job.id, loading=False)
        self._hub.submit(job, lambda event: self._on_restore(canvas, restoration, event))

    def _begin(self, job_id: str, loading: bool) -> None:
        self._job, self._loading, self._filling, self.progress = job_id, loading, False, None
        self.stepped.emit(None)

    def _size_layers(self, canvas: Canvas, size: tuple[int, int]) -> None:
        if canvas.size_layers(size):
            self.shown.emit()

    def _on_load(self, canvas: Canvas, event: Event) -> None:
        match event:
            case Loaded():
                canvas.facts, canvas.stamp = event, event.stamp
                canvas.base = TilePyramid(event.width, event.height)
                self.shown.emit()
                self.read.emit(canvas.path, event.stamp)
            case PreviewReady() if canvas.base is not None:
                canvas.base.preview = event.pixels
                self.shown.emit()
            case Finished():
                canvas.loaded = True
                self._ended(event)
            case Failed() | CancelledEvent():
                self._ended(event)

    def _on_arrived(self, canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
        if canvas is self.canvas:
            self.tile_arrived.emit(x, y, width, height, False)

    def _on_restore(self, canvas: Canvas, restoration: Restoration, event: Event) -> None:
        match event:
            case Started() if event.stamp != canvas.stamp:
                self._change(canvas, event.stamp)
            case Started():
                if canvas.started is not None and canvas.started.tile != event.tile:
                    # another grid: its tiles do not fit between those of the last one
                    canvas.tag += 1
                canvas.started = event
                self._size_layers(canvas, (event.width, event.height))
                self.stepped.emit(event)
            case TileReady() if canvas.after is not None:
                # a part that comes ahead of its tile is not counted by the engine either
                self._seen += event.number >= 0
                canvas.note_pace(event, restoration)
                for layer in canvas.put(event):
                    layer.trim(self._layer_bytes, self._in_sight.box(canvas, layer))
                self.tile_arrived.emit(event.x, event.y, event.width, event.height, True)
            case ViewReady() if event.serial == self._in_sight.serial:
                self._filling = True
                self._drop_stale(canvas)
                self._hub.settle(event.id)
                self.stepped.emit(event)
            case Judged():
                canvas.judged = event
                self.stepped.emit(event)
            case Progress():
                self.progress = event
                self.stepped.emit(event)
            case Finished():
                canvas.done = restoration
                self._drop_stale(canvas)
                self._ended(event)
            case CancelledEvent():
                canvas.stopped = restoration
                self._ended(event)
            case Failed():
                self._ended(event)

    def _drop_stale(self, canvas: Canvas) -> None:
        canvas.drop_stale()
        self.shown.emit()

    def _ended(self, event: Event) -> None:
        was_loading, self._filling, restoration = self._loading, False, self._job_restoration
        self._job, self._job_restoration, self.progress = "", None, None
        canvas = self.canvas
        if isinstance(event, Failed) and canvas is not None:
            canvas.failure, canvas.failed = event, restoration
            if was_loading and event.kind != "engine":
                # where the engine ended, that may be another file's doing: this one can still be read
                self.load_failed.emit(canvas.path, event)
        elif was_loading or self._seen or not isinstance(event, Finished):
            # a finished job that sent nothing had nothing to send: asking again would bring no more
            if not (was_loading and isinstance(event, CancelledEvent)):
                self.resume()
        self.stepped.emit(event)

    def _on_told(self, path: Path, stamp: Stamp) -> None:
        canvas = self._canvases.get(path)
        if canvas is not None and canvas.stamp is not None and stamp not in (canvas.stamp, MISSING):
            self._change(canvas, stamp)

    def _change(self, canvas: Canvas, stamp: Stamp) -> None:
        """Read a file again that is another one than the canvas shows; of a canvas that is gone that is no news."""
        if self._canvases.get(canvas.path) is canvas:
            self.read.emit(canvas.path, stamp)
            self.renew(canvas.path, stamp)

    # What is looked at.

    def _look(self) -> None:
        canvas = self.canvas
        try:
            if canvas is not None and canvas.loaded and self.active and not self._loading:
                self._look_at(canvas)
        finally:
            self._hub.release(self._look_name())

    def _look_at(self, canvas: Canvas) -> None:
        self._peeks.peek(canvas)
        if not self._job:
            self.resume()
        elif canvas.shown is not None and self._in_sight.lacks(canvas, canvas.shown):
            self._filling = False
            self._hub.look(self._job, self._in_sight.view(canvas, self._seen))
            self.stepped.emit(None)

    def _look_name(self) -> str:
        return f"look-{id(self)}"

    # Superseding.

    def _rested(self) -> None:
        self.resume()
        self._release()
        self.stepped.emit(None)

    def _end_job(self) -> None:
        job, self._job, self._job_restoration, self.progress = self._job, "", None, None
        self._filling = False
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
