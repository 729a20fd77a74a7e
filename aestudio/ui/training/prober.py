"""Times a few steps of what is asked for, in a process beside the window; the newest question counts."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from aestudio.jobs import training
from aestudio.jobs.training import Probed, Refused

if TYPE_CHECKING:
    from aestudio.jobs.training import Training

REST = 600
"""Milliseconds that what is asked for must rest before it is timed."""
GOODBYE = 2_000


class Prober(QObject):
    """``told`` carries a Probed, or a Refused where nothing can be learned; ``asking`` says that it is under way."""

    told = Signal(object)
    asking = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request: Training | None = None
        self._process: QProcess | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._timer.isActive() or self._process is not None

    def ask(self, request: Training) -> None:
        """Time this from now on; what is as fast as what was asked before is not timed again."""
        if self._request is not None and _speed_of(request) == _speed_of(self._request):
            return
        self.cancel()
        self._request = request
        self._timer.start()

    def cancel(self) -> None:
        """Want no answer any more."""
        self._request = None
        self._timer.stop()
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect()
            process.finished.connect(process.deleteLater)
            process.kill()

    def close(self) -> None:
        """Want no answer any more, and leave no process behind."""
        self.cancel()
        for process in self.findChildren(QProcess):
            process.waitForFinished(GOODBYE)

    def _begin(self) -> None:
        assert self._request is not None
        program, *words = training.program()
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        process.start(program, [*words, *replace(self._request, probe=True).arguments()])
        self.asking.emit()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._forget()
            self.told.emit(Refused(""))

    def _on_finished(self) -> None:
        process = self._forget()
        if process is None:
            return
        events = map(training.from_line, process.readAllStandardOutput().toStdString().splitlines())
        answers = [event for event in events if isinstance(event, Probed | Refused)]
        self.told.emit(answers[-1] if answers else Refused(""))

    def _forget(self) -> QProcess | None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        return process


def _speed_of(request: Training) -> Hashable:
    """Return what decides how fast a run is."""
    return request.task, request.folder, request.recipe, request.self_supervised, request.pairs
