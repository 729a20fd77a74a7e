"""How far a job is, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable

from aestudio.jobs.events import Progress


class Clock:
    """Tells how far a job of ``total`` tiles is and how long it will take, from the mean of those made after ``done``.

    ``started`` is when work began, by the monotonic clock, where that was before now. ``made`` says how many of the
    first so many tiles have to be made, where others are there already and take no time.
    """

    def __init__(
        self, total: int, done: int = 0, started: float | None = None, made: Callable[[int], int] = lambda tiles: tiles
    ) -> None:
        self._total, self._first, self._made = total, done, made
        self._started = time.monotonic() if started is None else started

    def tick(self, job: str, done: int) -> Progress:
        """Return the progress after ``done`` tiles."""
        made = self._made(done) - self._made(self._first)
        missing = self._made(self._total) - self._made(done)
        left = (time.monotonic() - self._started) / made * missing if made > 0 else -1.0
        return Progress(job, done, self._total, left)
