"""The noise level measured where the person shows an even area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import Event, Failed, Measured
from aestudio.jobs.spec import Measure
from aestudio.ui.widgets.canvas_tool import AreaTool

if TYPE_CHECKING:
    from pathlib import Path

    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.restorer import Restorer
    from aestudio.ui.tabs.inspector import Inspector
    from aestudio.ui.widgets.compare_view import CompareView


class NoisePicker(QObject):
    """Puts an area tool on the canvas while the inspector's button is down."""

    failed = Signal(object, object)
    """The picture's path, and why its noise could not be measured."""

    def __init__(
        self, hub: JobHub, inspector: Inspector, view: CompareView, restorer: Restorer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._hub, self._inspector, self._view, self._restorer = hub, inspector, view, restorer
        self._tool = AreaTool(
            self.tr("Drag over a smooth, even area, or move it with the arrow keys and press Enter."),
            self.tr("That area is too small to measure noise in. Drag over a larger one."),
            self,
        )
        self._tool.picked.connect(self._measure)
        self._tool.left.connect(self.leave)
        self._on: Path | None = None
        self._button = inspector.noise_pick
        if self._button is not None:
            self._button.toggled.connect(self._on_toggled)
            restorer.shown.connect(self._follow)
            self._follow()

    def leave(self) -> None:
        """Take the tool from the canvas."""
        if self._button is not None:
            self._button.setChecked(False)

    def _on_toggled(self, on: bool) -> None:
        self._on = self._restorer.path
        if on:
            self._view.tool = self._tool
        elif self._view.tool is self._tool:
            self._view.tool = None

    def _follow(self) -> None:
        """Be there for pictures that are open, and leave with the one that it was called for."""
        canvas = self._restorer.canvas
        if self._button is not None:
            self._button.setEnabled(canvas is not None and canvas.facts is not None)
        if self._restorer.path != self._on:
            self.leave()

    def _measure(self, box: tuple[int, int, int, int]) -> None:
        path = self._restorer.path
        self.leave()
        if path is not None:
            self._hub.submit(Measure(str(path), box), lambda event: self._on_event(path, event))

    def _on_event(self, path: Path, event: Event) -> None:
        if isinstance(event, Measured) and path == self._restorer.path:
            self._inspector.set_noise(event.noise)
        elif isinstance(event, Failed):
            self.failed.emit(path, event)
