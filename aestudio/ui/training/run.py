"""What is known of a training run so far: its events, folded. Qt-free."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from aestudio.jobs.account import Account, shares, trend
from aestudio.jobs.training import (
    Begun,
    Finished,
    Paused,
    Probed,
    Progressed,
    Refused,
    Remarked,
    Training,
    TrainingEvent,
)

if TYPE_CHECKING:
    # not before the window is painted
    from aestudio.training.history import Row


class State(Enum):
    """Where a run stands."""

    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    PAUSING = "pausing"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"

    @property
    def alive(self) -> bool:
        """Whether a process is at work."""
        return self in (State.STARTING, State.RUNNING, State.STOPPING, State.PAUSING)


@dataclass
class Run:
    """One run. ``losses`` and ``scores`` are (share of the budget in 0..1, value), in order of time.

    ``measured`` are all scores of the held-out pictures, of which ``scores`` has the one that counts.
    """

    request: Training
    state: State = State.STARTING
    begun: Begun | None = None
    latest: Progressed | None = None
    losses: list[tuple[float, float]] = field(default_factory=list)
    scores: list[tuple[float, float]] = field(default_factory=list)
    measured: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    refused: Refused | None = None
    finished: Finished | None = None

    def take(self, event: TrainingEvent) -> None:
        """Add what was said."""
        match event:
            case Begun():
                self.begun = event
                if event.anew:
                    # an earlier part of the run may hold the same lists
                    self.losses, self.scores, self.measured = [], [], []
                if self.state is State.STARTING:
                    self.state = State.RUNNING
            case Progressed():
                self.latest = event
                if event.loss is not None:
                    self.losses.append((event.progress, event.loss))
                if event.scores:
                    self._score(event.progress, event.scores)
            case Remarked():
                self.remarks.append(event.text)
            case Finished():
                self.finished, self.state = event, State.DONE
            case Paused():
                self.state = State.PAUSED
            case Probed():
                # not of a run
                pass
            case Refused():
                self.refused, self.state = event, State.FAILED

    def recall(self, rows: Sequence[Row]) -> None:
        """Take up the curves that the log of an earlier window's run has."""
        at = shares(rows)
        self.losses = [(share, row.loss) for share, row in zip(at, rows, strict=True) if math.isfinite(row.loss)]
        self.scores, self.measured = [], []
        for share, row in zip(at, rows, strict=True):
            if row.scores:
                self._score(share, row.scores)

    def _score(self, at: float, scores: dict[str, float]) -> None:
        self.scores.append((at, next(iter(scores.values()))))
        self.measured.append((at, scores))

    def account(self) -> Account:
        """Return what is known of the run, for the verdict."""
        request, begun = self.request, self.begun
        started = bool(request.start and self.measured and self.measured[0][0] <= 0)
        untouched = dict(begun.baselines) if begun else {}
        if begun and begun.untouched is not None and self.measured and not untouched:
            untouched = {next(iter(self.measured[0][1])): begun.untouched}
        return Account(
            request.task,
            request.title or request.name,
            request.start,
            begun.pictures if begun else 0,
            begun.held_out if begun else 0,
            untouched,
            self.measured[0][1] if started else {},
            self.losses,
            self.measured,
            self.finished.residual if self.finished else {},
            self.latest.step if self.latest else 0,
            begun.keeps if begun else "best" if self.restores else "last",
            begun.truth_noise if begun else 0.0,
            request.pairs is not None,
        )

    @property
    def restores(self) -> bool:
        """Whether the scores are PSNR in dB, which can be compared with doing nothing."""
        return self.request.task != "vae"

    @property
    def seconds_left(self) -> float:
        """Return the time left of the budget in seconds, or -1 while unknown; a run that is to stop has none."""
        if self.latest is None or self.latest.progress <= 0 or self.state in (State.STOPPING, State.PAUSING):
            return -1.0
        left = max(0.0, self.latest.seconds * (1 / self.latest.progress - 1))
        if not self.request.steps:
            # the share of the budget was taken before the step, the clock after it
            left = min(left, max(0.0, self.request.minutes * 60 - self.latest.seconds))
        return left

    @property
    def untouched(self) -> float | None:
        """Return the score of held-out pictures left as they are (or enlarged without a model)."""
        return self.begun.untouched if self.begun else None

    @property
    def start_score(self) -> float | None:
        """Return the score of the model that the run began with, or None where it began with nothing."""
        if not self.request.start or not self.scores or self.scores[0][0] > 0:
            return None
        return self.scores[0][1]

    @property
    def best_score(self) -> float | None:
        """Return the best score so far."""
        return max((score for _, score in self.scores), default=None)

    @property
    def trend(self) -> float:
        """Return by how much the best score rose in the last third of the run; below 0: how far the end is below it."""
        return trend(self.scores)
