"""What can be done to the list as a queue: its order, and several files at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aestudio.ui.notifications import Notice
from aestudio.ui.widgets.file_list import State

if TYPE_CHECKING:
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.tabs.saves import Saves
    from aestudio.ui.widgets.file_list import FileList


class QueueActions(QObject):
    """Connects a list of files with the open pictures and with what is being saved."""

    def __init__(self, files: FileList, pictures: Pictures, saves: Saves, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures, self._saves = pictures, saves
        files.remove_asked.connect(self._remove)
        files.save_asked.connect(self._save)
        files.stop_asked.connect(saves.cancel)
        files.move_asked.connect(pictures.move)
        files.looked_at.connect(pictures.look)
        pictures.moved.connect(files.rearrange)
        pictures.moved.connect(self._on_moved)

    def _remove(self, paths: list[Path]) -> None:
        # what is being saved is saved: it was asked for, and the list is only where it is seen
        saving = [path for path in paths if (self._saves.state_of(path) or ("",))[0] in (State.QUEUED, State.SAVING)]
        order = self._pictures.paths()
        self._pictures.remove(*paths)
        if saving:
            one, many = self.tr("A removed picture is still saved."), self.tr("{n} removed pictures are still saved.")
            what = one if len(saving) == 1 else many.format(n=len(saving))
            notice = Notice("info", what, action=self.tr("Stop saving"))
            self._saves.notice.emit(notice, lambda: self._saves.cancel(saving))
        elif paths:
            one, many = (
                self.tr("{name} was removed from the list."),
                self.tr("{n} pictures were removed from the list."),
            )
            what = one.format(name=paths[0].name) if len(paths) == 1 else many.format(n=len(paths))
            notice = Notice("info", what, action=self.tr("Put back"))
            self._saves.notice.emit(notice, lambda: self._pictures.put_back(paths, order))

    def _save(self, paths: list[Path]) -> None:
        if len(paths) == 1:
            self._saves.save_as(paths[0])
        else:
            self._saves.save_all(paths)

    def _on_moved(self) -> None:
        self._saves.reorder(self._pictures.paths())
