"""A process of this program that answers a question on training in lines of JSON, beside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess

from aestudio.jobs import training
from aestudio.jobs.training import Training


def asking(
    parent: QObject,
    request: Training,
    on_output: Callable[[], None],
    on_finished: Callable[[], None],
    on_error: Callable[[QProcess.ProcessError], None],
) -> QProcess:
    """Return the process of a request, to be started; what it says of itself on standard error is left alone."""
    program, *words = training.program()
    process = QProcess(parent)
    process.setStandardErrorFile(QProcess.nullDevice())
    process.readyReadStandardOutput.connect(on_output)
    process.finished.connect(on_finished)
    process.errorOccurred.connect(on_error)
    process.setProgram(program)
    process.setArguments([*words, *request.arguments()])
    return process
