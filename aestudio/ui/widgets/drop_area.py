"""The empty state: a place to drop pictures, a button to open them, and samples to try."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QIcon,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from aestudio import paths
from aestudio.imageio.formats import READ_SUFFIXES
from aestudio.ui import icons, theme
from aestudio.ui.naming import label, named, push_button
from aestudio.ui.widgets.layer_painter import as_image

if TYPE_CHECKING:
    from aestudio.jobs.events import Pixels

SAMPLE_SIZE = QSize(136, 96)


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders of a drop or of the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def carries_files(data: QMimeData) -> bool:
    """Return whether a drag holds files or folders; asked at every step that the mouse makes with it."""
    return data.hasUrls() and any(url.isLocalFile() for url in data.urls())


def sample_files() -> list[Path]:
    """Return the pictures that come with the program."""
    folder = paths.resources_folder() / "samples"
    return sorted(p for p in folder.glob("*") if p.suffix.lower() in READ_SUFFIXES) if folder.is_dir() else []


class DropArea(QWidget):
    """Says what to do while no picture is open."""

    dropped = Signal(list)
    open_asked = Signal()

    def __init__(self, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over = False
        self._samples: dict[Path, QToolButton] = {}
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = sentence
        self.title = label(title, "title")
        self.sentence = label(sentence, wrap=True)
        for text in (self.title, self.sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setMinimumWidth(320)
        self.button = push_button(
            "dropOpenButton", self.tr("Open pictures…"), self.tr("Choose pictures to restore (Ctrl+O)."), "open", True
        )
        self.button.clicked.connect(self.open_asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 32, 32, 32)
        box.setSpacing(16)
        box.addStretch(2)
        box.addWidget(self.picture)
        box.addWidget(self.title)
        box.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        self._caption = label(self.tr("Or try one of these"), "quiet")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._caption)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch()
        for path in sample_files()[:3]:
            row.addWidget(self._sample_button(path))
        row.addStretch()
        box.addLayout(row)
        box.addStretch(1)
        self._caption.setVisible(bool(self._samples))
        self._draw_picture()

    def show_lack(self, lack: str) -> None:
        """Say what is missing to work at all, or (empty) that nothing is."""
        words = f"{lack} {self.tr('Install aestudio again, or train one.')}" if lack else self._words
        if self.sentence.text() != words:
            self.sentence.setText(words)

    def samples(self) -> list[Path]:
        """Return the samples that are offered."""
        return list(self._samples)

    def show_sample(self, path: Path, pixels: Pixels) -> None:
        """Show a sample's thumbnail on its button."""
        if path in self._samples:
            self._samples[path].setIcon(QIcon(QPixmap.fromImage(as_image(pixels))))

    def _sample_button(self, path: Path) -> QToolButton:
        name = path.stem.replace("-", " ").replace("_", " ")
        button = named(
            QToolButton(), f"sample-{path.stem}", self.tr("Try the sample {name}").format(name=name), str(path.name)
        )
        button.setText(name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(SAMPLE_SIZE)
        button.setIcon(icons.icon("picture", "quiet"))
        button.clicked.connect(lambda: self.dropped.emit([path]))
        self._samples[path] = button
        return button

    def _draw_picture(self) -> None:
        self.picture.setPixmap(icons.pixmap("picture", theme.current().quiet, 48, self.devicePixelRatioF()))

    def restyle(self) -> None:
        """Follow a change of theme."""
        self._draw_picture()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carries_files(event.mimeData()):
            event.acceptProposedAction()
            self._over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        files = dropped_paths(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, width = (colours.accent, 2) if self._over else (colours.edge, 1)
        painter.setPen(QPen(colour, width, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16.5, 16.5, -16.5, -16.5), 6, 6)
        painter.end()
