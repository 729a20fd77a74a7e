"""What an earlier window still had to save when it ended: offered once, and gone on with on request."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aestudio.ui.notifications import Notice, funnel
from aestudio.ui.widgets.offer_bar import OfferBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from aestudio.jobs.spec import Save
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.queue_journal import QueueJournal
    from aestudio.ui.tabs.restore import RestoreTab


class LeftBehind(QObject):
    """``bar`` asks; the pictures come back into the list, and each page goes on with its own."""

    def __init__(
        self, journal: QueueJournal, pictures: Pictures, tabs: Sequence[RestoreTab], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._journal, self._pictures, self._tabs = journal, pictures, tabs
        self.bar = OfferBar(
            "leftBehindBar",
            (self.tr("Go on"), self.tr("Save what is left, into the same files as planned.")),
            (self.tr("Forget"), self.tr("Save none of it; what is saved already stays.")),
        )
        journal.offered.connect(self._on_offered)
        journal.adopted.connect(self._on_adopted)
        journal.unusable.connect(self._on_unusable)
        self.bar.accepted.connect(journal.adopt)
        self.bar.declined.connect(journal.forget)
        self._told = False

    def look(self) -> None:
        """Look for what was left behind."""
        self._journal.look()

    def _on_offered(self, left: int, total: int) -> None:
        if left > 1:
            text = self.tr("{n} of {total} pictures are still to be saved.").format(n=left, total=total)
        elif total > 1:
            text = self.tr("One of {total} pictures is still to be saved.").format(total=total)
        else:
            text = self.tr("One picture is still to be saved.")
        self.bar.offer(text)

    def _on_adopted(self, jobs: list[Save]) -> None:
        self._pictures.add([Path(job.path) for job in jobs])
        for tab in self._tabs:
            tab.saves.go_on_with([job for job in jobs if job.restoration.task == tab.task])
        if not jobs:
            funnel.publish(Notice("info", self.tr("Nothing is left to be saved: another window has taken it over.")))

    def _on_unusable(self, error: object) -> None:
        if not self._told:
            self._told = True
            what = self.tr("What is being saved cannot be noted, so a crash would end it for good.")
            advice = self.tr("Check that the data folder's disk has room and is one of this computer.")
            funnel.publish(Notice("attention", what, advice, str(error)))
