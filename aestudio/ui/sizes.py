"""Asks the engine how large results will be, and answers for all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aestudio.jobs.events import Event, Failed, SizeEstimated
from aestudio.jobs.spec import EstimateSize, Output
from aestudio.ui.preflight import plan

if TYPE_CHECKING:
    from aestudio.ui.dialogs.save import SaveDialog
    from aestudio.ui.job_hub import JobHub


class Sizes(QObject):
    """Answers a dialog's questions one at a time: a newer one drops the last, and closing it drops all.

    ``job`` makes the question of a file and how it is stored, or None where there is no result to expect; ``share``
    is how many results of that size all of them make (0: not known).
    """

    def __init__(
        self, hub: JobHub, job: Callable[[Path, Output], EstimateSize | None], share: float, dialog: SaveDialog
    ) -> None:
        super().__init__(dialog)
        self._hub, self._job, self._share, self._dialog = hub, job, share, dialog
        self._asked = ""
        dialog.finished.connect(self._drop)

    def ask(self, path: Path, output: Output) -> None:
        """Ask for the size of one result; the dialog shows it."""
        self._drop()
        job = self._job(path, output)
        if job is None:
            self._dialog.show_size(None)
        else:
            self._asked = self._hub.submit(job, self._on_event, waited=False)

    def _drop(self) -> None:
        if self._asked:
            self._hub.drop(self._asked)
            self._asked = ""

    def _on_event(self, event: Event) -> None:
        self._asked = ""
        if isinstance(event, SizeEstimated):
            self._dialog.show_size(event.bytes, round(event.bytes * self._share) or None)
            self._dialog.show_lost(event.lost)
            self._dialog.show_plan(*plan(event, self._share))
        elif isinstance(event, Failed):
            self._dialog.show_size(None, reason=event.what)
        else:
            self._dialog.show_size(None)


def share_of(pixels: list[int]) -> float:
    """Return how many pictures of the first one's size so many pixels make; unknown (0) ones are like the rest."""
    known = [count for count in pixels if count]
    return len(pixels) * sum(known) / len(known) / pixels[0] if pixels and pixels[0] else 0.0
