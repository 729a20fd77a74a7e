"""The engine process: it alone imports torch, decodes files, computes and writes.

Four threads: the reader takes messages and cancels at once, two decoders make thumbnails and load
pictures, the computer runs networks. Interactive jobs (a point on the map) pass in between the
tiles of a long one. The process ends when its connection does.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Client, Connection
from pathlib import Path

import numpy as np
import torch

from aestudio import settings
from aestudio.engine import device as devices
from aestudio.engine import generate
from aestudio.engine.noise import patch_sigma
from aestudio.engine.restore import RestoredTile, with_smaller_tiles
from aestudio.engine.session import Session, SessionCache, in_colour
from aestudio.engine.verdict import judge
from aestudio.errors import Cancelled, StudioError
from aestudio.imageio.display import for_screen
from aestudio.imageio.halve import at_level
from aestudio.imageio.mix import texture_to_uint8
from aestudio.imageio.picture import Picture
from aestudio.imageio.reader import read_thumbnail
from aestudio.imageio.resample import resize, to_uint8
from aestudio.imageio.values import from_unit, to_display8, to_unit
from aestudio.jobs import events, reports, scores, spec, wire
from aestudio.jobs.client import ADDRESS_VARIABLE, GOODBYE, KEY_VARIABLE
from aestudio.jobs.estimate import expected_bytes, not_begun
from aestudio.jobs.files import (
    Tools,
    better_model,
    is_unlike,
    make_work,
    restore_file,
    tools_for,
    write_pictures,
    write_tiles,
)
from aestudio.jobs.invented import map_events
from aestudio.jobs.lane import IDLE, NORMAL, SOON, URGENT, Lane, Task
from aestudio.jobs.probe import Probe, free_disk, free_memory, memory_for
from aestudio.jobs.recipes import found_recipe, recipe_of
from aestudio.jobs.results import Memory, PictureCache, ResultCache, StoredResult
from aestudio.jobs.views import Box, Showing

log = logging.getLogger(__name__)

PREVIEW_SIDE = 1024
# Smaller than for files: the first tile of what is on screen shows sooner. On a processor a tile of 384 takes half
# the time of one of 512, and a picture of them 8 % more (measured on the shipped denoisers).
VIEW_TILE = {"cpu": 384, "cuda": 512, "mps": 512}
GRACE = 1.5
# A verdict needs no more of a picture than this.
JUDGED_TILES = 6


class _SetAside(Exception):
    """Other jobs wait: the rest of this one, which was looked at in ``view``, is for later, at ``priority``."""

    def __init__(self, view: spec.View, priority: int) -> None:
        super().__init__()
        self.view, self.priority = view, priority


class Worker:
    """Runs jobs and sends their events through ``send``, which any thread may call."""

    def __init__(self, send: Callable[[events.Event], None], device: str = "auto", memory: int = 0) -> None:
        self._send = send
        self._compute, self._decode = Lane(), Lane()
        self._cancelled: set[str] = set()
        self._open: set[str] = set()
        self._views: dict[str, spec.View] = {}
        self._showings: dict[str, Showing] = {}
        self._newest_peek: dict[str, str] = {}
        self._giving_way = 0
        self._stopping = False
        self._pictures, self._results = PictureCache(), ResultCache()
        self._picture_lock = threading.Lock()
        self._probe = Probe()
        self._tools = self._equip(device, memory)
        lanes = (self._compute, "compute"), (self._decode, "decode"), (self._decode, "decode-too")
        self._threads = [
            threading.Thread(target=self._work, args=(lane,), name=name, daemon=True) for lane, name in lanes
        ]
        self._handlers: dict[type[Task], Callable[..., None]] = {
            spec.Thumbnail: self._thumbnail,
            spec.Load: self._load,
            spec.Peek: self._peek,
            spec.Measure: self._measure,
            spec.Restore: self._restore,
            spec.MapInvented: self._map_invented,
            spec.Score: self._score,
            spec.Save: self._save,
            spec.EstimateSize: self._estimate_size,
            spec.Sample: self._sample,
            spec.Decode: self._decode_latents,
            spec.Map: self._map,
            spec.Forget: self._forget,
            spec.Configure: self._configure,
        }

    def start(self) -> None:
        """Start the threads and say which device was chosen."""
        for thread in self._threads:
            thread.start()
        self._say_device()

    def _say_device(self) -> None:
        choice = self._tools.choice
        self._send(events.EngineReady(choice.label, choice.precision, choice.reason, os.getpid()))

    def _equip(self, device: str, megabytes: int) -> Tools:
        """Return the device and networks to work with, and let the caches keep within a limit of memory."""
        memory = Memory.within(megabytes)
        with self._picture_lock:
            self._pictures.memory = memory
            self._pictures.trim()
        self._results.memory = memory
        self._results.trim()
        return Tools(_choose(device), SessionCache(), largest=memory.window, max_bytes=memory.picture)

    def _configure(self, job: spec.Configure) -> None:
        earlier, self._tools = self._tools.choice, self._equip(job.device, job.memory)
        if earlier.device != self._tools.choice.device:
            self._results.clear()
        self._say_device()

    def take(self, message: spec.Message) -> None:
        """Queue a job, cancel one, or forget a picture. Returns at once."""
        if isinstance(message, spec.Cancel):
            if self._compute.remove(message.id) or self._decode.remove(message.id):
                self._send(events.CancelledEvent(message.id))
                self._end(message.id)
            else:
                self._cancelled.add(message.id)
            return
        if isinstance(message, spec.Look):
            if message.id in self._open:
                self._views[message.id] = message.view
                self._compute.hurry(message.id)
            return
        if isinstance(message, spec.Restore):
            self._open.add(message.id)
        if isinstance(message, spec.Peek):
            self._newest_peek[message.stream] = message.id
        lane = (
            self._decode if isinstance(message, (spec.Thumbnail, spec.Load, spec.Peek, spec.Measure)) else self._compute
        )
        for stale in lane.put(message):
            self._send(events.CancelledEvent(stale.id))

    def stop(self) -> None:
        """Cancel what is being done, so that nothing half-written stays, and wait for that a moment."""
        self._stopping = True
        self._compute.close()
        self._decode.close()
        for thread in self._threads:
            thread.join(GRACE)

    def _work(self, lane: Lane) -> None:
        while (job := lane.take()) is not None:
            self._run(job)

    def _run(self, job: Task) -> None:
        """Run one job; whatever it raises becomes its Failed event, and the thread lives on."""
        try:
            self._check(job)
            self._handlers[type(job)](job)
        except _SetAside as aside:
            self._compute.put(job, aside.priority)
            if job.id in self._cancelled and self._compute.remove(job.id):
                # the cancel came while the job was in no queue
                self._send(events.CancelledEvent(job.id))
                self._end(job.id)
                return
            # the person may have looked elsewhere in between
            if self._views.get(job.id, aside.view) is not aside.view:
                self._compute.hurry(job.id)
            return
        except Cancelled:
            self._send(events.CancelledEvent(job.id))
        except StudioError as error:
            details = repr(error.__cause__) if error.__cause__ else ""
            self._send(events.Failed(job.id, error.kind, error.what, error.advice, details))
        except Exception as error:  # the boundary of the process: nothing may end it
            log.exception("job %s failed", job)
            advice = "Try again; if it happens again, report it with the details."
            what = f"Something unexpected went wrong ({type(error).__name__})."
            self._send(events.Failed(job.id, "error", what, advice, traceback.format_exc()))
        self._end(job.id)

    def _end(self, job_id: str) -> None:
        """Let go of what was kept for a job."""
        self._cancelled.discard(job_id)
        self._open.discard(job_id)
        self._views.pop(job_id, None)
        self._showings.pop(job_id, None)

    def _check(self, job: Task) -> None:
        if self._is_cancelled(job):
            raise Cancelled

    def _is_cancelled(self, job: Task) -> bool:
        return self._stopping or job.id in self._cancelled

    def _picture(self, path: str, max_pixels: int) -> Picture:
        with self._picture_lock:
            return self._pictures.get(path, max_pixels)

    def _thumbnail(self, job: spec.Thumbnail) -> None:
        width, height, pixels = read_thumbnail(Path(job.path), job.side)
        self._send(events.ThumbnailReady(job.id, job.path, width, height, pixels))

    def _load(self, job: spec.Load) -> None:
        started = time.monotonic()
        picture = self._picture(job.path, job.max_pixels)
        info = picture.info
        self._check(job)
        facts = (info.width, info.height, info.channels, info.depth, info.format, info.has_alpha, info.notes)
        self._send(events.Loaded(job.id, job.path, *facts, *found_recipe(info.metadata)))
        self._send(events.PreviewReady(job.id, _preview(picture)))
        for number in range(len(_cells(picture)) if job.tiles else 0):
            self._check(job)
            self._send(_cell(job.id, picture, number, 0))
        self._send(events.Finished(job.id, seconds=time.monotonic() - started))

    def _peek(self, job: spec.Peek) -> None:
        picture = self._picture(job.path, job.max_pixels)
        cells = Showing(_cells(picture), spec.CELL)
        while (number := cells.next_in(job.view)) is not None:
            if job.id != self._newest_peek[job.stream]:
                raise Cancelled
            self._check(job)
            self._send(_cell(job.id, picture, number, job.view.level))
            cells.note(number, job.view.level)
        self._send(events.Finished(job.id))

    def _measure(self, job: spec.Measure) -> None:
        picture = self._picture(job.path, job.max_pixels)
        left, top, right, bottom = job.box
        area = to_unit(picture.pixels[top:bottom, left:right], picture.info.linear)
        self._send(events.Measured(job.id, patch_sigma(area)))

    def _restore(self, job: spec.Restore) -> None:
        started = time.monotonic()
        self._with_result(job.path, job.restoration, job.max_pixels, lambda result: self._show(job, result))
        self._send(events.Finished(job.id, seconds=time.monotonic() - started))

    def _with_result(
        self, path: str, restoration: spec.Restoration, max_pixels: int, use: Callable[[StoredResult], None]
    ) -> None:
        """Call ``use`` with what is held of a result; where it runs out of memory, again with one of smaller tiles."""
        picture = self._picture(path, max_pixels)
        session = self._tools.session(restoration.model)
        kept = self._kept(path, restoration, picture, session)
        work = make_work(picture, restoration, session) if kept is None else kept.work

        def attempt(on: Session, tile: int) -> None:
            nonlocal kept
            if kept is None or (kept.work.session, kept.tile) != (on, tile):
                kept = StoredResult(replace(work, session=on), tile)
                self._results.put(path, restoration, kept)
            use(kept)

        tile = kept.tile if kept else self._view_tile(session)
        with_smaller_tiles(attempt, work.session, self._tools.sessions, tile)

    def _kept(
        self, path: str, restoration: spec.Restoration, picture: Picture, session: Session
    ) -> StoredResult | None:
        """Return the result that is held of these very pixels and weights, complete or not."""
        kept = self._results.find(path, restoration)
        same = kept is not None and kept.work.picture is picture and kept.work.session.model == session.model
        return kept if same else None

    def _view_tile(self, session: Session) -> int:
        """Return the windows' side for what is looked at, in source pixels."""
        return min(VIEW_TILE[session.choice.device.type], self._tools.tile_for(session))

    def _map_invented(self, job: spec.MapInvented) -> None:
        picture = self._picture(job.path, job.max_pixels)
        session = self._tools.session(job.restoration.model)
        result = self._kept(job.path, job.restoration, picture, session)
        if result is None:
            result = StoredResult(make_work(picture, job.restoration, session), self._view_tile(session))
            self._results.put(job.path, job.restoration, result)

        def check() -> None:
            self._check(job)
            self._run_waiting(NORMAL)

        with self._in_between(), result.in_use():
            for event in map_events(job, result, check):
                self._send(event)
        self._send(events.Finished(job.id))

    def _score(self, job: spec.Score) -> None:
        started = time.monotonic()
        reference = self._picture(job.reference, job.max_pixels)
        clock: Clock | None = None

        def step(done: int, total: int) -> None:
            nonlocal clock
            clock = clock or Clock(total)
            self._send(clock.tick(job.id, done))
            self._check(job)
            self._run_waiting(NORMAL)

        def measure(candidate: Picture | StoredResult) -> None:
            self._send(scores.measure(job, candidate, reference, step))

        with self._in_between():
            if job.restoration is None:
                measure(self._picture(job.path, job.max_pixels))
            else:
                self._with_result(job.path, job.restoration, job.max_pixels, measure)
        self._send(events.Finished(job.id, seconds=time.monotonic() - started))

    def _show(self, job: spec.Restore, result: StoredResult) -> None:
        """Send the tiles that are looked at, or every one, and compute what is missing.

        Raises _SetAside where other jobs wait: between two tiles those that are looked at too, and all of them once
        only what is out of sight is missing.
        """
        work = result.work
        height, width = work.size
        estimated = job.restoration.task == "denoise" and job.restoration.noise is None
        model, device = work.session.card.id, work.session.choice.label
        if result.unlike is None:
            result.unlike = is_unlike(work.picture, work.session)
            result.better = better_model(work.picture, work.session.card) if result.unlike else ""
        facts = (model, device, width, height, work.sigma, estimated, result.tile, result.unlike, result.better)
        showing = self._showings.get(job.id)
        if showing is None or showing.tile != result.tile:
            self._send(events.Started(job.id, *facts))
        if job.view is None:
            clock = Clock(len(result.grid))
            for number in range(len(result.grid)):
                self._check(job)
                self._send_tile(job, result, number, 0)
                self._send(clock.tick(job.id, number + 1))
                self._run_waiting(URGENT)
            return
        clock = Clock(len(result.grid), len(result))
        if showing is None or showing.tile != result.tile:
            showing = Showing(result.boxes(), result.tile, showing.count if showing else 0)
            self._showings[job.id] = showing
        satisfied: spec.View | None = None
        while True:
            self._check(job)
            view = self._views.get(job.id, job.view)
            wanted = showing.next_in(view)
            if wanted is not None:
                self._send_tile(job, result, wanted, view.level)
                showing.note(wanted, view.level)
                if self._compute.view_waits():
                    self._send(clock.tick(job.id, len(result)))
                    raise _SetAside(view, NORMAL)
            else:
                if satisfied is not view:
                    satisfied = view
                    self._judge(job, result, view)
                    self._send(events.ViewReady(job.id, view.serial))
                if result.complete or not job.fill:
                    return
                if self._giving_way or self._compute.waiting():
                    raise _SetAside(view, IDLE)
                missing = showing.nearest(view, lambda n: not result.has(n))
                assert missing is not None
                result.tile_at(missing)
            self._send(clock.tick(job.id, len(result)))
            self._run_waiting(URGENT)

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

    def _send_tile(self, job: spec.Restore, result: StoredResult, number: int, level: int) -> None:
        tile = result.tile_at(number)
        shrunk = (at_level(from_unit(v, np.dtype(np.uint8), False), level) for v in (tile.before, tile.after))
        before, after = (for_screen(pixels, result.work.picture.info) for pixels in shrunk)
        height, width = tile.after.shape[:2]
        place = (tile.x.start, tile.y.start)
        texture = None if tile.texture is None else at_level(texture_to_uint8(tile.texture), level)
        seconds = result.seconds.get(number, 0.0)
        self._send(events.TileReady(job.id, *place, before, after, width, height, level, number, texture, seconds))

    def _save(self, job: spec.Save) -> None:
        started = time.monotonic()
        clock: Clock | None = None

        def progress(done: int, total: int) -> None:
            nonlocal clock
            clock = clock or Clock(total)
            self._send(clock.tick(job.id, done))
            self._run_waiting(SOON)

        with self._in_between():
            megapixels = self._write(job, progress)
        seconds = time.monotonic() - started
        self._send(events.Finished(job.id, job.target, seconds, {"megapixels": megapixels}))

    def _write(self, job: spec.Save, progress: Callable[[int, int], None]) -> float:
        """Write a result; return the megapixels of its source."""
        kept = self._results.find(job.path, job.restoration) if job.means == "auto" else None
        if kept is None or not self._save_kept(job, kept, progress):
            report = restore_file(
                Path(job.path),
                Path(job.target),
                job.restoration,
                tools_for(job, self._tools),
                job.mix,
                job.output,
                job.max_pixels,
                progress,
                lambda: self._is_cancelled(job),
            )
            return report.megapixels
        return kept.work.picture.info.width * kept.work.picture.info.height / 1e6

    def _save_kept(self, job: spec.Save, kept: StoredResult, progress: Callable[[int, int], None]) -> bool:
        """Write what is kept, computing only what is missing; return False where memory did not suffice for that."""

        def watched() -> Iterator[RestoredTile]:
            for number, tile in enumerate(kept.tiles(), start=1):
                self._check(job)
                yield tile
                progress(number, len(kept.grid))

        try:
            with kept.in_use():
                recipe = recipe_of(job.restoration, kept.work, job.mix) if job.output.recipe else None
                write_tiles(kept.work, watched(), job.mix, Path(job.target), job.output, recipe)
        except (torch.OutOfMemoryError, MemoryError):
            log.warning("out of memory while saving; starting this picture anew")
            return False
        return True

    def _estimate_size(self, job: spec.EstimateSize) -> None:
        kept = self._results.find(job.path, job.restoration)
        if kept is None:
            picture, session = self._picture(job.path, job.max_pixels), self._tools.session(job.restoration.model)
            work = not_begun(picture, session, job.restoration)
        else:
            work = kept.work
        seconds, crowded = self._probe.seconds(job.restoration, work) if job.timed else (-1.0, False)
        room = memory_for(work), crowded, free_memory(), free_disk(job.folder)
        self._send(events.SizeEstimated(job.id, expected_bytes(work, kept, job.mix, job.output), seconds, *room))

    def _sample(self, job: spec.Sample) -> None:
        session = self._tools.session(job.model)
        vectors = generate.draw_latents(session, job.count, job.seed, job.temperature)
        pictures = generate.decode(session, vectors)
        self._send(events.PicturesReady(job.id, pictures))
        if job.target:
            columns = int(np.ceil(np.sqrt(job.count)))
            write_pictures(generate.sheet(pictures, columns), Path(job.target), overwrite=True)
            self._send(events.Finished(job.id, job.target))

    def _decode_latents(self, job: spec.Decode) -> None:
        vectors = np.array(job.vectors, dtype=np.float32)
        pictures = generate.decode(self._tools.session(job.model), vectors)
        self._send(events.PicturesReady(job.id, pictures, job.stream))

    def _map(self, job: spec.Map) -> None:
        pixels = generate.mosaic(self._tools.session(job.model), job.side, job.extent)
        self._send(events.MapReady(job.id, pixels, job.extent))

    def _forget(self, job: spec.Forget) -> None:
        self._results.forget(job.path)
        with self._picture_lock:
            self._pictures.forget(job.path)

    @contextlib.contextmanager
    def _in_between(self) -> Iterator[None]:
        """Run a long job in whose pauses others run, which then go no further than what is looked at."""
        self._giving_way += 1
        try:
            yield
        finally:
            self._giving_way -= 1

    def _run_waiting(self, least: int) -> None:
        """Run the jobs that wait and are of priority ``least`` or more urgent, in between the tiles of another."""
        while (job := self._compute.take(wait=False, least=least)) is not None:
            self._run(job)


