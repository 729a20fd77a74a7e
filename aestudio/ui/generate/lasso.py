"""Choosing on a map by a line drawn around, or by a rectangle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPolygonF

from aestudio.ui import theme
from aestudio.ui.widgets.map_layer import MapLayer

if TYPE_CHECKING:
    from aestudio.ui.widgets.map_view import MapView

Tool = Literal["", "lasso", "rectangle"]
Polygon = list[tuple[float, float]]
STEP = 3.0
"""Pixels between two corners of a line."""


class Lasso(MapLayer):
    """``drawn`` carries the corners of what was drawn, in the plane's coordinates. Shift draws a line."""

    drawn = Signal(list)
    order = 30

    def __init__(self) -> None:
        super().__init__()
        self.tool: Tool = ""
        self._tool: Tool = ""
        self._corners: list[QPointF] = []

    def press(self, event: QMouseEvent, view: MapView) -> bool:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._tool = self.tool or ("lasso" if shift else "")
        self._corners = [event.position()] if self._tool else []
        return bool(self._tool)

    def drag(self, event: QMouseEvent, view: MapView) -> None:
        place = event.position()
        if self._tool == "rectangle":
            self._corners = [self._corners[0], place]
        elif (place - self._corners[-1]).manhattanLength() >= STEP:
            self._corners.append(place)
        self.changed.emit()

    def release(self, event: QMouseEvent, view: MapView) -> None:
        outline = self._outline()
        self._corners = []
        self.changed.emit()
        if len(outline) > 2:
            self.drawn.emit([view.to_plane(place.x(), place.y()) for place in outline])

    def _outline(self) -> list[QPointF]:
        if self._tool == "rectangle" and len(self._corners) == 2:
            area = QRectF(*self._corners).normalized()
            return [area.topLeft(), area.topRight(), area.bottomRight(), area.bottomLeft()]
        return self._corners

    def paint(self, painter: QPainter, view: MapView) -> None:
        outline = self._outline()
        if len(outline) > 1:
            accent = theme.current().accent
            inside = QColor(accent)
            inside.setAlpha(40)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(inside)
            painter.setPen(QPen(accent, 1.5))
            painter.drawPolygon(QPolygonF(outline))
