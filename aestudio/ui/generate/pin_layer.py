"""The pins of a path on the map, and the path through them; pins are dragged there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygonF

from aestudio.ui import theme
from aestudio.ui.widgets.map_layer import MapLayer

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from aestudio.ui.widgets.map_view import MapView

Place = tuple[float, float]
RADIUS = 9.0
REACH = 12.0
"""How near to a pin, in pixels, the pointer takes it."""
MOST_NUMBERS = 200
"""Pins that are numbered; more are dots."""


class PinLayer(MapLayer):
    """``dragged`` carries a pin's number and where it is now, ``dropped`` that it stays there."""

    dragged = Signal(int, float, float)
    dropped = Signal()
    order = 40

    def __init__(self) -> None:
        super().__init__()
        self.active = False
        self.pins: list[Place] = []
        self.path: list[Place] = []
        self.chosen = -1
        self._taken = -1

    @property
    def held(self) -> bool:
        """Whether a pin is being dragged."""
        return self._taken >= 0

    def show_path(self, pins: list[Place], path: list[Place]) -> None:
        """Show pins and the path through them, in the plane's coordinates."""
        self.pins, self.path = pins, path
        self.changed.emit()

    def choose(self, number: int) -> None:
        """Mark a pin."""
        self.chosen = number
        self.changed.emit()

    def pin_at(self, place: QPointF, view: MapView) -> int:
        """Return the number of the pin at a place of the widget, the uppermost; -1 where there is none."""
        for number in range(len(self.pins) - 1, -1, -1):
            away = QPointF(*view.to_widget(*self.pins[number])) - place
            if abs(away.x()) <= REACH and abs(away.y()) <= REACH:
                return number
        return -1

    def press(self, event: QMouseEvent, view: MapView) -> bool:
        self._taken = self.pin_at(event.position(), view) if self.active else -1
        if self._taken >= 0:
            self.choose(self._taken)
        return self._taken >= 0

    def drag(self, event: QMouseEvent, view: MapView) -> None:
        self.dragged.emit(self._taken, *view.to_plane(event.position().x(), event.position().y()))

    def release(self, event: QMouseEvent, view: MapView) -> None:
        self._taken = -1
        self.dropped.emit()

    def tip(self, place: QPointF, view: MapView) -> str:
        number = self.pin_at(place, view) if self.active else -1
        return self.tr("Pin {number}: drag it, or press Delete").format(number=number + 1) if number >= 0 else ""

    def paint(self, painter: QPainter, view: MapView) -> None:
        if not self.active or not self.pins:
            return
        colours = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QPolygonF([QPointF(*view.to_widget(*place)) for place in self.path])
        for colour, width in ((colours.shade, 5), (colours.accent, 2)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline(line)
        numbered = len(self.pins) <= MOST_NUMBERS
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        radius = RADIUS if numbered else 3.0
        for number, place in enumerate(self.pins):
            middle = QPointF(*view.to_widget(*place))
            chosen = number == self.chosen
            painter.setPen(QPen(colours.light if chosen else colours.shade, 3 if chosen else 1))
            painter.setBrush(colours.accent)
            painter.drawEllipse(middle, radius, radius)
            if numbered:
                painter.setPen(colours.on_accent)
                area = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(number + 1))
