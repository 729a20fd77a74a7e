"""A label that says less where there is less room, and never half a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

from aestudio.ui.naming import plain

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class FittingLabel(QLabel):
    """Shows the first of its texts that fits, or nothing; all of it is a hover away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ()

    def show_texts(self, *texts: str) -> None:
        """Say the same ever more shortly: the longest text comes first."""
        if texts != self._texts:
            self._texts = texts
            self.updateGeometry()
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._needs(self._texts[0]) if self._texts else 0, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _needs(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + 2

    def _fit(self) -> None:
        fitting = next((text for text in self._texts if self._needs(text) <= self.width()), "")
        self.setText(fitting)
        whole = self._texts[0] if self._texts else ""
        self.setToolTip(plain(whole) if whole != fitting else "")
        self.setAccessibleDescription(whole)
