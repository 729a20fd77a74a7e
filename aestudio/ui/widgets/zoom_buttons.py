"""Fit, 1:1, 2:1 and the zoom in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QHBoxLayout, QWidget

from aestudio.ui import theme
from aestudio.ui.naming import label, named, tool_button

if TYPE_CHECKING:
    from aestudio.ui.widgets.viewport import Viewport


class Zoomable(Protocol):
    """What these buttons zoom."""

    viewport: Viewport

    def fit(self) -> None:
        """Show the whole picture."""

    def zoom_to(self, zoom: float) -> None:
        """Zoom about the middle."""


class ZoomButtons(QWidget):
    """Buttons for what the canvas also does by mouse and keys; ``refresh`` shows what it did."""

    def __init__(self, view: Zoomable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in (self.fit, self.one, self.two):
            button.setCheckable(True)
            row.addWidget(button)
        row.addWidget(self.zoom)
        self.fit.clicked.connect(view.fit)
        self.one.clicked.connect(lambda: view.zoom_to(1.0))
        self.two.clicked.connect(lambda: view.zoom_to(2.0))

    def refresh(self) -> None:
        """Show the zoom in force."""
        port = self._view.viewport
        percent = port.zoom * 100
        digits = ".0f" if percent >= 100 else ".3g"
        self.zoom.setText(f"{percent:{digits}} %" if port.width else "")
        self.fit.setChecked(port.fitting)
        self.one.setChecked(not port.fitting and abs(port.zoom - 1) < 1e-6)
        self.two.setChecked(not port.fitting and abs(port.zoom - 2) < 1e-6)
