"""The row under the canvas: zoom, the divider, the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from aestudio.ui.naming import named, plain, tool_button
from aestudio.ui.removed import GAINS
from aestudio.ui.widgets.fitting_label import FittingLabel
from aestudio.ui.widgets.panes import KEYS, Mode
from aestudio.ui.widgets.zoom_buttons import ZoomButtons

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from aestudio.ui.widgets.compare_view import CompareView

NARROW = 800
"""Logical pixels of width below which buttons that an icon explains have no words."""


class CanvasBar(QFrame):
    """Buttons for what the canvas also does by mouse and keys."""

    gain_chosen = Signal(float)

    def __init__(self, view: CompareView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvasBar")
        self._view = view
        self.zooming = ZoomButtons(view)
        self.divide = tool_button(
            "dividerButton",
            self.tr("Divider"),
            self.tr("Show before and after on two sides of a divider, or the result alone. Arrow keys move it."),
            "divider",
            self.tr("Divider"),
        )
        self.divide.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.divide.setMenu(self._mode_menu())
        self.gain = named(
            QComboBox(),
            "gainPicker",
            self.tr("Amplification"),
            self.tr("How much stronger than it is the difference is shown; grey is no difference."),
        )
        for gain in GAINS:
            self.gain.addItem(f"×{gain}", float(gain))
        self.gain.setCurrentIndex(GAINS.index(8))
        self.gain.hide()
        self.original = tool_button(
            "originalButton",
            self.tr("Original"),
            self.tr("Hold to see the original (or hold the space bar on the picture)."),
            "eye",
            self.tr("Original"),
        )
        self.facts = named(FittingLabel(), "factsLabel", self.tr("About this picture"))
        self.facts.setProperty("role", "quiet")
        self.notes_button = tool_button(
            "notesButton", self.tr("Notes on this picture"), self.tr("What was left out or converted."), "info"
        )
        self.compare = tool_button(
            "compareButton",
            self.tr("Compare models"),
            self.tr("Put models and files beside each other, in a window of their own (Ctrl+Shift+M)."),
            "compare",
            self.tr("Compare"),
        )
        self.divide.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.divide.setCheckable(True)
        self.divide.setChecked(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self.zooming)
        row.addStretch(1)
        row.addWidget(self.facts)
        row.addWidget(self.notes_button)
        row.addStretch(1)
        row.addWidget(self.gain)
        row.addWidget(self.divide)
        row.addWidget(self.original)
        row.addWidget(self.compare)
        self.divide.clicked.connect(self._on_divide)
        self.gain.activated.connect(lambda: self.gain_chosen.emit(self.gain.currentData()))
        view.mode_changed.connect(self._on_mode)
        self.original.pressed.connect(lambda: view.set_original(True))
        self.original.released.connect(lambda: view.set_original(False))
        view.zoom_changed.connect(lambda _: self.zooming.refresh())

    def show_facts(self, facts: tuple[str, ...], notes: tuple[str, ...]) -> None:
        """Show what is known of the picture, in ever shorter words; its notes are a button away."""
        self.facts.show_texts(*facts)
        self.notes_button.setText(self.tr("1 note") if len(notes) == 1 else self.tr("{n} notes").format(n=len(notes)))
        self.notes_button.setToolTip(plain("\n".join(notes)) or self.tr("What was left out or converted."))
        self.notes_button.setVisible(bool(notes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Where it is narrow, icons alone leave room for the picture's size and depth.
        icons_alone, beside = Qt.ToolButtonStyle.ToolButtonIconOnly, Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in (self.original, self.compare, self.notes_button):
            button.setToolButtonStyle(icons_alone if event.size().width() < NARROW else beside)
        super().resizeEvent(event)

    def _mode_menu(self) -> QMenu:
        menu = named(QMenu(self), "compareMenu", self.tr("Ways to compare"))
        self._modes = QActionGroup(menu)
        names = self._view.mode_names()
        for key, mode in KEYS.items():
            action = menu.addAction(f"{names[mode]}\t{QKeySequence(key).toString()}")
            action.setObjectName(f"{mode.value}Action")
            action.setCheckable(True)
            action.setChecked(mode is Mode.DIVIDER)
            action.setData(mode)
            self._modes.addAction(action)
        self._modes.triggered.connect(lambda action: self._set_mode(action.data()))
        return menu

    def _set_mode(self, mode: Mode) -> None:
        self._view.mode = mode

    def _on_divide(self) -> None:
        divided = self._view.mode in (Mode.DIVIDER, Mode.ACROSS)
        self._view.mode = Mode.AFTER if divided else Mode.DIVIDER

    def _on_mode(self, mode: Mode) -> None:
        self.divide.setChecked(mode in (Mode.DIVIDER, Mode.ACROSS))
        self.gain.setVisible(mode is Mode.REMOVED)
        for action in self._modes.actions():
            action.setChecked(action.data() is mode)
            if action.data() is mode:
                self.divide.setText(action.text().partition("\t")[0])
