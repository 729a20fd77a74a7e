"""How far a job is, and how long it will take."""

from __future__ import annotations

import time

from aestudio.jobs.events import Progress


class Clock:
    """Tells how far a job of ``total`` tiles is and how long it will take, from the mean of those after ``done``."""

    def __init__(self, total: int, done: int = 0) -> None:
        self._total, self._first, self._started = total, done, time.monotonic()

    def tick(self, job: str, done: int) -> Progress:
        """Return the progress after ``done`` tiles."""
        made = done - self._first
        left = (time.monotonic() - self._started) / made * (self._total - done) if made > 0 else -1.0
        return Progress(job, done, self._total, left)
