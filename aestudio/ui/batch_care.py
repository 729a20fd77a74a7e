"""What long work needs around it: a machine that stays awake, a question before it is given up, word of its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QSystemTrayIcon, QWidget

from aestudio.ui.keep_awake import KeepAwake
from aestudio.ui.question import Question

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from aestudio.ui.saver import Tally
    from aestudio.ui.tabs.restore import RestoreTab

COUNTING = 300
"""Milliseconds between two looks at what is still to be saved."""


class BatchCare(QObject):
    """Watches what the tabs save, and what else is written, on behalf of their window."""

    def __init__(self, tabs: Sequence[RestoreTab], window: QWidget) -> None:
        super().__init__(window)
        self._tabs, self._window = tabs, window
        self._writers: list[Callable[[], list[Path]]] = []
        self._awake = KeepAwake()
        self._tray: QSystemTrayIcon | None = None
        for tab in tabs:
            tab.saves.changed.connect(self._on_changed)
            tab.saves.round_ended.connect(self._on_ended)
            tab.saves.held_up.connect(lambda failure: self._tell(self.tr("Saving is paused"), failure.what))

    def close(self) -> None:
        """Let the machine sleep again."""
        self._awake.keep(False)
        if self._tray is not None:
            self._tray.hide()

    def left(self) -> int:
        """Return how many pictures are still to be saved."""
        return sum(tab.saves.left() for tab in self._tabs)

    def watch(self, writing: Callable[[], list[Path]], changed: SignalInstance) -> None:
        """Look also after the files that someone else writes; ``changed`` says that they are others."""
        self._writers.append(writing)
        changed.connect(self._on_changed)

    def writing(self) -> list[Path]:
        """Return the files beside saved pictures that are being written."""
        return [file for writing in self._writers for file in writing()]

    def may_stop(self, left: int) -> bool:
        """Ask whether the window may close although so many pictures are still to be saved, or other files written;
        return the answer.
        """
        box = Question("closeQuestion", "", "", self._window)

        def say(still: int) -> None:
            files, said = self.writing(), []
            if still:
                said.append(self.tr("Files that are saved already stay."))
                later = self.tr("{n} are not saved yet: the next start offers to go on with them.")
                said.append(later.format(n=still))
            if len(files) == 1:
                said.append(self.tr("{name} is not finished yet: closing gives it up.").format(name=files[0].name))
            elif files:
                said.append(self.tr("{n} files are not finished yet: closing gives them up.").format(n=len(files)))
            if not said:
                # there is nothing to be asked about any more
                box.accept()
                return
            box.setText(
                self.tr("Pictures are still being saved.") if still else self.tr("Files are still being written.")
            )
            box.setInformativeText(" ".join(said))

        say(left)
        counting = QTimer(box)
        counting.timeout.connect(lambda: say(self.left()))
        counting.start(COUNTING)
        stop = box.answer(self.tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
        box.answer(self.tr("Go on saving"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is stop or not (self.left() or self.writing())

    def _on_changed(self) -> None:
        batch = any(tab.saves.working and tab.saves.tally.total > 1 for tab in self._tabs)
        self._awake.keep(batch or bool(self.writing()))

    def _on_ended(self, tally: Tally) -> None:
        self._on_changed()
        if tally.total > 1:
            text = self.tr("{n} of {total} pictures are saved.").format(n=len(tally.saved), total=tally.total)
            if tally.failed:
                text += " " + self.tr("{n} could not be.").format(n=len(tally.failed))
            self._tell(self.tr("Saving has ended"), text)

    def _tell(self, title: str, text: str) -> None:
        """Tell a person who looks elsewhere; on a desktop that shows no messages, the window asks to be looked at."""
        if self._window.isActiveWindow():
            return
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            QApplication.alert(self._window)
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon() or QApplication.windowIcon(), self)
            self._tray.setToolTip("aestudio")
            self._tray.messageClicked.connect(self._on_clicked)
        self._tray.show()
        self._tray.showMessage(title, text)

    def _on_clicked(self) -> None:
        self._window.raise_()
        self._window.activateWindow()
        if self._tray is not None:
            self._tray.hide()
