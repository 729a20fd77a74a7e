"""Writes results: a queue of Save jobs, a few at a time. What fails is listed and the others are done."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aestudio.jobs.events import Begun, CancelledEvent, Event, Failed, Finished, Progress
from aestudio.jobs.ids import new_id
from aestudio.jobs.spec import Save
from aestudio.jobs.time_left import Estimate

if TYPE_CHECKING:
    from aestudio.jobs.waiting import Entry
    from aestudio.ui.job_hub import JobHub
    from aestudio.ui.queue_journal import QueueJournal

IN_FLIGHT = 3
"""So many files the engine holds, so that it never waits for the window; it works at one of them."""
HOLDING = ("no-space", "no-folder")
"""Failures that every further file would meet too: a batch waits until somebody has seen to it."""
DEATHS = 2
"""So many engines may end at one picture before it counts as failed."""


@dataclass
class Tally:
    """How a round of saving stands. ``lost`` holds the files that could not hold all, with what they could not."""

    total: int = 0
    saved: list[Path] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    failed: list[tuple[Path, Failed]] = field(default_factory=list)
    failed_jobs: list[Save] = field(default_factory=list)
    stopped: int = 0
    lost: list[tuple[Path, tuple[str, ...]]] = field(default_factory=list)

    @property
    def ended(self) -> int:
        """Files that are over, whichever way."""
        return len(self.saved) + len(self.skipped) + len(self.failed) + self.stopped

    def give_up(self, path: Path) -> list[Save]:
        """Take the failures of a file out of the count; return their jobs."""
        jobs = [job for job in self.failed_jobs if job.path == str(path)]
        self.failed_jobs = [job for job in self.failed_jobs if job not in jobs]
        self.failed = [entry for entry in self.failed if entry[0] != path]
        self.total -= len(jobs)
        return jobs

    def retry(self, saver: Saver) -> Callable[[], None]:
        """Return what saves the failed ones again."""
        return lambda: saver.save(self.failed_jobs)


class Saver(QObject):
    """Signals carry the source's path, or paths where many may change at once, and of what is over the job: ``skipped``
    pairs of it and the journal's Entry; ``round_ended`` the Tally once the last one is over.

    ``held_up`` carries the failure that stopped a whole batch, which waits until ``pause(False)`` or until more is to
    be saved, when ``went_on`` carries how many files still wait for a folder that could not be written to: they come
    last. ``size_of`` gives a picture's megapixels, or None while they are not known.
    """

    queued = Signal(list)
    began = Signal(object)
    saved = Signal(object, str)
    skipped = Signal(list)
    failed = Signal(object, object)
    stopped = Signal(list)
    progressed = Signal(object)
    held_up = Signal(object)
    went_on = Signal(int)
    round_ended = Signal(object)

    def __init__(
        self,
        hub: JobHub,
        journal: QueueJournal,
        size_of: Callable[[Path], float | None] = lambda path: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hub, self._journal, self._size_of = hub, journal, size_of
        self._entering: list[list[Save]] = []
        # ids of those that were stopped before the journal had them
        self._unwanted = set[str]()
        self._queue: list[Save] = []
        self._running: dict[str, Save] = {}
        self._begun: set[str] = set()
        self._withdrawn: set[str] = set()
        self._taken_back = 0
        self._deaths: dict[str, int] = {}
        self._shut: set[Path] = set()
        self.estimate = Estimate()
        self.tally = Tally()
        self.progress: Progress | None = None
        self.paused = False
        self.problem: Failed | None = None

    @property
    def busy(self) -> bool:
        """Whether anything is being saved or waits for it."""
        return bool(self._entering or self._queue or self._running)

    @property
    def working(self) -> bool:
        """Whether anything is being saved now, and not only waits until somebody goes on."""
        return bool(self._running) or (self.busy and not self.paused)

    def targets(self) -> set[str]:
        """Return the files that are about to be made."""
        return {job.target for job in self._active()}

    def left(self) -> int:
        """Return how many files are not over yet."""
        return len(self._active())

    def save(self, jobs: list[Save], again: bool = True) -> None:
        """Write these, after what is already being written; ``again``: also what was saved just so before.

        A batch that is held up goes on with them. They stand for those of their pictures that could not be written.
        """
        active = {_what(job) for job in self._active()}
        wanted = [dataclasses.replace(job, id=new_id()) for job in jobs if again or _what(job) not in active]
        held_up = bool(jobs) and self.problem is not None
        if wanted:
            self._open_round(len(wanted))
            self._hub.hold(self._hold)
        if held_up:
            # the journal lets go of them first: the new ones may have their names
            self._make_way(jobs, again)
        if wanted:
            self._entering.append(wanted)
            self.queued.emit([Path(job.path) for job in wanted])
            self._journal.enter(wanted, again, lambda entries: self._on_entered(wanted, entries))
        if held_up:
            self.went_on.emit(sum(_folder(job) in self._shut for job in self._active()))
            self._ask()

    def go_on_with(self, jobs: list[Save]) -> None:
        """Write what an earlier window left behind, which the journal holds already."""
        if jobs:
            self._open_round(len(jobs))
            self.queued.emit([Path(job.path) for job in jobs])
            self._enqueue(jobs)

    def pause(self, paused: bool) -> None:
        """Begin no further file, or go on; the file that is being written is finished."""
        self.paused = paused
        if paused:
            # what the engine holds ready and has not begun comes back
            self._withdrawn, self._taken_back = set(self._running) - self._begun, 0
            for job_id in [other for other in self._running if other in self._withdrawn]:
                self._hub.cancel(job_id)
        else:
            self._forget_problem()
        self._rest()
        self._ask()

    def cancel(self, only: Iterable[Path] | None = None) -> None:
        """Stop (``only`` these): what waits is dropped, what runs ends between two tiles; finished files stay."""
        chosen = None if only is None else set(only)
        if chosen is None:
            self._forget_problem()
            self._queue += chain.from_iterable(self._entering)
            self._entering.clear()
            self._unwanted.clear()
            self._hub.release(self._hold)
        else:
            self._unwanted.update(job.id for job in chain.from_iterable(self._entering) if Path(job.path) in chosen)
        waiting = [job for job in self._queue if chosen is None or Path(job.path) in chosen]
        self._queue = [job for job in self._queue if chosen is not None and Path(job.path) not in chosen]
        self._drop(waiting)
        for job_id, job in list(self._running.items()):
            if chosen is None or Path(job.path) in chosen:
                self._withdrawn.discard(job_id)
                self._hub.cancel(job_id)
        self._check()

    def reorder(self, paths: list[Path]) -> None:
        """Let what waits follow the order of ``paths``."""
        rank = {path: number for number, path in enumerate(paths)}
        self._queue.sort(key=lambda job: rank.get(Path(job.path), len(rank)))
        self._arrange()

    # How files go through.

    def _active(self) -> list[Save]:
        return [*self._queue, *self._running.values(), *chain.from_iterable(self._entering)]

    @property
    def _hold(self) -> str:
        return f"entering-{id(self)}"

    def _open_round(self, more: int) -> None:
        if not self.busy:
            self.tally, self.estimate = Tally(), Estimate()
            self._deaths.clear()
        self.tally.total += more

    def _on_entered(self, jobs: list[Save], entries: object) -> None:
        # without a journal all are new
        found: list[Entry] = entries if isinstance(entries, list) else []
        known = {entry.job: entry for entry in found}
        entered = [
            dataclasses.replace(job, target=known[job.id].output) if job.id in known else job
            for job in jobs
            if job.id not in known or known[job.id].verdict == "entered"
        ]
        if jobs not in self._entering:
            # all were stopped before the journal had them
            self._journal.drop(entered)
            return
        self._entering.remove(jobs)
        skipped = [(j, known[j.id]) for j in jobs if j.id in known and known[j.id].verdict != "entered"]
        self.tally.skipped += [Path(job.path) for job, _ in skipped]
        if skipped:
            self.skipped.emit(skipped)
        self._drop([job for job in entered if job.id in self._unwanted])
        self._enqueue([job for job in entered if job.id not in self._unwanted])
        self._unwanted.difference_update(job.id for job in jobs)
        if not self._entering:
            self._hub.release(self._hold)

    def _enqueue(self, jobs: list[Save]) -> None:
        for job in jobs:
            self.estimate.add(job.target, self._size_of(Path(job.path)))
        self._queue.extend(jobs)
        self._arrange()
        self._ask()
        self._check()

    def _ask(self) -> None:
        while self._queue and not self.paused and self._may_begin(self._queue[0]):
            job = self._queue.pop(0)
            self._running[job.id] = job
            self._hub.submit(job, self._on_event)

    def _may_begin(self, job: Save) -> bool:
        """Return whether there is room; a picture at which an engine ended is alone, so that none ends with it."""
        if self._entering and _folder(job) in self._shut:
            # it comes after those
            return False
        suspects = any(self._deaths.get(j.target) for j in (job, *self._running.values()))
        return len(self._running) < (1 if suspects else IN_FLIGHT)

    def _on_event(self, event: Event) -> None:
        job = self._running.get(event.id)
        if job is None:
            return
        path = Path(job.path)
        if isinstance(event, Begun):
            self._begun.add(job.id)
            self.began.emit(path)
            return
        if isinstance(event, Progress):
            self.progress = event
            self.estimate.move(job.target, event.done / max(1, event.total))
            self.progressed.emit(path)
            return
        if not isinstance(event, (Finished, Failed, CancelledEvent)):
            return
        del self._running[event.id]
        self._begun.discard(event.id)
        if isinstance(event, Finished):
            self._journal.finish(job)
            self.estimate.end(job.target, event.summary.get("megapixels"))
            self.tally.saved.append(Path(event.output or job.target))
            if event.lost:
                self.tally.lost.append((Path(event.output or job.target), event.lost))
            self.saved.emit(job, event.output or job.target)
        elif isinstance(event, CancelledEvent) and event.id in self._withdrawn:
            self._take_back(job)
        elif isinstance(event, CancelledEvent):
            self._drop([job])
        elif not self._put_back(job, event):
            self.estimate.drop(job.target)
            self.tally.failed.append((path, event))
            self.tally.failed_jobs.append(job)
            self.failed.emit(path, event)
        self._rest()
        self._ask()
        self._check()

    def _put_back(self, job: Save, failure: Failed) -> bool:
        """Queue a job again whose failure is not its own; return whether it was."""
        if failure.kind == "engine":
            self._deaths[job.target] = self._deaths.get(job.target, 0) + 1
            if self._deaths[job.target] >= DEATHS:
                return False
        elif failure.kind not in HOLDING or self.tally.total < 2:
            return False
        self._queue.insert(0, dataclasses.replace(job, id=new_id()))
        if failure.kind in HOLDING:
            self._hold_up(_folder(job), failure)
        self._arrange()
        self.queued.emit([Path(job.path)])
        return True

    def _hold_up(self, folder: Path, failure: Failed) -> None:
        """Let all wait, unless the folder is known to take nothing and there is something for another one."""
        others = any(_folder(job) not in self._shut for job in (*self._queue, *chain.from_iterable(self._entering)))
        known = folder in self._shut
        self._shut.add(folder)
        if self.problem is None and not (known and others):
            if failure.kind == "no-space":
                disk, places = _disk(folder), {_folder(job) for job in self._queue}
                self._shut |= {place for place in places if _disk(place) == disk}
            self.paused, self.problem = True, failure
            self.held_up.emit(failure)

    def _make_way(self, jobs: list[Save], again: bool) -> None:
        """Go on after a problem, without those jobs for its folder that others of the same pictures stand for now."""
        asked, same = {job.path for job in jobs}, set() if again else {_what(job) for job in jobs}
        given_up = [
            job
            for job in (*self._queue, *self._running.values())
            if _folder(job) in self._shut and job.path in asked and _what(job) not in same
        ]
        ids = {job.id for job in given_up}
        self._queue = [job for job in self._queue if job.id not in ids]
        for job in given_up:
            if self._running.pop(job.id, None) is not None:
                self._begun.discard(job.id)
                self._hub.drop(job.id)
            self.estimate.drop(job.target)
        self._journal.drop(given_up)
        self.tally.total -= len(given_up)
        shut = self._shut - {_folder(job) for job in jobs}
        self._forget_problem()
        self._shut = shut
        self._arrange()

    def _forget_problem(self) -> None:
        self.paused, self.problem = False, None
        self._shut.clear()

    def _arrange(self) -> None:
        """Let what an engine ended at come first, and last what is for a folder that takes nothing."""
        self._queue.sort(key=lambda job: (_folder(job) in self._shut, -self._deaths.get(job.target, 0)))

    def _take_back(self, job: Save) -> None:
        """Let a job that was not begun before a pause wait where it was: before the others, in their order."""
        self._queue.insert(self._taken_back, dataclasses.replace(job, id=new_id()))
        self._taken_back += 1
        self.queued.emit([Path(job.path)])

    def _drop(self, jobs: list[Save]) -> None:
        self._journal.drop(jobs)
        self.tally.stopped += len(jobs)
        for job in jobs:
            self.estimate.drop(job.target)
        if jobs:
            self.stopped.emit(jobs)

    def _rest(self) -> None:
        """Let the clock stand still while a pause lasts."""
        if self.paused and not self._running:
            self.estimate.rest(True)

    def _check(self) -> None:
        if not self.busy and self.tally.total and self.tally.ended >= self.tally.total:
            tally, self.tally, self.progress = self.tally, Tally(), None
            self._forget_problem()
            # they have been told; after a crash they would be tried again
            self._journal.drop(tally.failed_jobs)
            self.round_ended.emit(tally)


def _folder(job: Save) -> Path:
    return Path(job.target).parent


def _disk(folder: Path) -> int | None:
    """Return what tells the disk of a folder from others, or None where there is no folder."""
    try:
        return folder.stat().st_dev
    except OSError:
        return None


def _what(job: Save) -> Save:
    """Return what two jobs share that make the same result in the same folder."""
    return dataclasses.replace(job, id="", target=str(_folder(job)), means="auto")
