"""What Denoise and Super-resolution share: the list, the canvas, the inspector and the status row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aestudio.jobs.events import Failed, Finished, Progress, Started
from aestudio.jobs.spec import Output, RestorationTask, Save
from aestudio.ui import words
from aestudio.ui.naming import label, named, push_button, tool_button
from aestudio.ui.notifications import Notice
from aestudio.ui.picture_files import free_names, output_format, result_name
from aestudio.ui.restorer import Restorer
from aestudio.ui.saver import Saver, Tally
from aestudio.ui.tabs.inspector import Inspector
from aestudio.ui.widgets.canvas_bar import CanvasBar
from aestudio.ui.widgets.compare_view import CompareView
from aestudio.ui.widgets.drop_area import DropArea
from aestudio.ui.widgets.failed_page import FailedPage
from aestudio.ui.widgets.file_list import FileList, State
from aestudio.ui.widgets.tile_pyramid import TilePyramid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from aestudio.settings import Settings
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.pictures import Pictures


class RestoreTab(QWidget):
    """One task on the shared list of pictures. It works only while it is in front."""

    notice = Signal(object, object)
    """A Notice, and a callable for Try again (or None)."""
    open_asked = Signal()
    dropped = Signal(list)

    def __init__(
        self, task: RestorationTask, hub: JobHub, pictures: Pictures, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.task: RestorationTask = task
        self._pictures, self._settings = pictures, settings
        self._folded = False
        self.inspector = Inspector(task)
        self.restorer = Restorer(hub, self.inspector.restoration, lambda: settings.max_pixels, self)
        self.saver = Saver(hub, self)
        self._saved: dict[Path, str] = {}
        self._save_failures: dict[Path, Failed] = {}
        self._last_tally: Tally | None = None
        self._on_canvas: Path | None = None
        self._build()
        self._connect()
        self._on_pictures_added(pictures.paths())
        self.refresh()

    # Construction.

    def _build(self) -> None:
        self.file_list = named(FileList(), "fileList", self.tr("Pictures"), self.tr("The pictures that are open."))
        self.list_title = label(self.tr("Pictures"), "section")
        self.open_button = tool_button(
            "openButton", self.tr("Open pictures"), self.tr("Choose pictures to restore (Ctrl+O)."), "open"
        )
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 6, 4)
        head.addWidget(self.list_title, 1)
        head.addWidget(self.open_button)
        self.hint = label("", "quiet", wrap=True)
        self.hint.setContentsMargins(12, 8, 12, 8)
        self.panel = QFrame()
        self.panel.setObjectName("panel")
        side = QVBoxLayout(self.panel)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addLayout(head)
        side.addWidget(self.file_list, 1)
        side.addWidget(self.hint)
        denoise = self.task == "denoise"
        self.drop_area = named(
            DropArea(
                self.tr("Drop a photo or a folder here"),
                self.tr("Its noise is measured and removed at once.")
                if denoise
                else self.tr("It is enlarged at once, with detail that a plain resize does not have."),
            ),
            "dropArea",
            self.tr("Drop pictures here"),
        )
        self.view = named(
            CompareView(),
            "compareView",
            self.tr("Before and after"),
            self.tr("Wheel zooms, drag moves, space shows the original, arrow keys move the divider."),
        )
        self.view.setToolTip("")
        self.stack = QStackedWidget()
        self.stack.setObjectName("canvasStack")
        self.failed_page = FailedPage()
        for page in (self.drop_area, self.view, self.failed_page):
            self.stack.addWidget(page)
        self.bar = CanvasBar(self.view)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addLayout(middle, 1)
        row.addWidget(self.inspector)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row, 1)
        outer.addWidget(self._make_status_row())

    def _make_status_row(self) -> QWidget:
        self.progress_bar = named(QProgressBar(), "progressBar", self.tr("Progress"))
        self.progress_bar.setTextVisible(False)
        self.status = named(label(""), "statusLabel", self.tr("Status"))
        self.saved_label = named(label("", "quiet"), "savedLabel", self.tr("Saved pictures"))
        self.cancel_button = push_button(
            "cancelButton", self.tr("Stop"), self.tr("Stop restoring and saving; finished files stay."), "stop"
        )
        policy = self.cancel_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.cancel_button.setSizePolicy(policy)
        self.status_row = QFrame()
        self.status_row.setObjectName("statusRow")
        lines = QVBoxLayout(self.status_row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.progress_bar)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(16)
        row.addWidget(self.status, 1)
        row.addWidget(self.saved_label)
        row.addWidget(self.cancel_button)
        lines.addLayout(row)
        return self.status_row

    def _connect(self) -> None:
        self.drop_area.open_asked.connect(self.open_asked)
        self.drop_area.dropped.connect(self.dropped)
        self.open_button.clicked.connect(self.open_asked)
        self.file_list.picked.connect(self.restorer.show)
        self.file_list.retry_asked.connect(self.retry)
        self.file_list.remove_asked.connect(self._pictures.remove)
        self._pictures.added.connect(self._on_pictures_added)
        self._pictures.removed.connect(self._on_picture_removed)
        self._pictures.changed.connect(self._on_picture_changed)
        self.inspector.changed.connect(self._on_settings_changed)
        self.inspector.strength_changed.connect(self._on_strength)
        self.inspector.run_button.clicked.connect(self._run)
        self.failed_page.retry_asked.connect(self._run)
        self.inspector.save_button.clicked.connect(self.save_as)
        self.inspector.save_all_button.clicked.connect(self.save_all)
        self.cancel_button.clicked.connect(self.cancel)
        self.restorer.shown.connect(self._show_layers)
        self.restorer.tile_arrived.connect(self._on_tile)
        self.restorer.stepped.connect(self._on_step)
        self.restorer.load_failed.connect(self._pictures.failed)
        self.saver.began.connect(lambda path: self._show_state(path))
        self.saver.progressed.connect(lambda _: self.refresh())
        self.saver.saved.connect(self._on_saved)
        self.saver.failed.connect(self._on_save_failed)
        self.saver.stopped.connect(lambda path: self._show_state(path))
        self.saver.round_ended.connect(self._on_round_ended)

    # The list.

    def _on_pictures_added(self, new: list[Path]) -> None:
        for path in new:
            self.file_list.add(path)
            self._on_picture_changed(path)
        if new and (self.file_list.current_path() is None or self.restorer.active):
            self.file_list.pick(new[0])
        self.refresh()

    def _on_picture_removed(self, path: Path) -> None:
        self.restorer.forget(path)
        self._saved.pop(path, None)
        self._save_failures.pop(path, None)
        self.file_list.drop(path)
        if self.restorer.canvas is None and self.file_list.current_path() is not None:
            self.restorer.show(self.file_list.current_path())
        self.refresh()

    def _on_picture_changed(self, path: Path) -> None:
        picture = self._pictures[path]
        if picture.thumbnail is not None:
            self.file_list.show_thumbnail(path, picture.thumbnail)
            canvas = self.restorer.canvas
            if canvas is not None and canvas.path == path and canvas.facts is None:
                self._show_layers()
        self._show_state(path)

    def retry(self, path: Path) -> None:
        """Try a failed picture again."""
        self._save_failures.pop(path, None)
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

    def state_of(self, path: Path) -> tuple[State, str]:
        """Return where a picture stands, and why where it failed."""
        canvas = self.restorer.canvas if self.restorer.canvas and self.restorer.canvas.path == path else None
        failure = (canvas.failure if canvas else None) or self._save_failures.get(path) or self._pictures[path].failure
        if self.saver.is_saving(path):
            return State.SAVING, ""
        if canvas is not None and self.restorer.busy:
            return (State.LOADING if self.restorer.loading else State.RESTORING), ""
        if failure is not None:
            return State.FAILED, f"{failure.what} {failure.advice}".strip()
        if path in self._saved:
            return State.SAVED, self._saved[path]
        if canvas is not None and self.restorer.current_result:
            return State.DONE, ""
        return State.WAITING, ""

    def _show_state(self, path: Path) -> None:
        if path in self._pictures:
            self.file_list.show_state(path, *self.state_of(path))

    # The canvas.

    def set_active(self, active: bool) -> None:
        """Work only while in front."""
        self.restorer.set_active(active)
        self.refresh()

    def _show_layers(self) -> None:
        canvas = self.restorer.canvas
        if self._on_canvas is not None and (canvas is None or canvas.path != self._on_canvas):
            # The picture that was here before no longer works on anything.
            self._show_state(self._on_canvas)
        self._on_canvas = canvas.path if canvas is not None else None
        if canvas is None:
            self.stack.setCurrentWidget(self.drop_area)
            self.view.show_layers(None, None, None, None)
        elif canvas.facts is None and canvas.failure is not None:
            self.failed_page.show_failure(canvas.path.name, canvas.failure)
            self.stack.setCurrentWidget(self.failed_page)
        else:
            self.stack.setCurrentWidget(self.view)
            base = canvas.base or self._thumbnail_layer(canvas.path)
            whole = canvas.after or base
            size = (whole.width, whole.height) if whole is not None else None
            self.view.show_layers(size, base, canvas.before, canvas.after)
        self.refresh()

    def _thumbnail_layer(self, path: Path) -> TilePyramid | None:
        """Return the list's small view as the picture, until the engine has opened the file."""
        picture = self._pictures[path]
        if picture.thumbnail is None:
            return None
        layer = TilePyramid(picture.width, picture.height)
        layer.preview = picture.thumbnail
        return layer

    def _on_tile(self, x: int, y: int, width: int, height: int, of_result: bool) -> None:
        canvas = self.restorer.canvas
        if canvas is None or canvas.base is None:
            return
        scale = 1.0 if of_result or canvas.after is None else canvas.after.width / canvas.base.width
        self.view.tile_changed(x, y, width, height, scale)

    def _on_strength(self, strength: float) -> None:
        self.view.strength = strength
        if self.restorer.canvas is not None:
            # What was saved was saved with another strength.
            self._saved.pop(self.restorer.canvas.path, None)
            self._show_state(self.restorer.canvas.path)

    def _on_settings_changed(self) -> None:
        self._saved.clear()
        self.restorer.settings_changed()
        for path in self._pictures.paths():
            self._show_state(path)
        self.refresh()

    def _on_step(self, event: object) -> None:
        canvas = self.restorer.canvas
        if canvas is None:
            return
        if isinstance(event, Started) and event.noise is not None:
            self.inspector.show_noise(event.noise, event.estimated)
        if isinstance(event, Failed):
            path = canvas.path
            if canvas.facts is not None:
                self._tell(event, path, lambda: self.retry(path))
            self._show_layers()
        if isinstance(event, Finished) and self.restorer.loading is False and canvas.facts is not None:
            self._save_failures.pop(canvas.path, None)
        self._show_state(canvas.path)
        self.refresh()

    def _tell(self, failure: Failed, path: Path, retry: Callable[[], None] | None) -> None:
        what = failure.what if path.name in failure.what else f"{path.name}: {failure.what}"
        self.notice.emit(Notice("failure", what, failure.advice, failure.details), retry)

    # Saving.

    def save_to(self, target: Path, overwrite: bool = False) -> None:
        """Save the picture on the canvas to ``target``; its suffix decides the format."""
        canvas, restoration = self.restorer.canvas, self.inspector.restoration()
        if canvas is None or restoration is None:
            return
        job = self._save_job(canvas.path, target, overwrite)
        if job is not None:
            self.saver.save([job])
            self.refresh()

    def _save_job(self, path: Path, target: Path, overwrite: bool = False) -> Save | None:
        restoration, wanted = self.inspector.restoration(), output_format(target)
        if restoration is None:
            return None
        if wanted is None:
            what = f"“{target.suffix or target.name}” is not a format that can be written."
            self.notice.emit(Notice("attention", what, "Choose .png, .tif, .jpg, .webp, .avif, .jxl or .exr."), None)
            return None
        output = Output(format=wanted, overwrite=overwrite)
        strength = self.inspector.strength.value / 100
        return Save(str(path), restoration, str(target.absolute()), strength, output, self._settings.max_pixels)

    def save_as(self) -> None:
        """Ask for a file and save the picture on the canvas to it."""
        canvas = self.restorer.canvas
        if canvas is None or not self.inspector.save_button.isEnabled():
            return
        folder = Path(self._settings.save_folder or canvas.path.parent)
        suggested = folder / result_name(canvas.path, self.task)
        kinds = self.tr("Pictures (*.png *.tif *.tiff *.jpg *.jpeg *.webp *.avif *.jxl *.exr *.jp2 *.bmp)")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the restored picture"), str(suggested), kinds)
        if chosen:
            target = Path(chosen)
            if not target.suffix:
                target = target.with_name(target.name + suggested.suffix)
            self._settings.save_folder = str(target.parent)
            # The dialog has asked about a file that exists, unless the suffix was added after it.
            self.save_to(target, overwrite=str(target) == chosen)

    def save_all(self) -> None:
        """Ask for a folder and save every picture of the list into it."""
        start = self._settings.save_folder or self._settings.open_folder
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Save all into this folder"), start)
        if chosen:
            self._settings.save_folder = chosen
            self.save_all_to(Path(chosen))

    def save_all_to(self, folder: Path) -> None:
        """Save every picture of the list into ``folder``; files that exist are left alone."""
        paths = self._pictures.paths()
        targets = free_names(paths, folder, self.task)
        jobs = [self._save_job(path, target) for path, target in zip(paths, targets, strict=True)]
        self._save_failures.clear()
        self.saver.save([job for job in jobs if job is not None])
        self.refresh()

    def _on_saved(self, path: Path, output: str) -> None:
        self._saved[path] = output
        self._save_failures.pop(path, None)
        self._show_state(path)
        self.refresh()

    def _on_save_failed(self, path: Path, failure: Failed) -> None:
        self._save_failures[path] = failure
        self._show_state(path)
        self.refresh()

    def _on_round_ended(self, tally: Tally) -> None:
        self._last_tally = tally
        if len(tally.failed) == 1:
            path, failure = tally.failed[0]
            self._tell(failure, path, tally.retry(self.saver))
        elif tally.failed:
            what = f"{len(tally.failed)} of {tally.total} pictures could not be saved."
            lines = [f"{p}: {f.what} {f.advice}\n{f.details}".rstrip() for p, f in tally.failed]
            advice = "The others are done; the reasons are in the list."
            self.notice.emit(Notice("failure", what, advice, "\n".join(lines)), tally.retry(self.saver))
        self.refresh()

    # The status row and what can be done.

    @property
    def busy(self) -> bool:
        """Whether anything of this tab is under way."""
        return self.restorer.busy or self.saver.busy

    def cancel(self) -> None:
        """Stop everything of this tab."""
        self.saver.cancel()
        self.restorer.cancel()
        self.refresh()

    def refresh(self) -> None:
        """Show what is going on, and enable what makes sense."""
        canvas, number = self.restorer.canvas, len(self._pictures)
        model = self.inspector.restoration() is not None
        readable = canvas is not None and (canvas.facts is not None or canvas.failure is None)
        self.bar.setVisible(number > 0)
        self.hint.setText(self.tr("Drop more anywhere") if number else self.tr("None yet"))
        self.drop_area.show_lack("" if self.inspector.card() else self.tr("No model for this task is installed."))
        self.list_title.setText(self.tr("Pictures {n}").format(n=number) if number else self.tr("Pictures"))
        self.inspector.run_button.setEnabled(canvas is not None and model)
        again = self.restorer.current_result and not self.restorer.busy
        self.inspector.run_button.setText(self.tr("Restore again") if again else self.tr("Restore"))
        self.inspector.save_button.setEnabled(readable and model)
        self.inspector.save_all_button.setEnabled(number > 0 and model)
        self.inspector.save_all_button.setText(
            self.tr("Save all {n}").format(n=number) if number > 1 else self.tr("Save all")
        )
        self.cancel_button.setVisible(self.busy)
        self.cancel_button.setEnabled(self.busy)
        self.status.setText(self._status())
        self._show_progress()
        tally = self.saver.tally if self.saver.busy else self._last_tally
        saved = f"{len(tally.saved)} of {tally.total} saved" if tally is not None and tally.total else ""
        if tally is not None and tally.failed:
            saved += f", {len(tally.failed)} failed"
        self.saved_label.setText(saved)
        facts = canvas.facts if canvas is not None else None
        self.bar.notes.setText(self._facts_text() if facts is not None else "")
        self.bar.notes.setToolTip("\n".join(facts.notes) if facts is not None else "")

    def _facts_text(self) -> str:
        canvas = self.restorer.canvas
        if canvas is None or canvas.facts is None:
            return ""
        facts = canvas.facts
        text = words.size(facts.width, facts.height)
        if canvas.after is not None and canvas.before is not None:
            text += f" → {words.size(canvas.after.width, canvas.after.height)}"
        depth = {"8": "8 bits", "16": "16 bits", "32f": "float"}.get(facts.depth, facts.depth)
        return f"{text} · {depth}" + (f" · {facts.notes[0]}" if facts.notes else "")

    def _show_progress(self) -> None:
        progress = self.restorer.progress
        if self.saver.busy and self.saver.tally.total > 1:
            self.progress_bar.setRange(0, self.saver.tally.total)
            self.progress_bar.setValue(self.saver.tally.ended)
        elif self.saver.busy and self.saver.progress is not None:
            self.progress_bar.setRange(0, max(1, self.saver.progress.total))
            self.progress_bar.setValue(self.saver.progress.done)
        else:
            self.progress_bar.setRange(0, max(1, progress.total) if progress else 1)
            self.progress_bar.setValue(progress.done if progress else 0)

    def _status(self) -> str:
        canvas = self.restorer.canvas
        if not self.inspector.card():
            return self.tr("No model for this task is installed. Install aestudio again, or train one.")
        if self.saver.busy:
            return self._saving_words()
        if canvas is None:
            return self.tr("Ready.")
        if self.restorer.loading:
            return self.tr("Opening {name}…").format(name=canvas.path.name)
        if canvas.failure is not None and not self.restorer.busy:
            return f"{canvas.failure.what} {canvas.failure.advice}".strip()
        if self.restorer.busy:
            return self._working_words(self.tr("Restoring…"), self.restorer.progress)
        if self.restorer.current_result:
            return self._done_words()
        if canvas.stopped is not None:
            return self.tr("Stopped. Restore goes on from here.")
        return self.tr("Ready.")

    def _saving_words(self) -> str:
        tally = self.saver.tally
        if tally.total > 1:
            return self.tr("Saving {n} of {total}…").format(n=min(tally.ended + 1, tally.total), total=tally.total)
        return self._working_words(self.tr("Saving…"), self.saver.progress)

    @staticmethod
    def _working_words(verb: str, progress: Progress | None) -> str:
        if progress is None:
            return verb
        left = words.seconds_left(progress.seconds_left)
        tiles = f"{progress.done} of {words.count(progress.total, 'tile', 'tiles')}"
        return ", ".join(part for part in (f"{verb} {tiles}", left) if part)

    def _done_words(self) -> str:
        canvas = self.restorer.canvas
        if canvas is None or canvas.started is None:
            return self.tr("Done.")
        started = canvas.started
        if started.noise is not None:
            how = "Noise measured at" if started.estimated else "Noise set to"
            return f"Done. {how} {started.noise:.1f} of 255."
        return f"Done. {words.size(started.width, started.height)}."

    # Panels.

    def fold_panels(self, folded: bool) -> None:
        """Hide everything but the canvas, or show it again."""
        self._folded = folded
        self.inspector.setVisible(not folded)
        self.panel.setVisible(not folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Panels together take at most a third, so that the picture keeps two thirds of the window.
        width = event.size().width()
        self.panel.setFixedWidth(min(max(round(width * 0.11), 104), 176))
        self.inspector.setFixedWidth(min(max(round(width * 0.2), 208), 304))
        super().resizeEvent(event)

    def restyle(self) -> None:
        """Follow a change of theme."""
        self.drop_area.restyle()
        self.failed_page.restyle()
        self.view.update()

    def close_down(self) -> None:
        """Stop everything, for good."""
        self.restorer.close()

    def focus_canvas(self) -> None:
        """Give the keys to the picture."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
