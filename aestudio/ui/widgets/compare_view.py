"""The canvas: one picture before and after, beside each other in one of several ways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
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
from aestudio.ui.keys import pressed
from aestudio.ui.widgets.canvas_tool import CanvasTool
from aestudio.ui.widgets.compare_keys import CompareKeys
from aestudio.ui.widgets.layer_painter import paint_blend, paint_divider, paint_layer, screen_rect
from aestudio.ui.widgets.panes import Mode, Pane, panes
from aestudio.ui.widgets.tile_pyramid import Box, TilePyramid
from aestudio.ui.widgets.viewport import STEP, Viewport

GRIP = 10
"""Logical pixels around the divider that take hold of it."""
NOTHING_REMOVED = QColor(128, 128, 128)
VEIL = QColor(29, 29, 29, 140)
"""Over the result under a map, so that the map's colour stands out from the picture's."""


class CompareView(QWidget):
    """Paints tile pyramids; strength is blended here, so that it costs no new inference.

    Layers of the before side: ``base`` (the file's own pixels), then ``before`` (the engine's
    enlargement, where there is one). ``after`` is blended over them by ``strength``; ``mixed`` lies over that
    where one strength does not say it all. ``removed`` is what the difference of the two looks like,
    ``invented`` where the result is likely to be wrong.
    """

    zoom_changed = Signal(float)
    view_moved = Signal()
    """Something else of the picture is in sight, or at another size."""
    divider_moved = Signal(float)
    mode_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport()
        self.base: TilePyramid | None = None
        self.before: TilePyramid | None = None
        self.after: TilePyramid | None = None
        self.mixed: TilePyramid | None = None
        self.removed: TilePyramid | None = None
        self.invented: TilePyramid | None = None
        self._strength = 1.0
        self._divider = 0.5
        self._mode = Mode.DIVIDER
        self._original = False
        self._drag: str = ""
        self._tool: CanvasTool | None = None
        self._told_sight: tuple[Box, float] | None = None
        self._last = QPointF()
        self._table = CompareKeys(self)
        self.keys = self._table.table
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
        mixed: TilePyramid | None = None,
        removed: TilePyramid | None = None,
        invented: TilePyramid | None = None,
    ) -> None:
        """Show these layers on a picture of ``size``; None shows an empty canvas. Another picture is fitted."""
        if base is not self.base:
            self.viewport.fitting = True
        self.base, self.before, self.after = base, before, after
        self.mixed, self.removed, self.invented = mixed, removed, invented
        self.viewport.show_size(*(size or (0, 0)))
        self.zoom_changed.emit(self.viewport.zoom)
        self._tell_sight()
        self.update()

    def tile_changed(self, x: int, y: int, width: int, height: int, scale: float = 1.0) -> None:
        """Repaint a rectangle of the picture (its coordinates times ``scale`` are the canvas picture's)."""
        left, top = self.viewport.to_canvas(x * scale, y * scale)
        span = self.viewport.zoom * scale
        ratio = self.devicePixelRatioF()
        for shift in {pane.shift for pane in self._panes()}:
            area = QRectF((left + shift) / ratio, top / ratio, width * span / ratio, height * span / ratio)
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

    @property
    def mode(self) -> Mode:
        """How before and after are put beside each other."""
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        if mode != self._mode:
            self._mode = mode
            self._fit_panes()
            self.mode_changed.emit(mode)
            self.update()

    def set_original(self, original: bool) -> None:
        """Show only the original while true."""
        if original != self._original:
            self._original = original
            self.update()

    @property
    def tool(self) -> CanvasTool | None:
        """What a person holds over the canvas, or None: then the mouse moves picture and divider."""
        return self._tool

    @tool.setter
    def tool(self, tool: CanvasTool | None) -> None:
        if self._tool is not None:
            self._tool.changed.disconnect(self.update)
        self._tool = tool
        if tool is not None:
            tool.begin(self.viewport)
            tool.changed.connect(self.update)
            self.setFocus()
        self._show_cursor(QPointF(-1, -1))
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
        self.viewport.zoom_to(zoom, self._on_pane(at) if at is not None else None)
        self._zoomed()

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Zoom in (positive) or out by wheel notches."""
        self.zoom_to(self.viewport.zoom * STEP**steps, at)

    def pan_by(self, across: float, down: float) -> None:
        """Look further right and down by parts of the canvas; a picture that is fitted stays so."""
        view = self.viewport
        if not view.fitting:
            view.pan(-across * view.canvas_width, -down * view.canvas_height)
            self._zoomed()

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
            for pane in self._panes():
                self._paint_pane(painter, pane, exposed)
            painter.resetTransform()
            names = (self.tr("Before"), self.tr("After"))
            if self.shows_divider():
                paint_divider(painter, self.size(), self._divider, self._mode is Mode.DIVIDER, names)
            elif self._mode is Mode.SIDE:
                paint_divider(painter, self.size(), 0.5, True, names, grip=False)
            self._paint_tool(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.current().accent)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def shows_divider(self) -> bool:
        """Return whether there is a divider between before and after now."""
        return self._mode in (Mode.DIVIDER, Mode.ACROSS) and self.after is not None and not self._original

    def _panes(self) -> list[Pane]:
        """Return what is shown where."""
        ratio = self.devicePixelRatioF()
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        compared = self.after is not None and not self._original
        return panes(self._mode, width, height, self._divider, compared)

    def _paint_pane(self, painter: QPainter, pane: Pane, exposed: QRect) -> None:
        area = exposed.intersected(pane.area).translated(-pane.shift, 0)
        if area.isEmpty():
            return
        painter.save()
        painter.translate(pane.shift, 0)
        painter.setClipRect(area)
        view, result = self.viewport, pane.shows == "after"
        if pane.shows == "removed":
            painter.fillRect(area, NOTHING_REMOVED)
            paint_layer(painter, view, self.removed, area)
        else:
            after = self.after if result else None
            paint_blend(painter, view, area, (self.base, self.before), after, self._strength)
            if result:
                paint_layer(painter, view, self.mixed, area)
            if result and self._mode is Mode.INVENTED:
                painter.fillRect(area.intersected(screen_rect(view, (0, 0, view.width, view.height))), VEIL)
                paint_layer(painter, view, self.invented, area)
        painter.restore()

    def _paint_tool(self, painter: QPainter) -> None:
        if self._tool is None:
            return
        ratio = self.devicePixelRatioF()
        for pane in self._panes():
            painter.save()
            painter.scale(1 / ratio, 1 / ratio)
            painter.setClipRect(pane.area)
            painter.translate(pane.shift, 0)
            self._tool.paint(painter, self.viewport)
            painter.restore()
        self._tool.paint_hint(painter, self.size())

    # Mouse, wheel, keys.

    def _on_divider(self, position: QPointF) -> bool:
        if not self.shows_divider() or self._tool is not None:
            return False
        along, room = self._along_divider(position)
        return abs(along - self._divider * room) <= GRIP

    def _along_divider(self, position: QPointF) -> tuple[float, int]:
        upright = self._mode is Mode.DIVIDER
        return (position.x(), self.width()) if upright else (position.y(), self.height())

    def _on_pane(self, position: QPointF) -> tuple[float, float]:
        """Return a point of the widget in the canvas's screen pixels, as if its pane were the first one."""
        ratio = self.devicePixelRatioF()
        x, y = position.x() * ratio, position.y() * ratio
        shift = max((p.shift for p in self._panes() if p.shift <= x), default=0)
        return x - shift, y

    def _in_picture(self, position: QPointF) -> tuple[float, float]:
        return self.viewport.to_picture(*self._on_pane(position))

    def _fit_panes(self) -> None:
        ratio = self.devicePixelRatioF()
        width, height = self.width() * ratio, self.height() * ratio
        self.viewport.resize(width // 2 if self._mode is Mode.SIDE else width, height)
        self.zoom_changed.emit(self.viewport.zoom)
        self._tell_sight()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            if self._tool is not None and event.button() == Qt.MouseButton.LeftButton:
                self._drag = "tool"
                self._tool.press(*self._in_picture(event.position()))
                return
            grip = event.button() == Qt.MouseButton.LeftButton and self._on_divider(event.position())
            self._drag = "divider" if grip else "pan"
            self._last = event.position()
            self._show_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag == "divider":
            along, room = self._along_divider(event.position())
            self.divider = along / max(1, room)
        elif self._drag == "pan":
            moved = (event.position() - self._last) * self.devicePixelRatioF()
            self.viewport.pan(moved.x(), moved.y())
            self._last = event.position()
            self._zoomed()
        elif self._tool is not None:
            self._tool.move(*self._in_picture(event.position()))
        self._show_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag == "tool" and self._tool is not None:
            self._tool.release()
        self._drag = ""
        self._show_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._tool is not None:
            self.mousePressEvent(event)
        elif self._on_divider(event.position()):
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

    def mode_names(self) -> dict[Mode, str]:
        """Return what each way to compare is called."""
        return self._table.mode_names()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._tool is not None and self._tool.key(event):
            return
        if not pressed(self.keys, event):
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
            upright = self._mode is Mode.DIVIDER
            self.setCursor(Qt.CursorShape.SplitHCursor if upright else Qt.CursorShape.SplitVCursor)
        elif self._drag == "pan":
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._tool is not None:
            self.setCursor(self._tool.cursor)
        else:
            self.unsetCursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_panes()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(800, 600)
