"""Arithmetic of pictures: A - B + C, each with its weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aestudio.ui.naming import label, named, push_button, tool_button
from aestudio.ui.widgets.picture_well import PictureWell
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from aestudio.ui.widgets.sample_grid import Drawn

SIGNS = {"A": 1, "B": -1, "C": 1}
"""What each well counts for."""
MOST_WEIGHT = 2.0


class Arithmetic(QWidget):
    """Shows what it is told. ``wanted`` carries the letter of a well that asks for the chosen sample."""

    wanted = Signal(str)
    dropped = Signal(str, list)
    files_dropped = Signal(str, list)
    emptied = Signal(str)
    weighed = Signal(str, float)
    reset_asked = Signal()
    keep_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {
            "A": (self.tr("A: begin with"), self.tr("A\nbegin with")),
            "B": (self.tr("B: take away"), self.tr("B\ntake away")),
            "C": (self.tr("C: add"), self.tr("C\nadd")),
        }
        self.wells = {
            letter: named(PictureWell(invitation), f"well{letter}", name)
            for letter, (name, invitation) in words.items()
        }
        self.weights = {
            letter: LabelledSlider(
                f"weight{letter}Slider",
                self.tr("How much of {letter}").format(letter=letter),
                self.tr("How much this picture counts."),
                low=0,
                high=MOST_WEIGHT,
                default=1,
                step=0.05,
                decimals=2,
            )
            for letter in SIGNS
        }
        row = QHBoxLayout()
        row.setSpacing(4)
        for letter, well in self.wells.items():
            if letter != "A":
                row.addWidget(label("−" if SIGNS[letter] < 0 else "+", "title"), 0, Qt.AlignmentFlag.AlignCenter)
            row.addWidget(well, 1)
            well.clicked.connect(lambda _=False, letter=letter: self.wanted.emit(letter))
            well.dropped.connect(lambda samples, letter=letter: self.dropped.emit(letter, samples))
            well.files_dropped.connect(lambda files, letter=letter: self.files_dropped.emit(letter, files))
            well.emptied.connect(lambda letter=letter: self.emptied.emit(letter))
        self.hint = label(
            self.tr("Drop samples or pictures of yours into the wells, or choose one and click a well."),
            "quiet",
            wrap=True,
        )
        self.reset_button = tool_button(
            "resetMixButton", self.tr("Empty the wells"), self.tr("Begin anew, with every weight 1."), "retry"
        )
        top = QHBoxLayout()
        top.addWidget(self.hint, 1)
        top.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(top)
        box.addLayout(row)
        for letter, slider in self.weights.items():
            box.addWidget(slider)
            slider.value_changed.connect(lambda value, letter=letter: self.weighed.emit(letter, value))
        self.keep_button = push_button(
            "keepMixButton", self.tr("Keep as a sample"), self.tr("Put the result among the samples."), "lock", True
        )
        self.footer = QWidget()
        buttons = QVBoxLayout(self.footer)
        buttons.setContentsMargins(16, 8, 16, 16)
        buttons.addWidget(self.keep_button)
        self.reset_button.clicked.connect(self.reset_asked)
        self.keep_button.clicked.connect(self.keep_asked)

    def show_sum(self, pictures: dict[str, Drawn], weights: dict[str, float]) -> None:
        """Show what lies in the wells and how much each counts."""
        for letter, well in self.wells.items():
            picture = pictures.get(letter)
            well.show_pictures([picture] if picture else [])
            self.weights[letter].set_value(weights.get(letter, 1.0))
            self.weights[letter].setEnabled(picture is not None)
        self.reset_button.setEnabled(bool(pictures) or any(weight != 1 for weight in weights.values()))
        self.keep_button.setEnabled("A" in pictures)