class Clock:
    """Tells how far a job of ``total`` tiles is and how long it will take, from the mean of those after ``done``."""

    def __init__(self, total: int, done: int = 0) -> None:
        self._total, self._first, self._started = total, done, time.monotonic()

    def tick(self, job: str, done: int) -> events.Progress:
        """Return the progress after ``done`` tiles."""
        made = done - self._first
        left = (time.monotonic() - self._started) / made * (self._total - done) if made > 0 else -1.0
        return events.Progress(job, done, self._total, left)


def _choose(wanted: str) -> devices.DeviceChoice:
    """Return the device that the person prefers, or the one that is there where theirs is gone."""
    try:
        return devices.choose(wanted)
    except StudioError as error:
        log.warning("%s", error)
        return devices.choose()


def _cells(picture: Picture) -> list[Box]:
    """Return the boxes of the grid in which the original is sent, row by row."""
    info, side = picture.info, spec.CELL
    corners = ((x, y) for y in range(0, info.height, side) for x in range(0, info.width, side))
    return [(x, y, min(x + side, info.width), min(y + side, info.height)) for x, y in corners]


def _cell(job: str, picture: Picture, number: int, level: int) -> events.BeforeTile:
    left, top, right, bottom = (int(n) for n in _cells(picture)[number])
    pixels = at_level(to_display8(picture.pixels[top:bottom, left:right], picture.info.linear), level)
    pixels = for_screen(pixels, picture.info)
    return events.BeforeTile(job, left, top, pixels, right - left, bottom - top, level, number)


