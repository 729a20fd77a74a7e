"""The application as the system speaks to it: which files it asks to open while it runs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Keeps the files that the system asks for by events, as Finder and the Dock of macOS do, until they are taken.

    ``asked`` says that there are some. An event filter would see every event of every widget for this.
    """

    asked = Signal()

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._files: list[Path] = []

    def event(self, event: QEvent) -> bool:
        """Note the file of an event; all that were chosen together are asked for together."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self._files.append(Path(event.file()))
            QTimer.singleShot(0, self._tell)
            return True
        return super().event(event)

    def take_files(self) -> list[Path]:
        """Return the files that were asked for since the last time."""
        files, self._files = self._files, []
        return files

    def _tell(self) -> None:
        if self._files:
            self.asked.emit()
