"""Puts the brush on the canvas while one of the inspector's two buttons for it is down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aestudio.ui.widgets.brush_tool import BrushTool

if TYPE_CHECKING:
    from pathlib import Path

    from aestudio.ui.restorer import Restorer
    from aestudio.ui.tabs.region_controls import RegionControls
    from aestudio.ui.widgets.compare_view import CompareView


class RegionBrush(QObject):
    """Joins the region's controls, the canvas and the picture on it."""

    def __init__(
        self, region: RegionControls, view: CompareView, restorer: Restorer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._region, self._view, self._restorer = region, view, restorer
        self._path: Path | None = None
        self.tool = BrushTool(self.tr("Paint over the picture; [ and ] change the brush, Esc puts it away."), self)
        self.tool.painted.connect(region.take)
        self.tool.left.connect(self.leave)
        self.tool.size_changed.connect(region.brush_size.set_value)
        region.brush_size.value_changed.connect(self.tool.resize)
        region.shown.connect(self.tool.show_mask)
        region.brush.clicked.connect(lambda on: self._hold(on, erasing=False))
        region.eraser.clicked.connect(lambda on: self._hold(on, erasing=True))
        region.fold.toggled.connect(lambda open_: None if open_ else self.leave())
        restorer.shown.connect(self._follow)
        self._follow()

    def leave(self) -> None:
        """Take the brush from the canvas."""
        self._hold(False, erasing=False)

    def _hold(self, on: bool, erasing: bool) -> None:
        self._region.brush.setChecked(on and not erasing)
        self._region.eraser.setChecked(on and erasing)
        self.tool.erasing = erasing
        if on:
            self._view.tool = self.tool
        elif self._view.tool is self.tool:
            self._view.tool = None

    def _follow(self) -> None:
        """Be there for pictures that are open; put the brush away when another comes."""
        canvas = self._restorer.canvas
        ready = canvas is not None and canvas.facts is not None
        self._region.brush.setEnabled(ready)
        self._region.eraser.setEnabled(ready)
        if self._restorer.path != self._path:
            self._path = self._restorer.path
            self.leave()
