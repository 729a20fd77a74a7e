"""What the colours of a map of invented detail mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from aestudio.ui import theme

BAR = QSize(96, 10)
GAP = 6


class HeatLegend(QWidget):
    """A bar from no ``colour`` to all of it, with what its two ends stand for beside them."""

    def __init__(self, colour: QColor, low: str, high: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour, self._low, self._high = colour, low, high
        font = self.font()
        font.setPixelSize(11)
        self.setFont(font)
        metrics = QFontMetrics(font)
        self._left, right = metrics.horizontalAdvance(low), metrics.horizontalAdvance(high)
        self.setFixedSize(self._left + BAR.width() + right + 2 * GAP + 2, max(metrics.height(), BAR.height()) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        start = self._left + GAP
        bar = QRectF(start + 0.5, (self.height() - BAR.height()) / 2, BAR.width(), BAR.height())
        ramp = QLinearGradient(bar.topLeft(), bar.topRight())
        nothing = QColor(self._colour)
        nothing.setAlpha(0)
        ramp.setColorAt(0, nothing)
        ramp.setColorAt(1, self._colour)
        painter.fillRect(bar, colours.shade)
        painter.fillRect(bar, ramp)
        painter.setPen(colours.edge)
        painter.drawRect(bar)
        painter.setPen(colours.quiet)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignLeft, self._low)
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignRight, self._high)
        painter.end()
