"""A process of this program that answers a question on training in lines of JSON, beside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTemporaryDir

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


def let_go(process: QProcess, scratch: QTemporaryDir | None = None) -> None:
    """Want nothing more of a process: it is killed, and forgotten with its ``scratch`` when it has ended.

    Nobody waits for that. Whoever asked may be gone by then, and a process that is deleted before its end would make
    the window wait: the application owns it from here on.
    """
    for signal in (process.readyReadStandardOutput, process.finished, process.errorOccurred):
        signal.disconnect()
    process.setParent(QCoreApplication.instance())

    if process.state() is QProcess.ProcessState.NotRunning:
        process.deleteLater()
        return

    def clear() -> None:
        # the process itself may be gone already: the application takes it along when it ends
        if scratch is not None:
            scratch.remove()

    process.finished.connect(clear)
    process.finished.connect(process.deleteLater)
    # one that never started says only that
    process.errorOccurred.connect(process.deleteLater)
    process.kill()
