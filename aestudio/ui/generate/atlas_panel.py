"""The panel beside the map: whose points show and how, the groups, and what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aestudio.ui.naming import label, named, plain, push_button, tool_button
from aestudio.ui.widgets.scrolling import scrolling
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 240
TOOL = 30
"""Pixels of a tool's button: as many as seven of them have room for."""
ICON = 40
LIST = 48
"""Pixels that a list is high at least."""
NUMBER = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Row:
    """One of the chosen points: its number, what is said of it, its picture where that is known."""

    number: int
    words: str
    picture: QPixmap | None = None


class AtlasPanel(QFrame):
    """Shows what it is told and says what is wanted; it knows nothing of jobs."""

    folder_wanted = Signal()
    own_data_wanted = Signal()
    plane_chosen = Signal(str)
    layers_changed = Signal()
    groups_changed = Signal()
    searched = Signal(str)
    tool_chosen = Signal(str)
    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("atlasPanel")
        self.setAccessibleName(self.tr("Points on the map"))
        self.setFixedWidth(WIDTH)
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(12, 12, 12, 6)
        box.setSpacing(6)
        self._build_data(box)
        self._build_layers(box)
        self._build_groups(box)
        self._build_chosen(box)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 12)
        outer.setSpacing(0)
        outer.addWidget(scrolling(body, "atlasScroll", self.accessibleName()), 1)
        self._build_footer(outer)

    def _build_data(self, box: QVBoxLayout) -> None:
        self.title = named(label("", "section", wrap=True), "pointsLabel", self.tr("What the points are"))
        box.addWidget(self.title)
        self.folder_button = push_button(
            "folderMapButton",
            self.tr("Folder…"),
            self.tr("Show the pictures of a folder and its subfolders as points, where the model places them."),
            "open",
        )
        self.own_button = push_button(
            "ownPointsButton", self.tr("Its own"), self.tr("Show the points that the model came with again."), "back"
        )
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.folder_button, 1)
        row.addWidget(self.own_button)
        box.addLayout(row)
        self.plane_picker = named(
            QComboBox(), "planePicker", self.tr("Plane"), self.tr("Which plane of the latent space the map shows.")
        )
        self.plane_picker.setMinimumContentsLength(8)
        self.plane_picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addWidget(self.plane_picker)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.own_button.clicked.connect(self.own_data_wanted)
        self.plane_picker.activated.connect(lambda _: self.plane_chosen.emit(self.plane_picker.currentData() or ""))

    def _build_layers(self, box: QVBoxLayout) -> None:
        grid = QGridLayout()
        grid.setSpacing(6)
        self.mosaic_box = self._toggle(
            "mosaicBox", self.tr("Mosaic"), self.tr("Show what places of the map decode to.")
        )
        self.points_box = self._toggle("pointsBox", self.tr("Points"), self.tr("Show each picture as a point."))
        self.contours_box = self._toggle(
            "contoursBox", self.tr("Contours"), self.tr("Draw lines around half and nine tenths of each group.")
        )
        self.thumbnails_box = self._toggle(
            "thumbnailsBox", self.tr("Thumbnails"), self.tr("Show the pictures themselves where there is room.")
        )
        self.thumbnails_box.setChecked(False)
        boxes = (self.mosaic_box, self.points_box, self.contours_box, self.thumbnails_box)
        for number, each in enumerate(boxes):
            grid.addWidget(each, number // 2, number % 2)
            each.clicked.connect(lambda _: self.layers_changed.emit())
        box.addLayout(grid)

    def _toggle(self, name: str, text: str, tip: str) -> QCheckBox:
        box = named(QCheckBox(text), name, text, tip)
        box.setChecked(True)
        return box

    def _build_groups(self, box: QVBoxLayout) -> None:
        self.legend = named(
            QListWidget(), "legendList", self.tr("Groups"), self.tr("Untick a group to leave its points out.")
        )
        self.legend.setMaximumHeight(190)
        _as_high_as_there_is_room(self.legend)
        self.legend.setIconSize(QSize(14, 14))
        self.legend.itemChanged.connect(lambda _: self.groups_changed.emit())
        box.addWidget(self.legend, 3)

    def _build_chosen(self, box: QVBoxLayout) -> None:
        self.search = named(
            QLineEdit(), "pointSearchField", self.tr("Search by name"), self.tr("Choose the points of that name.")
        )
        self.search.setPlaceholderText(self.tr("Search by name"))
        self.search.textChanged.connect(self.searched)
        box.addWidget(self.search)
        row = QHBoxLayout()
        row.setSpacing(0)
        self._tools: list[QToolButton] = []
        self.lasso_button = self._tool(
            "lassoButton", self.tr("Lasso"), self.tr("Draw a line around points; or drag with Shift."), "lasso"
        )
        self.rectangle_button = self._tool(
            "rectangleButton", self.tr("Rectangle"), self.tr("Draw a rectangle around points."), "rectangle"
        )
        self.home_button = tool_button("mapHomeButton", self.tr("All"), self.tr("Show all of the map."), "full")
        self.near_button = tool_button(
            "neighboursButton", self.tr("Neighbours"), self.tr("List the points most like the chosen one."), "near"
        )
        self.alike_button = tool_button(
            "alikeButton", self.tr("Duplicates"), self.tr("Find pictures that are much alike."), "copy"
        )
        self.unlike_button = tool_button(
            "unlikeButton", self.tr("Not its kind"), self.tr("Choose what the model cannot reconstruct well."), "alert"
        )
        self.clear_button = tool_button("clearPointsButton", self.tr("None"), self.tr("Choose nothing."), "close")
        for button in (
            *(self.lasso_button, self.rectangle_button, self.near_button, self.alike_button),
            *(self.unlike_button, self.home_button, self.clear_button),
        ):
            button.setFixedWidth(TOOL)
            row.addWidget(button)
        box.addLayout(row)
        self.alike_slider = LabelledSlider(
            "alikeSlider",
            self.tr("How far apart"),
            self.tr("Pairs up to so much of the usual distance between neighbours count as duplicates."),
            low=0,
            high=100,
            default=10,
            unit="%",
        )
        self.alike_slider.hide()
        box.addWidget(self.alike_slider)
        self.chosen_words = named(label("", "quiet", wrap=True), "chosenLabel", self.tr("Chosen points"))
        box.addWidget(self.chosen_words)
        self.rows = named(
            QListWidget(), "chosenList", self.tr("Chosen points"), self.tr("Choose one to see where it lies.")
        )
        self.rows.setIconSize(QSize(ICON, ICON))
        _as_high_as_there_is_room(self.rows)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.currentItemChanged.connect(self._on_row)
        box.addWidget(self.rows, 1)

    def _build_footer(self, outer: QVBoxLayout) -> None:
        self.reveal_button = push_button(
            "revealFileButton", self.tr("Show file"), self.tr("Show the file in the system’s file manager.")
        )
        self.list_button = push_button(
            "exportListButton", self.tr("Save list…"), self.tr("Save the chosen points as a table (CSV).")
        )
        self.denoise_button = push_button(
            "openChosenButton",
            self.tr("Open in Denoise"),
            self.tr("Open the chosen pictures on the Denoise page."),
            "picture",
        )
        grid = QGridLayout()
        grid.setContentsMargins(12, 0, 12, 0)
        grid.setSpacing(6)
        grid.addWidget(self.reveal_button, 0, 0)
        grid.addWidget(self.list_button, 0, 1)
        grid.addWidget(self.denoise_button, 1, 0, 1, 2)
        outer.addLayout(grid)

    def _tool(self, name: str, text: str, tip: str, tool: str) -> QToolButton:
        button = tool_button(name, text, tip, tool)
        button.setCheckable(True)
        button.clicked.connect(lambda on: self._on_tool(button, tool if on else ""))
        self._tools.append(button)
        return button

    def _on_tool(self, button: QToolButton, tool: str) -> None:
        for other in self._tools:
            if other is not button:
                other.setChecked(False)
        self.tool_chosen.emit(tool)

    def _on_row(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.row_chosen.emit(item.data(NUMBER))

    # What is shown.

    def show_planes(self, planes: Sequence[tuple[str, str]], current: str) -> None:
        """Offer planes, each (name, what it is called)."""
        self.plane_picker.clear()
        for name, words in planes:
            self.plane_picker.addItem(words, name)
            self.plane_picker.setItemData(self.plane_picker.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        self.plane_picker.setCurrentIndex(max(0, self.plane_picker.findData(current)))
        # a long name is cut off in the panel
        self.plane_picker.setToolTip(f"{self.plane_picker.currentText()}\n{self.plane_picker.accessibleDescription()}")
        self.plane_picker.setEnabled(len(planes) > 1)

    def show_groups(self, groups: Sequence[tuple[str, int, str, str]]) -> None:
        """List groups, each (name, points, colour, shape); one alone needs no legend."""
        self.legend.blockSignals(True)
        self.legend.clear()
        for name, count, colour, shape in groups:
            item = QListWidgetItem(swatch(colour, shape), self.tr("{name} ({count})").format(name=name, count=count))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.legend.addItem(item)
        self.legend.blockSignals(False)
        self.legend.setVisible(len(groups) > 1)

    def hidden_groups(self) -> set[int]:
        """Return the numbers of the groups that are unticked."""
        rows = range(self.legend.count())
        return {row for row in rows if self.legend.item(row).checkState() is Qt.CheckState.Unchecked}

    def show_rows(self, words: str, rows: Sequence[Row]) -> None:
        """List what is chosen, and say what it is."""
        self.chosen_words.setText(words)
        self.rows.blockSignals(True)
        self.rows.clear()
        for row in rows:
            item = QListWidgetItem(row.words)
            item.setData(NUMBER, row.number)
            item.setToolTip(plain(row.words))
            if row.picture is not None:
                item.setIcon(QIcon(row.picture))
            self.rows.addItem(item)
        self.rows.blockSignals(False)

    def show_pictures(self, pictures: Sequence[QPixmap]) -> None:
        """Give the first rows their pictures."""
        for row, picture in enumerate(pictures[: self.rows.count()]):
            self.rows.item(row).setIcon(QIcon(picture))


def _as_high_as_there_is_room(entries: QListWidget) -> None:
    """Let a list have what is left of the panel, which scrolls only where that is next to nothing."""
    entries.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    entries.setMinimumHeight(LIST)


def swatch(colour: str, shape: str) -> QIcon:
    """Return a group's mark, as on the map."""
    pixmap = QPixmap(28, 28)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 190), 2))
    painter.setBrush(QColor(colour))
    outlines = {
        "square": [(5, 5), (23, 5), (23, 23), (5, 23)],
        "up": [(14, 4), (25, 24), (3, 24)],
        "diamond": [(14, 2), (26, 14), (14, 26), (2, 14)],
        "plus": [
            *((10, 3), (18, 3), (18, 10), (25, 10), (25, 18), (18, 18)),
            *((18, 25), (10, 25), (10, 18), (3, 18), (3, 10), (10, 10)),
        ],
    }
    if shape in outlines:
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in outlines[shape]]))
    else:
        painter.drawEllipse(4, 4, 20, 20)
    painter.end()
    return QIcon(pixmap)
