"""Training as the main window has it: its window, an entry that shows how far it is, and what happens at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from aestudio.ui.keep_awake import KeepAwake
from aestudio.ui.naming import tool_button
from aestudio.ui.notifications import Notice
from aestudio.ui.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aestudio.ui.dialogs.train import TrainDialog
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.training.trainer import Trainer


Crop = tuple[int, int, int] | None


class TrainingDesk(QObject):
    """``notice`` carries what should be told, ``model_made`` says that the lists of models have a new one."""

    notice = Signal(object)
    model_made = Signal()
    learned = Signal(object, str)
    """A photo, and the model that was learned from it."""

    def __init__(
        self,
        window: QWidget,
        photo: Callable[[], tuple[Path | None, Crop]] = lambda: (None, None),
        hub: JobHub | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._photo, self._hub = window, photo, hub
        self._trainer: Trainer | None = None
        self._dialog: TrainDialog | None = None
        self._awake = KeepAwake()
        if hub is not None:
            hub.became_busy.connect(lambda: self.give_way(True))
            hub.became_idle.connect(lambda: self.give_way(False))
        self.button = tool_button(
            "trainingButton", self.tr("Training"), self.tr("Show the training that is under way.")
        )
        self.button.hide()
        self.button.clicked.connect(self.show)

    @property
    def trainer(self) -> Trainer:
        """What runs and watches the training process, made when it is first asked for."""
        if self._trainer is None:
            from aestudio.ui.training.trainer import Trainer

            self._trainer = Trainer(self)
            self._trainer.changed.connect(self._on_changed)
            self._trainer.ended.connect(self._on_ended)
            self.give_way(self._hub is not None and not self._hub.idle)
        return self._trainer

    def give_way(self, wanted: bool) -> None:
        """Let a run wait while the window has work that a person waits for."""
        if self._trainer is not None:
            self._trainer.give_way(wanted)

    def show(self) -> None:
        """Open the training window, or bring it to the front."""
        from aestudio.ui.dialogs.train import TrainDialog

        if self._dialog is not None:
            self._dialog.form.show_photo(*self._photo())
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        self.trainer.find_unfinished()
        self._dialog = TrainDialog(self.trainer, self._window, self._hub)
        self._dialog.form.show_photo(*self._photo())
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.finished.connect(self._on_closed)
        self._dialog.show()

    def learn_from_photo(self) -> None:
        """Ask for a run that learns from the photo that is open."""
        self.show()
        assert self._dialog is not None
        run = self.trainer.run
        if run is not None and run.finished is not None and not run.state.alive:
            # its model is kept: the form takes the place of what came of it
            self.trainer.discard()
        self._dialog.form.learn_from_photo()

    def may_close(self) -> bool:
        """Ask whether to close although a model is being trained; True where none is."""
        return self._trainer is None or not self._trainer.alive or self._sure()

    def close_down(self) -> None:
        """Pause what runs; the next start offers to go on with it."""
        if self._dialog is not None:
            self._dialog.close()
        self._awake.keep(False)
        if self._trainer is not None:
            self._trainer.close_down()

    def restyle(self) -> None:
        """Draw the curves in the theme's colours."""
        if self._dialog is not None:
            self._dialog.watch.restyle()

    def _sure(self) -> bool:
        more = self.tr("What it has learned is kept: “Train a model” goes on where it stopped.")
        box = Question("closeTrainingQuestion", self.tr("A model is being trained."), more, self._window)
        close = box.answer(self.tr("Pause and close"), QMessageBox.ButtonRole.DestructiveRole)
        box.answer(self.tr("Go on training"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is close

    def _on_closed(self) -> None:
        self._dialog = None

    def _on_changed(self) -> None:
        run = self.trainer.run
        alive = self.trainer.alive
        self._awake.keep(alive)
        self.button.setVisible(alive)
        if run is not None and alive:
            share = run.latest.progress if run.latest else 0.0
            self.button.setText(self.tr("Training {share:.0%}").format(share=share))

    def _on_ended(self) -> None:
        from aestudio.ui.training import verdict
        from aestudio.ui.training.run import State

        run = self.trainer.run
        if run is None:
            return
        if run.state is State.DONE:
            self.model_made.emit()
            if run.request.crop is not None and run.finished is not None:
                self.learned.emit(run.request.folder, run.finished.model)
        if self._dialog is None and run.state is State.DONE:
            self.notice.emit(Notice("info", verdict.headline(run) + ".", verdict.report(run).replace("\n", " ")))
        if self._dialog is None and run.state is State.FAILED and run.refused is not None:
            self.notice.emit(Notice("failure", run.refused.what, run.refused.advice))
