"""The pins of a path in their order: chosen, dragged to another place, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from aestudio.ui.keys import Key, pressed
from aestudio.ui.naming import plain
from aestudio.ui.widgets.layer_painter import as_image

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from aestudio.ui.widgets.sample_grid import Drawn

SIDE = 40


class PinList(QListWidget):
    """``reordered`` carries the old numbers in their new order, ``removed`` the numbers of those to let go of."""

    reordered = Signal(list)
    removed = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = [
            Key(
                (Qt.Key.Key_Delete, Qt.Key.Key_Backspace), self.tr("Remove the chosen pins"), lambda *_: self._remove()
            ),
            Key((Qt.Key.Key_Comma,), self.tr("Move the chosen pin forwards"), lambda *_: self._move(-1)),
            Key((Qt.Key.Key_Period,), self.tr("Move the chosen pin backwards"), lambda *_: self._move(1)),
        ]
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(SIDE + 26)

    def show_pins(self, pins: tuple[Drawn, ...]) -> None:
        """Show the pins in their order."""
        row = self.currentRow()
        self.blockSignals(True)
        self.clear()
        for number, pin in enumerate(pins):
            item = QListWidgetItem(_icon(pin), "")
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{number + 1}: {pin.name}")
            item.setToolTip(plain(f"{number + 1}: {pin.name}"))
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            self.addItem(item)
        if 0 <= row < len(pins):
            self.setCurrentRow(row)
        self.blockSignals(False)

    def show_pin(self, number: int, pin: Drawn) -> None:
        """Show another picture for one of them."""
        item = self.item(number)
        if item is not None:
            item.setIcon(_icon(pin))

    def _order(self) -> list[int]:
        return [int(self.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.count())]

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        order = self._order()
        if order != sorted(order):
            self.reordered.emit(order)

    def _remove(self) -> None:
        rows = sorted(index.row() for index in self.selectedIndexes())
        if rows:
            self.removed.emit(rows)

    def _move(self, step: int) -> None:
        row, order = self.currentRow(), self._order()
        if row >= 0 and 0 <= row + step < len(order):
            order[row], order[row + step] = order[row + step], order[row]
            self.blockSignals(True)
            self.setCurrentRow(row + step)
            self.blockSignals(False)
            self.reordered.emit(order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed(self.keys, event):
            super().keyPressEvent(event)


def _icon(pin: Drawn) -> QIcon:
    image = as_image(pin.pixels)
    return QIcon(QPixmap.fromImage(image.scaled(SIDE, SIDE, mode=Qt.TransformationMode.FastTransformation)))
