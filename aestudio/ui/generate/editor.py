"""The editor: a slider for each direction; the picture follows while one moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aestudio.ui.generate.direction_row import DirectionRow
from aestudio.ui.generate.teacher import Teacher
from aestudio.ui.naming import label, push_button, tab_along, tool_button

if TYPE_CHECKING:
    from aestudio.ui.generate.directions import Direction

FEW = 6
"""Sliders that show before more are asked for."""


class Editor(QWidget):
    """Shows what it is told. ``moved`` carries a direction's key and how far along it the picture is to be.

    ``laid`` carries a direction's key and which way on the map it is to run, ``across`` or ``up``.
    """

    moved = Signal(str, float)
    renamed = Signal(str, str)
    removed = Signal(str)
    exported = Signal()
    laid = Signal(str, str)
    imported = Signal()
    reset_asked = Signal()
    keep_asked = Signal()
    apply_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, DirectionRow] = {}
        self._directions: list[Direction] = []
        self._all = False
        self.hint = label("", "quiet", wrap=True)
        self.reset_button = tool_button(
            "resetEditsButton", self.tr("Back to how it was"), self.tr("Set every slider back to 0."), "retry"
        )
        self.import_button = tool_button(
            "importDirectionsButton",
            self.tr("Take directions from a file"),
            self.tr("Add directions that were exported from this model elsewhere."),
            "open",
        )
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.hint, 1)
        top.addWidget(self.import_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignTop)
        self.teacher = Teacher()
        self._sliders = QVBoxLayout()
        self._sliders.setSpacing(2)
        self.more_button = tool_button(
            "moreDirectionsButton",
            self.tr("More directions"),
            self.tr("Show all sliders, or only the widest."),
            text="…",
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(top)
        box.addLayout(self._sliders)
        box.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.teacher)
        self.keep_button = push_button(
            "keepEditButton",
            self.tr("Keep as a sample"),
            self.tr("Put the edited picture among the samples."),
            "lock",
            True,
        )
        self.apply_button = push_button(
            "applyEditButton",
            self.tr("Apply to the {count} selected").format(count=0),
            self.tr("Move all selected samples along the same directions."),
            "copy",
        )
        self.footer = QWidget()
        buttons = QVBoxLayout(self.footer)
        buttons.setContentsMargins(16, 8, 16, 16)
        buttons.setSpacing(8)
        buttons.addWidget(self.keep_button)
        buttons.addWidget(self.apply_button)
        self.reset_button.clicked.connect(self.reset_asked)
        self.import_button.clicked.connect(self.imported)
        self.keep_button.clicked.connect(self.keep_asked)
        self.apply_button.clicked.connect(self.apply_asked)
        self.more_button.clicked.connect(self._on_more)

    def show_directions(self, directions: list[Direction]) -> None:
        """Show a slider for each, the first few at once."""
        if directions == self._directions:
            return
        self._directions = directions
        values = {key: row.value for key, row in self.rows.items()}
        for row in self.rows.values():
            self._sliders.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {direction.key: self._row(direction) for direction in directions}
        for key, row in self.rows.items():
            self._sliders.addWidget(row)
            row.set_value(values.get(key, 0.0))
        tab_along(self, self.footer)
        self._show_few()

    def _row(self, direction: Direction) -> DirectionRow:
        row = DirectionRow(direction)
        key = direction.key
        row.value_changed.connect(lambda value: self.moved.emit(key, value))
        row.renamed.connect(lambda name: self.renamed.emit(key, name))
        row.removed.connect(lambda: self.removed.emit(key))
        row.exported.connect(self.exported)
        row.laid.connect(lambda way: self.laid.emit(key, way))
        return row

    def _on_more(self) -> None:
        self._all = not self._all
        self._show_few()

    def _show_few(self) -> None:
        taught = sum(direction.taught for direction in self._directions)
        few = FEW + taught
        for number, row in enumerate(self.rows.values()):
            row.setVisible(self._all or number < few)
        left = len(self.rows) - few
        self.more_button.setVisible(left > 0)
        words = self.tr("Fewer directions") if self._all else self.tr("{count} more directions").format(count=left)
        self.more_button.setText(words)
        self.more_button.setAccessibleName(words)

    def show_amounts(self, amounts: dict[str, float]) -> None:
        """Show how far the picture is along each direction."""
        for key, row in self.rows.items():
            # only what moved is painted anew: a slider at work asks for this with every step
            if row.value != amounts.get(key, 0.0):
                row.set_value(amounts.get(key, 0.0))

    def show_state(self, chosen: bool, edited: bool, selected: int) -> None:
        """Offer what can be done: with a picture, with one that is edited, with several that are selected."""
        how = self.tr("Move a slider and the picture follows; a double click sets it back.")
        self.hint.setText(how if chosen else self.tr("Choose a sample, drop a picture, or click on the map."))
        for row in self.rows.values():
            row.setEnabled(chosen)
        self.reset_button.setEnabled(edited)
        self.keep_button.setEnabled(edited)
        self.apply_button.setVisible(selected > 1)
        self.apply_button.setEnabled(edited)
        words = self.tr("Apply to the {count} selected").format(count=selected)
        self.apply_button.setText(words)
        self.apply_button.setAccessibleName(words)
