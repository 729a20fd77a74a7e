"""Readings of a large folder, numbered: a few threads take them ahead of time, and they are handed out in order.

Which picture a reading takes and where pieces are cut out of it follows from the run's seed and the reading's number
alone, however long each of them takes: a run that is resumed sees what it would have seen.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aestudio.errors import InputError
from aestudio.training.data import NAMED, none_readable, too_small
from aestudio.training.path_list import PathList
from aestudio.training.pieces import Cut, Loaded

log = logging.getLogger(__name__)

# So many readings are taken of what the first look found, as many of twice that, and so on, until the walk's end is
# reached: then of everything, all once before one comes again. So the first ones need not wait for the walk.
ROUND = 128
# Readings lie ready up to so many pieces.
QUEUED = 48
# After so many failures in a row a folder is taken to be gone, and tried again so often (seconds).
_GONE = 25
RETRY_EVERY = 20.0
# Where so many files are no pictures, no more are tried.
_HOPELESS = 2000


class Order:
    """Which of ``known``, a list that grows until ``walked`` is set, a reading takes."""

    def __init__(self, known: PathList, walked: threading.Event, seed: int) -> None:
        self.known, self.walked, self.seed = known, walked, seed % 2**32
        self._first = max(ROUND, len(known))
        self._shuffled: OrderedDict[tuple[int, int], NDArray[np.int64]] = OrderedDict()
        self._lock = threading.Lock()

    def path(self, number: int) -> Path | None:
        """Return the file that reading ``number`` takes, None as long as the walk has not come so far."""
        turn, place = divmod(number, ROUND)
        size = self._first << turn
        if self.walked.is_set():
            total = len(self.known)
            if not total:
                return None
            growing = self._growing(total)
            if turn >= growing:
                turn, place = divmod(number - ROUND * growing, total)
                turn, size = turn + growing, total
        if len(self.known) < size:
            return None
        return self.known[int(self._shuffle(turn, size)[place])]

    def once(self) -> int | None:
        """Return after how many readings every file was tried, None as long as that is not known."""
        if not self.walked.is_set():
            return None
        return ROUND * self._growing(len(self.known)) + len(self.known)

    def _growing(self, total: int) -> int:
        """Return how many rounds take less than all of the files."""
        rounds = 0
        while self._first << rounds < total:
            rounds += 1
        return rounds

    def _shuffle(self, turn: int, size: int) -> NDArray[np.int64]:
        with self._lock:
            if (turn, size) not in self._shuffled:
                self._shuffled[turn, size] = np.random.default_rng((self.seed, turn, size)).permutation(size)
                # threads are at most at the end of one and at the beginning of the next
                while len(self._shuffled) > 2:
                    self._shuffled.popitem(last=False)
            return self._shuffled[turn, size]


@dataclass(frozen=True)
class Reading:
    """What came of a reading: the pieces of its picture, none where it is no use, and how many pixels it has."""

    number: int
    pieces: list[Loaded]
    pixels: int


class Readings:
    """Threads that walk on and decode; nothing here refers to the ring, so that they end with it.

    ``known`` and ``rest`` are what the walk has found and will find, as (folder, name). On a processor that trains,
    ``share`` of a core is what a thread takes of it, but where somebody waits for it.
    """

    def __init__(
        self,
        known: PathList,
        rest: Iterable[tuple[str, str]],
        load: Callable[[Path], Loaded],
        cut: Cut,
        seed: int,
        share: float,
        where: str,
    ) -> None:
        self.known, self.rest, self.load, self.cut, self.share, self.where = known, rest, load, cut, share, where
        self.seed, self.walked = seed, threading.Event()
        self.order = Order(known, self.walked, seed)
        self.notices: deque[str] = deque()
        self.failure: InputError | None = None
        self.gone = self.filled = False
        # the number of the reading that is handed out next
        self.due = 0
        self._next, self._ready, self._ahead = 0, dict[int, Reading](), 0
        self._hungry = self._stopped = False
        self._broken: BaseException | None = None
        self._changed = threading.Condition()
        self._read = self._unread = self._small = self._in_a_row = 0
        self._named = set[str]()
        # how often the folder has gone away
        self._losses = 0
        # the pieces that were made and the processor time that it took, in seconds
        self.made, self.worked = 0, 0.0

    def start(self, threads: int) -> None:
        works = [self._walk] + [self._decode] * threads
        self._threads = [threading.Thread(target=w, name="pictures", daemon=True) for w in works]
        for thread in self._threads:
            thread.start()

    def stop(self, wait: float = 5.0) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(wait)

    def take(self, patience: float) -> Reading | None:
        """Return the reading that is due, None where it does not come within ``patience`` seconds.

        Nobody waits for a folder that is gone.
        """
        with self._changed:
            if self.due not in self._ready and patience > 0:
                self._hungry = True
                self._changed.notify_all()
                self._changed.wait_for(lambda: self.due in self._ready or self._no_use_waiting(), patience)
                self._hungry = False
            if self._broken is not None:
                raise self._broken
            reading = self._ready.pop(self.due, None)
            if reading is not None:
                self.due += 1
                self._ahead -= _weight(reading)
                self._changed.notify_all()
            return reading

    def jump(self, number: int) -> None:
        """Let ``number`` be due next, whatever was read ahead."""
        with self._changed:
            self.due = self._next = number
            self._ready, self._ahead = {}, 0
            self._changed.notify_all()

    def _no_use_waiting(self) -> bool:
        return self.gone or self._stopped or self.failure is not None or self._broken is not None

    def _walk(self) -> None:
        for folder, name in self.rest:
            if self._stopped:
                return
            self.known.append(folder, name)
        self.walked.set()

    def _decode(self) -> None:
        try:
            while (number := self._begin()) is not None:
                path = self._path(number)
                if path is None:
                    return
                began = time.thread_time()
                reading = self._reading(number, path)
                worked = time.thread_time() - began
                with self._changed:
                    self.made, self.worked = self.made + len(reading.pieces), self.worked + worked
                self._hand_in(reading)
                self._pause(worked)
        except BaseException as error:
            # whoever asks for the next reading hears of it
            with self._changed:
                self._broken = error
                self._changed.notify_all()

    def _begin(self) -> int | None:
        """Return the number of the next reading to take, when there is room for it; None where no more are wanted."""
        with self._changed:
            self._changed.wait_for(lambda: self._ahead < QUEUED or self._stopped or self.failure is not None)
            if self._stopped or self.failure is not None:
                return None
            self._next += 1
            return self._next - 1

    def _path(self, number: int) -> Path | None:
        while not self._stopped:
            path = self.order.path(number)
            if path is not None:
                return path
            if self.walked.is_set() and not len(self.known):
                # nothing but held-out pictures
                self._fail(none_readable(self.where))
                return None
            self.walked.wait(0.05)
        return None

    def _hand_in(self, reading: Reading) -> None:
        with self._changed:
            # after a jump nobody asks for what was under way
            if self.due <= reading.number < self._next and reading.number not in self._ready:
                self._ready[reading.number] = reading
                self._ahead += _weight(reading)
                self._changed.notify_all()

    def _pause(self, worked: float) -> None:
        with self._changed:
            if self.gone:
                self._changed.wait_for(lambda: self._stopped, RETRY_EVERY)
            elif self.filled and self.share < 1:
                rest = min(worked * (1 / self.share - 1), 60.0)
                self._changed.wait_for(lambda: self._hungry or self._stopped, rest)

    def _reading(self, number: int, path: Path) -> Reading:
        losses = self._losses
        try:
            loaded = self.load(path)
            pieces = self.cut.pieces(loaded, random.Random(f"{self.seed}/{number}"))
        except (InputError, MemoryError) as error:
            self._missed(str(error) if isinstance(error, MemoryError) else error.what)
            return Reading(number, [], 0)
        with self._changed:
            self._read += 1
            self._small += not pieces
            self._in_a_row = 0
            # what was opened before the folder went away does not show that it is back
            back = self.gone and losses == self._losses
            self.gone = self.gone and not back
            all_small = self._small == self._read >= self._enough()
        if back:
            self.notices.append(f"The pictures in {self.where} can be read again.")
        if all_small:
            self._fail(too_small(self.where, self.cut.smallest))
        return Reading(number, pieces, loaded[0].shape[0] * loaded[0].shape[1])

    def _missed(self, what: str) -> None:
        with self._changed:
            self._unread += 1
            self._in_a_row += 1
            count = self._unread
            lost = self._read > 0 and self._in_a_row >= _GONE and not self.gone
            self.gone, self._losses = self.gone or lost, self._losses + lost
            hopeless = not self._read and count >= self._enough()
            self._changed.notify_all()
        if hopeless:
            self._fail(none_readable(self.where))
        if lost:
            self.notices.append(
                f"The pictures in {self.where} cannot be read any more; "
                "the run goes on with what it has in memory, and tries again now and then."
            )
        if count <= NAMED:
            # every later round meets it again
            if what not in self._named:
                self._named.add(what)
                log.warning("Left out: %s", what)
        elif count in (100, 1000, 10_000, 100_000):
            log.warning("Left out so far: %d files in %s that cannot be read.", count, self.where)

    def _fail(self, failure: InputError) -> None:
        with self._changed:
            self.failure = failure
            self._changed.notify_all()

    def _enough(self) -> int:
        return min(_HOPELESS, self.order.once() or _HOPELESS)


def _weight(reading: Reading) -> int:
    return max(1, len(reading.pieces))
