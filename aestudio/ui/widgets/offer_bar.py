"""A bar that offers one thing and waits for the answer, however many notices come and go."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from aestudio.ui import icons, theme
from aestudio.ui.naming import label, named, push_button


class OfferBar(QFrame):
    """A sentence and two buttons."""

    accepted = Signal()
    declined = Signal()

    def __init__(self, name: str, yes: tuple[str, str], no: tuple[str, str], parent: QWidget | None = None) -> None:
        """``yes`` and ``no`` are each a button's verb and its sentence of help."""
        super().__init__(parent)
        named(self, name, self.tr("Offer"))
        self.setProperty("role", "offer")
        self._icon = QLabel()
        self.text = named(label("", wrap=True), f"{name}Text", self.tr("Offer"))
        self.yes_button = push_button(f"{name}Accept", *yes, primary=True)
        self.no_button = push_button(f"{name}Decline", *no)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.yes_button)
        row.addWidget(self.no_button)
        self.yes_button.clicked.connect(self._on_yes)
        self.no_button.clicked.connect(self._on_no)
        self.hide()

    def offer(self, text: str) -> None:
        """Show the bar."""
        self.text.setText(text)
        self.text.setAccessibleName(text)
        self.restyle()
        self.show()

    def restyle(self) -> None:
        """Follow a change of theme."""
        self._icon.setPixmap(icons.pixmap("info", theme.current().accent, 20, self.devicePixelRatioF()))

    def _on_yes(self) -> None:
        self.hide()
        self.accepted.emit()

    def _on_no(self) -> None:
        self.hide()
        self.declined.emit()
