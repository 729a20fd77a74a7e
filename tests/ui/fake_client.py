"""An engine for tests of the window: the same interface, numpy pictures, no process and no network.

Jobs advance one event at a time, only when the window's thread asks for the next event, so that a
test can pause a kind of job, cancel in the middle of it, or let the engine die.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from aestudio.evaluation.metrics import luma, psnr
from aestudio.imageio.halve import at_level
from aestudio.imageio.mix import blend8, texture_to_uint8
from aestudio.jobs import damaging, mapping, spec
from aestudio.jobs import events as ev
from aestudio.jobs.events import Event
from aestudio.jobs.plane import Plane
from aestudio.jobs.stamps import seen

Pixels = NDArray[np.uint8]

Steps = Iterator[Event]


def read(path: str) -> Pixels:
    """Return the pixels of a file. Raises OSError."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def shrunk(pixels: Pixels, side: int) -> Pixels:
    """Return the picture within ``side`` pixels."""
    image = Image.fromarray(pixels)
    image.thumbnail((side, side))
    return np.asarray(image)


def _touches(view: spec.View, x: int, y: int, width: int, height: int) -> bool:
    return x < view.right and x + width > view.left and y < view.bottom and y + height > view.top


class FakeClient:
    """``submitted`` holds every message; ``estimate`` is the noise that is reported; ``delay`` slows each event.

    ``recipes``: the recipe of a file, and whether its model is here; ``notes``: what is said of every file;
    ``deadly``: files whose thumbnails end the engine; ``full``: no disk has room, and ``full_folders`` have none;
    ``encoded_as``: the class that the pictures of a folder are encoded as.
    """

    def __init__(self, tile: int = 256, estimate: float = 17.3, delay: float = 0.0) -> None:
        self.tile, self.estimate, self.delay = tile, estimate, delay
        self.area_noise = 12.5
        self.submitted: list[spec.Message] = []
        self.closed = False
        self.started = 0
        self.unwritable: set[str] = set()
        self.deadly: set[str] = set()
        self.notes: tuple[str, ...] = ()
        self.recipes: dict[str, tuple[str, str]] = {}
        self.full = False
        self.full_folders: set[Path] = set()
        self.own_points = 60
        self.encoded_as = -1
        self.encoded_at: dict[str, tuple[float, float]] = {}
        self.latent = 2
        self.alike = np.zeros((0, 2), np.int32)
        self.apart = np.zeros(0, np.float32)
        self.costs: tuple[float, int, bool, int, int] = (30.0, 10**8, False, 10**9, 10**8)
        self.lost: tuple[str, ...] = ()
        self._running: dict[str, tuple[spec.Job, Steps]] = {}
        self._turn: deque[str] = deque()
        self._ready: deque[Event] = deque()
        self._paused: dict[type, int] = {}
        self._sent: dict[str, int] = {}
        self._views: dict[str, spec.View] = {}
        self._changed = threading.Condition()

    # The interface.

    def start(self) -> None:
        with self._changed:
            self.started += 1
            self._ready.append(ev.EngineReady("CPU", "float32", "a fake for tests"))
            self._changed.notify_all()

    def submit(self, message: spec.Message) -> None:
        with self._changed:
            self.submitted.append(message)
            if isinstance(message, spec.Cancel):
                if self._running.pop(message.id, None) is not None:
                    self._ready.append(ev.CancelledEvent(message.id))
            elif isinstance(message, spec.Look):
                self._views[message.id] = message.view
            elif not isinstance(message, spec.Forget):
                self._drop_stale(message)
                self._running[message.id] = (message, self._steps(message))
                self._turn.append(message.id)
                if isinstance(message, spec.Thumbnail) and message.path in self.deadly:
                    self.die()
            self._changed.notify_all()

    def receive(self, timeout: float) -> Event | None:
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                event = self._next()
                if event is not None:
                    break
                left = deadline - time.monotonic()
                if left <= 0 or self.closed:
                    return None
                self._changed.wait(left)
        if self.delay:
            time.sleep(self.delay)
        return event

    def close(self) -> None:
        with self._changed:
            self.closed = True
            self._running.clear()
            self._changed.notify_all()

    # What tests do to it.

    def pause(self, kind: type, after: int = 0) -> None:
        """Let jobs of a kind stand still once they sent ``after`` events."""
        with self._changed:
            self._paused[kind] = after

    def go_on(self, kind: type) -> None:
        """Let jobs of a kind move again."""
        with self._changed:
            self._paused.pop(kind, None)
            self._changed.notify_all()

    def die(self) -> None:
        """End as a killed engine process does: every running job fails."""
        with self._changed:
            for job_id in self._running:
                self._ready.append(ev.Failed(job_id, "engine", "The engine stopped.", "Try again.", "killed"))
            self._running.clear()
            self._changed.notify_all()

    def inject(self, event: Event) -> None:
        """Send an event of the test's own making."""
        with self._changed:
            self._ready.append(event)
            self._changed.notify_all()

    def is_running(self, job_id: str) -> bool:
        """Return whether a job was neither ended nor cancelled."""
        return job_id in self._running

    def jobs(self, kind: type) -> list[spec.Message]:
        """Return the messages of a kind that were submitted."""
        return [m for m in self.submitted if isinstance(m, kind)]

    # How jobs run.

    def _drop_stale(self, message: spec.Message) -> None:
        """Drop what a newer job of its stream takes the place of, as the engine's lane does."""
        if isinstance(message, (spec.Decode, spec.Peek)):
            for job, _ in list(self._running.values()):
                if type(job) is type(message) and job.stream == message.stream and not self._sent.get(job.id):
                    del self._running[job.id]
                    self._ready.append(ev.CancelledEvent(job.id))

    def _next(self) -> Event | None:
        if self._ready:
            return self._ready.popleft()
        for _ in range(len(self._turn)):
            job_id = self._turn.popleft()
            if job_id not in self._running:
                continue
            self._turn.append(job_id)
            job, steps = self._running[job_id]
            allowed = self._paused.get(type(job))
            if allowed is not None and self._sent.get(job_id, 0) >= allowed:
                continue
            event = next(steps, None)
            if event is None:
                del self._running[job_id]
                continue
            self._sent[job_id] = self._sent.get(job_id, 0) + 1
            return event
        return None

    def _steps(self, job: spec.Job) -> Steps:
        try:
            match job:
                case spec.Thumbnail():
                    stamp, pixels = seen(Path(job.path)), read(job.path)
                    small = shrunk(pixels, job.side)
                    yield ev.ThumbnailReady(job.id, job.path, pixels.shape[1], pixels.shape[0], small, stamp)
                case spec.Load():
                    yield from self._load(job)
                case spec.Peek():
                    yield from self._peek(job)
                case spec.Measure():
                    yield ev.Measured(job.id, self.area_noise)
                case damaging.Degrade():
                    piece = read(job.path)[: job.side, : job.side]
                    mild, strong = (255 - piece // n for n in (2, 1))
                    yield damaging.Degraded(job.id, piece, mild, strong)
                case spec.Restore():
                    yield from self._restore(job)
                case spec.MapInvented():
                    yield from self._map_invented(job)
                case spec.Score():
                    yield from self._score(job)
                case spec.Save():
                    yield from self._save(job)
                case spec.EstimateSize():
                    yield ev.SizeEstimated(job.id, 12_345_678, *self.costs, lost=self.lost)
                case spec.Sample():
                    yield self._sample(job)
                case spec.Encode():
                    own = np.asarray(Image.fromarray(read(job.path)).convert("L").resize((28, 28)))[:, :, None]
                    found = self.encoded_at.get(Path(job.path).name, (0.5, -1.0))
                    yield ev.Encoded(job.id, own, self._digit(*found), found, -1, 7.0, 24.1, True, ("cut",))
                case spec.Export():
                    rows = [self._digit(*v) for v in job.vectors]
                    Image.fromarray(np.concatenate(rows, axis=1)[:, :, 0]).save(job.target)
                    yield ev.Finished(job.id, job.target)
                case spec.ExportWalk():
                    for done in range(len(job.vectors)):
                        yield ev.Progress(job.id, done, len(job.vectors), 1.0)
                    shown = [Image.fromarray(self._digit(*v)[:, :, 0]) for v in job.vectors]
                    shown[0].save(job.target, save_all=True, append_images=shown[1:], duration=20)
                    yield ev.Finished(job.id, job.target)
                case spec.EncodeFiles():
                    for done in range(len(job.paths)):
                        yield ev.Progress(job.id, done, len(job.paths), 1.0)
                    Path(job.target).write_text("vectors")
                    summary = {"count": len(job.paths), "unlike": 1, "psnr": 24.1, "failed": ("a.png: no",)}
                    yield ev.Finished(job.id, job.target, summary=summary)
                case spec.DecodeFile():
                    found = np.array([[0.5, 1.0], [-1.0, 0.25]], np.float32)
                    yield ev.VectorsRead(job.id, np.stack([self._digit(*v) for v in found]), found, (), ("a", "b"), 7)
                case spec.EstimateWalk():
                    yield ev.SizeEstimated(job.id, 1000 * job.frames)
                case spec.Decode():
                    yield ev.PicturesReady(job.id, np.stack([self._digit(*v[:2]) for v in job.vectors]), job.stream)
                case mapping.Survey():
                    yield self._survey(job)
                case mapping.EmbedFolder():
                    yield from self._embed(job)
                case mapping.Arrange():
                    if job.method == "umap":
                        yield ev.Failed(job.id, "settings", "UMAP is not installed.", "Choose another plane.")
                        return
                    places = job.vectors[:, -2:] * (1 if job.method == "pca" else 10)
                    box = tuple(float(v) for v in (*(places.min(0) - 1), *(places.max(0) + 1)))
                    axes = np.eye(job.vectors.shape[1])
                    plane = Plane(tuple(0 * axes[0]), tuple(axes[-2]), tuple(axes[-1]))
                    yield mapping.Arranged(job.id, places, box, plane if job.method == "pca" else None)
                case mapping.FindAlike():
                    apart = self.apart if len(self.apart) else np.zeros(len(self.alike), np.float32)
                    yield mapping.AlikeFound(job.id, self.alike, apart, 2.0 * job.share)
                case spec.Map():
                    left, bottom, right, top = job.box
                    across, up = np.linspace(left, right, job.columns), np.linspace(top, bottom, job.rows)
                    places = [[job.plane.vector(x, y)[:2] for x in across] for y in up]
                    rows = [np.concatenate([self._digit(*place) for place in row], axis=1) for row in places]
                    yield ev.MapReady(job.id, np.concatenate(rows))
        except (OSError, UnidentifiedImageError) as error:
            name = Path(getattr(job, "path", "")).name
            yield ev.Failed(job.id, "input", f"{name} is not a picture.", "Choose another file.", repr(error))

    def _load(self, job: spec.Load) -> Steps:
        stamp, pixels = seen(Path(job.path)), read(job.path)
        height, width, channels = pixels.shape
        facts = (width, height, channels, "8", "png", False, self.notes)
        yield ev.Loaded(job.id, job.path, *facts, *self.recipes.get(job.path, ()), stamp=stamp)
        yield ev.PreviewReady(job.id, shrunk(pixels, 1024))
        yield ev.Finished(job.id)

    def _peek(self, job: spec.Peek) -> Steps:
        view, stamp = job.view, seen(Path(job.path))
        for number, (x, y, piece) in enumerate(self._tiles(read(job.path), spec.CELL)):
            height, width = piece.shape[:2]
            if number not in view.have and _touches(view, x, y, width, height):
                place = (width, height, view.level, number)
                yield ev.BeforeTile(job.id, x, y, at_level(piece, view.level), *place, stamp)
        yield ev.Finished(job.id)

    def _restore(self, job: spec.Restore) -> Steps:
        stamp, pixels = seen(Path(job.path)), read(job.path)
        before, after = self.result(pixels, job.restoration)
        denoise = job.restoration.task == "denoise"
        noise = (self.estimate if job.restoration.noise is None else job.restoration.noise) if denoise else None
        estimated = denoise and job.restoration.noise is None
        size = after.shape[1], after.shape[0]
        yield ev.Started(job.id, job.restoration.model, "CPU", *size, noise, estimated, self.tile, stamp=stamp)
        tiles = list(zip(self._tiles(before, self.tile), self._tiles(after, self.tile), strict=True))
        computed: set[int] = set()
        answered: spec.View | None = None
        while True:
            view = self._views.get(job.id, job.view or spec.View(0, 0, *size))
            if answered is not view:
                for number, ((x, y, old), (_, _, new)) in enumerate(tiles):
                    height, width = new.shape[:2]
                    if number not in view.have and _touches(view, x, y, width, height):
                        pieces = (at_level(old, view.level), at_level(new, view.level))
                        fine = at_level(self.texture(old, new), view.level)
                        computed.add(number)
                        yield ev.TileReady(job.id, x, y, *pieces, width, height, view.level, number, fine, 0.1)
                        yield ev.Progress(job.id, len(computed), len(tiles), 0.4 * (len(tiles) - len(computed)))
                answered = view
                yield ev.ViewReady(job.id, view.serial)
                if not job.fill:
                    break
            elif len(computed) < len(tiles):
                computed.add(min(set(range(len(tiles))) - computed))
                yield ev.Progress(job.id, len(computed), len(tiles), 0.4 * (len(tiles) - len(computed)))
            else:
                break
        yield ev.Finished(job.id, seconds=0.1)

    def _map_invented(self, job: spec.MapInvented) -> Steps:
        """Say that the right half of the result is likely off by 30, the left one by nothing."""
        _, after = self.result(read(job.path), job.restoration)
        doubtful = np.zeros((-(-after.shape[0] // 8), -(-after.shape[1] // 8)), np.uint8)
        doubtful[:, doubtful.shape[1] // 2 :] = 255
        for number, (x, y, piece) in enumerate(self._tiles(after, self.tile)):
            height, width = piece.shape[:2]
            if number not in job.view.have and _touches(job.view, x, y, width, height):
                cells = doubtful[y // 8 : -(-(y + height) // 8), x // 8 : -(-(x + width) // 8), None]
                yield ev.InventedTile(job.id, x, y, cells, width, height, number)
        yield ev.InventedReady(job.id, 12.7, 0.5)
        yield ev.Finished(job.id)

    def _score(self, job: spec.Score) -> Steps:
        pixels, reference = read(job.path), read(job.reference)
        if job.restoration is not None:
            before, after = self.result(pixels, job.restoration)
            pixels = after if job.mix.light else before
        if pixels.shape != reference.shape:
            yield ev.Failed(job.id, "settings", "The reference has another size.", "Choose another one.")
            return
        left, top, right, bottom = job.box or (0, 0, pixels.shape[1], pixels.shape[0])
        pair = (pixels[top:bottom, left:right], reference[top:bottom, left:right])
        # SSIM takes seconds of a large picture, and no test asks for its value
        yield ev.Scored(job.id, psnr(*map(luma, pair)) if job.luma else psnr(*pair), 0.5)
        yield ev.Finished(job.id)

    def _save(self, job: spec.Save) -> Steps:
        yield ev.Begun(job.id)
        yield ev.Progress(job.id, 1, 2, 0.5)
        before, after = self.result(read(job.path), job.restoration)
        target = Path(job.target)
        if target.exists() and not job.output.overwrite:
            yield ev.Failed(job.id, "output", f"{target.name} is there already.", "Choose another name.")
            return
        if self.full or target.parent in self.full_folders:
            yield ev.Failed(job.id, "no-space", "No space left on the disk.", "Free some space.", "ENOSPC")
            return
        if job.path in self.unwritable:
            yield ev.Failed(job.id, "output", f"{target} cannot be written.", "Choose another folder.", "EACCES")
            return
        size = after.shape[1], after.shape[0]
        mask = job.mix.mask
        weights = None if mask is None else mask.weights(0, 0, (size[1], size[0]), size)
        Image.fromarray(blend8(before, after, self.texture(before, after), job.mix, weights)).save(target)
        summary = {"megapixels": before.shape[0] * before.shape[1] / 1e6}
        yield ev.Finished(job.id, str(target), summary=summary, lost=self.lost)

    @staticmethod
    def result(pixels: Pixels, restoration: spec.Restoration) -> tuple[Pixels, Pixels]:
        """Return (before, after) of the result's size: after is smoother, as a stand-in for restored."""
        if restoration.task == "upscale":
            size = restoration.result_size(pixels.shape[1], pixels.shape[0])
            pixels = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC))
        smooth = pixels.astype(np.float32)
        for axis in (0, 1):
            smooth = (np.roll(smooth, 1, axis) + smooth + np.roll(smooth, -1, axis)) / 3
        return pixels, np.rint(smooth).astype(np.uint8)

    @staticmethod
    def texture(before: Pixels, after: Pixels) -> Pixels:
        """Return half of what was removed of green, as a stand-in for texture."""
        return texture_to_uint8((before[..., 1:2].astype(np.float32) - after[..., 1:2]) / 510)

    @staticmethod
    def _tiles(pixels: Pixels, side: int) -> Iterator[tuple[int, int, Pixels]]:
        for y in range(0, pixels.shape[0], side):
            for x in range(0, pixels.shape[1], side):
                yield x, y, pixels[y : y + side, x : x + side]

    @staticmethod
    def _digit(x: float, y: float) -> Pixels:
        """Return a blob (28, 28, 1) whose shape depends on the place."""
        rows, columns = np.mgrid[-1:1:28j, -1:1:28j]
        radius = np.hypot(columns * (1.2 + 0.25 * x), rows * (1.2 + 0.25 * y))
        ring = np.exp(-((radius - 0.6) ** 2) / 0.02)
        return np.asarray(ring * 255, np.uint8)[:, :, None]

    def _survey(self, job: mapping.Survey) -> Event:
        """Say that the model carries three groups of points, at (-2, 0), (0, 1) and (2, 0)."""
        groups = np.arange(self.own_points, dtype=np.int32) % 3
        middles = np.array([[-2, 0], [0, 1], [2, 0]], np.float32)
        places = middles[groups] + np.random.default_rng(0).normal(0, 0.1, (self.own_points, 2)).astype(np.float32)
        vectors = np.zeros((self.own_points, self.latent), np.float32)
        vectors[:, :2] = places
        axes = np.eye(self.latent)
        plane = Plane(tuple(0 * axes[0]), tuple(axes[0]), tuple(axes[1]))
        names = ("cats", "dogs", "owls") if self.own_points else ()
        return mapping.Surveyed(job.id, self.latent, plane, (-3, -3, 3, 3), vectors, groups, names, places)

    def _embed(self, job: mapping.EmbedFolder) -> Steps:
        """Place the pictures of a folder by their brightness and by their number; every fifth is of another kind."""
        paths = sorted(path for path in Path(job.folder).rglob("*") if path.is_file())
        read_ones, skipped = [], []
        for number, path in enumerate(paths):
            try:
                read_ones.append((path, np.ascontiguousarray(shrunk(read(str(path)), 12)[:6, :6])))
            except (OSError, UnidentifiedImageError):
                skipped.append((path.name, "It is not a picture."))
            yield ev.Progress(job.id, number + 1, len(paths), 1.0)
        if not read_ones:
            yield ev.Failed(job.id, "input", f"There are no pictures in {job.folder}.", "Choose another folder.")
            return
        count = len(read_ones)
        vectors = np.zeros((count, self.latent), np.float32)
        vectors[:, 0] = [pixels.mean() / 128 - 1 for _, pixels in read_ones]
        vectors[:, 1] = np.linspace(-1, 1, count)
        vectors[:, 2:] = np.random.default_rng(0).normal(size=(count, self.latent - 2))
        above = [str(path.relative_to(job.folder).parent) for path, _ in read_ones]
        names = tuple(sorted(set(above)))
        yield mapping.FolderEmbedded(
            job.id,
            job.folder,
            tuple(path.relative_to(job.folder).as_posix() for path, _ in read_ones),
            vectors,
            np.linspace(10, 30, count).astype(np.float32),
            np.arange(count) % 5 == 0,
            np.array([names.index(name) for name in above], np.int32),
            names,
            np.stack([pixels for _, pixels in read_ones]),
            np.full(count, self.encoded_as, np.int32),
            tuple(skipped),
        )

    def _sample(self, job: spec.Sample) -> Event:
        numbers = range(job.first, job.first + job.count)
        drawn = np.stack([np.random.default_rng([job.seed, n]).normal(size=2) for n in numbers]).astype(np.float32)
        points = job.like + job.amount * drawn if job.like else drawn * job.temperature
        return ev.PicturesReady(job.id, np.stack([self._digit(*p) for p in points]), vectors=points)
