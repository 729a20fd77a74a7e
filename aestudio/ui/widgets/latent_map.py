"""A map of a latent space: layers on a plane that pans and zooms, and a cursor over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from aestudio.ui import theme
from aestudio.ui.keys import Key, pressed
from aestudio.ui.naming import plain
from aestudio.ui.widgets.layer_painter import as_image
from aestudio.ui.widgets.map_view import Box, MapView

if TYPE_CHECKING:
    from aestudio.imageio.halve import Pixels
    from aestudio.ui.widgets.map_layer import MapLayer

STEP = 8.0
"""Pixels that an arrow key moves the cursor by."""
NOTCH = 2 ** (1 / 2)
"""How many times larger one notch of the wheel shows the map."""
PAIR_GAP = 4
REACH = 16
"""Pixels around the cursor's place that its ring covers, with some to spare."""
MOVES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
CHOICES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CLOSER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
FURTHER = (Qt.Key.Key_Minus,)


class LatentMap(QWidget):
    """``moved`` carries the plane's (x, y) under the cursor, ``clicked`` where it was clicked; y grows upwards.

    ``view_changed``: another part of the plane shows. The wheel zooms about the pointer, dragging pans, a
    double click shows all again.
    """

    moved = Signal(float, float)
    clicked = Signal(float, float)
    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = MapView()
        self._layers: list[MapLayer] = []
        self._ready = False
        self._point = (0.0, 0.0)
        self._message = ""
        self._marks: list[tuple[float, float]] = []
        self._taker: MapLayer | None = None
        self._pressed: QPointF | None = None
        self._panning: QPointF | None = None
        self.keys = [
            Key(tuple(MOVES), self.tr("Move over the map; with Shift in larger steps"), self._step),
            Key(CHOICES, self.tr("Choose what lies at the cursor, as a click does"), self._choose),
            Key(CLOSER, self.tr("Show the map larger"), lambda *_: self.zoom_by(NOTCH)),
            Key(FURTHER, self.tr("Show more of the map"), lambda *_: self.zoom_by(1 / NOTCH)),
            Key((Qt.Key.Key_Home,), self.tr("Show all of the map"), lambda *_: self.go_home()),
        ]
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(200, 160)

    # What shows.

    def add_layer(self, layer: MapLayer) -> None:
        """Put a layer on the map, where its order says."""
        self._layers = sorted([*self._layers, layer], key=lambda each: each.order)
        layer.changed.connect(self.update)
        self.update()

    def remove_layer(self, layer: MapLayer) -> None:
        """Take a layer off the map."""
        if layer in self._layers:
            self._layers.remove(layer)
            layer.changed.disconnect(self.update)
            self._taker = None if self._taker is layer else self._taker
            self.update()

    def show_plane(self, home: Box) -> None:
        """Show another plane, all of ``home`` at first, with the cursor in its middle."""
        self._ready, self._message = True, ""
        self.view.show(home)
        self._point = (self.view.x, self.view.y)
        self._on_view()

    def show_marks(self, marks: list[tuple[float, float]]) -> None:
        """Mark places of the plane; those out of sight are marked at the edge."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def show_message(self, message: str) -> None:
        """Show a sentence in place of a map."""
        self._ready, self._message = False, message
        self.update()

    @property
    def ready(self) -> bool:
        """Whether there is a map to move over."""
        return self._ready

    @property
    def point(self) -> tuple[float, float]:
        """Where on the plane the cursor is."""
        return self._point

    def to_plane(self, position: QPointF) -> tuple[float, float]:
        """Return the point of the plane under one of the widget."""
        return self.view.to_plane(position.x(), position.y())

    def to_widget(self, x: float, y: float) -> QPointF:
        """Return where on the widget a point of the plane lies."""
        return QPointF(*self.view.to_widget(x, y))

    # Moving.

    def move_to(self, x: float, y: float) -> None:
        """Put the cursor at a point of the plane."""
        if self._ready:
            self.show_point(x, y)
            self.moved.emit(*self._point)

    def show_point(self, x: float, y: float) -> None:
        """Show the cursor at a point of the plane without a word."""
        for place in (self._point, (x, y)):
            # nothing else changes while the cursor moves: only what it covers is painted
            there = self.to_widget(*place).toPoint()
            self.update(QRect(there.x() - REACH, there.y() - REACH, 2 * REACH, 2 * REACH))
        self._point = (x, y)

    def reveal(self, x: float, y: float) -> None:
        """Show the cursor at a point, and the part of the map where it lies."""
        if self.view.reveal(x, y):
            self._on_view()
        self.show_point(x, y)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Show the map larger or smaller; the point under ``at`` (the middle by default) stays there."""
        self.view.zoom_by(factor, None if at is None else (at.x(), at.y()))
        self._on_view()

    def go_home(self) -> None:
        """Show all of the map."""
        self.view.go_home()
        self._on_view()

    def _on_view(self) -> None:
        self.view_changed.emit()
        self.update()

    def _step(self, key: Qt.Key, far: bool) -> None:
        step = STEP * (5 if far else 1) / self.view.scale
        x, y = MOVES[key]
        place = self._point[0] + x * step, self._point[1] + y * step
        if self._ready:
            self.reveal(*place)
            self.move_to(*place)

    def _choose(self, *_: object) -> None:
        self._click(*self._point)

    def _click(self, x: float, y: float) -> None:
        """Choose what lies at a point of the plane."""
        if self._ready:
            self.move_to(x, y)
            self.clicked.emit(*self._point)

    # The pointer.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._ready or event.button() != Qt.MouseButton.LeftButton:
            return
        self._taker = next((layer for layer in reversed(self._layers) if layer.press(event, self.view)), None)
        self._pressed = None if self._taker else event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._taker is not None:
            self._taker.drag(event, self.view)
            return
        if self._pressed is not None:
            moved = event.position() - self._pressed
            if self._panning is None and moved.manhattanLength() >= QApplication.startDragDistance():
                self._panning = self._pressed
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            if self._panning is not None:
                step = event.position() - self._panning
                self._panning = event.position()
                self.view.pan(step.x(), step.y())
                self._on_view()
            return
        self.move_to(*self.to_plane(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._taker is not None:
            taker, self._taker = self._taker, None
            taker.release(event, self.view)
        elif self._pressed is not None and self._panning is None:
            self._click(*self.to_plane(event.position()))
        if self._panning is not None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        self._pressed = self._panning = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._ready and event.button() == Qt.MouseButton.LeftButton:
            self.go_home()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._ready and event.angleDelta().y():
            self.zoom_by(NOTCH ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed(self.keys, event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._ready:
            place = QPointF(event.pos())
            tips = (layer.tip(place, self.view) for layer in reversed(self._layers))
            QToolTip.showText(event.globalPos(), plain(next((tip for tip in tips if tip), "")), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.view.resize(self.width(), self.height())
        self._on_view()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.canvas)
        if not self._ready:
            painter.setPen(colours.quiet)
            painter.drawText(
                self.rect().adjusted(32, 32, -32, -32),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._message,
            )
        else:
            for layer in self._layers:
                painter.save()
                layer.paint(painter, self.view)
                painter.restore()
            self._paint_marks(painter)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_marks(self, painter: QPainter) -> None:
        colours = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.shade, 2))
        painter.setBrush(colours.accent)
        for x, y in self._marks:
            place = self.to_widget(x, y)
            painter.drawEllipse(
                QPointF(min(max(place.x(), 0), self.width()), min(max(place.y(), 0), self.height())), 6, 6
            )
        where = self.to_widget(*self._point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((colours.shade, 4), (colours.light, 2)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(where, 10, 10)

    def sizeHint(self) -> QSize:
        return QSize(640, 560)


class DecodedPicture(QWidget):
    """One small picture shown large, in pixels, with another on its left where there is one to compare it with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pixels: Pixels | None = None
        self.original: Pixels | None = None
        self.setMinimumHeight(120)

    def show_pixels(self, pixels: Pixels | None, original: Pixels | None = None) -> None:
        """Show a picture, beside its original where that is given; or nothing."""
        other = (original is None) != (self.original is None)
        self.pixels, self.original = pixels, original
        if other:
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width if self.original is None else (width - PAIR_GAP) // 2

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = [self.pixels] if self.original is None else [self.original, self.pixels]
        gap = PAIR_GAP * (len(shown) - 1)
        side = min((self.width() - gap) / len(shown), self.height())
        left = (self.width() - side * len(shown) - gap) / 2
        for number, pixels in enumerate(shown):
            area = QRectF(left + number * (side + gap), 0, side, side)
            painter.fillRect(area, theme.current().canvas)
            if pixels is not None:
                painter.drawImage(area, as_image(pixels))
        painter.end()
