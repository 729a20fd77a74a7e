"""A brush over the canvas: it paints a mask, or takes away from it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from aestudio.imageio.mask import LONGEST, Mask
from aestudio.ui import theme
from aestudio.ui.widgets.canvas_tool import ARROWS, CanvasTool

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from aestudio.ui.widgets.viewport import Viewport

SMALLEST, LARGEST = 0.5, 50.0
STEP = 1.25
VEIL = 110
"""How opaque the painted area is tinted, of 255."""


class BrushTool(CanvasTool):
    """Paints with a round brush of ``size`` per cent of the picture's longer side."""

    painted = Signal(object)
    """The Mask after a stroke, or None where nothing is painted any more."""
    size_changed = Signal(float)

    def __init__(self, hint: str, parent: QObject | None = None) -> None:
        super().__init__(hint, parent)
        self.size, self.erasing = 8.0, False
        self._image = QImage()
        self._mask: Mask | None = None
        self._view: Viewport | None = None
        self._at = QPointF()
        self._stroke = False
        self._changed_any = False

    def begin(self, view: Viewport) -> None:
        self._view = view
        self._at = QPointF(*view.to_picture(view.canvas_width / 2, view.canvas_height / 2))
        self.show_mask(self._mask)

    def show_mask(self, mask: Mask | None) -> None:
        """Go on with this mask (None: with an empty one)."""
        self._mask, self._stroke = mask, False
        if self._view is None or not self._view.width:
            return
        scale = LONGEST / max(self._view.width, self._view.height)
        width, height = (max(1, round(n * min(scale, 1.0))) for n in (self._view.width, self._view.height))
        if mask is None:
            self._image = QImage(width, height, QImage.Format.Format_Grayscale8)
            self._image.fill(0)
        else:
            rows = mask.rows()
            kept = QImage(rows, mask.width, mask.height, mask.width, QImage.Format.Format_Grayscale8)
            self._image = kept.copy()
        self.changed.emit()

    def resize(self, size: float) -> None:
        """Take a brush of another size."""
        self.size = min(max(size, SMALLEST), LARGEST)
        self.changed.emit()

    def press(self, x: float, y: float) -> None:
        self._stroke, self._at = True, QPointF(x, y)
        self._paint_to(x, y)

    def move(self, x: float, y: float) -> None:
        if self._stroke:
            self._paint_to(x, y)
        self._at = QPointF(x, y)
        self.changed.emit()

    def release(self) -> None:
        if self._stroke:
            self._stroke = False
            self._tell()

    def key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self.resize(self.size / STEP if key == Qt.Key.Key_BracketLeft else self.size * STEP)
            self.size_changed.emit(self.size)
        elif key in ARROWS:
            far = self._radius() * (4 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            self._at += QPointF(*ARROWS[Qt.Key(key)]) * far
            self.changed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press(self._at.x(), self._at.y())
            self.release()
        else:
            return super().key(event)
        return True

    def paint(self, painter: QPainter, view: Viewport) -> None:
        whole = QRectF(QPointF(*view.to_canvas(0, 0)), QPointF(*view.to_canvas(view.width, view.height)))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(whole, self._veil())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        centre, radius = QPointF(*view.to_canvas(self._at.x(), self._at.y())), self._radius() * view.zoom
        style = Qt.PenStyle.DashLine if self.erasing else Qt.PenStyle.SolidLine
        for colour, wider, line in (
            (theme.current().shade, 1, Qt.PenStyle.SolidLine),
            (theme.current().light, 0, style),
        ):
            painter.setPen(QPen(colour, 1.5, line))
            painter.drawEllipse(centre, radius + wider, radius + wider)

    def _veil(self) -> QImage:
        """Return the mask as a tint: the same bytes, read as how opaque a colour is."""
        image = self._image
        veil = QImage(
            image.constBits(), image.width(), image.height(), image.bytesPerLine(), QImage.Format.Format_Indexed8
        )
        tint = QColor(theme.current().accent)
        table = []
        for value in range(256):
            tint.setAlpha(value * VEIL // 255)
            table.append(tint.rgba())
        veil.setColorTable(table)
        return veil

    def _radius(self) -> float:
        """Return the brush's radius in pixels of the picture."""
        view = self._view
        return self.size / 200 * max(view.width, view.height) if view is not None else 0.0

    def _paint_to(self, x: float, y: float) -> None:
        view = self._view
        if view is None or self._image.isNull():
            return
        scale_x, scale_y = self._image.width() / view.width, self._image.height() / view.height
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grey = QColor(Qt.GlobalColor.black if self.erasing else Qt.GlobalColor.white)
        width = max(1.0, 2 * self._radius() * scale_x)
        painter.setPen(QPen(grey, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        start, end = QPointF(self._at.x() * scale_x, self._at.y() * scale_y), QPointF(x * scale_x, y * scale_y)
        if start == end:
            # a line of no length is a dot only with some painters
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(grey)
            painter.drawEllipse(end, width / 2, width / 2)
        else:
            painter.drawLine(start, end)
        painter.end()
        self.changed.emit()

    def _tell(self) -> None:
        image = self._image
        lines = bytes(image.constBits())
        step, width = image.bytesPerLine(), image.width()
        rows = b"".join(lines[start : start + width] for start in range(0, step * image.height(), step))
        self._mask = Mask(width, image.height(), zlib.compress(rows)) if any(rows) else None
        self.painted.emit(self._mask)
