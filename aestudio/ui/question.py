"""A question in the window's own look, and the one before a file is written over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from aestudio.imageio.folders import holds
from aestudio.ui import icons, theme

ICON = 32


class Question(QMessageBox):
    """What is asked, and below it what will come of an answer; names are shown as they are, never as markup."""

    def __init__(self, object_name: str, text: str, more: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIconPixmap(icons.pixmap("question", theme.current().quiet, ICON, self.devicePixelRatioF()))
        self.setText(text)
        self.setInformativeText(more)

    def answer(self, words: str, role: QMessageBox.ButtonRole) -> QPushButton:
        """Add an answer. The one that rejects changes nothing: the keys Return and Escape give it."""
        button = self.addButton(words, role)
        if role is QMessageBox.ButtonRole.RejectRole:
            self.setDefaultButton(button)
            self.setEscapeButton(button)
        return button


def ask_for_file(
    parent: QWidget, title: str, suggested: Path, kinds: str, suffixes: Iterable[str] | None = None
) -> Path | None:
    """Ask in the system's own dialog for a file to write; None where nothing shall be written.

    A name without a suffix, or with none of ``suffixes`` where they are given, gets that of ``suggested``. The system
    has asked about the name as it was typed; about one that became another, this does.
    """
    typed, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds)
    if not typed:
        return None
    target = Path(typed)
    if target.suffix if suffixes is None else target.suffix.lower() in suffixes:
        return target
    target = target.with_name(target.name + suggested.suffix)
    return target if may_replace(parent, target) else None


def may_replace(parent: QWidget, target: Path) -> bool:
    """Return whether a file may be written: there is none, or a person says that it shall be replaced."""
    if not holds(target.exists):
        return True
    what = QCoreApplication.translate("Question", "{name} exists already.").format(name=target.name)
    box = Question(
        "replaceQuestion", what, QCoreApplication.translate("Question", "Replaced, what is in it now is lost."), parent
    )
    replace = box.answer(QCoreApplication.translate("Question", "Replace"), QMessageBox.ButtonRole.DestructiveRole)
    box.answer(QCoreApplication.translate("Question", "Keep it"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is replace
