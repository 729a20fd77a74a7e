"""Two small curves of a training run, side by side: the loss, and the score of pictures that are held out.

Drawn here rather than by a plotting library: pyqtgraph, the one that was tried, takes 0.6 s of the window's own time
to import and brings Qt's OpenGL and test modules into the bundle, for two lines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aestudio.ui import theme

Points = Sequence[tuple[float, float]]
GAP, ROOM = 24, 56
"""Logical pixels between the panels, and left of each for its figures."""
NARROWEST = 0.01
"""The least share of the budget that fills a panel."""
STEP = 1.5


@dataclass(frozen=True)
class Panel:
    """One curve: points of (share of the budget in 0..1, value), and level lines with their names.

    ``raw`` is what a smoothed curve was made of: it is drawn faintly behind.
    """

    title: str
    points: Points = ()
    levels: tuple[tuple[str, float], ...] = ()
    logarithmic: bool = False
    raw: Points = ()

    def span(self, first: float = 0.0, last: float = 1.0) -> tuple[float, float]:
        """Return the least and the greatest value to show of a part of the budget, as they are drawn."""
        shown = [v for part in (self.points, self.raw) for at, v in part if first <= at <= last]
        values = [self.drawn(v) for v in shown] + [self.drawn(v) for _, v in self.levels]
        low, high = min(values, default=0.0), max(values, default=1.0)
        margin = max((high - low) * 0.08, 1e-3)
        return low - margin, high + margin

    def drawn(self, value: float) -> float:
        """Return the height of a value: its logarithm where the axis is logarithmic."""
        return math.log10(max(value, 1e-9)) if self.logarithmic else value

    def shown(self, height: float) -> str:
        """Return the figure that stands at a height."""
        value = 10**height if self.logarithmic else height
        return f"{value:.3g}" if self.logarithmic or abs(value) < 10 else f"{value:.1f}"


class LossPlot(QWidget):
    """Draws the panels over the whole budget, or over the part that a person looks closer at.

    The wheel and ``+`` and ``-`` look closer and farther, dragging and the arrow keys move, a double-click and Home
    show all again. ``view_changed`` says that another part is shown.
    """

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels: tuple[Panel, ...] = ()
        self._first, self._last = 0.0, 1.0
        self._held: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(150)

    @property
    def view(self) -> tuple[float, float]:
        """Return the part of the budget that is shown, within 0..1."""
        return self._first, self._last

    def show_panels(self, *panels: Panel) -> None:
        """Draw these panels from left to right."""
        self._panels = panels
        self.update()

    def look_at(self, first: float, last: float) -> None:
        """Show a part of the budget, moved to where there is something."""
        width = min(max(last - first, NARROWEST), 1.0)
        first = min(max(first, 0.0), 1.0 - width)
        if (first, first + width) != self.view:
            self._first, self._last = first, first + width
            self.update()
            self.view_changed.emit()

    def zoom(self, factor: float, at: float = 0.5) -> None:
        """Show ``factor`` times less, keeping what is ``at`` that share of a panel in its place."""
        width = min(max((self._last - self._first) / factor, NARROWEST), 1.0)
        fixed = self._first + at * (self._last - self._first)
        self.look_at(fixed - at * width, fixed + (1 - at) * width)

    def move_by(self, share: float) -> None:
        """Move what is shown by a share of a panel's width."""
        offset = share * (self._last - self._first)
        self.look_at(self._first + offset, self._last + offset)

    def reset(self) -> None:
        """Show the whole budget."""
        self.look_at(0.0, 1.0)

    def sizeHint(self) -> QSize:
        return QSize(640, 190)

    # Keys and mouse.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(STEP)
            case Qt.Key.Key_Minus:
                self.zoom(1 / STEP)
            case Qt.Key.Key_Left:
                self.move_by(-0.2)
            case Qt.Key.Key_Right:
                self.move_by(0.2)
            case Qt.Key.Key_Home:
                self.reset()
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(STEP ** (event.angleDelta().y() / 120), self._share(event.position().x()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            x = event.position().x()
            self.move_by((self._held - x) / self._field_width())
            self._held = x

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()

    def _panel_width(self) -> float:
        count = max(1, len(self._panels))
        return (self.width() - GAP * (count - 1)) / count

    def _field_width(self) -> float:
        return max(1.0, self._panel_width() - ROOM)

    def _share(self, x: float) -> float:
        """Return how far within its panel a place lies, in 0..1."""
        within = x % (self._panel_width() + GAP)
        return min(max((within - ROOM) / self._field_width(), 0.0), 1.0)

    # Drawing.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(theme.tabular(font))
        width = self._panel_width()
        for number, panel in enumerate(self._panels):
            self._draw(painter, panel, QRectF(number * (width + GAP), 0, width, self.height()))
        painter.end()

    def _draw(self, painter: QPainter, panel: Panel, area: QRectF) -> None:
        colours = theme.current()
        painter.setPen(colours.quiet)
        painter.drawText(area.adjusted(0, 0, 0, 20 - area.height()), Qt.AlignmentFlag.AlignLeft, panel.title)
        field = area.adjusted(ROOM, 22, -1, -18)
        painter.fillRect(field, colours.canvas)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 1))
            painter.drawRect(field.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(colours.quiet)
        low, high = panel.span(self._first, self._last)
        wide = self._last - self._first

        def at(share: float, height: float) -> QPointF:
            return QPointF(
                field.left() + (share - self._first) / wide * field.width(),
                field.bottom() - (height - low) / (high - low) * field.height(),
            )

        if panel.points or panel.levels:
            self._draw_figures(painter, panel, area, field, (low, high))
        painter.save()
        painter.setClipRect(field.adjusted(0, -1, 1, 1))
        self._draw_levels(painter, panel, field, at(0, 0).y() - at(0, 1).y(), low)
        for points, width, opacity in ((panel.raw, 1.0, 0.45), (panel.points, 2.0, 1.0)):
            painter.setOpacity(opacity)
            line = QPolygonF([at(share, panel.drawn(value)) for share, value in points])
            painter.setPen(QPen(colours.accent, width))
            painter.drawPolyline(line)
        if panel.points:
            painter.setBrush(colours.accent)
            painter.drawEllipse(at(panel.points[-1][0], panel.drawn(panel.points[-1][1])), 3, 3)
        painter.restore()

    def _draw_figures(
        self, painter: QPainter, panel: Panel, area: QRectF, field: QRectF, span: tuple[float, float]
    ) -> None:
        """Draw what stands at three heights, and which part of the budget is shown."""
        low, high = span
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for height in (low, (low + high) / 2, high):
            y = field.bottom() - (height - low) / (high - low) * field.height()
            y = min(max(y, field.top() + 6), field.bottom() - 6)
            painter.drawText(QRectF(area.left(), y - 8, ROOM - 6, 16), right, panel.shown(height))
        below = QRectF(field.left(), field.bottom() + 2, field.width(), 16)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"{self._first:.0%}")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, f"{self._last:.0%}")

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
