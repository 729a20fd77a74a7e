"""The examination of pictures before a run, in a process of its own: started, listened to, given up."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QProcess, Signal

from aestudio.jobs import training
from aestudio.jobs.training import Checked, Found, Looked, Refused, Training
from aestudio.ui.training.asking import asking, let_go


class Checker(QObject):
    """``looked`` carries a Looked, ``found`` a Found, ``ended`` a Checked or why there is none (Refused)."""

    looked = Signal(object)
    found = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._rest = b""
        self._ending: Checked | Refused | None = None

    @property
    def refused(self) -> bool:
        """Whether the examination itself said why there is nothing to learn from; a run would be told the same."""
        return isinstance(self._ending, Refused)

    def start(self, request: Training) -> None:
        """Examine what a run would learn from; an earlier examination is given up."""
        self.stop()
        self._rest, self._ending = b"", None
        wanted = replace(request, check=True)
        self._process = asking(self, wanted, self._on_output, self._on_finished, self._on_error)
        self._process.start()

    def stop(self) -> None:
        """Want no answer any more."""
        process, self._process = self._process, None
        if process is not None:
            let_go(process)

    def _on_output(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (self._rest + self._process.readAllStandardOutput().data()).split(b"\n")
        for event in map(training.from_line, lines):
            if isinstance(event, Looked):
                self.looked.emit(event)
            elif isinstance(event, Found):
                self.found.emit(event)
            elif isinstance(event, Checked | Refused):
                self._ending = event

    def _on_finished(self) -> None:
        self._on_output()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            broken = self.tr("Your pictures could not be examined.")
            self.ended.emit(self._ending or Refused(broken, self.tr("Try again, or start without it.")))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._on_finished()
