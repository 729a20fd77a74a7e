"""What a run does when something goes wrong in its middle: smaller steps, smaller batches, waiting for room."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import torch

from aestudio.engine.device import release_memory
from aestudio.errors import NoSpaceError, OutOfMemoryError, StudioError

log = logging.getLogger(__name__)

# After so many roll-backs, each with half the learning rate, a smaller rate is not what is missing.
MOST_ROLLBACKS = 6
# A full disk is tried again so often (seconds), for so long, and then the run ends.
RETRY_EVERY = 10.0
PATIENCE = 1200.0


class NotFinite(StudioError):
    """A loss, a gradient or a weight that is no number any more."""

    def __init__(self, step: int) -> None:
        super().__init__(
            f"The loss stopped being a number at step {step}.",
            "Start with a smaller learning rate, or leave out pictures that are unlike the others.",
        )


class Recovery:
    """How a run has had to give way so far.

    ``rate`` is a factor of the learning rate, ``parts`` into how many pieces a batch is cut whose gradients are
    added up. ``say`` hears a sentence each time; ``told()`` gives those since the last call, for the log.
    """

    def __init__(self) -> None:
        self.rate, self.parts, self.rollbacks = 1.0, 1, 0
        self.say: Callable[[str], None] = lambda text: None
        self.given_up: Callable[[], bool] = lambda: True
        self._told: list[str] = []

    def roll_back(self, error: NotFinite) -> None:
        """Halve the learning rate. Raises ``error`` where that has been done often enough."""
        if self.rollbacks >= MOST_ROLLBACKS:
            raise error
        self.rollbacks += 1
        self.rate /= 2

    def split(self, size: int, cause: Exception | None, device: torch.device) -> None:
        """Cut batches of ``size`` into twice as many parts; without a ``cause`` it is another process that has to.

        Raises OutOfMemoryError where one picture is too much.
        """
        if self.parts >= size:
            raise OutOfMemoryError(
                "There is not enough memory for a step on a single crop.",
                "Close other programs, or choose smaller crops or a smaller network.",
            ) from cause
        self.parts = min(2 * self.parts, size)
        release_memory(device)
        self.tell(
            f"Out of memory: each batch of {size} is now worked through in {self.parts} parts, "
            "which makes the same step in more time."
        )

    def frugal_step(self, device: torch.device) -> None:
        """Say that the optimiser moves one matrix at a time from now on."""
        release_memory(device)
        self.tell("Out of memory while the weights were moved: they are now moved one after the other.")

    def unscored(self, device: torch.device) -> None:
        """Say that a run goes on without having been scored."""
        release_memory(device)
        self.tell("Out of memory while the held-out pictures were scored: the run goes on and tries again later.")

    def written(self, write: Callable[[], None]) -> None:
        """Call ``write``, again and again while the disk is full.

        Raises NoSpaceError where nobody makes room in time or ``given_up`` says not to wait.
        """
        began, waited = time.monotonic(), False
        while True:
            try:
                write()
                break
            except NoSpaceError as error:
                if self.given_up() or time.monotonic() - began > PATIENCE:
                    raise
                if not waited:
                    self.tell(f"{error.what} The run waits for room; its last checkpoint is whole.")
                waited = True
                time.sleep(RETRY_EVERY)
        if waited:
            self.tell("There is room on the disk again; the run goes on.")

    def tell(self, text: str) -> None:
        """Say what happened and keep it for the log."""
        log.warning("%s", text)
        self._told.append(text)
        self.say(text)

    def told(self) -> str:
        """Return what was said since the last call, in one line."""
        text, self._told = " ".join(self._told), []
        return text