def _preview(picture: Picture) -> events.Pixels:
    """Return the picture at most PREVIEW_SIDE pixels large, from every n-th pixel: fast, soon replaced."""
    info = picture.info
    step = max(1, -(-max(info.width, info.height) // (2 * PREVIEW_SIDE)))
    coarse = to_display8(picture.pixels[::step, ::step], info.linear)
    factor = PREVIEW_SIDE / max(coarse.shape[:2])
    if factor < 1:
        height, width = (max(1, round(n * factor)) for n in coarse.shape[:2])
        coarse = to_uint8(resize(coarse, (height, width)))
    return for_screen(coarse, info)


def main() -> int:
    """Run the engine process until its connection ends; returns the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    _die_with_parent()
    unwatch = reports.watch("engine")
    connection = Client(_address(), authkey=bytes.fromhex(os.environ.pop(KEY_VARIABLE)))
    lock = threading.Lock()

    def send(event: events.Event) -> None:
        data = wire.encode(event)
        # nobody listens any more once the window is gone; the reader hears that and ends the process
        with lock, contextlib.suppress(OSError):
            connection.send_bytes(data)

    chosen = settings.load()
    worker = Worker(send, chosen.device, chosen.memory_limit)
    worker.start()
    _listen(connection, worker)
    # daemon threads may still be in the middle of a long convolution: the process does not wait for them
    unwatch()
    sys.stderr.flush()
    os._exit(0)


def _address() -> str:
    return os.environ.pop(ADDRESS_VARIABLE)


def _listen(connection: Connection, worker: Worker) -> None:
    try:
        while (data := connection.recv_bytes()) != GOODBYE:
            worker.take(wire.decode(data))
    except (EOFError, OSError):
        log.info("the window is gone")
    worker.stop()


def _die_with_parent() -> None:
    """Ask the kernel to end this process with its parent, and give the window precedence."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL)
    if hasattr(os, "nice"):
        os.nice(5)
