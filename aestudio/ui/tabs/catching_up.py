"""Rows of a long list that no longer say how it is, brought up to date without holding up the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from aestudio.ui.widgets.file_list import FileList

HELPING = 100
"""Rows that are brought up to date at once."""


class CatchingUp(QObject):
    """Has ``show`` called for files of a list: for those in sight at once, for many others in helpings."""

    def __init__(self, files: FileList, show: Callable[[Path], None], parent: QObject) -> None:
        super().__init__(parent)
        self._files, self._show = files, show
        self._behind: dict[Path, None] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def take(self, paths: Iterable[Path]) -> None:
        """Bring these up to date."""
        self._behind.update(dict.fromkeys(paths))
        for path in self._files.in_sight():
            if path in self._behind:
                del self._behind[path]
                self._show(path)
        self._go_on()

    def _go_on(self) -> None:
        for path in list(islice(self._behind, HELPING)):
            del self._behind[path]
            self._show(path)
        if self._behind:
            self._timer.start()
