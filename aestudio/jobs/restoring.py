"""A picture restored for the window: what is looked at first, and the rest while nobody waits for anything else."""

from __future__ import annotations

import time

import numpy as np

from aestudio.engine.restore import RestoredTile
from aestudio.engine.session import in_colour
from aestudio.engine.verdict import judge
from aestudio.imageio.display import for_screen, over_checks
from aestudio.imageio.halve import at_level
from aestudio.imageio.mix import texture_to_uint8
from aestudio.imageio.values import from_unit
from aestudio.jobs import events, spec
from aestudio.jobs.clock import Clock
from aestudio.jobs.desk import Desk
from aestudio.jobs.files import better_model, damage_for, is_unlike
from aestudio.jobs.lane import IDLE, NORMAL, URGENT
from aestudio.jobs.results import StoredResult
from aestudio.jobs.stamps import Stamp
from aestudio.jobs.views import Showing

# A verdict needs no more of a picture than this.
JUDGED_TILES = 6


class SetAside(Exception):
    """Other jobs wait: the rest of this one, which was looked at in ``view``, is for later, at ``priority``."""

    def __init__(self, view: spec.View, priority: int) -> None:
        super().__init__()
        self.view, self.priority = view, priority


class Restoring:
    """Answers Restore; what is looked at may move while the job waits or runs."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._send = desk, desk.send
        self._open: set[str] = set()
        self._views: dict[str, spec.View] = {}
        self._showings: dict[str, tuple[Stamp, Showing]] = {}

    def expect(self, job: spec.Restore) -> None:
        """Take notice from now on of what is looked at of a job."""
        self._open.add(job.id)

    def look(self, message: spec.Look) -> bool:
        """Take notice of what is looked at now; return whether that job is still to be done."""
        if message.id not in self._open:
            return False
        self._views[message.id] = message.view
        return True

    def moved(self, aside: SetAside, job_id: str) -> bool:
        """Return whether something else is looked at since a job was set aside."""
        return self._views.get(job_id, aside.view) is not aside.view

    def end(self, job_id: str) -> None:
        """Let go of what was kept for a job."""
        self._open.discard(job_id)
        self._views.pop(job_id, None)
        self._showings.pop(job_id, None)

    def restore(self, job: spec.Restore) -> None:
        """Send a result's tiles. Raises SetAside, StudioError."""
        started = time.monotonic()
        self._desk.held.with_result(
            job.path, job.restoration, job.max_pixels, lambda result: self._send_result(job, result)
        )
        self._send(events.Finished(job.id, seconds=time.monotonic() - started))

    def _send_result(self, job: spec.Restore, result: StoredResult) -> None:
        stamp = result.work.picture.stamp
        earlier, showing = self._showings.get(job.id, (stamp, None))
        if showing is None or showing.tile != result.tile or earlier != stamp:
            self._send(_started(job, result))
            showing = Showing(result.boxes(), result.tile, showing.count if showing else 0)
        if job.view is None:
            self._send_all(job, result)
        else:
            self._showings[job.id] = stamp, showing
            self._follow(job, job.view, result, showing)

    def _send_all(self, job: spec.Restore, result: StoredResult) -> None:
        clock = Clock(len(result.grid))
        for number in range(len(result.grid)):
            self._desk.check(job)
            self._send(_tile(job.id, result, number, 0))
            self._send(clock.tick(job.id, number + 1))
            self._desk.run_waiting(URGENT)

    def _follow(self, job: spec.Restore, first: spec.View, result: StoredResult, showing: Showing) -> None:
        """Send the tiles that are looked at, wherever that moves, and compute what else is missing.

        Raises SetAside where other jobs wait: between two tiles those that are looked at too, and all of them once
        only what is out of sight is missing.
        """
        clock = Clock(len(result.grid), len(result))
        satisfied: spec.View | None = None
        while True:
            self._desk.check(job)
            view = self._views.get(job.id, first)
            wanted = showing.next_in(view)
            if wanted is not None:
                look = result.first_look(wanted, (view.left + view.right) / 2, (view.top + view.bottom) / 2)
                if look is not None:
                    self._send(_shown(job.id, result, look, view.level))
                    continue
                self._send(_tile(job.id, result, wanted, view.level))
                showing.note(wanted, view.level)
                if self._desk.view_waits():
                    self._send(clock.tick(job.id, len(result)))
                    raise SetAside(view, NORMAL)
            else:
                if satisfied is not view:
                    satisfied = view
                    self._judge(job, result, view)
                    self._send(events.ViewReady(job.id, view.serial))
                if result.complete or not job.fill:
                    return
                if not self._desk.idle():
                    raise SetAside(view, IDLE)
                missing = showing.nearest(view, lambda n: not result.has(n))
                assert missing is not None
                result.tile_at(missing)
            self._send(clock.tick(job.id, len(result)))
            self._desk.run_waiting(URGENT)

    def _judge(self, job: spec.Restore, result: StoredResult, view: spec.View) -> None:
        """Say of a denoised picture whether what was removed looks like noise."""
        if job.restoration.task != "denoise" or not len(result):
            return
        session = result.work.session
        if result.verdict is None:
            middle = (view.left + view.right) / 2, (view.top + view.bottom) / 2
            pieces = [result.tile_at(number) for number in result.nearest(JUDGED_TILES, *middle)]
            levels = [session.noise_map(in_colour(tile.before)) for tile in pieces] if session.card.blind else None
            result.verdict = judge([(tile.before, tile.after) for tile in pieces], levels)
        found = result.verdict
        self._send(events.Judged(job.id, found.kind, found.removed, found.correlogram, session.card.blind))


