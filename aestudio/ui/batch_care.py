"""What a batch needs around it: a machine that stays awake, and word to a person who is elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QSystemTrayIcon, QWidget

from aestudio.ui.keep_awake import KeepAwake
from aestudio.ui.question import Question

if TYPE_CHECKING:
    from aestudio.ui.saver import Tally
    from aestudio.ui.tabs.restore import RestoreTab

COUNTING = 300
"""Milliseconds between two looks at what is still to be saved."""


class BatchCare(QObject):
    """Watches what the tabs save, on behalf of their window."""

    def __init__(self, tabs: Sequence[RestoreTab], window: QWidget) -> None:
        super().__init__(window)
        self._tabs, self._window = tabs, window
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

    def may_stop(self, left: int) -> bool:
        """Ask whether the window may close although so many pictures are still to be saved; return the answer."""
        box = Question("closeQuestion", self.tr("Pictures are still being saved."), "", self._window)

        def say(still: int) -> None:
            saved = self.tr("Files that are saved already stay.")
            later = self.tr("{n} are not saved yet: the next start offers to go on with them.").format(n=still)
            box.setInformativeText(f"{saved} {later}")
            if not still:
                # there is nothing to be asked about any more
                box.accept()

        say(left)
        counting = QTimer(box)
        counting.timeout.connect(lambda: say(self.left()))
        counting.start(COUNTING)
        stop = box.answer(self.tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
        box.answer(self.tr("Go on saving"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is stop or not self.left()

    def _on_changed(self) -> None:
        self._awake.keep(any(tab.saves.working and tab.saves.tally.total > 1 for tab in self._tabs))

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
