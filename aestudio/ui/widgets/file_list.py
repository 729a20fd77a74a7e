"""The list of pictures: a thumbnail, the name, and the state as an icon and a word."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QPainter, QPixmap
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from aestudio.ui import icons, theme
from aestudio.ui.widgets.layer_painter import as_image

if TYPE_CHECKING:
    from aestudio.jobs.events import Pixels


class State(Enum):
    """Where a file stands: its word, its icon and the theme's colour for both."""

    WAITING = ("Waiting", "clock", "quiet")
    LOADING = ("Opening", "work", "accent")
    RESTORING = ("Restoring", "work", "accent")
    DONE = ("Done", "check", "success")
    SAVING = ("Saving", "save", "accent")
    SAVED = ("Saved", "save", "success")
    FAILED = ("Failed", "alert", "failure")

    @property
    def word(self) -> str:
        """The state in a word."""
        return str(self.value[0])


PATH, STATE, THUMBNAIL = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3))
THUMB = 88
ROW = THUMB + 44


class _Delegate(QStyledItemDelegate):
    """Paints one file: the thumbnail above its name and state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(96, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = theme.current()
        box: QRect = option.rect.adjusted(6, 2, -6, -2)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.raised if selected else colours.hover)
            painter.drawRoundedRect(box, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colours.accent)
            painter.drawRoundedRect(box, 6, 6)
        self._paint_thumbnail(painter, QRect(box.left() + 6, box.top() + 6, box.width() - 12, THUMB - 8), index)
        state = index.data(STATE) or State.WAITING
        font = QFont(painter.font())
        font.setPixelSize(11)
        painter.setFont(font)
        name = QRect(box.left() + 6, box.top() + THUMB, box.width() - 12, 16)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideMiddle, name.width())
        painter.setPen(colours.text)
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        colour = getattr(colours, state.value[2])
        place = QPoint(name.left(), name.bottom() + 3)
        painter.drawPixmap(place, icons.cached(state.value[1], colour, 14, painter.device().devicePixelRatioF()))
        painter.setPen(colour)
        word = QRect(name.left() + 18, name.bottom() + 2, name.width() - 18, 16)
        painter.drawText(word, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, state.word)
        painter.restore()

    def _paint_thumbnail(self, painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        picture = index.data(THUMBNAIL)
        if not isinstance(picture, QPixmap):
            side = 20
            place = QPoint(room.center().x() - side // 2, room.center().y() - side // 2)
            painter.drawPixmap(place, icons.cached("picture", theme.current().edge, side, 1.0))
            return
        size = picture.deviceIndependentSize().toSize().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(QPoint(0, 0), size)
        target.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, picture)


class FileList(QListWidget):
    """Signals carry the path of the file that they are about."""

    picked = Signal(object)
    retry_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self._items: dict[Path, QListWidgetItem] = {}
        self.currentItemChanged.connect(self._on_current)
        remove = QAction(self.tr("Remove from the list"), self)
        remove.setObjectName("removeAction")
        remove.setShortcut(Qt.Key.Key_Delete)
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(self._on_remove)
        self.addAction(remove)

    def add(self, path: Path) -> None:
        """Add a file at the end."""
        item = QListWidgetItem(path.name)
        item.setData(PATH, path)
        self._items[path] = item
        self.addItem(item)
        self.show_state(path, State.WAITING)

    def drop(self, path: Path) -> None:
        """Take a file out."""
        item = self._items.pop(path, None)
        if item is not None:
            self.takeItem(self.row(item))

    def current_path(self) -> Path | None:
        """Return the picked file."""
        item = self.currentItem()
        path = item.data(PATH) if item is not None else None
        return path if isinstance(path, Path) else None

    def pick(self, path: Path) -> None:
        """Pick a file."""
        if path in self._items:
            self.setCurrentItem(self._items[path])

    def state_of(self, path: Path) -> State:
        """Return the state that a file shows."""
        value = self._items[path].data(STATE)
        return value if isinstance(value, State) else State.WAITING

    def show_state(self, path: Path, state: State, reason: str = "") -> None:
        """Show where a file stands, with the reason on hover."""
        item = self._items.get(path)
        if item is None:
            return
        item.setData(STATE, state)
        item.setToolTip(f"{path}\n{state.word}. {reason}".rstrip())
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{path.name}, {state.word.lower()}. {reason}".rstrip())

    def show_thumbnail(self, path: Path, pixels: Pixels) -> None:
        """Show a small view of a file."""
        item = self._items.get(path)
        if item is not None:
            item.setData(THUMBNAIL, QPixmap.fromImage(as_image(pixels)))

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(item.data(PATH))

    def _on_remove(self) -> None:
        path = self.current_path()
        if path is not None:
            self.remove_asked.emit(path)

    def _show_menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        if item is None:
            return
        path = item.data(PATH)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.state_of(path) is State.FAILED:
            menu.addAction(self.tr("Try again"), lambda: self.retry_asked.emit(path))
        menu.addAction(self.tr("Remove from the list"), lambda: self.remove_asked.emit(path))
        menu.popup(self.viewport().mapToGlobal(at))
