"""What a job in the engine works at: what is held, whom to tell, and when to let others pass."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from aestudio.errors import Cancelled
from aestudio.jobs.events import Event
from aestudio.jobs.held import Held
from aestudio.jobs.lane import Lane, Task


class Desk:
    """Shared by every job of the engine. ``lane`` is where jobs wait to be computed, ``run`` runs one of them."""

    def __init__(
        self,
        held: Held,
        send: Callable[[Event], None],
        lane: Lane,
        run: Callable[[Task], None],
        is_cancelled: Callable[[Task], bool],
    ) -> None:
        self.held, self.send, self.is_cancelled = held, send, is_cancelled
        self._lane, self._run = lane, run
        self._giving_way = 0

    def check(self, job: Task) -> None:
        """Raise Cancelled where nobody waits for a job any more."""
        if self.is_cancelled(job):
            raise Cancelled

    def run_waiting(self, least: int) -> None:
        """Run the jobs that wait and are of priority ``least`` or more urgent, in between the tiles of another."""
        while (job := self._lane.take(wait=False, least=least)) is not None:
            self._run(job)

    @contextlib.contextmanager
    def in_between(self) -> Iterator[None]:
        """Run a long job in whose pauses others run, which then go no further than what is looked at."""
        self._giving_way += 1
        try:
            yield
        finally:
            self._giving_way -= 1

    def idle(self) -> bool:
        """Return whether no other job is under way or waits, so that one may be computed ahead of need."""
        return not self._giving_way and not self._lane.waiting()

    def view_waits(self) -> bool:
        """Return whether something else that a person looks at waits to be restored."""
        return self._lane.view_waits()
