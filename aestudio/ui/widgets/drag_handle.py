"""A button that the result is dragged out of the window by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from aestudio.ui import icons
from aestudio.ui.handover import file_data

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


class DragHandle(QToolButton):
    """``wanted``: a drag begins, its file is to be given by :meth:`drag`. A click, or Space, is ``clicked``."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed_at: QPoint | None = None
        self._dragging = False
        icons.give(self, "drag")

    def drag(self, file: Path) -> bool:
        """Drag a file, if the button is still held down; return whether it is."""
        if not self._dragging:
            return False
        self._end()
        self.setDown(False)
        drag = QDrag(self)
        drag.setMimeData(file_data(file))
        drag.setPixmap(self.icon().pixmap(self.iconSize()))
        drag.exec(Qt.DropAction.CopyAction)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed_at is None or self._dragging:
            return
        if (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.wanted.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self.setDown(False)  # it was no click
        self._end()
        super().mouseReleaseEvent(event)

    def _end(self) -> None:
        self._pressed_at, self._dragging = None, False
