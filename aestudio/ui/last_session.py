"""What was open when the window was closed last, and where it stood: kept in the settings, there at the next start."""

from __future__ import annotations

import base64
import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Signal

from aestudio.imageio.folders import holds
from aestudio.ui import words
from aestudio.ui.notifications import Notice
from aestudio.ui.screen_room import open_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QTabWidget, QWidget

    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.tabs.restore import RestoreTab

FILES = 500
"""Pictures of a session that are opened again at the next start."""


class LastSession(QObject):
    """``found``: (the pictures that are still there, whether to show one of them); ``notice``: how many are not.

    ``changed``: what is open, in front or chosen now is not what was kept.
    """

    changed = Signal()
    found = Signal(list, bool)
    notice = Signal(object)
    _looked = Signal(list, list)

    def __init__(
        self,
        settings: Settings,
        hub: JobHub,
        pictures: Pictures,
        tabs: QTabWidget,
        restore_tabs: Sequence[RestoreTab],
    ) -> None:
        super().__init__(tabs)
        self._settings, self._hub = settings, hub
        self._pictures, self._tabs, self._restore_tabs = pictures, tabs, restore_tabs
        self._looked.connect(self._on_looked)
        # The files that are being looked for.
        self._sought: list[str] = []
        keepers = [tab.keeper.changed for tab in restore_tabs]
        for signal in (pictures.added, pictures.removed, pictures.moved, tabs.currentChanged, *keepers):
            signal.connect(self.changed)

    def place(self, window: QWidget) -> None:
        """Let the window stand where it stood, or be of a size that suits most screens."""
        stored = base64.b64decode(self._settings.window_geometry or "", validate=False)
        if not stored or not window.restoreGeometry(QByteArray(stored)):
            open_at(window, 1280, 800)

    def open(self, pictures: bool = True) -> None:
        """Open it: settings first, then the ``pictures`` that are still there, the one in front there again.

        They are looked for away from the window's thread, since a drive may not answer; the window is not idle
        until then, but what is opened meanwhile stays in front.
        """
        stored = self._settings
        for tab in self._restore_tabs:
            if tab.task in stored.session_choices:
                tab.keeper.begin(stored.session_choices[tab.task])
        if pictures and stored.session_files:
            self._tabs.setCurrentIndex(min(max(stored.session_tab, 0), self._tabs.count() - 1))
            self._hub.hold("session")
            self._sought = list(stored.session_files)
            files = [Path(name) for name in stored.session_files]
            threading.Thread(target=self._look, args=(files,), name="last-session", daemon=True).start()

    def _look(self, files: list[Path]) -> None:
        there = [file for file in files if holds(file.is_file)]
        with contextlib.suppress(RuntimeError):  # the window is gone
            self._looked.emit(files, there)

    def _on_looked(self, files: list[Path], there: list[Path]) -> None:
        self._sought = []
        if there:
            # a person may be at work on another picture by now
            first = not len(self._pictures)
            self.found.emit(there, first)
            for tab in self._restore_tabs if first else ():
                tab.file_list.pick(Path(self._settings.session_current))
        if len(there) < len(files):
            gone = words.pictures(len(files) - len(there))
            what = self.tr("{n} of the last session can no longer be found.").format(n=gone)
            self.notice.emit(Notice("attention", what, ""))
        self._hub.release("session")

    def keep(self) -> None:
        """Put it into the settings. The picture that comes back to the front is that of the page in front."""
        pages = self._restore_tabs
        front = next((tab for tab in pages if tab is self._tabs.currentWidget()), pages[0])
        current = front.file_list.current_path()
        stored = self._settings
        # A drive that has not answered yet may do so the next time.
        open_now = [str(path) for path in self._pictures.paths()]
        stored.session_files = list(dict.fromkeys(self._sought + open_now))[:FILES]
        if current is not None or not self._sought:
            stored.session_current = str(current) if current is not None else ""
        stored.session_tab = self._tabs.currentIndex()
        stored.window_geometry = base64.b64encode(self._tabs.window().saveGeometry().data()).decode()
        stored.session_choices = {tab.task: tab.keeper.stored() for tab in self._restore_tabs}
