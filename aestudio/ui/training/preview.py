"""Held-out pictures of a run, before, now and in truth: loaded off Qt's thread from the file that the run keeps."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 8
"""Pixels between a picture and what is said of it."""


class _Loaded(QObject):
    image = Signal(QImage)


class _Load(QRunnable):
    def __init__(self, path: Path, loaded: _Loaded) -> None:
        super().__init__()
        self._path, self._loaded = path, loaded

    def run(self) -> None:
        self._loaded.image.emit(QImage(str(self._path)))


class PreviewStrip(QWidget):
    """Shows the newest sheet of examples, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._captions: tuple[str, ...] = ()
        self._loaded = _Loaded(self)
        self._loaded.image.connect(self._on_loaded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def load(self, path: Path) -> None:
        """Show a file once it is read; one that cannot be read changes nothing."""
        QThreadPool.globalInstance().start(_Load(path, self._loaded))

    def set_captions(self, captions: tuple[str, ...]) -> None:
        """Say below each of so many parts of the sheet what it is, and show them large; without any, show it small."""
        if captions != self._captions:
            self._captions = captions
            self.updateGeometry()
            self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self.hide()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return self._image.isNull()

    def sizeHint(self) -> QSize:
        return QSize(640, 124) if not self._captions else QSize(640, 248)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.empty:
            return
        size = self._image.size()
        below = self.fontMetrics().height() + GAP if self._captions else 0
        scale = min(self.width() / size.width(), (self.height() - below) / size.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, size.width() * scale, size.height() * scale), self._image)
        wide = size.width() * scale / max(1, len(self._captions))
        for number, caption in enumerate(self._captions):
            text = self.fontMetrics().elidedText(caption, Qt.TextElideMode.ElideRight, int(wide) - GAP)
            place = QRectF(number * wide, size.height() * scale + GAP / 2, wide, below)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
        painter.end()

    def _on_loaded(self, image: QImage) -> None:
        if not image.isNull():
            self._image = image
            self.show()
            self.update()
