"""What the window's work is computed on: named in its corner, chosen anew when a person prefers another device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import EngineReady, Failed
from aestudio.ui.notifications import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLabel

    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.queue_journal import QueueJournal
    from aestudio.ui.tabs.restore import RestoreTab


class Equipment(QObject):
    """Says on the ``label`` how the engine does; ``notice`` says why there is none."""

    notice = Signal(object)

    def __init__(
        self,
        hub: JobHub,
        journal: QueueJournal,
        tabs: Sequence[RestoreTab],
        label: QLabel,
        settings: Settings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._hub, self._journal, self._tabs, self._label, self._settings = hub, journal, tabs, label, settings
        self._device = ""
        self._chosen = settings.device, settings.memory_limit
        hub.engine_ready.connect(self._on_ready)
        hub.engine_failed.connect(self._on_failed)

    def starting(self) -> None:
        """Say that the engine is being started."""
        self._label.setText(self._label.text() or self.tr("Starting the engine…"))

    def choose(self) -> None:
        """Have the engine use what the settings say where that is another device, or another limit of memory."""
        chosen = self._settings.device, self._settings.memory_limit
        if chosen != self._chosen:
            self._chosen = chosen
            self._hub.configure(*chosen)

    def _on_ready(self, event: EngineReady) -> None:
        earlier, self._device = self._device, event.device
        if earlier not in ("", event.device):
            for tab in self._tabs:
                tab.restorer.start_over()
        self._label.setText(event.device)
        self._label.setToolTip(f"{event.precision}: {event.reason}")
        self._journal.note_engine(event.pid)

    def _on_failed(self, event: Failed) -> None:
        self._label.setText(self.tr("Engine stopped"))
        self.notice.emit(Notice("failure", event.what, event.advice, event.details))
