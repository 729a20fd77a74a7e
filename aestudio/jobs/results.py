"""What the engine process holds between jobs: decoded pictures, and results tile by tile."""

from __future__ import annotations

import contextlib
import math
import os
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING
from weakref import WeakValueDictionary

import numpy as np

from aestudio import paths
from aestudio.engine.invented import likely_error
from aestudio.engine.memory import free_memory
from aestudio.engine.restore import RestoredTile, Work
from aestudio.engine.session import Floats
from aestudio.engine.tiling import TilePlan, part, smallest_tile
from aestudio.engine.verdict import Verdict
from aestudio.errors import OutputError
from aestudio.imageio.picture import Picture
from aestudio.imageio.reader import read_picture
from aestudio.jobs.events import INVENTED_STEPS
from aestudio.jobs.spec import Restoration
from aestudio.jobs.stamps import seen

if TYPE_CHECKING:
    from aestudio.jobs.events import Pixels

PICTURE_BYTES = 1 << 30
RESULT_BYTES = 8 << 30
# What a window of the network takes while it is computed, for each of its pixels: measured on the shipped
# denoisers in float32, of which the others need less.
BYTES_PER_WINDOW_PIXEL = 1000


@dataclass(frozen=True)
class Memory:
    """How a limit of memory is shared out, in bytes: what each cache of pictures keeps, and what one picture may take.

    ``window`` is the largest side of a network's window, in source pixels. Zero means no limit but the program's own.
    """

    kept: int = PICTURE_BYTES
    picture: int = 0
    window: int = 0

    @classmethod
    def within(cls, megabytes: int) -> Memory:
        """Return the shares of a limit: half for pictures (two caches, or one large picture), half for computing."""
        if megabytes <= 0:
            return cls()
        half = megabytes * 500_000
        return cls(half // 2, half, max(64, math.isqrt(half // BYTES_PER_WINDOW_PIXEL)))


class PictureCache:
    """Decoded pictures, the last used kept while they fit into ``memory.kept``; a changed file is read anew.

    For any thread: while a slow file is read, others are.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        self.memory = memory or Memory()
        self._pictures: OrderedDict[tuple[str, int, int], Picture] = OrderedDict()
        self._lock = threading.RLock()
        # one for each file that is being read, so that nothing is read twice
        self._reading: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()

    def get(self, path: str, max_pixels: int = 0) -> Picture:
        """Return the picture of a file. Raises InputError."""
        stamp = file_stamp(path)
        with self._lock:
            reading = self._reading.setdefault(path, threading.Lock())
        with reading:
            with self._lock:
                if stamp in self._pictures:
                    self._pictures.move_to_end(stamp)
                    return self._pictures[stamp]
                self.forget(path)
            limits = {"max_pixels": max_pixels} if max_pixels else {}
            picture = read_picture(Path(path), **limits, max_bytes=self.memory.picture, free=free_memory())
            picture.stamp = stamp[1:]
            with self._lock:
                self._pictures[stamp] = picture
                self.trim()
        return picture

    def trim(self) -> None:
        """Let go of the pictures that were used longest ago where all together are too large."""
        with self._lock:
            while len(self._pictures) > 1 and sum(p.nbytes for p in self._pictures.values()) > self.memory.kept:
                self._pictures.popitem(last=False)

    def forget(self, path: str) -> None:
        """Drop what is held of a file."""
        with self._lock:
            for stamp in [s for s in self._pictures if s[0] == path]:
                del self._pictures[stamp]


class StoredResult:
    """A result at full depth, on disk: uint16 steps for integer pictures, float32 for float ones; and
    the texture that denoising removed.

    Filled tile by tile and read back the same way, so that what is saved is what was shown. ``unlike`` and
    ``verdict`` are what was found out about it, None before, as is its map of invented detail; ``seconds`` is how
    long each tile took. Where ``first`` is given, the first look is at a part of a tile, which keeps at least as many
    source pixels of each side.
    """

    def __init__(self, work: Work, tile: int, first: int = 0) -> None:
        self.work, self.tile = work, tile
        self._first = first
        self._looked: dict[int, tuple[slice, slice]] = {}
        self.grid: TilePlan = work.plan(tile)
        self._places = list(self.grid.tiles())
        height, width = work.size
        self._exact = work.picture.info.dtype.kind == "f"
        shape = (height, width, work.picture.info.channels)
        self._file = _scratch_file()
        dtype = np.dtype(np.float32 if self._exact else np.uint16)
        after = int(np.prod(shape)) * dtype.itemsize
        fine = height * width * np.dtype(np.float16).itemsize if work.sigma is not None else 0
        self.bytes = after + fine
        _reserve(self._file, max(1, self.bytes))
        self._after = np.memmap(self._file, dtype=dtype, mode="r+", shape=shape)
        self._texture = (
            np.memmap(self._file, dtype=np.float16, mode="r+", offset=after, shape=(height, width, 1)) if fine else None
        )
        self._done: dict[int, tuple[slice, slice]] = {}
        self._invented: dict[int, Pixels] = {}
        self._users, self._closed = 0, False
        self.seconds: dict[int, float] = {}
        self.unlike: bool | None = None
        self.better = self.damage = ""
        self.verdict: Verdict | None = None

    @property
    def complete(self) -> bool:
        """Return whether every tile is there."""
        return len(self._done) == len(self.grid)

    def boxes(self) -> list[tuple[int, int, int, int]]:
        """Return (left, top, right, bottom) of each tile in the result, row by row."""
        kept = (self.work.kept(place) for place in self._places)
        return [(x.start, y.start, x.stop, y.stop) for y, x in kept]

    def __len__(self) -> int:
        return len(self._done)

    def has(self, number: int) -> bool:
        """Return whether tile ``number`` is computed."""
        return number in self._done

    def tile_at(self, number: int) -> RestoredTile:
        """Return tile ``number`` of the grid (row by row), computed only where it is missing.

        Raises torch.OutOfMemoryError.
        """
        if number not in self._done:
            started = time.monotonic()
            tile = self.work.compute(self._places[number])
            self.seconds[number] = time.monotonic() - started
            self._keep(tile, self._looked.get(number))
            self._done[number] = (tile.y, tile.x)
            if number not in self._looked:
                return tile
        return self._kept(*self._done[number], self.work.before(self._places[number]))

    def first_look(self, number: int, x: float, y: float) -> RestoredTile | None:
        """Return a part of tile ``number`` around a point of the result, long before all of the tile could be there.

        Only of the first tile that is computed, and None where a part would save little. The tile keeps these very
        pixels: what was shown is what is saved. Raises torch.OutOfMemoryError.
        """
        if not self._first or self._done or self._looked:
            return None
        session, scale = self.work.session, self.work.scale
        side = smallest_tile(session.halo, session.multiple) + self._first
        place = part(self._places[number], int(y / scale), int(x / scale), side, session.halo, session.multiple)
        if place is None:
            return None
        tile = self.work.compute(place)
        self._keep(tile)
        self._looked[number] = (tile.y, tile.x)
        return tile

    def _keep(self, tile: RestoredTile, but: tuple[slice, slice] | None = None) -> None:
        """Store a tile, all but a part that is there already."""
        planes = [(self._after, tile.after if self._exact else np.rint(tile.after * 65535))]
        if self._texture is not None and tile.texture is not None:
            planes.append((self._texture, tile.texture))
        for plane, values in planes:
            earlier = None if but is None else np.array(plane[but])
            plane[tile.y, tile.x] = values
            if but is not None:
                plane[but] = earlier

    def _kept(self, y: slice, x: slice, before: Floats) -> RestoredTile:
        kept = self._after[y, x]
        after = np.array(kept) if self._exact else kept.astype(np.float32) / np.float32(65535)
        texture = self._texture[y, x].astype(np.float32) if self._texture is not None else None
        return RestoredTile(y, x, before, after, texture)

    def invented_at(self, number: int, check: Callable[[], None]) -> Pixels:
        """Return the likely error of tile ``number`` over cells of 8 pixels, as ``events.InventedTile`` has it.

        ``check`` is called between two runs of the network and may raise. Raises torch.OutOfMemoryError.
        """
        if number not in self._invented:
            likely = likely_error(self.work, self._places[number], check) * INVENTED_STEPS
            self._invented[number] = np.rint(np.clip(likely, 0, 255)).astype(np.uint8)
        return self._invented[number]

    def before_at(self, number: int) -> Floats:
        """Return the same tile without the network."""
        return self.work.before(self._places[number])

    def nearest(self, count: int, x: float, y: float) -> list[int]:
        """Return up to ``count`` computed tiles around a point of the result."""

        def away(number: int) -> float:
            rows, columns = self._done[number]
            return float((rows.start + rows.stop - 2 * y) ** 2 + (columns.start + columns.stop - 2 * x) ** 2)

        return sorted(self._done, key=away)[:count]

    def tiles(self) -> Iterator[RestoredTile]:
        """Yield every tile, row by row, computing what is missing."""
        for number in range(len(self.grid)):
            yield self.tile_at(number)

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Keep the result whole inside, whoever closes it meanwhile."""
        self._users += 1
        try:
            yield
        finally:
            self._users -= 1
            if self._closed:
                self.close()

    def close(self) -> None:
        """Free the disk space, once nobody uses the result."""
        self._closed = True
        if not self._users and not self._file.closed:
            del self._after, self._texture
            self._file.close()


def _scratch_file() -> IO[bytes]:
    """Return a nameless file that is gone with its owner. Raises OutputError."""
    folder = paths.cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryFile(prefix="result-", dir=folder)
    except OSError as cause:
        raise OutputError(f"The folder {folder} cannot be written.", "Check its rights and free space.") from cause


def _reserve(file: IO[bytes], size: int) -> None:
    """Make the file that large, on the disk and not only by name: a full disk is said now, not by a crash later."""
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        else:
            file.truncate(size)
    except OSError as cause:
        file.close()
        advice = f"Free {math.ceil(size / 1e8) / 10:.1f} GB on the disk of {paths.cache_folder()}."
        raise OutputError("There is no room on the disk for this result.", advice) from cause


class ResultCache:
    """Results by file and settings, the last used kept while they fit into ``RESULT_BYTES`` of disk
    and their pictures into ``memory.kept``.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        self.memory = memory or Memory()
        self._results: OrderedDict[tuple[tuple[str, int, int], Restoration], StoredResult] = OrderedDict()

    def find(self, path: str, restoration: Restoration) -> StoredResult | None:
        """Return the result of an unchanged file with these settings, complete or not."""
        key = (file_stamp(path), restoration)
        if key in self._results:
            self._results.move_to_end(key)
        return self._results.get(key)

    def put(self, path: str, restoration: Restoration, result: StoredResult) -> None:
        """Keep a result, in place of an earlier one of the same file and settings."""
        key = (file_stamp(path), restoration)
        earlier = self._results.pop(key, None)
        if earlier is not None:
            earlier.close()
        self._results[key] = result
        self.trim()

    def trim(self) -> None:
        """Let go of the results that were used longest ago where all together are too large."""
        while len(self._results) > 1 and self._too_much():
            self._results.popitem(last=False)[1].close()

    def clear(self) -> None:
        """Let go of every result."""
        while self._results:
            self._results.popitem()[1].close()

    def _too_much(self) -> bool:
        # each result holds on to its picture, which several results may share
        pictures = {id(r.work.picture): r.work.picture.pixels.nbytes for r in self._results.values()}
        disk = sum(r.bytes for r in self._results.values())
        return disk > RESULT_BYTES or sum(pictures.values()) > self.memory.kept

    def forget(self, path: str) -> None:
        """Drop every result of a file."""
        for key in [k for k in self._results if k[0][0] == path]:
            self._results.pop(key).close()


def file_stamp(path: str) -> tuple[str, int, int]:
    """Return what changes when a file changes; a missing file has a stamp of its own."""
    return path, *seen(Path(path))
