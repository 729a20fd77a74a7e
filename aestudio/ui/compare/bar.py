"""The row under the panes: zoom, how many panes, the reference, the blind vote."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from aestudio.ui.compare.pane import file_title
from aestudio.ui.naming import label, named, push_button, tool_button
from aestudio.ui.widgets.drop_area import dropped_paths
from aestudio.ui.widgets.zoom_buttons import ZoomButtons

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from aestudio.ui.compare.shared_view import SharedView

COUNTS = (2, 3, 4)
LISTED = 50
"""Pictures of the list that a menu offers; there is a dialog for the others."""


class CompareBar(QFrame):
    """``reference_chosen`` has a file or None, ``reference_wanted`` asks for a dialog; a file dropped is one."""

    count_chosen = Signal(int)
    reference_chosen = Signal(object)
    reference_wanted = Signal()
    whole_chosen = Signal(bool)

    def __init__(self, shared: SharedView, files: Callable[[], list[Path]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compareBar")
        self.setAcceptDrops(True)
        self._files = files
        self.zooming = ZoomButtons(shared)
        # no QButtonGroup: Tab would pass by all of its buttons but the one that is checked
        self.counts: dict[int, QToolButton] = {}
        for count in COUNTS:
            tip = self.tr("Show {n} panes.").format(n=count)
            button = tool_button(f"panes{count}Button", self.tr("{n} panes").format(n=count), tip, text=str(count))
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, count=count: self.count_chosen.emit(count))
            self.counts[count] = button
        self.reference = tool_button(
            "referenceButton",
            self.tr("Reference"),
            self.tr("Measure every pane against a picture of how it should look. Choose one, or drop it here."),
            text=self.tr("Reference"),
        )
        self.reference.setProperty("role", "name")
        self.reference.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.reference)
        self._menu.setAccessibleName(self.tr("Reference"))
        self._menu.aboutToShow.connect(self._fill_menu)
        self.reference.setMenu(self._menu)
        self.region = named(
            QComboBox(),
            "scoreRegion",
            self.tr("Measured part"),
            self.tr("Measure what is in view, or whole pictures, for which what is missing is computed."),
        )
        self.region.addItem(self.tr("In view"), False)
        self.region.addItem(self.tr("Whole picture"), True)
        self.region.hide()
        self.vote = push_button(
            "voteButton",
            self.tr("Blind vote"),
            self.tr("Pick the best of nameless pictures at places with detail; the names are shown at the end."),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self.zooming)
        row.addSpacing(16)
        row.addWidget(label(self.tr("Panes"), "quiet"))
        for button in self.counts.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.reference)
        row.addWidget(self.region)
        row.addSpacing(8)
        row.addWidget(self.vote)
        self.region.activated.connect(lambda: self.whole_chosen.emit(self.region.currentData()))
        shared.moved.connect(self.zooming.refresh)
        self.zooming.refresh()

    def show_count(self, count: int) -> None:
        """Show how many panes there are."""
        for number, button in self.counts.items():
            button.setChecked(number == count)

    def show_reference(self, reference: Path | None) -> None:
        """Show what is measured against."""
        none = self.tr("Reference")
        self.reference.setText(
            none if reference is None else self.tr("Reference: {name}").format(name=file_title(reference))
        )
        self.region.setVisible(reference is not None)

    def show_voting(self, voting: bool) -> None:
        """While a vote runs, nothing here may give the names away."""
        for widget in (*self.counts.values(), self.reference, self.region, self.vote):
            widget.setEnabled(not voting)

    def _fill_menu(self) -> None:
        self._menu.clear()
        choose = self._menu.addAction(self.tr("Choose a file…"), self.reference_wanted.emit)
        choose.setObjectName("chooseReferenceAction")
        add_files(self._menu, self._files(), self.reference_chosen.emit)
        self._menu.addSeparator()
        none = self._menu.addAction(self.tr("No reference"), lambda: self.reference_chosen.emit(None))
        none.setObjectName("noReferenceAction")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()) and self.reference.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.reference_chosen.emit(dropped_paths(event.mimeData())[0])


def add_files(menu: QMenu, files: list[Path], chosen: Callable[[Path], object]) -> None:
    """Add the pictures of the list to a menu, under a heading."""
    if files:
        menu.addSeparator()
    for number, path in enumerate(files[:LISTED]):
        menu.addAction(file_title(path), partial(chosen, path)).setObjectName(f"file{number}Action")
