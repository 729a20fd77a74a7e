"""Saves a path as an animation or as frames, and says beforehand how large that becomes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from aestudio.jobs.events import Event, Failed, Finished, Progress, SizeEstimated
from aestudio.jobs.walks import EstimateWalk, ExportWalk
from aestudio.ui.notifications import Notice
from aestudio.ui.preflight import size
from aestudio.ui.question import ask_for_file

if TYPE_CHECKING:
    from aestudio.ui.generate.bench import Bench
    from aestudio.ui.generate.path_panel import PathPanel

TRIED = 9
"""Frames by which the size of a file is estimated."""


class WalkSaver(QObject):
    """``whole`` makes the job that saves the path to a target, or None where there is no path."""

    def __init__(
        self, bench: Bench, panel: PathPanel, whole: Callable[[str], ExportWalk | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bench, self._panel, self._whole = bench, panel, whole
        self._targets: dict[str, Path] = {}
        """The file, or the folder of frames, that a path is saved to, by job."""
        self._asked = ""
        panel.saving_changed.connect(self.estimate)
        panel.save_button.clicked.connect(self.save)

    @property
    def busy(self) -> bool:
        """Whether a path is being saved."""
        return bool(self._targets)

    @property
    def writing(self) -> list[Path]:
        """The files, and the folders of frames, that are being written."""
        return list(self._targets.values())

    def estimate(self) -> None:
        """Ask how large the file becomes, while that shows."""
        if self._asked:
            self._bench.hub.drop(self._asked)
            self._asked = ""
        whole = self._whole("")
        if whole is None or not self._panel.fold.isChecked():
            self._panel.size_words.setText("")
            return
        job = EstimateWalk(
            whole.model,
            whole.vectors[:TRIED],
            len(whole.vectors),
            whole.form,
            whole.side,
            whole.seconds,
            whole.labels[:TRIED],
        )
        self._asked = job.id
        self._bench.hub.submit(job, self._on_estimated, waited=False)

    def _on_estimated(self, event: Event) -> None:
        self._asked = ""
        if isinstance(event, SizeEstimated):
            self._panel.size_words.setText(self.tr("About {size}.").format(size=size(event.bytes)))
        elif isinstance(event, Failed):
            self._panel.size_words.setText(f"{event.what} {event.advice}".strip())

    def save(self) -> None:
        """Ask for a file, or for a folder of frames, and save the path there."""
        settings, form = self._bench.settings, self._panel.form
        whole = self._whole("")
        if whole is None:
            return
        folder, title = settings.save_folder or str(Path.home()), self.tr("Save the path")
        if form == "png":
            chosen = QFileDialog.getExistingDirectory(self._panel, title, folder)
            target = Path(chosen) if chosen else None
        else:
            suggested, kinds = Path(folder) / f"{whole.stem}.{form}", f"{form.upper()} (*.{form})"
            target = ask_for_file(self._panel, title, suggested, kinds, [f".{form}"])
        if target is not None:
            settings.save_folder = str(target if form == "png" else target.parent)
            self.export_to(target)

    def export_to(self, target: Path) -> None:
        """Save the path to a file, or its frames into a folder."""
        job = self._whole(str(target.absolute()))
        if job is not None:
            self._targets[job.id] = target
            self._bench.hub.submit(job, self._on_event)
            self._bench.changed.emit()

    def stop(self) -> None:
        """Save no more; nothing half-written stays."""
        for job_id in self._targets:
            self._bench.hub.cancel(job_id)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._bench.tell_progress(event.done, event.total)
            return
        self._targets.pop(event.id, None)
        self._bench.tell_progress(0, 1)
        if isinstance(event, Finished):
            self._bench.notice.emit(Notice("info", self.tr("Saved {path}.").format(path=event.output)))
        elif isinstance(event, Failed):
            self._bench.say(event)
        self._bench.changed.emit()
