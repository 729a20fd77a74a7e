"""The list of pictures: a thumbnail, the name, and the state as an icon and a word."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QFont,
    QKeySequence,
    QPainter,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
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
from aestudio.ui.naming import plain
from aestudio.ui.widgets.layer_painter import as_image

if TYPE_CHECKING:
    from aestudio.jobs.events import Pixels


class State(Enum):
    """Where a file stands: its word, its icon and the theme's colour for both."""

    WAITING = (QT_TRANSLATE_NOOP("State", "Waiting"), "clock", "quiet")
    LOADING = (QT_TRANSLATE_NOOP("State", "Opening"), "work", "accent")
    RESTORING = (QT_TRANSLATE_NOOP("State", "Restoring"), "work", "accent")
    DONE = (QT_TRANSLATE_NOOP("State", "Done"), "check", "success")
    QUEUED = (QT_TRANSLATE_NOOP("State", "Queued"), "clock", "quiet")
    SAVING = (QT_TRANSLATE_NOOP("State", "Saving"), "save", "accent")
    SAVED = (QT_TRANSLATE_NOOP("State", "Saved"), "save", "success")
    SKIPPED = (QT_TRANSLATE_NOOP("State", "Skipped"), "check", "quiet")
    STOPPED = (QT_TRANSLATE_NOOP("State", "Stopped"), "stop", "quiet")
    FAILED = (QT_TRANSLATE_NOOP("State", "Failed"), "alert", "failure")

    @property
    def word(self) -> str:
        """The state in a word."""
        return QCoreApplication.translate("State", str(self.value[0]))


PATH, STATE, THUMBNAIL = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3))
THUMB = 88
ROW = THUMB + 44
SIGHT = 50
"""Milliseconds after which it is told what has come into sight."""


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
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(place, icons.cached("picture", theme.current().edge, side, ratio))
            return
        size = picture.deviceIndependentSize().toSize().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(QPoint(0, 0), size)
        target.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, picture)


