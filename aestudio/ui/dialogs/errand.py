"""An errand that the command line runs for the window in a process of its own, which a hostile file may end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from aestudio.jobs import training


class Errand(QObject):
    """Runs one command at a time that says in its last line of JSON what came of it.

    ``done`` carries that line as a table, ``failed`` a sentence and what to do.
    """

    done = Signal(dict)
    failed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    @property
    def busy(self) -> bool:
        """Whether a command is under way."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def run(self, words: Sequence[str]) -> None:
        """Start a command; while another is under way nothing happens."""
        if not self.busy:
            program, *rest = training.program()
            self._process.start(program, [*rest, *words])

    def give_up(self) -> None:
        """End the command without a word."""
        self.blockSignals(True)
        if self.busy:
            self._process.kill()
            self._process.waitForFinished(5_000)
        self.blockSignals(False)

    def _on_finished(self, code: int) -> None:
        lines = str(self._process.readAllStandardOutput().data(), "utf-8", "replace").strip().splitlines()
        try:
            row: dict[str, Any] = json.loads(lines[-1])
            if row["status"] == "done":
                return self.done.emit(row)
            self.failed.emit(str(row["error"]), str(row["advice"]))
        except (IndexError, ValueError, KeyError, TypeError):
            words = str(self._process.readAllStandardError().data(), "utf-8", "replace").strip()
            self.failed.emit(self.tr("This ended unexpectedly."), words[-300:])

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.failed.emit(self.tr("This could not be started."), self.tr("Install aestudio again."))
