"""A small picture of an autocorrelation: one square for each shift, bright where shifted copies agree."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from aestudio.ui import theme

SQUARE = 7
GAIN = 2.0
"""How much stronger than they are small correlations are shown."""


class Correlogram(QWidget):
    """``values``, row by row from the top left, of a square of shifts whose middle is none: -1..1 each, 0 is grey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = ()
        self.setFixedSize(self.sizeHint())

    def show_values(self, values: Sequence[float]) -> None:
        """Show these values; none shows nothing."""
        self._values = tuple(values)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(9 * SQUARE + 2, 9 * SQUARE + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        side = math.isqrt(len(self._values))
        painter = QPainter(self)
        for number, value in enumerate(self._values):
            row, column = divmod(number, side)
            grey = round(128 + 127 * min(max(GAIN * value, -1.0), 1.0))
            painter.fillRect(1 + column * SQUARE, 1 + row * SQUARE, SQUARE, SQUARE, QColor(grey, grey, grey))
        painter.setPen(theme.current().edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
