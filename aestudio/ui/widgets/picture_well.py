"""A place for one picture or several: they are dropped there, or put there by a click that takes the chosen ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from aestudio.ui import theme
from aestudio.ui.keys import Key, pressed
from aestudio.ui.naming import plain
from aestudio.ui.widgets.drop_area import dropped_paths
from aestudio.ui.widgets.layer_painter import as_image
from aestudio.ui.widgets.sample_grid import Drawn, SampleGrid

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

GAP = 4
SMALLEST = 24.0


class PictureWell(QAbstractButton):
    """``dropped`` carries samples, ``files_dropped`` files, ``emptied``: Delete was pressed; ``clicked`` asks for
    what is chosen elsewhere.

    It shows what ``show_pictures`` gave it: the last one large, or all of ``several``.
    """

    dropped = Signal(list)
    files_dropped = Signal(list)
    emptied = Signal()

    def __init__(self, invitation: str, several: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: list[Drawn] = []
        self._invitation, self._several, self._over = invitation, several, False
        self.keys = [Key((Qt.Key.Key_Delete, Qt.Key.Key_Backspace), self.tr("Empty it"), lambda *_: self._empty())]
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pictures(self, pictures: list[Drawn]) -> None:
        """Show what lies in it."""
        self.pictures = pictures
        said = ", ".join(picture.name for picture in pictures[:12]) or self._invitation
        self.setAccessibleDescription(said)
        self.setToolTip(plain(said))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed(self.keys, event):
            super().keyPressEvent(event)

    def _empty(self) -> None:
        if self.pictures:
            self.emptied.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if isinstance(event.source(), SampleGrid) or dropped_paths(event.mimeData()):
            self._over = True
            self.update()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        source, files = event.source(), dropped_paths(event.mimeData())
        if isinstance(source, SampleGrid):
            self.dropped.emit(source.selected)
        elif files:
            self.files_dropped.emit(files)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(72, 56 if self._several else 72)

    def heightForWidth(self, width: int) -> int:
        return self.sizeHint().height() if self._several else min(width, 104)

    def hasHeightForWidth(self) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        active = self._over or self.hasFocus()
        pen = QPen(colours.accent if active else colours.edge, 2 if active else 1)
        if not self.pictures and not active:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(colours.hover if self.underMouse() or self.isDown() else colours.canvas)
        painter.drawRoundedRect(area, 6, 6)
        inner = area.adjusted(GAP, GAP, -GAP, -GAP)
        if not self.pictures:
            painter.setPen(colours.quiet)
            font = painter.font()
            font.setPixelSize(11)
            painter.setFont(font)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, flags, self._invitation)
        elif self._several:
            self._paint_several(painter, inner)
        else:
            side = min(inner.width(), inner.height())
            place = QRectF(inner.center().x() - side / 2, inner.center().y() - side / 2, side, side)
            painter.drawImage(place, as_image(self.pictures[-1].pixels))
        painter.end()

    def _paint_several(self, painter: QPainter, inner: QRectF) -> None:
        """Paint as many as there is room for, and say how many more there are."""
        side = inner.height() if len(self.pictures) * (inner.height() + GAP) <= inner.width() + GAP else 0.0
        side = side or max(SMALLEST, inner.height() / 2 - GAP / 2)
        columns = max(1, int((inner.width() + GAP) // (side + GAP)))
        room = columns * max(1, int((inner.height() + GAP) // (side + GAP)))
        shown = self.pictures if len(self.pictures) <= room else self.pictures[: room - 1]
        for number, picture in enumerate(shown):
            left = inner.left() + number % columns * (side + GAP)
            top = inner.top() + number // columns * (side + GAP)
            painter.drawImage(QRectF(left, top, side, side), as_image(picture.pixels))
        if len(shown) < len(self.pictures):
            number = len(shown)
            left = inner.left() + number % columns * (side + GAP)
            top = inner.top() + number // columns * (side + GAP)
            painter.setPen(theme.current().text)
            left_out = f"+{len(self.pictures) - len(shown)}"
            painter.drawText(QRectF(left, top, side, side), Qt.AlignmentFlag.AlignCenter, left_out)
