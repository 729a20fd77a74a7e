"""The one place where failures are told: a bar above the tabs, never a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from aestudio.ui import icons, theme
from aestudio.ui.language import sentence
from aestudio.ui.naming import label, named, tool_button
from aestudio.ui.notifications import Notice


@dataclass(frozen=True)
class NoticeAction:
    """A button that a notice brings along: its objectName, its words, its sentence of help, and what it does."""

    name: str
    text: str
    tip: str
    do: Callable[[], object]


class NoticeBar(QFrame):
    """Shows the newest notice; the details go to the clipboard on request."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "noticeBar", self.tr("Notices"))
        self.notice: Notice | None = None
        self._retry: Callable[[], None] | None = None
        self._icon = QLabel()
        self.text = named(label("", wrap=True), "noticeText", self.tr("Notice"))
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.retry_button = tool_button(
            "retryButton", self.tr("Try again"), self.tr("Do the same once more."), "retry", self.tr("Try again")
        )
        self.copy_button = tool_button(
            "copyDetailsButton",
            self.tr("Copy details"),
            self.tr("Copy the technical details, for a report."),
            "copy",
            self.tr("Copy details"),
        )
        for button in (self.retry_button, self.copy_button):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more: list[QToolButton] = []
        self.close_button = tool_button("dismissButton", self.tr("Dismiss"), self.tr("Close this notice."), "close")
        self.retry_button.clicked.connect(self._on_retry)
        self.copy_button.clicked.connect(self._on_copy)
        self.close_button.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        self._more_row = QHBoxLayout()
        row.addWidget(self.retry_button)
        row.addLayout(self._more_row)
        row.addWidget(self.copy_button)
        row.addWidget(self.close_button)
        self.hide()

    def show_notice(
        self, notice: Notice, retry: Callable[[], None] | None = None, more: Sequence[NoticeAction] = ()
    ) -> None:
        """Show a notice; ``retry`` is what its button does: Try again, or the notice's own action.

        ``more`` are buttons that it brings along, which close it.
        """
        self.notice, self._retry = notice, retry
        self.setProperty("level", notice.level)
        self.style().unpolish(self)
        self.style().polish(self)
        self.restyle()
        words = f"{sentence(notice.what)} {sentence(notice.advice)}".strip()
        self.text.setText(words)
        self.text.setAccessibleName(words)
        action = notice.action or self.tr("Try again")
        self.retry_button.setText(action)
        self.retry_button.setAccessibleName(action)
        self.retry_button.setToolTip(action if notice.action else self.tr("Do the same once more."))
        icons.give(self.retry_button, "check" if notice.action else "retry")
        self.retry_button.setVisible(retry is not None)
        self.copy_button.setVisible(bool(notice.details))
        self._offer(more)
        self.show()

    def _offer(self, more: Sequence[NoticeAction]) -> None:
        for button in self._more:
            button.hide()
            button.deleteLater()
        self._more = [tool_button(a.name, a.text, a.tip, text=a.text) for a in more]
        for button, action in zip(self._more, more, strict=True):
            self._more_row.addWidget(button)
            button.clicked.connect(self.dismiss)
            button.clicked.connect(action.do)

    def dismiss(self) -> None:
        """Close the bar."""
        self.notice, self._retry = None, None
        self.hide()

    def restyle(self) -> None:
        """Follow a change of theme."""
        if self.notice is not None:
            glyph, role = {
                "failure": ("alert", "failure"),
                "attention": ("alert", "attention"),
                "info": ("info", "accent"),
            }[self.notice.level]
            colour = getattr(theme.current(), role)
            self._icon.setPixmap(icons.pixmap(glyph, colour, 20, self.devicePixelRatioF()))

    def _on_retry(self) -> None:
        retry = self._retry
        self.dismiss()
        if retry is not None:
            retry()

    def _on_copy(self) -> None:
        if self.notice is not None:
            QGuiApplication.clipboard().setText(f"{self.text.text()}\n\n{self.notice.details}")
