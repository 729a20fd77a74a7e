"""What lies on a map: each layer paints itself and may take the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QMouseEvent, QPainter

    from aestudio.ui.widgets.map_view import MapView


class MapLayer(QObject):
    """``changed`` asks for the map to be painted anew. ``order`` says what lies above what: higher is nearer.

    The mosaic is at 0, density contours at 10, points at 20, a selection at 30; pins belong above that.
    A layer that takes a press hears of the moves and the release that follow; the map pans by what none takes.
    """

    changed = Signal()
    order = 0

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Paint on the map, in the widget's coordinates. Nothing is computed here that takes more than a moment."""

    def press(self, event: QMouseEvent, view: MapView) -> bool:
        """Return whether this layer takes a press of the pointer, and with it what follows."""
        return False

    def drag(self, event: QMouseEvent, view: MapView) -> None:
        """Follow the pointer, after a press that was taken."""

    def release(self, event: QMouseEvent, view: MapView) -> None:
        """End what a press began."""

    def tip(self, place: QPointF, view: MapView) -> str:
        """Return what is to be said of what lies at a place of the widget."""
        return ""