class FileList(QListWidget):
    """A queue in the order in which files are done; several can be chosen at once.

    ``picked`` carries the path that is put on the canvas, ``retry_asked`` a path and the means, ``move_asked`` paths
    and the row before which they shall stand, ``looked_at`` the paths in sight; the others paths that were chosen.
    """

    picked = Signal(object)
    retry_asked = Signal(object, str)
    remove_asked = Signal(list)
    save_asked = Signal(list)
    stop_asked = Signal(list)
    move_asked = Signal(list, int)
    looked_at = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self._items: dict[Path, QListWidgetItem] = {}
        self.currentItemChanged.connect(self._on_current)
        self._sight = QTimer(self)
        self._sight.setSingleShot(True)
        self._sight.setInterval(SIGHT)
        self._sight.timeout.connect(self._tell_sight)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._sight.start())
        self._add_action(
            "removeAction", self.tr("Remove from the list"), "Del", lambda: self.remove_asked.emit(self.selected())
        )
        self._add_action("moveUpAction", self.tr("Save earlier"), "Alt+Up", lambda: self._step(-1))
        self._add_action("moveDownAction", self.tr("Save later"), "Alt+Down", lambda: self._step(1))

    def _add_action(self, name: str, text: str, key: str, slot: Callable[[], None]) -> None:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.addAction(action)

    def add(self, path: Path) -> None:
        """Add a file at the end."""
        item = QListWidgetItem(path.name)
        item.setData(PATH, path)
        self._items[path] = item
        self.addItem(item)
        self.show_state(path, State.WAITING)
        if not self._sight.isActive():
            self._sight.start()

    def drop(self, paths: list[Path]) -> None:
        """Take files out. Where the picked one is among them, the next that stays is picked, and none in between."""
        going = set(paths)
        if self.current_path() in going:
            row = self.currentRow()
            others = [*range(row + 1, self.count()), *range(row - 1, -1, -1)]
            stays = next((n for n in others if self.item(n).data(PATH) not in going), None)
            self.setCurrentRow(-1 if stays is None else stays)
        chosen = [path for path in self.selected() if path not in going]
        # each row that is taken out of a selection in many pieces costs as much as there are pieces
        self.clearSelection()
        for path in paths:
            self.takeItem(self.row(self._items.pop(path)))
        for path in chosen:
            self._items[path].setSelected(True)

    def rearrange(self, paths: list[Path], rows: list[int]) -> None:
        """Let these files stand in these rows, which ascend."""
        current, chosen = self.currentItem(), set(self.selected())
        # taking an item out makes its neighbour the current one for a moment, which is nobody's business
        blocked = self.blockSignals(True)
        self.setCurrentRow(-1)
        for path in paths:
            self.takeItem(self.row(self._items[path]))
        for path, row in zip(paths, rows, strict=True):
            self.insertItem(row, self._items[path])
        if current is not None:
            self.setCurrentItem(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        for path in chosen:
            self._items[path].setSelected(True)
        self.blockSignals(blocked)

    def selected(self) -> list[Path]:
        """Return the chosen files in their order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.item(row).data(PATH) for row in rows]

    def in_sight(self) -> list[Path]:
        """Return the files whose rows are to be seen."""
        first, last = self.indexAt(QPoint(4, 4)), self.indexAt(QPoint(4, self.viewport().height() - 4))
        if not first.isValid():
            return []
        stop = last.row() + 1 if last.isValid() else self.count()
        return [self.item(row).data(PATH) for row in range(first.row(), stop)]

    def current_path(self) -> Path | None:
        """Return the picked file."""
        item = self.currentItem()
        path = item.data(PATH) if item is not None else None
        return path if isinstance(path, Path) else None

    def pick(self, path: Path) -> None:
        """Pick a file, and it alone: what was picked before is not meant by what is done next."""
        if path in self._items:
            self.setCurrentItem(self._items[path], QItemSelectionModel.SelectionFlag.ClearAndSelect)

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
        item.setToolTip(plain(f"{path}\n{state.word}. {reason}".rstrip()))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{path.name}, {state.word.lower()}. {reason}".rstrip())

    def show_thumbnail(self, path: Path, pixels: Pixels | None) -> None:
        """Show a small view of a file (None: let go of it)."""
        item = self._items.get(path)
        if item is not None:
            item.setData(THUMBNAIL, None if pixels is None else QPixmap.fromImage(as_image(pixels)))

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(item.data(PATH))

    def _step(self, by: int) -> None:
        """Move the chosen files up or down by one row."""
        paths = self.selected()
        if not paths:
            return
        rows = [self.row(self._items[path]) for path in paths]
        target = rows[0] - 1 if by < 0 else rows[-1] + 2
        if 0 <= target <= self.count():
            self.move_asked.emit(paths, target)
            self.scrollToItem(self._items[paths[0] if by < 0 else paths[-1]])

    def _show_menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        if item is not None:
            self.menu_of(item).popup(self.viewport().mapToGlobal(at))

    def menu_of(self, item: QListWidgetItem) -> QMenu:
        """Return what can be done to a file, and to those that are chosen with it."""
        path = item.data(PATH)
        paths = self.selected() if item.isSelected() else [path]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Pictures"))
        if self.state_of(path) is State.FAILED:
            for text, means in (
                (self.tr("Try again"), "auto"),
                (self.tr("Try again with smaller tiles"), "small-tiles"),
                (self.tr("Try again on the processor"), "processor"),
            ):
                menu.addAction(text, partial(self.retry_asked.emit, path, means))
            menu.addSeparator()
        menu.addAction(self.tr("Save…"), lambda: self.save_asked.emit(paths))
        if any(self.state_of(p) in (State.QUEUED, State.SAVING) for p in paths):
            menu.addAction(self.tr("Stop saving"), lambda: self.stop_asked.emit(paths))
        menu.addAction(self.tr("Remove from the list"), lambda: self.remove_asked.emit(paths))
        return menu

    def _tell_sight(self) -> None:
        if self.isVisible():
            self.looked_at.emit(self.in_sight())

    # The order, by mouse; files from outside are the window's.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self:
            super().dragEnterEvent(event)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.source() is not self:
            event.ignore()
            return
        at = event.position().toPoint()
        index = self.indexAt(at)
        row = self.count()
        if index.isValid():
            row = index.row() + (at.y() > self.visualRect(index).center().y())
        # the items are moved on request: Qt must not move them, nor take them out afterwards
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.move_asked.emit(self.selected(), row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sight.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._sight.start()
