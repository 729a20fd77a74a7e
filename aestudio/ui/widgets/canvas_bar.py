"""The row under the canvas: zoom, the divider, the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from aestudio.ui import theme
from aestudio.ui.naming import label, named, tool_button
from aestudio.ui.removed import GAINS
from aestudio.ui.widgets.compare_view import Mode

if TYPE_CHECKING:
    from aestudio.ui.widgets.compare_view import CompareView


class CanvasBar(QFrame):
    """Buttons for what the canvas also does by mouse and keys."""

    gain_chosen = Signal(float)

    def __init__(self, view: CompareView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvasBar")
        self._view = view
        self.fit = tool_button("fitButton", self.tr("Fit"), self.tr("Show the whole picture (0)."), text=self.tr("Fit"))
        self.one = tool_button(
            "oneToOneButton", self.tr("1 to 1"), self.tr("One screen pixel for each pixel (1)."), text="1:1"
        )
        self.two = tool_button(
            "twoToOneButton", self.tr("2 to 1"), self.tr("Four screen pixels for each pixel (2)."), text="2:1"
        )
        self.zoom = named(label("", "quiet"), "zoomLabel", self.tr("Zoom"))
        self.zoom.setFont(theme.tabular(self.zoom.font()))
        self.zoom.setMinimumWidth(48)
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
        self.notes = named(label("", "quiet"), "factsLabel", self.tr("About this picture"))
        self.notes_button = tool_button(
            "notesButton", self.tr("Notes on this picture"), self.tr("What was left out or converted."), "info"
        )
        for button in (self.divide, self.original, self.notes_button):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in (self.fit, self.one, self.two):
            button.setCheckable(True)
        self.divide.setCheckable(True)
        self.divide.setChecked(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for widget in (self.fit, self.one, self.two, self.zoom):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.notes)
        row.addWidget(self.notes_button)
        row.addStretch(1)
        row.addWidget(self.gain)
        row.addWidget(self.divide)
        row.addWidget(self.original)
        self.fit.clicked.connect(view.fit)
        self.one.clicked.connect(lambda: view.zoom_to(1.0))
        self.two.clicked.connect(lambda: view.zoom_to(2.0))
        self.divide.clicked.connect(self._on_divide)
        self.gain.activated.connect(lambda: self.gain_chosen.emit(self.gain.currentData()))
        view.mode_changed.connect(self._on_mode)
        self.original.pressed.connect(lambda: view.set_original(True))
        self.original.released.connect(lambda: view.set_original(False))
        view.zoom_changed.connect(self._on_zoom)

    def show_facts(self, facts: str, notes: tuple[str, ...]) -> None:
        """Show what is known of the picture; its notes are a button away."""
        self.notes.setText(facts)
        self.notes_button.setText(self.tr("1 note") if len(notes) == 1 else self.tr("{n} notes").format(n=len(notes)))
        self.notes_button.setToolTip("\n".join(notes) or self.tr("What was left out or converted."))
        self.notes_button.setVisible(bool(notes))

    def _mode_menu(self) -> QMenu:
        menu = named(QMenu(self), "compareMenu", self.tr("Ways to compare"))
        self._modes = QActionGroup(menu)
        for mode, text, key in (
            (Mode.DIVIDER, self.tr("Divider"), "D"),
            (Mode.ACROSS, self.tr("Divider across"), "H"),
            (Mode.SIDE, self.tr("Side by side"), "S"),
            (Mode.AFTER, self.tr("Result alone"), "R"),
            (Mode.REMOVED, self.tr("What was removed"), "N"),
            (Mode.INVENTED, self.tr("Invented detail"), "I"),
        ):
            action = menu.addAction(f"{text}\t{key}")
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

    def _on_zoom(self, _: float) -> None:
        port = self._view.viewport
        self.zoom.setText(f"{port.zoom * 100:.3g} %" if port.width else "")
        self.fit.setChecked(port.fitting)
        self.one.setChecked(not port.fitting and abs(port.zoom - 1) < 1e-6)
        self.two.setChecked(not port.fitting and abs(port.zoom - 2) < 1e-6)
