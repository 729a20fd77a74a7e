"""Pictures of a folder that memory cannot hold: a few threads read them while the network works.

What is in memory is a ring of pieces, each at most a slot large. Threads decode pictures in random order and cut pieces
out of them; the training thread puts those into the ring, the oldest go, so batches are always drawn from memory. A
piece is replaced once as many pixels were drawn as it has: pictures that nobody has seen are not thrown away.
"""

from __future__ import annotations

import logging
import os
import queue
import random
import threading
import time
import weakref
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.errors import InputError
from aestudio.training.data import NAMED, Buffer, PicturePool, none_readable, shrink, too_small

log = logging.getLogger(__name__)

Pixels = NDArray[np.uint8]
# A picture as it is to become, and the network's input of it where that has a file of its own.
Loaded = tuple[Pixels, Pixels | None]

# The ring takes pieces of this side, in pixels, where a patch needs no more.
SLOT_SIDE = 512
LEAST_SLOTS = 16
# The first batches are drawn from no fewer pieces than these, or from what was read in so many seconds.
FIRST_PIECES = 64
FILL_SECONDS = 3.0
PATIENCE = 40.0
# On a processor that trains, reading takes at most this share of its cores: the network shall not wait.
READING_SHARE = 0.03
_QUEUED = 48
_MOST_PIECES = 4
_SAMPLE = 64
# After so many failures in a row a folder is taken to be gone, and tried again so often (seconds).
_GONE = 25
RETRY_EVERY = 20.0
# Where so many files are no pictures, no more are tried.
_HOPELESS = 2000
# Where the small twin of a piece is cut from a larger one: bicubic's kernel reaches two small pixels.
_MARGIN = 3


class PathList(Sequence[Path]):
    """Paths of files, each kept as its name's bytes and its folder's number: a million take some 40 MB."""

    def __init__(self) -> None:
        self._folders: list[str] = []
        self._numbers: dict[str, int] = {}
        self._names = bytearray()
        self._folder_of, self._ends = array("I"), array("Q", [0])

    def append(self, folder: str, name: str) -> None:
        """Add a file. Another thread may read meanwhile."""
        if folder not in self._numbers:
            self._folders.append(folder)
            self._numbers[folder] = len(self._folders) - 1
        self._names += os.fsencode(name)
        self._folder_of.append(self._numbers[folder])
        # last: another thread counts these
        self._ends.append(len(self._names))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> Path:  # type: ignore[override]
        name = bytes(self._names[self._ends[number] : self._ends[number + 1]])
        return Path(self._folders[self._folder_of[number]], os.fsdecode(name))


