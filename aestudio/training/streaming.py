"""Pictures of a folder that memory cannot hold: a few threads read them while the network works.

What is in memory is a ring of pieces, each at most a slot large. Numbered readings (``readings``) decode pictures in
random order and cut pieces out of them; the training thread puts those into the ring, the oldest go, so batches are
always drawn from memory. A piece is replaced once as many pixels were drawn as it has: pictures that nobody has seen
are not thrown away. What moves the ring on is counted in pixels and never timed, and its position lies in the
checkpoint: a run that goes on reads again what was in the ring and sees what it would have seen. Only where reading
takes so long that the network would wait for it does the ring give way, and says so.
"""

from __future__ import annotations

import logging
import os
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import overload

import torch

from aestudio.training.data import Buffer, PicturePool, none_readable
from aestudio.training.path_list import PathList
from aestudio.training.pieces import Cut, Loaded, Pixels
from aestudio.training.readings import Reading, Readings

log = logging.getLogger(__name__)

LEAST_SLOTS = 16
# A run that goes on reads again what was in the ring; with more pieces in it the same number of new ones a step would
# be seen as often.
MOST_SLOTS = 4096
# The first batches are drawn from no fewer pieces than these (of a slow disk from what comes within so many seconds)
FIRST_PIECES = 64
PATIENCE = 40.0
# and from what so many readings, or readings of so many pixels, give beyond that, as far as these seconds allow.
FIRST_READINGS = 512
FIRST_PIXELS = 200e6
FILL_SECONDS = 3.0
# On a processor that trains, reading takes at most this share of its cores: the network shall not wait.
READING_SHARE = 0.03
# A ring that is not full yet gets so many times as many pieces.
GROWTH = 2.0
# A picture of more pixels than its pieces have by this factor costs as much as more pieces.
_WORTH_READING = 16
# A reading is waited for so long (seconds) before the run goes on without it.
LATEST = 20.0
# Pieces are kept for twice as long where waiting took more than this share of the time, and these seconds.
_WAITED_SHARE, _WAITED_SECONDS = 0.02, 3.0
_SAMPLE = 64


class Stream(Sequence[Pixels]):
    """The pictures of a large folder. As a sequence it holds some pieces of them, to look at their kind.

    ``known`` are the training pictures that the walk has found so far, ``rest`` what it will find, as (folder, name);
    ``load`` reads one. ``room`` is what the ring may take, in bytes on ``device``; ``seed`` decides what is read when,
    and ``position`` is how far a run that goes on had come. ``say`` hears, with the next step, when the folder goes
    away and comes back, and when it is read too slowly. Raises InputError where no picture can be used.
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
        seed: int = 0,
        position: Mapping[str, float] | None = None,
    ) -> None:
        cores = os.cpu_count() or 1
        trains_here = device.type == "cpu"
        threads = min(2, cores) if trains_here else max(1, min(4, cores // 2))
        share = READING_SHARE * cores / threads if trains_here else 1.0
        self.readings = Readings(known, rest, load, cut, seed, min(1.0, share), where)
        self.known, self.cut, self.room, self.say = known, cut, room, say
        self.position = position
        self.readings.start(threads)
        self.close: Callable[[], object] = weakref.finalize(self, self.readings.stop)
        self._first = self._first_readings()
        self._sample = [large for reading in self._first for large, _ in reading.pieces][:_SAMPLE]

    def _first_readings(self) -> list[Reading]:
        end, first, pieces = time.monotonic() + PATIENCE, list[Reading](), 0
        while pieces < FIRST_PIECES:
            reading = self.readings.take(end - time.monotonic())
            if reading is None:
                break
            first.append(reading)
            pieces += len(reading.pieces)
        if not pieces:
            self.close()
            raise self.readings.failure or none_readable(self.readings.where)
        return first

    def pool(self, device: torch.device) -> StreamPool:
        """Return the ring, as it was at the stream's position, or filled with what the first readings give."""
        return StreamPool(self, self._first, device)

    @overload
    def __getitem__(self, number: int) -> Pixels: ...
    @overload
    def __getitem__(self, number: slice) -> list[Pixels]: ...
    def __getitem__(self, number: int | slice) -> Pixels | list[Pixels]:
        return self._sample[number]

    def __len__(self) -> int:
        return len(self._sample)


