"""Denoise: removes grain and keeps fine detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aestudio.ui.tabs.restore import RestoreTab

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.queue_journal import QueueJournal


CROP = 256
"""Side of the part of a photo that is watched while a model learns from it, in its pixels."""


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

    def photo_in_sight(self) -> tuple[Path | None, tuple[int, int, int]]:
        """Return the photo on the canvas, and a crop (left, top, side) in the middle of what is in sight of it."""
        canvas = self.restorer.canvas
        if canvas is None or canvas.facts is None:
            return (canvas.path if canvas is not None and canvas.failure is None else None), (0, 0, CROP)
        (left, top, right, bottom), _ = self.view.in_sight()
        side = min(CROP, canvas.facts.width, canvas.facts.height)
        x, y = (round(max(0.0, (low + high - side) / 2)) for low, high in ((left, right), (top, bottom)))
        return canvas.path, (min(x, canvas.facts.width - side), min(y, canvas.facts.height - side), side)
