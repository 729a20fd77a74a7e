"""What is known of a training run so far: its events, folded. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

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

SMOOTHING = 0.9
"""Share of the past in the smoothed loss."""
IMPROVING = 0.05
"""A gain (dB) in the last third of a run that says that more time would help; a loss of as much: it went too far."""


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
    """One run. ``losses`` and ``scores`` are (share of the budget in 0..1, value), in order of time."""

    request: Training
    state: State = State.STARTING
    begun: Begun | None = None
    latest: Progressed | None = None
    losses: list[tuple[float, float]] = field(default_factory=list)
    scores: list[tuple[float, float]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    refused: Refused | None = None
    finished: Finished | None = None

    def take(self, event: TrainingEvent) -> None:
        """Add what was said."""
        match event:
            case Begun():
                self.begun = event
                if self.state is State.STARTING:
                    self.state = State.RUNNING
            case Progressed():
                self.latest = event
                if event.loss is not None:
                    past = self.losses[-1][1] if self.losses else event.loss
                    self.losses.append((event.progress, SMOOTHING * past + (1 - SMOOTHING) * event.loss))
                if event.scores:
                    self.scores.append((event.progress, next(iter(event.scores.values()))))
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

    @property
    def restores(self) -> bool:
        """Whether the scores are PSNR in dB, which can be compared with doing nothing."""
        return self.request.task != "vae"

    @property
    def seconds_left(self) -> float:
        """Return the time left of the budget in seconds, or -1 while unknown."""
        if self.latest is None or self.latest.progress <= 0:
            return -1.0
        return max(0.0, self.latest.seconds * (1 / self.latest.progress - 1))

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
        best = self.best_score
        if best is None:
            return 0.0
        end = self.scores[-1][0]
        earlier = [score for at, score in self.scores if at <= end * 2 / 3]
        gain = best - max(earlier, default=best)
        return gain if gain > 0 else self.scores[-1][1] - best
