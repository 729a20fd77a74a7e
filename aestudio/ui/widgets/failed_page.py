"""What the canvas shows in place of a picture that cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aestudio.ui import icons, theme
from aestudio.ui.naming import label, push_button

if TYPE_CHECKING:
    from aestudio.jobs.events import Failed


class FailedPage(QWidget):
    """Says what happened, why and what to do, with a button that tries again."""

    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._title = label("", "title", wrap=True)
        self._what = label("", wrap=True)
        self._advice = label("", wrap=True)
        self.retry_button = push_button(
            "canvasRetryButton", self.tr("Try again"), self.tr("Open this picture once more."), "retry"
        )
        self.retry_button.clicked.connect(self.retry_asked)
        self.copy_button = push_button(
            "canvasCopyButton", self.tr("Copy details"), self.tr("Copy the technical details, for a report."), "copy"
        )
        self.copy_button.clicked.connect(self._on_copy)
        self._details = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(48, 32, 48, 32)
        box.setSpacing(16)
        box.addStretch(1)
        for text in (self._icon, self._title, self._what, self._advice):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(text)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.retry_button)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        box.addLayout(row)
        box.addStretch(2)
        self.restyle()

    def show_failure(self, name: str, failure: Failed) -> None:
        """Show why the picture of that name cannot be opened."""
        self._title.setText(self.tr("{name} could not be opened").format(name=name))
        self._what.setText(failure.what)
        self._advice.setText(failure.advice)
        self._advice.setVisible(bool(failure.advice))
        self._details = f"{failure.what} {failure.advice}\n\n{failure.details}".strip()
        self.copy_button.setVisible(bool(failure.details))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)

    def restyle(self) -> None:
        """Follow a change of theme."""
        self._icon.setPixmap(icons.pixmap("alert", theme.current().failure, 48, self.devicePixelRatioF()))
