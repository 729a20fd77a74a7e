"""Tools that a person holds over the canvas: what they do with the mouse and a few keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from aestudio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from aestudio.ui.widgets.viewport import Viewport

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CanvasTool(QObject):
    """Has the left button of the mouse while it is in force. Points are pixels of the picture on the canvas."""

    changed = Signal()
    """It looks otherwise now."""
    left = Signal()
    """The person wants no more of it (Esc)."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, hint: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hint = hint

    def begin(self, view: Viewport) -> None:
        """Come into force over what is seen now."""

    def press(self, x: float, y: float) -> None:
        """Take the button that went down."""

    def move(self, x: float, y: float) -> None:
        """Follow the mouse, pressed or not."""

    def release(self) -> None:
        """Take the button that went up."""

    def key(self, event: QKeyEvent) -> bool:
        """Return whether the key was for the tool."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False

    def paint(self, painter: QPainter, view: Viewport) -> None:
        """Paint over a picture, in screen pixels."""

    def paint_hint(self, painter: QPainter, size: QSize) -> None:
        """Say at the bottom of a canvas what to do."""
        colours, font = theme.current(), painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        width = min(QFontMetrics(font).horizontalAdvance(self.hint) + 24, size.width())
        pill = QRectF((size.width() - width) / 2, size.height() - 40, width, 26)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.shade)
        painter.drawRoundedRect(pill, 6, 6)
        painter.setPen(colours.light)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self.hint)


class AreaTool(CanvasTool):
    """Picks a rectangle: dragged, or moved with the arrow keys and taken with Enter.

    One with a side below SMALLEST pixels is not taken, and the hint gives way to ``too_small``.
    """

    picked = Signal(tuple)
    """(left, top, right, bottom) in whole pixels of the picture."""

    SMALLEST = 8

    def __init__(self, hint: str, too_small: str, parent: QObject | None = None) -> None:
        super().__init__(hint, parent)
        self._usual, self._too_small = hint, too_small

    def begin(self, view: Viewport) -> None:
        self.hint = self._usual
        x, y = view.to_picture(view.canvas_width / 2, view.canvas_height / 2)
        side = min(64.0, view.width, view.height)
        self._size = view.width, view.height
        self._start, self._end = QPointF(x - side / 2, y - side / 2), QPointF(x + side / 2, y + side / 2)
        self._dragging = False

    def press(self, x: float, y: float) -> None:
        self._start = self._end = QPointF(x, y)
        self._dragging = True
        self.changed.emit()

    def move(self, x: float, y: float) -> None:
        if self._dragging:
            self._end = QPointF(x, y)
            self.changed.emit()

    def release(self) -> None:
        if self._dragging:
            self._dragging = False
            self._take()

    def key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return True
        if event.key() in ARROWS:
            far = 64 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 8
            step = QPointF(*ARROWS[Qt.Key(event.key())]) * far
            self._start, self._end = self._start + step, self._end + step
            self.changed.emit()
            return True
        return super().key(event)

    def paint(self, painter: QPainter, view: Viewport) -> None:
        left, top, right, bottom = self._box()
        corners = [QPointF(*view.to_canvas(x, y)) for x, y in ((left, top), (right, bottom))]
        colours = theme.current()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, style in ((colours.shade, Qt.PenStyle.SolidLine), (colours.light, Qt.PenStyle.DashLine)):
            painter.setPen(QPen(colour, 1, style))
            painter.drawRect(QRectF(*corners))

    def _box(self) -> tuple[int, int, int, int]:
        whole, (width, height) = QRectF(self._start, self._end).normalized(), self._size
        left, top = max(0, round(whole.left())), max(0, round(whole.top()))
        return left, top, min(round(whole.right()), int(width)), min(round(whole.bottom()), int(height))

    def _take(self) -> None:
        left, top, right, bottom = box = self._box()
        if min(right - left, bottom - top) >= self.SMALLEST:
            self.picked.emit(box)
        else:
            self.hint = self._too_small
            self.changed.emit()
