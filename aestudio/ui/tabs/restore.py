"""What Denoise and Super-resolution share: the list, the canvas, the inspector and the status row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from aestudio.jobs.events import Failed, Judged, Started
from aestudio.jobs.spec import Means, RestorationTask
from aestudio.ui import words
from aestudio.ui.notifications import Notice
from aestudio.ui.restorer import Restorer
from aestudio.ui.tabs.canvas_area import CanvasArea
from aestudio.ui.tabs.catching_up import CatchingUp
from aestudio.ui.tabs.file_changes import FileChanges
from aestudio.ui.tabs.inspector import Inspector
from aestudio.ui.tabs.noise_picker import NoisePicker
from aestudio.ui.tabs.outgoing import Outgoing
from aestudio.ui.tabs.picture_states import PictureStates
from aestudio.ui.tabs.pictures_panel import PicturesPanel
from aestudio.ui.tabs.queue_actions import QueueActions
from aestudio.ui.tabs.region_brush import RegionBrush
from aestudio.ui.tabs.saves import Saves, failure_notice
from aestudio.ui.tabs.settings_keeper import SettingsKeeper
from aestudio.ui.tabs.status_row import StatusRow

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from aestudio.settings import Settings
    from aestudio.ui.canvas import Canvas
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.pictures import Pictures
    from aestudio.ui.queue_journal import QueueJournal


class RestoreTab(QWidget):
    """One task on the shared list of pictures. It works only while it is in front."""

    notice = Signal(object, object)
    """A Notice, and a callable for Try again (or None)."""
    open_asked = Signal()
    dropped = Signal(list)

    def __init__(
        self,
        task: RestorationTask,
        hub: JobHub,
        journal: QueueJournal,
        pictures: Pictures,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.task: RestorationTask = task
        self._pictures, self._settings = pictures, settings
        self._folded = False
        self.inspector = Inspector(task, settings)
        self.restorer = Restorer(
            hub, self.inspector.restoration, lambda: settings.max_pixels, lambda: self.view.in_sight(), self
        )
        self.keeper = SettingsKeeper(self.inspector, lambda: self.restorer.path, self)
        self.saves = Saves(hub, journal, self.inspector, self.keeper.choices, settings, pictures.pixels_of, self)
        self.outgoing = Outgoing(hub, self.inspector, self.restorer, self.saves, self)
        self.states = PictureStates(pictures, self.restorer, self.saves)
        self.area = CanvasArea(task, hub, pictures, self.restorer, lambda: settings.max_pixels)
        self.view, self.stack, self.bar = self.area.view, self.area.stack, self.area.bar
        self.drop_area, self.failed_page = self.area.drop_area, self.area.failed_page
        self.mixed, self.removed, self.invented = self.area.mixed, self.area.removed, self.area.invented
        self._on_canvas: Canvas | None = None
        self._build()
        self.catching_up = CatchingUp(self.file_list, self._show_state, self)
        self.brush = RegionBrush(self.inspector.region, self.view, self.restorer, self)
        self.noise_picker = NoisePicker(hub, self.inspector, self.view, self.restorer, self)
        self._connect()
        self.file_changes = FileChanges(pictures, self.restorer, self.saves, self.outgoing, self.keeper, self)
        self._on_pictures_added(pictures.paths())
        self.refresh()

    # Construction.

    def _build(self) -> None:
        self.panel = PicturesPanel()
        self.file_list, self.open_button = self.panel.files, self.panel.open_button
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addWidget(self.area, 1)
        row.addWidget(self.inspector)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row, 1)
        self.row = StatusRow()
        outer.addWidget(self.row)

    def _connect(self) -> None:
        self.drop_area.open_asked.connect(self.open_asked)
        self.drop_area.dropped.connect(self.dropped)
        self.open_button.clicked.connect(self.open_asked)
        self.file_list.picked.connect(self._on_picked)
        self.file_list.retry_asked.connect(self.retry)
        self.queue_actions = QueueActions(self.file_list, self._pictures, self.saves, self)
        self._pictures.added.connect(self._on_pictures_added)
        self._pictures.removed.connect(self._on_pictures_removed)
        self._pictures.returning.connect(self._on_returning)
        self._pictures.changed.connect(self._on_picture_changed)
        self.inspector.changed.connect(self._on_settings_changed)
        self.keeper.applied.connect(self._use_settings)
        self.keeper.mix_shown.connect(self.area.show_mix)
        self.keeper.picture_wanted.connect(self.file_list.pick)
        self.inspector.mix_changed.connect(self._on_mix)
        self.inspector.run_button.clicked.connect(self._run)
        self.failed_page.retry_asked.connect(self._run)
        self.inspector.save_button.clicked.connect(self.save_as)
        self.inspector.save_all_button.clicked.connect(self.save_all)
        self.row.cancel_button.clicked.connect(self.cancel)
        self.row.pause_button.clicked.connect(self._on_pause)
        self.restorer.shown.connect(self._show_layers)
        self.area.looked_anew.connect(self._show_layers)
        self.restorer.stepped.connect(self._on_step)
        self.restorer.load_failed.connect(self._pictures.failed)
        self.bar.notes_button.clicked.connect(self._say_notes)
        self.invented.failed.connect(
            lambda path, failure: self.notice.emit(failure_notice(failure, path), self.invented.again)
        )
        self.invented.told.connect(lambda ready: self.inspector.show_invented(self.invented.on, ready))
        self.saves.changed.connect(self._on_saves_changed)
        self.saves.notice.connect(self.notice)
        self.noise_picker.failed.connect(lambda path, failure: self.notice.emit(failure_notice(failure, path), None))
        self.outgoing.notice.connect(self.notice)
        self.outgoing.changed.connect(self.refresh)

    # The list.

    def _on_pictures_added(self, new: list[Path], show: bool = True) -> None:
        for path in new:
            self.file_list.add(path)
            self._on_picture_changed(path)
        if new and (self.file_list.current_path() is None or (show and self.restorer.active)):
            self.file_list.pick(new[0])
        self.refresh()

    def _on_returning(self, paths: list[Path]) -> None:
        for path in paths:
            self.keeper.choices.take_back(path)

    def _on_pictures_removed(self, paths: list[Path]) -> None:
        self.keeper.choices.forget(*paths)
        # the next one comes to the canvas here
        self.file_list.drop(paths)
        for path in paths:
            self.restorer.forget(path)
            self.saves.forget(path)
        if self.restorer.canvas is None:
            # its own settings must not become everyone's
            self.keeper.show(None)
        self.refresh()

    def _on_picture_changed(self, path: Path) -> None:
        picture = self._pictures[path]
        self.file_list.show_thumbnail(path, picture.thumbnail)
        if picture.thumbnail is not None:
            canvas = self.restorer.canvas
            if canvas is not None and canvas.path == path and canvas.facts is None:
                self._show_layers()
        self._show_state(path)

    def _on_picked(self, path: Path | None) -> None:
        self.keeper.show(path)
        self.restorer.show(path)

    def retry(self, path: Path, means: Means = "auto") -> None:
        """Try again what failed: opening or restoring a picture, or else saving it, by other means where asked."""
        is_open = path in self._pictures
        failed = is_open and self.states.failure_of(path) is not None
        if (not failed and self.saves.retry(path, means)) or not is_open:
            return
        self.saves.forget(path)
        self._pictures.retry(path)
        self.file_list.pick(path)
        if self.restorer.canvas is not None and self.restorer.canvas.path == path:
            self.restorer.run()
            self._show_layers()
        self._show_state(path)

    def _run(self) -> None:
        path = self.file_list.current_path()
        if path is not None:
            self.retry(path)

    def _show_state(self, path: Path) -> None:
        if path in self._pictures:
            self.file_list.show_state(path, *self.states.of(path))

    # The canvas.

    def set_active(self, active: bool) -> None:
        """Work only while in front."""
        self.restorer.set_active(active)
        self.area.set_active(active)
        self.refresh()

    def _show_layers(self) -> None:
        canvas, earlier = self.restorer.canvas, self._on_canvas
        if earlier is not None and (canvas is None or canvas.path != earlier.path):
            # The picture that was here before no longer works on anything.
            self._show_state(earlier.path)
        facts = canvas.facts if canvas is not None else None
        self.inspector.show_size(*((facts.width, facts.height) if facts is not None else (0, 0)))
        if canvas is not earlier:
            self._show_noise()
            self.inspector.show_trust(*((canvas.started, canvas.judged) if canvas is not None else (None, None)))
            if canvas is not None:
                # what was restored before and is kept is there at once
                self._show_state(canvas.path)
        self._on_canvas = canvas
        self.area.show_canvas()
        self.refresh()

    def _on_mix(self) -> None:
        self.area.show_mix(self.inspector.choice().mix)
        self.inspector.show_strength()
        self.keeper.note()
        # what was saved may have been mixed otherwise, or just so
        self.catching_up.take(self.saves.spoken_of())

    def _on_settings_changed(self) -> None:
        if not self.keeper.showing:
            self.keeper.note()
            self._use_settings()

    def _use_settings(self) -> None:
        self.restorer.settings_changed()
        self.catching_up.take(self._pictures.paths())
        self.refresh()

    def _on_step(self, event: object) -> None:
        canvas = self.restorer.canvas
        if canvas is None:
            return
        if isinstance(event, (Started, Judged)):
            self._show_noise()
            self.inspector.show_trust(canvas.started, canvas.judged)
        if isinstance(event, Failed):
            path = canvas.path
            if canvas.facts is not None:
                self.notice.emit(failure_notice(event, path), lambda: self.retry(path))
            self._show_layers()
        self._show_state(canvas.path)
        self.refresh()

    def _show_noise(self) -> None:
        started = self.restorer.canvas.started if self.restorer.canvas is not None else None
        if started is not None and started.noise is not None and started.estimated:
            self.inspector.show_noise(started.noise)
        else:
            self.inspector.show_unmeasured()

    # Saving.

    def save_to(self, target: Path, overwrite: bool = False) -> None:
        """Save the picture on the canvas to ``target``; its suffix decides the format."""
        if self.restorer.canvas is not None:
            self.saves.save_to(self.restorer.canvas.path, target, overwrite)

    def save_as(self) -> None:
        """Ask how the picture on the canvas is saved, and save it."""
        if self.restorer.canvas is not None and self.inspector.save_button.isEnabled():
            self.saves.save_as(self.restorer.canvas.path)

    def save_all(self) -> None:
        """Ask how every picture of the list is saved, and save them."""
        self.saves.save_all(self._pictures.paths())

    def save_all_to(self, folder: Path) -> None:
        """Save every picture of the list into ``folder``; files that exist are left alone."""
        self.saves.save_all_to(self._pictures.paths(), folder)

    def _on_saves_changed(self, path: Path | None) -> None:
        self.catching_up.take(self._pictures.paths() if path is None else [path])
        self.refresh()

    def _on_pause(self, paused: bool) -> None:
        self.saves.pause(paused)
        self.refresh()

    # The status row and what can be done.

    @property
    def busy(self) -> bool:
        """Whether anything of this tab is under way."""
        return self.restorer.busy or self.saves.busy or self.outgoing.busy

    def cancel(self) -> None:
        """Stop everything of this tab."""
        self.saves.cancel()
        self.outgoing.cancel()
        self.restorer.cancel()
        self.refresh()

    def refresh(self) -> None:
        """Show what is going on, and enable what makes sense."""
        canvas, number = self.restorer.canvas, len(self._pictures)
        model = self.inspector.restoration() is not None
        readable = canvas is not None and (canvas.facts is not None or canvas.failure is None)
        self.bar.setVisible(number > 0)
        self.bar.setEnabled(self.area.shows_picture)
        self.panel.show_number(number)
        self.drop_area.show_lack("" if self.inspector.card() else self.tr("No model for this task is installed."))
        self.inspector.run_button.setEnabled(canvas is not None and model)
        again = self.restorer.current_result and not self.restorer.busy
        self.inspector.run_button.setText(self.tr("Restore again") if again else self.tr("Restore"))
        for button in (self.inspector.save_button, self.inspector.copy_button, self.inspector.drag_handle):
            button.setEnabled(readable and model)
        # a picture that cannot become that large keeps no other one from it
        self.inspector.save_all_button.setEnabled(number > 0 and self.inspector.choice().valid(self.task))
        self.inspector.save_all_button.setText(
            self.tr("Save all {n}").format(n=number) if number > 1 else self.tr("Save all")
        )
        self.row.show_busy(self.busy)
        self.row.show_queue(self.saves.busy and self.saves.tally.total > 1, self.saves.paused)
        self.row.status.setText(self._status())
        self.row.saved_label.setText(self.saves.summary())
        progress = self.restorer.progress
        restored = (progress.done, progress.total) if progress is not None else (0, 1)
        self.row.show_progress(*(self.saves.steps() if self.saves.busy else restored))
        self.bar.show_facts(self._facts_texts(), self._notes())

    def _notes(self) -> tuple[str, ...]:
        """Return what is to be known of the picture on the canvas, in sentences."""
        facts = self.restorer.canvas.facts if self.restorer.canvas is not None else None
        if facts is None:
            return ()
        squares = (self.tr("Grey squares show through where it is transparent."),) if facts.has_alpha else ()
        return (*facts.notes, *squares)

    def _facts_texts(self) -> tuple[str, ...]:
        """Return the picture's size and depth, and the result's size where that is another, ever more shortly."""
        canvas = self.restorer.canvas
        if canvas is None or canvas.facts is None:
            return ()
        facts = canvas.facts
        sizes = [(facts.width, facts.height)]
        if canvas.after is not None and self.task == "upscale":
            sizes.append((canvas.after.width, canvas.after.height))
        depth = {"8": self.tr("8 bits"), "16": self.tr("16 bits"), "32f": self.tr("float")}.get(
            facts.depth, facts.depth
        )
        short = " → ".join(f"{width} × {height}" for width, height in sizes)
        return (" → ".join(words.size(*size) for size in sizes) + f" · {depth}", f"{short} · {depth}", short)

    def _say_notes(self) -> None:
        canvas = self.restorer.canvas
        if canvas is not None and canvas.facts is not None:
            words = " ".join((f"{canvas.path.name}:", *self._notes()))
            self.notice.emit(Notice("info", words), None)

    def _status(self) -> str:
        canvas = self.restorer.canvas
        if not self.inspector.card():
            return self.tr("No model for this task is installed. Install aestudio again, or train one.")
        if self.saves.busy:
            return self.saves.words()
        if self.outgoing.busy:
            return self.tr("Making a file of the result…")
        if canvas is None:
            return self.tr("Ready.")
        if self.restorer.loading:
            return self.tr("Opening {name}…").format(name=canvas.path.name)
        if canvas.failure is not None and not self.restorer.busy:
            return f"{canvas.failure.what} {canvas.failure.advice}".strip()
        if self.restorer.busy:
            return words.working(self.tr("Restoring…"), self.restorer.progress)
        if self.restorer.current_result:
            return " ".join((words.done(canvas.started), words.filling(self.restorer.progress))).strip()
        if canvas.stopped is not None:
            return self.tr("Stopped. Restore goes on from here.")
        return self.tr("Ready.")

    # Panels.

    def fold_panels(self, folded: bool) -> None:
        """Hide everything but the canvas, or show it again."""
        self._folded = folded
        self.inspector.setVisible(not folded)
        self.panel.setVisible(not folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Panels together take at most a third, so that the picture keeps two thirds of the window.
        width = event.size().width()
        self.panel.setFixedWidth(min(max(round(width * 0.11), 108), 176))
        self.inspector.setFixedWidth(min(max(round(width * 0.2), 208), 304))
        super().resizeEvent(event)

    def restyle(self) -> None:
        """Follow a change of theme."""
        self.area.restyle()

    def close_down(self) -> None:
        """Stop everything, for good."""
        self.invented.close()
        self.restorer.close()
        self.saves.close_down()
        self.outgoing.close_down()

    def focus_canvas(self) -> None:
        """Give the keys to the picture."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
