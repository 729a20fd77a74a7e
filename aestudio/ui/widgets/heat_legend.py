"""What the colours of a map of invented detail mean."""

from __future__ import annotations

from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aestudio.ui import theme
from aestudio.ui.naming import label

HEIGHT = 10


class HeatBar(QWidget):
    """A bar from no ``colour`` on the left to all of it on the right."""

    def __init__(self, colour: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(4 * HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ramp = QLinearGradient(0, 0, self.width(), 0)
        nothing = QColor(self._colour)
        nothing.setAlpha(0)
        ramp.setColorAt(0, nothing)
        ramp.setColorAt(1, self._colour)
        painter.fillRect(self.rect(), theme.current().shade)
        painter.fillRect(self.rect(), ramp)
        painter.setPen(theme.current().edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class HeatLegend(QWidget):
    """The bar, and what its two ends stand for beside them."""

    def __init__(self, colour: QColor, low: str, high: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(low, "quiet"))
        row.addWidget(HeatBar(colour), 1)
        row.addWidget(label(high, "quiet"))
