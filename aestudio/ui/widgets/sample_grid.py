"""Generated pictures side by side, as a strip that wraps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from aestudio.ui import theme
from aestudio.ui.widgets.layer_painter import as_image

if TYPE_CHECKING:
    from aestudio.imageio.halve import Pixels


GAP = 4


class SampleGrid(QWidget):
    """Chooses rows and columns so that the pictures are as large as the room allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pixels: Pixels | None = None
        self._pictures: list[QPixmap] = []
        self._message = ""
        self.setMinimumHeight(112)

    @property
    def count(self) -> int:
        """How many pictures show."""
        return len(self._pictures)

    def show_pictures(self, pixels: Pixels) -> None:
        """Show pictures (N, H, W, 1 or 3)."""
        self.pixels = pixels
        self._pictures = [QPixmap.fromImage(as_image(p)) for p in pixels]
        self.update()

    def show_message(self, message: str) -> None:
        """Show a sentence while there are no pictures."""
        self._message, self._pictures, self.pixels = message, [], None
        self.update()

    def cell(self) -> tuple[int, int]:
        """Return (columns, side of a cell in logical pixels) for the room there is."""
        number = max(1, len(self._pictures))
        width, height = max(1, self.width() - GAP), max(1, self.height() - GAP)
        best = (number, 1)
        for rows in range(1, number + 1):
            columns = -(-number // rows)
            side = min(width // columns, height // rows)
            if side > best[1]:
                best = (columns, side)
        return best

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.panel)
        if not self._pictures:
            painter.setPen(colours.quiet)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._message)
        columns, side = self.cell()
        left = (self.width() - columns * side) / 2
        rows = -(-max(1, len(self._pictures)) // columns)
        top = (self.height() - rows * side) / 2
        for number, picture in enumerate(self._pictures):
            row, column = divmod(number, columns)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, side < picture.width())
            place = QRectF(left + column * side + GAP / 2, top + row * side + GAP / 2, side - GAP, side - GAP)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(640, 144)
