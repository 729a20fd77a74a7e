"""The map of a two-dimensional latent: a mosaic of what each point decodes to, and a cursor over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from aestudio.ui import theme
from aestudio.ui.keys import Key, pressed
from aestudio.ui.widgets.layer_painter import as_image

if TYPE_CHECKING:
    from aestudio.imageio.halve import Pixels


NUDGE = 0.05
MOVES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class LatentMap(QWidget):
    """``moved`` carries the latent (x, y) under the cursor; y grows upwards."""

    moved = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels: Pixels | None = None
        self._extent, self._side = 3.0, 24
        self._point = (0.0, 0.0)
        self._message = ""
        self._marks: list[tuple[float, float]] = []
        self.keys = [Key(tuple(MOVES), self.tr("Move over the map; with Shift in larger steps"), self._step)]
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(200, 160)

    def show_mosaic(self, pixels: Pixels, extent: float, side: int) -> None:
        """Show a mosaic of ``side`` x ``side`` cells whose centres cover -extent..extent."""
        self._pixels, self._extent, self._side, self._message = pixels, extent, side, ""
        self.update()

    def show_marks(self, marks: list[tuple[float, float]]) -> None:
        """Mark places, in latent coordinates; those beyond the edge are marked at the edge."""
        self._marks = marks
        self.update()

    def show_message(self, message: str) -> None:
        """Show a sentence in place of a map."""
        self._pixels, self._message = None, message
        self.update()

    @property
    def has_mosaic(self) -> bool:
        """Whether there is a map to move over."""
        return self._pixels is not None

    @property
    def point(self) -> tuple[float, float]:
        """The latent coordinates of the cursor."""
        return self._point

    @property
    def edge(self) -> float:
        """The latent coordinate of the map's right and upper edge: half a cell beyond the last centre."""
        return self._extent * (1 + 1 / (self._side - 1)) if self._side > 1 else self._extent

    def area(self) -> QRectF:
        """Return the square that the mosaic fills."""
        side = max(1.0, min(self.width(), self.height()) - 32.0)
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def to_latent(self, position: QPointF) -> tuple[float, float]:
        """Return the latent coordinates of a point of the widget, kept within the map."""
        area = self.area()
        x = (position.x() - area.center().x()) / (area.width() / 2) * self.edge
        y = (area.center().y() - position.y()) / (area.height() / 2) * self.edge
        return min(max(x, -self.edge), self.edge), min(max(y, -self.edge), self.edge)

    def to_widget(self, x: float, y: float) -> QPointF:
        """Return where on the widget latent coordinates lie."""
        area = self.area()
        return QPointF(
            area.center().x() + x / self.edge * area.width() / 2,
            area.center().y() - y / self.edge * area.height() / 2,
        )

    def move_to(self, x: float, y: float) -> None:
        """Put the cursor at latent coordinates."""
        if self._pixels is not None:
            self.show_point(x, y)
            self.moved.emit(*self._point)

    def show_point(self, x: float, y: float) -> None:
        """Show the cursor at latent coordinates without a word."""
        self._point = (min(max(x, -self.edge), self.edge), min(max(y, -self.edge), self.edge))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.area().contains(event.position()):
            self.move_to(*self.to_latent(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def _step(self, key: Qt.Key, far: bool) -> None:
        step = NUDGE * (5 if far else 1)
        x, y = MOVES[key]
        self.move_to(self._point[0] + x * step, self._point[1] + y * step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed(self.keys, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.canvas)
        if self._pixels is None:
            painter.setPen(colours.quiet)
            painter.drawText(
                self.rect().adjusted(32, 32, -32, -32),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._message,
            )
        else:
            area = self.area()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, as_image(self._pixels))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for x, y in self._marks:
                kept = [min(max(value, -self.edge), self.edge) for value in (x, y)]
                painter.setPen(QPen(colours.shade, 2))
                painter.setBrush(colours.accent)
                painter.drawEllipse(self.to_widget(*kept), 6, 6)
            where = self.to_widget(*self._point)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.shade, 4))
            painter.drawEllipse(where, 10, 10)
            painter.setPen(QPen(colours.light, 2))
            painter.drawEllipse(where, 10, 10)
            if self.hasFocus():
                painter.setPen(QPen(colours.accent, 1))
                painter.drawRect(area.adjusted(-2, -2, 1, 1))
        painter.end()

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
        self.pixels, self.original = pixels, original
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = [self.pixels] if self.original is None else [self.original, self.pixels]
        gap = 4 * (len(shown) - 1)
        side = min((self.width() - gap) / len(shown), self.height())
        left = (self.width() - side * len(shown) - gap) / 2
        for number, pixels in enumerate(shown):
            area = QRectF(left + number * (side + gap), 0, side, side)
            painter.fillRect(area, theme.current().canvas)
            if pixels is not None:
                painter.drawImage(area, as_image(pixels))
        painter.end()
