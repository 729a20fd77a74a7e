"""The row under the canvas: zoom, the divider, the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from aestudio.ui import theme
from aestudio.ui.naming import label, named, tool_button

if TYPE_CHECKING:
    from aestudio.ui.widgets.compare_view import CompareView


class CanvasBar(QFrame):
    """Buttons for what the canvas also does by mouse and keys."""

    def __init__(self, view: CompareView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvasBar")
        self._view = view
        self.fit = tool_button("fitButton", self.tr("Fit"), self.tr("Show the whole picture (0)."), text=self.tr("Fit"))
        self.one = tool_button(
            "oneToOneButton", self.tr("1 to 1"), self.tr("One screen pixel for each pixel (1)."), text="1:1"
        )
        self.two = tool_button(
            "twoToOneButton", self.tr("2 to 1"), self.tr("Four screen pixels for each pixel (2)."), text="2:1"
        )
        self.zoom = named(label("", "quiet"), "zoomLabel", self.tr("Zoom"))
        self.zoom.setFont(theme.tabular(self.zoom.font()))
        self.zoom.setMinimumWidth(48)
        self.divide = tool_button(
            "dividerButton",
            self.tr("Divider"),
            self.tr("Show before and after on two sides of a divider. Arrow keys move it."),
            "divider",
            self.tr("Divider"),
        )
        self.original = tool_button(
            "originalButton",
            self.tr("Original"),
            self.tr("Hold to see the original (or hold the space bar on the picture)."),
            "eye",
            self.tr("Original"),
        )
        self.notes = named(label("", "quiet"), "factsLabel", self.tr("About this picture"))
        for button in (self.divide, self.original):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in (self.fit, self.one, self.two):
            button.setCheckable(True)
        self.divide.setCheckable(True)
        self.divide.setChecked(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for widget in (self.fit, self.one, self.two, self.zoom):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.notes)
        row.addStretch(1)
        row.addWidget(self.divide)
        row.addWidget(self.original)
        self.fit.clicked.connect(view.fit)
        self.one.clicked.connect(lambda: view.zoom_to(1.0))
        self.two.clicked.connect(lambda: view.zoom_to(2.0))
        self.divide.toggled.connect(view.set_divided)
        self.original.pressed.connect(lambda: view.set_original(True))
        self.original.released.connect(lambda: view.set_original(False))
        view.zoom_changed.connect(self._on_zoom)

    def _on_zoom(self, _: float) -> None:
        port = self._view.viewport
        self.zoom.setText(f"{port.zoom * 100:.3g} %" if port.width else "")
        self.fit.setChecked(port.fitting)
        self.one.setChecked(not port.fitting and abs(port.zoom - 1) < 1e-6)
        self.two.setChecked(not port.fitting and abs(port.zoom - 2) < 1e-6)
