"""Held-out pictures of a run, before, now and in truth: loaded off Qt's thread from the file that the run keeps."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QRunnable, QSize, QThreadPool, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


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
        self._loaded = _Loaded(self)
        self._loaded.image.connect(self._on_loaded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def load(self, path: Path) -> None:
        """Show a file once it is read; one that cannot be read changes nothing."""
        QThreadPool.globalInstance().start(_Load(path, self._loaded))

    def clear(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self.hide()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return self._image.isNull()

    def sizeHint(self) -> QSize:
        return QSize(640, 124)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.empty:
            return
        size = self._image.size()
        scale = min(self.width() / size.width(), self.height() / size.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, size.width() * scale, size.height() * scale), self._image)
        painter.end()

    def _on_loaded(self, image: QImage) -> None:
        if not image.isNull():
            self._image = image
            self.show()
            self.update()