class StreamPool(PicturePool):
    """A ring of pieces on a device, renewed between steps by what the readings give."""

    def __init__(self, stream: Stream, first: Sequence[Reading], device: torch.device) -> None:
        self._stream, self.readings = stream, stream.readings
        self.pictures = stream
        self.scale = stream.cut.scale
        self._paired = any(small is not None for reading in first for _, small in reading.pieces)
        pixels = stream.cut.pixels
        share = 1 + (1 / self.scale**2 if self._paired else 0)
        self.slots = min(MOST_SLOTS, max(LEAST_SLOTS, int(stream.room / (3 * pixels * share))))
        self.large = Buffer.empty(self.slots, 3 * pixels, device)
        self.small = Buffer.empty(self.slots, 3 * pixels // self.scale**2, device) if self._paired else self.large
        self.weight = torch.zeros(self.slots, device=device)
        # pieces that were ever put into the ring, and of each reading in it its number and how many came before it
        self.renewed, self._in_it = 0, deque[tuple[int, int]]()
        # pieces that are due, how many are for as many pixels as one has, and pixels drawn since the last step
        self._credit, self._turnover, self._drawn = 0.0, 1.0, 0
        # seconds that were waited for readings, in all and since a moment, and whether that has been given up for now
        self.waited, self._waited, self._since, self._overdue = 0.0, 0.0, time.monotonic(), False
        if stream.position is None:
            self._fill(first)
        else:
            self._go_on(first, stream.position)
        self.readings.filled = True

    def _fill(self, first: Sequence[Reading]) -> None:
        for reading in first:
            self._put(reading)
        end, number, pixels = time.monotonic() + FILL_SECONDS, len(first), sum(reading.pixels for reading in first)
        while number < FIRST_READINGS and pixels < FIRST_PIXELS and self.renewed < self.slots:
            more = self.readings.take(end - time.monotonic())
            if more is None:
                # the first checkpoint knows with how many the run began
                return
            self._put(more)
            number, pixels = number + 1, pixels + more.pixels

    def _go_on(self, first: Sequence[Reading], position: Mapping[str, float]) -> None:
        """Read again what was in the ring, whatever is in ``first``."""
        self._credit, self._turnover = position["credit"], position["turnover"]
        self.renewed, last = int(position["before"]), int(position["next"])
        self.readings.jump(int(position["oldest"]))
        while self.readings.due < last:
            reading = self.readings.take(PATIENCE)
            if reading is None:
                break
            self._put(reading)
        if not self._in_it:
            for reading in first:
                self._put(reading)
        if self.renewed != int(position["put"]):
            log.warning("The pictures in %s are not what they were when the run began.", self.readings.where)
        if self.readings.due != last:
            self.readings.jump(last)

    def position(self) -> dict[str, float]:
        """Return how far the folder has been read, for the run that goes on from here.

        ``next`` is the number of the next reading; ``put`` pieces have been put into the ring. ``oldest`` is the number
        of the oldest reading in it, and ``before`` how many pieces had been put before that. ``credit`` pieces are due,
        and ``turnover`` new ones for as many pixels drawn as one has.
        """
        oldest, before = self._in_it[0] if self._in_it else (self.readings.due, self.renewed)
        counts = {"next": self.readings.due, "oldest": oldest, "before": before, "put": self.renewed}
        return {**counts, "credit": self._credit, "turnover": self._turnover}

    @property
    def pixels(self) -> int:
        """Return how many pixels of truth are in memory."""
        return int(self.large.shape.prod(1).sum())

    def draw(self, count: int, patch: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Return crops as ``PicturePool.draw`` does, of what is in memory now."""
        self._drawn = count * (patch * self.scale) ** 2
        return super().draw(count, patch, generator)

    def renew(self) -> None:
        """Let new pieces take the place of the oldest, as many as the last draw has made room for."""
        while self.readings.notices:
            self._stream.say(self.readings.notices.popleft())
        growth = GROWTH if self.renewed < self.slots else 1.0
        self._credit += growth * self._turnover * self._drawn / self._stream.cut.pixels
        self._drawn = 0
        while self._credit >= 1:
            reading = self._next()
            if reading is None:
                # what has not come is not made up for
                self._credit = 1.0
                return
            self._put(reading)
            if reading.pieces:
                worth = reading.pixels / (_WORTH_READING * self._stream.cut.pixels)
                self._credit -= max(float(len(reading.pieces)), worth)

    def _next(self) -> Reading | None:
        """Return the next reading; where it is late, wait for it, but not for ever nor all the time."""
        reading = self.readings.take(0.0)
        if reading is None and not self._overdue:
            began = time.monotonic()
            reading = self.readings.take(LATEST)
            now = time.monotonic()
            self._waited, self.waited = self._waited + now - began, self.waited + now - began
            self._overdue = now - began >= LATEST
            where = self.readings.where
            if self._overdue:
                self._stream.say(
                    f"The pictures in {where} keep the run waiting: it goes on with what it has in memory until they "
                    "come, and would end a little differently if it were repeated."
                )
            elif self._waited > max(_WAITED_SECONDS, _WAITED_SHARE * (now - self._since)):
                self._turnover /= 2
                self._waited, self._since = 0.0, now
                self._stream.say(
                    f"The pictures in {where} are read more slowly than the network learns: each is now learned from "
                    f"{1 / self._turnover:g} times as long."
                )
        elif reading is not None:
            self._overdue = False
        return reading

    def _put(self, reading: Reading) -> None:
        if reading.pieces:
            self._in_it.append((reading.number, self.renewed))
        for large, small in reading.pieces:
            slot = self.renewed % self.slots
            self.large.put(slot, large)
            if self._paired and small is not None:
                self.small.put(slot, small)
            self.weight[slot] = float(large.shape[0] * large.shape[1]) ** 0.5
            self.renewed += 1
        # a reading is out when the first piece of the one after it is the oldest, or older
        while len(self._in_it) > 1 and self._in_it[1][1] <= self.renewed - self.slots:
            self._in_it.popleft()


def make_pool(pictures: Sequence[Pixels], device: torch.device, scale: int = 1) -> PicturePool:
    """Return what batches are drawn from: all of the pictures on the device, or the ring of a stream."""
    if isinstance(pictures, Stream):
        return pictures.pool(device)
    return PicturePool(pictures, device, scale)


def number_of(pictures: Sequence[Pixels]) -> int:
    """Return how many pictures there are to learn from; of a stream, how many are known by now."""
    return len(pictures.known) if isinstance(pictures, Stream) else len(pictures)
