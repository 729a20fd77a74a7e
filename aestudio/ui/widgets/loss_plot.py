"""Two small curves of a training run, side by side: the loss, and the score of pictures that are held out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from aestudio.ui import theme

Points = Sequence[tuple[float, float]]
GAP, ROOM = 24, 44
"""Logical pixels between the panels, and left of each for its figures."""


@dataclass(frozen=True)
class Panel:
    """One curve: points of (share of the budget in 0..1, value), and level lines with their names."""

    title: str
    points: Points = ()
    levels: tuple[tuple[str, float], ...] = ()
    logarithmic: bool = False

    def span(self) -> tuple[float, float]:
        """Return the least and the greatest value to show, as they are drawn."""
        values = [self.drawn(v) for _, v in self.points] + [self.drawn(v) for _, v in self.levels]
        low, high = min(values, default=0.0), max(values, default=1.0)
        margin = max((high - low) * 0.08, 1e-3)
        return low - margin, high + margin

    def drawn(self, value: float) -> float:
        """Return the height of a value: its logarithm where the axis is logarithmic."""
        return math.log10(max(value, 1e-9)) if self.logarithmic else value

    def shown(self, height: float) -> str:
        """Return the figure that stands at a height."""
        return f"{10**height:.3g}" if self.logarithmic else f"{height:.1f}"


class LossPlot(QWidget):
    """Draws the panels over the whole budget, so that one sees how far the run is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels: tuple[Panel, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(150)

    def show_panels(self, *panels: Panel) -> None:
        """Draw these panels from left to right."""
        self._panels = panels
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 190)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(theme.tabular(font))
        count = max(1, len(self._panels))
        width = (self.width() - GAP * (count - 1)) / count
        for number, panel in enumerate(self._panels):
            self._draw(painter, panel, QRectF(number * (width + GAP), 0, width, self.height()))
        painter.end()

    def _draw(self, painter: QPainter, panel: Panel, area: QRectF) -> None:
        colours = theme.current()
        painter.setPen(colours.quiet)
        painter.drawText(area.adjusted(0, 0, 0, 20 - area.height()), Qt.AlignmentFlag.AlignLeft, panel.title)
        field = area.adjusted(ROOM, 22, -1, -6)
        painter.fillRect(field, colours.canvas)
        low, high = panel.span()

        def at(share: float, height: float) -> QPointF:
            return QPointF(
                field.left() + share * field.width(), field.bottom() - (height - low) / (high - low) * field.height()
            )

        if panel.points or panel.levels:
            for height in (low, (low + high) / 2, high):
                y = min(max(at(0, height).y(), field.top() + 6), field.bottom() - 6)
                figures = QRectF(area.left(), y - 8, ROOM - 6, 16)
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(figures, right, panel.shown(height))
        self._draw_levels(painter, panel, field, at(0, 0).y() - at(0, 1).y(), low)
        line = QPolygonF([at(share, panel.drawn(value)) for share, value in panel.points])
        painter.setPen(QPen(colours.accent, 2))
        painter.drawPolyline(line)
        if line.size():
            painter.setBrush(colours.accent)
            painter.drawEllipse(line.last(), 3, 3)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_levels(self, painter: QPainter, panel: Panel, field: QRectF, unit: float, low: float) -> None:
        """Draw each level as a broken line with its name above it, or below it where another name is."""
        taken: list[float] = []
        for name, value in sorted(panel.levels, key=lambda level: level[1]):
            y = field.bottom() - (panel.drawn(value) - low) * unit
            painter.setPen(QPen(theme.current().edge, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            top = y - 15 if y - 15 > field.top() and all(abs(y - 15 - t) > 13 for t in taken) else y + 1
            taken.append(top)
            painter.setPen(QColor(theme.current().text))
            painter.drawText(QRectF(field.left() + 6, top, field.width() - 12, 14), Qt.AlignmentFlag.AlignRight, name)
