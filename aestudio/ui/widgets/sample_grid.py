"""Generated pictures side by side: one is chosen, some are kept, and more come as one scrolls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from aestudio.ui import icons, theme
from aestudio.ui.naming import plain
from aestudio.ui.widgets.layer_painter import as_image

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from aestudio.imageio.halve import Pixels

GAP = 6
SIDE = 96
"""About how large a picture is shown where there is room for many."""
TWO_ROWS = 176
_BADGE = 18

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, eq=False)
class Drawn:
    """A picture (H, W, 1 or 3), the vector that it was made of, its class (-1: none) and what it is called."""

    pixels: Pixels
    vector: tuple[float, ...]
    label: int
    name: str
    kept: bool = False


class _Drawings(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.samples: list[Drawn] = []
        self._pixmaps: list[QPixmap] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.samples)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        if not index.isValid():
            return None
        sample = self.samples[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._pixmaps[index.row()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            name = self.tr("{name}, kept").format(name=sample.name) if sample.kept else sample.name
            return plain(name) if role == Qt.ItemDataRole.ToolTipRole else name
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the first of the dragged pictures for other programs; those of this one ask the grid."""
        data = QMimeData()
        if indexes:
            data.setImageData(as_image(self.samples[indexes[0].row()].pixels).copy())
        return data

    def put(self, samples: list[Drawn]) -> None:
        self.beginResetModel()
        self.samples, self._pixmaps = samples, [_pixmap(s) for s in samples]
        self.endResetModel()

    def add(self, samples: list[Drawn]) -> None:
        first = len(self.samples)
        self.beginInsertRows(QModelIndex(), first, first + len(samples) - 1)
        self.samples += samples
        self._pixmaps += [_pixmap(s) for s in samples]
        self.endInsertRows()

    def change(self, row: int, sample: Drawn) -> None:
        self.samples[row] = sample
        self.dataChanged.emit(self.index(row), self.index(row))


class _Painter(QStyledItemDelegate):
    """Paints a picture with its ring where it is chosen, and a mark where it is kept."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        grid = self.parent()
        return grid.gridSize() if isinstance(grid, QListView) else QSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.current()
        cell: Any = option
        picture: QPixmap = index.data(Qt.ItemDataRole.DecorationRole)
        place = QRectF(cell.rect).adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, place.width() < picture.width())
        painter.drawPixmap(place, picture, QRectF(picture.rect()))
        model = index.model()
        if isinstance(model, _Drawings) and model.samples[index.row()].kept:
            badge = QRectF(place.right() - _BADGE - 2, place.top() + 2, _BADGE, _BADGE)
            painter.fillRect(badge, colours.panel)
            ratio = painter.device().devicePixelRatioF()
            lock = icons.cached("lock", colours.text, 14, ratio)
            painter.drawPixmap(badge.topLeft() + QRectF(0, 0, 4, 4).center(), lock)
        if cell.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(colours.accent, 3))
            painter.drawRect(place.adjusted(-1, -1, 1, 1))
        painter.restore()


class SampleGrid(QListView):
    """``chosen`` carries the sample that the person picked, ``end_near`` says that more could be shown.

    Several can be selected, and dragged elsewhere. As a strip it goes on to the right, else downwards.
    """

    chosen = Signal(object)
    selection_changed = Signal()
    end_near = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawings = _Drawings()
        self._message = ""
        self._strip = True
        self._side = SIDE
        self.setModel(self._drawings)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setMinimumHeight(112)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setMovement(QListView.Movement.Static)
        self.setDragEnabled(True)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(lambda _: self._check_end())
            bar.rangeChanged.connect(lambda *_: self._check_end())
        self.show_as_strip(True)

    @property
    def samples(self) -> list[Drawn]:
        """What shows."""
        return self._drawings.samples

    @property
    def count(self) -> int:
        """How many pictures show."""
        return len(self._drawings.samples)

    @property
    def pixels(self) -> list[Pixels]:
        """The pictures that show."""
        return [sample.pixels for sample in self._drawings.samples]

    @property
    def current(self) -> Drawn | None:
        """The chosen sample."""
        row = self.currentIndex().row()
        return self._drawings.samples[row] if 0 <= row < self.count else None

    @property
    def selected(self) -> list[Drawn]:
        """The selected samples, in their order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._drawings.samples[row] for row in rows if row < self.count]

    def show_as_strip(self, strip: bool) -> None:
        """Go on to the right, or downwards."""
        self._strip = strip
        self.setFlow(QListView.Flow.TopToBottom if strip else QListView.Flow.LeftToRight)
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(off if strip else on)
        self.setHorizontalScrollBarPolicy(on if strip else off)
        self._fit()

    def show_samples(self, samples: Iterable[Drawn]) -> None:
        """Show these from the beginning."""
        self._drawings.put(list(samples))
        self._fit()
        self._lay_out()

    def add_samples(self, samples: Iterable[Drawn]) -> None:
        """Show these after the others."""
        self._drawings.add(list(samples))
        self._lay_out()

    def change_current(self, sample: Drawn) -> None:
        """Put another in the chosen one's place."""
        self._drawings.change(self.currentIndex().row(), sample)

    def show_message(self, message: str) -> None:
        """Show a sentence while there are no pictures."""
        self._message = message
        self._drawings.put([])
        self.viewport().update()

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._drawings.samples[index.row()])

    def _lay_out(self) -> None:
        """Place everything now, and ask for more where there is still room."""
        self.executeDelayedItemsLayout()
        self._check_end()

    def _check_end(self) -> None:
        bar = self.horizontalScrollBar() if self._strip else self.verticalScrollBar()
        if self.count and self.isVisible() and bar.value() >= bar.maximum() - bar.pageStep():
            self.end_near.emit()

    def _fit(self) -> None:
        """Make the cells as large as suits the room and the pictures, in whole multiples where they are enlarged."""
        native = self.samples[0].pixels.shape[0] if self.samples else SIDE
        side = native * max(1, round(SIDE / native))
        if self._strip:
            # a cell as high as the room would begin a second column
            room = self.viewport().height() - 1
            side = room // (2 if room >= TWO_ROWS else 1) - GAP
        self._side = max(side, 16)
        self.setGridSize(QSize(self._side + GAP, self._side + GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
        self._check_end()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count:
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().quiet)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._message)
            painter.end()

    def sizeHint(self) -> QSize:
        return QSize(640, 144)


def _pixmap(sample: Drawn) -> QPixmap:
    return QPixmap.fromImage(as_image(sample.pixels))
