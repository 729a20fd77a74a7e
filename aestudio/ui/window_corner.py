"""What stands beside the tabs: what is being trained, the device at work, and the buttons of the whole window."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from aestudio.ui.naming import label, named, tool_button

HEIGHT = 42
"""Logical pixels of the row with the tabs."""


class WindowCorner(QWidget):
    """``first`` stands before the others."""

    def __init__(self, first: QWidget) -> None:
        super().__init__()
        self.device_label = named(label("", "quiet"), "deviceLabel", self.tr("Device"))
        self.menu_button = tool_button("menuButton", self.tr("Menu"), self.tr("Models, training, preferences."), "menu")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.full_button = tool_button(
            "fullScreenButton", self.tr("Full screen"), self.tr("Fill the screen, or stop that (F, Esc)."), "full"
        )
        self.fold_button = tool_button(
            "foldButton", self.tr("Fold panels"), self.tr("Hide the panels, or show them again (F9)."), "panels"
        )
        self.setMinimumHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for widget in (first, self.device_label, self.fold_button, self.full_button, self.menu_button):
            row.addWidget(widget)
