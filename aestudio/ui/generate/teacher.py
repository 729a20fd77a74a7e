"""Teaching a direction by examples: pictures that have something in one well, pictures that lack it in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from aestudio.ui import icons
from aestudio.ui.naming import label, named, push_button, tool_button
from aestudio.ui.widgets.picture_well import PictureWell

if TYPE_CHECKING:
    from aestudio.ui.widgets.sample_grid import Drawn

GROUPS = ("having", "lacking")


class Teacher(QWidget):
    """``wanted`` carries the name of a well that asks for the chosen samples, ``files_dropped`` one and files.

    ``asked``: learn it now.
    """

    wanted = Signal(str)
    dropped = Signal(str, list)
    files_dropped = Signal(str, list)
    emptied = Signal(str)
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        help_text = self.tr("Show the model pictures with and without something, and get a slider for it.")
        self.fold = tool_button("teachFold", self.tr("Teach a direction"), help_text, text=self.tr("Teach a direction"))
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setProperty("role", "fold")
        icons.give(self.fold, "plus")
        invitations = {
            "having": self.tr("Pictures with it: drop them, or select samples and click here"),
            "lacking": self.tr("Pictures without it"),
        }
        names = {"having": self.tr("Examples with it"), "lacking": self.tr("Examples without it")}
        self.wells = {
            group: named(PictureWell(invitations[group], several=True), f"{group}Well", names[group])
            for group in GROUPS
        }
        self.name = named(
            QLineEdit(),
            "directionNameField",
            self.tr("Name of the new direction"),
            self.tr("What the slider is called."),
        )
        self.name.setPlaceholderText(self.tr("Name it: smiling, say"))
        self.button = push_button(
            "teachButton",
            self.tr("Make the slider"),
            self.tr("Learn the direction from one group to the other."),
            "plus",
        )
        self.words = named(label("", "quiet", wrap=True), "teachLabel", self.tr("How well it was learned"))
        self.body = QWidget()
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 8)
        inner.setSpacing(6)
        for group, well in self.wells.items():
            inner.addWidget(well)
            well.clicked.connect(lambda _=False, group=group: self.wanted.emit(group))
            well.dropped.connect(lambda samples, group=group: self.dropped.emit(group, samples))
            well.files_dropped.connect(lambda files, group=group: self.files_dropped.emit(group, files))
            well.emptied.connect(lambda group=group: self.emptied.emit(group))
        for widget in (self.name, self.button, self.words):
            inner.addWidget(widget)
        self.body.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.body)
        self.fold.toggled.connect(self.body.setVisible)
        self.button.clicked.connect(self.asked)
        self.name.returnPressed.connect(self.asked)
        self.show_groups({group: [] for group in GROUPS})

    def show_groups(self, groups: dict[str, list[Drawn]]) -> None:
        """Show the examples, and what is still missing."""
        for group, well in self.wells.items():
            well.show_pictures(groups[group])
        ready = all(groups[group] for group in GROUPS)
        self.button.setEnabled(ready)
        self.words.setText(
            ""
            if ready
            else self.tr("At least one picture on each side; ten or more make it surer. Delete empties a well.")
        )
        self.words.setVisible(not ready)
