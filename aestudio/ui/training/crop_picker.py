"""The part of the open photo that is watched while it is learned from: chosen on the photo, by mouse or keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from aestudio.jobs.events import Event, ThumbnailReady
from aestudio.jobs.spec import Thumbnail
from aestudio.ui import theme
from aestudio.ui.keys import Key, pressed
from aestudio.ui.naming import named
from aestudio.ui.widgets.layer_painter import as_image

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHideEvent, QImage, QKeyEvent, QMouseEvent, QPaintEvent, QShowEvent

    from aestudio.ui.job_hub import JobHub

Crop = tuple[int, int, int]
HEIGHT = 176
"""Pixels of the screen that the photo is shown in."""
SHARE = 16
"""Part of the crop's side that an arrow key moves it by; with Shift a whole side."""


class CropPicker(QWidget):
    """Shows ``crop`` (left, top, side in pixels of the photo) as a frame; ``moved`` says that a person moved it."""

    moved = Signal()

    def __init__(self, hub: JobHub | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "cropPicker", self.tr("Part of the photo to watch"))
        self.setToolTip(self.tr("Click or drag to choose what is shown while it learns; arrow keys move it too."))
        self._hub = hub
        self._photo: Path | None = None
        self._crop: Crop | None = None
        self._size = QSize()
        self._image: QImage | None = None
        self._job, self._by_hand = "", False
        arrows = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        self.keys = [
            Key(
                tuple(arrows),
                self.tr("Move the part that is watched; with Shift by its own size"),
                lambda key, far: self._step(*arrows[key], far),
            )
        ]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self._say()

    @property
    def crop(self) -> Crop | None:
        """What is chosen, within the photo as far as its size is known."""
        return self._crop

    def show_photo(self, photo: Path | None, crop: Crop | None) -> None:
        """Choose on another photo, beginning with ``crop``; on the same one what a person chose stays."""
        if photo == self._photo and self._by_hand:
            return
        if photo != self._photo:
            self._drop()
            self._size, self._image = QSize(), None
        self._photo, self._crop, self._by_hand = photo, crop, False
        self._place()
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._drop()

    # The photo, which the engine reads.

    def _ask(self) -> None:
        if self._hub is None or self._photo is None or self._image is not None or self._job or not self.isVisible():
            return
        job = Thumbnail(str(self._photo), round(4 * HEIGHT * self.devicePixelRatioF()))
        self._job = job.id
        self._hub.submit(job, self._on_event, waited=False)

    def _drop(self) -> None:
        if self._job and self._hub is not None:
            self._hub.drop(self._job)
        self._job = ""

    def _on_event(self, event: Event) -> None:
        if event.id != self._job:
            return
        self._job = ""
        if isinstance(event, ThumbnailReady):
            self._image = as_image(event.pixels).copy()
            self._size = QSize(event.width, event.height)
            self._place()

    # Where the frame lies.

    def _place(self, middle: QPointF | None = None) -> None:
        """Keep the frame within the photo; move its middle (photo pixels) where one is given."""
        if self._crop is not None and not self._size.isEmpty():
            wide, high = self._size.width(), self._size.height()
            left, top, side = self._crop
            side = min(side, wide, high)
            if middle is not None:
                left, top = round(middle.x() - side / 2), round(middle.y() - side / 2)
            self._crop = max(0, min(left, wide - side)), max(0, min(top, high - side)), side
        self._say()
        self.update()

    def _move(self, middle: QPointF) -> None:
        before = self._crop
        self._place(middle)
        if self._crop != before:
            self._by_hand = True
            self.moved.emit()

    def _step(self, right: int, down: int, far: bool) -> None:
        if self._crop is None or self._size.isEmpty():
            return
        left, top, side = self._crop
        step = side if far else max(1, side // SHARE)
        self._move(QPointF(left + side / 2 + right * step, top + side / 2 + down * step))

    def _say(self) -> None:
        where = ""
        if self._crop is not None and not self._size.isEmpty():
            left, top, side = self._crop
            where = self.tr("{side} × {side} pixels, {left} from the left and {top} from the top.").format(
                side=side, left=left, top=top
            )
        self.setAccessibleDescription(" ".join(part for part in (where, self.toolTip()) if part))

    def _area(self) -> QRectF:
        """Return where the photo is painted."""
        room = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        size = self._size.scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(room.topLeft(), size)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and not self._size.isEmpty():
            area = self._area()
            at, scale = event.position() - area.topLeft(), self._size.width() / area.width()
            self._move(at * scale)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed(self.keys, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None or self._crop is None:
            painter.fillRect(self.rect(), colours.canvas)
            painter.end()
            return
        area = self._area()
        painter.drawImage(area, self._image)
        scale = area.width() / self._size.width()
        left, top, side = (part * scale for part in self._crop)
        frame = QRectF(area.left() + left, area.top() + top, side, side)
        painter.setClipRect(area)
        # what is not watched is dimmed, the frame itself can be told on any picture
        for part in (
            QRectF(area.left(), area.top(), area.width(), top),
            QRectF(area.left(), frame.bottom(), area.width(), area.bottom() - frame.bottom()),
            QRectF(area.left(), frame.top(), left, side),
            QRectF(frame.right(), frame.top(), area.right() - frame.right(), side),
        ):
            painter.fillRect(part, colours.shade)
        painter.setPen(QPen(colours.light, 2))
        painter.drawRect(frame.adjusted(1, 1, -1, -1))
        if self.hasFocus():
            painter.setClipping(False)
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRect(area.adjusted(-1, -1, 1, 1))
        painter.end()
