"""What a restoring tab does with the result on its canvas beside saving it: copy it, drag it out, show its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aestudio.ui.handover import Handover, Purpose, show_in_folder
from aestudio.ui.language import sentence
from aestudio.ui.notifications import Notice

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.restorer import Restorer
    from aestudio.ui.saver import Tally
    from aestudio.ui.tabs.inspector import Inspector
    from aestudio.ui.tabs.saves import Saves


class Outgoing(Handover):
    """Connects the inspector's buttons with the picture on the canvas."""

    def __init__(self, hub: JobHub, inspector: Inspector, restorer: Restorer, saves: Saves, parent: QObject) -> None:
        super().__init__(hub, saves.job_for, saves.name_of, saves.state_of, parent)
        self._restorer, self._handle = restorer, inspector.drag_handle
        inspector.copy_button.clicked.connect(self.copy)
        inspector.drag_handle.wanted.connect(lambda: self._hand_current("drag"))
        inspector.drag_handle.clicked.connect(lambda: self._hand_current("file"))
        self.ready.connect(self._on_ready)
        saves.round_ended.connect(self._on_saved)

    def copy(self) -> None:
        """Put the result onto the clipboard, as a picture of full size."""
        canvas = self._restorer.canvas
        if canvas is not None and canvas.after is not None:
            path, pixels = canvas.path, canvas.after.width * canvas.after.height
            self._restorer.check(lambda: self.copy_picture(path, pixels))

    def _hand_current(self, purpose: Purpose) -> None:
        path = self._restorer.path
        if path is not None:
            self._restorer.check(lambda: self.hand(path, purpose))

    def _on_ready(self, file: Path) -> None:
        if not self._handle.drag(file):
            words = self.tr("{name} can be dragged now.").format(name=file.name)
            self.notice.emit(Notice("info", words), None)

    def _on_saved(self, tally: Tally) -> None:
        if not tally.saved or tally.failed:
            return
        last, number = tally.saved[-1], len(tally.saved)
        words = (
            self.tr("Saved {name}.").format(name=last.name)
            if number == 1
            else self.tr("Saved {n} pictures.").format(n=number)
        )
        if tally.lost:
            file, sentences = tally.lost[0]
            lost = " ".join(sentence(text) for text in sentences)
            others = self.tr("{k} of them could not hold all of the original, for example {name}: {lost}")
            told = lost if number == 1 else others.format(k=len(tally.lost), name=file.name, lost=lost)
            words = f"{words} {told}"
        action = self.tr("Show in folder")
        self.notice.emit(Notice("info", words, action=action), lambda: show_in_folder(last, self))