@dataclass(frozen=True)
class Cut:
    """How pieces are cut: ``pixels`` of a slot, the shorter side that a picture must have, and the twin's scale."""

    pixels: int
    smallest: int
    scale: int = 1

    def pieces(self, loaded: Loaded, chance: random.Random) -> list[Loaded]:
        """Return up to four pieces of a picture and what the network gets of them; none where it is too small.

        A larger picture gives more, as the root of its area. Without a file of its own the small one is made by
        bicubic, where there is a scale.
        """
        large, small = loaded
        scale = self.scale
        height, width = (n // scale * scale for n in large.shape[:2])
        if min(height, width) < self.smallest:
            return []
        count = min(_MOST_PIECES, max(1, round((height * width / self.pixels) ** 0.5)))
        return [self._piece(large[:height, :width], small, chance) for _ in range(count)]

    def _piece(self, large: Pixels, small: Pixels | None, chance: random.Random) -> Loaded:
        scale = self.scale
        height, width = large.shape[:2]
        side = int(self.pixels**0.5)
        tall = min(height, max(side, self.pixels // width)) // scale * scale
        wide = min(width, self.pixels // tall) // scale * scale
        top, left = (chance.randrange((room) // scale + 1) * scale for room in (height - tall, width - wide))
        piece = np.ascontiguousarray(large[top : top + tall, left : left + wide])
        y, x = top // scale, left // scale
        if small is not None:
            return piece, np.ascontiguousarray(small[y : y + tall // scale, x : x + wide // scale])
        if scale == 1:
            return piece, None
        # the twin is that of the whole picture: its border sees what lies beyond the piece's
        up, before = min(y, _MARGIN), min(x, _MARGIN)
        far = _MARGIN * scale
        around = large[top - up * scale : top + tall + far, left - before * scale : left + wide + far]
        twin = shrink(around, scale)[up : up + tall // scale, before : before + wide // scale]
        return piece, np.ascontiguousarray(twin)


class _Feeder:
    """Threads that walk on and decode; nothing here refers to the pool, so that they end with it."""

    def __init__(
        self,
        known: PathList,
        rest: Iterable[tuple[str, str]],
        load: Callable[[Path], Loaded],
        cut: Cut,
        share: float,
        where: str,
    ) -> None:
        self.known, self.rest, self.load, self.cut, self.share, self.where = known, rest, load, cut, share, where
        self.ready: queue.Queue[Loaded] = queue.Queue(_QUEUED)
        self.stopped, self.filled, self.walked = threading.Event(), threading.Event(), threading.Event()
        self.notices: deque[str] = deque()
        self.failure: InputError | None = None
        self.read = self.unread = self.small = 0
        self._in_a_row = 0
        self._gone = False
        self._lock = threading.Lock()
        self._order, self._at, self._seen = np.empty(0, np.int64), 0, 0
        self._chance = random.Random()
        self._shuffle = np.random.default_rng()

    def start(self, threads: int) -> None:
        works = [self._walk] + [self._decode] * threads
        self._threads = [threading.Thread(target=w, name="pictures", daemon=True) for w in works]
        for thread in self._threads:
            thread.start()

    def stop(self, wait: float = 5.0) -> None:
        self.stopped.set()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(wait)

    def _walk(self) -> None:
        for folder, name in self.rest:
            if self.stopped.is_set():
                return
            self.known.append(folder, name)
        self.walked.set()

    def _next(self) -> Path | None:
        """Return the next path in random order; all once before one comes again, and those found meanwhile soon."""
        with self._lock:
            if not len(self.known):
                return None
            if self._at >= len(self._order) or len(self.known) > 2 * self._seen:
                self._seen = len(self.known)
                self._order, self._at = self._shuffle.permutation(self._seen), 0
            self._at += 1
            return self.known[int(self._order[self._at - 1])]

    def _decode(self) -> None:
        while not self.stopped.is_set() and self.failure is None:
            began, path = time.thread_time(), self._next()
            if path is None:
                # nothing but held-out pictures so far
                if self.walked.is_set() and not len(self.known):
                    self.failure = none_readable(self.where)
                self.stopped.wait(0.05)
                continue
            for piece in self._read(path):
                self._offer(piece)
            if self._gone:
                self.stopped.wait(RETRY_EVERY)
            elif self.filled.is_set() and self.share < 1:
                self.stopped.wait(min((time.thread_time() - began) * (1 / self.share - 1), 60.0))

    def _offer(self, piece: Loaded) -> None:
        while not self.stopped.is_set():
            try:
                return self.ready.put(piece, timeout=0.5)
            except queue.Full:
                continue

    def _read(self, path: Path) -> list[Loaded]:
        try:
            pieces = self.cut.pieces(self.load(path), self._chance)
        except (InputError, MemoryError) as error:
            self._missed(str(error) if isinstance(error, MemoryError) else error.what)
            return []
        self.read += 1
        self._in_a_row = 0
        if self._gone:
            self._gone = False
            self.notices.append(f"The pictures in {self.where} can be read again.")
        if not pieces:
            self.small += 1
            if self.small == self.read >= self._enough():
                self.failure = too_small(self.where, self.cut.smallest)
        return pieces

    def _missed(self, what: str) -> None:
        with self._lock:
            self.unread += 1
            self._in_a_row += 1
            count, in_a_row = self.unread, self._in_a_row
        if not self.read:
            if count >= self._enough():
                self.failure = none_readable(self.where)
        elif in_a_row >= _GONE and not self._gone:
            self._gone = True
            self.notices.append(
                f"The pictures in {self.where} cannot be read any more; "
                "the run goes on with what it has in memory, and tries again now and then."
            )
        if count <= NAMED:
            log.warning("Left out: %s", what)
        elif count in (100, 1000, 10_000, 100_000):
            log.warning("Left out so far: %d files in %s that cannot be read.", count, self.where)

    def _enough(self) -> int:
        return min(_HOPELESS, len(self.known)) if self.walked.is_set() else _HOPELESS


class Stream(Sequence[Pixels]):
    """The pictures of a large folder. As a sequence it holds some pieces of them, to look at their kind.

    ``known`` are the training pictures that the walk has found so far, ``rest`` what it will find, as (folder, name);
    ``load`` reads one. ``room`` is what the ring may take, in bytes on ``device``. ``say`` hears, at the next draw,
    when the folder goes away and comes back. Raises InputError where no picture can be used.
    """

    def __init__(
        self,
        known: PathList,
        rest: Iterable[tuple[str, str]],
        load: Callable[[Path], Loaded],
        cut: Cut,
        room: int,
        device: torch.device,
        where: str,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        cores = os.cpu_count() or 1
        trains_here = device.type == "cpu"
        threads = min(2, cores) if trains_here else max(1, min(4, cores // 2))
        share = READING_SHARE * cores / threads if trains_here else 1.0
        self._feeder = _Feeder(known, rest, load, cut, min(1.0, share), where)
        self.known, self.cut, self.room, self.device, self.say = known, cut, room, device, say
        self._feeder.start(threads)
        self.close: Callable[[], object] = weakref.finalize(self, self._feeder.stop)
        self._first = self._wait_for_some()

    def _wait_for_some(self) -> list[Loaded]:
        began, first = time.monotonic(), list[Loaded]()
        while len(first) < FIRST_PIECES:
            try:
                first.append(self._feeder.ready.get(timeout=0.05))
            except queue.Empty:
                failure = self._feeder.failure
                if failure is not None and not first:
                    self.close()
                    raise failure from None
                waited = time.monotonic() - began
                if first and (waited > FILL_SECONDS or failure is not None):
                    break
                if waited > PATIENCE:
                    self.close()
                    raise none_readable(self._feeder.where) from None
        return first

    def pool(self, device: torch.device) -> StreamPool:
        """Return the ring, filled as far as a few seconds allow."""
        return StreamPool(self, self._first, self._feeder, device)

    @overload
    def __getitem__(self, number: int) -> Pixels: ...
    @overload
    def __getitem__(self, number: slice) -> list[Pixels]: ...
    def __getitem__(self, number: int | slice) -> Pixels | list[Pixels]:
        if isinstance(number, slice):
            return [piece for piece, _ in self._first[:_SAMPLE][number]]
        return self._first[:_SAMPLE][number][0]

    def __len__(self) -> int:
        return min(_SAMPLE, len(self._first))


class StreamPool(PicturePool):
    """A ring of pieces on a device, renewed between draws by what the threads have ready."""

    def __init__(self, stream: Stream, first: Iterable[Loaded], feeder: _Feeder, device: torch.device) -> None:
        self._stream, self._feeder = stream, feeder
        self.scale, self._paired = stream.cut.scale, any(small is not None for _, small in first)
        pixels = stream.cut.pixels
        share = 1 + (1 / self.scale**2 if self._paired else 0)
        self.slots = max(LEAST_SLOTS, int(stream.room / (3 * pixels * share)))
        self.large = Buffer.empty(self.slots, 3 * pixels, device)
        self.small = Buffer.empty(self.slots, 3 * pixels // self.scale**2, device) if self._paired else self.large
        self.weight = torch.zeros(self.slots, device=device)
        self.renewed = 0
        self._credit = 0.0
        for piece in first:
            self._put(piece)
        began = time.monotonic()
        while self.renewed < self.slots and time.monotonic() - began < FILL_SECONDS and feeder.failure is None:
            try:
                self._put(feeder.ready.get(timeout=0.1))
            except queue.Empty:
                continue
        feeder.filled.set()

    @property
    def pixels(self) -> int:
        """Return how many pixels of truth are in memory."""
        return int(self.large.shape.prod(1).sum())

    def draw(self, count: int, patch: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Return crops as ``PicturePool.draw`` does, of what is in memory now."""
        self._renew(count * (patch * self.scale) ** 2)
        return super().draw(count, patch, generator)

    def _renew(self, drawn: int) -> None:
        while self._feeder.notices:
            self._stream.say(self._feeder.notices.popleft())
        self._credit = min(self._credit + drawn / self._stream.cut.pixels, float(_QUEUED))
        # a ring that is not full yet takes what comes, a little at a time
        most = int(self._credit) if self.renewed >= self.slots else 8
        for _ in range(most):
            try:
                self._put(self._feeder.ready.get_nowait())
            except queue.Empty:
                return
            self._credit = max(0.0, self._credit - 1)

    def _put(self, piece: Loaded) -> None:
        slot = self.renewed % self.slots
        large, small = piece
        self.large.put(slot, large)
        if self._paired and small is not None:
            self.small.put(slot, small)
        self.weight[slot] = float(large.shape[0] * large.shape[1]) ** 0.5
        self.renewed += 1


def make_pool(pictures: Sequence[Pixels], device: torch.device, scale: int = 1) -> PicturePool:
    """Return what batches are drawn from: all of the pictures on the device, or the ring of a stream."""
    if isinstance(pictures, Stream):
        return pictures.pool(device)
    return PicturePool(pictures, device, scale)


def number_of(pictures: Sequence[Pixels]) -> int:
    """Return how many pictures there are to learn from; of a stream, how many are known by now."""
    return len(pictures.known) if isinstance(pictures, Stream) else len(pictures)
