"""What making a result will take, from one tile of it that is timed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from aestudio.engine.restore import Work
from aestudio.engine.tiling import Tile
from aestudio.jobs.spec import Restoration
from aestudio.jobs.stamps import seen

QUICK = 0.5
"""Seconds. A tile that is faster may have been the first one of its session: it is timed once more."""


class Probe:
    """Times a tile, once for each restoration on each device: what was measured once is not measured again."""

    def __init__(self) -> None:
        self._measured: dict[object, tuple[float, bool]] = {}

    def seconds(self, restoration: Restoration, work: Work) -> tuple[float, bool]:
        """Return the seconds of computing one result, and whether memory sufficed for smaller tiles only.

        A result that is there already is timed like any other: it stands for those of a batch that are not. Where
        even the smallest tile does not fit the seconds are negative: the processor will do it.
        """
        session = work.session
        of = (restoration, str(session.choice.device), session.choice.precision, seen(session.model.path))
        if of not in self._measured:
            self._measured[of] = _per_megapixel(work)
        per_megapixel, crowded = self._measured[of]
        info = work.picture.info
        return per_megapixel * info.width * info.height / 1e6, crowded


def _per_megapixel(work: Work) -> tuple[float, bool]:
    """Return the seconds for a megapixel of the source, and whether tiles had to be smaller than usual."""
    import torch

    side, usual = work.session.default_tile(), work.session.default_tile()
    while True:
        places = list(work.plan(side).tiles())
        place = places[len(places) // 2]
        try:
            seconds = _timed(work, place)
        except (torch.OutOfMemoryError, MemoryError):
            if side <= work.session.smallest_tile():
                return -1.0, True
            side = max(work.session.smallest_tile(), side // 2)
            continue
        info = work.picture.info
        return seconds * len(places) / (info.width * info.height / 1e6), side < usual


def _timed(work: Work, place: Tile) -> float:
    best = float("inf")
    for _ in range(2):
        started = time.perf_counter()
        work.compute(place)
        best = min(best, time.perf_counter() - started)
        if best > QUICK:
            break
    return best


def memory_for(work: Work) -> int:
    """Return about how many bytes of memory making a result takes: the picture, and rows of tiles in full precision."""
    height, width = work.size
    rows = min(height, int(work.session.default_tile() * max(1.0, work.scale)))
    return work.picture.pixels.nbytes + 4 * rows * width * work.picture.info.channels * 4


def free_disk(folder: str) -> int:
    """Return the bytes of room on the disk of a folder, or of the nearest one above it that exists; -1: unknown."""
    place = Path(folder) if folder else None
    while place is not None:
        try:
            return shutil.disk_usage(place).free
        except OSError:
            place = place.parent if place.parent != place else None
    return -1