def _started(job: spec.Restore, result: StoredResult) -> events.Started:
    """Return what is known of a result before its first tile."""
    work = result.work
    height, width = work.size
    estimated = job.restoration.task == "denoise" and job.restoration.noise is None
    model, device = work.session.card.id, work.session.choice.label
    if result.unlike is None:
        result.unlike = is_unlike(work.picture, work.session)
        if work.session.cleaner is None:
            result.damage, result.better = damage_for(work.picture, work.session.card)
        if result.unlike and not result.better:
            result.better = better_model(work.picture, work.session.card)
    facts = (model, device, width, height, work.sigma, estimated, result.tile)
    return events.Started(job.id, *facts, result.unlike, result.better, result.damage, work.picture.stamp)


def _tile(job_id: str, result: StoredResult, number: int, level: int) -> events.TileReady:
    """Return a tile, computed where it is missing, shrunk 2**level times. Raises torch.OutOfMemoryError."""
    return _shown(job_id, result, result.tile_at(number), level, number, result.seconds.get(number, 0.0))


def _shown(
    job_id: str, result: StoredResult, tile: RestoredTile, level: int, number: int = -1, seconds: float = 0.0
) -> events.TileReady:
    """Return a tile as the window shows it; a part of one has no ``number``."""
    shrunk = (at_level(from_unit(v, np.dtype(np.uint8), False), level) for v in (tile.before, tile.after))
    before, after = (for_screen(pixels, result.work.picture.info) for pixels in shrunk)
    height, width = tile.after.shape[:2]
    place = (tile.x.start, tile.y.start)
    texture, opacity = tile.texture, result.work.alpha_at(tile.y, tile.x)
    if opacity is not None:
        cover = at_level(from_unit(opacity[..., None], np.dtype(np.uint8), False), level)
        before, after = (over_checks(pixels, cover, *(n >> level for n in place)) for pixels in (before, after))
        texture = None if texture is None else texture * opacity[..., None]
    details = None if texture is None else at_level(texture_to_uint8(texture), level)
    return events.TileReady(job_id, *place, before, after, width, height, level, number, details, seconds)
