"""The training studio's window: asks for a run, looks at its pictures, watches it. Closing it lets the run go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from aestudio.imageio.folders import holds
from aestudio.jobs.training import Remarked, Training
from aestudio.ui.naming import named
from aestudio.ui.screen_room import open_at
from aestudio.ui.training.checkup import CheckupPage
from aestudio.ui.training.form import TrainingForm
from aestudio.ui.training.trainer import Trainer
from aestudio.ui.training.watch import TrainingWatch

if TYPE_CHECKING:
    from aestudio.ui.job_hub import JobHub


class TrainDialog(QDialog):
    """A window of its own beside the studio's."""

    def __init__(self, trainer: Trainer, parent: QWidget | None = None, hub: JobHub | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        named(self, "trainDialog", self.tr("Train a model"))
        self.setWindowTitle(self.tr("Train a model"))
        open_at(self, 760, 600)
        # lower, what is asked would be seen one field at a time
        self.setMinimumHeight(400)
        self._trainer = trainer
        self.form = TrainingForm(hub)
        self.watch = TrainingWatch(trainer)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.form)
        self.pages.addWidget(self.watch)
        self.checkup = CheckupPage(hub)
        self.pages.addWidget(self.checkup)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.addWidget(self.pages)
        self.form.asked.connect(self._examine)
        self.checkup.go.connect(self._begin)
        self.checkup.back.connect(self._show)
        self.finished.connect(self.checkup.close_down)
        trainer.changed.connect(self._show)
        self._show()

    def _examine(self, request: Training) -> None:
        """Have the pictures looked at before the run begins; a single photo is looked at by whoever opened it."""
        if holds(request.folder.is_file):
            self._trainer.start(request)
            return
        self.pages.setCurrentWidget(self.checkup)
        self.checkup.examine(request)

    def _begin(self, request: Training, said: str) -> None:
        self._trainer.start(request)
        if said and self._trainer.run is not None:
            self._trainer.run.take(Remarked(said))
            self._show()

    def _show(self) -> None:
        if self._trainer.run is None and self.checkup.request is not None:
            return
        run = self._trainer.run
        if run is not None:
            self.watch.show_run(run)
        self.pages.setCurrentWidget(self.form if run is None else self.watch)
