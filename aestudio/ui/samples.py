"""The sample pictures of the empty state: their small views come from the engine, like all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aestudio.jobs.events import Event, ThumbnailReady
from aestudio.jobs.spec import Thumbnail

if TYPE_CHECKING:
    from pathlib import Path

    from aestudio.jobs.events import Pixels
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.widgets.drop_area import DropArea


class Samples(QObject):
    """Asks once for each sample's thumbnail and shows it wherever samples are offered."""

    def __init__(self, hub: JobHub, areas: list[DropArea], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub, self._areas = hub, areas
        self._asked: dict[str, Path] = {}
        self._known: dict[Path, Pixels] = {}

    def ask(self) -> None:
        """Ask for the thumbnails that are not there yet; nobody waits for them."""
        for path in self._areas[0].samples():
            if path not in self._known and path not in self._asked.values():
                job = Thumbnail(str(path), 272)
                self._asked[job.id] = path
                self._hub.submit(job, self._on_event, waited=False)

    def _on_event(self, event: Event) -> None:
        path = self._asked.get(event.id)
        if path is not None and isinstance(event, ThumbnailReady):
            self._known[path] = event.pixels
            for area in self._areas:
                area.show_sample(path, event.pixels)

    def restyle(self) -> None:
        """Follow a change of theme."""
        for path, pixels in self._known.items():
            for area in self._areas:
                area.show_sample(path, pixels)
