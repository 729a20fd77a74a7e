"""The question before a run that could go on makes room for another one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from aestudio.ui.question import Question


class UnfinishedQuestion(Question):
    """``kept``: what the run has learned shall become a model; ``thrown_away``: it is not wanted."""

    kept = Signal()
    thrown_away = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("unfinishedQuestion", "", "", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setText(self.tr("“{name}” is not trained to its end.").format(name=name))
        self.setInformativeText(
            self.tr(
                "Another one takes its place. What it has learned so far can become a model now; "
                "thrown away, it cannot go on any more."
            )
        )
        self._keep = self.answer(self.tr("Keep it as a model"), QMessageBox.ButtonRole.AcceptRole)
        self._throw_away = self.answer(self.tr("Throw it away"), QMessageBox.ButtonRole.DestructiveRole)
        self.answer(self.tr("Back"), QMessageBox.ButtonRole.RejectRole)
        self.buttonClicked.connect(self._on_answer)

    def _on_answer(self, button: QAbstractButton) -> None:
        if button is self._keep:
            self.kept.emit()
        elif button is self._throw_away:
            self.thrown_away.emit()
