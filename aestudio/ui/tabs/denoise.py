"""Denoise: removes grain and keeps fine detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aestudio.ui.tabs.restore import RestoreTab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.queue_journal import QueueJournal


class DenoiseTab(RestoreTab):
    """The restoring tab for the task ``denoise``."""

    def __init__(
        self,
        hub: JobHub,
        journal: QueueJournal,
        pictures: Pictures,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("denoise", hub, journal, pictures, settings, parent)
        self.setObjectName("denoiseTab")
        self.setAccessibleName(self.tr("Denoise"))
