"""Saving from a restoring tab: which file, which name, what was saved and what failed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from aestudio.jobs.events import Failed
from aestudio.jobs.spec import EstimateSize, Output, Save
from aestudio.ui import words
from aestudio.ui.notifications import Notice
from aestudio.ui.outputs import choices_of, output_of, suffix_of
from aestudio.ui.picture_files import free_names, output_format, result_name
from aestudio.ui.saver import Saver, Tally
from aestudio.ui.sizes import Sizes, share_of
from aestudio.ui.widgets.file_list import State

if TYPE_CHECKING:
    from aestudio.settings import Settings
    from aestudio.ui.choices import Choices
    from aestudio.ui.dialogs.save import SaveDialog
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.tabs.inspector import Inspector

FORMATS = "*.png *.tif *.tiff *.jpg *.jpeg *.webp *.avif *.jxl *.exr *.jp2 *.bmp"


def failure_notice(failure: Failed, path: Path) -> Notice:
    """Return the notice of a failure with one file, whose name it says."""
    what = failure.what if path.name in failure.what else f"{path.name}: {failure.what}"
    return Notice("failure", what, failure.advice, failure.details)


class Saves(Saver):
    """Builds Save jobs of the settings in force, and keeps what became of each file.

    ``pixels`` tells how many a file has (0: not known). ``dialog`` is the one that is open.

    ``changed`` carries the file whose state changed (None: all); ``notice`` as in RestoreTab.
    """

    changed = Signal(object)
    notice = Signal(object, object)

    def __init__(
        self,
        hub: JobHub,
        inspector: Inspector,
        choices: Choices,
        settings: Settings,
        pixels: Callable[[Path], int],
        parent: QWidget,
    ) -> None:
        super().__init__(hub, parent)
        self._pixels = pixels
        self.dialog: SaveDialog | None = None
        self._inspector, self._choices, self._settings, self._widget = inspector, choices, settings, parent
        self._done: dict[Path, str] = {}
        self._failures: dict[Path, Failed] = {}
        self._last: Tally | None = None
        self.began.connect(self.changed)
        self.stopped.connect(self.changed)
        self.progressed.connect(lambda _: self.changed.emit(None))
        self.saved.connect(self._on_saved)
        self.failed.connect(self._on_failed)
        self.round_ended.connect(self._on_round_ended)

    # What to save.

    def save_to(self, path: Path, target: Path, overwrite: bool = False) -> None:
        """Save one result to ``target``; its suffix decides the format."""
        job = self._job(path, target, overwrite)
        if job is not None:
            self.save([job])
            self.changed.emit(path)

    def save_as(self, path: Path) -> None:
        """Ask how one result is saved, and save it."""
        self._ask_how([path])

    def save_all(self, sources: list[Path]) -> None:
        """Ask how all results are saved, and save them."""
        if sources:
            self._ask_how(sources)

    def save_all_to(self, sources: list[Path], folder: Path) -> None:
        """Save all results into ``folder``, under names that are free."""
        stored = self._settings
        suffix = suffix_of(stored)
        self._save(sources, free_names(sources, folder, self._inspector.task, suffix, stored.name_template))

    def _ask_how(self, sources: list[Path]) -> None:
        from aestudio.ui.dialogs.save import SaveDialog

        dialog = SaveDialog(self._inspector.task, sources, self._settings, self._widget)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        before = choices_of(self._settings)

        def answered() -> None:
            if choices_of(self._settings) != before:
                self.forget()  # what was saved was saved otherwise
                self.changed.emit(None)

        def save() -> None:
            answered()
            self._save(sources, dialog.targets(), dialog.replaces)

        def name_file() -> None:
            answered()
            self._name_file(sources[0])

        sizes = Sizes(self._hub, self._estimate, share_of([self._pixels(source) for source in sources]), dialog)
        dialog.size_wanted.connect(sizes.ask)
        dialog.accepted.connect(save)
        dialog.file_asked.connect(name_file)
        self.dialog = dialog
        dialog.finished.connect(self._on_dialog_closed)
        dialog.open()

    def _on_dialog_closed(self) -> None:
        self.dialog = None

    def close_down(self) -> None:
        """Ask no longer."""
        if self.dialog is not None:
            self.dialog.reject()

    def _name_file(self, path: Path) -> None:
        """Ask for a file in the system's own dialog and save one result to it; its suffix decides the format."""
        folder = path.parent if self._settings.save_beside else Path(self._settings.save_folder or path.parent)
        suggested = folder / result_name(path, self._inspector.task, suffix_of(self._settings))
        title, kinds = self.tr("Save the restored picture"), self.tr("Pictures ({kinds})").format(kinds=FORMATS)
        chosen, _ = QFileDialog.getSaveFileName(self._widget, title, str(suggested), kinds)
        if chosen:
            target = Path(chosen)
            if not target.suffix:
                target = target.with_name(target.name + suggested.suffix)
            # The dialog has asked about a file that exists, unless the suffix was added after it.
            self.save_to(path, target, overwrite=bool(Path(chosen).suffix))

    def _save(self, sources: list[Path], targets: list[Path], overwrite: bool = False) -> None:
        jobs = [self._job(source, target, overwrite) for source, target in zip(sources, targets, strict=True)]
        self._failures.clear()
        self.save([job for job in jobs if job is not None])
        self.changed.emit(None)

    def _estimate(self, path: Path, output: Output) -> EstimateSize | None:
        choice = self._choices.of(path)
        restoration = choice.restoration(self._inspector.task)
        if restoration is None:
            return None
        return EstimateSize(str(path), restoration, choice.mix, output, self._settings.max_pixels)

    def _job(self, path: Path, target: Path, overwrite: bool = False) -> Save | None:
        choice, wanted = self._choices.of(path), output_format(target)
        restoration = choice.restoration(self._inspector.task)
        if restoration is None:
            return None
        if wanted is None:
            what = f"“{target.suffix or target.name}” is not a format that can be written."
            self.notice.emit(Notice("attention", what, "Choose .png, .tif, .jpg, .webp, .avif, .jxl or .exr."), None)
            return None
        output = output_of(self._settings, wanted, overwrite)
        return Save(str(path), restoration, str(target.absolute()), choice.mix, output, self._settings.max_pixels)

    # What became of it.

    def forget(self, path: Path | None = None) -> None:
        """Forget that a file was saved (None: that any was): it would be saved otherwise now."""
        if path is None:
            self._done.clear()
        else:
            self._done.pop(path, None)
            self._failures.pop(path, None)

    def state_of(self, path: Path) -> tuple[State, str] | None:
        """Return where a file stands as far as saving goes, and why; None where saving says nothing."""
        if self.is_saving(path):
            return State.SAVING, ""
        if path in self._failures:
            return State.FAILED, f"{self._failures[path].what} {self._failures[path].advice}".strip()
        return (State.SAVED, self._done[path]) if path in self._done else None

    def steps(self) -> tuple[int, int]:
        """Return (done, total): files where there are several, else tiles of the one."""
        if self.tally.total > 1 or self.progress is None:
            return self.tally.ended, self.tally.total
        return self.progress.done, self.progress.total

    def words(self) -> str:
        """Return what is going on, in a sentence."""
        if self.paused and not self._running:
            return self.tr("Paused: {n} of {total} saved.").format(n=len(self.tally.saved), total=self.tally.total)
        if self.tally.total > 1:
            number = min(self.tally.ended + 1, self.tally.total)
            return self.tr("Saving {n} of {total}…").format(n=number, total=self.tally.total)
        return words.working(self.tr("Saving…"), self.progress)

    def summary(self) -> str:
        """Return how the round that runs, or the last one, stands: ``4 of 12 saved, 1 failed``."""
        tally = self.tally if self.busy else self._last
        if tally is None or not tally.total:
            return ""
        return f"{len(tally.saved)} of {tally.total} saved" + (f", {len(tally.failed)} failed" if tally.failed else "")

    def _on_saved(self, path: Path, output: str) -> None:
        self._done[path] = output
        self._failures.pop(path, None)
        self.changed.emit(path)

    def _on_failed(self, path: Path, failure: Failed) -> None:
        self._failures[path] = failure
        self.changed.emit(path)

    def _on_round_ended(self, tally: Tally) -> None:
        self._last = tally
        retry: Callable[[], None] = tally.retry(self)
        if len(tally.failed) == 1:
            path, failure = tally.failed[0]
            self.notice.emit(failure_notice(failure, path), retry)
        elif tally.failed:
            what = f"{len(tally.failed)} of {tally.total} pictures could not be saved."
            lines = [f"{p}: {f.what} {f.advice}\n{f.details}".rstrip() for p, f in tally.failed]
            advice = "The others are done; the reasons are in the list."
            self.notice.emit(Notice("failure", what, advice, "\n".join(lines)), retry)
        self.changed.emit(None)
