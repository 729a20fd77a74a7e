"""A film strip of a path: some of its frames side by side, and where one is; dragging moves that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy

from aestudio.ui import theme
from aestudio.ui.widgets.layer_painter import as_image

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from aestudio.imageio.halve import Pixels

HEIGHT = 52


class FrameStrip(QAbstractSlider):
    """The value is the frame that shows. ``wanted_changed``: other frames fit now; ``scrubbed``: a person moved it."""

    wanted_changed = Signal()
    scrubbed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: dict[int, Pixels] = {}
        self._message = ""
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setRange(0, 0)
        self.actionTriggered.connect(lambda _: self.scrubbed.emit(self.sliderPosition()))

    def show_frames(self, frames: int, message: str = "") -> None:
        """Show a path of so many frames, or a sentence while there is none."""
        self._pictures = {}
        self._message = "" if frames else message
        self.setRange(0, max(0, frames - 1))
        self.setPageStep(max(1, frames // 10))
        self.update()

    def wanted(self) -> list[int]:
        """Return the frames that fit, evenly spread from the first to the last."""
        frames = self.maximum() + 1
        room = max(2, self.width() // self.height())
        if self._message or frames < 2:
            return []
        return sorted({round(i * (frames - 1) / (room - 1)) for i in range(room)})

    def show_picture(self, frame: int, pixels: Pixels) -> None:
        """Show the picture of one of the wanted frames."""
        self._pictures[frame] = pixels
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._scrub(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event.position().x())

    def _scrub(self, x: float) -> None:
        share = min(max(x / max(1, self.width() - 1), 0), 1)
        self.setValue(round(share * self.maximum()))
        self.scrubbed.emit(self.value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.wanted_changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), colours.canvas)
        wanted = self.wanted()
        if self._message:
            painter.setPen(colours.quiet)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(8, 2, -8, -2), flags, self._message)
        for number, frame in enumerate(wanted):
            pixels = self._pictures.get(frame)
            if pixels is not None:
                width = self.width() / len(wanted)
                side = min(width, self.height())
                place = QRectF(number * width + (width - side) / 2, (self.height() - side) / 2, side, side)
                painter.drawImage(place, as_image(pixels))
        if wanted:
            x = self.value() / max(1, self.maximum()) * (self.width() - 3) + 1
            for colour, width in ((colours.shade, 5), (colours.light, 2)):
                painter.setPen(QPen(colour, width))
                painter.drawLine(round(x), 0, round(x), self.height())
        painter.setPen(QPen(colours.accent if self.hasFocus() else colours.line, 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
