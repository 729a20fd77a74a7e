"""How long a batch will take, from the work that is done: a pure reckoning that is fed with progress and a clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

_SPREAD = 0.05
"""Sizes must differ at least so much (variance over squared mean) to tell what every file costs whatever its size."""


@dataclass
class _File:
    size: float | None
    share: float = 0.0


class Estimate:
    """Time left of files that are worked on one after another, each of a known size or of none yet.

    Sizes are in any unit of work (megapixels, say): their ratios are what counts, not the number of files. A file's
    time is taken to be a + b * size; a and b are fitted to the files that are over (least squares, neither negative).
    Rests don't count.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._files: dict[str, _File] = {}
        self._over: list[tuple[float, float]] = []
        self._known: list[float] = []
        self._worked = 0.0
        self._since: float | None = None
        self._last_end = 0.0
        self._begun: dict[str, float] = {}
        self._done = 0.0

    def add(self, name: str, size: float | None) -> None:
        """Add a file that is still to be done; ``size`` None where it is not known yet."""
        self._files[name] = _File(size)
        if size is not None:
            self._known.append(size)

    def move(self, name: str, share: float) -> None:
        """Note that ``share`` (0..1) of a file is done. The clock starts with the first one."""
        file = self._files.get(name)
        if file is None:
            return
        self.rest(False)
        if not self._over and not self._begun:
            # what came before belongs to starting the engine
            self._begun[name] = share
        file.share = max(file.share, share)

    def end(self, name: str, size: float | None = None) -> None:
        """Note that a file is done; ``size`` where it is known only now."""
        file = self._files.pop(name, None)
        if file is None:
            return
        if size is not None and file.size is None:
            self._known.append(size)
        whole = file.size if file.size is not None else size if size is not None else self._mean()
        counted = whole * (1 - self._begun.pop(name, 0.0))
        self._done += whole
        now = self._elapsed()
        if self._since is not None:
            self._over.append((counted, now - self._last_end))
        self._last_end = now

    def drop(self, name: str) -> None:
        """Take out a file that is not to be done after all."""
        self._files.pop(name, None)
        self._begun.pop(name, None)

    def rest(self, resting: bool) -> None:
        """Stop the clock while nothing is being done, or let it go on."""
        now = self._clock()
        if self._since is not None:
            self._worked += now - self._since
        self._since = None if resting else now

    def share(self) -> float:
        """Return how much of all the work is done, 0..1."""
        sizes = [self._size(f) for f in self._files.values()]
        ahead = sum(size * (1 - f.share) for size, f in zip(sizes, self._files.values(), strict=True))
        whole = self._done + sum(sizes)
        return 1.0 - ahead / whole if whole > 0 else 0.0

    def seconds_left(self) -> float:
        """Return the seconds of work that are left; negative while nothing is known."""
        fixed, per_size = self._costs()
        if fixed <= 0 and per_size <= 0:
            return -1.0
        return sum((1 - f.share) * (fixed + per_size * self._size(f)) for f in self._files.values())

    def _costs(self) -> tuple[float, float]:
        """Return the seconds for every file and for every unit of size; zeros while unknown."""
        sizes, times = [s for s, _ in self._over], [t for _, t in self._over]
        total, elapsed, count = sum(sizes), sum(times), len(sizes)
        if not total:
            return self._first_costs()
        mean = total / count
        spread = sum((s - mean) ** 2 for s in sizes)
        if count >= 3 and spread > _SPREAD * count * mean**2:
            slope = sum((s - mean) * t for s, t in self._over) / spread
            fixed = elapsed / count - slope * mean
            if slope > 0 and fixed > 0:
                return fixed, slope
            if slope <= 0:
                return elapsed / count, 0.0
        return 0.0, elapsed / total

    def _first_costs(self) -> tuple[float, float]:
        """Return the costs as far as the first file tells, which is still being worked on."""
        for name, begun in self._begun.items():
            made = (self._files[name].share - begun) * self._size(self._files[name])
            if made > 0:
                return 0.0, self._elapsed() / made
        return 0.0, 0.0

    def _elapsed(self) -> float:
        return self._worked + (self._clock() - self._since if self._since is not None else 0.0)

    def _size(self, file: _File) -> float:
        return file.size if file.size is not None else self._mean()

    def _mean(self) -> float:
        return sum(self._known) / len(self._known) if self._known else 1.0
