"""The window's theme: the one that a person chose, or the system's, also when that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from aestudio.ui import icons, theme

if TYPE_CHECKING:
    from aestudio.settings import Settings


class WindowTheme(QObject):
    """``changed``: what paints colours of its own does so anew."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system)

    def apply(self, choice: str) -> None:
        """Use the theme of a setting: ``dark``, ``light`` or ``auto``."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, choice)
            icons.refresh()
            self.changed.emit()

    def close(self) -> None:
        """Follow the system no longer."""
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._on_system)

    def _on_system(self) -> None:
        if self._settings.theme == "auto" and theme.resolve("auto") != theme.current():
            self.apply("auto")
