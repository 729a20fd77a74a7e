"""The middle of a restoring page: an invitation, a picture with its layers, or why there is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from aestudio.ui.invented import Invented
from aestudio.ui.mixed import Mixed
from aestudio.ui.naming import named
from aestudio.ui.removed import Removed
from aestudio.ui.widgets.canvas_bar import CanvasBar
from aestudio.ui.widgets.compare_view import CompareView
from aestudio.ui.widgets.drop_area import DropArea
from aestudio.ui.widgets.failed_page import FailedPage
from aestudio.ui.widgets.panes import Mode
from aestudio.ui.widgets.tile_pyramid import TilePyramid

if TYPE_CHECKING:
    from collections.abc import Callable

    from aestudio.imageio.mix import Mix
    from aestudio.jobs.spec import RestorationTask
    from aestudio.ui.canvas import Canvas
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.restorer import Restorer


class CanvasArea(QWidget):
    """Shows what a restorer has on its canvas, and the layers that the window makes of it by itself: ``mixed``,
    ``removed``, ``invented``. ``looked_anew``: other layers are wanted, so that :meth:`show_canvas` is due.
    """

    looked_anew = Signal()

    def __init__(
        self, task: RestorationTask, hub: JobHub, pictures: Pictures, restorer: Restorer, max_pixels: Callable[[], int]
    ) -> None:
        super().__init__()
        self._task, self._pictures, self._restorer = task, pictures, restorer
        self.drop_area = named(
            DropArea(
                self.tr("Drop a photo or a folder here"),
                self.tr("Its noise is measured and removed at once.")
                if task == "denoise"
                else self.tr("It is enlarged at once, with detail that a plain resize does not have."),
            ),
            "dropArea",
            self.tr("Drop pictures here"),
        )
        self.view = named(
            CompareView(),
            "compareView",
            self.tr("Before and after"),
            self.tr("Wheel zooms, drag moves, space shows the original, arrow keys move the divider."),
        )
        self.view.setToolTip("")
        self.stack = QStackedWidget()
        self.stack.setObjectName("canvasStack")
        self.failed_page = FailedPage()
        for page in (self.drop_area, self.view, self.failed_page):
            self.stack.addWidget(page)
        self.bar = CanvasBar(self.view)
        middle = QVBoxLayout(self)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.bar)
        self.mixed = Mixed(hub, self.view.in_sight, self)
        self.removed = Removed(hub, self.view.in_sight, self)
        self.invented = Invented(hub, restorer, lambda: self.view.in_sight()[0], max_pixels, self)
        self._connect()

    def _connect(self) -> None:
        self._restorer.tile_arrived.connect(self._on_tile)
        self.view.view_moved.connect(self._restorer.looked)
        self.view.mode_changed.connect(self._on_mode)
        self.bar.gain_chosen.connect(self.removed.set_gain)
        for layer in (self.mixed, self.removed):
            layer.changed.connect(self.view.tile_changed)
            self.view.view_moved.connect(layer.look)
        self.view.view_moved.connect(self.invented.follow)
        self.invented.changed.connect(self.view.tile_changed)
        self.invented.layer_changed.connect(self.looked_anew)

    @property
    def shows_picture(self) -> bool:
        """Whether a picture is to be seen, and neither the invitation nor a failure."""
        return self.stack.currentWidget() is self.view

    def set_active(self, active: bool) -> None:
        """Work only while in front."""
        self.invented.set_on(active and self.view.mode is Mode.INVENTED)

    def show_canvas(self) -> None:
        """Show what is on the canvas now, as far as it is known."""
        canvas = self._restorer.canvas
        if canvas is None:
            self.stack.setCurrentWidget(self.drop_area)
            self.view.show_layers(None, None, None, None)
        elif canvas.facts is None and canvas.failure is not None:
            self.failed_page.show_failure(canvas.path.name, canvas.failure)
            self.stack.setCurrentWidget(self.failed_page)
        else:
            self.stack.setCurrentWidget(self.view)
            self._show_picture(canvas)

    def _show_picture(self, canvas: Canvas) -> None:
        base = canvas.base if canvas.base is not None else self._thumbnail_layer(canvas.path)
        whole = canvas.after if canvas.after is not None else base
        size = (whole.width, whole.height) if whole is not None else None
        # the file's own pixels are what denoising began with; only an enlargement differs from them
        before = canvas.before if self._task == "upscale" else None
        for layer in (self.mixed, self.removed):
            layer.set_layers(canvas.before, canvas.after, canvas.texture)
        made = (self.mixed.layer, self.removed.layer, self.invented.layer)
        self.view.show_layers(size, base, before, canvas.after, *made)

    def _thumbnail_layer(self, path: Path) -> TilePyramid | None:
        """Return the list's small view as the picture, until the engine has opened the file."""
        picture = self._pictures[path]
        if picture.thumbnail is None:
            return None
        layer = TilePyramid(picture.width, picture.height)
        layer.preview = picture.thumbnail
        return layer

    def show_mix(self, mix: Mix) -> None:
        """Mix before and after like this."""
        # outside a mask nothing shows, not even until the pieces of the mixture are made
        self.view.strength = mix.light if mix.mask is None else 0.0
        for layer in (self.mixed, self.removed):
            layer.set_mix(mix)
        # one share for all is painted without pixels of its own
        self.mixed.set_on(not mix.uniform)
        self.view.mixed = self.mixed.layer

    def restyle(self) -> None:
        """Follow a change of theme."""
        self.drop_area.restyle()
        self.failed_page.restyle()
        self.view.update()

    def _on_tile(self, x: int, y: int, width: int, height: int, of_result: bool) -> None:
        canvas = self._restorer.canvas
        if canvas is None or canvas.base is None:
            return
        if of_result:
            self.mixed.look()
            self.removed.look()
        scale = 1.0 if of_result or canvas.after is None else canvas.after.width / canvas.base.width
        self.view.tile_changed(x, y, width, height, scale)

    def _on_mode(self, mode: Mode) -> None:
        self.removed.set_on(mode is Mode.REMOVED)
        self.invented.set_on(mode is Mode.INVENTED)
        self.looked_anew.emit()
