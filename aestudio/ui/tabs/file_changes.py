"""What a restoring tab does when the file of a picture is another one: it lets go of all that was of the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aestudio.ui.notifications import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from aestudio.ui.pictures import Pictures
    from aestudio.ui.restorer import Restorer
    from aestudio.ui.tabs.outgoing import Outgoing
    from aestudio.ui.tabs.saves import Saves
    from aestudio.ui.tabs.settings_keeper import SettingsKeeper


class FileChanges(QObject):
    """Connects the open pictures with what is shown, saved, handed out and painted of them."""

    def __init__(
        self,
        pictures: Pictures,
        restorer: Restorer,
        saves: Saves,
        outgoing: Outgoing,
        keeper: SettingsKeeper,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._restorer, self._saves, self._outgoing, self._keeper = restorer, saves, outgoing, keeper
        restorer.read.connect(pictures.note)
        # what is saved now is of the file as it is
        saves.queued.connect(lambda _: restorer.check())
        pictures.renewed.connect(self._on_renewed)
        pictures.resized.connect(self._on_resized)

    def _on_renewed(self, path: Path, stamp: tuple[int, int]) -> None:
        self._outgoing.forget(path)
        self._saves.forget(path)
        self._restorer.renew(path, stamp)
        self._saves.changed.emit(path)

    def _on_resized(self, path: Path) -> None:
        if self._keeper.drop_region(path):
            what = self.tr("{name} has another size now: what was painted on it is gone.").format(name=path.name)
            self._saves.notice.emit(Notice("attention", what, self.tr("Undo brings it back.")), None)
