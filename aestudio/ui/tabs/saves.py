"""Saving from a restoring tab: which file, which name, what was saved and what failed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from aestudio.jobs.events import Failed
from aestudio.jobs.spec import EstimateSize, Means, Output, Save
from aestudio.ui import words
from aestudio.ui.notifications import Notice
from aestudio.ui.outputs import choices_of, output_of, suffix_of
from aestudio.ui.picture_files import free_names, has_folder, output_format, pictures_folder, result_name
from aestudio.ui.question import ask_for_file
from aestudio.ui.saver import Saver, Tally
from aestudio.ui.sizes import Sizes, share_of
from aestudio.ui.widgets.file_list import State

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from aestudio.jobs.waiting import Entry
    from aestudio.settings import Settings
    from aestudio.ui.choices import Choices
    from aestudio.ui.dialogs.save import SaveDialog
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.queue_journal import QueueJournal
    from aestudio.ui.tabs.inspector import Inspector

FORMATS = "*.png *.tif *.tiff *.jpg *.jpeg *.webp *.avif *.jxl *.exr *.jp2 *.bmp"

OVER = (State.SAVED, State.SKIPPED, State.STOPPED)
"""States that a file has by the settings of the job that led to them."""


def failure_notice(failure: Failed, path: Path) -> Notice:
    """Return the notice of a failure with one file, whose name it says."""
    what = failure.what if path.name in failure.what else f"{path.name}: {failure.what}"
    return Notice("failure", what, failure.advice, failure.details)


def said(failure: Failed) -> str:
    """Return a failure in a sentence or two: what happened and what to do."""
    return f"{failure.what} {failure.advice}".strip()


class Saves(Saver):
    """Builds Save jobs of the settings in force, and keeps what became of each file, and by which job.

    ``pixels`` tells how many a file has (0: not known). ``dialog`` is the one that is open.

    ``changed`` carries the file whose state changed (None: many); ``notice`` as in RestoreTab.
    """

    changed = Signal(object)
    notice = Signal(object, object)

    def __init__(
        self,
        hub: JobHub,
        journal: QueueJournal,
        inspector: Inspector,
        choices: Choices,
        settings: Settings,
        pixels: Callable[[Path], int],
        parent: QWidget,
    ) -> None:
        super().__init__(hub, journal, lambda path: pixels(path) / 1e6 or None, parent)
        self._pixels = pixels
        self.dialog: SaveDialog | None = None
        self._inspector, self._choices, self._settings, self._widget = inspector, choices, settings, parent
        self._states: dict[Path, tuple[State, str]] = {}
        self._over: dict[Path, Save] = {}
        self._last: Tally | None = None
        self.queued.connect(self._on_queued)
        self.began.connect(lambda path: self._note(path, State.SAVING))
        self.progressed.connect(self.changed)
        self.saved.connect(self._on_saved)
        self.skipped.connect(self._on_skipped)
        self.failed.connect(lambda path, failure: self._note(path, State.FAILED, said(failure)))
        self.stopped.connect(self._on_stopped)
        self.held_up.connect(self._on_held_up)
        self.went_on.connect(self._on_went_on)
        self._waits = False
        self.round_ended.connect(self._on_round_ended)
        journal.changed_meanwhile.connect(self._on_changed_meanwhile)

    # What to save.

    def save_to(self, path: Path, target: Path, overwrite: bool = False) -> None:
        """Save one result to ``target``; its suffix decides the format."""
        job = self._job(path, target, overwrite)
        if job is not None:
            self.save([job])

    def retry(self, path: Path, means: Means = "auto") -> bool:
        """Save a file again that failed, by other means where asked; return whether there was one."""
        tally = self.tally if self.busy else self._last
        jobs = tally.give_up(path) if tally is not None else []
        self._journal.drop(jobs)
        self.save([dataclasses.replace(job, means=means) for job in jobs])
        return bool(jobs)

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
        task, template = self._inspector.task, stored.name_template
        self._save(sources, free_names(sources, folder, task, suffix, template, planned=self.targets()))

    def _ask_how(self, sources: list[Path]) -> None:
        from aestudio.ui.dialogs.save import SaveDialog

        # what is saved already is saved once
        due = (s for s in sources if (self.state_of(s) or (None,))[0] not in (State.SAVED, State.SKIPPED))
        example = next(due, sources[0])
        dialog = SaveDialog(self._inspector.task, sources, self._settings, self._widget, example, self.targets)
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

        # a file that cannot be read stands for none of the others
        sample = next((source for source in sources if self._pixels(source)), sources[0])

        def estimate(_: Path, output: Output) -> EstimateSize | None:
            job = self._estimate(sample, output)
            folder = str(dialog.folder() or sample.parent)
            return job if job is None else dataclasses.replace(job, timed=len(sources) > 1, folder=folder)

        others = [source for source in sources if source is not sample]
        sizes = Sizes(self._hub, estimate, share_of([self._pixels(p) for p in (sample, *others)]), dialog)
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
        own = path.parent if has_folder(path) else Path(pictures_folder())
        beside = self._settings.save_beside and has_folder(path)
        folder = own if beside else Path(self._settings.save_folder or own)
        suggested = folder / result_name(path, self._inspector.task, suffix_of(self._settings))
        title, kinds = self.tr("Save the restored picture"), self.tr("Pictures ({kinds})").format(kinds=FORMATS)
        target = ask_for_file(self._widget, title, suggested, kinds)
        if target is not None:
            self.save_to(path, target, overwrite=True)

    def _save(self, sources: list[Path], targets: list[Path], overwrite: bool = False) -> None:
        jobs = [self._job(source, target, overwrite) for source, target in zip(sources, targets, strict=True)]
        # one picture, or the files to be replaced, were looked at when they were chosen
        self.save([job for job in jobs if job is not None], again=overwrite or len(jobs) == 1)

    def job_for(self, path: Path, target: Path, output: Output | None = None) -> Save | None:
        """Return the Save of one result into ``target``, stored as ``output`` or else as the settings say."""
        job = self._job(path, target)
        return job if job is None or output is None else dataclasses.replace(job, output=output)

    def name_of(self, path: Path) -> str:
        """Return what the result of a file is called."""
        stored = self._settings
        return result_name(path, self._inspector.task, suffix_of(stored), stored.name_template)

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
            self.notice.emit(
                Notice("attention", what, "Choose .png, .tif, .jpg, .webp, .avif, .jxl, .jp2 or .exr."), None
            )
            return None
        dpi = choice.print_dpi(self._inspector.task)
        output = dataclasses.replace(output_of(self._settings, wanted, overwrite), dpi=dpi)
        return Save(str(path), restoration, str(target.absolute()), choice.mix, output, self._settings.max_pixels)

    def pause(self, paused: bool) -> None:
        """Begin no further file, or go on; files that are being written are finished."""
        super().pause(paused)
        self._waits = self._waits and paused
        self.changed.emit(None)

    # What became of it.

    def forget(self, path: Path | None = None) -> None:
        """Forget what became of a file (None: that any was saved): it would be saved otherwise now."""
        if path is not None:
            if not self._pending(path):
                self._states.pop(path, None)
                self._over.pop(path, None)
            return
        self._states = {p: state for p, state in self._states.items() if state[0] not in OVER}

    def state_of(self, path: Path) -> tuple[State, str] | None:
        """Return where a file stands as far as saving goes, and why; None where saving says nothing.

        What was saved, skipped or stopped with other settings than its own of now says nothing of it.
        """
        state = self._states.get(path)
        return state if state is None or state[0] not in OVER or self._in_force(self._over[path]) else None

    def _in_force(self, job: Save) -> bool:
        """Return whether a job's settings are those that its picture has now."""
        task, choice = self._inspector.task, self._choices.of(Path(job.path))
        now = choice.restoration(task), choice.mix, choice.print_dpi(task)
        return now == (job.restoration, job.mix, job.output.dpi)

    def spoken_of(self) -> list[Path]:
        """Return the files that saving may say something of."""
        return list(self._states)

    def steps(self) -> tuple[int, int]:
        """Return (done, total): work where there are several files, else tiles of the one."""
        if self.tally.total > 1 or self.progress is None:
            return round(1000 * self.estimate.share()), 1000
        return self.progress.done, self.progress.total

    def words(self) -> str:
        """Return what is going on, in a sentence."""
        saved, total = len(self.tally.saved), self.tally.total
        if self.paused and not self._running:
            return self.tr("Paused: {n} of {total} saved.").format(n=saved, total=total)
        if self.paused:
            return self.tr("Pausing once what is under way is saved: {n} of {total} so far.").format(
                n=saved, total=total
            )
        if total < 2:
            return words.working(self.tr("Saving…"), self.progress)
        number = min(self.tally.ended + 1, total)
        doing = self.tr("Saving {n} of {total}…").format(n=number, total=total)
        left = words.seconds_left(self.estimate.seconds_left())
        return f"{doing} {left}." if left else doing

    def summary(self) -> str:
        """Return how the round that runs, or the last one, stands: ``4 of 12 saved, 1 failed``."""
        tally = self.tally if self.busy else self._last
        if tally is None or not tally.total:
            return ""
        parts = [self.tr("{n} of {total} saved").format(n=len(tally.saved), total=tally.total)]
        if tally.skipped:
            parts.append(self.tr("{n} skipped").format(n=len(tally.skipped)))
        if tally.failed:
            parts.append(self.tr("{n} failed").format(n=len(tally.failed)))
        return ", ".join(parts)

    def _pending(self, path: Path) -> bool:
        return path in self._states and self._states[path][0] in (State.QUEUED, State.SAVING)

    def _end(self, job: Save, state: State, reason: str) -> None:
        path = Path(job.path)
        self._states[path], self._over[path] = (state, reason), job

    def _note(self, path: Path, state: State, reason: str = "") -> None:
        self._states[path] = state, reason
        self.changed.emit(path)

    def _tell_of(self, paths: list[Path]) -> None:
        self.changed.emit(paths[0] if len(paths) == 1 else None)

    def _on_queued(self, paths: list[Path]) -> None:
        self._states.update((path, (State.QUEUED, "")) for path in paths)
        self._tell_of(paths)

    def _on_saved(self, job: Save, output: str) -> None:
        replaced = [path for path, state in self._states.items() if state == (State.SAVED, output)]
        for path in replaced:
            del self._states[path], self._over[path]
        self._end(job, State.SAVED, output)
        self._tell_of(list({*replaced, Path(job.path)}))

    def _on_skipped(self, entries: list[tuple[Save, Entry]]) -> None:
        for job, entry in entries:
            name = Path(entry.output).name
            if entry.verdict == "done":
                reason = self.tr("It was saved just so before: {name}.").format(name=name)
            else:
                reason = self.tr("Another window of aestudio is saving it as {name}.").format(name=name)
            self._end(job, State.SKIPPED, reason)
        self._tell_of([Path(job.path) for job, _ in entries])

    def _on_stopped(self, jobs: list[Save]) -> None:
        for job in jobs:
            self._end(job, State.STOPPED, self.tr("It was not saved."))
        if self._waits:
            # what was said of them, that they wait, is so no longer
            self._waits = False
            one, many = self.tr("One picture was not saved."), self.tr("{n} pictures were not saved.")
            words = one if len(jobs) == 1 else many.format(n=len(jobs))
            self.notice.emit(Notice("info", words), None)
        self._tell_of([Path(job.path) for job in jobs])

    def _on_changed_meanwhile(self, job: Save) -> None:
        path = Path(job.path)
        if job.restoration.task == self._inspector.task and self._states.get(path, (None,))[0] is State.SAVED:
            reason = self.tr("The file changed after it was queued; its newer version was saved.")
            self._note(path, State.SAVED, f"{self._states[path][1]}\n{reason}")

    def _on_held_up(self, failure: Failed) -> None:
        self._waits = True
        one, many = self.tr("One picture waits; nothing is lost."), self.tr("{n} pictures wait; nothing is lost.")
        left = one if self.left() == 1 else many.format(n=self.left())
        notice = Notice("failure", failure.what, f"{failure.advice} {left}".strip(), failure.details)
        self.notice.emit(notice, lambda: self.pause(False))
        self.changed.emit(None)

    def _on_went_on(self, left: int) -> None:
        self._waits = False
        what = self.tr("Saving goes on.")
        if left:
            one = self.tr("Saving goes on; the one that still waits for its folder comes last.")
            many = self.tr("Saving goes on; the {n} that still wait for their folder come last.")
            what = one if left == 1 else many.format(n=left)
        self.notice.emit(Notice("info", what), None)
        self.changed.emit(None)

    def _on_round_ended(self, tally: Tally) -> None:
        self._last = tally
        retry: Callable[[], None] = tally.retry(self)
        if len(tally.failed) == 1:
            path, failure = tally.failed[0]
            self.notice.emit(failure_notice(failure, path), retry)
        elif tally.failed:
            what = f"{len(tally.failed)} of {tally.total} pictures could not be saved."
            lines = [f"{p}: {said(f)}\n{f.details}".rstrip() for p, f in tally.failed]
            advice = "The reasons are in the list."
            if (tally.saved or tally.skipped) and not tally.stopped:
                advice = "The others are done; the reasons are in the list."
            self.notice.emit(Notice("failure", what, advice, "\n".join(lines)), retry)
        self.changed.emit(None)
