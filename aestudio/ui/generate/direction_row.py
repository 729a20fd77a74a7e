"""One direction of the editor: a slider, its value, its name, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton

from aestudio.ui.naming import named, tool_button
from aestudio.ui.widgets.sliders import LabelledSlider

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from aestudio.ui.generate.directions import Direction


class DirectionRow(LabelledSlider):
    """``renamed`` carries the new name; ``removed``, ``exported``: that is asked for.

    ``laid`` carries which way on the map the direction is to run, ``across`` or ``up``.
    """

    renamed = Signal(str)
    removed = Signal()
    exported = Signal()
    laid = Signal(str)

    def __init__(self, direction: Direction, parent: QWidget | None = None) -> None:
        super().__init__(
            f"{direction.key}Slider",
            direction.name,
            direction.help,
            low=-direction.reach,
            high=direction.reach,
            default=0,
            step=0.05,
            decimals=2,
            parent=parent,
        )
        self.direction = direction
        self.field.setFixedWidth(56)
        self.more = tool_button(
            f"{direction.key}Menu",
            self.tr("More about {name}").format(name=direction.name),
            self.tr("Name it, reset it, show it on the map, or let go of it."),
            "more",
        )
        self.more.setProperty("role", "small")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.setAccessibleName(direction.name)
        entries = [
            ("reset", self.tr("Back to 0"), lambda: self._take(0.0)),
            ("rename", self.tr("Rename"), self.rename),
            ("across", self.tr("Across the map"), lambda: self.laid.emit("across")),
            ("up", self.tr("Up the map"), lambda: self.laid.emit("up")),
        ]
        if direction.taught:
            entries += [
                ("export", self.tr("Export the taught directions…"), self.exported.emit),
                ("remove", self.tr("Remove"), self.removed.emit),
            ]
        for name, words, slot in entries:
            action = QAction(words, menu)
            action.setObjectName(f"{direction.key}{name.capitalize()}Action")
            action.triggered.connect(lambda _=False, slot=slot: slot())
            menu.addAction(action)
        self.more.setMenu(menu)
        self.top.addWidget(self.more)
        self._name = named(QLineEdit(), f"{direction.key}NameField", self.tr("Name of the direction"))
        self._name.hide()
        self._name.installEventFilter(self)
        self._name.editingFinished.connect(self._on_named)
        self.top.insertWidget(0, self._name, 1)

    def rename(self) -> None:
        """Let the name be typed: Return takes it, Escape does not."""
        self.label.hide()
        self._name.setText(self.direction.name)
        self._name.selectAll()
        self._name.show()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_named(self) -> None:
        if not self._name.isVisible():
            return
        text = self._name.text().strip()
        self._close()
        if text != self.direction.name:
            self.renamed.emit(text)

    def _close(self) -> None:
        self._name.blockSignals(True)
        self._name.hide()
        self._name.blockSignals(False)
        self.label.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self._close()
            return True
        return super().eventFilter(watched, event)
