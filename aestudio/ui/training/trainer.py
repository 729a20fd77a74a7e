"""The training process, seen from the window: started, listened to, asked to stop."""

from __future__ import annotations

import dataclasses
import json
import logging
import shutil
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from aestudio import paths, settings
from aestudio.catalog import shelf
from aestudio.jobs import training
from aestudio.jobs.training import Refused, Training, TrainingEvent
from aestudio.ui.training.run import Run, State

log = logging.getLogger(__name__)

GRACE = 60_000
"""Milliseconds that a run has to end by itself when it is asked to; then its process is killed."""
GOODBYE = 5_000
"""The same where the window closes. What a killed run has is its last checkpoint."""
CALM = 300
"""Milliseconds without work that a person waits for, after which training goes on."""
UNFINISHED = "unfinished.json"


class Trainer(QObject):
    """One training process at a time. ``changed`` says that there is news of ``run``, ``ended`` that it is over."""

    changed = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run: Run | None = None
        self._rest = b""
        self._given_up = False
        self._ending: TrainingEvent | None = None
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._wanted = False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(lambda: self._tell(training.GO))
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.timeout.connect(self._process.kill)

    @property
    def alive(self) -> bool:
        """Whether a run is under way."""
        return self.run is not None and self.run.state.alive

    def start(self, request: Training) -> None:
        """Begin a run, or go on with one; what another is still at is left to end first."""
        if self.alive:
            return
        earlier = self.run if self.run is not None and self.run.request.name == request.name else None
        self.run = Run(request)
        if request.resume and earlier is not None:
            self.run.losses, self.run.scores, self.run.measured = earlier.losses, earlier.scores, earlier.measured
        self._rest, self._given_up, self._ending = b"", False, None
        self._keep(request)
        program, *words = training.program()
        self._process.setStandardErrorFile(str(_log_file()))
        self._process.start(program, [*words, *request.arguments()])
        if self._wanted:
            self._tell(training.YIELD)
        self.changed.emit()

    def give_way(self, wanted: bool) -> None:
        """Let training wait between two steps while the device is ``wanted`` by what a person waits for."""
        if wanted and not self._calm.isActive():
            self._tell(training.YIELD)
        self._wanted = wanted
        if wanted:
            self._calm.stop()
        elif self.alive:
            self._calm.start()

    def _tell(self, word: str) -> None:
        if self.alive and self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.write(f"{word}\n".encode())

    def stop(self) -> None:
        """End the run now and keep the best that it has; one that has learned nothing yet is given up."""
        if self.run is None or not self.alive:
            return
        if self.run.begun is None and not self._has_checkpoint():
            self._given_up = True
            self._process.kill()
            return
        self._ask(training.STOP, State.STOPPING)

    def pause(self) -> None:
        """End the process after a checkpoint; ``resume`` goes on there."""
        if self.alive:
            self._ask(training.PAUSE, State.PAUSING)

    def resume(self) -> None:
        """Go on with a run that was paused, that failed, or that an earlier window left."""
        if self.run is not None and not self.alive:
            self.start(dataclasses.replace(self.run.request, resume=True))

    def start_again(self) -> None:
        """Begin the run that was asked for last from its beginning."""
        if self.run is not None and not self.alive:
            self.start(dataclasses.replace(self.run.request, resume=False))

    def keep(self) -> None:
        """Make a model of what a run that can go on has learned so far: it goes on, and ends at once."""
        self.resume()
        self.stop()

    @property
    def can_go_on(self) -> bool:
        """Whether there is a run that is over for now, and has a checkpoint to go on from."""
        return self.run is not None and self.run.state in (State.PAUSED, State.FAILED) and self._has_checkpoint()

    def discard(self) -> None:
        """Forget a run that is not under way; where it came to no model, what it has learned is thrown away."""
        if self.run is None or self.alive:
            return
        if self.run.state is not State.DONE:
            self._throw_away(self.run)
        self.run = None
        self._forget()
        self.changed.emit()

    def find_unfinished(self) -> None:
        """Take up the run that an earlier window left, as a paused one."""
        if self.run is not None:
            return
        try:
            row = json.loads((paths.runs_folder() / UNFINISHED).read_text("utf-8"))
            self.run = Run(Training.from_row(row), State.PAUSED)
            # not before the window is painted
            from aestudio.training import history

            self.run.recall(history.read(paths.runs_folder() / self.run.request.name))
        except (OSError, ValueError, TypeError, KeyError):
            return
        self.changed.emit()

    def close_down(self) -> None:
        """Pause what runs and wait a little for it."""
        self.blockSignals(True)
        self._grace.stop()
        self._calm.stop()
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.write(f"{training.PAUSE}\n".encode())
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(GOODBYE):
                self._process.kill()
                self._process.waitForFinished(GOODBYE)

    # What happens.

    def _ask(self, word: str, state: State) -> None:
        assert self.run is not None
        self.run.state = state
        self._process.write(f"{word}\n".encode())
        if self.run.begun is not None:
            self._grace.start(GRACE)
        self.changed.emit()

    def _on_output(self) -> None:
        if self.run is None:
            return
        *lines, self._rest = (self._rest + self._process.readAllStandardOutput().data()).split(b"\n")
        for event in map(training.from_line, lines):
            if isinstance(event, training.Finished | training.Paused | training.Refused):
                # the process is still at work, and a new one must not begin beside it
                self._ending = event
            elif event is not None:
                self.run.take(event)
                if isinstance(event, training.Begun) and self.run.state in (State.STOPPING, State.PAUSING):
                    # while it read its pictures, which takes as long as it takes, it could not hear
                    self._grace.start(GRACE)
                self.changed.emit()

    def _on_finished(self, code: int) -> None:
        self._on_output()
        self._grace.stop()
        run = self.run
        if run is None:
            return
        if self._given_up:
            self.run = None
        elif self._ending is not None:
            run.take(self._ending)
        elif run.state is State.PAUSING:
            run.state = State.PAUSED
        elif run.state.alive:
            advice = self.tr("Start it again; {file} says more.")
            if self._has_checkpoint():
                advice = self.tr("Go on from its last checkpoint; {file} says more.")
            self._fail(self.tr("Training ended unexpectedly."), advice.format(file=_log_file()))
        if self._given_up:
            self._throw_away(run)
        if self._given_up or run.state is State.DONE or (run.state is State.FAILED and not self.can_go_on):
            self._forget()
        self.changed.emit()
        self.ended.emit()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self.run is not None:
            self._fail(self.tr("Training could not be started."), self.tr("Install aestudio again."))
            self.changed.emit()
            self.ended.emit()

    def _fail(self, what: str, advice: str) -> None:
        assert self.run is not None
        self.run.take(Refused(what, advice))

    # What a run leaves.

    def _has_checkpoint(self) -> bool:
        # not before the window is painted
        from aestudio.training import history

        return self.run is not None and (paths.runs_folder() / self.run.request.name / history.CHECKPOINT).is_file()

    def _throw_away(self, run: Run) -> None:
        """Remove the folder of a run."""
        name = run.request.name
        folder = paths.runs_folder() / name
        # a name may come from a file that others have written
        if shelf.is_id(name) and folder.is_dir():
            try:
                shutil.rmtree(folder)
            except OSError as error:
                log.warning("What a run has left could not be removed: %s", error)

    # What an earlier window left.

    def _keep(self, request: Training) -> None:
        """Note the run, so that the next window can go on with it."""
        try:
            settings.write_json(_unfinished(), request.to_row())
        except OSError as error:
            log.warning("A run could not be noted: %s", error)

    def _forget(self) -> None:
        try:
            _unfinished().unlink(missing_ok=True)
        except OSError as error:
            log.warning("A run could not be forgotten: %s", error)


def _unfinished() -> Path:
    return paths.runs_folder() / UNFINISHED


def _log_file() -> Path:
    """Return where a run's errors go. Where its folder cannot be made the run goes without, and says itself what is
    wrong with the place."""
    folder = paths.logs_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        log.warning("There is no folder for the log of training: %s", error)
    return folder / "training.log"
