"""One sentence in sight about the control that has the focus or lies under the mouse: what its tip would say."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from aestudio.ui.naming import named


class Explanation(QLabel):
    """Explains the controls within ``part``; the one under the mouse goes before the one that has the focus."""

    def __init__(self, part: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "explanationLabel", self.tr("What the control in question is for"))
        self.setProperty("role", "quiet")
        self.setWordWrap(True)
        self._part = part
        self._usual = self.tr("Point at a control to read what it is for.")
        self.setText(self._usual)
        # its room stays the same: nothing moves while one reads
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        for child in part.findChildren(QWidget):
            if _tip(child):
                child.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse and the focus; every event goes on to its control."""
        if isinstance(watched, QWidget):
            if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
                self.setText(_tip(watched))
            elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
                self.setText(self._of_focus(watched if event.type() is QEvent.Type.FocusOut else None))
        return super().eventFilter(watched, event)

    def _of_focus(self, left: QWidget | None) -> str:
        focused = QApplication.focusWidget()
        if focused is None or focused is left or not self._part.isAncestorOf(focused):
            return self._usual
        return _tip(focused) or self._usual


def _tip(widget: QWidget) -> str:
    """Return what a control is for; a title says it of the control that it belongs to."""
    buddy = widget.buddy() if isinstance(widget, QLabel) else None
    return (buddy or widget).toolTip()
