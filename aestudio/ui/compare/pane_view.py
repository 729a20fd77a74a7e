"""The canvas of one pane: paints its layers through the view that all panes share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from aestudio.ui import theme
from aestudio.ui.compare.shared_view import SharedView, fitted
from aestudio.ui.widgets.drop_area import dropped_paths
from aestudio.ui.widgets.layer_painter import paint_blend, paint_layer
from aestudio.ui.widgets.tile_pyramid import TilePyramid


@dataclass(frozen=True)
class Layers:
    """``base`` is the file's own pixels; ``before``, an enlargement of them, lies over it; ``after`` is blended over
    both by ``strength``; ``mixed`` lies over that where one strength does not say it all.
    """

    base: TilePyramid | None = None
    before: TilePyramid | None = None
    after: TilePyramid | None = None
    mixed: TilePyramid | None = None
    strength: float = 1.0

    @property
    def size(self) -> tuple[int, int]:
        """The (width, height) of what shows, zeros while that is unknown."""
        whole = self.after or self.before or self.base
        return (whole.width, whole.height) if whole is not None else (0, 0)


class PaneView(QWidget):
    """Moves and zooms all panes; a file that is dropped on it is to be shown here."""

    dropped = Signal(object)

    def __init__(self, shared: SharedView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shared = shared
        self._layers = Layers()
        self._original = False
        self._last: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.setAcceptDrops(True)
        shared.moved.connect(self.update)

    @property
    def layers(self) -> Layers:
        """What is painted."""
        return self._layers

    def show_layers(self, layers: Layers) -> None:
        """Paint these from now on."""
        self._layers = layers
        self.update()

    def set_original(self, original: bool) -> None:
        """Show what the result began with while true."""
        self._original = original
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().canvas)
        layers = self._layers
        if layers.base is not None and self.shared.viewport.width:
            painter.scale(1 / ratio, 1 / ratio)
            area = QRect(0, 0, round(self.width() * ratio), round(self.height() * ratio))
            view = fitted(self.shared.viewport, *layers.size)
            after = None if self._original else layers.after
            paint_blend(painter, view, area, (layers.base, layers.before), after, layers.strength)
            paint_layer(painter, view, layers.mixed if after is not None else None, area)
            painter.resetTransform()
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.current().accent)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    # Mouse and wheel; keys are the window's.

    def _at(self, position: QPointF) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return position.x() * ratio, position.y() * ratio

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._last = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            moved = (event.position() - self._last) * self.devicePixelRatioF()
            self._last = event.position()
            self.shared.pan(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.shared.viewport.fitting:
            self.shared.zoom_to(1.0, self._at(event.position()))
        else:
            self.shared.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.shared.zoom_by(event.angleDelta().y() / 120, self._at(event.position()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.shared.zoom_to(self.shared.viewport.zoom * (1 + event.value()), self._at(event.position()))
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = self._dropped_file(event)
        if file is not None:
            event.acceptProposedAction()
            self.dropped.emit(file)

    def _dropped_file(self, event: QDropEvent) -> Path | None:
        return next(iter(dropped_paths(event.mimeData())), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        ratio = self.devicePixelRatioF()
        self.shared.resize(round(self.width() * ratio), round(self.height() * ratio))
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(480, 420)
