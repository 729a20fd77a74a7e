"""The canvas: one picture before and after, with a divider between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from aestudio.ui import theme
from aestudio.ui.widgets.tile_pyramid import Box, TilePyramid, level_for
from aestudio.ui.widgets.viewport import STEP, Viewport

if TYPE_CHECKING:
    from aestudio.imageio.halve import Pixels


GRIP = 10
"""Logical pixels around the divider that take hold of it."""


def as_image(pixels: Pixels) -> QImage:
    """Return a view of uint8 (H, W, 1 or 3) pixels as an image, without a copy: keep ``pixels`` alive."""
    height, width, channels = pixels.shape
    kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_Grayscale8
    return QImage(pixels.data, width, height, width * channels, kind)


class CompareView(QWidget):
    """Paints tile pyramids; strength is blended here, so that it costs no new inference.

    Layers of the before side: ``base`` (the file's own pixels), then ``before`` (the engine's
    enlargement, where there is one). ``after`` is blended over them by ``strength``.
    """

    zoom_changed = Signal(float)
    view_moved = Signal()
    """Something else of the picture is in sight, or at another size."""
    divider_moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport()
        self.base: TilePyramid | None = None
        self.before: TilePyramid | None = None
        self.after: TilePyramid | None = None
        self._strength = 1.0
        self._divider = 0.5
        self._divided = True
        self._original = False
        self._drag: str = ""
        self._told_sight: tuple[Box, float] | None = None
        self._last = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)

    # What is shown.

    def show_layers(
        self,
        size: tuple[int, int] | None,
        base: TilePyramid | None,
        before: TilePyramid | None,
        after: TilePyramid | None,
    ) -> None:
        """Show these layers on a picture of ``size``; None shows an empty canvas. Another picture is fitted."""
        if base is not self.base:
            self.viewport.fitting = True
        self.base, self.before, self.after = base, before, after
        self.viewport.show_size(*(size or (0, 0)))
        self.zoom_changed.emit(self.viewport.zoom)
        self._tell_sight()
        self.update()

    def tile_changed(self, x: int, y: int, width: int, height: int, scale: float = 1.0) -> None:
        """Repaint a rectangle of the picture (its coordinates times ``scale`` are the canvas picture's)."""
        left, top = self.viewport.to_canvas(x * scale, y * scale)
        span = self.viewport.zoom * scale
        ratio = self.devicePixelRatioF()
        area = QRectF(left / ratio, top / ratio, width * span / ratio, height * span / ratio)
        self.update(area.toAlignedRect().adjusted(-2, -2, 2, 2))

    @property
    def strength(self) -> float:
        """How much of the result is blended over the original, 0..1."""
        return self._strength

    @strength.setter
    def strength(self, value: float) -> None:
        self._strength = min(max(value, 0.0), 1.0)
        self.update()

    @property
    def divider(self) -> float:
        """Where the divider is, as a part of the canvas's width."""
        return self._divider

    @divider.setter
    def divider(self, value: float) -> None:
        self._divider = min(max(value, 0.0), 1.0)
        self.divider_moved.emit(self._divider)
        self.update()

    def set_divided(self, divided: bool) -> None:
        """Show before and after side by side, or after alone."""
        self._divided = divided
        self.update()

    def set_original(self, original: bool) -> None:
        """Show only the original while true."""
        if original != self._original:
            self._original = original
            self.update()

    @property
    def showing_original(self) -> bool:
        """Whether only the original shows."""
        return self._original

    def _tell_sight(self) -> None:
        sight = self.in_sight()
        if sight != self._told_sight:
            self._told_sight = sight
            self.view_moved.emit()

    def in_sight(self) -> tuple[Box, float]:
        """Return (left, top, right, bottom) of the picture that is on the canvas, in its pixels, and the zoom."""
        view = self.viewport
        left, top = view.to_picture(0, 0)
        right, bottom = view.to_picture(view.canvas_width, view.canvas_height)
        return (max(left, 0.0), max(top, 0.0), min(right, view.width), min(bottom, view.height)), view.zoom

    # Zoom, in screen pixels per picture pixel.

    def fit(self) -> None:
        """Show the whole picture."""
        self.viewport.fit()
        self._zoomed()

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom about a point of the widget (its middle by default)."""
        ratio = self.devicePixelRatioF()
        self.viewport.zoom_to(zoom, (at.x() * ratio, at.y() * ratio) if at is not None else None)
        self._zoomed()

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Zoom in (positive) or out by wheel notches."""
        self.zoom_to(self.viewport.zoom * STEP**steps, at)

    def _zoomed(self) -> None:
        self.zoom_changed.emit(self.viewport.zoom)
        self._tell_sight()
        self.update()

    # Painting. Nothing is computed and no picture is copied here.

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.current().canvas)
        if self.base is not None and self.viewport.width:
            dirty = event.rect()
            exposed = QRect(
                int(dirty.x() * ratio) - 1,
                int(dirty.y() * ratio) - 1,
                int(dirty.width() * ratio) + 3,
                int(dirty.height() * ratio) + 3,
            )
            painter.scale(1 / ratio, 1 / ratio)
            self._paint_picture(painter, exposed)
            painter.resetTransform()
            if self._divided and not self._original and self.after is not None:
                self._paint_divider(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.current().accent)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _split(self) -> int:
        """Return the canvas x (screen pixels) left of which only the original shows."""
        if self._original or self.after is None:
            return 2**30
        return round(self._divider * self.width() * self.devicePixelRatioF()) if self._divided else -(2**30)

    def _paint_picture(self, painter: QPainter, exposed: QRect) -> None:
        split = self._split()
        left = exposed.intersected(QRect(QPoint(exposed.left(), exposed.top()), QPoint(split - 1, exposed.bottom())))
        right = exposed.intersected(QRect(QPoint(max(split, exposed.left()), exposed.top()), exposed.bottomRight()))
        hidden = self._strength >= 1 and self.after is not None and self.after.covers(*self._picture_rect(right))
        for area, with_before, with_after in ((left, True, False), (right, not hidden, True)):
            if area.isEmpty():
                continue
            painter.setClipRect(area)
            if with_before:
                self._paint_layer(painter, self.base, area)
                self._paint_layer(painter, self.before, area)
            if with_after and self._strength > 0:
                painter.setOpacity(self._strength)
                self._paint_layer(painter, self.after, area)
                painter.setOpacity(1.0)
        painter.setClipping(False)

    def _picture_rect(self, area: QRect) -> tuple[float, float, float, float]:
        left, top = self.viewport.to_picture(area.left(), area.top())
        right, bottom = self.viewport.to_picture(area.right() + 1, area.bottom() + 1)
        return left, top, right, bottom

    def _paint_layer(self, painter: QPainter, layer: TilePyramid | None, area: QRect) -> None:
        if layer is None:
            return
        view = self.viewport
        # A layer may be smaller than the canvas picture (the file under its enlargement).
        scale_x, scale_y = view.width / layer.width, view.height / layer.height
        zoom = view.zoom * scale_x
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom < 1)
        left, top, right, bottom = self._picture_rect(area)
        bounds = (left / scale_x, top / scale_y, right / scale_x, bottom / scale_y)
        if layer.preview is not None and not layer.covers(*bounds):
            rect = self._screen_rect(0, 0, layer.width * scale_x, layer.height * scale_y)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
            painter.drawImage(QRectF(rect), as_image(layer.preview))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom < 1)
        number = level_for(zoom)
        for piece in layer.within(*bounds):
            rect = self._screen_rect(
                piece.x * scale_x,
                piece.y * scale_y,
                (piece.x + piece.width) * scale_x,
                (piece.y + piece.height) * scale_y,
            )
            level, pixels = piece.level(number)
            source = QRectF(0, 0, piece.width / 2**level, piece.height / 2**level)
            painter.drawImage(QRectF(rect), as_image(pixels), source)

    def _screen_rect(self, left: float, top: float, right: float, bottom: float) -> QRect:
        """Return whole screen pixels, rounded alike for neighbours so that no gap shows between tiles."""
        x0, y0 = self.viewport.to_canvas(left, top)
        x1, y1 = self.viewport.to_canvas(right, bottom)
        x, y = round(x0), round(y0)
        return QRect(x, y, max(round(x1) - x, 1), max(round(y1) - y, 1))

    def _paint_divider(self, painter: QPainter) -> None:
        colours = theme.current()
        x = round(self._divider * self.width())
        middle = self.height() // 2
        painter.fillRect(QRect(x - 1, 0, 3, self.height()), colours.shade)
        painter.fillRect(QRect(x, 0, 1, self.height()), colours.light)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.light)
        painter.setBrush(colours.shade)
        painter.drawEllipse(QPointF(x + 0.5, middle), 11, 11)
        for side in (-1, 1):
            tip = QPointF(x + 0.5 + side * 6.5, middle)
            painter.drawLine(tip, tip + QPointF(-side * 3, -3))
            painter.drawLine(tip, tip + QPointF(-side * 3, 3))
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        for text, side in ((self.tr("Before"), -1), (self.tr("After"), 1)):
            width = metrics.horizontalAdvance(text) + 16
            pill = QRectF(x - 8 - width if side < 0 else x + 9, 12, width, 22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(pill, 6, 6)
            painter.setPen(colours.light)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    # Mouse, wheel, keys.

    def _on_divider(self, position: QPointF) -> bool:
        shown = self._divided and self.after is not None and not self._original
        return shown and abs(position.x() - self._divider * self.width()) <= GRIP

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            grip = event.button() == Qt.MouseButton.LeftButton and self._on_divider(event.position())
            self._drag = "divider" if grip else "pan"
            self._last = event.position()
            self._show_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag == "divider":
            self.divider = event.position().x() / max(1, self.width())
        elif self._drag == "pan":
            moved = (event.position() - self._last) * self.devicePixelRatioF()
            self.viewport.pan(moved.x(), moved.y())
            self._last = event.position()
            self._zoomed()
        self._show_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = ""
        self._show_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._on_divider(event.position()):
            self.divider = 0.5
        elif self.viewport.fitting:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(event.angleDelta().y() / 120, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self.viewport.zoom * (1 + event.value()), event.position())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.01
        if key == Qt.Key.Key_Space:
            self.set_original(True)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_1, Qt.Key.Key_2):
            self.zoom_to(1.0 if key == Qt.Key.Key_1 else 2.0)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(-1 if key == Qt.Key.Key_Minus else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.divider = self._divider + (step if key == Qt.Key.Key_Right else -step)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.set_original(False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.set_original(False)
        super().focusOutEvent(event)

    def _show_cursor(self, position: QPointF) -> None:
        if self._drag == "divider" or (not self._drag and self._on_divider(position)):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._drag == "pan":
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.unsetCursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        ratio = self.devicePixelRatioF()
        self.viewport.resize(event.size().width() * ratio, event.size().height() * ratio)
        self.zoom_changed.emit(self.viewport.zoom)
        self._tell_sight()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(800, 600)
