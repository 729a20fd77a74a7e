"""Times a few steps of what is asked for, in a process beside the window; the newest question and answer count."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTemporaryDir, QTimer, Signal

from aestudio.errors import OutputError
from aestudio.jobs import training
from aestudio.jobs.training import Probed, Refused
from aestudio.training import recipes
from aestudio.ui.training.asking import asking, let_go

if TYPE_CHECKING:
    from aestudio.jobs.training import Training
    from aestudio.training.recipes import Recipe

REST = 600
"""Milliseconds that what is asked for must rest before it is timed."""
STEADY = frozenset({"title", "description", "minutes", "held_out", "beta", "loss", "augmentation", "flip", "damage"})
"""Fields of a recipe that do not change how long a step is; of the damage only its kinds do."""


class Prober(QObject):
    """``asking`` says that it is under way. ``told`` carries a Probed, and better ones as more steps are timed; or a
    Refused where nothing can be learned.
    """

    told = Signal(object)
    asking = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request: Training | None = None
        self._recipe: Recipe | None = None
        self._scratch: QTemporaryDir | None = None
        self._rest, self._answered = b"", False
        self._process: QProcess | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._timer.isActive() or self._process is not None

    def ask(self, request: Training, recipe: Recipe) -> None:
        """Time a run by this recipe from now on; what is as fast as what was asked before is not timed again."""
        before = self._request is not None and self._recipe is not None and _speed_of(self._request, self._recipe)
        if before == _speed_of(request, recipe):
            return
        self.cancel()
        self._request, self._recipe = request, recipe
        self._timer.start()
        self.asking.emit()

    def cancel(self) -> None:
        """Want no answer any more."""
        self._request = self._recipe = None
        self._timer.stop()
        process, self._process = self._process, None
        if process is not None:
            let_go(process, self._scratch)

    def _begin(self) -> None:
        assert self._request is not None
        assert self._recipe is not None
        self._scratch = QTemporaryDir()
        path = Path(self._scratch.path()) / "recipe.toml"
        try:
            recipes.save(self._recipe, path)
        except OutputError as error:
            self.told.emit(Refused(error.what, error.advice))
            return
        self._rest, self._answered = b"", False
        wanted = replace(self._request, recipe=str(path), probe=True)
        self._process = asking(self, wanted, self._on_output, self._on_finished, self._on_error)
        self._process.start()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._forget()
            self.told.emit(Refused(""))

    def _on_output(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (self._rest + self._process.readAllStandardOutput().data()).split(b"\n")
        answers = [event for event in map(training.from_line, lines) if isinstance(event, Probed | Refused)]
        if answers:
            self._answered = True
            self.told.emit(answers[-1])

    def _on_finished(self) -> None:
        self._on_output()
        if self._forget() is not None and not self._answered:
            self.told.emit(Refused(""))

    def _forget(self) -> QProcess | None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        return process


def _speed_of(request: Training, recipe: Recipe) -> object:
    """Return what decides how fast a run is."""
    decisive = {name: value for name, value in asdict(recipe).items() if name not in STEADY}
    return request.folder, request.folders, request.self_supervised, request.pairs, set(recipe.damage.kinds), decisive
