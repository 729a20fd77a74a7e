"""A result written into a file from what is held of it, and what that will take."""

from __future__ import annotations

import logging
import time
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

import torch

from aestudio.engine.memory import free_memory
from aestudio.engine.restore import RestoredTile
from aestudio.imageio.output import OutputInfo, losses
from aestudio.jobs import events, spec
from aestudio.jobs.clock import Clock
from aestudio.jobs.desk import Desk
from aestudio.jobs.estimate import expected_bytes, not_begun, stored_as
from aestudio.jobs.files import restore_file, tools_for, write_tiles
from aestudio.jobs.lane import SOON
from aestudio.jobs.probe import Probe, free_disk, memory_for
from aestudio.jobs.recipes import recipe_of
from aestudio.jobs.results import StoredResult

log = logging.getLogger(__name__)


class Saving:
    """Answers Save and EstimateSize."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._held, self._send = desk, desk.held, desk.send
        self._probe = Probe()

    def save(self, job: spec.Save) -> None:
        """Write a result into its file; more urgent jobs pass in between. Raises StudioError."""
        started = time.monotonic()
        self._send(events.Begun(job.id))
        with self._desk.in_between():
            megapixels, lost = self._write(job)
        seconds = time.monotonic() - started
        self._send(events.Finished(job.id, job.target, seconds, {"megapixels": megapixels}, lost))

    def _tell(self, job: spec.Save, clock: Clock, done: int) -> None:
        self._send(clock.tick(job.id, done))
        self._desk.run_waiting(SOON)

    def _write(self, job: spec.Save) -> tuple[float, tuple[str, ...]]:
        """Write a result; return the megapixels of its source, and what of that the file cannot hold."""
        started = time.monotonic()
        kept = self._held.kept(job.path, job.restoration) if job.means == "auto" else None
        stored = None if kept is None else self._write_kept(job, kept)
        if kept is None or stored is None:
            report = restore_file(
                Path(job.path),
                Path(job.target),
                job.restoration,
                tools_for(job, self._held.tools),
                job.mix,
                job.output,
                job.max_pixels,
                lambda done, total: self._tell(job, Clock(total, started=started), done),
                lambda: self._desk.is_cancelled(job),
            )
            return report.megapixels, report.lost
        info = kept.work.picture.info
        return info.width * info.height / 1e6, losses(info, stored)

    def _write_kept(self, job: spec.Save, kept: StoredResult) -> OutputInfo | None:
        """Write what is kept, computing only what is missing; return how, or None where memory did not suffice."""
        total = len(kept.grid)
        missing = [number for number in range(total) if not kept.has(number)]
        clock = Clock(total, made=lambda tiles: bisect_left(missing, tiles))

        def watched() -> Iterator[RestoredTile]:
            for number, tile in enumerate(kept.tiles(), start=1):
                self._desk.check(job)
                yield tile
                self._tell(job, clock, number)

        try:
            with kept.in_use():
                recipe = recipe_of(job.restoration, kept.work, job.mix, job.output.dpi) if job.output.recipe else None
                return write_tiles(kept.work, watched(), job.mix, Path(job.target), job.output, recipe)
        except (torch.OutOfMemoryError, MemoryError):
            log.warning("out of memory while saving; starting this picture anew")
            return None

    def estimate(self, job: spec.EstimateSize) -> None:
        """Say how large the file will be, how long it will take and what room there is."""
        kept = self._held.kept(job.path, job.restoration)
        if kept is None:
            session = self._held.tools.session_for(job.restoration)
            work = not_begun(self._held.picture(job.path, job.max_pixels), session, job.restoration)
        else:
            work = kept.work
        seconds, crowded = self._probe.seconds(job.restoration, work) if job.timed else (-1.0, False)
        room = memory_for(work), crowded, free_memory(), free_disk(job.folder)
        lost = losses(work.picture.info, stored_as(work, job.output))
        size = expected_bytes(work, kept, job.mix, job.output)
        self._send(events.SizeEstimated(job.id, size, seconds, *room, lost))
