"""Where each picture of a restoring page stands: waiting, under way, done, saved or failed, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aestudio.ui.tabs.saves import said
from aestudio.ui.widgets.file_list import State

if TYPE_CHECKING:
    from pathlib import Path

    from aestudio.jobs.events import Failed
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.restorer import Restorer
    from aestudio.ui.tabs.saves import Saves


class PictureStates:
    """Answers from what is being saved, what is on the canvas, and what could not be opened."""

    def __init__(self, pictures: Pictures, restorer: Restorer, saves: Saves) -> None:
        self._pictures, self._restorer, self._saves = pictures, restorer, saves

    def of(self, path: Path) -> tuple[State, str]:
        """Return where a picture stands, and why where it failed."""
        restorer = self._restorer
        canvas = restorer.canvas if restorer.canvas and restorer.canvas.path == path else None
        saving = self._saves.state_of(path)
        if saving is not None and saving[0] in (State.SAVING, State.QUEUED):
            return saving
        if canvas is not None and restorer.busy:
            return (State.LOADING if restorer.loading else State.RESTORING), ""
        failure = self.failure_of(path)
        if failure is not None:
            return State.FAILED, said(failure)
        if saving is not None:
            return saving
        if canvas is not None and restorer.current_result:
            return State.DONE, ""
        return State.WAITING, ""

    def failure_of(self, path: Path) -> Failed | None:
        """Return why a picture cannot be opened or restored, where it cannot."""
        canvas = self._restorer.canvas
        own = canvas.failure if canvas is not None and canvas.path == path else None
        return own or self._pictures[path].failure
