"""A queue of jobs for one thread of the engine: what a person waits for comes first, what is stale goes."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable

from aestudio.jobs import damaging, mapping, spec, vectors, walks

URGENT, NORMAL, SOON, LATER, IDLE = range(5)
Task = spec.Job | spec.Forget | spec.Configure
BESIDE = (spec.Thumbnail, spec.Load, spec.Peek, spec.Measure, damaging.Degrade, mapping.Arrange, mapping.FindAlike)
"""Jobs that need no network and write nothing: they are done beside those that do."""
PRIORITY: dict[type[Task], int] = {
    spec.Decode: URGENT,
    spec.Map: NORMAL,
    spec.Sample: URGENT,
    spec.Load: URGENT,
    spec.Peek: URGENT,
    spec.EstimateSize: URGENT,
    spec.Measure: URGENT,
    damaging.Degrade: URGENT,
    spec.Restore: NORMAL,
    spec.Thumbnail: NORMAL,
    spec.Encode: NORMAL,
    spec.Forget: NORMAL,
    spec.Configure: NORMAL,
    spec.MapInvented: SOON,
    spec.Score: SOON,
    mapping.Survey: URGENT,
    mapping.Arrange: LATER,
    mapping.FindAlike: LATER,
    mapping.EmbedFolder: LATER,
    spec.Save: LATER,
    spec.Export: LATER,
    walks.ExportWalk: LATER,
    vectors.EncodeFiles: LATER,
    vectors.DecodeFile: NORMAL,
    walks.EstimateWalk: SOON,
}


class Lane:
    """A priority queue of jobs for one thread; equal priorities in order of arrival."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Task]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, job: Task, priority: int | None = None) -> list[Task]:
        """Add a job; return what it makes stale, which is dropped: older ones of its stream, or Degrades."""
        with self._changed:
            stale: list[Task] = []
            if isinstance(job, (spec.Decode, spec.Peek)):
                kind, stream = type(job), job.stream
                stale = self._remove(lambda other: isinstance(other, kind) and other.stream == stream)
            if isinstance(job, damaging.Degrade):
                stale = self._remove(lambda other: isinstance(other, damaging.Degrade))
            rank = PRIORITY[type(job)] if priority is None else priority
            heapq.heappush(self._heap, (rank, next(self._order), job))
            self._changed.notify()
            return stale

    def hurry(self, job_id: str) -> None:
        """Give a job that was set aside its own priority back."""
        with self._changed:
            for job in self._remove(lambda job: job.id == job_id):
                heapq.heappush(self._heap, (PRIORITY[type(job)], next(self._order), job))

    def waiting(self) -> bool:
        """Return whether a job waits that is more than filling in."""
        with self._changed:
            return bool(self._heap) and self._heap[0][0] < IDLE

    def view_waits(self) -> bool:
        """Return whether something else that a person looks at waits to be restored."""
        with self._changed:
            return any(rank <= NORMAL and isinstance(job, spec.Restore) for rank, _, job in self._heap)

    def remove(self, job_id: str) -> bool:
        """Drop the waiting job of that id; return whether there was one."""
        with self._changed:
            return bool(self._remove(lambda job: job.id == job_id))

    def _remove(self, unwanted: Callable[[Task], bool]) -> list[Task]:
        gone = [entry for entry in self._heap if unwanted(entry[2])]
        if gone:
            self._heap = [entry for entry in self._heap if entry not in gone]
            heapq.heapify(self._heap)
        return [entry[2] for entry in gone]

    def take(self, wait: bool = True, least: int = IDLE) -> Task | None:
        """Return the next job of priority ``least`` or more urgent.

        None when closed, or when there is none and ``wait`` is False.
        """
        with self._changed:
            while wait and not self._heap and not self._closed:
                self._changed.wait()
            if not self._heap or self._closed or self._heap[0][0] > least:
                return None
            return heapq.heappop(self._heap)[2]

    def close(self) -> None:
        """Wake the thread and let it end."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
