"""What was open when the window was closed last, and where it stood: kept in the settings, there at the next start."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Signal

from aestudio.ui import words
from aestudio.ui.notifications import Notice
from aestudio.ui.screen_room import open_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QTabWidget, QWidget

    from aestudio.settings import Settings
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.tabs.restore import RestoreTab

FILES = 500
"""Pictures of a session that are opened again at the next start."""


class LastSession(QObject):
    """``found``: the pictures that are still there; ``notice``: how many are not."""

    found = Signal(list)
    notice = Signal(object)

    def __init__(
        self, settings: Settings, pictures: Pictures, tabs: QTabWidget, restore_tabs: Sequence[RestoreTab]
    ) -> None:
        super().__init__(tabs)
        self._settings, self._pictures, self._tabs, self._restore_tabs = settings, pictures, tabs, restore_tabs

    def place(self, window: QWidget) -> None:
        """Let the window stand where it stood, or be of a size that suits most screens."""
        stored = base64.b64decode(self._settings.window_geometry or "", validate=False)
        if not stored or not window.restoreGeometry(QByteArray(stored)):
            open_at(window, 1280, 800)

    def open(self) -> None:
        """Open it: settings first, then the pictures, the one in front there again."""
        stored = self._settings
        files = [Path(name) for name in stored.session_files]
        there = [file for file in files if file.is_file()]
        for tab in self._restore_tabs:
            if tab.task in stored.session_choices:
                tab.keeper.begin(stored.session_choices[tab.task])
        if not files:
            return
        self._tabs.setCurrentIndex(min(max(stored.session_tab, 0), self._tabs.count() - 1))
        if there:
            self.found.emit(there)
            for tab in self._restore_tabs:
                tab.file_list.pick(Path(stored.session_current))
        if len(there) < len(files):
            gone = words.pictures(len(files) - len(there))
            what = self.tr("{n} of the last session can no longer be found.").format(n=gone)
            self.notice.emit(Notice("attention", what, ""))

    def keep(self, front: RestoreTab, window: QWidget) -> None:
        """Put it into the settings; ``front`` is the page whose picture comes back to the front."""
        current = front.file_list.current_path()
        stored = self._settings
        stored.session_files = [str(path) for path in self._pictures.paths()[:FILES]]
        stored.session_current = str(current) if current is not None else ""
        stored.session_tab = self._tabs.currentIndex()
        stored.window_geometry = base64.b64encode(window.saveGeometry().data()).decode()
        stored.session_choices = {tab.task: tab.keeper.stored() for tab in self._restore_tabs}
