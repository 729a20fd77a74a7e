"""The question before a run that could go on makes room for another one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget


class UnfinishedQuestion(QMessageBox):
    """``kept``: what the run has learned shall become a model; ``thrown_away``: it is not wanted."""

    kept = Signal()
    thrown_away = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unfinishedQuestion")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setText(self.tr("“{name}” is not trained to its end.").format(name=name))
        self.setInformativeText(
            self.tr(
                "Another one takes its place. What it has learned so far can become a model now; "
                "thrown away, it cannot go on any more."
            )
        )
        self._keep = self.addButton(self.tr("Keep it as a model"), QMessageBox.ButtonRole.AcceptRole)
        self._throw_away = self.addButton(self.tr("Throw it away"), QMessageBox.ButtonRole.DestructiveRole)
        back = self.addButton(self.tr("Back"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(back)
        self.setEscapeButton(back)
        self.buttonClicked.connect(self._on_answer)

    def _on_answer(self, button: QAbstractButton) -> None:
        if button is self._keep:
            self.kept.emit()
        elif button is self._throw_away:
            self.thrown_away.emit()
