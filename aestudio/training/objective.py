"""What the loop asks of a task: one shape for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from aestudio.training.muon import MuonAdamW
from aestudio.training.recipes import Recipe


@dataclass(frozen=True)
class When:
    """Where a run is: its number of steps so far, and ``progress`` in 0..1 of its budget."""

    step: int
    progress: float


Batch = tuple[Tensor, ...]


class Objective(Protocol):
    """A task to fit: batches with a loss, and a validation score.

    ``recipe`` is what was asked for, fitted to the pictures.
    """

    recipe: Recipe
    pixels_per_step: int

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        """Return one fresh batch, on the device and in float32: rounding of low precision would spoil it."""
        ...

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        """Return the scalar loss of a batch."""
        ...

    def validate(self, network: nn.Module) -> dict[str, float]:
        """Return named scores on held-out pictures; the first one is better when higher."""
        ...

    def statistics(self) -> dict[str, Any]:
        """Return the kind of the training pictures, for the card (see ``engine.kind``)."""
        ...

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        """Return the networks that learn beside the one to fit, with their optimisers: a checkpoint keeps them."""
        ...
